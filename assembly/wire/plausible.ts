/**
 * Does this look like a header? Asked where nothing but a port or a guess says so: all that a header
 * must have is demanded, and that it was captured. What it says it holds must have been on the wire.
 */
import { available, be16, be32, Packet } from "./packet";
import { TYPE_IPV4, TYPE_IPV6 } from "./tunnel";

const IPV4_SIZE: u32 = 20;
const IPV6_SIZE: u32 = 40;
const ETHERNET_SIZE: u32 = 14;
const ETHERNET_TYPE: usize = 12;
const VLAN_SIZE: u32 = 4;
const VLANS_MAX = 2;
const LENGTH_MAX: u32 = 1500;

export function isIpv4(at: usize): bool {
  if (available(at) < IPV4_SIZE) return false;
  const first = <u32>load<u8>(at);
  const size = (first & 15) << 2;
  const total = be16(at + 2);
  return first >> 4 == 4 && size >= IPV4_SIZE && total >= size && total <= onWire(at);
}

export function isIpv6(at: usize): bool {
  if (available(at) < IPV6_SIZE || load<u8>(at) >> 4 != 6) return false;
  return IPV6_SIZE + be16(at + 4) <= onWire(at);
}

/** An Ethernet frame, perhaps with VLAN tags, that carries what we know. */
export function isEthernet(at: usize): bool {
  if (available(at) < ETHERNET_SIZE) return false;
  let type = be16(at + ETHERNET_TYPE);
  at += ETHERNET_SIZE;
  for (let tags = 0; tags < VLANS_MAX && (type == 0x8100 || type == 0x88a8); tags++) {
    if (available(at) < VLAN_SIZE) return false;
    type = be16(at + 2);
    at += VLAN_SIZE;
  }
  switch (type) {
    case TYPE_IPV4:
      return isIpv4(at);
    case TYPE_IPV6:
      return isIpv6(at);
    case 0x0806: // ARP for IPv4 over Ethernet
      return available(at) >= 6 && be32(at) == 0x00010800 && be16(at + 4) == 0x0604;
    case 0x8864: // PPPoE
      return available(at) >= 2 && be16(at) == 0x1100;
    default: // IEEE 802.3 with SNAP
      if (type > LENGTH_MAX || type > onWire(at) || available(at) < 3) return false;
      return be16(at) == 0xaaaa && load<u8>(at + 2) == 3;
  }
}

/** IP in PPP, with or without address and control bytes. */
export function isPpp(at: usize): bool {
  if (available(at) >= 2 && be16(at) == 0xff03) at += 2;
  if (available(at) < 2) return false;
  const isCompressed = load<u8>(at) & 1;
  const protocol = isCompressed ? <u32>load<u8>(at) : be16(at);
  at += isCompressed ? 1 : 2;
  return protocol == 0x0021 ? isIpv4(at) : protocol == 0x0057 && isIpv6(at);
}

function onWire(at: usize): u32 {
  return <u32>(Packet.wireEnd - at);
}
