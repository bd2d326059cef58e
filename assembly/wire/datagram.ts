/**
 * Datagrams that carry another packet. A port is only a hint: a header must be right in every bit,
 * and what it carries must look like it; otherwise the datagram is a flow and no more.
 */
import * as abi from "../abi";
import { capwap } from "./capwap";
import { esp } from "./esp";
import { geneve } from "./geneve";
import { gtp } from "./gtp";
import { l2tp } from "./l2tp";
import { endAfter, Packet } from "./packet";
import { teredo } from "./teredo";
import { tzsp } from "./tzsp";
import { vxlan, vxlanAnywhere, vxlanGpe } from "./vxlan";

const L2TP: u32 = 1701;
const GTP: u32 = 2152;
const TEREDO: u32 = 3544;
/** RFC 3948: ESP, or IKE behind four zeros. */
const IPSEC: u32 = 4500;
const VXLAN: u32 = 4789;
const VXLAN_GPE: u32 = 4790;
const CAPWAP: u32 = 5247;
const GENEVE: u32 = 6081;
/** Linux's, from before there was a registered one. */
const VXLAN_LINUX: u32 = 8472;
const TZSP: u32 = 37008;

/** The ports modulo 64: most others are told by one bit. */
const PORTS: u64 =
  ((<u64>1) << (1701 & 63)) |
  ((<u64>1) << (2152 & 63)) |
  ((<u64>1) << (3544 & 63)) |
  ((<u64>1) << (4500 & 63)) |
  ((<u64>1) << (4789 & 63)) |
  ((<u64>1) << (4790 & 63)) |
  ((<u64>1) << (5247 & 63)) |
  ((<u64>1) << (6081 & 63)) |
  ((<u64>1) << (8472 & 63)) |
  ((<u64>1) << (37008 & 63));

/** VXLAN's first four bytes, as a little-endian load has them. */
const VXLAN_START: u32 = 0x08;

/** False where a look into the datagram is not worth it. Loads four bytes, whatever they are. */
export function mayCarry(source: u32, target: u32, at: usize): bool {
  const isPort = <bool>(((PORTS >> source) | (PORTS >> target)) & 1);
  return isPort || load<u32>(at) == VXLAN_START;
}

export function datagram(source: u32, target: u32, at: usize, length: u32): void {
  // What a first fragment carries is not whole.
  if (Packet.flags & abi.D_FLAG_FRAGMENT) return;
  const port = isTunnel(target) ? target : source;
  endAfter(at, length);
  switch (port) {
    case VXLAN:
    case VXLAN_LINUX:
      return vxlan(at);
    case VXLAN_GPE:
      return vxlanGpe(at);
    case GENEVE:
      return geneve(at);
    case IPSEC:
      return esp(at);
    case GTP:
      return gtp(at);
    case L2TP:
      return l2tp(at);
    case TEREDO:
      return teredo(at);
    case TZSP:
      return tzsp(at);
    case CAPWAP:
      return capwap(at);
    default:
      vxlanAnywhere(at);
  }
}

function isTunnel(port: u32): bool {
  switch (port) {
    case L2TP:
    case GTP:
    case TEREDO:
    case IPSEC:
    case VXLAN:
    case VXLAN_GPE:
    case CAPWAP:
    case GENEVE:
    case VXLAN_LINUX:
    case TZSP:
      return true;
    default:
      return false;
  }
}
