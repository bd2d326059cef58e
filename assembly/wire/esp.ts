/**
 * ESP without encryption (RFC 2410): nothing says so, it is seen. RFC 4303 §2 for the form, RFC 5879 for the
 * idea. Padding, next header and what that names must all be right, to the last byte in front of
 * the integrity check value; so all must have been captured. Of random payloads one in 10^10 is (`bench/esp.ts`).
 * Traffic flow confidentiality padding (§2.7) and transports that a translator changed are not seen.
 */
import * as abi from "../abi";
import { descriptors } from "../memory";
import { isWhole } from "./cleartext";
import { available, be32, endAfter, Packet } from "./packet";
import { tunnel, TYPE_IPV4, TYPE_IPV6, TYPE_TRANSPORT } from "./tunnel";

/** SPI and sequence number. */
const SIZE: u32 = 8;
/** Padding length and next header. */
const TRAILER: u32 = 2;
const ALIGNMENT: u32 = 4;
/** SPIs up to here are reserved (RFC 4303 §2.1); 0 is the marker of IKE in UDP. */
const SPI_RESERVED: u32 = 255;
/** GMAC has an initialization vector (RFC 4543 §3.1) and this check value. */
const VECTOR: u32 = 8;
const GMAC: u32 = 16;

/** From the SPI on. The flow that carries it was described last. */
export function esp(at: usize): void {
  const length = available(at);
  const isCut = Packet.end != Packet.wireEnd;
  if (isCut || length <= SIZE || length % ALIGNMENT != 0 || be32(at) <= SPI_RESERVED) return;
  // HMACs of 96 (RFC 2404), 128, 192 and 256 bits (RFC 4868 §2.3).
  if (reveal(at, 0, 12) || reveal(at, 0, 16) || reveal(at, 0, 24) || reveal(at, 0, 32)) return;
  reveal(at, VECTOR, GMAC);
}

function reveal(at: usize, vector: u32, check: u32): bool {
  const header = SIZE + vector;
  const length = available(at);
  if (length < header + TRAILER + check) return false;
  const trailer = Packet.end - check - TRAILER;
  const inner = at + header;
  const padding = <u32>load<u8>(trailer);
  const protocol = <u32>load<u8>(trailer + 1);
  if (padding > <u32>(trailer - inner)) return false;
  const end = trailer - padding;
  for (let index: u32 = 0; index < padding; index++) {
    if (load<u8>(end + index) != index + 1) return false;
  }
  if (!isWhole(protocol, inner, <u32>(end - inner))) return false;
  const descriptor = descriptors + ((Packet.descriptorCount - 1) << 6);
  const flags = <u32>load<u8>(descriptor, abi.D_FLAGS);
  store<u8>(descriptor, <u8>(flags | abi.D_FLAG_CLEARTEXT), abi.D_FLAGS);
  endAfter(inner, <u32>(end - inner));
  // SPIs differ between the directions.
  if (protocol == abi.IP_IPV4) tunnel(abi.TUNNEL_ESP_NULL, 0, TYPE_IPV4, inner);
  else if (protocol == abi.IP_IPV6) tunnel(abi.TUNNEL_ESP_NULL, 0, TYPE_IPV6, inner);
  else tunnel(abi.TUNNEL_ESP_NULL, 0, TYPE_TRANSPORT | protocol, inner);
  return true;
}
