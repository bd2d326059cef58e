/** Descriptors: 64 bytes for each flow that a packet belongs to. The lower endpoint is A. */
import * as abi from "../abi";
import { descriptors } from "../memory";
import { packetContext } from "./context";
import { Packet } from "./packet";
import { countMalformed } from "./unhandled";

/** Largest D_LENGTH: more than any packet has without segmentation offload. */
const LENGTH_MAX: u32 = 1 << 20;

/**
 * Writes the current packet's descriptor: its payload has `length` bytes on the wire from `payload` on,
 * of which those are there that the frame still holds.
 */
export function describe(
  protocol: u32,
  sourcePort: u32,
  targetPort: u32,
  tcpFlags: u32,
  sequence: u32,
  payload: usize,
  length: u32,
): void {
  const row = descriptors + (Packet.descriptorCount++ << 6);
  payload = min(payload, Packet.end);
  length = min(length, LENGTH_MAX);
  const captured = min(length, <u32>(Packet.end - payload));
  let flags = Packet.flags;
  if (captured < length) flags |= abi.D_FLAG_SNAPPED;
  if (flags & abi.D_FLAG_MALFORMED) countMalformed();

  const reversed =
    Packet.network == abi.NETWORK_IPV6
      ? writeLongAddresses(row, sourcePort, targetPort)
      : writeShortAddresses(row, sourcePort, targetPort);
  if (reversed) flags |= abi.D_FLAG_REVERSED;
  store<u16>(row, <u16>(reversed ? targetPort : sourcePort), abi.D_PORT_A);
  store<u16>(row, <u16>(reversed ? sourcePort : targetPort), abi.D_PORT_B);
  store<u8>(row, <u8>protocol, abi.D_PROTOCOL);
  store<u8>(row, <u8>Packet.network, abi.D_NETWORK);
  store<u8>(row, <u8>flags, abi.D_FLAGS);
  store<u8>(row, <u8>tcpFlags, abi.D_TCP_FLAGS);
  store<u32>(row, packetContext(), abi.D_CONTEXT);
  store<u32>(row, <u32>payload, abi.D_PAYLOAD);
  store<u32>(row, captured, abi.D_CAPTURED);
  store<u32>(row, length, abi.D_LENGTH);
  store<u32>(row, sequence, abi.D_SEQ);
  store<u32>(row, Packet.index, abi.D_PACKET);
}

/** IPv4 and ARP: four bytes. Addresses are compared as they stand on the wire: big-endian. */
function writeShortAddresses(row: usize, sourcePort: u32, targetPort: u32): bool {
  const source = load<u32>(Packet.source);
  const target = load<u32>(Packet.target);
  const reversed =
    (((<u64>bswap(source)) << 16) | sourcePort) > (((<u64>bswap(target)) << 16) | targetPort);
  store<u64>(row, reversed ? target : source, abi.D_ADDRESS_A);
  store<u64>(row, 0, abi.D_ADDRESS_A + 8);
  store<u64>(row, reversed ? source : target, abi.D_ADDRESS_B);
  store<u64>(row, 0, abi.D_ADDRESS_B + 8);
  return reversed;
}

function writeLongAddresses(row: usize, sourcePort: u32, targetPort: u32): bool {
  const sourceHigh = load<u64>(Packet.source);
  const sourceLow = load<u64>(Packet.source, 8);
  const targetHigh = load<u64>(Packet.target);
  const targetLow = load<u64>(Packet.target, 8);
  const reversed =
    sourceHigh != targetHigh
      ? bswap(sourceHigh) > bswap(targetHigh)
      : sourceLow != targetLow
        ? bswap(sourceLow) > bswap(targetLow)
        : sourcePort > targetPort;
  store<u64>(row, reversed ? targetHigh : sourceHigh, abi.D_ADDRESS_A);
  store<u64>(row, reversed ? targetLow : sourceLow, abi.D_ADDRESS_A + 8);
  store<u64>(row, reversed ? sourceHigh : targetHigh, abi.D_ADDRESS_B);
  store<u64>(row, reversed ? sourceLow : targetLow, abi.D_ADDRESS_B + 8);
  return reversed;
}
