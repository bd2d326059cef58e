import * as abi from "../engine/abi.js";
import { Trap } from "../engine/guard.js";
import type { Wheel } from "../flows/wheel.js";
import type { Effects } from "./effects.js";
import type { Ends } from "./ends.js";
import type { Followers } from "./followers.js";
import type { FoundFacts } from "./found.js";
import type { LiveFlows } from "./live.js";
import type { Newcomers } from "./newcomers.js";
import type { Progress } from "./progress.js";
import type { Rounds } from "./rounds.js";

/** A pass of as many events looks at all canaries. */
const CHECKED_EVENTS = 64;

/** What becomes of the events of one call of `track`: payloads in rounds, then everything in packet order. */
export class Pass {
  readonly #live: LiveFlows;
  readonly #rounds: Rounds;
  readonly #found: FoundFacts;
  readonly #effects: Effects;
  readonly #followers: Followers;
  readonly #newcomers: Newcomers;
  readonly #wheel: Wheel;
  readonly #ends: Ends;
  readonly #progress: Progress;

  constructor(
    live: LiveFlows,
    rounds: Rounds,
    found: FoundFacts,
    effects: Effects,
    followers: Followers,
    newcomers: Newcomers,
    wheel: Wheel,
    ends: Ends,
    progress: Progress,
  ) {
    this.#live = live;
    this.#rounds = rounds;
    this.#found = found;
    this.#effects = effects;
    this.#followers = followers;
    this.#newcomers = newcomers;
    this.#wheel = wheel;
    this.#ends = ends;
    this.#progress = progress;
  }

  settleEvents(): void {
    const { memory } = this.#live;
    const { u32 } = memory;
    const base = memory.address("events");
    const count = memory.control(abi.C_EVENT_COUNT);
    if (count === 0) return;
    let payloads = 0;
    for (let event = 0; event < count; event++) {
      if (u32[(base + event * abi.EVENT_SIZE + abi.E_KIND) >>> 2] === abi.EVENT_PAYLOAD) payloads++;
    }
    if (this.#isTight(payloads)) {
      for (let event = 0; event < count; event++) {
        const at = (base + event * abi.EVENT_SIZE) >>> 2;
        this.#name(event);
        if (u32[at] === abi.EVENT_PAYLOAD) {
          this.#rounds.one(event, u32[at + (abi.E_ROW >>> 2)]!);
          this.#checkCanaries(1);
        }
        this.#replay(event);
      }
    } else {
      for (let event = 0; event < count; event++) this.#name(event);
      if (payloads > 0) this.#rounds.all(count);
      this.#checkCanaries(count);
      this.#found.sort();
      this.#effects.sort();
      for (let event = 0; event < count; event++) this.#replay(event);
    }
    this.#found.clear();
    this.#effects.clear();
    this.#progress.at = -1;
  }

  /** Before anything is told of what was recognised. The map's canaries cost 1 µs, which single packets do not pay. */
  #checkCanaries(count: number): void {
    const { memory } = this.#live;
    const isDamaged =
      count >= CHECKED_EVENTS ? memory.isDamaged() : memory.counter(abi.C_CANARY) !== 0;
    if (isDamaged) {
      const places = memory.brokenCanaries().join(", ") || "a block";
      throw new Trap("canary", `written behind the end of ${places}`);
    }
  }

  /** Could this pass run out of inspections or prefix blocks? Then it goes event by event, as single packets would. */
  #isTight(payloads: number): boolean {
    const { memory } = this.#live;
    return (
      memory.control(abi.C_INSPECTIONS_LIVE) + payloads > memory.control(abi.C_INSPECTIONS_MAX) ||
      // A payload may ask for two: what it says, and what a dissector makes of it.
      memory.control(abi.C_PREFIX_BLOCKS_LIVE) + 2 * payloads >
        memory.control(abi.C_PREFIX_BLOCKS_MAX)
    );
  }

  #name(event: number): void {
    const { memory } = this.#live;
    const at = (memory.address("events") + event * abi.EVENT_SIZE) >>> 2;
    if (memory.u32[at] !== abi.EVENT_NEW) return;
    const descriptor = this.#live.descriptor(memory.u32[at + (abi.E_DESCRIPTOR >>> 2)]!);
    this.#newcomers.name(event, memory.u32[at + (abi.E_ROW >>> 2)]!, descriptor);
  }

  /** Applies one event, and the effects found at it, in packet order. */
  #replay(event: number): void {
    const { u32 } = this.#live.memory;
    const at = (this.#live.memory.address("events") + event * abi.EVENT_SIZE) >>> 2;
    const row = u32[at + (abi.E_ROW >>> 2)]!;
    const index = u32[at + (abi.E_DESCRIPTOR >>> 2)]!;
    const descriptor = this.#live.descriptor(index);
    this.#progress.at = index;
    this.#progress.settled = index + 1;
    const aux = u32[at + (abi.E_AUX >>> 2)]!;
    switch (u32[at]) {
      case abi.EVENT_NEW:
        this.#progress.nextId = this.#live.rows.f64(row, abi.R_ID) + 1;
        this.#wheel.add(row, aux);
        this.#newcomers.greet(row, descriptor);
        break;
      case abi.EVENT_PAYLOAD:
        this.#newcomers.hear(row, descriptor);
        this.#followers.hear(row, descriptor);
        break;
      case abi.EVENT_CLOSE:
        this.#wheel.close(row, aux);
        break;
      case abi.EVENT_SUPERSEDED:
        this.#ends.end(row, descriptor, undefined);
        break;
    }
    this.#found.apply(event);
    this.#effects.apply(event);
  }
}
