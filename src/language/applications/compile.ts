/** Application files → the table and the names by id. `src/engine/hosts-table.ts` has the layout. */
import * as layout from "../../engine/hosts-table.js";
import { DefinitionError } from "../fault.js";
import type { Lock } from "../ids.js";
import { type ApplicationCatalog, type ApplicationInfo, LISTED } from "./catalog.js";
import { checkOperators, type Surroundings } from "./check.js";
import { type Interval, intervalsOf, parseRange } from "./ranges.js";
import { parseHost } from "./hosts.js";
import type { Application, Operator } from "./vocabulary.js";

/** Above them are the parents of first labels. */
const NODES_MAX = layout.FIRST_PARENT - 1;
/** Slots a node: at one half full, a name that is not there costs 1.5 looks at slots on average. */
const SLOTS_PER_NODE = 2;
const APPLICATIONS_MAX = 0xffff;

/** `listed` are of the second source: they may not be as well looked after, and say less. */
export function compileApplications(
  operators: readonly Operator[],
  listed: readonly Operator[],
  lock: Lock,
  surroundings: Surroundings,
): ApplicationCatalog {
  checkOperators([...operators, ...listed], surroundings);
  const all = [...operators, ...listed].flatMap((operator) =>
    operator.applications.map((application) => ({ operator, application })),
  );
  const applications = all
    .map(({ operator, application }): ApplicationInfo => {
      const { name, title, category, shared = false, within = null } = application;
      const id = lock[name];
      if (id === undefined || id < 1 || id > APPLICATIONS_MAX) {
        throw new DefinitionError(name, "it has no id in ids.lock.json: run npm run generate");
      }
      const source = application.source ?? operator.source;
      return { id, name, title, category, operator: operator.title, source, shared, within };
    })
    .sort((a, b) => a.id - b.id);
  const table = tableOf(all.map(({ application }) => [application, lock[application.name]!]));
  return { table, applications };
}

/** Whether an application stands in a file of this repository. */
export const isOwn = ({ source }: Pick<ApplicationInfo, "source">): boolean => source !== LISTED;

interface Node {
  readonly label: string;
  readonly children: Map<string, Node>;
  /** By first labels of the names below. */
  readonly firsts: Map<string, Node>;
  number: number;
  parent: number;
  suffix: number;
  exact: number;
}

const emptyNode = (label: string): Node => ({
  label,
  children: new Map(),
  firsts: new Map(),
  number: 0,
  parent: 0,
  suffix: 0,
  exact: 0,
});

function tableOf(applications: readonly (readonly [Application, number])[]): Uint8Array {
  const nodes = treeOf(applications);
  const { slots, mask } = slotsOf(nodes);
  const { text, at } = labelsOf(nodes);
  const ranges = applications.flatMap(([{ addresses = [] }, application]) =>
    addresses.map((range) => ({ range: parseRange(range)!, application })),
  );
  const ipv4 = intervalsOf(ranges, 4);
  const ipv6 = intervalsOf(ranges, 6);

  let size = layout.HOSTS_HEADER_SIZE;
  const room = (bytes: number): number => {
    const offset = size;
    size = (size + bytes + 3) & ~3;
    return offset;
  };
  const header = [
    [layout.H_SLOT_MASK, mask],
    [layout.H_SLOTS, room(slots.byteLength)],
    [layout.H_NODES, room(nodes.length * layout.NODE_SIZE)],
    [layout.H_LABELS, room(text.length)],
    [layout.H_IPV4_COUNT, ipv4.length],
    [layout.H_IPV4_FIRST, room(ipv4.length * 4)],
    [layout.H_IPV4_APPLICATION, room(ipv4.length * 2)],
    [layout.H_IPV6_COUNT, ipv6.length],
    [layout.H_IPV6_FIRST, room(ipv6.length * 16)],
    [layout.H_IPV6_APPLICATION, room(ipv6.length * 2)],
    [layout.H_SIZE, size],
  ] as const;

  const table = new Uint8Array(size);
  const view = new DataView(table.buffer);
  for (const [word, value] of header) view.setUint32(word, value, true);
  const offsetOf = (word: number) => view.getUint32(word, true);
  slots.forEach((node, index) => view.setUint16(offsetOf(layout.H_SLOTS) + index * 2, node, true));
  nodes.forEach((node, index) => {
    const offset = offsetOf(layout.H_NODES) + index * layout.NODE_SIZE;
    view.setUint16(offset + layout.N_PARENT, node.parent, true);
    view.setUint16(offset + layout.N_SUFFIX, node.suffix, true);
    view.setUint16(offset + layout.N_EXACT, node.exact, true);
    view.setUint8(offset + layout.N_LENGTH, node.label.length);
    view.setUint8(offset + layout.N_FIRSTS, node.firsts.size);
    view.setUint32(offset + layout.N_LABEL, at(node.label), true);
  });
  table.set(new TextEncoder().encode(text), offsetOf(layout.H_LABELS));
  writeIntervals(view, ipv4, 1, offsetOf(layout.H_IPV4_FIRST), offsetOf(layout.H_IPV4_APPLICATION));
  writeIntervals(view, ipv6, 4, offsetOf(layout.H_IPV6_FIRST), offsetOf(layout.H_IPV6_APPLICATION));
  return table;
}

function writeIntervals(
  view: DataView,
  intervals: readonly Interval[],
  words: number,
  firsts: number,
  applications: number,
): void {
  intervals.forEach(({ first, application }, index) => {
    for (let word = 0; word < words; word++) {
      const value = Number((first >> BigInt(32 * (words - 1 - word))) & 0xffffffffn);
      view.setUint32(firsts + (index * words + word) * 4, value, true);
    }
    view.setUint16(applications + index * 2, application, true);
  });
}

/** The nodes by number: parents before their children, children by label. The root is the first. */
function treeOf(applications: readonly (readonly [Application, number])[]): Node[] {
  const root = emptyNode("");
  for (const [{ hosts }, id] of applications) {
    for (const host of hosts) {
      const { name, exact, first } = parseHost(host);
      let node = root;
      for (const label of name.split(".").toReversed()) node = childOf(node.children, label);
      if (first !== undefined) childOf(node.firsts, first).suffix = id;
      else if (exact) node.exact = id;
      else node.suffix = id;
    }
  }
  const nodes = [root];
  const number = (children: ReadonlyMap<string, Node>, parent: number): void => {
    for (const child of [...children.values()].sort((a, b) => (a.label < b.label ? -1 : 1))) {
      child.number = nodes.length;
      child.parent = parent;
      nodes.push(child);
    }
  };
  for (const node of nodes) {
    number(node.children, node.number);
    number(node.firsts, node.number + layout.FIRST_PARENT);
  }
  if (nodes.length > NODES_MAX) throw new RangeError(`${nodes.length} labels: the table is full`);
  return nodes;
}

function childOf(children: Map<string, Node>, label: string): Node {
  const child = children.get(label) ?? emptyNode(label);
  children.set(label, child);
  return child;
}

function hashOf({ parent, label }: Node): number {
  let hash = layout.HASH_BASIS ^ Math.imul(parent, layout.HASH_PARENT);
  for (let index = 0; index < label.length; index++) {
    hash = Math.imul(hash ^ label.charCodeAt(index), layout.HASH_PRIME);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

function slotsOf(nodes: readonly Node[]): { slots: Uint16Array; mask: number } {
  const mask = 2 ** Math.ceil(Math.log2(nodes.length * SLOTS_PER_NODE)) - 1;
  const slots = new Uint16Array(mask + 1);
  for (const node of nodes.slice(1)) {
    let slot = hashOf(node) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = node.number;
  }
  return { slots, mask };
}

/** The labels one after another, each once. */
function labelsOf(nodes: readonly Node[]): { text: string; at: (label: string) => number } {
  const places = new Map<string, number>();
  let text = "";
  for (const { label } of nodes) {
    if (places.has(label)) continue;
    places.set(label, text.length);
    text += label;
  }
  return { text, at: (label) => places.get(label)! };
}
