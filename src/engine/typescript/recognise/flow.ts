/** The flow being recognised, and where the bytes of its directions lie. */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import { wayAt } from "./inspections.js";

export const ROLE_UNKNOWN = 2;
export const NONE = 0xffffffff;

export class Flow {
  row = 0;
  /** Address of the inspection. */
  inspection = 0;
  transport = 0;
  /** TCP whose SYN was not seen. */
  midstream = false;
  /** Number of the packet in the flow, index of the due entry. */
  packet = 0;
  due = 0;
  /** A candidate came, went, or gained evidence. */
  changed = false;
  /** The direction whose first segment is matched where it lies in the window, or NONE. */
  direct = NONE;
  directBytes = 0;
  /** The direction whose bytes are being matched. */
  direction = 0;
  #isOpened = false;
  #client = 0;
  readonly #u32: Uint32Array;
  readonly #u8: Uint8Array;

  constructor(memory: EngineMemory) {
    this.#u32 = memory.u32;
    this.#u8 = memory.u8;
  }

  /** Enters the flow whose inspection lies at an address and whose row has these ROW_* flags. */
  enter(inspection: number, rowFlags: number): void {
    this.#isOpened = (rowFlags & abi.ROW_OPENED) !== 0;
    this.#client = (rowFlags & abi.ROW_CLIENT_B) !== 0 ? 1 : 0;
    this.inspection = inspection;
    this.transport = this.#u8[inspection + abi.K_TRANSPORT]!;
    this.midstream = this.transport === abi.TRANSPORT_TCP && !this.#isOpened;
    this.changed = false;
    this.direct = NONE;
  }

  /** ROLE_*, or ROLE_UNKNOWN where the opening was not seen. */
  roleOf(direction: number): number {
    if (!this.#isOpened) return ROLE_UNKNOWN;
    return direction === this.#client ? abi.ROLE_CLIENT : abi.ROLE_SERVER;
  }

  flagsOf(direction: number): number {
    return this.#u32[(wayAt(this.inspection, direction) + abi.W_FLAGS) >>> 2]!;
  }

  setFlags(direction: number, flags: number): void {
    this.#u32[(wayAt(this.inspection, direction) + abi.W_FLAGS) >>> 2]! |= flags;
  }

  isFinished(direction: number): boolean {
    return (this.flagsOf(direction) & abi.WAY_FINISHED) !== 0;
  }

  /** Openers of this direction's stream wait for bytes. */
  openersWait(direction: number): boolean {
    const seen = abi.WAY_STARTED | abi.WAY_DISPATCHED | abi.WAY_FINISHED;
    return (this.flagsOf(direction) & seen) === abi.WAY_STARTED;
  }

  streamBytes(direction: number): number {
    if (direction === this.direct) return this.directBytes;
    return this.#u32[(wayAt(this.inspection, direction) + abi.W_PREFIX) >>> 2]!;
  }

  /** Contiguous bytes that are to be had: none where no block was left to keep them. */
  streamLength(direction: number): number {
    if (this.streamBytes(direction) === 0) return 0;
    return this.#u32[(wayAt(this.inspection, direction) + abi.W_LENGTH) >>> 2]!;
  }
}
