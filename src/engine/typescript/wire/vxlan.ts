/** VXLAN (RFC 7348 §5) with group policy (draft-smith-vxlan-group-policy), and VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe §3). */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { isEthernet, plausibleType } from "./plausible.js";
import { tunnel, TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6, TYPE_MPLS, TYPE_NSH } from "./tunnel.js";

const FLAGS = 0;
const VNI = 4;
const RESERVED = 7;
const SIZE = 8;
const HAS_VNI = 0x08;
/** The last bits: don't learn, policy applied. Then comes the group. */
const HAS_POLICY = 0x80;
const POLICY_BITS = 0x48;

// GPE. Refused: what must be 0, versions, OAM.
const GPE_REFUSED = 0xf1;
const GPE_HAS_NEXT = 0x04;
const GPE_NEXT = 3;
const GPE_ETHERNET = 3;
const GPE_NSH = 4;
const GPE_MPLS = 5;
const types = [-1, TYPE_IPV4, TYPE_IPV6, TYPE_ETHERNET];

export function vxlan(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return;
  const { u8 } = packet;
  const hasPolicy = (u8[at + FLAGS]! & HAS_POLICY) !== 0;
  const isRight = hasPolicy
    ? u8[at + FLAGS] === (HAS_VNI | HAS_POLICY) && (u8[at + 1]! & ~POLICY_BITS) === 0
    : packet.u32At(at) === HAS_VNI * 2 ** 24;
  if (isRight) frame(packet, at);
}

/** On a port that says nothing: no policy. */
export function vxlanAnywhere(packet: Packet, at: number): void {
  if (packet.has(at, SIZE) && packet.u32At(at) === HAS_VNI * 2 ** 24) frame(packet, at);
}

function frame(packet: Packet, at: number): void {
  if (packet.u8[at + RESERVED] !== 0 || !isEthernet(packet, at + SIZE)) return;
  tunnel(packet, abi.TUNNEL_VXLAN, packet.u32At(at + VNI) >>> 8, TYPE_ETHERNET, at + SIZE);
}

export function vxlanGpe(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return;
  const { u8 } = packet;
  const flags = u8[at + FLAGS]!;
  const isRight = (flags & GPE_REFUSED) === 0 && (flags & HAS_VNI) !== 0;
  if (!isRight || packet.u16At(at + 1) !== 0 || u8[at + RESERVED] !== 0) return;
  const hasNext = (flags & GPE_HAS_NEXT) !== 0;
  if (!hasNext && u8[at + GPE_NEXT] !== 0) return;
  const type = nextType(packet, hasNext ? u8[at + GPE_NEXT]! : GPE_ETHERNET, at + SIZE);
  if (type < 0) return;
  tunnel(packet, abi.TUNNEL_VXLAN_GPE, packet.u32At(at + VNI) >>> 8, type, at + SIZE);
}

/** -1 where what is carried is not what the next protocol says. */
function nextType(packet: Packet, next: number, at: number): number {
  if (next === GPE_MPLS) return packet.has(at, 4) ? TYPE_MPLS : -1;
  if (next !== GPE_NSH) return plausibleType(packet, types[next] ?? -1, at);
  if (!packet.has(at, 2)) return -1;
  // Version 0, at least two words.
  const start = packet.u16At(at);
  return (start & 0xc000) === 0 && (start & 0x3f) >= 2 ? TYPE_NSH : -1;
}
