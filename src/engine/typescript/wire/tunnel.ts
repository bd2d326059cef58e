/**
 * What carries something else names it by its Ethertype and returns; `decode` goes on with it. So
 * headers never call each other in circles, and one bound holds for all that may be nested.
 */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";

export const TYPE_IPV4 = 0x0800;
export const TYPE_IPV6 = 0x86dd;
/** Transparent Ethernet bridging: a whole Ethernet frame. */
export const TYPE_ETHERNET = 0x6558;
export const TYPE_MPLS = 0x8847;
export const TYPE_PPP = 0x880b;
export const TYPE_NSH = 0x894f;
/** Not an Ethertype: a whole IEEE 802.11 frame. */
export const TYPE_WLAN = 0x10000;
/** The same, the two bytes of its frame control swapped. */
export const TYPE_WLAN_SWAPPED = 0x10001;
/** Not an Ethertype: from here on, what an IP protocol (added) carries between the packet's own addresses. */
export const TYPE_TRANSPORT = 0x20000;

/** What is carried belongs to the same flow as what carries it: a pseudowire, a service chain. */
export function carry(packet: Packet, type: number, at: number): void {
  if (packet.depth === abi.TUNNELS_MAX) return packet.leave(abi.UNHANDLED_DEPTH, 0);
  packet.depth++;
  packet.next = type;
  packet.nextAt = at;
}

/** What is carried has flows of its own; the one that carries it has its descriptor already. */
export function tunnel(packet: Packet, kind: number, id: number, type: number, at: number): void {
  if (packet.depth === abi.TUNNELS_MAX) return packet.leave(abi.UNHANDLED_DEPTH, kind);
  packet.contexts.enterTunnel(kind, id);
  packet.flags = 0;
  carry(packet, type, at);
}
