/** Native records: packets that were pushed one by one, each behind a header of six words. */
import * as abi from "../abi";
import { control } from "../memory";
import { Packet } from "./packet";
import { RECORD, stop } from "./stop";
import { setTime } from "./time";

const SEC: usize = 0;
const NS: usize = 4;
const CAPTURED: usize = 8;
const WIRE: usize = 12;
const INTERFACE: usize = 16;
const SIZE: u32 = abi.NATIVE_HEADER;
const NS_PER_SECOND: u32 = 1000000000;

export function readNative(at: usize, end: usize): u32 {
  const room = <u32>(end - at);
  if (room < SIZE) return abi.STOP_DATA;
  const captured = load<u32>(at + CAPTURED);
  if (captured > <u32>abi.MAX_PACKET) return stop(abi.STOP_CORRUPT, abi.CORRUPT_LENGTH, captured);
  const interfaceId = load<u32>(at + INTERFACE);
  if (interfaceId >= control(abi.C_INTERFACE_COUNT)) {
    return stop(abi.STOP_CORRUPT, abi.CORRUPT_INTERFACE, interfaceId);
  }
  const size = SIZE + ((captured + 7) & ~7);
  if (room < size) return abi.STOP_DATA;
  setTime(load<u32>(at + SEC), load<u32>(at + NS), NS_PER_SECOND);
  Packet.interfaceId = interfaceId;
  Packet.data = at + SIZE;
  Packet.captured = captured;
  Packet.wire = max(load<u32>(at + WIRE), captured);
  Packet.nextRecord = at + size;
  return RECORD;
}
