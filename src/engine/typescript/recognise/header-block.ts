/** A header block of HTTP/2: the bytes that a HEADERS frame and the CONTINUATION frames behind it carry (RFC 9113 §4.3). */
import type { EngineMemory } from "../../memory.js";

/** Reading goes on; the block is at its end; bytes are missing; nothing behind can be read. */
export const GOING = 0;
export const ENDED = 1;
export const STARVED = 2;
export const CLOSED = 3;
export type State = typeof GOING | typeof ENDED | typeof STARVED | typeof CLOSED;

export const FRAME_HEADER = 9;
export const CONTINUATION = 9;
export const END_HEADERS = 4;

export class Block {
  state: State = GOING;
  /** The frame that is being read, and where it ends. */
  frame = 0;
  frameEnd = 0;
  /** The next byte; where the fragment ends; where ends what is there at all. */
  at = 0;
  end = 0;
  edge = 0;
  readonly #u8: Uint8Array;

  constructor(memory: EngineMemory) {
    this.#u8 = memory.u8;
  }

  /** §4.1: the length of a frame, without its header. */
  sizeOf(frame: number): number {
    const u8 = this.#u8;
    return (u8[frame]! << 16) | (u8[frame + 1]! << 8) | u8[frame + 2]!;
  }

  streamOf(frame: number): number {
    const u8 = this.#u8;
    return (
      ((u8[frame + 5]! & 0x7f) << 24) |
      (u8[frame + 6]! << 16) |
      (u8[frame + 7]! << 8) |
      u8[frame + 8]!
    );
  }

  /** The next byte; 0 where there is none, which the state says. */
  next(): number {
    while (this.state === GOING) {
      if (this.at < this.end) {
        if (this.at < this.edge) return this.#u8[this.at++]!;
        this.state = STARVED;
      } else this.#nextFragment();
    }
    return 0;
  }

  /** §6.10: nothing may stand between the frames of a block. */
  #nextFragment(): void {
    const before = this.frame;
    const frame = this.frameEnd;
    if ((this.#u8[before + 4]! & END_HEADERS) !== 0) {
      this.state = ENDED;
      return;
    }
    if (frame + FRAME_HEADER > this.edge) {
      this.state = STARVED;
      return;
    }
    if (this.#u8[frame + 3]! !== CONTINUATION || this.streamOf(frame) !== this.streamOf(before)) {
      this.state = CLOSED;
      return;
    }
    this.frame = frame;
    this.at = frame + FRAME_HEADER;
    this.end = this.at + this.sizeOf(frame);
    this.frameEnd = this.end;
  }
}
