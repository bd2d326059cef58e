/**
 * ESP without encryption (RFC 2410): nothing says so, it is seen. RFC 4303 §2 for the form, RFC 5879 for the
 * idea. Padding, next header and what that names must all be right, to the last byte in front of
 * the integrity check value; so all must have been captured. Of random payloads one in 10^10 is (`bench/esp.ts`).
 * Traffic flow confidentiality padding (§2.7) and transports that a translator changed are not seen.
 */
import * as abi from "../../abi.js";
import { isWhole } from "./cleartext.js";
import type { Packet } from "./packet.js";
import { tunnel, TYPE_IPV4, TYPE_IPV6, TYPE_TRANSPORT } from "./tunnel.js";

/** SPI and sequence number. */
const SIZE = 8;
/** Padding length and next header. */
const TRAILER = 2;
const ALIGNMENT = 4;
/** SPIs up to here are reserved (RFC 4303 §2.1); 0 is the marker of IKE in UDP. */
const SPI_RESERVED = 255;
/** Sizes of initialization vector and check value: HMACs (RFC 2404, RFC 4868 §2.3), GMAC (RFC 4543 §3.1). */
const forms = [
  [0, 12],
  [0, 16],
  [0, 24],
  [0, 32],
  [8, 16],
] as const;

/** From the SPI on. The flow that carries it was described last. */
export function esp(packet: Packet, at: number): void {
  const { end, wireEnd } = packet;
  if (end !== wireEnd || end - at <= SIZE || (end - at) % ALIGNMENT !== 0) return;
  if (packet.u32At(at) <= SPI_RESERVED) return;
  for (const [vector, check] of forms) {
    if (reveal(packet, at + SIZE + vector, end - check - TRAILER)) return;
  }
}

function reveal(packet: Packet, inner: number, trailer: number): boolean {
  if (trailer < inner) return false;
  const { u8 } = packet;
  const end = trailer - u8[trailer]!;
  if (end < inner) return false;
  for (let at = end; at < trailer; at++) if (u8[at] !== at - end + 1) return false;
  const protocol = u8[trailer + 1]!;
  if (!isWhole(packet, protocol, inner, end - inner)) return false;
  const descriptor = packet.descriptors + (packet.descriptorCount - 1) * abi.DESCRIPTOR_SIZE;
  u8[descriptor + abi.D_FLAGS]! |= abi.D_FLAG_CLEARTEXT;
  packet.endAfter(inner, end - inner);
  // SPIs differ between the directions.
  tunnel(packet, abi.TUNNEL_ESP_NULL, 0, typeOf(protocol), inner);
  return true;
}

function typeOf(protocol: number): number {
  if (protocol === abi.IP_IPV4) return TYPE_IPV4;
  return protocol === abi.IP_IPV6 ? TYPE_IPV6 : TYPE_TRANSPORT + protocol;
}
