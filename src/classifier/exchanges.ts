/**
 * What is asked on one side of a flow, and what the other side answers: they count only together. An answer that nobody
 * asked for teaches nothing, a second one neither, and what somebody asks for is nothing before it is granted.
 */
import type { Catalog, Exchange } from "../language/catalog.js";
import type { Lesson } from "./knowledge.js";

/** What waits for an answer: of one side of a flow, and in all. */
export const ASKED_BY_ONE = 64;
export const ASKED_MAX = 4096;

/** Facts that are kept of one question: an endpoint has two. */
const FACTS_MAX = 8;

/** Seconds of packet time that an answer may take: STUN gives up after 39.5 (RFC 8489 §6.2.1), resolvers before. */
const PATIENCE = 40;

type Said = Lesson["facts"][number];
type Kind = keyof Exchange;

interface Asked {
  readonly facts: readonly Said[];
  readonly seconds: number;
}

/** What one side of a flow asks. */
interface Side {
  /** By what the answer repeats; the oldest first. */
  readonly asked: Map<string, Asked>;
  /** When it asked last. */
  seconds: number;
}

/** A message of several, such as replies of FTP in one segment. */
interface Part {
  kind?: Kind;
  /** What the answer repeats of the question. */
  key: string;
  readonly facts: Said[];
}

export class Exchanges {
  /** Questions forgotten because there were too many. */
  evicted = 0;
  /** By flow and side; who asked longest ago first. */
  readonly #sides = new Map<string, Side>();
  #size = 0;
  /** Per protocol: what the facts say that pair its messages. */
  readonly #kinds: ReadonlyMap<string, ReadonlyMap<string, Kind>>;

  constructor({ protocols }: Catalog) {
    this.#kinds = new Map(
      protocols.flatMap(({ name, exchange }) =>
        exchange === undefined
          ? []
          : [[name, new Map(Object.entries(exchange).map(([kind, fact]) => [fact, kind as Kind]))]],
      ),
    );
  }

  get size(): number {
    return this.#size;
  }

  /** What of a message may be learnt, and of what it grants. */
  *settle(lesson: Lesson): Generator<Lesson> {
    const kinds = this.#kinds.get(lesson.protocol);
    if (kinds === undefined) {
      yield lesson;
      return;
    }
    const { flow, fromB, seconds } = lesson;
    for (const { kind, key, facts } of partsOf(lesson, kinds)) {
      if (kind === "asked") {
        this.#ask(sideOf(flow, fromB), key, { facts: facts.slice(0, FACTS_MAX), seconds });
      } else if (kind === "refused") {
        this.#drop(sideOf(flow, !fromB));
      } else {
        const asked = kind && this.#take(sideOf(flow, !fromB), key, seconds);
        if (kind !== undefined && asked === undefined) continue;
        if (asked !== undefined && asked.facts.length > 0) {
          yield { ...lesson, fromB: !fromB, facts: asked.facts };
        }
        if (facts.length > 0) yield { ...lesson, facts };
      }
    }
  }

  forget(): void {
    this.#sides.clear();
    this.#size = 0;
  }

  #ask(place: string, key: string, question: Asked): void {
    this.#makeRoom(question.seconds);
    const side = this.#sides.get(place) ?? { asked: new Map<string, Asked>(), seconds: 0 };
    this.#sides.delete(place);
    this.#sides.set(place, side);
    side.seconds = question.seconds;
    if (side.asked.delete(key)) this.#size--;
    else if (side.asked.size >= ASKED_BY_ONE) {
      side.asked.delete(side.asked.keys().next().value!);
      this.#size--;
      this.evicted++;
    }
    side.asked.set(key, question);
    this.#size++;
  }

  /** What is not answered any more is not kept. */
  #makeRoom(now: number): void {
    for (const [place, { asked, seconds }] of this.#sides) {
      const isFresh = now - seconds <= PATIENCE;
      if (isFresh && this.#size < ASKED_MAX) return;
      if (isFresh) this.evicted += asked.size;
      this.#drop(place);
    }
  }

  #take(place: string, key: string, now: number): Asked | undefined {
    const side = this.#sides.get(place);
    const question = side?.asked.get(key);
    if (side === undefined || question === undefined) return undefined;
    side.asked.delete(key);
    this.#size--;
    if (side.asked.size === 0) this.#sides.delete(place);
    return now - question.seconds <= PATIENCE ? question : undefined;
  }

  #drop(place: string): void {
    this.#size -= this.#sides.get(place)?.asked.size ?? 0;
    this.#sides.delete(place);
  }
}

const sideOf = (flow: number, isB: boolean): string => `${flow} ${isB ? "b" : "a"}`;

/** What stands in front of the first fact that pairs is of its message; what stands behind one is of that one's. */
function partsOf({ facts }: Lesson, kinds: ReadonlyMap<string, Kind>): Part[] {
  let part: Part = { key: "", facts: [] };
  const parts = [part];
  for (const said of facts) {
    const kind = kinds.get(said[0]);
    if (kind === undefined) {
      part.facts.push(said);
      continue;
    }
    if (part.kind !== undefined) parts.push((part = { key: "", facts: [] }));
    part.kind = kind;
    part.key = String(said[1]);
  }
  return parts;
}
