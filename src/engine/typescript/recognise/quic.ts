/**
 * QUIC's Initial packets: protected with keys that anyone can derive from the client's first packet
 * (RFC 9001 §5.2). A packet counts only if its tag verifies; what it carries of its side's CRYPTO
 * stream goes into a block. The server's keys are made of the client's connection id, which is kept for them.
 */
import {
  configureCrypto,
  deriveInitial,
  header,
  openInitial,
  openWith,
  readHeader,
} from "../../../crypto/initial.js";
import { verifyRetry } from "../../../crypto/retry.js";
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import type { Pieces } from "./pieces.js";

/** Frames that Initial packets may hold: RFC 9000 §12.4, §19. */
const PADDING = 0;
const PING = 1;
const ACK = 2;
const ACK_ECN = 3;
const CRYPTO = 6;
/** Google's versions before they took the IETF's frames; in Initial packets of others it may not be. */
const GOOGLE_CRYPTO = 8;
/** Offsets and lengths above this are of no stream that is read. */
const FAR = 2 ** 30;
/** A header's first bytes, to the length of the second id; the bit of its first one. */
const SHORTEST = 7;
const LONG = 0x80;
/** What stands in front of a Retry packet while it is verified: an id and its length. */
const ID_ROOM = 21;

export class Initials {
  /** The end of what was written to the block. */
  extent = 0;
  readonly #memory: EngineMemory;
  readonly #pieces: Pieces;
  #plain = 0;
  /** Where the CRYPTO stream begins in the block. */
  #head = 0;
  /** Where reading stands in the plaintext, and where that ends. */
  #at = 0;
  #end = 0;

  constructor(memory: EngineMemory, pieces: Pieces) {
    this.#memory = memory;
    this.#pieces = pieces;
  }

  configure(): void {
    configureCrypto();
    this.#plain = this.#memory.control(abi.C_SCRATCH) + abi.SCRATCH_PLAIN;
  }

  /** Reads the Initial packets of a client's datagram. False if none of them verifies. */
  read(inspection: number, block: number, base: number, available: number): boolean {
    return this.#readPackets(inspection, block, base, available, false);
  }

  /**
   * Reads the Initial packets of a server's datagram behind a head, or its Retry. False if it begins with neither these nor
   * others that the handshake may yet go on behind.
   */
  readAnswer(inspection: number, block: number, base: number, available: number): boolean {
    const { u8 } = this.#memory;
    this.extent = 0;
    if (available < SHORTEST || u8[base]! < LONG) return false;
    if (u8[inspection + abi.K_KEYED] === 0) return true;
    const [id, size] = [inspection + abi.K_ID, u8[inspection + abi.K_ID_SIZE]!];
    const version = this.#versionOf(base);
    if (
      available < abi.SCRATCH_PLAIN_SIZE - ID_ROOM &&
      verifyRetry(u8, base, available, id, size, version, this.#plain)
    ) {
      // The client will go on with the id that the server chose (RFC 9001 §5.2), and keys of both sides are made of that.
      const at = base + SHORTEST - 1 + u8[base + 5]!;
      this.#keepId(inspection, at + 1, u8[at]!);
      u8[inspection + abi.K_RETRIED] = 1;
    }
    this.#readPackets(inspection, block, base, available, true);
    return true;
  }

  #keepId(inspection: number, id: number, size: number): void {
    const { u8 } = this.#memory;
    const at = inspection + abi.K_ID;
    u8[inspection + abi.K_ID_SIZE] = size;
    u8.fill(0, at, at + ID_ROOM - 1);
    u8.copyWithin(at, id, id + size);
  }

  #versionOf(packet: number): number {
    const { u8 } = this.#memory;
    return (
      ((u8[packet + 1]! << 24) |
        (u8[packet + 2]! << 16) |
        (u8[packet + 3]! << 8) |
        u8[packet + 4]!) >>>
      0
    );
  }

  /** Packets in a row, as far as their headers say where they end. Is any Initial packet among them verified? */
  #readPackets(
    inspection: number,
    block: number,
    base: number,
    available: number,
    fromServer: boolean,
  ): boolean {
    const { u8 } = this.#memory;
    let isVerified = false;
    let at = 0;
    this.extent = 0;
    this.#head = fromServer ? abi.QUIC_HEAD : 0;
    for (let part = 0; part < abi.DISSECT_PARTS_MAX && at + SHORTEST <= available; part++) {
      const packet = base + at;
      const version = this.#versionOf(packet);
      const isInitial = readHeader(u8, packet, available - at, version) === 0;
      const size = header.packetEnd;
      if (size === 0 || size > abi.SCRATCH_PLAIN_SIZE) break;
      at += size;
      if (!isInitial) continue;
      const length = fromServer
        ? this.#openAnswer(inspection, packet, size, version)
        : this.#open(inspection, packet, size, version);
      if (length >= 0) {
        isVerified = true;
        this.#readFrames(block, length);
      }
      u8.fill(0, this.#plain, this.#plain + size);
      if (length >= 0 && fromServer) this.#putHead(inspection, block, packet);
    }
    return isVerified;
  }

  /** The server may have changed to another version of the same kind (RFC 9368 §2.3), so its keys are made for each packet. */
  #openAnswer(inspection: number, packet: number, size: number, version: number): number {
    const { u8 } = this.#memory;
    const [id, idSize] = [inspection + abi.K_ID, u8[inspection + abi.K_ID_SIZE]!];
    return openInitial(u8, packet, size, id, idSize, true, version, this.#plain);
  }

  #putHead(inspection: number, block: number, packet: number): void {
    const { u8 } = this.#memory;
    const room = this.#plain;
    u8[room] = u8[inspection + abi.K_RETRIED]!;
    u8.copyWithin(room + 1, packet + 1, packet + 5);
    this.#put(block, 0, room, abi.QUIC_HEAD);
    u8.fill(0, room, room + abi.QUIC_HEAD);
  }

  #put(block: number, offset: number, from: number, size: number): void {
    this.#pieces.add(block, offset, from, size);
    this.extent = Math.max(this.extent, this.#pieces.extent(offset, size));
  }

  /** With the connection's keys; without them, or if they do not fit (a Retry changes them), with the packet's own id. */
  #open(inspection: number, packet: number, length: number, version: number): number {
    const { u8 } = this.#memory;
    const keys = inspection + abi.K_KEYS;
    if (u8[inspection + abi.K_KEYED] !== 0) {
      const opened = openWith(u8, keys, packet, length, version, this.#plain);
      if (opened >= 0) return opened;
    }
    const [id, size] = [packet + 6, u8[packet + 5]!];
    const opened = openInitial(u8, packet, length, id, size, false, version, this.#plain);
    if (opened >= 0) {
      deriveInitial(u8, version, id, size, false, keys);
      u8[inspection + abi.K_KEYED] = 1;
      this.#keepId(inspection, id, size);
    }
    return opened;
  }

  #readFrames(block: number, length: number): void {
    const { u8 } = this.#memory;
    this.#at = this.#plain;
    this.#end = this.#plain + length;
    while (this.#at < this.#end) {
      const type = u8[this.#at++]!;
      if (type === PADDING || type === PING) continue;
      if (type === ACK || type === ACK_ECN) {
        this.#number();
        this.#number();
        const ranges = this.#number();
        this.#number();
        for (let range = 0; range < ranges && this.#at < this.#end; range++) {
          this.#number();
          this.#number();
        }
        if (type === ACK_ECN) for (let count = 0; count < 3; count++) this.#number();
        continue;
      }
      if (type !== CRYPTO && type !== GOOGLE_CRYPTO) return;
      const offset = this.#number();
      const size = this.#number();
      if (offset > FAR || size > this.#end - this.#at) return;
      this.#put(block, this.#head + offset, this.#at, size);
      this.#at += size;
    }
  }

  /** A variable-length integer (RFC 9000 §16); beyond the end, what ends the reading. */
  #number(): number {
    const { u8 } = this.#memory;
    if (this.#at >= this.#end) return FAR * 2;
    const first = u8[this.#at]!;
    const next = this.#at + (1 << (first >>> 6));
    let number = first & 0x3f;
    for (let at = this.#at + 1; at < next; at++) {
      number = number * 256 + (at < this.#end ? u8[at]! : 0);
    }
    this.#at = next;
    return Math.min(number, FAR * 2);
  }
}
