/**
 * HTTP/2's frames: those with headers are read, the others are passed over (RFC 9113 §4.1).
 *
 * One run takes as many steps as there are bytes of the stream and of the text together.
 */
import * as abi from "../abi";
import {
  Block,
  CLOSED,
  CONTINUATION,
  ENDED,
  FRAME_HEADER,
  GOING,
  sizeOf,
  STARVED,
  streamOf,
} from "./header-block";
import { beginText, Text, writeFields } from "./hpack";

const HEADERS: u32 = 1;
const PUSH_PROMISE: u32 = 5;
const PADDED: u32 = 8;
const PRIORITY: u32 = 0x20;
/** §3.4: "PRI ", which no frame begins with that is read; the preface has 24 bytes. */
const PREFACE: u32 = 0x20495250;
const PREFACE_SIZE: usize = 24;

export class Headers {
  /** The text of all header blocks; the end of what was written to the block. */
  static length: u32 = 0;
  static extent: u32 = 0;
  /** Bytes that must be there before there can be more text; 0: there is none to come. */
  static need: u32 = 0;
}

/** Writes the fields of the header blocks into `block`. */
export function readHeaders(block: usize, base: usize, available: u32): void {
  beginText(block);
  const edge = base + available;
  let frame = base;
  let need: usize = 0;
  if (available >= 4 && load<u32>(base) == PREFACE) frame += PREFACE_SIZE;
  for (let part = 0; part < abi.DISSECT_PARTS_MAX; part++) {
    need = frame + FRAME_HEADER;
    if (need > edge) break;
    const type: u32 = load<u8>(frame, 3);
    if (type == HEADERS) {
      if (beginBlock(frame, edge)) writeFields();
      need = Block.state == STARVED ? edge + 1 : 0;
      if (Block.state != ENDED) break;
      frame = Block.frameEnd;
    } else if (type == PUSH_PROMISE || type == CONTINUATION) {
      need = 0;
      break;
    } else frame += FRAME_HEADER + sizeOf(frame);
  }
  Headers.length = Text.length;
  Headers.extent = Text.extent;
  Headers.need = need > edge ? <u32>(need - base) : 0;
}

/** §6.2: padding and priority stand around the fragment. */
function beginBlock(frame: usize, edge: usize): bool {
  const flags: u32 = load<u8>(frame, 4);
  const size = sizeOf(frame);
  const isPadded = (flags & PADDED) != 0;
  const before: u32 = (isPadded ? 1 : 0) + ((flags & PRIORITY) != 0 ? 5 : 0);
  Block.frame = frame;
  Block.frameEnd = frame + FRAME_HEADER + size;
  Block.at = frame + FRAME_HEADER + before;
  Block.edge = edge;
  Block.state = CLOSED;
  if (before > size || streamOf(frame) == 0) return false;
  Block.state = STARVED;
  if (isPadded && frame + FRAME_HEADER >= edge) return false;
  const behind = isPadded ? <u32>load<u8>(frame + FRAME_HEADER) : 0;
  Block.state = CLOSED;
  if (before + behind > size) return false;
  Block.end = Block.frameEnd - behind;
  Block.state = GOING;
  return true;
}
