/**
 * The fast path: Ethernet II, at most one VLAN tag, IPv4 without options and not a fragment, TCP or
 * UDP whole, and no tunnel. Anything else is left to the files of the headers; both give the same descriptor where
 * both could.
 *
 * It looks at headers before it knows that they were captured: memory does not end there, and the
 * last question throws away what was not.
 */
import * as abi from "../../abi.js";
import { mayCarry } from "./datagram.js";
import type { Packet } from "./packet.js";
import { markTwice } from "./twice.js";

const ETHERNET_SIZE = 14;
const VLAN = 0x8100;
const IPV4 = 0x0800;
const VERSION_AND_SIZE = 0x45;
/** Offset, and more fragments. */
const FRAGMENT_MASK = 0x3fff;
const IPV4_SIZE = 20;
const IPV4_SOURCE = 12;
const TCP_SIZE = 20;
const UDP_SIZE = 8;

/** False where the frame is not so; nothing is written then. */
export function fastPath(packet: Packet): boolean {
  const { view, u8, u32, data } = packet;
  let network = data + ETHERNET_SIZE;
  let type = view.getUint16(network - 2);
  let vlan = -1;
  if (type === VLAN) {
    vlan = view.getUint16(network) & 0xfff;
    network += 4;
    type = view.getUint16(network - 2);
  }
  if (type !== IPV4 || u8[network] !== VERSION_AND_SIZE) return false;
  if ((view.getUint16(network + 6) & FRAGMENT_MASK) !== 0) return false;
  const total = view.getUint16(network + 2);
  const protocol = u8[network + 9]!;
  const transport = network + IPV4_SIZE;
  let header = UDP_SIZE;
  let tcpFlags = 0;
  let sequence = 0;
  if (protocol === abi.IP_TCP) {
    header = (u8[transport + 12]! >>> 4) * 4;
    if (header < TCP_SIZE) return false;
    tcpFlags = u8[transport + 13]!;
    sequence = view.getUint32(transport + 4) + ((tcpFlags & abi.TCP_SYN) >>> 1);
  } else if (protocol !== abi.IP_UDP || view.getUint16(transport + 4) !== total - IPV4_SIZE) {
    return false;
  }
  const length = total - IPV4_SIZE - header;
  const captured = data + packet.captured - transport - header;
  if (length < 0 || captured < 0 || network + total > data + packet.wire) return false;

  const source = view.getUint32(network + 12);
  const target = view.getUint32(network + 16);
  const ports = view.getUint32(transport);
  const isUdp = protocol === abi.IP_UDP;
  if (isUdp && mayCarry(packet, ports >>> 16, ports & 0xffff, transport + header)) return false;
  const reversed = source === target ? ports >>> 16 > (ports & 0xffff) : source > target;
  let flags = reversed ? abi.D_FLAG_REVERSED : 0;
  if (captured < length) flags |= abi.D_FLAG_SNAPPED;

  packet.contexts.open(packet.interfaceId);
  if (vlan >= 0) packet.contexts.addVlan(vlan);
  const row = (packet.descriptors + packet.descriptorCount * abi.DESCRIPTOR_SIZE) >>> 2;
  packet.descriptorCount++;
  u32[row] = swap(reversed ? target : source);
  u32[row + 1] = 0;
  u32[row + 2] = 0;
  u32[row + 3] = 0;
  u32[row + 4] = swap(reversed ? source : target);
  u32[row + 5] = 0;
  u32[row + 6] = 0;
  u32[row + 7] = 0;
  // Port A is the lower half.
  u32[row + 8] = reversed ? ports : (ports << 16) | (ports >>> 16);
  u32[row + 9] = protocol | (abi.NETWORK_IPV4 << 8) | (flags << 16) | (tcpFlags << 24);
  u32[row + 10] = packet.contexts.find();
  u32[row + 11] = transport + header;
  u32[row + 12] = captured < length ? captured : length;
  u32[row + 13] = length;
  u32[row + 14] = sequence;
  u32[row + 15] = packet.index;
  markTwice(packet, row * 4, network + IPV4_SOURCE, transport, captured + header, true);
  return true;
}

/** Big-endian to little-endian. */
function swap(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
