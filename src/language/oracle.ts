/**
 * The oracle: what a definition means, worked out the slow and obvious way from the definition itself.
 * The compiler and the engines are tested against it; it shares nothing with them but the worth of patterns.
 */
import { contains, fromBytes, lowerCase, toBytes } from "./bytes.js";
import { byRole, openersOf, THRESHOLD, transportsOf } from "./compile.js";
import type { Conversation, Definition, Signature } from "./definition.js";
import type { Worth } from "./evidence.js";
import { LABEL_BYTES } from "./evidence.js";
import type { Pattern, Sequence } from "./pattern.js";
import { meets, ZERO } from "./probability.js";
import { creditOf } from "./program.js";
import { toEighths } from "./assembler.js";

/** What a fact's patterns found. A name is in wire form, without pointers. */
export interface Found {
  readonly fact: string;
  readonly value: string | number;
}

export interface Match {
  /** `starved`: all that was there matched, but a stream ended too early. */
  readonly outcome: "matched" | "failed" | "starved";
  /** In eighths of a bit, per background. */
  readonly evidence: readonly number[];
  readonly facts: readonly Found[];
  /** Offset behind what matched. */
  readonly end: number;
  /** Where the next step begins is known: the step did not end in a failure behind `accept`, or in `rest`. */
  readonly goesOn: boolean;
}

interface Context {
  readonly isDatagram: boolean;
  /** Remembered fields; changed when the step matches. */
  readonly saved?: Map<string, number>;
  readonly credit?: Worth;
}

/** Matches one step with the bytes of one direction, from where the step begins to the end. */
export function match(sequence: Sequence, bytes: Uint8Array, context: Context): Match {
  const attempt = (more: boolean) => new Attempt(bytes, context, more).run(sequence);
  const first = attempt(!context.isDatagram);
  if (first !== "more") return first;
  const last = attempt(false);
  return last !== "more" && last.outcome === "failed"
    ? { ...last, outcome: "starved" }
    : (last as Match);
}

/** Thrown where the outcome depends on bytes that are not there yet. */
const MORE = Symbol("more");

const UNLIMITED = 2 ** 31;
const POINTERS_MAX = 16;
const FACTS_MAX = 32;

class Attempt {
  #at = 0;
  #limit: number;
  #origin = 0;
  #evidence: number[] = [...ZERO];
  #facts: Found[] = [];
  #endless = false;
  #accepted = false;
  readonly #fields = new Map<string, number>();
  readonly #saved: Map<string, number>;

  constructor(
    readonly bytes: Uint8Array,
    readonly context: Context,
    readonly more: boolean,
  ) {
    this.#limit = context.isDatagram ? bytes.length : UNLIMITED;
    this.#saved = new Map(context.saved);
  }

  run(sequence: Sequence): Match | "more" {
    let evidence = this.#evidence;
    let matched = true;
    try {
      for (const pattern of sequence) {
        if (pattern.kind === "accept") {
          this.#credit(this.context.credit?.main);
          evidence = this.#evidence;
          this.#accepted = true;
          this.#keep();
        } else if (!this.#pattern(pattern)) {
          matched = false;
          break;
        }
      }
    } catch (thrown) {
      if (thrown === MORE) return "more";
      throw thrown;
    }
    if (matched && !this.#accepted) {
      this.#credit(this.context.credit?.main);
      evidence = this.#evidence;
      this.#keep();
    }
    const isMatch = matched || this.#accepted;
    return {
      outcome: isMatch ? "matched" : "failed",
      evidence: isMatch ? evidence : [...ZERO],
      facts: isMatch ? this.#facts.slice(0, FACTS_MAX) : [],
      end: Math.min(this.#at, this.bytes.length),
      goesOn: matched && !this.#endless,
    };
  }

  #keep(): void {
    for (const [name, value] of this.#saved) this.context.saved?.set(name, value);
  }

  #credit(value: readonly number[] | undefined, times = 1): void {
    if (!value || this.#accepted) return;
    const vector = toEighths(value);
    this.#evidence = this.#evidence.map((sum, lane) =>
      Math.min(0xffff, sum + vector[lane]! * times),
    );
  }

  #creditFor(pattern: Pattern, times = 1): void {
    const value = this.context.credit?.extra.get(pattern);
    if (value?.some((each) => each >= 0.125)) this.#credit(value, times);
  }

  #sequence(sequence: Sequence): boolean {
    return sequence.every((pattern) => this.#pattern(pattern));
  }

  /** Tries a sequence; without success all is as it was before (but for fields). */
  #try(sequence: Sequence): boolean {
    const [at, limit, evidence, facts] = [this.#at, this.#limit, this.#evidence, this.#facts];
    if (this.#sequence(sequence)) return true;
    [this.#at, this.#limit, this.#evidence, this.#facts] = [at, limit, evidence, facts];
    return false;
  }

  /** True where so many bytes can be read. */
  #has(count: number): boolean {
    if (this.#at + count > this.#limit) return false;
    if (this.#at + count <= this.bytes.length) return true;
    if (this.more) throw MORE;
    return false;
  }

  #field = (name: string): number => this.#fields.get(name)!;

  #pattern(pattern: Pattern): boolean {
    switch (pattern.kind) {
      case "literal":
        return this.#literal(pattern.text, pattern.nocase);
      case "byte":
        return this.#has(1) && contains(pattern.set, this.bytes[this.#at++]!);
      case "run": {
        let length = 0;
        while (length < pattern.max && this.#at < this.#limit) {
          if (!this.#has(1) || !contains(pattern.set, this.bytes[this.#at]!)) break;
          this.#at++;
          length++;
        }
        if (pattern.field !== undefined) this.#fields.set(pattern.field, length);
        return length >= pattern.min;
      }
      case "few": {
        if (!this.#has(pattern.of)) return false;
        const bytes = this.bytes.subarray(this.#at, (this.#at += pattern.of));
        return bytes.filter((each) => contains(pattern.set, each)).length <= pattern.most;
      }
      case "skip": {
        const count =
          typeof pattern.bytes === "number" ? pattern.bytes : this.#field(pattern.bytes);
        if (!this.#has(count)) return false;
        this.#at += count;
        return true;
      }
      case "until":
        for (let passed = 0; passed < pattern.most; passed++) {
          if (!this.#has(1)) return false;
          if (this.bytes[this.#at] === pattern.byte) return true;
          this.#at++;
        }
        return false;
      case "line-end":
        if (!this.#has(1)) return false;
        if (this.bytes[this.#at] === 13) {
          this.#at++;
          if (!this.#has(1)) return false;
        }
        return this.bytes[this.#at++] === 10;
      case "number": {
        if (!this.#has(pattern.width)) return false;
        const own = this.bytes.subarray(this.#at, this.#at + pattern.width);
        const value = (pattern.little ? own.toReversed() : own).reduce((v, b) => v * 256 + b, 0);
        this.#at += pattern.width;
        if (pattern.field !== undefined) this.#fields.set(pattern.field, value);
        return meets(pattern.where, value);
      }
      case "check":
        return meets(pattern.where, this.#field(pattern.field));
      case "derive": {
        let value = (this.#field(pattern.source) & pattern.and) >>> 0;
        value = pattern.shift >= 32 ? 0 : value >>> pattern.shift;
        value = Math.imul(value, pattern.times) + pattern.plus;
        if (pattern.more !== undefined) value += this.#field(pattern.more);
        if (pattern.less !== undefined) value -= this.#field(pattern.less);
        this.#fields.set(pattern.field, value >>> 0);
        return true;
      }
      case "equal":
        return this.#field(pattern.left) === this.#field(pattern.right);
      case "remains":
        return this.#remaining() === this.#field(pattern.field);
      case "room":
        return meets(pattern.where, this.#remaining());
      case "within": {
        const outer = this.#limit;
        const end = this.#at + this.#field(pattern.field);
        if (end > outer) return false;
        this.#limit = end;
        if (!this.#sequence(pattern.body)) return false;
        if (!pattern.loose && this.#at !== end) return false;
        this.#at = end;
        this.#limit = outer;
        return true;
      }
      case "either":
        return pattern.alternatives.some((each, index) =>
          index < pattern.alternatives.length - 1 ? this.#try(each) : this.#sequence(each),
        );
      case "not": {
        const [at, limit, evidence, facts] = [this.#at, this.#limit, this.#evidence, this.#facts];
        const found = this.#sequence(pattern.body);
        [this.#at, this.#limit, this.#evidence, this.#facts] = [at, limit, evidence, facts];
        return !found;
      }
      case "repeat": {
        for (let round = 0; round < pattern.min; round++) {
          if (!this.#sequence(pattern.body)) return false;
        }
        let more = pattern.max - pattern.min;
        while (more > 0 && this.#try(pattern.body)) more--;
        return true;
      }
      case "times": {
        const count = this.#field(pattern.count);
        if (count > pattern.most) return this.#tooMany(pattern.most, pattern.body);
        for (let round = 0; round < count; round++) {
          if (!this.#sequence(pattern.body)) return false;
          this.#creditFor(pattern);
        }
        return true;
      }
      case "after-lines":
        for (let skipped = 0; ; skipped++) {
          if (this.#try(pattern.body)) return true;
          if (!this.#pattern({ kind: "until", byte: 10, most: pattern.longest })) return false;
          this.#at++;
          if (skipped === pattern.most) return false;
        }
      case "name": {
        const characters = this.#name(pattern.pointers);
        if (characters === undefined) return false;
        this.#creditFor(pattern, Math.min(characters, 255));
        return true;
      }
      case "origin":
        this.#origin = this.#at;
        return true;
      case "capture": {
        const start = this.#at;
        if (!this.#sequence(pattern.body)) return false;
        return this.#capture(pattern.fact, pattern.body, start);
      }
      case "report":
        this.#facts = [...this.#facts, { fact: pattern.fact, value: this.#field(pattern.field) }];
        return true;
      case "remember":
        if (!this.#accepted) this.#saved.set(pattern.as, this.#field(pattern.field));
        return true;
      case "repeats": {
        const saved = this.#saved.get(pattern.remembered);
        if (saved === undefined) return true;
        if (saved !== this.#field(pattern.field)) return false;
        this.#creditFor(pattern);
        return true;
      }
      case "advances": {
        const saved = this.#saved.get(pattern.remembered);
        if (saved === undefined) return true;
        const ahead = (this.#field(pattern.field) - saved) & 0xffff;
        if (ahead < 1 || ahead > pattern.most) return false;
        this.#creditFor(pattern);
        return true;
      }
      case "capped":
        return this.#sequence(pattern.body);
      case "at-end":
        return this.#remaining() === 0;
      case "rest":
        if (this.#limit === UNLIMITED) {
          this.#endless = true;
          this.#at = this.bytes.length;
        } else this.#at = this.#limit;
        return true;
      case "accept":
        throw new RangeError("accept stands only at the top of a step");
    }
  }

  /** The engine sees that a count is too high only when it gets there; whether bytes are missing comes first. */
  #tooMany(most: number, body: Sequence): boolean {
    for (let round = 0; round <= most; round++) if (!this.#sequence(body)) return false;
    return false;
  }

  #remaining(): number {
    if (this.#limit !== UNLIMITED) return this.#limit - this.#at;
    if (this.more) throw MORE;
    return this.bytes.length - this.#at;
  }

  #literal(text: string, nocase: boolean): boolean {
    const wanted = toBytes(nocase ? text.toLowerCase() : text);
    for (const byte of wanted) {
      if (!this.#has(1)) return false;
      const found = this.bytes[this.#at++]!;
      if ((nocase ? lowerCase(found) : found) !== byte) return false;
    }
    return true;
  }

  /** Number of label bytes of a name, or undefined where there is none. */
  #name(pointers: boolean): number | undefined {
    const start = this.#at;
    let characters = 0;
    for (;;) {
      if (!this.#has(1)) return undefined;
      const length = this.bytes[this.#at]!;
      if (length >= 0xc0 && pointers) {
        if (!this.#has(2)) return undefined;
        const target = ((length & 0x3f) << 8) | this.bytes[this.#at + 1]!;
        if (this.#origin + target >= this.#at) return undefined;
        this.#at += 2;
        return characters;
      }
      if (length > 63 || this.#at + 1 + length - start > 255) return undefined;
      this.#at++;
      if (length === 0) return characters;
      for (let index = 0; index < length; index++) {
        if (!this.#has(1) || !contains(LABEL_BYTES, this.bytes[this.#at++]!)) return undefined;
      }
      characters += length;
    }
  }

  #capture(fact: string, body: Sequence, start: number): boolean {
    if (this.#at > this.bytes.length && this.more) throw MORE;
    const end = Math.min(this.#at, this.bytes.length);
    const isName = body.length === 1 && body[0]!.kind === "name";
    const value = isName ? this.#resolve(start) : fromBytes(this.bytes.subarray(start, end));
    if (value !== undefined) this.#facts = [...this.#facts, { fact, value }];
    return true;
  }

  /** A name with its pointers followed, in wire form. */
  #resolve(start: number): string | undefined {
    let [at, value, jumps] = [start, "", 0];
    while (at < this.bytes.length) {
      const length = this.bytes[at]!;
      if (length >= 0xc0) {
        const target = this.#origin + (((length & 0x3f) << 8) | this.bytes[at + 1]!);
        if (++jumps > POINTERS_MAX || target >= at) return undefined;
        at = target;
      } else {
        value += fromBytes(this.bytes.subarray(at, at + 1 + length));
        if (length === 0) return value;
        if (length > 63 || value.length > 254) return undefined;
        at += 1 + length;
      }
    }
    return undefined;
  }
}

// ── Conversations ────────────────────────────────────────────────────────────────────────────────

/** A signature that a conversation matched so far, and what it found. */
export interface Naming {
  /** `protocol/signature`. */
  readonly signature: string;
  readonly protocol: string;
  /** Bits per background. */
  readonly evidence: readonly number[];
  /** Bits against the background that explains it best. */
  readonly bits: number;
  /** All steps of both scripts are matched. */
  readonly complete: boolean;
  /** Enough evidence, from both sides where that is asked for. */
  readonly named: boolean;
  readonly facts: readonly Found[];
}

interface Prepared {
  readonly name: string;
  readonly protocol: string;
  readonly signature: Signature;
  readonly scripts: readonly (readonly Sequence[])[];
}

interface Candidate extends Prepared {
  readonly client: number;
  readonly steps: number[];
  readonly ended: boolean[];
  readonly saved: Map<string, number>;
  evidence: readonly number[];
  facts: readonly Found[];
}

const credits = new WeakMap<Signature, Map<Sequence, Worth>>();

function creditFor(signature: Signature, sequence: Sequence): Worth {
  const known = credits.get(signature) ?? new Map<Sequence, Worth>();
  credits.set(signature, known);
  const credit = known.get(sequence) ?? creditOf(sequence, signature.exempt);
  known.set(sequence, credit);
  return credit;
}

const CLIENT = 0;
const SERVER = 1;
const EITHER = 2;

/**
 * What all signatures make of a conversation. `opened`: it is known who is the client (a TCP flow
 * whose SYN was seen); by default TCP is, UDP never.
 */
export function converse(
  definitions: readonly Definition[],
  conversation: Conversation,
  { opened = conversation.transport === "tcp" } = {},
): Naming[] {
  const isDatagram = conversation.transport !== "tcp";
  const signatures = definitions.flatMap(({ name, signatures: own = {} }) =>
    Object.entries(own)
      .filter(([, signature]) => transportsOf(signature).includes(conversation.transport))
      .map(([key, signature]): Prepared => {
        const { client, server } = byRole(signature);
        return { name: `${name}/${key}`, protocol: name, signature, scripts: [client, server] };
      }),
  );
  let candidates: Candidate[] = [];
  const fallen = new Set<string>();
  const heard = [false, false];

  const goOn = (candidate: Candidate, way: number, from: Uint8Array): boolean => {
    const role = way === candidate.client ? CLIENT : SERVER;
    let bytes = from;
    while (!candidate.ended[way] && candidate.steps[role]! < candidate.scripts[role]!.length) {
      const sequence = candidate.scripts[role]![candidate.steps[role]!]!;
      const credit = creditFor(candidate.signature, sequence);
      const result = match(sequence, bytes, { isDatagram, saved: candidate.saved, credit });
      if (result.outcome === "failed") return false;
      if (result.outcome === "starved") {
        candidate.ended[way] = true;
        return candidate.steps[CLIENT]! + candidate.steps[SERVER]! > 0;
      }
      candidate.steps[role]!++;
      candidate.evidence = candidate.evidence.map((sum, lane) =>
        Math.min(0xffff, sum + result.evidence[lane]!),
      );
      candidate.facts = [...candidate.facts, ...result.facts];
      if (isDatagram) return true;
      if (!result.goesOn) candidate.ended[way] = true;
      bytes = bytes.subarray(result.end);
      if (bytes.length === 0) return true;
    }
    return true;
  };

  for (const { from, bytes: text } of messagesOf(conversation)) {
    const way = from === "client" ? 0 : 1;
    const bytes = toBytes(text);
    const others = candidates;
    candidates = candidates.filter((candidate) => {
      const stays = goOn(candidate, way, bytes);
      if (!stays) fallen.add(candidate.name);
      return stays;
    });
    if (!heard[way]) {
      for (const prepared of signatures) {
        if (fallen.has(prepared.name) || others.some(({ name }) => name === prepared.name))
          continue;
        const hasBoth = prepared.scripts.every((script) => script.length > 0);
        const isPeer = prepared.signature.first !== undefined;
        const mayBeLate = isPeer || (!isDatagram && !opened);
        if (hasBoth && heard[1 - way] && !mayBeLate) continue;
        for (const { role } of openersOf(prepared.signature)) {
          if (opened && role !== EITHER && role !== way) continue;
          const candidate: Candidate = {
            ...prepared,
            client: role === SERVER ? 1 - way : way,
            steps: [0, 0],
            ended: [false, false],
            saved: new Map(),
            evidence: [...ZERO],
            facts: [],
          };
          if (goOn(candidate, way, bytes)) {
            candidates.push(candidate);
            break;
          }
        }
      }
    }
    heard[way] = true;
  }
  return candidates.map((candidate): Naming => {
    const evidence = candidate.evidence.map((sum) => sum / 8);
    const bits = Math.min(...evidence);
    const [client, server] = candidate.steps as [number, number];
    const isOneSided = !heard[0] || !heard[1];
    return {
      signature: candidate.name,
      protocol: candidate.protocol,
      evidence,
      bits,
      complete: candidate.scripts.every((script, role) => script.length === candidate.steps[role]),
      named:
        bits >= THRESHOLD &&
        (!candidate.signature.both || isOneSided || (client > 0 && server > 0)),
      facts: candidate.facts,
    };
  });
}

/** Datagrams one by one; of a TCP connection each side's whole stream, in the order they begin. */
function messagesOf({ transport, messages }: Conversation): Conversation["messages"] {
  if (transport !== "tcp") return messages;
  const sides = [...new Set(messages.map(({ from }) => from))];
  return sides.map((from) => ({
    from,
    bytes: messages
      .filter((message) => message.from === from)
      .map(({ bytes }) => bytes)
      .join(""),
  }));
}
