/** A tiny assembler: recognition tables written by hand, one instruction a line. */
import * as abi from "../../src/engine/abi.js";

/** `"name:"` is a label; a string operand is the target it names. */
export type Line =
  | string
  | readonly [op: number, a: number, b: number, ...words: (number | string)[]];
export type Program = readonly Line[];

export interface SignatureSource {
  client?: readonly Program[];
  server?: readonly Program[];
  watch?: Program;
  /** SIGNATURE_*. */
  flags?: number;
  /** ROLE_EITHER: the client script may be opened by either side. */
  role?: number;
  /** Which sides may open it: by default each side that has steps. */
  opens?: readonly ("client" | "server")[];
  /** Bytes that a position may have, for dispatch. Positions that are not said may have any. */
  positions?: Readonly<Record<number, string>>;
  /** Fewest payload bytes, for dispatch of datagrams. */
  least?: number;
}

interface Opener {
  signature: number;
  role: number;
  step: number;
  source: SignatureSource;
}

const TRANSPORTS = 3;
const ROLES = 3;

export class Assembler {
  readonly #code: number[] = [];
  readonly #steps: number[] = [];
  readonly #sets: Uint8Array[] = [];
  readonly #literals: number[] = [];
  readonly #vectors: number[][] = [];
  readonly #signatures: Uint8Array[] = [];
  readonly #openers: Opener[] = [];

  /** Offset of a literal. */
  literal(text: string): number {
    const offset = this.#literals.length;
    this.#literals.push(...Buffer.from(text, "latin1"));
    return offset;
  }

  /** The line that matches a literal. */
  text(text: string): Line {
    return [abi.OP_LITERAL, 0, text.length, this.literal(text)];
  }

  /** Number of the set of these characters. */
  set(characters: string): number {
    const set = new Uint8Array(abi.SET_SIZE);
    for (const byte of Buffer.from(characters, "latin1")) set[byte >>> 3]! |= 1 << (byte & 7);
    return this.#sets.push(set) - 1;
  }

  /** Number of an evidence vector. */
  vector(...amounts: number[]): number {
    return this.#vectors.push(amounts) - 1;
  }

  /** Number of the step with this program. */
  step(program: Program): number {
    const labels = new Map<string, number>();
    const start = this.#code.length;
    let at = start;
    for (const line of program) {
      if (typeof line === "string") labels.set(line.slice(0, -1), at);
      else at += line.length - 2;
    }
    for (const line of program) {
      if (typeof line === "string") continue;
      const [op, a, b, ...words] = line;
      this.#code.push((op | (a << 8) | (b << 16)) >>> 0);
      for (const word of words) {
        const value = typeof word === "string" ? labels.get(word) : word;
        if (value === undefined) throw new Error(`no label "${word}"`);
        this.#code.push(value >>> 0);
      }
    }
    return this.#steps.push(start) - 1;
  }

  /** Code words as they are. */
  raw(words: readonly number[]): number {
    const start = this.#code.length;
    this.#code.push(...words);
    return this.#steps.push(start) - 1;
  }

  /** Number of the signature. */
  signature(source: SignatureSource): number {
    const script = (programs: readonly Program[] = []) => {
      const first = this.#steps.length;
      for (const program of programs) this.step(program);
      return { first, count: programs.length };
    };
    const client = script(source.client);
    const server = script(source.server);
    const watch = source.watch === undefined ? abi.NO_STEP : this.step(source.watch);
    return this.#addSignature(source, client, server, watch);
  }

  /** A signature whose scripts are steps that stand already. */
  signatureOf(
    source: SignatureSource,
    client: { first: number; count: number },
    server: { first: number; count: number },
    watch: number = abi.NO_STEP,
  ): number {
    return this.#addSignature(source, client, server, watch);
  }

  #addSignature(
    source: SignatureSource,
    client: { first: number; count: number },
    server: { first: number; count: number },
    watch: number,
  ): number {
    const bytes = new Uint8Array(abi.SIGNATURE_SIZE);
    const view = new DataView(bytes.buffer);
    view.setUint8(abi.G_CLIENT_COUNT, client.count);
    view.setUint8(abi.G_SERVER_COUNT, server.count);
    view.setUint16(abi.G_CLIENT_FIRST, client.first, true);
    view.setUint16(abi.G_SERVER_FIRST, server.first, true);
    view.setUint16(abi.G_WATCH, watch, true);
    view.setUint16(abi.G_FLAGS, source.flags ?? 0, true);
    const signature = this.#signatures.push(bytes) - 1;
    const opens = source.opens ?? ["client", "server"];
    if (opens.includes("client") && client.count > 0) {
      const role = source.role ?? abi.ROLE_CLIENT;
      this.#openers.push({ signature, role, step: client.first, source });
    }
    if (opens.includes("server") && server.count > 0 && source.role === undefined) {
      this.#openers.push({ signature, role: abi.ROLE_SERVER, step: server.first, source });
    }
    return signature;
  }

  /** The tables, as `abi.ts` T_* lays them out. `vectors`: at least so many vectors a bitset. */
  tables(vectors = 1): Uint8Array {
    const count = this.#openers.length;
    const row = Math.max(vectors, Math.ceil(count / 128)) * 16;
    const bitset = (has: (opener: Opener) => boolean) => {
      const bits = new Uint8Array(row);
      for (const [number, opener] of this.#openers.entries()) {
        if (has(opener)) bits[number >>> 3]! |= 1 << (number & 7);
      }
      return bits;
    };
    const dispatch: Uint8Array[] = [];
    for (let position = 0; position < abi.POSITIONS; position++) {
      for (let byte = 0; byte < 256; byte++) {
        const character = String.fromCharCode(byte);
        dispatch.push(
          bitset(({ source }) => source.positions?.[position]?.includes(character) ?? true),
        );
      }
    }
    const roles: Uint8Array[] = [];
    for (let transport = 0; transport < TRANSPORTS; transport++) {
      for (let role = 0; role < ROLES; role++) {
        roles.push(bitset((opener) => role === 2 || opener.role === 2 || opener.role === role));
      }
    }
    const lengths: Uint8Array[] = [];
    for (let length = 0; length <= abi.POSITIONS; length++) {
      lengths.push(bitset(({ source }) => (source.least ?? 0) <= length));
    }
    const openers = this.#openers.map(({ signature, role, step }) => {
      const bytes = new Uint8Array(abi.OPENER_SIZE);
      const view = new DataView(bytes.buffer);
      view.setUint16(abi.O_SIGNATURE, signature, true);
      view.setUint8(abi.O_ROLE, role);
      view.setUint32(abi.O_STEP, step, true);
      return bytes;
    });
    const sections: [field: number, bytes: Uint8Array][] = [
      [abi.T_DISPATCH, Buffer.concat(dispatch)],
      [abi.T_ROLES, Buffer.concat(roles)],
      [abi.T_LENGTHS, Buffer.concat(lengths)],
      [abi.T_OPENERS, Buffer.concat(openers)],
      [abi.T_SIGNATURES, Buffer.concat(this.#signatures)],
      [abi.T_STEPS, wordsOf(this.#steps)],
      [abi.T_CODE, wordsOf(this.#code)],
      [abi.T_SETS, Buffer.concat(this.#sets)],
      [abi.T_LITERALS, Uint8Array.from(this.#literals)],
      [abi.T_EVIDENCE, new Uint8Array(Uint16Array.from(this.#vectors.flat()).buffer)],
    ];
    let size = abi.TABLES_HEADER;
    const placed = sections.map(([field, bytes]) => {
      const at = size;
      size = align(size + bytes.length);
      return { field, bytes, at };
    });
    size += 16; // behind the last instruction
    const tables = new Uint8Array(size);
    const view = new DataView(tables.buffer);
    view.setUint32(abi.T_MAGIC, abi.TABLES_MAGIC, true);
    view.setUint32(abi.T_VERSION, abi.ABI_VERSION, true);
    view.setUint32(abi.T_VECTORS, row / 16, true);
    view.setUint32(abi.T_OPENERS_COUNT, count, true);
    view.setUint32(abi.T_SIGNATURES_COUNT, this.#signatures.length, true);
    view.setUint32(abi.T_SIZE, size, true);
    for (const { field, bytes, at } of placed) {
      view.setUint32(field, at, true);
      tables.set(bytes, at);
    }
    return tables;
  }
}

const align = (size: number) => Math.ceil(size / 16) * 16;
const wordsOf = (words: readonly number[]) => new Uint8Array(Uint32Array.from(words).buffer);
