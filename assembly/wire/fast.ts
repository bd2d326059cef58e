/**
 * The fast path: Ethernet II, at most one VLAN tag, IPv4 without options and not a fragment, TCP or
 * UDP whole, and no tunnel. It reads the three headers where they then must be, asks once whether all holds, and
 * writes the descriptor; anything else is left to the files of the headers. Both give the same
 * descriptor where both could.
 *
 * Loads may reach behind a short frame, never 64 bytes behind the window; what they get is not used.
 */
import * as abi from "../abi";
import { descriptors } from "../memory";
import { simpleContext } from "./context";
import { mayCarry } from "./datagram";
import { Packet } from "./packet";
import { markTwice } from "./twice";

const ETHERNET_SIZE: u32 = 14;
const ETHERNET_TYPE: usize = 12;
const IPV4_SIZE: u32 = 20;
const IPV4_SOURCE: usize = 12;
const UDP_SIZE: u32 = 8;
const TCP_SIZE: u32 = 20;

// Numbers of the wire as a little-endian load has them.
const VLAN: u32 = 0x0081;
const IPV4: u32 = 0x0008;
const VERSION_AND_SIZE: u32 = 0x45;
const FRAGMENT_MASK: u32 = 0xff3f;

/** False where the frame is not so; nothing is written then. */
export function fastPath(): bool {
  const data = Packet.data;
  const tagged = <u32>(load<u16>(data, ETHERNET_TYPE) == VLAN);
  const network = data + ETHERNET_SIZE + (tagged << 2);
  const transport = network + IPV4_SIZE;

  const protocol = <u32>load<u8>(network, 9);
  const isTcp = protocol == abi.IP_TCP;
  const total = <u32>bswap(load<u16>(network, 2));
  const header = isTcp ? (<u32>load<u8>(transport, 12) >> 4) << 2 : UDP_SIZE;
  const udpLength = isTcp ? total - IPV4_SIZE : <u32>bswap(load<u16>(transport, 4));
  const payload = transport + header;
  const before = <u32>(network - data);
  if (
    !(
      <i32>(load<u16>(network - 2) == IPV4) &
      <i32>(<u32>load<u8>(network) == VERSION_AND_SIZE) &
      <i32>((load<u16>(network, 6) & FRAGMENT_MASK) == 0) &
      (<i32>isTcp | <i32>(protocol == abi.IP_UDP)) &
      <i32>(header >= (isTcp ? TCP_SIZE : UDP_SIZE)) &
      <i32>(udpLength == total - IPV4_SIZE) &
      <i32>(total >= IPV4_SIZE + header) &
      <i32>(before + total <= Packet.wire) &
      <i32>(before + IPV4_SIZE + header <= Packet.captured)
    )
  ) {
    return false;
  }

  const source = load<u32>(network, 12);
  const target = load<u32>(network, 16);
  const ports = load<u32>(transport);
  const sourcePort = <u32>bswap(<u16>ports);
  const targetPort = <u32>bswap(<u16>(ports >> 16));
  if (!isTcp && mayCarry(sourcePort, targetPort, payload)) return false;
  const reversed =
    (((<u64>bswap(source)) << 16) | sourcePort) > (((<u64>bswap(target)) << 16) | targetPort);

  const length = total - IPV4_SIZE - header;
  const captured = min(length, Packet.captured - before - IPV4_SIZE - header);
  const tcpFlags = isTcp ? <u32>load<u8>(transport, 13) : 0;
  const sequence = isTcp ? bswap(load<u32>(transport, 4)) + ((tcpFlags & abi.TCP_SYN) >> 1) : 0;
  const flags =
    (<u32>(captured < length) * abi.D_FLAG_SNAPPED) | (<u32>reversed * abi.D_FLAG_REVERSED);
  const vlan = tagged ? <u32>bswap(load<u16>(data, ETHERNET_SIZE)) & 0xfff : 0;
  const context = simpleContext(Packet.interfaceId, tagged, vlan);

  const row = descriptors + (Packet.descriptorCount++ << 6);
  store<u64>(row, reversed ? target : source, abi.D_ADDRESS_A);
  store<u64>(row, 0, abi.D_ADDRESS_A + 8);
  store<u64>(row, reversed ? source : target, abi.D_ADDRESS_B);
  store<u64>(row, 0, abi.D_ADDRESS_B + 8);
  store<u64>(
    row,
    <u64>(reversed ? targetPort | (sourcePort << 16) : sourcePort | (targetPort << 16)) |
      ((<u64>(protocol | (abi.NETWORK_IPV4 << 8) | (flags << 16) | (tcpFlags << 24))) << 32),
    abi.D_PORT_A,
  );
  store<u64>(row, <u64>context | ((<u64>payload) << 32), abi.D_CONTEXT);
  store<u64>(row, <u64>captured | ((<u64>length) << 32), abi.D_CAPTURED);
  store<u64>(row, <u64>sequence | ((<u64>Packet.index) << 32), abi.D_SEQ);
  markTwice(row, network + IPV4_SOURCE, transport, Packet.captured - before - IPV4_SIZE, true);
  return true;
}
