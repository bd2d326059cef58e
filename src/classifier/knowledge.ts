/**
 * What flows teach about other flows: inspected facts, handed to those who know what to make of them.
 *
 * Recognition of a whole window comes before its replay, so what is learnt must not change what is
 * recognised: it takes effect in packet order, on flows that begin behind it and on what is told of them.
 */
import type { FlowKey } from "../flows/key.js";
import { type Catalog, ownerOf } from "../language/catalog.js";
import { Exchanges } from "./exchanges.js";
import type { FlowExtras, Session } from "./flow.js";
import { perCatalog } from "./per-catalog.js";

/** The inspected facts of one message of a flow whose protocol is proved. */
export interface Lesson {
  /** Id of the flow. */
  flow: number;
  /** The protocol that the flow is named by, whose signature read the message. */
  protocol: string;
  key: FlowKey;
  /** The message came from endpoint B. */
  fromB: boolean;
  /** Names, such as `ftp.data-port`, and values, in the order in which they stand in the message. */
  facts: readonly (readonly [name: string, value: string | number])[];
  /** Packet time: seconds since 1970 and nanoseconds. */
  seconds: number;
  nanoseconds: number;
}

/** A flow's first packet, before any of its payload is decided. */
export interface Newcomer {
  flow: number;
  key: FlowKey;
  /** The first packet came from endpoint B. */
  fromB: boolean;
  seconds: number;
  nanoseconds: number;
}

/** Notes what another flow says of one that is under way; does nothing when that is over. */
export type LateAnnouncement = (
  session: Session,
  time: Pick<Newcomer, "seconds" | "nanoseconds">,
) => void;

/**
 * Somebody who learns of flows. Everything it is told is hostile: what it keeps is bounded, and no
 * message costs more than its bytes do.
 */
export interface Learner {
  /** Learns of a message; keeps what it makes of it, not the message. */
  learn?(lesson: Lesson): void;
  /**
   * May note in the flow's extras what is known of it, which are made when they are asked for; and may keep
   * `late`, for what it learns while the flow is open.
   */
  meet?(newcomer: Newcomer, extras: () => FlowExtras, late: LateAnnouncement): void;
  /** The first payload of a new flow, which comes with its first packet or behind it. May note as well. */
  hear?(newcomer: Newcomer, payload: Uint8Array, extras: () => FlowExtras): void;
  /** The classifier is closed: nothing is kept. */
  forget?(): void;
}

/** Per protocol: does it inspect anything? */
const teachersOf = perCatalog(({ protocols, facts }): readonly boolean[] => {
  const teachers = new Set(facts.filter(({ inspected }) => inspected).map(ownerOf));
  return protocols.map(({ name }) => teachers.has(name));
});

/** Knows which protocols teach, and passes on what they do. */
export class Knowledge {
  readonly #teaches: readonly boolean[];
  readonly #learners: readonly Learner[];
  readonly #exchanges: Exchanges;
  /** Is there anybody who wants to know of new flows? */
  readonly meets: boolean;

  constructor(catalog: Catalog, learners: readonly Learner[]) {
    this.#teaches = teachersOf(catalog);
    this.#learners = learners;
    this.#exchanges = new Exchanges(catalog);
    this.meets = learners.some(({ meet }) => meet !== undefined);
  }

  /** Its messages are worth reading although nobody asks for facts. */
  teaches(protocol: number): boolean {
    return this.#teaches[protocol] ?? false;
  }

  learn(lesson: Lesson): void {
    for (const each of this.#exchanges.settle(lesson)) {
      for (const learner of this.#learners) learner.learn?.(each);
    }
  }

  meet(newcomer: Newcomer, extras: () => FlowExtras, late: LateAnnouncement): void {
    for (const learner of this.#learners) learner.meet?.(newcomer, extras, late);
  }

  hear(newcomer: Newcomer, payload: Uint8Array, extras: () => FlowExtras): void {
    for (const learner of this.#learners) learner.hear?.(newcomer, payload, extras);
  }

  /** Questions that were forgotten before their answer came. */
  get evicted(): number {
    return this.#exchanges.evicted;
  }

  forget(): void {
    this.#exchanges.forget();
    for (const learner of this.#learners) learner.forget?.();
  }
}
