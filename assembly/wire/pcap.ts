/** Records of classic captures, in either byte order and resolution. draft-ietf-opsawg-pcap §5. */
import * as abi from "../abi";
import { control } from "../memory";
import { Packet } from "./packet";
import { RECORD, stop } from "./stop";
import { setTime } from "./time";

const SEC: usize = 0;
const FRACTION: usize = 4;
const CAPTURED: usize = 8;
const WIRE: usize = 12;
const SIZE: u32 = 16;

/** `fractions`: how many of the fraction's units make a second. */
export function readPcap(at: usize, end: usize, isBigEndian: bool, fractions: u32): u32 {
  const room = <u32>(end - at);
  if (room < SIZE) return abi.STOP_DATA;
  const captured = field(at + CAPTURED, isBigEndian);
  if (captured > <u32>abi.MAX_PACKET) return stop(abi.STOP_CORRUPT, abi.CORRUPT_LENGTH, captured);
  if (room - SIZE < captured) return abi.STOP_DATA;
  setTime(field(at + SEC, isBigEndian), field(at + FRACTION, isBigEndian), fractions);
  Packet.interfaceId = control(abi.C_INTERFACE);
  Packet.data = at + SIZE;
  Packet.captured = captured;
  Packet.wire = max(field(at + WIRE, isBigEndian), captured);
  Packet.nextRecord = at + SIZE + captured;
  return RECORD;
}

function field(at: usize, isBigEndian: bool): u32 {
  const word = load<u32>(at);
  return isBigEndian ? bswap(word) : word;
}
