/**
 * DTLS handshake messages in fragments: RFC 6347 §4.2.3. Of a direction's first ClientHello the
 * fragments are put together in a block, behind the header that it would have in one piece.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import type { Pieces } from "./pieces.js";

/** RFC 6347 §4.1: type, version, epoch, sequence number, length. */
const RECORD_HEADER = 13;
const EPOCH_AT = 3;
const RECORD_LENGTH_AT = 11;
const HANDSHAKE = 22;
/** §4.2.2: type, length, number of the message; then offset and length of the fragment. */
const MESSAGE_HEADER = 12;
const LENGTH_AT = 1;
const OFFSET_AT = 6;
const COUNT_AT = 9;
const CLIENT_HELLO = 1;

export class HandshakeFragments {
  /** The end of what was written to the block. */
  extent = 0;
  readonly #memory: EngineMemory;
  readonly #pieces: Pieces;
  #header = 0;

  constructor(memory: EngineMemory, pieces: Pieces) {
    this.#memory = memory;
    this.#pieces = pieces;
  }

  configure(): void {
    this.#header = this.#memory.control(abi.C_SCRATCH) + abi.SCRATCH_PLAIN;
  }

  /** Adds what the records of a datagram hold. False if the block has nothing of a ClientHello then. */
  read(block: number, base: number, available: number): boolean {
    const { u8 } = this.#memory;
    this.extent = 0;
    let at = 0;
    for (let record = 0; record < abi.DISSECT_PARTS_MAX; record++) {
      if (at + RECORD_HEADER > available || u8[base + at] !== HANDSHAKE) break;
      // Later epochs are encrypted.
      if (u8[base + at + EPOCH_AT] !== 0 || u8[base + at + EPOCH_AT + 1] !== 0) break;
      const size = (u8[base + at + RECORD_LENGTH_AT]! << 8) | u8[base + at + RECORD_LENGTH_AT + 1]!;
      const from = at + RECORD_HEADER;
      const end = Math.min(from + size, available);
      at = from;
      for (let part = 0; part < abi.DISSECT_PARTS_MAX && at + MESSAGE_HEADER <= end; part++) {
        const count = this.#add(block, base + at, end - at - MESSAGE_HEADER);
        if (count < 0) break;
        at += MESSAGE_HEADER + count;
      }
      at = from + size;
    }
    return this.#pieces.contiguous(block) >= MESSAGE_HEADER;
  }

  /** A fragment of the message that is in the block, or of the first one. Its length, or -1 if it is none. */
  #add(block: number, message: number, room: number): number {
    const { u8 } = this.#memory;
    if (u8[message] !== CLIENT_HELLO) return -1;
    const length = this.#u24(message + LENGTH_AT);
    const offset = this.#u24(message + OFFSET_AT);
    const count = this.#u24(message + COUNT_AT);
    if (count > room || offset + count > length) return -1;
    if (this.#pieces.contiguous(block) < MESSAGE_HEADER) this.#begin(block, message);
    const held = block + abi.PIECES_HEADER;
    // Of another message (the one with a cookie) nothing is taken.
    for (let byte = 0; byte < OFFSET_AT; byte++) {
      if (u8[held + byte] !== u8[message + byte]) return count;
    }
    this.#put(block, MESSAGE_HEADER + offset, message + MESSAGE_HEADER, count);
    return count;
  }

  /** The header of the message in one piece: from offset 0, as long as the message is. */
  #begin(block: number, message: number): void {
    const { u8 } = this.#memory;
    const header = this.#header;
    u8.copyWithin(header, message, message + OFFSET_AT);
    u8.fill(0, header + OFFSET_AT, header + COUNT_AT);
    u8.copyWithin(header + COUNT_AT, message + LENGTH_AT, message + LENGTH_AT + 3);
    this.#put(block, 0, header, MESSAGE_HEADER);
    u8.fill(0, header, header + MESSAGE_HEADER);
  }

  #put(block: number, at: number, from: number, count: number): void {
    this.#pieces.add(block, at, from, count);
    this.extent = Math.max(this.extent, this.#pieces.extent(at, count));
  }

  #u24(at: number): number {
    const { u8 } = this.#memory;
    return (u8[at]! << 16) | (u8[at + 1]! << 8) | u8[at + 2]!;
  }
}
