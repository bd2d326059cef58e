/** LLC, and SNAP with an Ethertype (OUI 0). IEEE 802.2 §3.2, RFC 1042. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";

const SAPS = 0;
const CONTROL = 2;
const LLC_ONLY_SIZE = 3;
const OUI = 3;
const TYPE = 6;
/** With SNAP. */
export const LLC_SIZE = 8;

/** Gives the Ethertype of a SNAP header, or -1. */
export function snapType(packet: Packet, at: number): number {
  if (!packet.has(at, LLC_ONLY_SIZE)) {
    packet.truncated(abi.LAYER_LINK);
    return -1;
  }
  const { u8 } = packet;
  const saps = packet.u16At(at + SAPS);
  const isSnap = saps === 0xaaaa && u8[at + CONTROL] === 3;
  if (isSnap && !packet.has(at, LLC_SIZE)) {
    packet.truncated(abi.LAYER_LINK);
    return -1;
  }
  if (!isSnap || u8[at + OUI] !== 0 || packet.u16At(at + OUI + 1) !== 0) {
    packet.leave(abi.UNHANDLED_LLC, saps);
    return -1;
  }
  return packet.u16At(at + TYPE);
}
