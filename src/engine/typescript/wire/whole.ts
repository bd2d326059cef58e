/**
 * Datagrams that were put together, and whose fragments may come once more: a mirror port gives each
 * twice, and the copies of the last ones come when all is done. The last WHOLE_COUNT are remembered, for as long
 * as a datagram may take. A fragment within the length of one, and with its first bytes if it is the first, counts
 * in its flow and no more. Anything else of that key is another datagram: the identification came round.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import type { Packet } from "./packet.js";

const START = 8;

/** A fragment that has come. */
export interface Fragment {
  protocol: number;
  id: number;
  context: number;
  /** Where its bytes stand, and where in its datagram they begin and end. */
  at: number;
  offset: number;
  end: number;
  more: boolean;
}

export class Whole {
  readonly #memory: EngineMemory;
  readonly #packet: Packet;
  readonly #u8: Uint8Array;
  readonly #u32: Uint32Array;
  #entries = 0;

  constructor(memory: EngineMemory, packet: Packet) {
    this.#memory = memory;
    this.#packet = packet;
    this.#u8 = memory.u8;
    this.#u32 = memory.u32;
  }

  forget(): void {
    this.#entries = this.#memory.control(abi.C_WHOLE);
    const size = abi.WHOLE_COUNT * abi.WHOLE_SIZE;
    this.#u8.fill(0, this.#entries, this.#entries + size);
    this.#memory.setControl(abi.C_WHOLE_NEXT, 0);
  }

  /** `descriptor` is the one that carries what was put together in `slot`. */
  remember(slot: number, total: number, descriptor: number): void {
    const next = this.#memory.control(abi.C_WHOLE_NEXT);
    this.#memory.setControl(abi.C_WHOLE_NEXT, (next + 1) % abi.WHOLE_COUNT);
    const entry = this.#entries + next * abi.WHOLE_SIZE;
    const copy = (to: number, from: number, size: number) =>
      this.#u8.copyWithin(to, from, from + size);
    copy(entry, slot + abi.F_ID, abi.WHOLE_KEY_SIZE);
    this.#u32[(entry + abi.W_SECOND) >>> 2] = this.#memory.control(abi.C_FRAGMENT_CLOCK);
    this.#u32[(entry + abi.W_TOTAL) >>> 2] = total;
    copy(entry + abi.W_START, slot + abi.F_BYTES, START);
    copy(entry + abi.W_DESCRIPTOR, descriptor, abi.DESCRIPTOR_SIZE);
  }

  /** Describes the fragment if it was there before. */
  had(fragment: Fragment): boolean {
    const entry = this.#find(fragment);
    if (entry === 0) return false;
    const { at, offset, end, more } = fragment;
    const total = this.#u32[(entry + abi.W_TOTAL) >>> 2]!;
    const second = this.#u32[(entry + abi.W_SECOND) >>> 2]!;
    const isLate = this.#memory.control(abi.C_FRAGMENT_CLOCK) - second >= abi.FRAGMENT_TIMEOUT;
    const isWithin = more ? end < total : end === total;
    if (isLate || !isWithin || (offset === 0 && !this.#isStart(entry, at))) {
      this.#u32[(entry + abi.W_TOTAL) >>> 2] = 0;
      return false;
    }
    this.#describe(entry, at);
    return true;
  }

  #isStart(entry: number, at: number): boolean {
    if (!this.#packet.has(at, START)) return true;
    return this.#isSame(entry + abi.W_START, at, START);
  }

  #describe(entry: number, at: number): void {
    const packet = this.#packet;
    const row = packet.descriptors + packet.descriptorCount++ * abi.DESCRIPTOR_SIZE;
    const descriptor = entry + abi.W_DESCRIPTOR;
    this.#u8.copyWithin(row, descriptor, descriptor + abi.DESCRIPTOR_SIZE);
    const reversed = this.#u8[row + abi.D_FLAGS]! & abi.D_FLAG_REVERSED;
    this.#u8[row + abi.D_FLAGS] = reversed | abi.D_FLAG_TWICE;
    this.#u8[row + abi.D_TCP_FLAGS] = 0;
    this.#u32[(row + abi.D_PAYLOAD) >>> 2] = Math.min(at, packet.end);
    this.#u32[(row + abi.D_CAPTURED) >>> 2] = 0;
    this.#u32[(row + abi.D_LENGTH) >>> 2] = 0;
    this.#u32[(row + abi.D_PACKET) >>> 2] = packet.index;
    if (packet.depth === 0) packet.count(abi.C_TWICE_PACKETS);
  }

  /** The latest one of this key: an older one's number has come round. */
  #find({ protocol, id, context }: Fragment): number {
    const { network, source, target } = this.#packet;
    const size = network === abi.NETWORK_IPV6 ? 16 : 4;
    const traits = protocol | (network << 8);
    const next = this.#memory.control(abi.C_WHOLE_NEXT);
    for (let back = 1; back <= abi.WHOLE_COUNT; back++) {
      const index = (next + abi.WHOLE_COUNT - back) % abi.WHOLE_COUNT;
      const entry = this.#entries + index * abi.WHOLE_SIZE;
      // The fields of a slot, from F_ID on.
      const key = entry - abi.F_ID;
      if (
        this.#u32[(entry + abi.W_TOTAL) >>> 2] !== 0 &&
        this.#u32[(key + abi.F_ID) >>> 2] === id &&
        this.#u32[(key + abi.F_CONTEXT) >>> 2] === context &&
        this.#u32[(key + abi.F_TRAITS) >>> 2] === traits &&
        this.#isSame(key + abi.F_SOURCE, source, size) &&
        this.#isSame(key + abi.F_TARGET, target, size)
      ) {
        return entry;
      }
    }
    return 0;
  }

  #isSame(one: number, other: number, size: number): boolean {
    for (let byte = 0; byte < size; byte++) {
      if (this.#u8[one + byte] !== this.#u8[other + byte]) return false;
    }
    return true;
  }
}
