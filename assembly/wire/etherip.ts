/** EtherIP: version 3, twelve bits of 0, an Ethernet frame. RFC 3378 §4. */
import * as abi from "../abi";
import { available, be16, Packet } from "./packet";
import { tunnel, TYPE_ETHERNET } from "./tunnel";
import { malformed, truncated } from "./unhandled";

const HEADER: u32 = 0x3000;
const SIZE: u32 = 2;

export function etherip(at: usize): void {
  if (available(at) < SIZE && <u32>(Packet.wireEnd - at) >= SIZE) {
    return truncated(abi.LAYER_TUNNEL);
  }
  if (available(at) < SIZE || be16(at) != HEADER) return malformed(abi.LAYER_TUNNEL);
  tunnel(abi.TUNNEL_ETHERIP, 0, TYPE_ETHERNET, at + SIZE);
}
