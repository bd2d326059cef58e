/** EtherIP: version 3, twelve bits of 0, an Ethernet frame. RFC 3378 §4. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { tunnel, TYPE_ETHERNET } from "./tunnel.js";

const HEADER = 0x3000;
const SIZE = 2;

export function etherip(packet: Packet, at: number): void {
  if (!packet.hasTunnelHeader(at, SIZE)) return;
  if (packet.u16At(at) !== HEADER) return packet.malformed(abi.LAYER_TUNNEL);
  tunnel(packet, abi.TUNNEL_ETHERIP, 0, TYPE_ETHERNET, at + SIZE);
}
