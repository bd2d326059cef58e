/**
 * Is this a packet of the IP protocol that is said, whole and of exactly this length? Asked where random
 * bytes are the other explanation: whatever the header has of lengths, checksums and fixed bits is demanded.
 */
import * as abi from "../../abi.js";
import { isChecksum, isTransportChecksum } from "./checksum.js";
import type { Packet } from "./packet.js";
import { isIpv4 } from "./plausible.js";
import { TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6 } from "./tunnel.js";

const ICMP = 1;
const GRE = 47;
const ICMPV6 = 58;
const OSPF = 89;

const IPV6_SIZE = 40;
const TCP_SIZE = 20;
const UDP_SIZE = 8;
const ICMP_SIZE = 8;
const GRE_SIZE = 4;
const OSPF_SIZE = 16;

/**
 * IANA Protocol Numbers, in IPv6: hop by hop, IPv4, TCP, UDP, IPv6, routing, fragment, GRE, ESP, AH, ICMPv6,
 * none, destination, OSPF, PIM, SCTP.
 */
const inIpv6 = new Set([0, 4, 6, 17, 41, 43, 44, 47, 50, 51, 58, 59, 60, 89, 103, 132]);

/** All `length` bytes are there. */
export function isWhole(packet: Packet, protocol: number, at: number, length: number): boolean {
  const isV6 = packet.network === abi.NETWORK_IPV6;
  switch (protocol) {
    case abi.IP_IPV4:
      if (!isIpv4(packet, at) || packet.u16At(at + 2) !== length) return false;
      return isChecksum(packet, at, (packet.u8[at]! & 15) * 4);
    case abi.IP_IPV6:
      return isWholeIpv6(packet, at, length);
    case abi.IP_TCP:
      return isTcp(packet, at, length) && isTransportChecksum(packet, protocol, at, length);
    case abi.IP_UDP:
      return isUdp(packet, at, length);
    case ICMP:
      return !isV6 && isIcmp(packet, at, length) && isChecksum(packet, at, length);
    case ICMPV6:
      if (!isV6 || !isIcmpv6(packet, at, length)) return false;
      return isTransportChecksum(packet, protocol, at, length);
    case GRE:
      return isGre(packet, at, length);
    case OSPF:
      return isOspf(packet, at, length);
    default:
      return false;
  }
}

function isWholeIpv6(packet: Packet, at: number, length: number): boolean {
  if (length < IPV6_SIZE || packet.u8[at]! >>> 4 !== 6) return false;
  return IPV6_SIZE + packet.u16At(at + 4) === length && inIpv6.has(packet.u8[at + 6]!);
}

/** RFC 9293 §3.1: three reserved bits, and flags that can stand together. */
function isTcp(packet: Packet, at: number, length: number): boolean {
  if (length < TCP_SIZE) return false;
  const traits = packet.u16At(at + 12);
  const size = (traits >>> 12) * 4;
  const control = traits & (abi.TCP_SYN | abi.TCP_RST | abi.TCP_FIN);
  const isOne = (control & (control - 1)) === 0;
  const opens = control === abi.TCP_SYN || control === abi.TCP_RST;
  const isAnswer = (traits & abi.TCP_ACK) !== 0 || opens;
  return size >= TCP_SIZE && size <= length && (traits & 0x0e00) === 0 && isOne && isAnswer;
}

/** RFC 768: without a checksum only in IPv4. */
function isUdp(packet: Packet, at: number, length: number): boolean {
  if (length < UDP_SIZE || packet.u16At(at + 4) !== length) return false;
  if (packet.u16At(at + 6) === 0) return packet.network === abi.NETWORK_IPV4;
  return isTransportChecksum(packet, abi.IP_UDP, at, length);
}

/** RFC 792: echo and its answer, unreachable, redirect, time exceeded, parameter problem. */
function isIcmp(packet: Packet, at: number, length: number): boolean {
  if (length < ICMP_SIZE) return false;
  const type = packet.u8[at]!;
  const code = packet.u8[at + 1]!;
  if (type === 0 || type === 8) return code === 0;
  return code <= 15 && (type === 3 || type === 5 || type === 11 || type === 12);
}

/** RFC 4443 §2.1, RFC 4861 §4, RFC 3810 §5: errors, echo, listeners, neighbours. */
function isIcmpv6(packet: Packet, at: number, length: number): boolean {
  if (length < ICMP_SIZE) return false;
  const type = packet.u8[at]!;
  const code = packet.u8[at + 1]!;
  if (type >= 1 && type <= 4) return code <= 7;
  return code === 0 && ((type >= 128 && type <= 137) || type === 143);
}

/** RFC 2784 §2, RFC 2890 §2: no bit but those of checksum, key and sequence number. */
function isGre(packet: Packet, at: number, length: number): boolean {
  if (length < GRE_SIZE || (packet.u16At(at) & ~0xb000) !== 0) return false;
  const type = packet.u16At(at + 2);
  return type === TYPE_IPV4 || type === TYPE_IPV6 || type === TYPE_ETHERNET;
}

/** RFC 2328 §A.3.1, RFC 5340 §A.3.1: version, one of five types, length. */
function isOspf(packet: Packet, at: number, length: number): boolean {
  if (length < OSPF_SIZE || packet.u16At(at + 2) !== length) return false;
  const type = packet.u8[at + 1]!;
  const version = packet.network === abi.NETWORK_IPV6 ? 3 : 2;
  return packet.u8[at] === version && type >= 1 && type <= 5;
}
