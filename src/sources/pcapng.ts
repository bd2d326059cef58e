/**
 * The pcapng blocks that the host reads: section header (§4.1) and interface description (§4.2).
 * draft-ietf-opsawg-pcapng. Packet blocks are read by the engine, all others are skipped.
 */
import { MAX_PACKET } from "../engine/abi.js";
import type { Fail, InterfaceDescription } from "./framer.js";

/** Reads the same in both byte orders. */
export const SECTION_HEADER = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION = 1;

export const BLOCK_LENGTH = 4;
/** Type, length, and the length once more at the end. */
export const BLOCK_MIN = 12;
/** Bytes of a section header that are read; section length and options are not needed. */
export const SECTION_READ = 16;
/** Longest block that is looked into. Others may be of any length: they are skipped. */
const BLOCK_READ_MAX = MAX_PACKET + 65536;

const SECTION_MIN = 28;
const BYTE_ORDER = 8;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const VERSION_MAJOR = 12;
const VERSION_MINOR = 14;

const INTERFACE_MIN = 20;
const LINK_TYPE = 8;
const SNAPLEN = 12;
const OPTIONS = 16;
const OPTION_END = 0;
const OPTION_TSRESOL = 9;
const OPTION_TSOFFSET = 14;

/** The byte order of the section that begins at `at`; undefined where its magic is wrong. */
export function sectionIsLittleEndian(view: DataView, at: number): boolean | undefined {
  if (view.getUint32(at + BYTE_ORDER, true) === BYTE_ORDER_MAGIC) return true;
  if (view.getUint32(at + BYTE_ORDER, false) === BYTE_ORDER_MAGIC) return false;
  return undefined;
}

/** Total length of the block at `at`, checked for itself. */
export function blockLength(view: DataView, at: number, little: boolean, fail: Fail): number {
  const length = view.getUint32(at + BLOCK_LENGTH, little);
  if (length < BLOCK_MIN || length % 4 !== 0) {
    fail("CORRUPT", `block claims a length of ${length} bytes, which it cannot have`);
  }
  return length;
}

export function checkSection(
  view: DataView,
  at: number,
  length: number,
  little: boolean,
  fail: Fail,
): void {
  if (length < SECTION_MIN) {
    fail("CORRUPT", `section header claims ${length} bytes; the least is ${SECTION_MIN}`);
  }
  const major = view.getUint16(at + VERSION_MAJOR, little);
  const minor = view.getUint16(at + VERSION_MINOR, little);
  if (major !== 1) fail("UNSUPPORTED", `pcapng version ${major}.${minor} is not read; 1.x is`);
}

/** Checks the length of an interface description before its bytes are waited for. */
export function checkInterfaceLength(length: number, fail: Fail): void {
  if (length < INTERFACE_MIN || length > BLOCK_READ_MAX) {
    const bounds = `${INTERFACE_MIN} to ${BLOCK_READ_MAX}`;
    fail("CORRUPT", `interface description claims ${length} bytes; it may have ${bounds}`);
  }
}

/** Reads the interface description at `at`, all `length` bytes of which are there. */
export function readInterface(
  view: DataView,
  at: number,
  length: number,
  little: boolean,
  fail: Fail,
): InterfaceDescription {
  const description: InterfaceDescription = {
    linkType: view.getUint16(at + LINK_TYPE, little),
    snaplen: view.getUint32(at + SNAPLEN, little),
    tickBinary: 0,
    tickExponent: 6,
    offsetLow: 0,
    offsetHigh: 0,
  };
  const end = at + length - 4;
  let option = at + OPTIONS;
  while (option + 4 <= end) {
    const code = view.getUint16(option, little);
    const size = view.getUint16(option + 2, little);
    const value = option + 4;
    if (code === OPTION_END) break;
    if (value + size > end) {
      fail("CORRUPT", `interface option ${code} claims ${size} bytes, ${end - value} are left`);
    }
    if (code === OPTION_TSRESOL) {
      if (size !== 1) fail("CORRUPT", `if_tsresol has ${size} bytes instead of 1`);
      const resolution = view.getUint8(value);
      description.tickBinary = resolution >>> 7;
      description.tickExponent = resolution & 0x7f;
    } else if (code === OPTION_TSOFFSET) {
      if (size !== 8) fail("CORRUPT", `if_tsoffset has ${size} bytes instead of 8`);
      description.offsetLow = view.getUint32(value + (little ? 0 : 4), little);
      description.offsetHigh = view.getUint32(value + (little ? 4 : 0), little);
    }
    option = value + ((size + 3) & ~3);
  }
  return description;
}
