/**
 * What carries something else names it by its Ethertype and returns; `decode` goes on with it. So
 * headers never call each other in circles, and one bound holds for all that may be nested.
 */
import * as abi from "../abi";
import { packetContext } from "./context";
import { Packet } from "./packet";
import { unhandled } from "./unhandled";

export const TYPE_IPV4: i32 = 0x0800;
export const TYPE_IPV6: i32 = 0x86dd;
/** Transparent Ethernet bridging: a whole Ethernet frame. */
export const TYPE_ETHERNET: i32 = 0x6558;
export const TYPE_MPLS: i32 = 0x8847;
export const TYPE_PPP: i32 = 0x880b;
export const TYPE_NSH: i32 = 0x894f;
/** Not an Ethertype: a whole IEEE 802.11 frame. */
export const TYPE_WLAN: i32 = 0x10000;
/** The same, the two bytes of its frame control swapped. */
export const TYPE_WLAN_SWAPPED: i32 = 0x10001;
/** Not an Ethertype: from here on, what an IP protocol (added) carries between the packet's own addresses. */
export const TYPE_TRANSPORT: i32 = 0x20000;

/** What is carried belongs to the same flow as what carries it: a pseudowire, a service chain. */
export function carry(type: i32, at: usize): void {
  if (Packet.depth == abi.TUNNELS_MAX) return unhandled(abi.UNHANDLED_DEPTH, 0);
  Packet.depth++;
  Packet.next = type;
  Packet.nextAt = at;
}

/** What is carried has flows of its own; the one that carries it has its descriptor already. */
export function tunnel(kind: u32, id: u32, type: i32, at: usize): void {
  if (Packet.depth == abi.TUNNELS_MAX) return unhandled(abi.UNHANDLED_DEPTH, kind);
  Packet.outer = packetContext();
  Packet.tunnel = kind;
  Packet.tunnelId = id;
  Packet.flags = 0;
  carry(type, at);
}
