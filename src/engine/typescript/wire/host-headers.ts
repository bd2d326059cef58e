/**
 * What a kernel puts before a packet that it saw: OpenBSD's packet filter (LINKTYPE_PFLOG), Solaris
 * (LINKTYPE_IPNET), macOS (LINKTYPE_PKTAP).
 */
import * as abi from "../../abi.js";
import { ip } from "./ip.js";
import type { Packet } from "./packet.js";

/** PFLOG begins with its length, which is then rounded up to a multiple of four; 45 bytes in its first version. */
const PFLOG_MIN = 45;

export function pflog(packet: Packet, at: number): void {
  if (!packet.hasLinkHeader(at, 1)) return;
  const length = packet.u8[at]!;
  if (length < PFLOG_MIN) return packet.malformed(abi.LAYER_LINK);
  const size = Math.ceil(length / 4) * 4;
  if (packet.hasLinkHeader(at, size)) ip(packet, at + size);
}

const IPNET_SIZE = 24;

export function ipnet(packet: Packet, at: number): void {
  if (packet.hasLinkHeader(at, IPNET_SIZE)) ip(packet, at + IPNET_SIZE);
}

/** PKTAP: its length, 1 for a packet, the link type behind it; little-endian on all that Apple makes. */
const PKTAP_TYPE = 4;
const PKTAP_LINK_TYPE = 8;
const PKTAP_MIN = 12;
const PACKET = 1;

/** The size of a PKTAP header that is right and there, or 0. */
export function pktapSize(packet: Packet, at: number): number {
  if (!packet.hasLinkHeader(at, PKTAP_MIN)) return 0;
  const size = packet.view.getUint32(at, true);
  if (size < PKTAP_MIN || packet.view.getUint32(at + PKTAP_TYPE, true) !== PACKET) {
    packet.malformed(abi.LAYER_LINK);
    return 0;
  }
  return packet.hasLinkHeader(at, size) ? size : 0;
}

export const pktapLinkType = (packet: Packet, at: number): number =>
  packet.view.getUint32(at + PKTAP_LINK_TYPE, true);
