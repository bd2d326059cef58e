/** TZSP: frames as a sensor heard them, behind tagged fields. web.archive.org "TaZmen Sniffer Protocol". */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { isEthernet } from "./plausible.js";
import { tunnel, TYPE_ETHERNET, TYPE_WLAN } from "./tunnel.js";

const VERSION = 0;
/** 0: a frame received, 1: one to transmit. */
const MESSAGE = 1;
const ENCAPSULATES = 2;
const SIZE = 4;
const ETHERNET = 1;
const WLAN = 18;
const TAG_PADDING = 0;
const TAG_END = 1;
const TAGS_MAX = 32;

export function tzsp(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return;
  if (packet.u8[at + VERSION] !== 1 || packet.u8[at + MESSAGE]! > 1) return;
  const encapsulates = packet.u16At(at + ENCAPSULATES);
  const frame = behindTags(packet, at + SIZE);
  if (frame < 0) return;
  if (encapsulates === WLAN) tunnel(packet, abi.TUNNEL_TZSP, 0, TYPE_WLAN, frame);
  if (encapsulates !== ETHERNET || !isEthernet(packet, frame)) return;
  tunnel(packet, abi.TUNNEL_TZSP, 0, TYPE_ETHERNET, frame);
}

/** -1 where the last tag is missing. */
function behindTags(packet: Packet, begin: number): number {
  let at = begin;
  for (let tags = 0; tags < TAGS_MAX && packet.has(at, 1); tags++) {
    const tag = packet.u8[at]!;
    if (tag === TAG_END) return at + 1;
    if (tag === TAG_PADDING) at += 1;
    else if (packet.has(at, 2) && packet.has(at, 2 + packet.u8[at + 1]!)) {
      at += 2 + packet.u8[at + 1]!;
    } else return -1;
  }
  return -1;
}
