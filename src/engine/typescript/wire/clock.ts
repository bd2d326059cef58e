/**
 * Packet times: seconds and nanoseconds, from whatever a capture counts in. pcapng §4.2 (if_tsresol,
 * if_tsoffset) allows 10^-127 to 2^-127 s; what a u64 of ticks cannot span a second with is time 0.
 *
 * A u64 is two u32 here, divided in steps that a double holds exactly. No BigInt: it allocates.
 */
import * as abi from "../../abi.js";

const NS_PER_SECOND = 1e9;
const SECONDS_MAX = 0xffffffff;
const WORD = 2 ** 32;
const HALF = 2 ** 16;

export class Clock {
  /** The packet's time. */
  sec = 0;
  ns = 0;
  /** The latest time read from ticks, for blocks that have none. */
  #latestSec = 0;
  #latestNs = 0;
  /** The number being divided, then the quotient. */
  #high = 0;
  #low = 0;

  configure(): void {
    this.#latestSec = 0;
    this.#latestNs = 0;
  }

  /** `fractions`: how many of the fraction's units make a second, 10^6 or 10^9. */
  setTime(sec: number, fraction: number, fractions: number): void {
    const unit = NS_PER_SECOND / fractions;
    if (fraction < fractions) {
      this.sec = sec;
      this.ns = fraction * unit;
    } else {
      this.#set(sec + Math.floor(fraction / fractions), (fraction % fractions) * unit);
    }
  }

  repeatTime(): void {
    this.sec = this.#latestSec;
    this.ns = this.#latestNs;
  }

  /** A pcapng timestamp, in the units of the interface whose row begins at word `row`. */
  setTicks(u32: Uint32Array, row: number, high: number, low: number): void {
    const exponent = u32[row + (abi.I_TICK_EXPONENT >>> 2)]!;
    const isBinary = u32[row + (abi.I_TICK_BINARY >>> 2)] !== 0;
    this.#high = high;
    this.#low = low;
    const ns = isBinary ? this.#binary(exponent) : this.#decimal(exponent);
    // The seconds may pass 2^53, and so may the offset: added by halves.
    const sumLow = this.#low + u32[row + (abi.I_OFFSET_LOW >>> 2)]!;
    const carry = sumLow >= WORD ? 1 : 0;
    const sumHigh = this.#high + (u32[row + (abi.I_OFFSET_HIGH >>> 2)]! | 0) + carry;
    this.#set(sumHigh * WORD + (sumLow >>> 0), ns);
    this.#latestSec = this.sec;
    this.#latestNs = this.ns;
  }

  /** Leaves the seconds in #high and #low; gives the nanoseconds. */
  #decimal(exponent: number): number {
    if (exponent > 19) {
      this.#high = this.#low = 0;
      return 0;
    }
    if (exponent > 9) this.#divide(10 ** (exponent - 9));
    const digits = Math.min(exponent, 9);
    return this.#divide(10 ** digits) * 10 ** (9 - digits);
  }

  #binary(exponent: number): number {
    if (exponent === 0) return 0;
    const high = this.#high;
    const low = this.#low;
    // The highest 32 bits of what is below the second.
    let fraction = 0;
    if (exponent < 32) {
      fraction = low << (32 - exponent);
      this.#low = ((low >>> exponent) | (high << (32 - exponent))) >>> 0;
      this.#high = high >>> exponent;
    } else if (exponent < 64) {
      const bits = exponent - 32;
      fraction = bits === 0 ? low : (high << (32 - bits)) | (low >>> bits);
      this.#low = high >>> bits;
      this.#high = 0;
    } else {
      this.#low = this.#high = 0;
    }
    // fraction × 10^9 / 2^32, in halves that stay below 2^53.
    const lowPart = (fraction & (HALF - 1)) * NS_PER_SECOND;
    const highPart = (fraction >>> 16) * NS_PER_SECOND;
    return Math.floor((highPart + Math.floor(lowPart / HALF)) / HALF);
  }

  /** Divides #high and #low by a divisor below 2^37; gives the rest. */
  #divide(divisor: number): number {
    const high = Math.floor(this.#high / divisor);
    const middle = (this.#high % divisor) * HALF + (this.#low >>> 16);
    const last = (middle % divisor) * HALF + (this.#low & (HALF - 1));
    this.#high = high;
    this.#low = Math.floor(middle / divisor) * HALF + Math.floor(last / divisor);
    return last % divisor;
  }

  /** Saturates: a clock that is wrong must not wrap. */
  #set(seconds: number, ns: number): void {
    this.sec = Math.min(Math.max(seconds, 0), SECONDS_MAX);
    this.ns = ns;
    if (seconds < 0) this.ns = 0;
    else if (seconds > SECONDS_MAX) this.ns = NS_PER_SECOND - 1;
  }
}
