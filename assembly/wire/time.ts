/**
 * Packet times: seconds and nanoseconds, from whatever a capture counts in. pcapng §4.2 (if_tsresol,
 * if_tsoffset) allows 10^-127 to 2^-127 s; what a u64 of ticks cannot span a second with is time 0.
 */
import * as abi from "../abi";
import { Packet } from "./packet";

const NS_PER_SECOND: u32 = 1000000000;
const SECONDS_MAX: u32 = 0xffffffff;

/** The latest time read, for blocks that have none. */
let latestSec: u32 = 0;
let latestNs: u32 = 0;

export function configureTime(): void {
  latestSec = 0;
  latestNs = 0;
}

/** `fractions`: how many of the fraction's units make a second, 10^6 or 10^9. */
export function setTime(sec: u32, fraction: u32, fractions: u32): void {
  if (fraction >= fractions) {
    setCarried(sec, fraction, fractions);
  } else {
    Packet.sec = sec;
    Packet.ns = fraction * (NS_PER_SECOND / fractions);
  }
}

function setCarried(sec: u32, fraction: u32, fractions: u32): void {
  setSeconds(<i64>sec + fraction / fractions, (fraction % fractions) * (NS_PER_SECOND / fractions));
}

export function repeatTime(): void {
  Packet.sec = latestSec;
  Packet.ns = latestNs;
}

/** A pcapng timestamp, in the units of its interface. */
export function setTicks(interfaceRow: usize, high: u32, low: u32): void {
  let ticks = ((<u64>high) << 32) | low;
  let exponent = load<u32>(interfaceRow, abi.I_TICK_EXPONENT);
  let seconds: u64 = 0;
  let ns: u64 = 0;
  if (load<u32>(interfaceRow, abi.I_TICK_BINARY) != 0) {
    if (exponent == 0) {
      seconds = ticks;
    } else if (exponent <= 63) {
      seconds = ticks >> exponent;
      const fraction = (ticks << (64 - exponent)) >> 32;
      ns = (fraction * NS_PER_SECOND) >> 32;
    }
  } else if (exponent <= 19) {
    if (exponent > 9) {
      ticks /= powerOfTen(exponent - 9);
      exponent = 9;
    }
    const unit = powerOfTen(exponent);
    seconds = ticks / unit;
    ns = (ticks - seconds * unit) * powerOfTen(9 - exponent);
  }
  // The sum of a u64 and an i64 fits neither: by halves, and of the upper one only the sign matters.
  const sumLow = (seconds & 0xffffffff) + load<u32>(interfaceRow, abi.I_OFFSET_LOW);
  const carry = <i64>(sumLow >> 32);
  const sumHigh = <i64>(seconds >> 32) + load<i32>(interfaceRow, abi.I_OFFSET_HIGH) + carry;
  setSeconds((max<i64>(-1, min<i64>(1, sumHigh)) << 32) | <i64>(sumLow & 0xffffffff), <u32>ns);
  latestSec = Packet.sec;
  latestNs = Packet.ns;
}

/** Saturates: a clock that is wrong must not wrap. */
function setSeconds(seconds: i64, ns: u32): void {
  if (seconds < 0) {
    Packet.sec = 0;
    Packet.ns = 0;
  } else if (seconds > <i64>SECONDS_MAX) {
    Packet.sec = SECONDS_MAX;
    Packet.ns = NS_PER_SECOND - 1;
  } else {
    Packet.sec = <u32>seconds;
    Packet.ns = ns;
  }
}

/** At most 10^10. */
function powerOfTen(exponent: u32): u64 {
  let power: u64 = 1;
  for (let i: u32 = 0; i < exponent; i++) power *= 10;
  return power;
}
