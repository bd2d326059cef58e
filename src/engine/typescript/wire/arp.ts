/** ARP for IPv4 over Ethernet: a flow between the sender's and the target's address. RFC 826. */
import * as abi from "../../abi.js";
import { describe } from "./descriptor.js";
import type { Packet } from "./packet.js";

const HARDWARE = 0;
const PROTOCOL = 2;
/** Hardware and protocol address lengths, one byte each. */
const LENGTHS = 4;
const FIXED_SIZE = 8;
const SENDER = 14;
const TARGET = 24;
const SIZE = 28;

const ETHERNET_IPV4 = 0x00010800;

export function arp(packet: Packet, at: number): void {
  if (!packet.has(at, FIXED_SIZE)) return packet.truncated(abi.LAYER_ARP);
  if (packet.u32At(at + HARDWARE) !== ETHERNET_IPV4 || packet.u16At(at + LENGTHS) !== 0x0604) {
    return packet.leave(abi.UNHANDLED_ARP, packet.u16At(at + PROTOCOL));
  }
  if (!packet.has(at, SIZE)) return packet.truncated(abi.LAYER_ARP);
  packet.network = abi.NETWORK_ARP;
  packet.source = at + SENDER;
  packet.target = at + TARGET;
  describe(packet, 0, 0, 0, 0, 0, at, 0);
}
