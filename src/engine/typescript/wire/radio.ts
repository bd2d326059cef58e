/**
 * What a radio knew of an IEEE 802.11 frame, put in front of it: radiotap (radiotap.org), Prism and AVS
 * headers (pcap LINKTYPE_IEEE802_11_PRISM, _AVS), and PPI (LINKTYPE_PPI).
 */
import * as abi from "../../abi.js";
import { ethernet } from "./ethernet.js";
import type { Packet } from "./packet.js";
import { wlan } from "./wlan.js";

const LENGTH = 2;
const PRESENT = 4;
const SIZE = 8;
const HAS_TIME = 1;
const HAS_FLAGS = 2;
const PRESENT_MAX = 16;
/** Between header and body stand bytes up to a multiple of four. */
const FLAG_PADDED = 0x20;

export function radiotap(packet: Packet, at: number): void {
  const size = headerSize(packet, at);
  if (size !== 0) wlan(packet, at + size, isPadded(packet, at, size), false);
}

/** Version 0, and a length that is there; 0 otherwise. */
function headerSize(packet: Packet, at: number): number {
  if (!packet.hasLinkHeader(at, SIZE)) return 0;
  const size = packet.view.getUint16(at + LENGTH, true);
  if (packet.u8[at] !== 0 || size < SIZE) {
    packet.malformed(abi.LAYER_LINK);
    return 0;
  }
  return packet.hasLinkHeader(at, size) ? size : 0;
}

/** Flags stand behind all words of what is present, and behind the time, which is aligned to 8 bytes. */
function isPadded(packet: Packet, at: number, size: number): boolean {
  const { u8, view } = packet;
  const present = view.getUint32(at + PRESENT, true);
  if ((present & HAS_FLAGS) === 0) return false;
  let offset = PRESENT;
  let words = 1;
  // The highest bit of a word announces another.
  while (u8[at + offset + 3]! >= 0x80) {
    if (words++ === PRESENT_MAX) break;
    offset += 4;
    if (offset + 4 > size) return false;
  }
  offset += 4;
  if ((present & HAS_TIME) !== 0) offset = Math.ceil(offset / 8) * 8 + 8;
  return offset < size && (u8[at + offset]! & FLAG_PADDED) !== 0;
}

export function ppi(packet: Packet, at: number): void {
  const size = headerSize(packet, at);
  if (size === 0) return;
  const linkType = packet.view.getUint32(at + PRESENT, true);
  if (linkType === 1) ethernet(packet, at + size);
  else if (linkType === 105) wlan(packet, at + size, false, false);
  else packet.leave(abi.UNHANDLED_LINK_TYPE, linkType);
}

/** Prism begins with a message code and AVS with a version; then both have their length. */
export function prism(packet: Packet, at: number): void {
  if (!packet.hasLinkHeader(at, SIZE)) return;
  const isAvs = packet.u32At(at) >>> 4 === 0x8021100;
  let size = packet.u32At(at + 4);
  // Prism's is in the order of the host that captured.
  if (!isAvs && size > 0xffff) size = packet.view.getUint32(at + 4, true);
  if (size < SIZE) packet.malformed(abi.LAYER_LINK);
  else if (packet.hasLinkHeader(at, size)) wlan(packet, at + size, false, false);
}
