/** Linux cooked captures, versions 1 and 2: a link header in place of the real one. pcap LINKTYPE_LINUX_SLL, _SLL2. */
import * as abi from "../../abi.js";
import { ethertype } from "./ethertype.js";
import type { Packet } from "./packet.js";

const V1_PROTOCOL = 14;
const V1_SIZE = 16;
const V2_PROTOCOL = 0;
const V2_SIZE = 20;

/** Linux numbers what has no Ethertype below 1536 (`linux/if_ether.h`); this one is an LLC header. */
const LLC = 4;
const ETHERTYPE_MIN = 1536;

export function cookedV1(packet: Packet, at: number): void {
  cooked(packet, at, V1_SIZE, V1_PROTOCOL);
}

export function cookedV2(packet: Packet, at: number): void {
  cooked(packet, at, V2_SIZE, V2_PROTOCOL);
}

function cooked(packet: Packet, at: number, size: number, protocolAt: number): void {
  if (!packet.has(at, size)) return packet.truncated(abi.LAYER_LINK);
  const protocol = packet.u16At(at + protocolAt);
  if (protocol >= ETHERTYPE_MIN || protocol === LLC) ethertype(packet, at + size, protocol);
  else packet.leave(abi.UNHANDLED_ETHERTYPE, protocol);
}
