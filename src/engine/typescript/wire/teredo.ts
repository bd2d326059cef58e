/** Teredo: IPv6, perhaps behind authentication and an origin indication. RFC 4380 §5.1.1. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { isIpv6 } from "./plausible.js";
import { tunnel, TYPE_IPV6 } from "./tunnel.js";

const ORIGIN = 0;
const ORIGIN_SIZE = 8;
const AUTHENTICATION = 1;
/** Lengths of the client's identifier and of the authentication value, one byte each. */
const IDENTIFIER_LENGTH = 2;
const VALUE_LENGTH = 3;
/** With a nonce of 8 bytes and a confirmation byte. */
const AUTHENTICATION_SIZE = 13;

const SOURCE = 8;
const TARGET = 24;
/** Teredo addresses, and link-local ones of the qualification procedure. */
const prefixes = [0x20010000, 0xfe800000];

export function teredo(packet: Packet, begin: number): void {
  let at = begin;
  if (packet.has(at, AUTHENTICATION_SIZE) && packet.u16At(at) === AUTHENTICATION) {
    const variable = packet.u8[at + IDENTIFIER_LENGTH]! + packet.u8[at + VALUE_LENGTH]!;
    at += AUTHENTICATION_SIZE + variable;
  }
  if (packet.has(at, ORIGIN_SIZE) && packet.u16At(at) === ORIGIN) at += ORIGIN_SIZE;
  if (!isIpv6(packet, at)) return;
  const starts = [packet.u32At(at + SOURCE), packet.u32At(at + TARGET)];
  if (!starts.some((start) => prefixes.includes(start))) return;
  tunnel(packet, abi.TUNNEL_TEREDO, 0, TYPE_IPV6, at);
}
