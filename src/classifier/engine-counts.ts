import * as abi from "../engine/abi.js";
import { UNHANDLED_MAX, type EngineMemory } from "../engine/memory.js";
import { UNHANDLED_KINDS } from "../record/summary.js";

const FIRST = (abi.CONTROL + abi.C_TOTAL_PACKETS) >>> 3;
const LAST = (abi.CONTROL + abi.C_TWICE) >>> 3;

/** Packets that no flow was made of, as the engine counts them. */
interface UnhandledCount {
  /** UNHANDLED_*. */
  readonly code: number;
  readonly value: number;
  packets: number;
  bytes: number;
}

/** What an engine counted by itself, kept beside its memory. Of one that trapped, as far as it can be a count. */
export class EngineCounts {
  readonly #counters = new Float64Array(LAST - FIRST);
  unhandled: UnhandledCount[] = [];

  /** The value of a counter, C_*. */
  counter(field: number): number {
    return this.#counters[((abi.CONTROL + field) >>> 3) - FIRST]!;
  }

  /** Takes those of an engine in place of what is here. */
  take(memory: EngineMemory): void {
    const { u32, f64 } = memory;
    for (let index = FIRST; index < LAST; index++) {
      this.#counters[index - FIRST] = countOf(f64[index]!);
    }
    const count = Math.min(memory.control(abi.C_UNHANDLED_COUNT), UNHANDLED_MAX);
    this.unhandled.length = 0;
    for (let row = 0; row < count; row++) {
      const at = memory.address("unhandled") + row * abi.UNHANDLED_SIZE;
      const code = u32[(at + abi.N_KIND) >>> 2]!;
      if (code === 0 || code > UNHANDLED_KINDS.length) continue;
      this.unhandled.push({
        code,
        value: u32[(at + abi.N_VALUE) >>> 2]!,
        packets: countOf(f64[(at + abi.N_PACKETS) >>> 3]!),
        bytes: countOf(f64[(at + abi.N_BYTES) >>> 3]!),
      });
    }
  }

  add(other: EngineCounts): void {
    for (let index = 0; index < this.#counters.length; index++) {
      this.#counters[index]! += other.#counters[index]!;
    }
    for (const { code, value, packets, bytes } of other.unhandled) {
      const own = this.unhandled.find((each) => each.code === code && each.value === value);
      if (own) {
        own.packets += packets;
        own.bytes += bytes;
      } else this.unhandled.push({ code, value, packets, bytes });
    }
  }
}

const countOf = (value: number): number => (Number.isSafeInteger(value) && value >= 0 ? value : 0);
