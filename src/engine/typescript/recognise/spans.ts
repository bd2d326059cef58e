/**
 * Spans: the facts that programs find. A run collects them behind those given out already, in the
 * place where they will stand; only a run that is done gives them out.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import { applicationOf, HostTable } from "../hosts/lookup.js";

const FACTS_MAX = 4096;
const NAME_MAX = 255;
const LABEL_MAX = 63;
const POINTER = 0xc0;
const JUMPS_MAX = 16;
const WORDS = abi.SPAN_SIZE >>> 2;

export class Spans {
  /** Number that the present run has collected. */
  collected = 0;
  readonly #memory: EngineMemory;
  #mask = 0;
  #hosts: HostTable | undefined;
  /** Word index of the first span. */
  #spans = 0;
  #most = 0;
  /** Number given out. */
  #given = 0;
  #names = 0;
  /** Bytes taken by names whose pointers were followed. */
  #namesSize = 0;
  /** Length of the name that was resolved last. */
  #nameLength = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  configure(): void {
    const memory = this.#memory;
    this.#mask = memory.control(abi.C_MASK);
    this.#hosts = new HostTable(memory.u8.buffer, memory.control(abi.C_HOSTS));
    this.#spans = memory.control(abi.C_SPANS) >>> 2;
    this.#most = memory.control(abi.C_SPANS_MAX);
    this.#names = memory.control(abi.C_SCRATCH) + abi.SCRATCH_NAMES;
  }

  /** Forgets the spans of the call before, and the names they pointed to. */
  reset(): void {
    this.#memory.u8.fill(0, this.#names, this.#names + this.#namesSize);
    this.#namesSize = 0;
    this.#given = 0;
    this.collected = 0;
    this.#memory.setControl(abi.C_SPAN_COUNT, 0);
  }

  /**
   * Collects a span: `at` is an offset from `base`, or the number. Until the run is done Z_DUE keeps the
   * base, and Z_ROW the origin of name pointers.
   */
  collect(
    fact: number,
    kind: number,
    base: number,
    at: number,
    length: number,
    origin: number,
  ): void {
    if (fact >= FACTS_MAX) return;
    if (kind === abi.SPAN_BYTES && this.#isIn(this.#mask + abi.HOST_FACTS, fact)) {
      const application = applicationOf(this.#hosts!, this.#memory.u8, base + at, length);
      if (application !== 0) this.#put(fact, abi.SPAN_APPLICATION, 0, application, 0, 0);
    }
    if (this.#isIn(this.#mask, fact)) this.#put(fact, kind, base, at, length, origin);
  }

  #isIn(facts: number, fact: number): boolean {
    return ((this.#memory.u8[facts + (fact >>> 3)]! >>> (fact & 7)) & 1) !== 0;
  }

  #put(fact: number, kind: number, base: number, at: number, length: number, origin: number): void {
    if (this.collected >= abi.SPANS_PER_PROGRAM) return;
    const { u16, u32 } = this.#memory;
    const index = this.#given + this.collected;
    if (index >= this.#most) return;
    const span = this.#spans + index * WORDS;
    u32[span + (abi.Z_ROW >>> 2)] = origin;
    u16[span * 2 + (abi.Z_FACT >>> 1)] = fact;
    u32[span + (abi.Z_KIND >>> 2)] = kind;
    u32[span + (abi.Z_ADDRESS >>> 2)] = at;
    u32[span + (abi.Z_LENGTH >>> 2)] = length;
    u32[span + (abi.Z_DUE >>> 2)] = base;
    this.collected++;
  }

  /** Gives out what the run collected. */
  give(row: number, signature: number, due: number): void {
    const { u16, u32 } = this.#memory;
    const end = this.#given + this.collected;
    let given = this.#given;
    for (let index = given; index < end; index++) {
      const from = this.#spans + index * WORDS;
      const kind = u32[from + (abi.Z_KIND >>> 2)]!;
      const base = u32[from + (abi.Z_DUE >>> 2)]!;
      let address = u32[from + (abi.Z_ADDRESS >>> 2)]!;
      let length = u32[from + (abi.Z_LENGTH >>> 2)]!;
      if (kind === abi.SPAN_NAME) {
        const origin = u32[from + (abi.Z_ROW >>> 2)]!;
        address = this.#resolve(base, address, address + length, origin);
        if (address === 0) continue;
        length = this.#nameLength;
      } else if (kind === abi.SPAN_BYTES) address += base;
      const span = this.#spans + given * WORDS;
      u32[span + (abi.Z_ROW >>> 2)] = row;
      u16[span * 2 + (abi.Z_SIGNATURE >>> 1)] = signature;
      u16[span * 2 + (abi.Z_FACT >>> 1)] = u16[from * 2 + (abi.Z_FACT >>> 1)]!;
      u32[span + (abi.Z_KIND >>> 2)] = kind;
      u32[span + (abi.Z_ADDRESS >>> 2)] = address;
      u32[span + (abi.Z_LENGTH >>> 2)] = length;
      u32[span + (abi.Z_DUE >>> 2)] = due;
      given++;
    }
    this.#given = given;
    this.collected = 0;
    this.#memory.setControl(abi.C_SPAN_COUNT, given);
  }

  /**
   * The address of the name that begins at offset `begin` and lies before `end`: where it stands,
   * or with its pointers followed in the scratch. 0 for a broken one, or where there is no room.
   */
  #resolve(base: number, begin: number, end: number, origin: number): number {
    const { u8 } = this.#memory;
    const into = this.#names + this.#namesSize;
    const room = Math.min(abi.SCRATCH_NAMES_SIZE - this.#namesSize, NAME_MAX);
    let at = begin;
    let length = 0;
    let jumps = 0;
    // First the way through, so that nothing is copied of a name that is broken or whole already.
    for (;;) {
      if (at >= end) return 0;
      const label = u8[base + at]!;
      if (label >= POINTER) {
        if (at + 2 > end || jumps === JUMPS_MAX) return 0;
        const target = origin + ((label & LABEL_MAX) << 8) + u8[base + at + 1]!;
        if (target >= at) return 0;
        jumps++;
        at = target;
        continue;
      }
      length += 1 + label;
      if (label > LABEL_MAX || at + 1 + label > end || length > room) return 0;
      if (label === 0) break;
      at += 1 + label;
    }
    this.#nameLength = length;
    if (jumps === 0) return base + begin;

    at = begin;
    for (let copied = 0; copied < length;) {
      const label = u8[base + at]!;
      if (label >= POINTER) {
        at = origin + ((label & LABEL_MAX) << 8) + u8[base + at + 1]!;
        continue;
      }
      u8.copyWithin(into + copied, base + at, base + at + 1 + label);
      copied += 1 + label;
      at += 1 + label;
    }
    this.#namesSize += length;
    return into;
  }
}
