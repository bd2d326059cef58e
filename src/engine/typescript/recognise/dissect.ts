/**
 * Dissectors: what the language cannot say. Each makes other bytes of those of a direction (the
 * handshake messages of TLS records, what QUIC's Initial packets carry), and the program goes on in them.
 *
 * A run is repeated when more bytes are there, so what a dissector does can be done again.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import type { Flow } from "./flow.js";
import { HandshakeFragments } from "./handshake-fragments.js";
import { Headers } from "./http2.js";
import { Pieces } from "./pieces.js";
import type { Prefixes } from "./prefixes.js";
import { Initials } from "./quic.js";

const RECORD_HEADER = 5;
const HANDSHAKE = 22;
/** RFC 8446 §5.1. */
const RECORD_MOST = 16384;

export class Dissectors {
  // What the latest one made.
  base = 0;
  available = 0;
  /** More of it may come. */
  more = false;
  /** More would come if more bytes did: what is missing of it is not refuted. */
  isOpen = false;
  /** Bytes of the stream that must be there before it does; 0: as many more as are missing of what was made. */
  need = 0;

  readonly #memory: EngineMemory;
  readonly #flow: Flow;
  readonly #prefixes: Prefixes;
  readonly #pieces: Pieces;
  readonly #initials: Initials;
  readonly #headers: Headers;
  readonly #fragments: HandshakeFragments;
  #limit = 0;

  constructor(memory: EngineMemory, flow: Flow, prefixes: Prefixes) {
    this.#memory = memory;
    this.#flow = flow;
    this.#prefixes = prefixes;
    this.#pieces = new Pieces(memory);
    this.#initials = new Initials(memory, this.#pieces);
    this.#headers = new Headers(memory);
    this.#fragments = new HandshakeFragments(memory, this.#pieces);
  }

  configure(): void {
    this.#limit = this.#memory.control(abi.C_PREFIX_LIMIT);
    this.#pieces.configure();
    this.#initials.configure();
    this.#headers.configure();
    this.#fragments.configure();
  }

  /**
   * `here`: where the program stands. False if the bytes are not what the dissector reads, or no block
   * is left for what it makes.
   */
  run(dissector: number, base: number, available: number, here: number, more: boolean): boolean {
    this.need = 0;
    switch (dissector) {
      case abi.DISSECTOR_TLS:
        return this.#tls(base, available, more);
      case abi.DISSECTOR_QUIC:
        return this.#quic(base, available);
      case abi.DISSECTOR_HTTP2:
        return this.#http2(base, available, more);
      case abi.DISSECTOR_TLS_HERE: {
        // What stands in front of it may not be whole yet.
        const from = Math.min(here, available);
        return this.#tls(base + from, available - from, more);
      }
      case abi.DISSECTOR_QUIC_SERVER:
        return this.#answer(base, available);
      case abi.DISSECTOR_DTLS:
        return this.#dtls(base, available);
      default:
        return false;
    }
  }

  /** Handshake messages where they lie, as long as one record holds them; of several, a copy. RFC 8446 §5.1. */
  #tls(base: number, available: number, more: boolean): boolean {
    const { u8 } = this.#memory;
    let at = 0;
    let total = 0;
    let block = 0;
    let isOpen = true;
    for (let record = 0; record < abi.DISSECT_PARTS_MAX; record++) {
      if (at < available && u8[base + at] !== HANDSHAKE) isOpen = false;
      if (!isOpen || at + RECORD_HEADER > available) break;
      const size = (u8[base + at + 3]! << 8) | u8[base + at + 4]!;
      if (size === 0 || size > RECORD_MOST) {
        isOpen = false;
        break;
      }
      const from = base + at + RECORD_HEADER;
      const here = Math.min(size, available - at - RECORD_HEADER);
      if (record === 0) total = here;
      else {
        if (block === 0) {
          block = this.#block();
          if (block === 0) return false;
          total = this.#append(block, 0, base + RECORD_HEADER, total);
        }
        total = this.#append(block, total, from, here);
      }
      at += RECORD_HEADER + size;
    }
    this.base = block === 0 ? base + RECORD_HEADER : block;
    this.available = total;
    this.isOpen = isOpen && (block === 0 || total < this.#limit);
    this.more = more && this.isOpen;
    return true;
  }

  /** The CRYPTO stream as far as it is there. False if no packet of the datagram could be verified. */
  #quic(base: number, available: number): boolean {
    const inspection = this.#flow.inspection;
    const block = this.#block();
    if (block === 0 || !this.#initials.read(inspection, block, base, available)) return false;
    this.#wrote(this.#initials.extent);
    this.#madeOfPieces(block);
    return true;
  }

  /** The server's CRYPTO stream as far as it is there. False if none of it can come any more. */
  #answer(base: number, available: number): boolean {
    const inspection = this.#flow.inspection;
    const block = this.#block();
    if (block === 0 || !this.#initials.readAnswer(inspection, block, base, available)) return false;
    this.#wrote(this.#initials.extent);
    this.#madeOfPieces(block);
    return true;
  }

  /** The client's first ClientHello as far as it is there. False if nothing of one is. */
  #dtls(base: number, available: number): boolean {
    const block = this.#block();
    if (block === 0 || !this.#fragments.read(block, base, available)) return false;
    this.#wrote(this.#fragments.extent);
    this.#madeOfPieces(block);
    return true;
  }

  #madeOfPieces(block: number): void {
    this.base = block + abi.PIECES_HEADER;
    this.available = this.#pieces.contiguous(block);
    this.isOpen = this.available < this.#limit - abi.PIECES_HEADER;
    this.more = this.isOpen;
  }

  /** The fields of the header blocks, as text. */
  #http2(base: number, available: number, more: boolean): boolean {
    const headers = this.#headers;
    const block = this.#block();
    if (block === 0) return false;
    headers.read(block, base, available);
    this.#wrote(headers.extent);
    this.base = block;
    this.available = headers.length;
    this.need = headers.need;
    this.isOpen = headers.need !== 0;
    this.more = more && this.isOpen;
    return true;
  }

  /** The block of the flow's direction, a new one if it has none; 0 when all are in use. */
  #block(): number {
    const { u32 } = this.#memory;
    const at = this.#own();
    if (u32[at] === 0) u32[at] = this.#prefixes.take();
    if (u32[at] === 0) this.#memory.f64[(abi.CONTROL + abi.C_PREFIX_DENIED) >>> 3]!++;
    return u32[at]!;
  }

  /** Copies behind what is there, as far as the block goes; returns the length then. */
  #append(block: number, length: number, from: number, count: number): number {
    const end = Math.min(length + count, this.#limit);
    this.#memory.u8.copyWithin(block + length, from, from + (end - length));
    this.#wrote(end);
    return end;
  }

  #wrote(extent: number): void {
    const { u32 } = this.#memory;
    const at = this.#own() + (abi.BLOCK_EXTENT >>> 2);
    u32[at] = Math.max(u32[at]!, extent);
  }

  /** Word index of the direction's entry in K_BLOCKS. */
  #own(): number {
    return (this.#flow.inspection + abi.K_BLOCKS + this.#flow.direction * 8) >>> 2;
  }
}
