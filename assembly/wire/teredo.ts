/** Teredo: IPv6, perhaps behind authentication and an origin indication. RFC 4380 §5.1.1. */
import * as abi from "../abi";
import { available, be16, be32 } from "./packet";
import { isIpv6 } from "./plausible";
import { tunnel, TYPE_IPV6 } from "./tunnel";

const ORIGIN: u32 = 0;
const ORIGIN_SIZE: u32 = 8;
const AUTHENTICATION: u32 = 1;
/** Lengths of the client's identifier and of the authentication value, one byte each. */
const IDENTIFIER_LENGTH: usize = 2;
const VALUE_LENGTH: usize = 3;
/** With a nonce of 8 bytes and a confirmation byte. */
const AUTHENTICATION_SIZE: u32 = 13;

const SOURCE: usize = 8;
const TARGET: usize = 24;
const PREFIX: u32 = 0x20010000;
const LINK_LOCAL: u32 = 0xfe800000;

export function teredo(at: usize): void {
  if (available(at) >= AUTHENTICATION_SIZE && be16(at) == AUTHENTICATION) {
    const size =
      AUTHENTICATION_SIZE + load<u8>(at + IDENTIFIER_LENGTH) + load<u8>(at + VALUE_LENGTH);
    if (available(at) < size) return;
    at += size;
  }
  if (available(at) >= ORIGIN_SIZE && be16(at) == ORIGIN) at += ORIGIN_SIZE;
  if (!isIpv6(at)) return;
  if (isTeredo(be32(at + SOURCE)) || isTeredo(be32(at + TARGET))) {
    tunnel(abi.TUNNEL_TEREDO, 0, TYPE_IPV6, at);
  }
}

/** A Teredo address, or a link-local one of the qualification procedure. */
function isTeredo(start: u32): bool {
  return start == PREFIX || start == LINK_LOCAL;
}
