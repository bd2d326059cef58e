/** ARP for IPv4 over Ethernet: a flow between the sender's and the target's address. RFC 826. */
import * as abi from "../abi";
import { describe } from "./descriptor";
import { available, be16, be32, Packet } from "./packet";
import { truncated, unhandled } from "./unhandled";

const HARDWARE: usize = 0;
const PROTOCOL: usize = 2;
/** Hardware and protocol address lengths, one byte each. */
const LENGTHS: usize = 4;
const FIXED_SIZE: u32 = 8;
const SENDER: usize = 14;
const TARGET: usize = 24;
const SIZE: u32 = 28;

const ETHERNET_IPV4: u32 = 0x00010800;

export function arp(at: usize): void {
  if (available(at) < FIXED_SIZE) return truncated(abi.LAYER_ARP);
  if (be32(at + HARDWARE) != ETHERNET_IPV4 || be16(at + LENGTHS) != 0x0604) {
    return unhandled(abi.UNHANDLED_ARP, be16(at + PROTOCOL));
  }
  if (available(at) < SIZE) return truncated(abi.LAYER_ARP);
  Packet.network = abi.NETWORK_ARP;
  Packet.source = at + SENDER;
  Packet.target = at + TARGET;
  describe(0, 0, 0, 0, 0, at, 0);
}
