/**
 * Definitions become a catalog: the tables for the engine, and what the numbers in them mean.
 * {@link compile} makes one, {@link link} puts more definitions behind one that is already made.
 */
import * as abi from "../engine/abi.js";
import { Assembler, type Pools, toEighths } from "./assembler.js";
import { type ByteSet, fromBytes, toBytes } from "./bytes.js";
import {
  BACKGROUNDS,
  type Catalog,
  type FactEntry,
  ownerOf,
  type PerBackground,
  type ProtocolEntry,
  type SignatureEntry,
} from "./catalog.js";
import { at as placed, checkAll, DefinitionError } from "./check.js";
import {
  type Definition,
  factName,
  readFacts,
  type Script,
  type Signature,
  type Transport,
} from "./definition.js";
import { firstBytes, shortest } from "./dispatch.js";
import { idsOf, type Lock } from "./ids.js";
import { type Sequence } from "./pattern.js";
import { compileStep, creditOf } from "./program.js";
import { add, type Lanes, ZERO } from "./probability.js";
import { mostEvidence } from "./totals.js";

/**
 * Evidence in bits from which on a signature names a flow.
 *
 * A background reaches T bits with a probability of at most 2^-T per opener that is tried (see
 * `evidence.ts`). With T = 30 that is 9.3·10^-10, so a thousand openers together stay below 10^-6 false
 * names per flow on each background. `npm run generate` prints the sum over the openers there are.
 */
export const THRESHOLD = 30;

const TRANSPORTS: readonly Transport[] = ["tcp", "udp", "sctp"];

/** A way into a signature: the first step of a script. */
interface Opener {
  readonly signature: number;
  readonly role: number;
  readonly step: number;
  readonly sequence: Sequence;
  readonly over: readonly Transport[];
}

interface Compiled {
  readonly signatures: readonly number[][];
  readonly openers: readonly Opener[];
  readonly steps: readonly number[];
  readonly assembler: Assembler;
  /** The tables that all this is put behind: what is above is then only what is new. */
  readonly base?: Base;
}

const NONE: Omit<Catalog, "tables" | "extent"> = {
  threshold: THRESHOLD,
  protocols: [],
  signatures: [],
  facts: [],
};

/** @param lock ids of names; those it does not know get ids that hold within this catalog only */
export function compile(definitions: readonly Definition[], lock: Lock = {}): Catalog {
  return build(definitions, lock, NONE);
}

/**
 * A catalog with more protocols. It is what {@link compile} would make of all definitions together,
 * without the work for those that are in `catalog` already: that takes hundreds of milliseconds.
 */
export function link(catalog: Catalog, definitions: readonly Definition[]): Catalog {
  const ids = Object.fromEntries(catalog.protocols.map(({ name, id }) => [name, id]));
  return build(definitions, ids, catalog, readBase(catalog));
}

function build(
  unsorted: readonly Definition[],
  lock: Lock,
  before: Omit<Catalog, "tables" | "extent">,
  base?: Base,
): Catalog {
  checkAll(unsorted, before);
  const ids = idsOf(
    unsorted.map(({ name }) => name),
    lock,
  );
  const definitions = [...unsorted].sort((a, b) => ids.get(a.name)! - ids.get(b.name)!);
  const facts = [
    ...before.facts,
    ...definitions.flatMap((definition) =>
      Object.entries(readFacts(definition)).map(([key, fact]): FactEntry => ({
        name: factName(definition.name, key),
        ...fact,
        ...(definition.inspects && Object.hasOwn(definition.inspects, key) && { inspected: true }),
        ...(key.includes(".") && { owner: definition.name }),
      })),
    ),
  ];
  const factIds = new Map(facts.map((fact, id) => [factKey(ownerOf(fact), fact.name), id]));
  const named = [
    ...before.signatures.map(({ name }) => name),
    ...definitions.flatMap(({ name, signatures = {} }) =>
      Object.keys(signatures).map((key) => `${name}/${key}`),
    ),
  ];
  const compiled = compileSignatures(definitions, ids, factIds, base);
  const { assembler, steps } = compiled;
  return {
    tables: layOut(compiled),
    extent: {
      steps: steps.length,
      sets: assembler.sets.length,
      literals: assembler.literals.length,
      vectors: assembler.vectors.length,
      code: assembler.code.length,
    },
    threshold: THRESHOLD,
    protocols: [
      ...before.protocols,
      ...definitions.map((definition) => protocolEntry(definition, ids.get(definition.name)!)),
    ],
    signatures: [
      ...before.signatures,
      ...definitions.flatMap(({ name, signatures = {} }, index) =>
        Object.entries(signatures).map(([key, signature]) =>
          signatureEntry(`${name}/${key}`, before.protocols.length + index, signature, named),
        ),
      ),
    ],
    facts,
  };
}

const factKey = (owner: string, name: string) => `${owner} ${name}`;

function protocolEntry(definition: Definition, id: number): ProtocolEntry {
  const {
    name,
    title,
    category,
    source,
    ports = {},
    header,
    refines,
    announces,
    exchange,
  } = definition;
  const { key, response, framing } = definition.transaction ?? {};
  return {
    id,
    name,
    title,
    category,
    source,
    ports: { tcp: ports.tcp ?? [], udp: ports.udp ?? [], sctp: ports.sctp ?? [] },
    ...(header && { header }),
    ...(refines && { refines }),
    ...(exchange && {
      exchange: {
        asked: factName(name, exchange.asked),
        answered: factName(name, exchange.answered),
        ...(exchange.refused && { refused: factName(name, exchange.refused) }),
      },
    }),
    ...(announces && {
      announces: announces.map((each) => ({
        ...each,
        ...(each.port && { port: factName(name, each.port) }),
        ...(each.when && { when: factName(name, each.when) }),
        ...(each.address && { address: factName(name, each.address) }),
      })),
    }),
    ...(definition.transaction && {
      transaction: {
        ...(key !== undefined && { key: [key].flat().map((fact) => `${name}.${fact}`) }),
        ...(response !== undefined && { response: `${name}.${response}` }),
        ...(framing !== undefined && { framing }),
      },
    }),
  };
}

function signatureEntry(
  name: string,
  protocol: number,
  signature: Signature,
  named: readonly string[],
): SignatureEntry {
  const { client, server } = byRole(signature);
  const steps = [...client, ...server].map((sequence) => ({
    sequence,
    credit: creditOf(sequence, signature.exempt),
  }));
  return {
    name,
    protocol,
    both: signature.both ?? false,
    either: signature.first !== undefined,
    steps: { client: client.length, server: server.length },
    implies: (signature.implies ?? []).map((implied) => named.indexOf(implied)),
    exempt: signature.exempt === undefined ? -1 : BACKGROUNDS.indexOf(signature.exempt),
    watch: signature.watch !== undefined,
    bits: inBits(steps.map(({ sequence, credit }) => mostEvidence(sequence, credit))),
    certain: inBits(steps.map(({ credit }) => credit.main)),
  };
}

const inBits = (all: readonly Lanes[]): PerBackground => {
  const total = toEighths(all.reduce<Lanes>(add, ZERO));
  const [uniform, integers, text, tls] = total.map((value) => value / 8);
  return [uniform!, integers!, text!, tls!];
};

/** Who speaks first plays the client. */
export const byRole = ({ client, server, first, reply }: Signature) => ({
  client: client ?? first ?? [],
  server: server ?? reply ?? [],
});

/** The first steps of a signature's scripts, each with who may say it. */
export function openersOf(signature: Signature): { role: number; sequence: Sequence }[] {
  if (signature.first) return [{ role: abi.ROLE_EITHER, sequence: signature.first[0]! }];
  return [
    ...(signature.client ? [{ role: abi.ROLE_CLIENT, sequence: signature.client[0]! }] : []),
    ...(signature.server && !signature.told
      ? [{ role: abi.ROLE_SERVER, sequence: signature.server[0]! }]
      : []),
  ];
}

export const transportsOf = ({ over }: Signature): readonly Transport[] =>
  typeof over === "string" ? [over] : over;

function compileSignatures(
  definitions: readonly Definition[],
  ids: ReadonlyMap<string, number>,
  factIds: ReadonlyMap<string, number>,
  base?: Base,
): Compiled {
  const assembler = new Assembler(base?.pools);
  const steps: number[] = [...(base?.steps ?? [])];
  const signatures: number[][] = [];
  const openers: Opener[] = [];
  const before = base?.signatures ?? 0;
  for (const definition of definitions) {
    const { name, signatures: own = {} } = definition;
    const facts = readFacts(definition);
    const ownFacts = new Map(
      Object.keys(facts).map((key) => [key, factIds.get(factKey(name, factName(name, key)))!]),
    );
    for (const [key, signature] of Object.entries(own)) {
      const where = `${name}/${key}`;
      const surroundings = {
        factIds: ownFacts,
        facts,
        saved: new Map<string, number>(),
        exempt: signature.exempt,
      };
      const write = (script: Script, role: string): number => {
        const first = steps.length;
        for (const [index, sequence] of script.entries()) {
          const start = placed(`${where}, ${role} ${index + 1}`, () =>
            compileStep(sequence, assembler, surroundings),
          );
          steps.push(start);
        }
        return script.length === 0 ? abi.NO_STEP : first;
      };
      const { client, server } = byRole(signature);
      const clientFirst = write(client, "client");
      const serverFirst = write(server, "server");
      let watch: number = abi.NO_STEP;
      if (signature.watch) {
        watch = steps.length;
        const start = placed(`${where}, watch`, () =>
          compileStep(signature.watch!, assembler, surroundings, { watch: true }),
        );
        steps.push(start);
      }
      for (const { role, sequence } of openersOf(signature)) {
        openers.push({
          signature: before + signatures.length,
          role,
          step: role === abi.ROLE_SERVER ? serverFirst : clientFirst,
          sequence,
          over: transportsOf(signature),
        });
      }
      const flags =
        (signature.both ? abi.SIGNATURE_BOTH : 0) |
        (signature.told ? abi.SIGNATURE_TOLD : 0) |
        (signature.again ? abi.SIGNATURE_AGAIN : 0);
      signatures.push([
        ids.get(name)!,
        client.length | (server.length << 8),
        clientFirst,
        serverFirst,
        watch,
        flags,
        0,
        0,
      ]);
    }
  }
  return { signatures, openers, steps, assembler, ...(base && { base }) };
}

// ── Layout ───────────────────────────────────────────────────────────────────────────────────────

const VECTOR = 16;

/** Tables that were laid out before, taken apart. */
interface Base {
  readonly pools: Pools;
  readonly steps: readonly number[];
  readonly signatures: number;
  readonly openers: number;
  /** Bytes of a bitset of openers. */
  readonly width: number;
  readonly dispatch: Uint8Array;
  readonly roles: Uint8Array;
  readonly lengths: Uint8Array;
  readonly openerRows: Uint8Array;
  readonly signatureRows: Uint8Array;
}

const DISPATCH_ROWS = abi.POSITIONS * 256;
const ROLES_ROWS = 3 * 3;
const LENGTHS_ROWS = abi.POSITIONS + 1;

function readBase({ tables, extent, signatures }: Catalog): Base {
  const view = new DataView(tables.buffer, tables.byteOffset, tables.byteLength);
  const field = (at: number) => view.getUint32(at, true);
  const section = (at: number, size: number) => tables.subarray(field(at), field(at) + size);
  const width = field(abi.T_VECTORS) * VECTOR;
  const openers = field(abi.T_OPENERS_COUNT);
  const evidence = Array.from({ length: extent.vectors * 4 }, (_, index) =>
    view.getUint16(field(abi.T_EVIDENCE) + index * 2, true),
  );
  const sets = section(abi.T_SETS, extent.sets * abi.SET_SIZE);
  const words = (at: number, count: number) =>
    Array.from({ length: count }, (_, index) => view.getUint32(field(at) + index * 4, true));
  return {
    pools: {
      code: words(abi.T_CODE, extent.code),
      literals: fromBytes(section(abi.T_LITERALS, extent.literals)),
      sets: Array.from({ length: extent.sets }, (_, index) =>
        sets.subarray(index * abi.SET_SIZE, (index + 1) * abi.SET_SIZE),
      ),
      vectors: Array.from({ length: extent.vectors }, (_, index) =>
        evidence.slice(index * 4, index * 4 + 4),
      ),
    },
    steps: words(abi.T_STEPS, extent.steps),
    signatures: signatures.length,
    openers,
    width,
    dispatch: section(abi.T_DISPATCH, DISPATCH_ROWS * width),
    roles: section(abi.T_ROLES, ROLES_ROWS * width),
    lengths: section(abi.T_LENGTHS, LENGTHS_ROWS * width),
    openerRows: section(abi.T_OPENERS, openers * abi.OPENER_SIZE),
    signatureRows: section(abi.T_SIGNATURES, signatures.length * abi.SIGNATURE_SIZE),
  };
}

/** The tables as `abi.ts` T_* describes them. */
function layOut({ signatures, openers, steps, assembler, base }: Compiled): Uint8Array {
  const before = base?.openers ?? 0;
  const openersCount = before + openers.length;
  const signaturesCount = (base?.signatures ?? 0) + signatures.length;
  const vectors = Math.max(1, Math.ceil(openersCount / (VECTOR * 8)));
  checkLimits({ vectors, signaturesCount, steps, assembler });
  const header = new Uint32Array(abi.TABLES_HEADER / 4);
  const sections: { offset: number; bytes: Uint8Array }[] = [];
  let size = abi.TABLES_HEADER;
  const section = (field: number, bytes: Uint8Array) => {
    header[field / 4] = size;
    sections.push({ offset: size, bytes });
    size = align(size + bytes.length);
  };
  header[abi.T_MAGIC / 4] = abi.TABLES_MAGIC;
  header[abi.T_VERSION / 4] = abi.ABI_VERSION;
  header[abi.T_VECTORS / 4] = vectors;
  header[abi.T_OPENERS_COUNT / 4] = openersCount;
  header[abi.T_SIGNATURES_COUNT / 4] = signaturesCount;
  const width = vectors * VECTOR;
  const bitsets = (rows: number, from: Uint8Array | undefined) =>
    widened(rows, width, from, base?.width ?? 0);
  section(
    abi.T_DISPATCH,
    dispatchTable(bitsets(DISPATCH_ROWS, base?.dispatch), openers, before, width),
  );
  section(abi.T_ROLES, rolesTable(bitsets(ROLES_ROWS, base?.roles), openers, before, width));
  section(
    abi.T_LENGTHS,
    lengthsTable(bitsets(LENGTHS_ROWS, base?.lengths), openers, before, width),
  );
  const openerRows = words16(
    openers.flatMap(({ signature, role, step }) => [signature, role, step, 0]),
  );
  section(abi.T_OPENERS, joinBytes([...(base ? [base.openerRows] : []), openerRows]));
  section(
    abi.T_SIGNATURES,
    joinBytes([...(base ? [base.signatureRows] : []), words16(signatures.flat())]),
  );
  section(abi.T_STEPS, words32(steps));
  section(abi.T_SETS, joinBytes(assembler.sets));
  section(abi.T_LITERALS, toBytes(assembler.literals));
  section(abi.T_EVIDENCE, words16(assembler.vectors.flat()));
  section(abi.T_CODE, words32(assembler.code));
  size += VECTOR; // a machine may load beyond the last instruction
  header[abi.T_SIZE / 4] = size;
  const tables = new Uint8Array(size);
  tables.set(littleEndian(header, 4));
  for (const { offset, bytes } of sections) tables.set(bytes, offset);
  return tables;
}

/** What the tables' fields can count: 16 bits each, and the engine's longest bitset. */
function checkLimits(of: {
  vectors: number;
  signaturesCount: number;
  steps: readonly number[];
  assembler: Assembler;
}): void {
  const counts: readonly (readonly [what: string, count: number, most: number])[] = [
    ["ways to begin a signature", of.vectors * VECTOR * 8, abi.VECTORS_MAX * VECTOR * 8],
    ["signatures", of.signaturesCount, abi.NO_STEP],
    ["steps", of.steps.length, abi.NO_STEP],
    ["different sets of bytes", of.assembler.sets.length, 0x10000],
    ["different credits of evidence", of.assembler.vectors.length, 0x10000],
  ];
  for (const [what, count, most] of counts) {
    if (count > most) {
      throw new DefinitionError("all definitions", `together they have more than ${most} ${what}`, {
        remedy: () => "load fewer of them",
      });
    }
  }
}

const align = (size: number): number => Math.ceil(size / VECTOR) * VECTOR;

/** `rows` bitsets of `width` bytes, each beginning with what it was before. */
function widened(
  rows: number,
  width: number,
  before: Uint8Array | undefined,
  widthBefore: number,
): Uint8Array {
  const table = new Uint8Array(rows * width);
  if (before && width === widthBefore) table.set(before);
  else if (before) {
    for (let row = 0; row < rows; row++) {
      const from = row * widthBefore;
      table.set(before.subarray(from, from + widthBefore), row * width);
    }
  }
  return table;
}

/** Sets the bit of opener `index` in the bitset that begins at `offset`. */
const setBit = (table: Uint8Array, offset: number, index: number) => {
  table[offset + (index >> 3)]! |= 1 << (index & 7);
};

function dispatchTable(
  table: Uint8Array,
  openers: readonly Opener[],
  before: number,
  width: number,
): Uint8Array {
  for (const [index, { sequence }] of openers.entries()) {
    firstBytes(sequence).forEach((set: ByteSet, position) => {
      for (const [low, high] of set) {
        for (let value = low; value <= high; value++) {
          setBit(table, (position * 256 + value) * width, before + index);
        }
      }
    });
  }
  return table;
}

function rolesTable(
  table: Uint8Array,
  openers: readonly Opener[],
  before: number,
  width: number,
): Uint8Array {
  for (const [index, { role, over }] of openers.entries()) {
    for (const transport of over) {
      const row = TRANSPORTS.indexOf(transport) * 3;
      for (const speaker of [abi.ROLE_CLIENT, abi.ROLE_SERVER]) {
        if (role === speaker || role === abi.ROLE_EITHER) {
          setBit(table, (row + speaker) * width, before + index);
        }
      }
      setBit(table, (row + 2) * width, before + index);
    }
  }
  return table;
}

function lengthsTable(
  table: Uint8Array,
  openers: readonly Opener[],
  before: number,
  width: number,
): Uint8Array {
  for (const [index, { sequence }] of openers.entries()) {
    const least = Math.min(shortest(sequence), abi.POSITIONS);
    for (let length = least; length <= abi.POSITIONS; length++)
      setBit(table, length * width, before + index);
  }
  return table;
}

function littleEndian(values: ArrayLike<number>, width: 2 | 4): Uint8Array {
  const bytes = new Uint8Array(values.length * width);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index++) {
    if (width === 2) view.setUint16(index * 2, values[index]!, true);
    else view.setUint32(index * 4, values[index]!, true);
  }
  return bytes;
}

const words16 = (values: readonly number[]): Uint8Array => littleEndian(values, 2);
const words32 = (values: readonly number[]): Uint8Array => littleEndian(values, 4);

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joinedBytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    joinedBytes.set(part, to);
    to += part.length;
  }
  return joinedBytes;
}
