/**
 * Conversations, heard by the oracle: which signatures what two sides say may be, step by step, the
 * way an engine's candidates come and go.
 */
import { toBytes } from "./bytes.js";
import { byRole, openersOf, THRESHOLD, transportsOf } from "./compile.js";
import type { Conversation, Definition, Signature, Transport } from "./definition.js";
import { dissectionsOfFlow } from "./dissect.js";
import { canBegin, firstBytes } from "./dispatch.js";
import type { Worth } from "./evidence.js";
import { type Found, match, type Match } from "./oracle.js";
import type { Sequence } from "./pattern.js";
import { ZERO } from "./probability.js";
import { creditOf } from "./program.js";

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

/** A step that matched, or the one that a candidate fell at. */
export interface Step {
  /** CLIENT or SERVER: whose script, and the step's number in it, from 0. */
  readonly role: number;
  readonly index: number;
  readonly sequence: Sequence;
  /** Who said it, in which packet, and where in what was said. */
  readonly way: number;
  readonly packet: number;
  readonly start: number;
  match: Match;
}

/** A signature on its way: what it matched so far. */
export interface Candidate extends Prepared {
  /** The way that the client's words go. */
  readonly client: number;
  readonly steps: number[];
  /** Per way: where its next step begins; Infinity where that is not known, or nothing more counts. */
  readonly cursor: number[];
  /** Per way: the step before waits for the bytes of its facts. */
  readonly waits: boolean[];
  readonly saved: Map<string, number>;
  readonly matched: Step[];
  evidence: readonly number[];
  facts: readonly Found[];
}

/** A signature that is out, and the step that did not match. */
export interface Fall {
  readonly candidate: Candidate;
  readonly step: Step;
}

const credits = new WeakMap<Signature, Map<Sequence, Worth>>();

function creditFor(signature: Signature, sequence: Sequence): Worth {
  const known = credits.get(signature) ?? new Map<Sequence, Worth>();
  credits.set(signature, known);
  const credit = known.get(sequence) ?? creditOf(sequence, signature.exempt);
  known.set(sequence, credit);
  return credit;
}

export const CLIENT = 0;
export const SERVER = 1;
const EITHER = 2;

interface ListenerOptions {
  readonly transport: Transport;
  /** It is known who is the client (a TCP flow whose SYN was seen): way 0 is the client's then. */
  readonly opened: boolean;
  /** Candidates at one time. */
  readonly most?: number;
  readonly trace?: boolean;
}

interface Hearing {
  readonly bytes: Uint8Array;
  readonly more: boolean;
  readonly length: number;
  readonly packet: number;
}

/** Hears what two sides say, as it comes, and keeps what all signatures make of it. */
export class Listener {
  candidates: Candidate[] = [];
  readonly fallen: Fall[] = [];
  readonly #signatures: readonly Prepared[];
  readonly #isDatagram: boolean;
  readonly #options: ListenerOptions;
  readonly #heard: (Hearing | undefined)[] = [undefined, undefined];
  /** Per way: what dissectors keep, whichever candidate asks. */
  readonly #dissections = dissectionsOfFlow();
  /** Per way: all openers came to a conclusion. */
  readonly #concluded = [false, false];
  /** Openers that did not match, by way, role and signature: more bytes would not help them. */
  readonly #out = new Set<string>();
  /** Candidates that fell do not open again. */
  readonly #dead = new Set<string>();
  #first = 0;

  constructor(definitions: readonly Definition[], options: ListenerOptions) {
    this.#options = options;
    this.#isDatagram = options.transport !== "tcp";
    this.#signatures = definitions.flatMap(({ name, signatures: own = {} }) =>
      Object.entries(own)
        .filter(([, signature]) => transportsOf(signature).includes(options.transport))
        .map(([key, signature]): Prepared => {
          const { client, server } = byRole(signature);
          return { name: `${name}/${key}`, protocol: name, signature, scripts: [client, server] };
        }),
    );
  }

  hasHeard(way: number): boolean {
    return this.#heard[way] !== undefined;
  }

  /**
   * One more datagram of one side, or its whole stream as far as it is there. `more`: the stream goes
   * on; `length`: what a datagram had on the wire; `packet`: the packet's number in the flow.
   */
  hear(
    way: number,
    bytes: Uint8Array,
    { more = false, length = bytes.length, packet = 0 }: Partial<Omit<Hearing, "bytes">> = {},
  ): void {
    const isNew = !this.hasHeard(way);
    if (isNew && !this.hasHeard(1 - way)) this.#first = way;
    this.#heard[way] = { bytes, more, length, packet };
    this.#follow(way, packet);
    if (this.#concluded[way]) return;
    const before = this.candidates.length;
    this.#concluded[way] = this.#open(way) || this.#isDatagram || !more;
    if (this.#isDatagram || this.candidates.length === before) return;
    this.#follow(way, packet);
    this.#follow(1 - way, packet);
  }

  #follow(way: number, packet: number): void {
    const hearing = this.#heard[way];
    if (!hearing) return;
    this.candidates = this.candidates.filter((candidate) => {
      const step = this.#goOn(candidate, way, { ...hearing, packet });
      if (!step) return true;
      this.#dead.add(candidate.name);
      this.fallen.push({ candidate, step });
      return false;
    });
  }

  /** Runs a candidate's next steps; gives the one that did not match, if that ends it. */
  #goOn(candidate: Candidate, way: number, hearing: Hearing): Step | undefined {
    const role = way === candidate.client ? CLIENT : SERVER;
    for (;;) {
      const waits = candidate.waits[way]!;
      const index = candidate.steps[role]! - (waits ? 1 : 0);
      const sequence = candidate.scripts[role]![index];
      const start = candidate.cursor[way]!;
      if (!sequence || (!this.#isDatagram && start >= hearing.bytes.length)) return undefined;
      const result = this.#match(candidate, sequence, way, start, hearing);
      const step = { role, index, sequence, way, packet: hearing.packet, start, match: result };
      if (result.outcome === "failed" && !waits) {
        return this.#isSaidAgain(candidate, role, way, hearing) ? undefined : step;
      }
      // A datagram that does not go on with what the ones before began is none of its business.
      if (result.outcome === "failed" && this.#isDatagram) return undefined;
      if (result.accepted) this.#accept(candidate, step, waits);
      if (result.outcome === "waiting") {
        candidate.waits[way] = waits || result.accepted;
        return undefined;
      }
      candidate.waits[way] = false;
      if (result.outcome === "matched") candidate.facts = [...candidate.facts, ...result.facts];
      if (this.#isDatagram) return undefined;
      candidate.cursor[way] = result.goesOn ? start + result.end : Infinity;
    }
  }

  /** The first step once more, where the signature allows that. */
  #isSaidAgain(candidate: Candidate, role: number, way: number, hearing: Hearing): boolean {
    if (!this.#isDatagram || !candidate.signature.again || candidate.steps[role] === 0)
      return false;
    const first = candidate.scripts[role]![0]!;
    const unchanged = { ...candidate, saved: new Map(candidate.saved) };
    return this.#match(unchanged, first, way, 0, hearing).outcome === "matched";
  }

  #match(
    candidate: Candidate,
    sequence: Sequence,
    way: number,
    start: number,
    hearing: Hearing,
  ): Match {
    return match(sequence, hearing.bytes.subarray(start), {
      isDatagram: this.#isDatagram,
      length: hearing.length,
      more: hearing.more,
      saved: candidate.saved,
      dissection: this.#dissections[way],
      credit: creditFor(candidate.signature, sequence),
      trace: this.#options.trace,
    });
  }

  #accept(candidate: Candidate, step: Step, isAgain: boolean): void {
    if (isAgain) {
      const { role, index } = step;
      candidate.matched.find((each) => each.role === role && each.index === index)!.match =
        step.match;
      return;
    }
    candidate.steps[step.role]!++;
    candidate.matched.push(step);
    candidate.evidence = sumOf(candidate.evidence, step.match.evidence);
  }

  /** Tries what may open with the first bytes of a side. True if no opener waits for more. */
  #open(way: number): boolean {
    const { opened, most = Infinity } = this.#options;
    const hearing = this.#heard[way]!;
    const isFirst = way === this.#first;
    const isMidstream = !this.#isDatagram && !opened;
    let isConcluded = true;
    for (const prepared of this.#signatures) {
      const { name, scripts } = prepared;
      const hasBoth = scripts.every((script) => script.length > 0);
      for (const { role, sequence } of openersOf(prepared.signature)) {
        const isKnown = this.#dead.has(name) || this.candidates.some((each) => each.name === name);
        const opener = `${way} ${role} ${name}`;
        if (isKnown || this.#out.has(opener)) continue;
        if (opened && role !== EITHER && role !== way) continue;
        // A signature with words for the other side had its chance when that side was heard first.
        const isLate = !isFirst && !isMidstream && !prepared.signature.told;
        if (isLate && role !== EITHER && hasBoth) continue;
        const candidate: Candidate = {
          ...prepared,
          client: role === SERVER ? 1 - way : way,
          steps: [0, 0],
          cursor: [0, 0],
          waits: [false, false],
          saved: new Map(),
          matched: [],
          evidence: [...ZERO],
          facts: [],
        };
        const result = this.#match(candidate, sequence, way, 0, hearing);
        const { packet } = hearing;
        const side = role === SERVER ? SERVER : CLIENT;
        const step = { role: side, index: 0, sequence, way, packet, start: 0, match: result };
        if (result.accepted) {
          if (this.candidates.length >= most) continue;
          this.candidates.push(candidate);
          this.#accept(candidate, step, false);
          candidate.facts = result.facts;
          candidate.waits[way] = result.outcome === "waiting";
          if (this.#isDatagram) continue;
          if (!isFirst) candidate.cursor[1 - way] = Infinity;
          if (!candidate.waits[way]) candidate.cursor[way] = result.goesOn ? result.end : Infinity;
        } else if (result.outcome === "waiting" && mayBegin(sequence, hearing.bytes)) {
          isConcluded = false;
          break; // an opener behind it must not win because it needs fewer bytes
        } else if (!hearing.more || result.outcome !== "starved") {
          this.#out.add(opener);
          this.fallen.push({ candidate, step });
        }
      }
    }
    return isConcluded;
  }
}

const beginnings = new WeakMap<Sequence, ReturnType<typeof firstBytes>>();

/** What waits for more bytes may be out already: the engines look at the first ones before they match. */
function mayBegin(sequence: Sequence, bytes: Uint8Array): boolean {
  const sets = beginnings.get(sequence) ?? firstBytes(sequence);
  beginnings.set(sequence, sets);
  return canBegin(sets, bytes);
}

export const sumOf = (a: readonly number[], b: readonly number[]): readonly number[] =>
  a.map((value, lane) => Math.min(0xffff, value + b[lane]!));

interface ConverseOptions {
  /** It is known who is the client (a TCP flow whose SYN was seen); by default TCP's is, UDP's never. */
  readonly opened?: boolean;
  readonly trace?: boolean;
}

/** Says a whole conversation to all signatures. */
export function listen(
  definitions: readonly Definition[],
  { transport, messages }: Conversation,
  { opened = transport === "tcp", trace }: ConverseOptions = {},
): Listener {
  const listener = new Listener(definitions, { transport, opened, ...(trace && { trace }) });
  const streams = ["", ""] as [string, string];
  for (const [packet, { from, bytes }] of messages.entries()) {
    const way = from === "client" ? 0 : 1;
    if (transport !== "tcp") listener.hear(way, toBytes(bytes), { packet });
    else listener.hear(way, toBytes((streams[way] += bytes)), { more: true, packet });
  }
  for (const [way, stream] of streams.entries()) {
    if (stream !== "") listener.hear(way, toBytes(stream), { packet: messages.length });
  }
  return listener;
}

/** What all signatures make of a conversation. */
export function converse(
  definitions: readonly Definition[],
  conversation: Conversation,
  options: ConverseOptions = {},
): Naming[] {
  const listener = listen(definitions, conversation, options);
  return listener.candidates.map((candidate): Naming => {
    const evidence = candidate.evidence.map((sum) => sum / 8);
    const bits = Math.min(...evidence);
    const [client, server] = candidate.steps as [number, number];
    const isOneSided = !listener.hasHeard(0) || !listener.hasHeard(1);
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
