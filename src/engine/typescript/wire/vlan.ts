/** VLAN tags, customer and service: 16 bits of which 12 are the VLAN's id, then an Ethertype. IEEE 802.1Q §9. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";

const CONTROL = 0;
const TYPE = 2;
export const VLAN_SIZE = 4;

/** Notes the tag; gives the Ethertype behind it, or -1. */
export function vlanType(packet: Packet, at: number): number {
  if (!packet.has(at, VLAN_SIZE)) {
    packet.truncated(abi.LAYER_VLAN);
    return -1;
  }
  if (!packet.contexts.addVlan(packet.u16At(at + CONTROL) & 0xfff)) {
    packet.malformed(abi.LAYER_VLAN);
    return -1;
  }
  return packet.u16At(at + TYPE);
}
