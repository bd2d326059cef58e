/**
 * MPLS label stack; what is below it is known by its first nibble only. RFC 3032 §2.1, RFC 4928 §3.
 * A pseudowire's Ethernet frame stands behind a control word of zeros and a number, or none. RFC 4448 §4.6.
 */
import * as abi from "../abi";
import { ipv4 } from "./ipv4";
import { ipv6 } from "./ipv6";
import { available, be16 } from "./packet";
import { isEthernet } from "./plausible";
import { carry, TYPE_ETHERNET } from "./tunnel";
import { malformed, truncated, unhandled } from "./unhandled";

const BOTTOM: usize = 2;
const LABEL_SIZE: u32 = 4;
const LABELS_MAX = 16;

export function mpls(at: usize): void {
  for (let labels = 0; labels < LABELS_MAX; labels++) {
    if (available(at) < LABEL_SIZE) return truncated(abi.LAYER_MPLS);
    const isBottom = load<u8>(at + BOTTOM) & 1;
    at += LABEL_SIZE;
    if (isBottom) return carried(at);
  }
  malformed(abi.LAYER_MPLS);
}

function carried(at: usize): void {
  if (available(at) < 1) return truncated(abi.LAYER_MPLS);
  const nibble = load<u8>(at) >> 4;
  if (nibble == 4) ipv4(at);
  else if (nibble == 6) ipv6(at);
  else if (hasControlWord(at) && isEthernet(at + LABEL_SIZE)) carry(TYPE_ETHERNET, at + LABEL_SIZE);
  else if (isEthernet(at)) carry(TYPE_ETHERNET, at);
  else unhandled(abi.UNHANDLED_MPLS, nibble);
}

function hasControlWord(at: usize): bool {
  return available(at) >= LABEL_SIZE && be16(at) == 0;
}
