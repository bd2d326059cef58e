/**
 * Packet blocks of pcapng: enhanced, simple, and the obsolete one. draft-ietf-opsawg-pcapng §4.3, §4.4
 * and appendix A. All other blocks are the host's.
 */
import * as abi from "../abi";
import { control, interfaces } from "../memory";
import { Packet } from "./packet";
import { RECORD, stop } from "./stop";
import { repeatTime, setTicks } from "./time";

const TYPE: usize = 0;
const TOTAL_LENGTH: usize = 4;
/** What every block has at least: type, length, and the length again behind the body. */
const BLOCK_SIZE: u32 = 12;
const TRAILER_SIZE: u32 = 4;

const SECTION_HEADER: u32 = 0x0a0d0d0a;
const OBSOLETE: u32 = 2;
const SIMPLE: u32 = 3;
const ENHANCED: u32 = 6;

// Enhanced and obsolete blocks differ in the first word only.
const INTERFACE: usize = 8;
const TICKS_HIGH: usize = 12;
const TICKS_LOW: usize = 16;
const CAPTURED: usize = 20;
const WIRE: usize = 24;
const DATA: u32 = 28;

const SIMPLE_WIRE: usize = 8;
const SIMPLE_DATA: u32 = 12;

/** A packet and all its options: a longer block is a wrong length. */
const BLOCK_MAX: u32 = abi.MAX_PACKET + 65536;

export function readPcapng(at: usize, end: usize, isBigEndian: bool): u32 {
  const room = <u32>(end - at);
  if (room < BLOCK_SIZE) return abi.STOP_DATA;
  const type = field(at + TYPE, isBigEndian);
  const size = field(at + TOTAL_LENGTH, isBigEndian);
  // A section header says its own byte order, so its length is not ours to judge.
  if (type == SECTION_HEADER) return stop(abi.STOP_BLOCK, type, size);
  const isSimple = type == SIMPLE;
  const isPacket = isSimple || type == ENHANCED || type == OBSOLETE;
  const headerSize = isSimple ? SIMPLE_DATA : DATA;
  const sizeMin = isPacket ? headerSize + TRAILER_SIZE : BLOCK_SIZE;
  if ((size & 3) != 0 || size < sizeMin || (isPacket && size > BLOCK_MAX)) {
    return stop(abi.STOP_CORRUPT, abi.CORRUPT_BLOCK, size);
  }
  if (!isPacket) return stop(abi.STOP_BLOCK, type, size);
  if (room < size) return abi.STOP_DATA;
  const trailer = field(at + size - TRAILER_SIZE, isBigEndian);
  if (trailer != size) return stop(abi.STOP_CORRUPT, abi.CORRUPT_TRAILER, trailer);

  let interfaceId: u32 = 0;
  if (type == ENHANCED) interfaceId = field(at + INTERFACE, isBigEndian);
  else if (type == OBSOLETE) interfaceId = shortField(at + INTERFACE, isBigEndian);
  if (interfaceId >= control(abi.C_INTERFACE_COUNT)) {
    return stop(abi.STOP_CORRUPT, abi.CORRUPT_INTERFACE, interfaceId);
  }

  const dataRoom = size - headerSize - TRAILER_SIZE;
  const interfaceRow = interfaces + interfaceId * abi.INTERFACE_SIZE;
  const wire = field(at + (isSimple ? SIMPLE_WIRE : WIRE), isBigEndian);
  let captured: u32 = 0;
  if (isSimple) {
    const snapLength = load<u32>(interfaceRow, abi.I_SNAPLEN);
    captured = min(wire, dataRoom);
    if (snapLength != 0) captured = min(captured, snapLength);
  } else {
    captured = field(at + CAPTURED, isBigEndian);
  }
  if (captured > dataRoom || captured > <u32>abi.MAX_PACKET) {
    return stop(abi.STOP_CORRUPT, abi.CORRUPT_LENGTH, captured);
  }

  if (isSimple) repeatTime();
  else
    setTicks(interfaceRow, field(at + TICKS_HIGH, isBigEndian), field(at + TICKS_LOW, isBigEndian));
  Packet.interfaceId = interfaceId;
  Packet.data = at + headerSize;
  Packet.captured = captured;
  Packet.wire = max(wire, captured);
  Packet.nextRecord = at + size;
  return RECORD;
}

function field(at: usize, isBigEndian: bool): u32 {
  const word = load<u32>(at);
  return isBigEndian ? bswap(word) : word;
}

function shortField(at: usize, isBigEndian: bool): u32 {
  const half = load<u16>(at);
  return isBigEndian ? bswap(half) : half;
}
