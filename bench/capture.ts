/** Classic captures, read into frames: what the generator and the fuzzer cut their material from. */

export interface Frame {
  seconds: number;
  microseconds: number;
  /** Frame length on the wire. */
  wire: number;
  bytes: Uint8Array;
}

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** Frames of a little-endian capture with microseconds and link type Ethernet: what `fixtures/` holds. */
export function readFrames(capture: Uint8Array): Frame[] {
  const view = new DataView(capture.buffer, capture.byteOffset, capture.byteLength);
  if (view.getUint32(0, true) !== 0xa1b2c3d4 || view.getUint32(20, true) !== 1) return [];
  const frames: Frame[] = [];
  for (let at = FILE_HEADER; at + RECORD_HEADER <= capture.length;) {
    const captured = view.getUint32(at + 8, true);
    frames.push({
      seconds: view.getUint32(at, true),
      microseconds: view.getUint32(at + 4, true),
      wire: view.getUint32(at + 12, true),
      bytes: capture.slice(at + RECORD_HEADER, at + RECORD_HEADER + captured),
    });
    at += RECORD_HEADER + captured;
  }
  return frames;
}

/** Grows a classic capture in memory. */
export class CaptureWriter {
  #buffer: Buffer;
  #length = FILE_HEADER;

  /** @param size Bytes that will do, by estimate: growing copies all. */
  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafe(Math.max(size, FILE_HEADER)).fill(0, 0, FILE_HEADER);
    this.#buffer.writeUInt32LE(0xa1b2c3d4, 0);
    this.#buffer.writeUInt16LE(2, 4);
    this.#buffer.writeUInt16LE(4, 6);
    this.#buffer.writeUInt32LE(262144, 16);
    this.#buffer.writeUInt32LE(1, 20);
  }

  /** Room for one frame of `length` bytes, behind its record header; the caller fills it. */
  reserve(microseconds: number, length: number): Buffer {
    const needed = this.#length + RECORD_HEADER + length;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
    const at = this.#length;
    this.#buffer.writeUInt32LE(Math.floor(microseconds / 1e6), at);
    this.#buffer.writeUInt32LE(microseconds % 1e6, at + 4);
    this.#buffer.writeUInt32LE(length, at + 8);
    this.#buffer.writeUInt32LE(length, at + 12);
    this.#length = needed;
    return this.#buffer.subarray(at + RECORD_HEADER, needed);
  }

  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

/** Moves all packets of a capture in time: a classifier that lives on sees each pass as a new hour. */
export function delay(capture: Buffer, seconds: number): void {
  for (let at = FILE_HEADER; at < capture.length;) {
    capture.writeUInt32LE(capture.readUInt32LE(at) + seconds, at);
    at += RECORD_HEADER + capture.readUInt32LE(at + 8);
  }
}

/** The frames of a capture as views, for `push`. */
export function frameViews(capture: Buffer, most: number): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = FILE_HEADER; at < capture.length && frames.length < most;) {
    const captured = capture.readUInt32LE(at + 8);
    frames.push(capture.subarray(at + RECORD_HEADER, at + RECORD_HEADER + captured));
    at += RECORD_HEADER + captured;
  }
  return frames;
}
