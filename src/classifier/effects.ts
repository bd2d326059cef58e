import * as abi from "../engine/abi.js";
import { EVENTS_MAX } from "../engine/memory.js";
import { readKey } from "../flows/key.js";
import type { VerdictEvent } from "../record/events.js";
import type { Followers } from "./followers.js";
import { HELD_MAX, type FlowExtras, type HeldLesson, type HeldMessage } from "./flow.js";
import type { Knowledge } from "./knowledge.js";
import type { LiveFlows } from "./live.js";
import type { Outlet } from "./outlet.js";
import type { Records } from "./record.js";
import type { Refinements } from "./refinements.js";
import { NOTE_ANNOUNCED, outranks } from "./rows.js";
import { Transactions } from "./transactions.js";

/** Something that takes effect in packet order, although it was found in rounds. */
export type Effect = { event: number; row: number; keyAt: number } & (
  | { kind: "verdict"; verdict: VerdictEvent; protocol: number }
  | { kind: "message"; message: HeldMessage }
  | { kind: "learn"; lesson: HeldLesson }
);

/**
 * What rounds found and what is visible from outside or from another flow: verdicts are announced,
 * messages paired, lessons learnt, each where its packet stands.
 */
export class Effects {
  readonly #live: LiveFlows;
  readonly #outlet: Outlet;
  readonly #knowledge: Knowledge;
  readonly #records: Records;
  readonly #refinements: Refinements;
  readonly #followers: Followers;
  #waiting: Effect[] = [];

  constructor(
    live: LiveFlows,
    outlet: Outlet,
    knowledge: Knowledge,
    records: Records,
    refinements: Refinements,
    followers: Followers,
  ) {
    this.#live = live;
    this.#outlet = outlet;
    this.#knowledge = knowledge;
    this.#records = records;
    this.#refinements = refinements;
    this.#followers = followers;
  }

  add(effect: Effect): void {
    this.#waiting.push(effect);
  }

  /** Puts what was found in rounds into packet order. */
  sort(): void {
    this.#waiting.sort((a, b) => a.event - b.event);
  }

  /** Applies what was found up to an event. */
  apply(upTo: number): void {
    let done = 0;
    while (done < this.#waiting.length && this.#waiting[done]!.event <= upTo) {
      const effect = this.#waiting[done++]!;
      if (effect.kind === "verdict")
        this.announce(effect.row, effect.verdict, effect.protocol, effect.keyAt);
      else if (effect.kind === "learn") this.#takeLesson(effect.row, effect.lesson, effect.keyAt);
      else this.#takeMessage(effect.row, effect.message, effect.keyAt);
    }
    if (done > 0) this.#waiting.splice(0, done);
  }

  /** Applies all that `find` finds, before anything that waits. */
  applyApart(find: () => void): void {
    const before = this.#waiting;
    this.#waiting = [];
    find();
    this.apply(EVENTS_MAX);
    this.#waiting = before;
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  announce(row: number, verdict: VerdictEvent, protocol: number, keyAt: number): void {
    this.#live.rows.note(row, NOTE_ANNOUNCED);
    const session = this.#live.extras(row)?.session;
    if (session !== undefined) {
      if (session.protocol === protocol) verdict.evidence.flow = session.flow;
      // What was announced is told already, and stands against weaker evidence of anything else.
      if (outranks("session", verdict.evidence.grade)) {
        this.#followers.drop(row);
        return;
      }
    }
    this.#outlet.verdict(verdict);
    this.#followers.name(row, verdict);
    if (this.#knowledge.teaches(protocol)) this.#live.extrasOf(row);
    const extras = this.#live.extras(row);
    if (extras === undefined) return;
    // Only what is proved teaches.
    extras.announced = verdict.evidence.grade === "payload" ? protocol : -1;
    for (const lesson of extras.lessons.splice(0)) {
      if (lesson.protocol === extras.announced) this.#learn(row, lesson, keyAt);
    }
    for (const message of extras.held.splice(0)) {
      if (message.protocol === protocol) this.#pair(row, extras, message, keyAt);
    }
  }

  #takeMessage(row: number, message: HeldMessage, keyAt: number): void {
    const { rows } = this.#live;
    const extras = this.#live.extrasOf(row);
    if (!rows.hasNote(row, NOTE_ANNOUNCED)) {
      if (extras.held.length < HELD_MAX) extras.held.push(message);
    } else if (message.protocol === rows.protocol(row)) {
      this.#pair(row, extras, message, keyAt);
    }
  }

  #takeLesson(row: number, lesson: HeldLesson, keyAt: number): void {
    const { announced, lessons } = this.#live.extrasOf(row);
    if (announced < 0) {
      if (lessons.length < HELD_MAX) lessons.push(lesson);
    } else if (lesson.protocol === announced) this.#learn(row, lesson, keyAt);
  }

  #learn(row: number, { protocol, reversed, ...said }: HeldLesson, keyAt: number): void {
    const { rows, memory, catalog } = this.#live;
    this.#knowledge.learn({
      flow: rows.f64(row, abi.R_ID),
      protocol: catalog.protocols[protocol]!.name,
      key: readKey(memory, keyAt),
      fromB: reversed,
      ...said,
    });
  }

  #pair(row: number, extras: FlowExtras, message: HeldMessage, keyAt: number): void {
    const { rows, memory, catalog } = this.#live;
    const key = readKey(memory, keyAt);
    extras.transactions ??= new Transactions(
      rows.f64(row, abi.R_ID),
      catalog.protocols[message.protocol]!,
      catalog.protocols[this.#refinements.find(message.protocol, key, extras).protocol]!.name,
      extras.share,
    );
    const event = extras.transactions.add({
      facts: message.facts,
      fromClient: message.reversed === this.#records.clientIsB(row, key),
      seconds: message.seconds,
      nanoseconds: message.nanoseconds,
    });
    if (event !== undefined) this.#outlet.event(event);
  }
}
