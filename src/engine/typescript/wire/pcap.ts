/** Records of classic captures, in either byte order and resolution. draft-ietf-opsawg-pcap §5. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { RECORD, type Stop } from "./stop.js";

const SEC = 0;
const FRACTION = 4;
const CAPTURED = 8;
const WIRE = 12;
const SIZE = 16;

/** `fractions`: how many of the fraction's units make a second. */
export function readPcap(
  packet: Packet,
  stop: Stop,
  at: number,
  end: number,
  little: boolean,
  fractions: number,
): number {
  const { view } = packet;
  if (end - at < SIZE) return abi.STOP_DATA;
  const captured = view.getUint32(at + CAPTURED, little);
  if (captured > abi.MAX_PACKET) {
    return stop.because(abi.STOP_CORRUPT, abi.CORRUPT_LENGTH, captured);
  }
  const next = at + SIZE + captured;
  if (next > end) return abi.STOP_DATA;
  const sec = view.getUint32(at + SEC, little);
  packet.clock.setTime(sec, view.getUint32(at + FRACTION, little), fractions);
  packet.interfaceId = packet.control(abi.C_INTERFACE);
  packet.data = at + SIZE;
  packet.captured = captured;
  packet.wire = Math.max(view.getUint32(at + WIRE, little), captured);
  packet.nextRecord = next;
  return RECORD;
}
