/** Geneve. RFC 8926 §3.4 and §3.5. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { plausibleType } from "./plausible.js";
import { tunnel } from "./tunnel.js";

/** Version, length of the options in words, control packet, critical options, what must be 0. */
const START = 0;
const OPTIONS = 0x3f00;
const CRITICAL = 0x0040;
const TYPE = 2;
const VNI = 4;
const RESERVED = 7;
const SIZE = 8;
/** An option: class, type, length in words without its first. */
const OPTION_LENGTH = 3;
const OPTION_SIZE = 4;

export function geneve(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return;
  const start = packet.u16At(at + START);
  if ((start & ~(OPTIONS | CRITICAL)) !== 0 || packet.u8[at + RESERVED] !== 0) return;
  const inner = at + SIZE + ((start & OPTIONS) >>> 8) * 4;
  if (packet.end < inner || !areOptions(packet.u8, at + SIZE, inner)) return;
  const type = plausibleType(packet, packet.u16At(at + TYPE), inner);
  if (type >= 0) tunnel(packet, abi.TUNNEL_GENEVE, packet.u32At(at + VNI) >>> 8, type, inner);
}

/** Options fill their room exactly. */
function areOptions(u8: Uint8Array, begin: number, end: number): boolean {
  let at = begin;
  while (at < end) at += OPTION_SIZE + (u8[at + OPTION_LENGTH]! & 31) * 4;
  return at === end;
}
