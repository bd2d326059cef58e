/**
 * What all transports with ports begin with: source and target. UDP-Lite (RFC 3828 §3.1) and DCCP
 * (RFC 4340 §5.1) are read no further: all of it is payload.
 */
import * as abi from "../../abi.js";
import { describe } from "./descriptor.js";
import type { Packet } from "./packet.js";

export const SOURCE_PORT = 0;
export const TARGET_PORT = 2;
const SIZE = 4;

export function portsOnly(packet: Packet, protocol: number, at: number): void {
  if (hasPorts(packet, at)) describePorts(packet, protocol, at, packet.wireEnd - at);
}

/** Without ports there is no flow. */
export function hasPorts(packet: Packet, at: number): boolean {
  if (packet.has(at, SIZE)) return true;
  if (packet.wireHas(at, SIZE)) packet.truncated(abi.LAYER_TRANSPORT);
  else packet.malformed(abi.LAYER_TRANSPORT);
  return false;
}

/** A descriptor with ports, of a header that has `needed` bytes and is not all there. */
export function describeCutHeader(
  packet: Packet,
  protocol: number,
  at: number,
  needed: number,
): void {
  packet.flags |= packet.wireHas(at, needed) ? abi.D_FLAG_SNAPPED : abi.D_FLAG_MALFORMED;
  describePorts(packet, protocol, at, 0);
}

function describePorts(packet: Packet, protocol: number, at: number, length: number): void {
  const source = packet.u16At(at + SOURCE_PORT);
  const target = packet.u16At(at + TARGET_PORT);
  describe(packet, protocol, source, target, 0, 0, at, length);
}
