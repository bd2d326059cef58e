/** A header block of HTTP/2: the bytes that a HEADERS frame and the CONTINUATION frames behind it carry (RFC 9113 §4.3). */

/** Reading goes on; the block is at its end; bytes are missing; nothing behind can be read. */
export const GOING: u32 = 0;
export const ENDED: u32 = 1;
export const STARVED: u32 = 2;
export const CLOSED: u32 = 3;

export const FRAME_HEADER: usize = 9;
export const CONTINUATION: u32 = 9;
export const END_HEADERS: u32 = 4;

export class Block {
  static state: u32 = GOING;
  /** The frame that is being read, and where it ends. */
  static frame: usize = 0;
  static frameEnd: usize = 0;
  /** The next byte; where the fragment ends; where ends what is there at all. */
  static at: usize = 0;
  static end: usize = 0;
  static edge: usize = 0;
}

/** §4.1: the length of a frame, without its header. */
export function sizeOf(frame: usize): u32 {
  return bswap(load<u32>(frame)) >> 8;
}

export function streamOf(frame: usize): u32 {
  return bswap(load<u32>(frame, 5)) & 0x7fffffff;
}

/** The next byte; 0 where there is none, which the state says. */
export function nextByte(): u32 {
  while (Block.state == GOING) {
    if (Block.at < Block.end) {
      if (Block.at < Block.edge) return load<u8>(Block.at++);
      Block.state = STARVED;
    } else nextFragment();
  }
  return 0;
}

/** §6.10: nothing may stand between the frames of a block. */
function nextFragment(): void {
  const before = Block.frame;
  const frame = Block.frameEnd;
  if ((<u32>load<u8>(before, 4) & END_HEADERS) != 0) {
    Block.state = ENDED;
    return;
  }
  if (frame + FRAME_HEADER > Block.edge) {
    Block.state = STARVED;
    return;
  }
  if (load<u8>(frame, 3) != CONTINUATION || streamOf(frame) != streamOf(before)) {
    Block.state = CLOSED;
    return;
  }
  Block.frame = frame;
  Block.at = frame + FRAME_HEADER;
  Block.end = Block.at + sizeOf(frame);
  Block.frameEnd = Block.end;
}
