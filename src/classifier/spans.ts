import * as abi from "../engine/abi.js";
import { EVENTS_MAX } from "../engine/memory.js";
import type { Effects } from "./effects.js";
import type { Facts } from "./facts.js";
import type { HeldLesson, HeldMessage } from "./flow.js";
import type { FoundFacts } from "./found.js";
import type { LiveFlows } from "./live.js";
import type { Outlet } from "./outlet.js";
import type { Refinements } from "./refinements.js";
import { putMessageFact } from "./transactions.js";

/** Z_DUE of spans that `finish` found, from A and from B. */
const FINISHED_A = 0xfffffffe;
const FINISHED_B = 0xffffffff;

/**
 * Turns the spans of an engine call into facts, into messages where the protocol has transactions,
 * and into lessons where it inspects.
 */
export class Spans {
  readonly #live: LiveFlows;
  readonly #facts: Facts;
  readonly #found: FoundFacts;
  readonly #refinements: Refinements;
  readonly #outlet: Outlet;
  readonly #effects: Effects;
  readonly #hidden: ReadonlySet<number>;

  constructor(
    live: LiveFlows,
    facts: Facts,
    found: FoundFacts,
    refinements: Refinements,
    outlet: Outlet,
    effects: Effects,
    /** Facts that the engine hands out for what flows are called, and that may not be told. */
    hidden: ReadonlySet<number>,
  ) {
    this.#live = live;
    this.#facts = facts;
    this.#found = found;
    this.#refinements = refinements;
    this.#outlet = outlet;
    this.#effects = effects;
    this.#hidden = hidden;
  }

  /**
   * Reads the spans of the last call.
   * @param events those that were recognised, in the order in which they were due
   * @param keyAt the key of the flow that was finished
   */
  collect(events: readonly number[], keyAt = 0): void {
    const { memory, catalog } = this.#live;
    const { u16, u32 } = memory;
    const count = memory.control(abi.C_SPAN_COUNT);
    const base = memory.address("spans");
    let found: ReturnType<FoundFacts["open"]> | undefined;
    let foundDue = -1;
    let message: HeldMessage | undefined;
    let messageDue = -1;
    let messageSignature = -1;
    let lesson: HeldLesson | undefined;
    let lessonDue = -1;
    let lessonSignature = -1;
    for (let span = 0; span < count; span++) {
      const at = base + span * abi.SPAN_SIZE;
      const row = u32[(at + abi.Z_ROW) >>> 2]!;
      const signature = u16[(at + abi.Z_SIGNATURE) >>> 1]!;
      const fact = u16[(at + abi.Z_FACT) >>> 1]!;
      const due = u32[(at + abi.Z_DUE) >>> 2]!;
      const extras = this.#live.extrasOf(row);
      if (u32[(at + abi.Z_KIND) >>> 2] === abi.SPAN_APPLICATION) {
        // The first host that a client names is the one it speaks to.
        if (extras.application === 0) {
          extras.application = u32[(at + abi.Z_ADDRESS) >>> 2]!;
          extras.applicationFact = fact;
        }
        continue;
      }
      const values = this.#facts.read(at);
      if (values.length === 0) continue;
      const protocol = catalog.signatures[signature]!.protocol;
      const { inspected, name } = catalog.facts[fact]!;
      if (inspected) {
        if (lesson === undefined || due !== lessonDue || signature !== lessonSignature) {
          lesson = this.#openLesson(row, protocol, due, events, keyAt);
          lessonDue = due;
          lessonSignature = signature;
        }
        for (const value of values) lesson.facts.push([name, value]);
        continue;
      }
      this.#refinements.hear(extras, fact, values);
      if (this.#hidden.has(fact)) continue;
      // What is found at a flow's end is in its turn.
      if (due < FINISHED_A) {
        if (found === undefined || due !== foundDue) {
          found = this.#found.open(events[due]!, row);
          foundDue = due;
        }
        for (const value of values) found.push([fact, value]);
      } else for (const value of values) this.#found.keep(row, fact, value);
      const { transaction } = catalog.protocols[protocol]!;
      // Where messages are told apart by their framing, followers have them all.
      if (!this.#outlet.isHeard || transaction === undefined || transaction.framing) continue;
      if (message === undefined || due !== messageDue || signature !== messageSignature) {
        message = this.#openMessage(row, protocol, due, events, keyAt);
        messageDue = due;
        messageSignature = signature;
      }
      for (const value of values) {
        putMessageFact(message.facts, name, value);
      }
    }
    this.#live.dropSpans();
  }

  #openMessage(
    row: number,
    protocol: number,
    due: number,
    events: readonly number[],
    keyAt: number,
  ): HeldMessage {
    const { place, ...said } = this.#placeOf(row, due, events, keyAt);
    const message: HeldMessage = { protocol, facts: {}, ...said };
    this.#effects.add({ ...place, kind: "message", message });
    return message;
  }

  #openLesson(
    row: number,
    protocol: number,
    due: number,
    events: readonly number[],
    keyAt: number,
  ): HeldLesson {
    const { place, ...said } = this.#placeOf(row, due, events, keyAt);
    const lesson: HeldLesson = { protocol, facts: [], ...said };
    this.#effects.add({ ...place, kind: "learn", lesson });
    return lesson;
  }

  /** Where a message that spans were found in takes effect, which side said it, and when. */
  #placeOf(row: number, due: number, events: readonly number[], keyAt: number) {
    if (due === FINISHED_A || due === FINISHED_B) {
      return {
        place: { event: EVENTS_MAX, row, keyAt },
        reversed: due === FINISHED_B,
        ...this.#live.lastTime(row),
      };
    }
    const { memory } = this.#live;
    const entry = memory.address("due") + due * abi.DUE_SIZE;
    const descriptor = this.#live.descriptor(memory.u32[(entry + abi.Q_DESCRIPTOR) >>> 2]!);
    return {
      place: { event: events[due]!, row, keyAt: descriptor },
      reversed: (memory.u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_REVERSED) !== 0,
      ...this.#live.packetTime(descriptor),
    };
  }
}
