/** Explains one flow: classifies the capture with a witness beside the engine, then retells the flow. */
import { TCP_ACK, TCP_FIN, TCP_PSH, TCP_RST, TCP_SYN } from "../engine/abi.js";
import type { Captures } from "../classifier/classify.js";
import type { Classifier } from "../classifier/classifier.js";
import { assemble, type Parts } from "../classifier/create.js";
import type { ClassifierOptions } from "../classifier/options.js";
import type { Catalog } from "../language/catalog.js";
import type { Definition } from "../language/definition.js";
import { CaptureError, OptionError } from "../record/errors.js";
import type { FlowRecord } from "../record/record.js";
import { retell } from "./retell.js";
import { type Story, STORY_SCHEMA, type StoryPacket } from "./story.js";
import { sayWhy } from "./why.js";
import { Witness } from "./witness.js";

/**
 * How to explain. The options of the classifier have a say in how flows are numbered: give those
 * that the number comes from. There is no purpose to choose: payload is shown for own captures only.
 */
export interface ExplainOptions extends Pick<
  ClassifierOptions,
  "engine" | "idleTimeout" | "activeTimeout" | "maxFlows"
> {
  /** Protocols of your own: `readRules` of the entry `clairvoie/rules`. */
  rules?: OwnRules;
  /** Up to the end of this part, of a long flow that was reported in parts. Default: up to its own end. */
  part?: number;
  /** Packets that are listed. Default 12. */
  packets?: number;
  /** Bytes of each direction that are shown. Default 256. */
  bytes?: number;
  /** Candidates that fell, as many as are told of. Default 8. */
  candidates?: number;
}

/** What `readRules` gives, as far as it is needed here. */
export interface OwnRules {
  readonly catalog: Catalog;
  readonly protocols: readonly { readonly definition: Definition }[];
}

const PACKETS_MOST = 100_000;
const BYTES_MOST = 1_000_000;

/** The story of a flow; see `explain` of the entry `clairvoie/explain`. */
export async function explainWith(
  builtIn: Parts,
  protocols: readonly Definition[],
  captures: Captures,
  flow: number,
  options: ExplainOptions = {},
): Promise<Story> {
  const { part, packets = 12, bytes = 256, candidates = 8, rules, ...others } = options;
  const parts = rules ? { ...builtIn, catalog: rules.catalog } : builtIn;
  const own = rules?.protocols.map(({ definition }) => definition) ?? [];
  const definitions = [...protocols, ...own];
  whole("flow", flow, 1, Number.MAX_SAFE_INTEGER);
  if (part !== undefined) whole("part", part, 1, 0xffffffff);
  whole("packets", packets, 0, PACKETS_MOST);
  whole("bytes", bytes, 0, BYTES_MOST);
  whole("candidates", candidates, 0, PACKETS_MOST);
  let witness: Witness | undefined;
  let record: FlowRecord | undefined;
  const classifier = await assemble(
    {
      ...parts,
      // If an engine fails and is replaced, what was seen of the flow until then is its story.
      observe: (engine) =>
        witness?.hasBegun ? engine : (witness = new Witness(engine, flow, packets)),
    },
    {
      ...others,
      ...(rules && { rules }),
      onRecord(each) {
        if (each.id !== flow || witness!.isOver) return;
        record = each;
        if (each.ended.part === part) witness!.isOver = true;
      },
    },
  );
  try {
    const problem = await read(classifier, captures, witness!);
    classifier.finish();
    if (!record) throw problem ?? noSuchFlow(flow, classifier.summary().flows);
    const last = record.ended.part;
    if (part !== undefined && part !== last)
      throw new OptionError(
        "part",
        `part: flow ${flow} has ${last === 1 ? "only part 1" : `parts 1 to ${last}`}`,
      );
    const most = { bytes, candidates };
    return tell(parts, definitions, record, witness!, most, problem?.message ?? null, own);
  } finally {
    classifier.close();
  }
}

/** Reads until the flow is over; gives the error that ended a capture early. */
async function read(
  classifier: Classifier,
  captures: Captures,
  witness: Witness,
): Promise<CaptureError | undefined> {
  try {
    for (const capture of Symbol.iterator in captures ? captures : [captures]) {
      for await (const _ of classifier.steps(capture)) if (witness.isOver) return undefined;
    }
  } catch (error) {
    if (error instanceof CaptureError) return error;
    throw error;
  }
  return undefined;
}

function noSuchFlow(flow: number, flows: number): OptionError {
  const there =
    flows === 0
      ? "there are no flows"
      : flows === 1
        ? "there is only flow 1"
        : `flows are numbered 1 to ${flows}`;
  return new OptionError("flow", `flow: there is no flow ${flow}; ${there}`);
}

/** Tells what a witness saw of a flow. `own`: whose falls are told in any case. */
export function tell(
  { catalog }: Parts,
  definitions: readonly Definition[],
  record: FlowRecord,
  witness: Witness,
  most: { bytes: number; candidates: number },
  problem: string | null,
  own: readonly Definition[] = [],
): Story {
  const { address, port } = witness.endpointA;
  const clientIsB = record.client.address !== address || record.client.port !== port;
  const retold = retell(witness, record, clientIsB, catalog, definitions, most, own);
  const isHeard = witness.heard.length > 0;
  const { evidence, differences, fallenCount } = retold;
  return {
    schema: STORY_SCHEMA,
    record,
    why: sayWhy({ record, evidence, catalog, isHeard, fallenCount }),
    agrees: differences.length === 0,
    differences,
    packetCount: witness.packetCount,
    packets: packetsOf(witness, clientIsB, record.transport === "tcp"),
    said: retold.said,
    evidence,
    others: retold.others,
    fallen: retold.fallen,
    fallenCount,
    facts: retold.facts,
    problem,
  };
}

const flagNames: readonly (readonly [number, string])[] = [
  [TCP_SYN, "SYN"],
  [TCP_FIN, "FIN"],
  [TCP_RST, "RST"],
  [TCP_PSH, "PSH"],
  [TCP_ACK, "ACK"],
];

function packetsOf(witness: Witness, clientIsB: boolean, isTcp: boolean): StoryPacket[] {
  const [first] = witness.packets;
  return witness.packets.map((packet, index) => ({
    number: index + 1,
    direction: (packet.direction === 1) === clientIsB ? "toServer" : "toClient",
    time:
      Math.round(
        (packet.seconds - first!.seconds) * 1e9 + packet.nanoseconds - first!.nanoseconds,
      ) / 1e9,
    length: packet.length,
    payload: packet.payload,
    flags: isTcp
      ? flagNames.flatMap(([bit, name]) => (packet.tcpFlags & bit ? [name] : [])).join(" ")
      : null,
  }));
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw new OptionError(name, `${name}: ${value} is not a whole number ${range}`);
}
