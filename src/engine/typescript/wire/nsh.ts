/** NSH: a service function chain's header, which belongs to the flow that it is put before. RFC 8300 §2. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { carry, TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6, TYPE_MPLS } from "./tunnel.js";

const START = 0;
const VERSION = 0xc000;
/** In words. */
const LENGTH = 0x3f;
const METADATA = 2;
const NEXT = 3;
const SIZE = 8;
/** Metadata type 1 has four words. */
const FIXED_SIZE = 24;
/** By next protocol. */
const types = [-1, TYPE_IPV4, TYPE_IPV6, TYPE_ETHERNET, -1, TYPE_MPLS];

export function nsh(packet: Packet, at: number): void {
  if (!packet.hasTunnelHeader(at, SIZE)) return;
  const start = packet.u16At(at + START);
  const size = (start & LENGTH) * 4;
  const isFixed = (packet.u8[at + METADATA]! & 15) === 1;
  if ((start & VERSION) !== 0 || size < SIZE || (isFixed && size !== FIXED_SIZE)) {
    return packet.malformed(abi.LAYER_TUNNEL);
  }
  if (!packet.hasTunnelHeader(at, size)) return;
  const type = types[packet.u8[at + NEXT]!] ?? -1;
  if (type < 0) packet.malformed(abi.LAYER_TUNNEL);
  else carry(packet, type, at + size);
}
