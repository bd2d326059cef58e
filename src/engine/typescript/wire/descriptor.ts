/** Descriptors: 64 bytes for each flow that a packet belongs to. The lower endpoint is A. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";

const ROW_WORDS = abi.DESCRIPTOR_SIZE >>> 2;
const ADDRESS_A = abi.D_ADDRESS_A >>> 2;
const ADDRESS_B = abi.D_ADDRESS_B >>> 2;
const ADDRESS_WORDS = 4;
/** Ports A and B; protocol, network, flags and TCP flags: each word holds several fields, lowest byte first. */
const PORTS = abi.D_PORT_A >>> 2;
const TRAITS = abi.D_PROTOCOL >>> 2;
const CONTEXT = abi.D_CONTEXT >>> 2;
const PAYLOAD = abi.D_PAYLOAD >>> 2;
const CAPTURED = abi.D_CAPTURED >>> 2;
const LENGTH = abi.D_LENGTH >>> 2;
const SEQUENCE = abi.D_SEQ >>> 2;
const PACKET = abi.D_PACKET >>> 2;

/** Largest D_LENGTH: more than any packet has without segmentation offload. */
const LENGTH_MAX = 2 ** 20;

/**
 * Writes the current packet's descriptor: its payload has `wireLength` bytes on the wire from
 * `payload` on, of which those are there that the frame still holds.
 */
export function describe(
  packet: Packet,
  protocol: number,
  sourcePort: number,
  targetPort: number,
  tcpFlags: number,
  sequence: number,
  payload: number,
  wireLength: number,
): void {
  const { u32 } = packet;
  const row = (packet.descriptors >>> 2) + packet.descriptorCount * ROW_WORDS;
  packet.descriptorCount++;
  const begin = Math.min(payload, packet.end);
  const length = Math.min(wireLength, LENGTH_MAX);
  const captured = Math.min(length, packet.end - begin);
  let { flags } = packet;
  if (captured < length) flags |= abi.D_FLAG_SNAPPED;
  if ((flags & abi.D_FLAG_MALFORMED) !== 0) packet.countMalformed();

  const words = packet.network === abi.NETWORK_IPV6 ? 4 : 1;
  const reversed = isReversed(packet, words, sourcePort, targetPort);
  if (reversed) flags |= abi.D_FLAG_REVERSED;
  const addressA = reversed ? packet.target : packet.source;
  const addressB = reversed ? packet.source : packet.target;
  for (let word = 0; word < ADDRESS_WORDS; word++) {
    const isThere = word < words;
    u32[row + ADDRESS_A + word] = isThere ? packet.view.getUint32(addressA + word * 4, true) : 0;
    u32[row + ADDRESS_B + word] = isThere ? packet.view.getUint32(addressB + word * 4, true) : 0;
  }
  u32[row + PORTS] = reversed ? targetPort | (sourcePort << 16) : sourcePort | (targetPort << 16);
  u32[row + TRAITS] = protocol | (packet.network << 8) | (flags << 16) | (tcpFlags << 24);
  u32[row + CONTEXT] = packet.contexts.find();
  u32[row + PAYLOAD] = begin;
  u32[row + CAPTURED] = captured;
  u32[row + LENGTH] = length;
  u32[row + SEQUENCE] = sequence;
  u32[row + PACKET] = packet.index;
}

/** Is the source the higher endpoint? Addresses are compared as they stand on the wire: big-endian. */
function isReversed(
  packet: Packet,
  words: number,
  sourcePort: number,
  targetPort: number,
): boolean {
  for (let at = 0; at < words * 4; at += 4) {
    const source = packet.u32At(packet.source + at);
    const target = packet.u32At(packet.target + at);
    if (source !== target) return source > target;
  }
  return sourcePort > targetPort;
}
