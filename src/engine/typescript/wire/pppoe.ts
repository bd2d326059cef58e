/** PPPoE session frames. RFC 2516 §4. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { ppp } from "./ppp.js";

/** Version 1, type 1, code 0: session data. */
const START = 0;
const SESSION_DATA = 0x1100;
const LENGTH = 4;
const SIZE = 6;

export function pppoe(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return packet.truncated(abi.LAYER_PPPOE);
  if (packet.u16At(at + START) !== SESSION_DATA) return packet.malformed(abi.LAYER_PPPOE);
  packet.endAfter(at + SIZE, packet.u16At(at + LENGTH));
  ppp(packet, at + SIZE);
}
