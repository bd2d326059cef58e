/** Native records: how packets that the caller pushes one by one lie in the engine's window. */
import * as abi from "../engine/abi.js";
import { INTERFACES_MAX, type EngineMemory } from "../engine/memory.js";
import { OptionError } from "../record/errors.js";

const { NATIVE_HEADER } = abi;

/** The views of the engine's memory that a record is written through. */
export interface RecordMemory {
  readonly u8: Uint8Array;
  readonly u32: Uint32Array;
}

/** Bytes that a packet of `length` bytes takes in the window, padding included. */
export function nativeSize(length: number): number {
  return (NATIVE_HEADER + length + 7) & ~7;
}

/**
 * Writes one record at `at`, a multiple of 8 with {@link nativeSize} bytes of room, and returns the
 * address behind it. `wireLength` is the frame's length before it was snapped.
 */
export function writeNative(
  memory: RecordMemory,
  at: number,
  packet: Uint8Array,
  seconds: number,
  nanoseconds: number,
  interfaceNumber: number,
  wireLength: number,
): number {
  const word = at >>> 2;
  memory.u32[word] = seconds;
  memory.u32[word + 1] = nanoseconds;
  memory.u32[word + 2] = packet.length;
  memory.u32[word + 3] = wireLength;
  memory.u32[word + 4] = interfaceNumber;
  memory.u32[word + 5] = 0;
  memory.u8.set(packet, at + NATIVE_HEADER);
  const next = at + nativeSize(packet.length);
  memory.u8.fill(0, at + NATIVE_HEADER + packet.length, next);
  return next;
}

/** The window as pushed packets use it: one record at a time, an interface for each link type. */
export class PushWindow {
  readonly #memory: EngineMemory;
  readonly #interfaces = new Map<number, number>();

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    memory.setControl(abi.C_INTERFACE_COUNT, 0);
  }

  /** Writes one packet and returns the addresses to decode. */
  write(
    packet: Uint8Array,
    seconds: number,
    nanoseconds: number,
    linkType: number,
    wireLength: number,
  ): { begin: number; end: number } {
    const memory = this.#memory;
    memory.setControl(abi.C_FORMAT, abi.FORMAT_NATIVE);
    const begin = memory.address("window");
    const number = this.#interfaces.get(linkType) ?? this.#add(linkType);
    const end = writeNative(memory, begin, packet, seconds, nanoseconds, number, wireLength);
    return { begin, end };
  }

  #add(linkType: number): number {
    const memory = this.#memory;
    const number = this.#interfaces.size;
    if (number >= INTERFACES_MAX) {
      throw new OptionError("linkType", `linkType: more than ${INTERFACES_MAX} link types`);
    }
    this.#interfaces.set(linkType, number);
    memory.setControl(abi.C_INTERFACE_COUNT, number + 1);
    const at = memory.address("interfaces") + number * abi.INTERFACE_SIZE;
    memory.u8.fill(0, at, at + abi.INTERFACE_SIZE);
    memory.u32[(at + abi.I_LINK_TYPE) >>> 2] = linkType;
    return number;
  }
}
