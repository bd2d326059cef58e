/** IEEE 802.11 data frames: their LLC header stands behind three or four addresses. IEEE 802.11 §9.2.4 and §9.3.2. */
import * as abi from "../../abi.js";
import { ethertype } from "./ethertype.js";
import type { Packet } from "./packet.js";

// Frame control: version, type and subtype, then flags.
const CONTROL = 0;
const FLAGS = 1;
const CONTROL_SIZE = 2;
const SIZE = 24;
const VERSION = 0x03;
const TYPE = 0x0c;
const TYPE_DATA = 0x08;
const NO_DATA = 0x40;
const QOS = 0x80;
const BOTH_SYSTEMS = 0x03;
const PROTECTED = 0x40;
const ORDER = 0x80;
/** Low four bits of the sequence control: a later fragment. */
const SEQUENCE_CONTROL = 22;
const FOURTH_ADDRESS = 6;
const QOS_CONTROL = 2;
const HT_CONTROL = 4;
/** Several frames in one: the first begins with addresses and a length. */
const AGGREGATED = 0x80;
const AGGREGATE_HEADER = 14;
const LLC = 0;

/** `isPadded`: the header's length was rounded up to a multiple of four. `isSwapped`: flags come first. */
export function wlan(packet: Packet, at: number, isPadded: boolean, isSwapped: boolean): void {
  if (!packet.hasLinkHeader(at, CONTROL_SIZE)) return;
  const { u8 } = packet;
  const control = u8[at + (isSwapped ? FLAGS : CONTROL)]!;
  const flags = u8[at + (isSwapped ? CONTROL : FLAGS)]!;
  const isProtected = (flags & PROTECTED) !== 0;
  if ((control & (VERSION | TYPE | NO_DATA)) !== TYPE_DATA || isProtected) {
    return unreadable(packet, control, isProtected);
  }
  const hasQos = (control & QOS) !== 0;
  let size = SIZE + ((flags & BOTH_SYSTEMS) === BOTH_SYSTEMS ? FOURTH_ADDRESS : 0);
  const qos = at + size;
  if (hasQos) size += QOS_CONTROL + ((flags & ORDER) === 0 ? 0 : HT_CONTROL);
  if (!packet.hasLinkHeader(at, size)) return;
  if ((u8[at + SEQUENCE_CONTROL]! & 15) !== 0) return unreadable(packet, control, false);
  if (isPadded) size = Math.ceil(size / 4) * 4;
  if (hasQos && (u8[qos]! & AGGREGATED) !== 0) size += AGGREGATE_HEADER;
  if (packet.hasLinkHeader(at, size)) ethertype(packet, at + size, LLC);
}

function unreadable(packet: Packet, control: number, isProtected: boolean): void {
  const kind = ((control & TYPE) << 2) | (control >>> 4);
  packet.leave(abi.UNHANDLED_WLAN, isProtected ? kind + abi.WLAN_PROTECTED : kind);
}
