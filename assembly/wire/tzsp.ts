/** TZSP: frames as a sensor heard them, behind tagged fields. web.archive.org "TaZmen Sniffer Protocol". */
import * as abi from "../abi";
import { available, be16 } from "./packet";
import { isEthernet } from "./plausible";
import { tunnel, TYPE_ETHERNET, TYPE_WLAN } from "./tunnel";

const VERSION: usize = 0;
/** 0: a frame received, 1: one to transmit. */
const MESSAGE: usize = 1;
const ENCAPSULATES: usize = 2;
const SIZE: u32 = 4;
const ETHERNET: u32 = 1;
const WLAN: u32 = 18;
const TAG_PADDING: u32 = 0;
const TAG_END: u32 = 1;
const TAGS_MAX = 32;

export function tzsp(at: usize): void {
  if (available(at) < SIZE || load<u8>(at + VERSION) != 1 || load<u8>(at + MESSAGE) > 1) return;
  const encapsulates = be16(at + ENCAPSULATES);
  at += SIZE;
  for (let tags = 0; tags < TAGS_MAX && available(at) >= 1; tags++) {
    const tag = <u32>load<u8>(at);
    at += 1;
    if (tag == TAG_END) return frame(encapsulates, at);
    if (tag == TAG_PADDING) continue;
    if (available(at) < 1 || available(at) < 1 + <u32>load<u8>(at)) return;
    at += 1 + <u32>load<u8>(at);
  }
}

function frame(encapsulates: u32, at: usize): void {
  if (encapsulates == ETHERNET && isEthernet(at)) tunnel(abi.TUNNEL_TZSP, 0, TYPE_ETHERNET, at);
  else if (encapsulates == WLAN) tunnel(abi.TUNNEL_TZSP, 0, TYPE_WLAN, at);
}
