/**
 * Inflate. RFC 1951.
 *
 * Our own, because a capture that is cut off or damaged must give everything in front of the
 * damage, on every platform and at once: `DecompressionStream` drops what it has queued when it
 * fails and refuses a second gzip member, `node:zlib` has no synchronous stream. It costs speed:
 * 110–145 MB/s of capture where `node:zlib` gives 270–450. Pipe from `gzip -dc` where that matters.
 *
 * It is resumable: a symbol is decoded only when all its bits are there; otherwise its first bit
 * stays unread until more input comes.
 */

/** Why {@link Inflate.run} came back. */
export const INFLATE_NEEDS_INPUT = 0;
export const INFLATE_OUTPUT_FULL = 1;
export const INFLATE_DONE = 2;
export const INFLATE_CORRUPT = 3;

const WINDOW = 32768;
const MAX_BITS = 15;
const END_OF_BLOCK = 256;
const LENGTH_FIRST = 257;
const LENGTH_LAST = 285;
const DISTANCE_LAST = 29;
const LITERALS = 288;
const DISTANCES = 32;

/** Codes up to this length are looked up at once; longer ones go on bit by bit. */
const FAST_BITS = 10;
const FAST_MASK = (1 << FAST_BITS) - 1;

/** §3.2.5: base and extra bits of length codes 257 … 285 and of distance codes 0 … 29. */
const LENGTH_BASE = new Uint16Array(29);
const LENGTH_EXTRA = new Uint8Array(29);
const DISTANCE_BASE = new Uint16Array(30);
const DISTANCE_EXTRA = new Uint8Array(30);
for (let code = 0, base = 3; code < 28; base += 1 << LENGTH_EXTRA[code++]!) {
  LENGTH_BASE[code] = base;
  LENGTH_EXTRA[code] = Math.max(0, (code >> 2) - 1);
}
LENGTH_BASE[28] = 258;
for (let code = 0, base = 1; code < 30; base += 1 << DISTANCE_EXTRA[code++]!) {
  DISTANCE_BASE[code] = base;
  DISTANCE_EXTRA[code] = Math.max(0, (code >> 1) - 1);
}
/** §3.2.7: the order in which code length code lengths are sent. */
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical Huffman code. */
class Code {
  /** For the next FAST_BITS bits: symbol << 4 | length, or 0 where the code is longer or none. */
  readonly fast = new Uint16Array(1 << FAST_BITS);
  readonly #counts = new Uint16Array(MAX_BITS + 1);
  readonly #symbols: Uint16Array;
  readonly #next = new Uint16Array(MAX_BITS + 2);

  constructor(symbols: number) {
    this.#symbols = new Uint16Array(symbols);
  }

  /** False where the lengths are no code: over-subscribed, or incomplete with more than one symbol. */
  build(lengths: Uint8Array, count: number): boolean {
    const counts = this.#counts.fill(0);
    for (let symbol = 0; symbol < count; symbol++) counts[lengths[symbol]!]!++;
    const coded = count - counts[0]!;
    counts[0] = 0;
    let room = 1;
    for (let bits = 1; bits <= MAX_BITS; bits++) {
      room = room * 2 - counts[bits]!;
      if (room < 0) return false;
    }
    if (room > 0 && coded > 1) return false;
    const next = this.#next;
    next[1] = 0;
    for (let bits = 1; bits <= MAX_BITS; bits++) next[bits + 1] = next[bits]! + counts[bits]!;
    const symbols = this.#symbols;
    for (let symbol = 0; symbol < count; symbol++) {
      const bits = lengths[symbol]!;
      if (bits > 0) symbols[next[bits]!++] = symbol;
    }
    this.#buildFast();
    return true;
  }

  #buildFast(): void {
    const fast = this.fast.fill(0);
    let code = 0;
    let index = 0;
    for (let bits = 1; bits <= FAST_BITS; bits++) {
      for (let n = this.#counts[bits]!; n > 0; n--) {
        const entry = (this.#symbols[index++]! << 4) | bits;
        for (let at = reverse(code++, bits); at < 1 << FAST_BITS; at += 1 << bits) fast[at] = entry;
      }
      code <<= 1;
    }
  }

  /** The code longer than FAST_BITS at the low end of `hold`: symbol << 4 | length, 0 = more bits, -1 = none. */
  slow(hold: number, held: number): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let bits = 1; bits <= MAX_BITS; bits++) {
      if (bits > held) return 0;
      code |= (hold >>> (bits - 1)) & 1;
      const count = this.#counts[bits]!;
      if (code - count < first) return (this.#symbols[index + code - first]! << 4) | bits;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return -1;
  }
}

function reverse(code: number, bits: number): number {
  let reversed = 0;
  for (let n = 0; n < bits; n++) reversed |= ((code >>> n) & 1) << (bits - 1 - n);
  return reversed;
}

function fixedLengths(): Uint8Array {
  const lengths = new Uint8Array(LITERALS).fill(8);
  return lengths.fill(9, 144, 256).fill(7, 256, 280);
}

const BLOCK_HEADER = 0;
const STORED_HEADER = 1;
const STORED = 2;
const CODE_LENGTHS = 3;
const SYMBOLS = 4;
const END = 5;
const CORRUPT = 6;

/** One deflate stream at a time. Set `input` and `inputAt`, then {@link Inflate.run}. */
export class Inflate {
  input: Uint8Array = new Uint8Array(0);
  inputAt = 0;
  /** Bytes written by the latest run. */
  written = 0;

  #state = BLOCK_HEADER;
  #isLast = false;
  #hold = 0;
  #held = 0;
  /** The last 32 KiB of output before this run: the reader's view is not ours to look back into. */
  readonly #window = new Uint8Array(WINDOW);
  #windowAt = 0;
  /** Output bytes so far, up to the window's size: how far back a distance may reach. */
  #reach = 0;
  /** Bytes left of a stored block or of a match. */
  #left = 0;
  /** The match's distance, 0 while it is not known; and its code, -1 while that is not known. */
  #distance = 0;
  #distanceCode = -1;
  readonly #literals = new Code(LITERALS);
  readonly #distances = new Code(DISTANCES);
  readonly #lengthCode = new Code(19);
  readonly #lengths = new Uint8Array(LITERALS + DISTANCES);
  /** Of a dynamic block: how many literal, distance and code length codes, and how many were read. */
  #literalCount = 0;
  #distanceCount = 0;
  #orderCount = 0;
  #lengthsRead = -1;

  reset(): void {
    this.#state = BLOCK_HEADER;
    this.#isLast = false;
    this.#hold = this.#held = 0;
    this.#windowAt = this.#reach = 0;
    this.#left = this.#distance = 0;
    this.#distanceCode = -1;
    this.#lengthsRead = -1;
  }

  /** After INFLATE_DONE: gives the whole bytes behind the last block back to the input. */
  returnBytes(): void {
    const count = this.#held >>> 3;
    this.#hold >>>= this.#held & 7;
    if (count > this.inputAt) {
      // Some came with an earlier input.
      const input = new Uint8Array(count + this.input.length - this.inputAt);
      for (let n = 0; n < count; n++) input[n] = this.#hold >>> (8 * n);
      input.set(this.input.subarray(this.inputAt), count);
      this.input = input;
      this.inputAt = 0;
    } else this.inputAt -= count;
    this.#hold = this.#held = 0;
  }

  /** Writes at most `output.length` bytes, of which {@link written} tells how many. Returns INFLATE_*. */
  run(output: Uint8Array): number {
    this.written = 0;
    const stop = this.#run(output);
    this.#remember(output);
    return stop;
  }

  #run(output: Uint8Array): number {
    for (;;) {
      let stop: number;
      switch (this.#state) {
        case BLOCK_HEADER:
          stop = this.#blockHeader();
          break;
        case STORED_HEADER:
          stop = this.#storedHeader();
          break;
        case STORED:
          stop = this.#stored(output);
          break;
        case CODE_LENGTHS:
          stop = this.#codeLengths();
          break;
        case SYMBOLS:
          stop = this.#symbols(output);
          break;
        case END:
          return INFLATE_DONE;
        default:
          return INFLATE_CORRUPT;
      }
      if (stop === INFLATE_CORRUPT) this.#state = CORRUPT;
      else if (stop !== GO_ON) return stop;
    }
  }

  /** Holds at least `bits` (≤ 24) bits, if the input has them. */
  #need(bits: number): boolean {
    while (this.#held < bits) {
      if (this.inputAt >= this.input.length) return false;
      this.#hold |= this.input[this.inputAt++]! << this.#held;
      this.#held += 8;
    }
    return true;
  }

  #take(bits: number): number {
    const value = this.#hold & ((1 << bits) - 1);
    this.#hold >>>= bits;
    this.#held -= bits;
    return value;
  }

  #blockHeader(): number {
    if (this.#isLast) {
      this.#state = END;
      return GO_ON;
    }
    if (!this.#need(3)) return INFLATE_NEEDS_INPUT;
    this.#isLast = this.#take(1) === 1;
    const type = this.#take(2);
    if (type === 0) {
      this.#take(this.#held & 7);
      this.#state = STORED_HEADER;
    } else if (type === 1) {
      this.#literals.build(fixedLengths(), LITERALS);
      this.#distances.build(new Uint8Array(DISTANCES).fill(5), DISTANCES);
      this.#state = SYMBOLS;
    } else if (type === 2) {
      this.#lengthsRead = -1;
      this.#state = CODE_LENGTHS;
    } else return INFLATE_CORRUPT;
    return GO_ON;
  }

  #storedHeader(): number {
    // Two steps, because 32 bits do not fit beside the seven that may be held.
    if (this.#left === 0) {
      if (!this.#need(16)) return INFLATE_NEEDS_INPUT;
      this.#left = 0x10000 | this.#take(16);
    }
    if (!this.#need(16)) return INFLATE_NEEDS_INPUT;
    this.#left &= 0xffff;
    if (this.#take(16) !== (this.#left ^ 0xffff)) return INFLATE_CORRUPT;
    this.#state = STORED;
    return GO_ON;
  }

  #stored(output: Uint8Array): number {
    while (this.#left > 0) {
      if (this.written === output.length) return INFLATE_OUTPUT_FULL;
      if (this.#held > 0) {
        output[this.written++] = this.#take(8);
        this.#left--;
        continue;
      }
      const room = Math.min(output.length - this.written, this.input.length - this.inputAt);
      const count = Math.min(this.#left, room);
      if (count === 0) return INFLATE_NEEDS_INPUT;
      output.set(this.input.subarray(this.inputAt, this.inputAt + count), this.written);
      this.inputAt += count;
      this.written += count;
      this.#left -= count;
    }
    this.#state = BLOCK_HEADER;
    return GO_ON;
  }

  /** §3.2.7, in steps that can each wait for input. */
  #codeLengths(): number {
    if (this.#lengthsRead < 0) {
      if (!this.#need(14)) return INFLATE_NEEDS_INPUT;
      this.#literalCount = this.#take(5) + 257;
      this.#distanceCount = this.#take(5) + 1;
      this.#orderCount = this.#take(4) + 4;
      if (this.#literalCount > 286 || this.#distanceCount > 30) return INFLATE_CORRUPT;
      this.#lengths.fill(0);
      this.#lengthsRead = 0;
    }
    while (this.#orderCount > 0) {
      if (!this.#need(3)) return INFLATE_NEEDS_INPUT;
      this.#lengths[CODE_ORDER[this.#lengthsRead++]!] = this.#take(3);
      if (--this.#orderCount > 0) continue;
      if (!this.#lengthCode.build(this.#lengths, 19)) return INFLATE_CORRUPT;
      this.#lengths.fill(0);
      this.#lengthsRead = 0;
    }
    const total = this.#literalCount + this.#distanceCount;
    while (this.#lengthsRead < total) {
      // A code has at most 7 bits, its repeat count 7 more.
      this.#need(14);
      const entry = this.#lengthCode.fast[this.#hold & FAST_MASK]!;
      const bits = entry & 15;
      const symbol = entry >>> 4;
      if (entry === 0) return this.#held >= 7 ? INFLATE_CORRUPT : INFLATE_NEEDS_INPUT;
      const extra = symbol < 16 ? 0 : symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
      if (this.#held < bits + extra) return INFLATE_NEEDS_INPUT;
      this.#take(bits);
      if (symbol < 16) {
        this.#lengths[this.#lengthsRead++] = symbol;
        continue;
      }
      const times = this.#take(extra) + (symbol === 18 ? 11 : 3);
      if (symbol === 16 && this.#lengthsRead === 0) return INFLATE_CORRUPT;
      if (this.#lengthsRead + times > total) return INFLATE_CORRUPT;
      const value = symbol === 16 ? this.#lengths[this.#lengthsRead - 1]! : 0;
      this.#lengths.fill(value, this.#lengthsRead, this.#lengthsRead + times);
      this.#lengthsRead += times;
    }
    if (this.#lengths[END_OF_BLOCK] === 0) return INFLATE_CORRUPT;
    const distances = this.#lengths.subarray(this.#literalCount, total);
    if (!this.#literals.build(this.#lengths, this.#literalCount)) return INFLATE_CORRUPT;
    if (!this.#distances.build(distances, this.#distanceCount)) return INFLATE_CORRUPT;
    this.#state = SYMBOLS;
    return GO_ON;
  }

  /** Literals and matches. The hot loop: everything it touches is a local. */
  #symbols(output: Uint8Array): number {
    const input = this.input;
    const inputEnd = input.length;
    const outputEnd = output.length;
    const window = this.#window;
    const windowAt = this.#windowAt;
    const reach = this.#reach;
    const literals = this.#literals.fast;
    const distances = this.#distances.fast;
    let inputAt = this.inputAt;
    let hold = this.#hold;
    let held = this.#held;
    let written = this.written;
    let left = this.#left;
    let distance = this.#distance;
    let distanceCode = this.#distanceCode;
    let stop = INFLATE_NEEDS_INPUT;

    for (;;) {
      while (held < 24 && inputAt < inputEnd) {
        hold |= input[inputAt++]! << held;
        held += 8;
      }
      if (left === 0) {
        if (written === outputEnd) {
          stop = INFLATE_OUTPUT_FULL;
          break;
        }
        // Literals with short codes, most of what packets hold: two bytes of input at a time.
        while (inputAt + 2 <= inputEnd && written < outputEnd) {
          if (held < 16) {
            hold |= (input[inputAt]! | (input[inputAt + 1]! << 8)) << held;
            inputAt += 2;
            held += 16;
          }
          const entry = literals[hold & FAST_MASK]!;
          if (entry === 0 || entry >= END_OF_BLOCK << 4) break;
          hold >>>= entry & 15;
          held -= entry & 15;
          output[written++] = entry >>> 4;
        }
        if (held < 20 && inputAt < inputEnd) continue;
        if (written === outputEnd) continue;
        let entry = literals[hold & FAST_MASK]!;
        if (entry === 0) entry = this.#literals.slow(hold, held);
        if (entry < 0) {
          stop = INFLATE_CORRUPT;
          break;
        }
        const bits = entry & 15;
        const symbol = entry >>> 4;
        if (entry === 0 || bits > held) break;
        if (symbol < END_OF_BLOCK) {
          hold >>>= bits;
          held -= bits;
          output[written++] = symbol;
          continue;
        }
        if (symbol === END_OF_BLOCK) {
          hold >>>= bits;
          held -= bits;
          this.#state = BLOCK_HEADER;
          stop = GO_ON;
          break;
        }
        if (symbol > LENGTH_LAST) {
          stop = INFLATE_CORRUPT;
          break;
        }
        // At most 15 + 5 bits.
        const extra = LENGTH_EXTRA[symbol - LENGTH_FIRST]!;
        if (bits + extra > held) break;
        left = LENGTH_BASE[symbol - LENGTH_FIRST]! + ((hold >>> bits) & ((1 << extra) - 1));
        hold >>>= bits + extra;
        held -= bits + extra;
        continue;
      }
      if (distance === 0) {
        if (distanceCode < 0) {
          let entry = distances[hold & FAST_MASK]!;
          if (entry === 0) entry = this.#distances.slow(hold, held);
          const bits = entry & 15;
          if (entry < 0 || entry >>> 4 > DISTANCE_LAST) {
            stop = INFLATE_CORRUPT;
            break;
          }
          if (entry === 0 || bits > held) break;
          distanceCode = entry >>> 4;
          hold >>>= bits;
          held -= bits;
        }
        const extra = DISTANCE_EXTRA[distanceCode]!;
        if (extra > held) {
          if (inputAt < inputEnd) continue;
          break;
        }
        distance = DISTANCE_BASE[distanceCode]! + (hold & ((1 << extra) - 1));
        distanceCode = -1;
        hold >>>= extra;
        held -= extra;
        if (distance > reach + written) {
          stop = INFLATE_CORRUPT;
          break;
        }
      }
      let count = Math.min(left, outputEnd - written);
      left -= count;
      for (; count > 0 && written < distance; count--) {
        output[written] = window[(windowAt + written - distance) & (WINDOW - 1)]!;
        written++;
      }
      for (; count > 0; count--) {
        output[written] = output[written - distance]!;
        written++;
      }
      if (left > 0) {
        stop = INFLATE_OUTPUT_FULL;
        break;
      }
      distance = 0;
    }

    this.inputAt = inputAt;
    this.#hold = hold;
    this.#held = held;
    this.written = written;
    this.#left = left;
    this.#distance = distance;
    this.#distanceCode = distanceCode;
    return stop;
  }

  /** Keeps the end of the output for the matches of the next run. */
  #remember(output: Uint8Array): void {
    const kept = Math.min(WINDOW, this.written);
    const from = this.written - kept;
    const at = (this.#windowAt + from) & (WINDOW - 1);
    const first = Math.min(kept, WINDOW - at);
    this.#window.set(output.subarray(from, from + first), at);
    this.#window.set(output.subarray(from + first, this.written), 0);
    this.#windowAt = (at + kept) & (WINDOW - 1);
    this.#reach = Math.min(WINDOW, this.#reach + this.written);
  }
}

/** Internal: the state changed, go on. */
const GO_ON = -1;
