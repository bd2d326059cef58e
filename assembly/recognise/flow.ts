/** The flow being recognised, and where the bytes of its directions lie. */
import * as abi from "../abi";
import { wayAt } from "./inspections";

export class Flow {
  static row: u32 = 0;
  static inspection: usize = 0;
  static transport: u32 = 0;
  /** TCP whose SYN was not seen. */
  static midstream: bool = false;
  /** ROLE_* of endpoints A and B, ROLE_UNKNOWN where the opening was not seen. */
  static roleA: u32 = 0;
  static roleB: u32 = 0;
  /** Number of the packet in the flow, index of the due entry. */
  static packet: u32 = 0;
  static due: u32 = 0;
  /** A candidate came, went, or gained evidence. */
  static changed: bool = false;
  /** The direction whose first segment is matched where it lies in the window, or NONE. */
  static direct: u32 = 0;
  static directBytes: usize = 0;
  /** The direction whose bytes are being matched. */
  static direction: u32 = 0;
}

export const ROLE_UNKNOWN: u32 = 2;
export const NONE: u32 = 0xffffffff;

export function roleOf(direction: u32): u32 {
  return direction == 0 ? Flow.roleA : Flow.roleB;
}

export function flagsOf(direction: u32): u32 {
  return load<u32>(wayAt(Flow.inspection, direction), abi.W_FLAGS);
}

export function setFlags(direction: u32, flags: u32): void {
  store<u32>(wayAt(Flow.inspection, direction), flagsOf(direction) | flags, abi.W_FLAGS);
}

export function isFinished(direction: u32): bool {
  return (flagsOf(direction) & abi.WAY_FINISHED) != 0;
}

/** Openers of this direction's stream wait for bytes. */
export function openersWait(direction: u32): bool {
  const flags = flagsOf(direction);
  const seen = flags & (abi.WAY_STARTED | abi.WAY_DISPATCHED | abi.WAY_FINISHED);
  return seen == abi.WAY_STARTED;
}

export function streamBytes(direction: u32): usize {
  if (direction == Flow.direct) return Flow.directBytes;
  return load<u32>(wayAt(Flow.inspection, direction), abi.W_PREFIX);
}

/** Contiguous bytes that are to be had: none where no block was left to keep them. */
export function streamLength(direction: u32): u32 {
  return streamBytes(direction) != 0
    ? load<u32>(wayAt(Flow.inspection, direction), abi.W_LENGTH)
    : 0;
}
