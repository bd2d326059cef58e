/**
 * The classic pcap file header. draft-ietf-opsawg-pcap §4.
 * Its records are read by the engine.
 */
import {
  FORMAT_PCAP_BE_NSEC,
  FORMAT_PCAP_BE_USEC,
  FORMAT_PCAP_LE_NSEC,
  FORMAT_PCAP_LE_USEC,
} from "../engine/abi.js";
import type { Fail, InterfaceDescription } from "./framer.js";

export const PCAP_HEADER = 24;
export const PCAP_RECORD_HEADER = 16;
/** Offset of a record's captured length. */
export const PCAP_RECORD_CAPTURED = 8;

const VERSION_MAJOR = 4;
const VERSION_MINOR = 6;
const SNAPLEN = 16;
const LINK_TYPE = 20;
/** The rest of the field says whether frames end with a check sequence; that changes nothing here. */
const LINK_TYPE_MASK = 0x03ffffff;

/** The format that a magic number, read big-endian, stands for. */
const FORMATS = new Map([
  [0xd4c3b2a1, FORMAT_PCAP_LE_USEC],
  [0x4d3cb2a1, FORMAT_PCAP_LE_NSEC],
  [0xa1b2c3d4, FORMAT_PCAP_BE_USEC],
  [0xa1b23c4d, FORMAT_PCAP_BE_NSEC],
]);

/** FORMAT_PCAP_*, or undefined where the four bytes are no pcap magic. */
export function pcapFormat(view: DataView, at: number): number | undefined {
  return FORMATS.get(view.getUint32(at));
}

export function isLittleEndian(format: number): boolean {
  return format === FORMAT_PCAP_LE_USEC || format === FORMAT_PCAP_LE_NSEC;
}

/** Reads the header at `at`, of which {@link PCAP_HEADER} bytes are there, and whose magic is right. */
export function readPcapHeader(
  view: DataView,
  at: number,
  format: number,
  fail: Fail,
): InterfaceDescription {
  const little = isLittleEndian(format);
  const major = view.getUint16(at + VERSION_MAJOR, little);
  const minor = view.getUint16(at + VERSION_MINOR, little);
  // Before 2.3 the two lengths of a record stood the other way round. Such files are from before
  // 1996; unless their packets are snapped, the lengths are the same.
  if (major !== 2) fail("UNSUPPORTED", `pcap version ${major}.${minor} is not read; 2.x is`);
  return {
    linkType: view.getUint32(at + LINK_TYPE, little) & LINK_TYPE_MASK,
    snaplen: view.getUint32(at + SNAPLEN, little),
    tickBinary: 0,
    tickExponent: 6,
    offsetLow: 0,
    offsetHigh: 0,
  };
}
