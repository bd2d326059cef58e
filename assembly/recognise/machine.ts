/**
 * The machine: runs one step's program over the bytes of one direction. `docs/machine.md` has every
 * instruction's meaning; the TypeScript engine's machine is the other one.
 *
 * A run is a function of the bytes, the saved registers and the tables. It is bounded by
 * STEP_BUDGET, reads only inside `available`, and no program, however wrong, makes it do otherwise.
 */
import * as abi from "../abi";
import { distanceTo, equal } from "../lanes";
import { count, scratch } from "../memory";
import { dissect, Dissected } from "./dissect";
import { collectSpan, Spans } from "./spans";
import { Tables } from "./tables";

export const RUN_FAIL: u32 = 0;
export const RUN_MORE: u32 = 1;
export const RUN_DONE: u32 = 2;

/** The limit of a stream that no LIMIT holds. */
export const UNLIMITED: u32 = abi.UNLIMITED;
/** Where a step begins that nobody can find. */
export const NOWHERE: u32 = 0xffffffff;

const NAME_MAX: u32 = 255;
const LABEL_MAX: u32 = 63;
const POINTER: u32 = 0xc0;
const DELETE: u32 = 0x7f;
const LINE_FEED: u32 = 10;
const CARRIAGE_RETURN: u32 = 13;

/** What the latest run left. */
export class Run {
  /** DONE: where the next step begins, or NOWHERE. */
  static end: u32 = 0;
  /** MORE: how many bytes must be there. 0 while nothing is missing. */
  static need: u32 = 0;
  /** The step is matched, whatever becomes of its facts. */
  static accepted: bool = false;
  /** Bytes were missing that can no longer come. */
  static starved: bool = false;
  /** Bit s: saved register s holds a value. Set by the caller, the values stand in the scratch. */
  static savedSet: u32 = 0;
  static evidence0: u32 = 0;
  static evidence1: u32 = 0;
  static evidence2: u32 = 0;
  static evidence3: u32 = 0;

  // The run's surroundings.
  static base: usize = 0;
  static more: bool = false;
  /** More bytes would be more of what is being matched. */
  static isOpen: bool = true;
  /** Bytes that what is being matched is shorter than what it was made of. */
  static shorter: u32 = 0;
  /** Or, where that says nothing, bytes that the latter must have before there is more. */
  static atLeast: u32 = 0;
  /** What NAME found: label bytes. */
  static labelBytes: u32 = 0;
  static looked: u32 = 0;
}

function register(index: u32): usize {
  return scratch + <usize>((index & (abi.REGISTERS - 1)) << 2);
}

function inSet(set: usize, byte: u32): bool {
  return ((<u32>load<u8>(set + (byte >> 3)) >> (byte & 7)) & 1) != 0;
}

/** The address of a set, or 0. */
function setAt(index: u32): usize {
  const set = Tables.sets + <usize>index * abi.SET_SIZE;
  return set + abi.SET_SIZE <= Tables.end ? set : 0;
}

/** Bytes of the stream that must be there for what is matched to have `end` bytes. */
function needed(end: u32): u32 {
  return Run.atLeast != 0 ? Run.atLeast : end + Run.shorter;
}

/** Bytes up to `end` are missing: more of them, or none ever. What a dissector found ended lacks none. */
function shortage(end: u32, limit: u32): void {
  if (end > limit) return;
  if (Run.more) Run.need = needed(end);
  else if (Run.isOpen) Run.starved = true;
}

/** The next run starts without saved registers. */
export function clearSaved(): void {
  memory.fill(scratch + abi.SCRATCH_SAVED, 0, abi.SAVED_REGISTERS * 4);
  Run.savedSet = 0;
}

/** Runs the program of `step`. `length` is the limit; with `more`, bytes can still follow. */
export function run(step: u32, base: usize, available: u32, length: u32, more: bool): u32 {
  memory.fill(scratch + abi.SCRATCH_REGISTERS, 0, abi.REGISTERS * 4);
  Run.base = base;
  Run.more = more;
  Run.isOpen = true;
  Run.shorter = 0;
  Run.atLeast = 0;
  Run.need = 0;
  Run.starved = false;
  Spans.collected = 0;

  const words = Tables.words;
  const choices = scratch + abi.SCRATCH_CHOICES;
  const saved = scratch + abi.SCRATCH_SAVED;
  const entry = Tables.steps + ((<usize>step) << 2);
  let word: u32 = step < <u32>abi.NO_STEP && entry + 4 <= Tables.end ? load<u32>(entry) : NOWHERE;
  let position: u32 = 0;
  let limit = length;
  /** The lower of limit and available: what lies before it can simply be read. */
  let edge = min(limit, available);
  let steps: u32 = 0;
  let depth: usize = 0;
  let accepted = false;
  let compared: u32 = 0;
  let written: u32 = 0;
  let savedSet = Run.savedSet;
  let origin: u32 = 0;
  let isDissected = false;
  let evidence0: u32 = 0;
  let evidence1: u32 = 0;
  let evidence2: u32 = 0;
  let evidence3: u32 = 0;
  let result = RUN_FAIL;

  while (true) {
    if (++steps > <u32>abi.STEP_BUDGET) {
      count(abi.C_BUDGET);
      Run.starved = false;
      position = NOWHERE;
      if (accepted) result = RUN_DONE;
      break;
    }
    if (word < words) {
      const code = Tables.code + ((<usize>word) << 2);
      const instruction = load<u32>(code);
      const a = register(instruction >> 8);
      const b = instruction >> 16;
      // A case that holds ends in `continue`; one that breaks off fails.
      switch (instruction & 0xff) {
        case abi.OP_FAIL:
          break;
        case abi.OP_ACCEPT: {
          accepted = true;
          depth = 0;
          word++;
          continue;
        }
        case abi.OP_DONE: {
          accepted = true;
          result = RUN_DONE;
          break;
        }
        case abi.OP_JUMP: {
          word = load<u32>(code, 4);
          continue;
        }
        case abi.OP_CHOICE: {
          if (depth == abi.CHOICES_MAX) break;
          const choice = choices + depth * abi.CHOICE_SIZE;
          depth++;
          store<u32>(choice, load<u32>(code, 4));
          store<u32>(choice, position, 4);
          store<u32>(choice, limit, 8);
          store<u32>(choice, Spans.collected, 12);
          store<u32>(choice, evidence0 | (evidence1 << 16), 16);
          store<u32>(choice, evidence2 | (evidence3 << 16), 20);
          word += 2;
          continue;
        }
        case abi.OP_COMMIT: {
          if (depth != 0) depth--;
          word = load<u32>(code, 4);
          continue;
        }
        case abi.OP_PARTIAL_COMMIT: {
          if (depth != 0) {
            const choice = choices + (depth - 1) * abi.CHOICE_SIZE;
            store<u32>(choice, position, 4);
            store<u32>(choice, limit, 8);
            store<u32>(choice, Spans.collected, 12);
            store<u32>(choice, evidence0 | (evidence1 << 16), 16);
            store<u32>(choice, evidence2 | (evidence3 << 16), 20);
          }
          word = load<u32>(code, 4);
          continue;
        }
        case abi.OP_LOOP: {
          const rounds = load<u32>(a) + 1;
          store<u32>(a, rounds);
          word = rounds < b ? load<u32>(code, 4) : word + 2;
          continue;
        }
        case abi.OP_LITERAL:
        case abi.OP_LITERAL_NOCASE: {
          const from = <u64>Tables.literals + load<u32>(code, 4);
          if (from + b > Tables.end) break;
          const literal = <usize>from;
          steps += b >> 4;
          const end = position + b;
          if (end > limit) break;
          const there = end <= edge ? b : position < edge ? edge - position : 0;
          const holds =
            (instruction & 0xff) == abi.OP_LITERAL
              ? equal(base + position, literal, there)
              : equalFolded(base + position, literal, there);
          if (!holds) break;
          if (there < b) {
            shortage(position + there + 1, limit);
            break;
          }
          position = end;
          word += 2;
          continue;
        }
        case abi.OP_SET: {
          if (position >= edge) {
            shortage(position + 1, limit);
            break;
          }
          const set = setAt(b);
          if (set == 0 || !inSet(set, load<u8>(base + position))) break;
          position++;
          word++;
          continue;
        }
        case abi.OP_RUN: {
          const set = setAt(b);
          if (set == 0) break;
          const least = load<u32>(code, 4);
          const most = load<u32>(code, 8);
          const room = position < edge ? edge - position : 0;
          const bound = min(most, room);
          let taken: u32 = 0;
          while (taken < bound && inSet(set, load<u8>(base + position + taken))) taken++;
          steps += taken >> 4;
          if (taken == room && taken < most && position + taken < limit) {
            shortage(position + taken + 1, limit);
            if (more) break;
          }
          if (taken < least) break;
          store<u32>(a, taken);
          position += taken;
          word += 3;
          continue;
        }
        case abi.OP_SKIP:
        case abi.OP_SKIP_REGISTER: {
          const isSkip = (instruction & 0xff) == abi.OP_SKIP;
          const end = <u64>position + (isSkip ? load<u32>(code, 4) : load<u32>(a));
          if (end > edge) {
            if (end <= limit) shortage(<u32>end, limit);
            break;
          }
          position = <u32>end;
          word += isSkip ? 2 : 1;
          continue;
        }
        case abi.OP_U8: {
          if (position + 1 > edge) {
            shortage(position + 1, limit);
            break;
          }
          store<u32>(a, load<u8>(base + position));
          position += 1;
          word++;
          continue;
        }
        case abi.OP_U16:
        case abi.OP_U16LE: {
          if (position + 2 > edge) {
            shortage(position + 2, limit);
            break;
          }
          const value = load<u16>(base + position);
          store<u32>(a, (instruction & 0xff) == abi.OP_U16 ? bswap(value) : value);
          position += 2;
          word++;
          continue;
        }
        case abi.OP_U24: {
          if (position + 3 > edge) {
            shortage(position + 3, limit);
            break;
          }
          const high: u32 = bswap(load<u16>(base + position));
          store<u32>(a, (high << 8) | load<u8>(base + position, 2));
          position += 3;
          word++;
          continue;
        }
        case abi.OP_U32:
        case abi.OP_U32LE: {
          if (position + 4 > edge) {
            shortage(position + 4, limit);
            break;
          }
          const value = load<u32>(base + position);
          store<u32>(a, (instruction & 0xff) == abi.OP_U32 ? bswap(value) : value);
          position += 4;
          word++;
          continue;
        }
        case abi.OP_RANGE: {
          const value = load<u32>(a);
          if (value < load<u32>(code, 4) || value > load<u32>(code, 8)) break;
          word += 3;
          continue;
        }
        case abi.OP_IN: {
          const value = load<u32>(a);
          const set = setAt(b);
          if (value > 255 || set == 0 || !inSet(set, value)) break;
          word++;
          continue;
        }
        case abi.OP_MASK: {
          if ((load<u32>(a) & load<u32>(code, 4)) != load<u32>(code, 8)) break;
          word += 3;
          continue;
        }
        case abi.OP_EQUAL: {
          if (load<u32>(a) != load<u32>(register(b))) break;
          word++;
          continue;
        }
        case abi.OP_ADD: {
          store<u32>(a, load<u32>(a) + load<u32>(code, 4));
          word += 2;
          continue;
        }
        case abi.OP_AND: {
          store<u32>(a, load<u32>(a) & load<u32>(code, 4));
          word += 2;
          continue;
        }
        case abi.OP_SHIFT_RIGHT: {
          const places = load<u32>(code, 4);
          store<u32>(a, places < 32 ? load<u32>(a) >> places : 0);
          word += 2;
          continue;
        }
        case abi.OP_MULTIPLY: {
          store<u32>(a, load<u32>(a) * load<u32>(code, 4));
          word += 2;
          continue;
        }
        case abi.OP_ADD_REGISTER: {
          store<u32>(a, load<u32>(a) + load<u32>(register(b)));
          word++;
          continue;
        }
        case abi.OP_SUBTRACT_REGISTER: {
          store<u32>(a, load<u32>(a) - load<u32>(register(b)));
          word++;
          continue;
        }
        case abi.OP_MOVE: {
          store<u32>(a, load<u32>(register(b)));
          word++;
          continue;
        }
        case abi.OP_CONSTANT: {
          store<u32>(a, load<u32>(code, 4));
          word += 2;
          continue;
        }
        case abi.OP_REMAINING: {
          const end = limit == UNLIMITED ? available : limit;
          if (limit == UNLIMITED && more) {
            shortage(available + 1, limit);
            break;
          }
          store<u32>(a, end > position ? end - position : 0);
          word++;
          continue;
        }
        case abi.OP_POSITION: {
          store<u32>(a, position);
          word++;
          continue;
        }
        case abi.OP_SEEK: {
          const target = load<u32>(a);
          if (target > edge) {
            shortage(target, limit);
            break;
          }
          position = target;
          word++;
          continue;
        }
        case abi.OP_AT_END: {
          if (position != limit) {
            if (limit != UNLIMITED) break;
            if (more) {
              shortage(available + 1, limit);
              break;
            }
            if (position != available) break;
          }
          word++;
          continue;
        }
        case abi.OP_LIMIT: {
          const inner = <u64>position + load<u32>(a);
          if (inner > limit) break;
          store<u32>(register(b), limit);
          limit = <u32>inner;
          edge = min(limit, available);
          word++;
          continue;
        }
        case abi.OP_UNLIMIT: {
          limit = min(load<u32>(a), length);
          edge = min(limit, available);
          word++;
          continue;
        }
        case abi.OP_UNTIL: {
          const room = position < edge ? edge - position : 0;
          const most = load<u32>(code, 4);
          const bound = min(most, room);
          const distance = distanceTo(base + position, bound, b & 0xff);
          steps += distance >> 4;
          if (distance == bound) {
            if (bound < most) shortage(position + bound + 1, limit);
            break;
          }
          position += distance;
          word += 2;
          continue;
        }
        case abi.OP_LINE_END: {
          if (position >= edge) {
            shortage(position + 1, limit);
            break;
          }
          const byte: u32 = load<u8>(base + position);
          if (byte == CARRIAGE_RETURN) {
            if (position + 2 > edge) {
              shortage(position + 2, limit);
              break;
            }
            if (load<u8>(base + position, 1) != LINE_FEED) break;
            position++;
          } else if (byte != LINE_FEED) break;
          position++;
          word++;
          continue;
        }
        case abi.OP_NAME: {
          const end = walkName(position, edge, limit, origin, b == 1);
          steps += Run.looked >> 4;
          if (end == 0) break;
          store<u32>(a, Run.labelBytes);
          position = end;
          word++;
          continue;
        }
        case abi.OP_SPAN:
        case abi.OP_SPAN_NAME: {
          if (position > available && more) {
            Run.need = needed(position);
            break;
          }
          const from = load<u32>(a);
          const end = min(position, available);
          if (from <= end) {
            const isName = (instruction & 0xff) == abi.OP_SPAN_NAME;
            collectSpan(b, isName ? abi.SPAN_NAME : abi.SPAN_BYTES, base, from, end - from, origin);
          }
          word++;
          continue;
        }
        case abi.OP_NUMBER: {
          collectSpan(b, abi.SPAN_NUMBER, 0, load<u32>(a), 0, 0);
          word++;
          continue;
        }
        case abi.OP_SAVE: {
          if (!accepted) {
            const slot = b & (abi.SAVED_REGISTERS - 1);
            store<u32>(saved + (slot << 2), load<u32>(a));
            savedSet |= 1 << slot;
            written |= 1 << slot;
          }
          word++;
          continue;
        }
        case abi.OP_SAME: {
          const slot = b & (abi.SAVED_REGISTERS - 1);
          compared |= (1 << slot) & ~written;
          if (((savedSet >> slot) & 1) == 0) {
            word = load<u32>(code, 4);
            continue;
          }
          if (load<u32>(a) != load<u32>(saved + (slot << 2))) break;
          word += 2;
          continue;
        }
        case abi.OP_AHEAD: {
          const slot = b & (abi.SAVED_REGISTERS - 1);
          compared |= (1 << slot) & ~written;
          if (((savedSet >> slot) & 1) == 0) {
            word = load<u32>(code, 4);
            continue;
          }
          const ahead = (load<u32>(a) - load<u32>(saved + (slot << 2))) & 0xffff;
          if (ahead == 0 || ahead > load<u32>(code, 8)) break;
          word += 3;
          continue;
        }
        case abi.OP_CREDIT:
        case abi.OP_CREDIT_TIMES: {
          const vector = Tables.evidence + <usize>b * abi.EVIDENCE_SIZE;
          if (vector + abi.EVIDENCE_SIZE > Tables.end) break;
          const isOnce = (instruction & 0xff) == abi.OP_CREDIT;
          if (!accepted) {
            const times = isOnce ? 1 : min(load<u32>(a), load<u32>(code, 4));
            evidence0 = credited(evidence0, load<u16>(vector), times);
            evidence1 = credited(evidence1, load<u16>(vector, 2), times);
            evidence2 = credited(evidence2, load<u16>(vector, 4), times);
            evidence3 = credited(evidence3, load<u16>(vector, 6), times);
          }
          word += isOnce ? 1 : 2;
          continue;
        }
        case abi.OP_REST: {
          position = limit;
          word++;
          continue;
        }
        case abi.OP_ORIGIN: {
          origin = position;
          word++;
          continue;
        }
        case abi.OP_DISSECT: {
          if (depth != 0 || isDissected || !dissect(b, base, available, position, more)) break;
          isDissected = true;
          Run.shorter = more ? available - Dissected.available : 0;
          Run.atLeast = Dissected.need;
          base = Dissected.base;
          available = Dissected.available;
          more = Dissected.more;
          Run.base = base;
          Run.more = more;
          Run.isOpen = Dissected.isOpen;
          length = UNLIMITED;
          limit = length;
          edge = available;
          position = 0;
          origin = 0;
          word++;
          continue;
        }
        default:
          break;
      }
      if (result == RUN_DONE) break;
      if (Run.need != 0) {
        result = RUN_MORE;
        break;
      }
    }
    // A failure: the latest choice is taken back.
    if (depth == 0) {
      position = NOWHERE;
      if (accepted) result = RUN_DONE;
      break;
    }
    depth--;
    const choice = choices + depth * abi.CHOICE_SIZE;
    word = load<u32>(choice);
    position = load<u32>(choice, 4);
    limit = load<u32>(choice, 8);
    edge = min(limit, available);
    Spans.collected = load<u32>(choice, 12);
    evidence0 = load<u16>(choice, 16);
    evidence1 = load<u16>(choice, 18);
    evidence2 = load<u16>(choice, 20);
    evidence3 = load<u16>(choice, 22);
  }

  count(abi.C_PROGRAMS);
  count(abi.C_STEPS, <f64>steps);
  Run.end = isDissected ? NOWHERE : position;
  // What was compared with a register that it then saved could not be run again for its facts.
  Run.accepted = accepted && (result == RUN_DONE || (compared & written) == 0);
  Run.savedSet = savedSet;
  Run.evidence0 = evidence0;
  Run.evidence1 = evidence1;
  Run.evidence2 = evidence2;
  Run.evidence3 = evidence3;
  return result;
}

function credited(sum: u32, amount: u32, times: u32): u32 {
  return <u32>min<u64>(<u64>sum + <u64>amount * times, 0xffff);
}

function equalFolded(payload: usize, literal: usize, length: u32): bool {
  for (let at: u32 = 0; at < length; at++) {
    let byte: u32 = load<u8>(payload + at);
    if (byte - 65 < 26) byte |= 0x20;
    if (byte != load<u8>(literal + at)) return false;
  }
  return true;
}

/** The end of the DNS name at `position`, or 0. RFC 1035 §4.1.4. */
function walkName(position: u32, edge: u32, limit: u32, origin: u32, pointers: bool): u32 {
  const base = Run.base;
  let at = position;
  let bytes: u32 = 0;
  let end: u32 = 0;
  while (true) {
    if (at >= edge) {
      shortage(at + 1, limit);
      break;
    }
    const label: u32 = load<u8>(base + at);
    if (label == 0) {
      end = at + 1;
      break;
    }
    if (label >= POINTER) {
      if (!pointers) break;
      if (at + 2 > edge) {
        shortage(at + 2, limit);
        break;
      }
      const offset = ((label & LABEL_MAX) << 8) | <u32>load<u8>(base + at, 1);
      if (origin + offset < at) end = at + 2;
      break;
    }
    const next = at + 1 + label;
    // The root label's byte is still to come.
    if (label > LABEL_MAX || next - position + 1 > NAME_MAX) break;
    if (next > edge) {
      shortage(next, limit);
      break;
    }
    let inside = at + 1;
    while (inside < next && isNameByte(load<u8>(base + inside))) inside++;
    if (inside < next) break;
    bytes += label;
    at = next;
  }
  Run.labelBytes = bytes;
  Run.looked = at - position;
  return end;
}

function isNameByte(byte: u32): bool {
  return byte >= 0x20 && byte != DELETE;
}
