/**
 * What all transports with ports begin with: source and target. UDP-Lite (RFC 3828 §3.1) and DCCP
 * (RFC 4340 §5.1) are read no further: all of it is payload.
 */
import * as abi from "../abi";
import { describe } from "./descriptor";
import { available, be16, Packet } from "./packet";
import { malformed, truncated } from "./unhandled";

export const SOURCE_PORT: usize = 0;
export const TARGET_PORT: usize = 2;
const SIZE: u32 = 4;

export function portsOnly(protocol: u32, at: usize): void {
  if (!hasPorts(at)) return;
  const length = <u32>(Packet.wireEnd - at);
  describe(protocol, be16(at + SOURCE_PORT), be16(at + TARGET_PORT), 0, 0, at, length);
}

/** Without ports there is no flow. */
export function hasPorts(at: usize): bool {
  if (<u32>(Packet.wireEnd - at) < SIZE) {
    malformed(abi.LAYER_TRANSPORT);
    return false;
  }
  if (available(at) < SIZE) {
    truncated(abi.LAYER_TRANSPORT);
    return false;
  }
  return true;
}

/** A descriptor with ports, of a header that has `needed` bytes and is not all there. */
export function describeCutHeader(protocol: u32, at: usize, needed: u32): void {
  const wasSent = <u32>(Packet.wireEnd - at) >= needed;
  Packet.flags |= wasSent ? abi.D_FLAG_SNAPPED : abi.D_FLAG_MALFORMED;
  describe(protocol, be16(at + SOURCE_PORT), be16(at + TARGET_PORT), 0, 0, at, 0);
}
