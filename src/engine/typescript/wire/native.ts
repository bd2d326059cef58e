/** Native records: packets that were pushed one by one, each behind a header of six words. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { RECORD, type Stop } from "./stop.js";

const SEC = 0;
const NS = 4;
const CAPTURED = 8;
const WIRE = 12;
const INTERFACE = 16;
const SIZE = abi.NATIVE_HEADER;

export function readNative(packet: Packet, stop: Stop, at: number, end: number): number {
  const { view } = packet;
  if (end - at < SIZE) return abi.STOP_DATA;
  const captured = view.getUint32(at + CAPTURED, true);
  if (captured > abi.MAX_PACKET) {
    return stop.because(abi.STOP_CORRUPT, abi.CORRUPT_LENGTH, captured);
  }
  const interfaceId = view.getUint32(at + INTERFACE, true);
  if (interfaceId >= packet.control(abi.C_INTERFACE_COUNT)) {
    return stop.because(abi.STOP_CORRUPT, abi.CORRUPT_INTERFACE, interfaceId);
  }
  const next = at + SIZE + ((captured + 7) & ~7);
  if (next > end) return abi.STOP_DATA;
  packet.clock.setTime(view.getUint32(at + SEC, true), view.getUint32(at + NS, true), 1e9);
  packet.interfaceId = interfaceId;
  packet.data = at + SIZE;
  packet.captured = captured;
  packet.wire = Math.max(view.getUint32(at + WIRE, true), captured);
  packet.nextRecord = next;
  return RECORD;
}
