/**
 * What a radio knew of an IEEE 802.11 frame, put in front of it: radiotap (radiotap.org), Prism and AVS
 * headers (pcap LINKTYPE_IEEE802_11_PRISM, _AVS), and PPI (LINKTYPE_PPI).
 */
import * as abi from "../abi";
import { ethernet } from "./ethernet";
import { available, be32 } from "./packet";
import { malformed, truncated, unhandled } from "./unhandled";
import { wlan } from "./wlan";

const LENGTH: usize = 2;
const PRESENT: usize = 4;
const SIZE: u32 = 8;
const HAS_TIME: u32 = 1;
const HAS_FLAGS: u32 = 2;
const MORE_PRESENT: u32 = 0x80000000;
const PRESENT_MAX = 16;
/** Between header and body stand bytes up to a multiple of four. */
const FLAG_PADDED: u32 = 0x20;

export function radiotap(at: usize): void {
  const size = headerSize(at);
  if (size != 0) wlan(at + size, isPadded(at, size), false);
}

/** Version 0, and a length that is there; 0 otherwise. */
function headerSize(at: usize): u32 {
  if (available(at) < SIZE) {
    truncated(abi.LAYER_LINK);
    return 0;
  }
  const size = <u32>load<u16>(at + LENGTH);
  if (load<u8>(at) != 0 || size < SIZE) {
    malformed(abi.LAYER_LINK);
    return 0;
  }
  if (available(at) < size) {
    truncated(abi.LAYER_LINK);
    return 0;
  }
  return size;
}

/** Flags stand behind all words of what is present, and behind the time, which is aligned to 8 bytes. */
function isPadded(at: usize, size: u32): bool {
  const present = load<u32>(at + PRESENT);
  if (!(present & HAS_FLAGS)) return false;
  let offset = <u32>PRESENT;
  for (let words = 0; words < PRESENT_MAX; words++) {
    const isLast = !(load<u32>(at + offset) & MORE_PRESENT);
    offset += 4;
    if (isLast) break;
    if (offset + 4 > size) return false;
  }
  if (present & HAS_TIME) offset = ((offset + 7) & ~7) + 8;
  return offset < size && (load<u8>(at + offset) & FLAG_PADDED) != 0;
}

export function ppi(at: usize): void {
  const size = headerSize(at);
  if (size == 0) return;
  const linkType = load<u32>(at + PRESENT);
  if (linkType == 1) ethernet(at + size);
  else if (linkType == 105) wlan(at + size, false, false);
  else unhandled(abi.UNHANDLED_LINK_TYPE, linkType);
}

/** Prism begins with a message code and AVS with a version; then both have their length. */
export function prism(at: usize): void {
  if (available(at) < SIZE) return truncated(abi.LAYER_LINK);
  const isAvs = be32(at) >> 4 == 0x8021100;
  const length = be32(at + 4);
  // Prism's is in the order of the host that captured.
  const size = !isAvs && length > 0xffff ? bswap(length) : length;
  if (size < SIZE) return malformed(abi.LAYER_LINK);
  if (available(at) < size) return truncated(abi.LAYER_LINK);
  wlan(at + size, false, false);
}
