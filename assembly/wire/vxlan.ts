/** VXLAN (RFC 7348 §5) with group policy (draft-smith-vxlan-group-policy), and VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe §3). */
import * as abi from "../abi";
import { available, be16, be32 } from "./packet";
import { isEthernet, isIpv4, isIpv6 } from "./plausible";
import { tunnel, TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6, TYPE_MPLS, TYPE_NSH } from "./tunnel";

const VNI: usize = 4;
const RESERVED: usize = 7;
const SIZE: u32 = 8;
const VNI_FLAG: u32 = 0x08000000;
/** Group policy present, don't learn, policy applied, the group. */
const GROUP_POLICY: u32 = 0x80000000;
const GROUP_POLICY_BITS: u32 = 0x8048ffff;

// GPE. Refused: what must be 0, versions, OAM.
const GPE_REFUSED: u32 = 0xf1ffff00;
const GPE_NEXT: u32 = 0x04000000;

export function vxlan(at: usize): void {
  if (available(at) < SIZE) return;
  const flags = be32(at);
  const known = flags & GROUP_POLICY ? VNI_FLAG | GROUP_POLICY_BITS : VNI_FLAG;
  if ((flags & ~known) == 0) frame(at, flags);
}

/** On a port that says nothing: no policy. */
export function vxlanAnywhere(at: usize): void {
  if (available(at) >= SIZE && be32(at) == VNI_FLAG) frame(at, VNI_FLAG);
}

function frame(at: usize, flags: u32): void {
  if (!(flags & VNI_FLAG) || load<u8>(at + RESERVED) != 0 || !isEthernet(at + SIZE)) return;
  tunnel(abi.TUNNEL_VXLAN, be32(at + VNI) >> 8, TYPE_ETHERNET, at + SIZE);
}

export function vxlanGpe(at: usize): void {
  if (available(at) < SIZE) return;
  const flags = be32(at);
  const isWrong = (flags & GPE_REFUSED) != 0 || !(flags & VNI_FLAG);
  if (isWrong || load<u8>(at + RESERVED) != 0) return;
  const type = nextType(flags, at + SIZE);
  if (type >= 0) tunnel(abi.TUNNEL_VXLAN_GPE, be32(at + VNI) >> 8, type, at + SIZE);
}

/** -1 where what is carried is not what the next protocol says. */
function nextType(flags: u32, at: usize): i32 {
  const next = flags & GPE_NEXT ? flags & 0xff : 3;
  if (!(flags & GPE_NEXT) && (flags & 0xff) != 0) return -1;
  switch (next) {
    case 1:
      return isIpv4(at) ? TYPE_IPV4 : -1;
    case 2:
      return isIpv6(at) ? TYPE_IPV6 : -1;
    case 3:
      return isEthernet(at) ? TYPE_ETHERNET : -1;
    case 4: // version 0, at least two words
      return available(at) >= 2 && (be16(at) & 0xc000) == 0 && (be16(at) & 0x3f) >= 2
        ? TYPE_NSH
        : -1;
    case 5:
      return available(at) >= 4 ? TYPE_MPLS : -1;
    default:
      return -1;
  }
}
