/** Definitions become a catalog: the tables for the engine, and what the numbers in them mean. */
import * as abi from "../engine/abi.js";
import { Assembler, toEighths } from "./assembler.js";
import type { ByteSet } from "./bytes.js";
import {
  BACKGROUNDS,
  type Catalog,
  type FactEntry,
  type ProtocolEntry,
  type SignatureEntry,
} from "./catalog.js";
import { at, checkAll } from "./check.js";
import type { Definition, Script, Signature, Transport } from "./definition.js";
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
}

export function compile(unsorted: readonly Definition[], lock: Lock = {}): Catalog {
  checkAll(unsorted);
  const ids = idsOf(
    unsorted.map(({ name }) => name),
    lock,
  );
  const definitions = [...unsorted].sort((a, b) => ids.get(a.name)! - ids.get(b.name)!);
  const facts = definitions.flatMap(({ name, facts: own = {} }) =>
    Object.entries(own).map(([key, fact]): FactEntry => ({ name: `${name}.${key}`, ...fact })),
  );
  const factIds = new Map(facts.map(({ name }, id) => [name, id]));
  const named = definitions.flatMap(({ name, signatures = {} }) =>
    Object.keys(signatures).map((key) => `${name}/${key}`),
  );
  return {
    tables: layOut(compileSignatures(definitions, ids, factIds)),
    threshold: THRESHOLD,
    protocols: definitions.map((definition) =>
      protocolEntry(definition, ids.get(definition.name)!),
    ),
    signatures: definitions.flatMap(({ name, signatures = {} }, protocol) =>
      Object.entries(signatures).map(([key, signature]) =>
        signatureEntry(`${name}/${key}`, protocol, signature, named),
      ),
    ),
    facts,
  };
}

function protocolEntry(definition: Definition, id: number): ProtocolEntry {
  const { name, title, category, source, ports = {}, header, refines } = definition;
  const { key, response } = definition.transaction ?? {};
  return {
    id,
    name,
    title,
    category,
    source,
    ports: { tcp: ports.tcp ?? [], udp: ports.udp ?? [], sctp: ports.sctp ?? [] },
    ...(header && { header }),
    ...(refines && { refines }),
    ...(definition.transaction && {
      transaction: {
        ...(key !== undefined && { key: `${name}.${key}` }),
        ...(response !== undefined && { response: `${name}.${response}` }),
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
  const total = [...client, ...server]
    .map((sequence) => mostEvidence(sequence, creditOf(sequence, signature.exempt)))
    .reduce<Lanes>(add, ZERO);
  const [uniform, integers, text, tls] = toEighths(total).map((value) => value / 8);
  return {
    name,
    protocol,
    both: signature.both ?? false,
    either: signature.first !== undefined,
    steps: { client: client.length, server: server.length },
    implies: (signature.implies ?? []).map((implied) => named.indexOf(implied)),
    exempt: signature.exempt === undefined ? -1 : BACKGROUNDS.indexOf(signature.exempt),
    watch: signature.watch !== undefined,
    bits: [uniform!, integers!, text!, tls!],
  };
}

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
    ...(signature.server ? [{ role: abi.ROLE_SERVER, sequence: signature.server[0]! }] : []),
  ];
}

export const transportsOf = ({ over }: Signature): readonly Transport[] =>
  typeof over === "string" ? [over] : over;

function compileSignatures(
  definitions: readonly Definition[],
  ids: ReadonlyMap<string, number>,
  factIds: ReadonlyMap<string, number>,
): Compiled {
  const assembler = new Assembler();
  const steps: number[] = [];
  const signatures: number[][] = [];
  const openers: Opener[] = [];
  for (const { name, signatures: own = {}, facts = {} } of definitions) {
    const ownFacts = new Map(
      Object.keys(facts).map((key) => [key, factIds.get(`${name}.${key}`)!]),
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
          const start = at(`${where}, ${role} ${index + 1}`, () =>
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
        const start = at(`${where}, watch`, () =>
          compileStep(signature.watch!, assembler, surroundings, { watch: true }),
        );
        steps.push(start);
      }
      for (const { role, sequence } of openersOf(signature)) {
        openers.push({
          signature: signatures.length,
          role,
          step: role === abi.ROLE_SERVER ? serverFirst : clientFirst,
          sequence,
          over: transportsOf(signature),
        });
      }
      const flags = signature.both ? abi.SIGNATURE_BOTH : 0;
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
  return { signatures, openers, steps, assembler };
}

// ── Layout ───────────────────────────────────────────────────────────────────────────────────────

const VECTOR = 16;

/** The tables as `abi.ts` T_* describes them. */
function layOut({ signatures, openers, steps, assembler }: Compiled): Uint8Array {
  const vectors = Math.max(1, Math.ceil(openers.length / (VECTOR * 8)));
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
  header[abi.T_OPENERS_COUNT / 4] = openers.length;
  header[abi.T_SIGNATURES_COUNT / 4] = signatures.length;
  const width = vectors * VECTOR;
  section(abi.T_DISPATCH, dispatchTable(openers, width));
  section(abi.T_ROLES, rolesTable(openers, width));
  section(abi.T_LENGTHS, lengthsTable(openers, width));
  section(
    abi.T_OPENERS,
    words16(openers.flatMap(({ signature, role, step }) => [signature, role, step, 0])),
  );
  section(abi.T_SIGNATURES, words16(signatures.flat()));
  section(abi.T_STEPS, words32(steps));
  section(abi.T_SETS, joinBytes(assembler.sets));
  section(abi.T_LITERALS, Uint8Array.from(assembler.literals));
  section(abi.T_EVIDENCE, words16(assembler.vectors.flat()));
  section(abi.T_CODE, words32(assembler.code));
  size += VECTOR; // a machine may load beyond the last instruction
  header[abi.T_SIZE / 4] = size;
  const tables = new Uint8Array(size);
  tables.set(littleEndian(header, 4));
  for (const { offset, bytes } of sections) tables.set(bytes, offset);
  return tables;
}

const align = (size: number): number => Math.ceil(size / VECTOR) * VECTOR;

/** Sets the bit of opener `index` in the bitset that begins at `offset`. */
const setBit = (table: Uint8Array, offset: number, index: number) => {
  table[offset + (index >> 3)]! |= 1 << (index & 7);
};

function dispatchTable(openers: readonly Opener[], width: number): Uint8Array {
  const table = new Uint8Array(abi.POSITIONS * 256 * width);
  for (const [index, { sequence }] of openers.entries()) {
    firstBytes(sequence).forEach((set: ByteSet, position) => {
      for (const [low, high] of set) {
        for (let value = low; value <= high; value++) {
          setBit(table, (position * 256 + value) * width, index);
        }
      }
    });
  }
  return table;
}

function rolesTable(openers: readonly Opener[], width: number): Uint8Array {
  const table = new Uint8Array(3 * 3 * width);
  for (const [index, { role, over }] of openers.entries()) {
    for (const transport of over) {
      const row = TRANSPORTS.indexOf(transport) * 3;
      for (const speaker of [abi.ROLE_CLIENT, abi.ROLE_SERVER]) {
        if (role === speaker || role === abi.ROLE_EITHER) {
          setBit(table, (row + speaker) * width, index);
        }
      }
      setBit(table, (row + 2) * width, index);
    }
  }
  return table;
}

function lengthsTable(openers: readonly Opener[], width: number): Uint8Array {
  const table = new Uint8Array((abi.POSITIONS + 1) * width);
  for (const [index, { sequence }] of openers.entries()) {
    const least = Math.min(shortest(sequence), abi.POSITIONS);
    for (let length = least; length <= abi.POSITIONS; length++)
      setBit(table, length * width, index);
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
