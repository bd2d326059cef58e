/** Ethernet II, and IEEE 802.3 frames with a length in place of the type. IEEE 802.3 §3.2. */
import * as abi from "../../abi.js";
import { ethertype } from "./ethertype.js";
import type { Packet } from "./packet.js";

const TYPE = 12;
const SIZE = 14;

export function ethernet(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return packet.truncated(abi.LAYER_LINK);
  ethertype(packet, at + SIZE, packet.u16At(at + TYPE));
}
