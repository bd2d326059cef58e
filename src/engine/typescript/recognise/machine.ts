/**
 * The machine: runs one step's program over the bytes of one direction. `docs/machine.md` has every
 * instruction's meaning; the AssemblyScript engine's machine is the other one.
 *
 * A run is a function of the bytes, the saved registers and the tables. It is bounded by
 * STEP_BUDGET, reads only inside `available`, and no program, however wrong, makes it do otherwise.
 * Registers and choices stand in the scratch, as the other machine keeps them.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import type { Dissectors } from "./dissect.js";
import type { Spans } from "./spans.js";
import type { Tables } from "./tables.js";

export const RUN_FAIL = 0;
export const RUN_MORE = 1;
export const RUN_DONE = 2;

/** Where a step begins that nobody can find. */
export const NOWHERE = 0xffffffff;

const NAME_MAX = 255;
const LABEL_MAX = 63;
const POINTER = 0xc0;
const DELETE = 0x7f;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const EVIDENCE_MAX = 0xffff;
const CHOICE_WORDS = abi.CHOICE_SIZE >>> 2;
/** Bytes looked at for the price of one instruction: 2^4. */
const LOOK_SHIFT = 4;

export class Machine {
  // What the latest run left.
  /** DONE: where the next step begins, or NOWHERE. */
  end = 0;
  /** MORE: how many bytes must be there. 0 while nothing is missing. */
  need = 0;
  /** The step is matched, whatever becomes of its facts. */
  accepted = false;
  /** Bytes were missing that can no longer come. */
  starved = false;
  /** Bit s: saved register s holds a value. Set by the caller, the values stand in the scratch. */
  savedSet = 0;
  readonly evidence = new Uint16Array(4);

  readonly #memory: EngineMemory;
  readonly #u8: Uint8Array;
  readonly #u32: Uint32Array;
  readonly #tables: Tables;
  readonly #spans: Spans;
  readonly #dissectors: Dissectors;
  /** Word indexes in the scratch. */
  #registers = 0;
  #saved = 0;
  #choices = 0;
  #more = false;
  /** More bytes would be more of what is being matched. */
  #isOpen = true;
  /** Bytes that what is being matched is shorter than what it was made of. */
  #shorter = 0;
  /** Or, where that says nothing, bytes that the latter must have before there is more. */
  #atLeast = 0;
  #labelBytes = 0;
  #looked = 0;

  constructor(memory: EngineMemory, tables: Tables, spans: Spans, dissectors: Dissectors) {
    this.#memory = memory;
    this.#u8 = memory.u8;
    this.#u32 = memory.u32;
    this.#tables = tables;
    this.#spans = spans;
    this.#dissectors = dissectors;
  }

  configure(): void {
    const scratch = this.#memory.control(abi.C_SCRATCH);
    this.#registers = (scratch + abi.SCRATCH_REGISTERS) >>> 2;
    this.#saved = (scratch + abi.SCRATCH_SAVED) >>> 2;
    this.#choices = (scratch + abi.SCRATCH_CHOICES) >>> 2;
  }

  /** Gives the next run these saved registers: those at word `from`, or none. */
  loadSaved(from: number, savedSet: number): void {
    this.#u32.copyWithin(this.#saved, from, from + abi.SAVED_REGISTERS);
    this.savedSet = savedSet;
  }

  clearSaved(): void {
    this.#u32.fill(0, this.#saved, this.#saved + abi.SAVED_REGISTERS);
    this.savedSet = 0;
  }

  /** Copies the saved registers to word `to`. */
  storeSaved(to: number): void {
    this.#u32.copyWithin(to, this.#saved, this.#saved + abi.SAVED_REGISTERS);
  }

  /** Runs the program of `step`. `length` is the limit; with `more`, bytes can still follow. */
  run(step: number, base: number, available: number, length: number, more: boolean): number {
    const u8 = this.#u8;
    const u32 = this.#u32;
    const tables = this.#tables;
    const spans = this.#spans;
    const registers = this.#registers;
    const saved = this.#saved;
    const choices = this.#choices;
    const evidence = this.evidence;
    u32.fill(0, registers, registers + abi.REGISTERS);
    evidence.fill(0);
    this.#more = more;
    this.#isOpen = true;
    this.#shorter = 0;
    this.#atLeast = 0;
    this.need = 0;
    this.starved = false;
    spans.collected = 0;

    const words = tables.words;
    const codeStart = tables.code >>> 2;
    const entry = tables.steps + step * 4;
    let word = step < abi.NO_STEP && entry + 4 <= tables.end ? u32[entry >>> 2]! : NOWHERE;
    let position = 0;
    let limit = length;
    /** The lower of limit and available: what lies before it can simply be read. */
    let edge = Math.min(limit, available);
    let steps = 0;
    let depth = 0;
    let accepted = false;
    let compared = 0;
    let written = 0;
    let savedSet = this.savedSet;
    let origin = 0;
    let isDissected = false;
    let result = RUN_FAIL;

    for (;;) {
      if (++steps > abi.STEP_BUDGET) {
        this.#count(abi.C_BUDGET, 1);
        this.starved = false;
        position = NOWHERE;
        if (accepted) result = RUN_DONE;
        break;
      }
      if (word < words) {
        const code = codeStart + word;
        const instruction = u32[code]!;
        const op = instruction & 0xff;
        const a = registers + ((instruction >>> 8) & (abi.REGISTERS - 1));
        const b = instruction >>> 16;
        // A case that holds ends in `continue`; one that breaks off fails.
        switch (op) {
          case abi.OP_ACCEPT:
            accepted = true;
            depth = 0;
            word++;
            continue;
          case abi.OP_DONE:
            accepted = true;
            result = RUN_DONE;
            break;
          case abi.OP_JUMP:
            word = u32[code + 1]!;
            continue;
          case abi.OP_CHOICE:
            if (depth === abi.CHOICES_MAX) break;
            u32[choices + depth * CHOICE_WORDS] = u32[code + 1]!;
            depth++;
            this.#noteChoice(depth, position, limit);
            word += 2;
            continue;
          case abi.OP_COMMIT:
            if (depth !== 0) depth--;
            word = u32[code + 1]!;
            continue;
          case abi.OP_PARTIAL_COMMIT:
            if (depth !== 0) this.#noteChoice(depth, position, limit);
            word = u32[code + 1]!;
            continue;
          case abi.OP_LOOP:
            u32[a]!++;
            word = u32[a]! < b ? u32[code + 1]! : word + 2;
            continue;
          case abi.OP_LITERAL:
          case abi.OP_LITERAL_NOCASE: {
            const literal = tables.literals + u32[code + 1]!;
            if (literal + b > tables.end) break;
            steps += b >>> LOOK_SHIFT;
            if (position + b > limit) break;
            const there = Math.min(b, Math.max(edge - position, 0));
            const folds = op === abi.OP_LITERAL_NOCASE;
            if (!this.#equal(base + position, literal, there, folds)) break;
            if (there < b) {
              this.#shortage(position + there + 1, limit);
              break;
            }
            position += b;
            word += 2;
            continue;
          }
          case abi.OP_SET:
            if (position >= edge) {
              this.#shortage(position + 1, limit);
              break;
            }
            if (!this.#isIn(b, u8[base + position]!)) break;
            position++;
            word++;
            continue;
          case abi.OP_RUN: {
            const set = tables.sets + b * abi.SET_SIZE;
            if (set + abi.SET_SIZE > tables.end) break;
            const most = u32[code + 2]!;
            const room = Math.max(edge - position, 0);
            const bound = Math.min(most, room);
            let taken = 0;
            while (taken < bound) {
              const byte = u8[base + position + taken]!;
              if (((u8[set + (byte >>> 3)]! >>> (byte & 7)) & 1) === 0) break;
              taken++;
            }
            steps += taken >>> LOOK_SHIFT;
            if (taken === room && taken < most && position + taken < limit) {
              this.#shortage(position + taken + 1, limit);
              if (more) break;
            }
            if (taken < u32[code + 1]!) break;
            u32[a] = taken;
            position += taken;
            word += 3;
            continue;
          }
          case abi.OP_SKIP:
          case abi.OP_SKIP_REGISTER: {
            const isSkip = op === abi.OP_SKIP;
            const end = position + (isSkip ? u32[code + 1]! : u32[a]!);
            if (end > edge) {
              this.#shortage(end, limit);
              break;
            }
            position = end;
            word += isSkip ? 2 : 1;
            continue;
          }
          case abi.OP_U8:
            if (position + 1 > edge) {
              this.#shortage(position + 1, limit);
              break;
            }
            u32[a] = u8[base + position]!;
            position++;
            word++;
            continue;
          case abi.OP_U16:
          case abi.OP_U16LE: {
            if (position + 2 > edge) {
              this.#shortage(position + 2, limit);
              break;
            }
            const first = u8[base + position]!;
            const second = u8[base + position + 1]!;
            u32[a] = op === abi.OP_U16 ? (first << 8) | second : (second << 8) | first;
            position += 2;
            word++;
            continue;
          }
          case abi.OP_U24: {
            if (position + 3 > edge) {
              this.#shortage(position + 3, limit);
              break;
            }
            const at = base + position;
            u32[a] = (u8[at]! << 16) | (u8[at + 1]! << 8) | u8[at + 2]!;
            position += 3;
            word++;
            continue;
          }
          case abi.OP_U32:
          case abi.OP_U32LE: {
            if (position + 4 > edge) {
              this.#shortage(position + 4, limit);
              break;
            }
            const at = base + position;
            u32[a] =
              op === abi.OP_U32
                ? (u8[at]! << 24) | (u8[at + 1]! << 16) | (u8[at + 2]! << 8) | u8[at + 3]!
                : (u8[at + 3]! << 24) | (u8[at + 2]! << 16) | (u8[at + 1]! << 8) | u8[at]!;
            position += 4;
            word++;
            continue;
          }
          case abi.OP_RANGE:
            if (u32[a]! < u32[code + 1]! || u32[a]! > u32[code + 2]!) break;
            word += 3;
            continue;
          case abi.OP_IN:
            if (u32[a]! > 255 || !this.#isIn(b, u32[a]!)) break;
            word++;
            continue;
          case abi.OP_MASK:
            if ((u32[a]! & u32[code + 1]!) >>> 0 !== u32[code + 2]!) break;
            word += 3;
            continue;
          case abi.OP_EQUAL:
            if (u32[a]! !== u32[registers + (b & (abi.REGISTERS - 1))]!) break;
            word++;
            continue;
          case abi.OP_ADD:
            u32[a]! += u32[code + 1]!;
            word += 2;
            continue;
          case abi.OP_AND:
            u32[a]! &= u32[code + 1]!;
            word += 2;
            continue;
          case abi.OP_SHIFT_RIGHT:
            u32[a] = u32[code + 1]! < 32 ? u32[a]! >>> u32[code + 1]! : 0;
            word += 2;
            continue;
          case abi.OP_MULTIPLY:
            u32[a] = Math.imul(u32[a]!, u32[code + 1]!);
            word += 2;
            continue;
          case abi.OP_ADD_REGISTER:
            u32[a]! += u32[registers + (b & (abi.REGISTERS - 1))]!;
            word++;
            continue;
          case abi.OP_SUBTRACT_REGISTER:
            u32[a]! -= u32[registers + (b & (abi.REGISTERS - 1))]!;
            word++;
            continue;
          case abi.OP_MOVE:
            u32[a] = u32[registers + (b & (abi.REGISTERS - 1))]!;
            word++;
            continue;
          case abi.OP_CONSTANT:
            u32[a] = u32[code + 1]!;
            word += 2;
            continue;
          case abi.OP_REMAINING:
            if (limit === abi.UNLIMITED && more) {
              this.#shortage(available + 1, limit);
              break;
            }
            u32[a] = Math.max((limit === abi.UNLIMITED ? available : limit) - position, 0);
            word++;
            continue;
          case abi.OP_POSITION:
            u32[a] = position;
            word++;
            continue;
          case abi.OP_SEEK: {
            const target = u32[a]!;
            if (target > edge) {
              this.#shortage(target, limit);
              break;
            }
            position = target;
            word++;
            continue;
          }
          case abi.OP_AT_END:
            if (position !== limit) {
              if (limit !== abi.UNLIMITED) break;
              if (more) {
                this.#shortage(available + 1, limit);
                break;
              }
              if (position !== available) break;
            }
            word++;
            continue;
          case abi.OP_LIMIT: {
            const inner = position + u32[a]!;
            if (inner > limit) break;
            u32[registers + (b & (abi.REGISTERS - 1))] = limit;
            limit = inner;
            edge = Math.min(limit, available);
            word++;
            continue;
          }
          case abi.OP_UNLIMIT:
            limit = Math.min(u32[a]!, length);
            edge = Math.min(limit, available);
            word++;
            continue;
          case abi.OP_UNTIL: {
            const most = u32[code + 1]!;
            const bound = Math.min(most, Math.max(edge - position, 0));
            const wanted = b & 0xff;
            let distance = 0;
            while (distance < bound && u8[base + position + distance] !== wanted) distance++;
            steps += distance >>> LOOK_SHIFT;
            if (distance === bound) {
              if (bound < most) this.#shortage(position + bound + 1, limit);
              break;
            }
            position += distance;
            word += 2;
            continue;
          }
          case abi.OP_LINE_END: {
            if (position >= edge) {
              this.#shortage(position + 1, limit);
              break;
            }
            const byte = u8[base + position]!;
            if (byte === CARRIAGE_RETURN) {
              if (position + 2 > edge) {
                this.#shortage(position + 2, limit);
                break;
              }
              if (u8[base + position + 1]! !== LINE_FEED) break;
              position++;
            } else if (byte !== LINE_FEED) break;
            position++;
            word++;
            continue;
          }
          case abi.OP_NAME: {
            const end = this.#walkName(base, position, edge, limit, origin, b === 1);
            steps += this.#looked >>> LOOK_SHIFT;
            if (end === 0) break;
            u32[a] = this.#labelBytes;
            position = end;
            word++;
            continue;
          }
          case abi.OP_SPAN:
          case abi.OP_SPAN_NAME: {
            if (position > available && more) {
              this.need = this.#needed(position);
              break;
            }
            const from = u32[a]!;
            const end = Math.min(position, available);
            const kind = op === abi.OP_SPAN ? abi.SPAN_BYTES : abi.SPAN_NAME;
            if (from <= end) spans.collect(b, kind, base, from, end - from, origin);
            word++;
            continue;
          }
          case abi.OP_NUMBER:
            spans.collect(b, abi.SPAN_NUMBER, 0, u32[a]!, 0, 0);
            word++;
            continue;
          case abi.OP_SAVE:
            if (!accepted) {
              const slot = b & (abi.SAVED_REGISTERS - 1);
              u32[saved + slot] = u32[a]!;
              savedSet |= 1 << slot;
              written |= 1 << slot;
            }
            word++;
            continue;
          case abi.OP_SAME: {
            const slot = b & (abi.SAVED_REGISTERS - 1);
            compared |= (1 << slot) & ~written;
            if (((savedSet >>> slot) & 1) === 0) {
              word = u32[code + 1]!;
              continue;
            }
            if (u32[a]! !== u32[saved + slot]!) break;
            word += 2;
            continue;
          }
          case abi.OP_AHEAD: {
            const slot = b & (abi.SAVED_REGISTERS - 1);
            compared |= (1 << slot) & ~written;
            if (((savedSet >>> slot) & 1) === 0) {
              word = u32[code + 1]!;
              continue;
            }
            const ahead = (u32[a]! - u32[saved + slot]!) & 0xffff;
            if (ahead === 0 || ahead > u32[code + 2]!) break;
            word += 3;
            continue;
          }
          case abi.OP_CREDIT:
          case abi.OP_CREDIT_TIMES: {
            const vector = tables.evidence + b * abi.EVIDENCE_SIZE;
            if (vector + abi.EVIDENCE_SIZE > tables.end) break;
            const isOnce = op === abi.OP_CREDIT;
            if (!accepted) this.#credit(vector, isOnce ? 1 : Math.min(u32[a]!, u32[code + 1]!));
            word += isOnce ? 1 : 2;
            continue;
          }
          case abi.OP_REST:
            position = limit;
            word++;
            continue;
          case abi.OP_ORIGIN:
            origin = position;
            word++;
            continue;
          case abi.OP_DISSECT: {
            const dissectors = this.#dissectors;
            if (depth !== 0 || isDissected) break;
            if (!dissectors.run(b, base, available, position, more)) break;
            isDissected = true;
            this.#shorter = more ? available - dissectors.available : 0;
            this.#atLeast = dissectors.need;
            base = dissectors.base;
            available = dissectors.available;
            more = dissectors.more;
            this.#more = more;
            this.#isOpen = dissectors.isOpen;
            length = abi.UNLIMITED;
            limit = length;
            edge = available;
            position = 0;
            origin = 0;
            word++;
            continue;
          }
          default:
            break; // OP_FAIL
        }
        if (result === RUN_DONE) break;
        if (this.need !== 0) {
          result = RUN_MORE;
          break;
        }
      }
      // A failure: the latest choice is taken back.
      if (depth === 0) {
        position = NOWHERE;
        if (accepted) result = RUN_DONE;
        break;
      }
      depth--;
      const choice = choices + depth * CHOICE_WORDS;
      word = u32[choice]!;
      position = u32[choice + 1]!;
      limit = u32[choice + 2]!;
      edge = Math.min(limit, available);
      spans.collected = u32[choice + 3]!;
      evidence[0] = u32[choice + 4]!;
      evidence[1] = u32[choice + 4]! >>> 16;
      evidence[2] = u32[choice + 5]!;
      evidence[3] = u32[choice + 5]! >>> 16;
    }

    this.#count(abi.C_PROGRAMS, 1);
    this.#count(abi.C_STEPS, steps);
    this.end = isDissected ? NOWHERE : position;
    // What was compared with a register that it then saved could not be run again for its facts.
    this.accepted = accepted && (result === RUN_DONE || (compared & written) === 0);
    this.savedSet = savedSet;
    return result;
  }

  #count(field: number, amount: number): void {
    this.#memory.f64[(abi.CONTROL + field) >>> 3]! += amount;
  }

  /** Bytes of the stream that must be there for what is matched to have `end` bytes. */
  #needed(end: number): number {
    return this.#atLeast === 0 ? end + this.#shorter : this.#atLeast;
  }

  /** Bytes up to `end` are missing: more of them, or none ever. What a dissector found ended lacks none. */
  #shortage(end: number, limit: number): void {
    if (end > limit) return;
    if (this.#more) this.need = this.#needed(end);
    else if (this.#isOpen) this.starved = true;
  }

  /** Puts the present state in choice `depth` (from 1), whose target stands there already. */
  #noteChoice(depth: number, position: number, limit: number): void {
    const u32 = this.#u32;
    const evidence = this.evidence;
    const choice = this.#choices + (depth - 1) * CHOICE_WORDS;
    u32[choice + 1] = position;
    u32[choice + 2] = limit;
    u32[choice + 3] = this.#spans.collected;
    u32[choice + 4] = evidence[0]! | (evidence[1]! << 16);
    u32[choice + 5] = evidence[2]! | (evidence[3]! << 16);
  }

  /** Is `byte` in set `number`? In a set that does not exist there is nothing. */
  #isIn(number: number, byte: number): boolean {
    const set = this.#tables.sets + number * abi.SET_SIZE;
    if (set + abi.SET_SIZE > this.#tables.end) return false;
    return ((this.#u8[set + (byte >>> 3)]! >>> (byte & 7)) & 1) !== 0;
  }

  #equal(payload: number, literal: number, length: number, folds: boolean): boolean {
    const u8 = this.#u8;
    for (let at = 0; at < length; at++) {
      let byte = u8[payload + at]!;
      if (folds && byte >= 65 && byte <= 90) byte |= 0x20;
      if (byte !== u8[literal + at]!) return false;
    }
    return true;
  }

  #credit(vector: number, times: number): void {
    const evidence = this.evidence;
    const amounts = this.#memory.u16;
    for (let background = 0; background < 4; background++) {
      const sum = evidence[background]! + amounts[(vector >>> 1) + background]! * times;
      evidence[background] = Math.min(sum, EVIDENCE_MAX);
    }
  }

  /** The end of the DNS name at `position`, or 0. RFC 1035 §4.1.4. */
  #walkName(
    base: number,
    position: number,
    edge: number,
    limit: number,
    origin: number,
    pointers: boolean,
  ): number {
    const u8 = this.#u8;
    let at = position;
    let bytes = 0;
    let end = 0;
    for (;;) {
      if (at >= edge) {
        this.#shortage(at + 1, limit);
        break;
      }
      const label = u8[base + at]!;
      if (label === 0) {
        end = at + 1;
        break;
      }
      if (label >= POINTER) {
        if (!pointers) break;
        if (at + 2 > edge) {
          this.#shortage(at + 2, limit);
          break;
        }
        const offset = ((label & LABEL_MAX) << 8) | u8[base + at + 1]!;
        if (origin + offset < at) end = at + 2;
        break;
      }
      const next = at + 1 + label;
      // The root label's byte is still to come.
      if (label > LABEL_MAX || next - position + 1 > NAME_MAX) break;
      if (next > edge) {
        this.#shortage(next, limit);
        break;
      }
      let inside = at + 1;
      while (inside < next && u8[base + inside]! >= 0x20 && u8[base + inside]! !== DELETE) inside++;
      if (inside < next) break;
      bytes += label;
      at = next;
    }
    this.#labelBytes = bytes;
    this.#looked = at - position;
    return end;
  }
}
