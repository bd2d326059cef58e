/**
 * Packet blocks of pcapng: enhanced, simple, and the obsolete one. draft-ietf-opsawg-pcapng §4.3, §4.4
 * and appendix A. All other blocks are the host's.
 */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { RECORD, type Stop } from "./stop.js";

const TYPE = 0;
const TOTAL_LENGTH = 4;
/** What every block has at least: type, length, and the length again behind the body. */
const BLOCK_SIZE = 12;
const TRAILER_SIZE = 4;

const SECTION_HEADER = 0x0a0d0d0a;
const OBSOLETE = 2;
const SIMPLE = 3;
const ENHANCED = 6;

// Enhanced and obsolete blocks differ in the first word only.
const INTERFACE = 8;
const TICKS_HIGH = 12;
const TICKS_LOW = 16;
const CAPTURED = 20;
const WIRE = 24;
const DATA = 28;

const SIMPLE_WIRE = 8;
const SIMPLE_DATA = 12;

/** A packet and all its options: a longer block is a wrong length. */
const BLOCK_MAX = abi.MAX_PACKET + 65536;

export function readPcapng(
  packet: Packet,
  stop: Stop,
  at: number,
  end: number,
  little: boolean,
): number {
  const { view } = packet;
  if (end - at < BLOCK_SIZE) return abi.STOP_DATA;
  const type = view.getUint32(at + TYPE, little);
  const size = view.getUint32(at + TOTAL_LENGTH, little);
  // A section header says its own byte order, so its length is not ours to judge.
  if (type === SECTION_HEADER) return stop.because(abi.STOP_BLOCK, type, size);
  const isPacket = type === ENHANCED || type === SIMPLE || type === OBSOLETE;
  const header = type === SIMPLE ? SIMPLE_DATA : DATA;
  const smallest = isPacket ? header + TRAILER_SIZE : BLOCK_SIZE;
  if (size % 4 !== 0 || size < smallest || (isPacket && size > BLOCK_MAX)) {
    return stop.because(abi.STOP_CORRUPT, abi.CORRUPT_BLOCK, size);
  }
  if (!isPacket) return stop.because(abi.STOP_BLOCK, type, size);
  const next = at + size;
  if (next > end) return abi.STOP_DATA;
  const trailer = view.getUint32(next - TRAILER_SIZE, little);
  if (trailer !== size) return stop.because(abi.STOP_CORRUPT, abi.CORRUPT_TRAILER, trailer);

  let interfaceId = 0;
  if (type === ENHANCED) interfaceId = view.getUint32(at + INTERFACE, little);
  if (type === OBSOLETE) interfaceId = view.getUint16(at + INTERFACE, little);
  if (interfaceId >= packet.control(abi.C_INTERFACE_COUNT)) {
    return stop.because(abi.STOP_CORRUPT, abi.CORRUPT_INTERFACE, interfaceId);
  }
  const interfaceRow = (packet.control(abi.C_INTERFACES) + interfaceId * abi.INTERFACE_SIZE) >>> 2;
  const room = size - header - TRAILER_SIZE;
  let captured: number;
  let wire: number;
  if (type === SIMPLE) {
    wire = view.getUint32(at + SIMPLE_WIRE, little);
    const snapLength = packet.u32[interfaceRow + (abi.I_SNAPLEN >>> 2)]!;
    captured = Math.min(wire, room, snapLength === 0 ? room : snapLength);
  } else {
    wire = view.getUint32(at + WIRE, little);
    captured = view.getUint32(at + CAPTURED, little);
  }
  if (captured > room || captured > abi.MAX_PACKET) {
    return stop.because(abi.STOP_CORRUPT, abi.CORRUPT_LENGTH, captured);
  }

  if (type === SIMPLE) {
    packet.clock.repeatTime();
  } else {
    const high = view.getUint32(at + TICKS_HIGH, little);
    packet.clock.setTicks(packet.u32, interfaceRow, high, view.getUint32(at + TICKS_LOW, little));
  }
  packet.interfaceId = interfaceId;
  packet.data = at + header;
  packet.captured = captured;
  packet.wire = Math.max(wire, captured);
  packet.nextRecord = next;
  return RECORD;
}
