/**
 * Is this a packet of the IP protocol that is said, whole and of exactly this length? Asked where random
 * bytes are the other explanation: whatever the header has of lengths, checksums and fixed bits is demanded.
 */
import * as abi from "../abi";
import { isChecksum, isTransportChecksum } from "./checksum";
import { be16, be32, Packet } from "./packet";
import { isIpv4 } from "./plausible";
import { TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6 } from "./tunnel";

const ICMP: u32 = 1;
const GRE: u32 = 47;
const ICMPV6: u32 = 58;
const OSPF: u32 = 89;

const IPV6_SIZE: u32 = 40;
const TCP_SIZE: u32 = 20;
const UDP_SIZE: u32 = 8;
const ICMP_SIZE: u32 = 8;
const GRE_SIZE: u32 = 4;
const OSPF_SIZE: u32 = 16;

/** All `length` bytes are there. */
export function isWhole(protocol: u32, at: usize, length: u32): bool {
  switch (protocol) {
    case abi.IP_IPV4:
      return isIpv4(at) && be16(at + 2) == length && isChecksum(at, (load<u8>(at) & 15) << 2);
    case abi.IP_IPV6:
      return isWholeIpv6(at, length);
    case abi.IP_TCP:
      return isTcp(at, length) && isTransportChecksum(protocol, at, length);
    case abi.IP_UDP:
      return isUdp(at, length);
    case ICMP:
      return Packet.network == abi.NETWORK_IPV4 && isIcmp(at, length) && isChecksum(at, length);
    case ICMPV6:
      if (Packet.network != abi.NETWORK_IPV6 || !isIcmpv6(at, length)) return false;
      return isTransportChecksum(protocol, at, length);
    case GRE:
      return isGre(at, length);
    case OSPF:
      return isOspf(at, length);
    default:
      return false;
  }
}

function isWholeIpv6(at: usize, length: u32): bool {
  if (length < IPV6_SIZE || load<u8>(at) >> 4 != 6) return false;
  if (IPV6_SIZE + be16(at + 4) != length) return false;
  switch (load<u8>(at + 6)) {
    case 0: // IANA Protocol Numbers: hop by hop, IPv4, TCP, UDP, IPv6, routing, fragment,
    case 4: // GRE, ESP, AH, ICMPv6, none, destination, OSPF, PIM, SCTP
    case 6:
    case 17:
    case 41:
    case 43:
    case 44:
    case 47:
    case 50:
    case 51:
    case 58:
    case 59:
    case 60:
    case 89:
    case 103:
    case 132:
      return true;
    default:
      return false;
  }
}

/** RFC 9293 §3.1: three reserved bits, and flags that can stand together. */
function isTcp(at: usize, length: u32): bool {
  if (length < TCP_SIZE) return false;
  const traits = be16(at + 12);
  const size = (traits >> 12) << 2;
  const control = traits & (abi.TCP_SYN | abi.TCP_RST | abi.TCP_FIN);
  const isOne = (control & (control - 1)) == 0;
  const isAnswer = (traits & abi.TCP_ACK) != 0 || control == abi.TCP_SYN || control == abi.TCP_RST;
  return size >= TCP_SIZE && size <= length && (traits & 0x0e00) == 0 && isOne && isAnswer;
}

/** RFC 768: without a checksum only in IPv4. */
function isUdp(at: usize, length: u32): bool {
  if (length < UDP_SIZE || be16(at + 4) != length) return false;
  if (be16(at + 6) == 0) return Packet.network == abi.NETWORK_IPV4;
  return isTransportChecksum(abi.IP_UDP, at, length);
}

/** RFC 792: echo and its answer, unreachable, redirect, time exceeded, parameter problem. */
function isIcmp(at: usize, length: u32): bool {
  if (length < ICMP_SIZE) return false;
  const type = <u32>load<u8>(at);
  const code = <u32>load<u8>(at + 1);
  if (type == 0 || type == 8) return code == 0;
  return code <= 15 && (type == 3 || type == 5 || type == 11 || type == 12);
}

/** RFC 4443 §2.1, RFC 4861 §4, RFC 3810 §5: errors, echo, listeners, neighbours. */
function isIcmpv6(at: usize, length: u32): bool {
  if (length < ICMP_SIZE) return false;
  const type = <u32>load<u8>(at);
  const code = <u32>load<u8>(at + 1);
  if (type >= 1 && type <= 4) return code <= 7;
  return code == 0 && ((type >= 128 && type <= 137) || type == 143);
}

/** RFC 2784 §2, RFC 2890 §2: no bit but those of checksum, key and sequence number. */
function isGre(at: usize, length: u32): bool {
  if (length < GRE_SIZE) return false;
  const start = be32(at);
  const type = <i32>(start & 0xffff);
  const isKnown = type == TYPE_IPV4 || type == TYPE_IPV6 || type == TYPE_ETHERNET;
  return ((start >> 16) & ~0xb000) == 0 && isKnown;
}

/** RFC 2328 §A.3.1, RFC 5340 §A.3.1: version, one of five types, length. */
function isOspf(at: usize, length: u32): bool {
  if (length < OSPF_SIZE || be16(at + 2) != length) return false;
  const type = <u32>load<u8>(at + 1);
  const version: u8 = Packet.network == abi.NETWORK_IPV6 ? 3 : 2;
  return load<u8>(at) == version && type >= 1 && type <= 5;
}
