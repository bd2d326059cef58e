/** VLAN tags, customer and service: 16 bits of which 12 are the VLAN's id, then an Ethertype. IEEE 802.1Q §9. */
import * as abi from "../abi";
import { available, be16, Packet } from "./packet";
import { malformed, truncated } from "./unhandled";

const CONTROL: usize = 0;
const TYPE: usize = 2;
export const VLAN_SIZE: u32 = 4;

/** Notes the tag; gives the Ethertype behind it, or -1. */
export function vlanType(at: usize): i32 {
  if (available(at) < VLAN_SIZE) {
    truncated(abi.LAYER_VLAN);
    return -1;
  }
  if (Packet.vlanCount == abi.VLANS_MAX) {
    malformed(abi.LAYER_VLAN);
    return -1;
  }
  const id = <u64>(be16(at + CONTROL) & 0xfff);
  const shift = <u64>((Packet.vlanCount & 3) << 4);
  if (Packet.vlanCount < 4) Packet.vlansLow |= id << shift;
  else Packet.vlansHigh |= id << shift;
  Packet.vlanCount++;
  return be16(at + TYPE);
}
