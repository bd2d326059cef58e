/**
 * HTTP/2's frames: those with headers are read, the others are passed over (RFC 9113 §4.1).
 *
 * One run takes as many steps as there are bytes of the stream and of the text together.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import {
  Block,
  CLOSED,
  CONTINUATION,
  ENDED,
  FRAME_HEADER,
  GOING,
  STARVED,
} from "./header-block.js";
import { Hpack } from "./hpack.js";

const HEADERS = 1;
const PUSH_PROMISE = 5;
const PADDED = 8;
const PRIORITY = 0x20;
/** §3.4: the preface begins with "PRI ", as no frame does that is read, and has 24 bytes. */
const PREFACE = [0x50, 0x52, 0x49, 0x20];
const PREFACE_SIZE = 24;

export class Headers {
  /** Bytes that must be there before there can be more text; 0: there is none to come. */
  need = 0;
  readonly #memory: EngineMemory;
  readonly #block: Block;
  readonly #hpack: Hpack;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    this.#block = new Block(memory);
    this.#hpack = new Hpack(memory, this.#block);
  }

  configure(): void {
    this.#hpack.configure();
  }

  /** The length of the text of all header blocks; the end of what was written to the block. */
  get length(): number {
    return this.#hpack.length;
  }

  get extent(): number {
    return this.#hpack.extent;
  }

  /** Writes the fields of the header blocks into `block`. */
  read(into: number, base: number, available: number): void {
    const { u8 } = this.#memory;
    const block = this.#block;
    this.#hpack.begin(into);
    const edge = base + available;
    let frame = base;
    let need = 0;
    if (available >= 4 && PREFACE.every((byte, index) => u8[base + index] === byte)) {
      frame += PREFACE_SIZE;
    }
    for (let part = 0; part < abi.DISSECT_PARTS_MAX; part++) {
      need = frame + FRAME_HEADER;
      if (need > edge) break;
      const type = u8[frame + 3]!;
      if (type === HEADERS) {
        if (this.#begin(frame, edge)) this.#hpack.write();
        need = block.state === STARVED ? edge + 1 : 0;
        if (block.state !== ENDED) break;
        frame = block.frameEnd;
      } else if (type === PUSH_PROMISE || type === CONTINUATION) {
        need = 0;
        break;
      } else frame += FRAME_HEADER + block.sizeOf(frame);
    }
    this.need = need > edge ? need - base : 0;
  }

  /** §6.2: padding and priority stand around the fragment. */
  #begin(frame: number, edge: number): boolean {
    const { u8 } = this.#memory;
    const block = this.#block;
    const flags = u8[frame + 4]!;
    const size = block.sizeOf(frame);
    const isPadded = (flags & PADDED) !== 0;
    const before = (isPadded ? 1 : 0) + ((flags & PRIORITY) !== 0 ? 5 : 0);
    block.frame = frame;
    block.frameEnd = frame + FRAME_HEADER + size;
    block.at = frame + FRAME_HEADER + before;
    block.edge = edge;
    block.state = CLOSED;
    if (before > size || block.streamOf(frame) === 0) return false;
    block.state = STARVED;
    if (isPadded && frame + FRAME_HEADER >= edge) return false;
    const behind = isPadded ? u8[frame + FRAME_HEADER]! : 0;
    block.state = CLOSED;
    if (before + behind > size) return false;
    block.end = block.frameEnd - behind;
    block.state = GOING;
    return true;
  }
}
