/** Dissectors for the oracle: the slow and obvious way, but for cryptography, which the engines are tested with. */
import { configureCrypto, header, openInitial, readHeader } from "../crypto/initial.js";
import { verifyRetry } from "../crypto/retry.js";
import { PIECES_HEADER, PIECES_MAX, SCRATCH_PLAIN_SIZE } from "../engine/abi.js";
import { readHeaders } from "./headers.js";
import { PREFIX_LIMIT } from "./limits.js";
import type { Dissector } from "./pattern.js";

/** What a dissector made: bytes, and whether more of them may come. */
interface Made {
  readonly bytes: Uint8Array;
  readonly more: boolean;
}

const HANDSHAKE = 22;
const RECORD_MOST = 16384;
const PARTS_MOST = 64;

/** What QUIC's dissectors keep of both sides. */
interface Connection {
  /** The connection id that the client's keys come from, and the server's. */
  id?: Uint8Array;
  answered?: Uint8Array;
  isRetried: boolean;
}

/** For each side of a flow. */
export function dissectionsOfFlow(): readonly [Dissection, Dissection] {
  const connection = { isRetried: false };
  return [new Dissection(connection), new Dissection(connection)];
}

/** What dissectors keep of one side of a flow. */
export class Dissection {
  readonly #pieces = new Pieces();
  readonly #connection: Connection;

  constructor(connection: Connection = { isRetried: false }) {
    this.#connection = connection;
  }

  /** `here`: where the step stands. */
  run(dissector: Dissector, bytes: Uint8Array, here: number, more: boolean): Made | undefined {
    switch (dissector) {
      case "tls-handshake":
        return joinRecords(bytes, more);
      case "tls-handshake-here":
        return joinRecords(bytes.subarray(here), more);
      case "dtls-handshake":
        return this.#fragments(bytes);
      case "http2-headers":
        return readHeaders(bytes, more);
      case "quic-initial":
        return this.#initials(bytes);
      case "quic-answer":
        return this.#answer(bytes);
    }
  }

  /** RFC 9000 §17.2.2: Initial packets, each with the keys of the first one's id, or of its own. */
  #initials(datagram: Uint8Array): Made | undefined {
    let isVerified = false;
    for (const { packet, version } of initialsIn(datagram)) {
      const own = packet.slice(6, 6 + packet[5]!);
      const { id } = this.#connection;
      const known = id && opened(packet, id, false, version);
      const plain = known ?? opened(packet, own, false, version);
      if (!plain) continue;
      isVerified = true;
      if (!known) this.#connection.id = this.#connection.answered = own;
      this.#frames(plain);
    }
    return isVerified ? this.#made() : undefined;
  }

  /** Keys of the client's id; behind a head that the first packet verified decides. */
  #answer(datagram: Uint8Array): Made | undefined {
    if (datagram.length < 7 || datagram[0]! < 0x80) return undefined;
    if (this.#connection.answered && isRetryOf(datagram, this.#connection.answered)) {
      // The client goes on with the id that the server gave itself: RFC 9001 §5.2.
      const from = 6 + datagram[5]!;
      this.#connection.answered = datagram.slice(from + 1, from + 1 + datagram[from]!);
      this.#connection.isRetried = true;
    }
    const id = this.#connection.answered;
    if (!id) return this.#made();
    for (const { packet, version } of initialsIn(datagram)) {
      const plain = opened(packet, id, true, version);
      if (!plain) continue;
      this.#frames(plain, 5);
      this.#pieces.add(0, Uint8Array.of(Number(this.#connection.isRetried), ...packet.slice(1, 5)));
    }
    return this.#made();
  }

  #made(): Made {
    const bytes = this.#pieces.contiguous();
    return { bytes, more: bytes.length < this.#pieces.most };
  }

  /** RFC 6347 §4.2.3: fragments of the first ClientHello, behind the header of one that is whole. */
  #fragments(datagram: Uint8Array): Made | undefined {
    let rest = datagram;
    for (let record = 0; record < PARTS_MOST && rest.length >= 13; record++) {
      if (rest[0] !== HANDSHAKE || numberIn(rest, 3, 2) !== 0) break;
      const end = 13 + numberIn(rest, 11, 2);
      let messages = rest.subarray(13, end);
      for (let part = 0; part < PARTS_MOST && messages.length >= 12; part++) {
        const [length, offset, count] = [1, 6, 9].map((at) => numberIn(messages, at, 3)) as [
          number,
          number,
          number,
        ];
        const body = messages.subarray(12, 12 + count);
        if (messages[0] !== 1 || body.length < count || offset + count > length) break;
        const head = messages.subarray(0, 6);
        if (this.#pieces.contiguous().length < 12) {
          this.#pieces.add(0, Uint8Array.of(...head, 0, 0, 0, ...head.subarray(1, 4)));
        }
        const held = this.#pieces.contiguous();
        if (head.every((byte, index) => byte === held[index])) this.#pieces.add(12 + offset, body);
        messages = messages.subarray(12 + count);
      }
      rest = rest.subarray(end);
    }
    const made = this.#made();
    return made.bytes.length < 12 ? undefined : made;
  }

  #frames(plain: Uint8Array, begin = 0): void {
    let at = 0;
    const number = (): number => {
      const width = 1 << ((plain[at] ?? 0xc0) >>> 6);
      const value = numberIn(plain, at, width);
      at += width;
      return value - Math.floor(value / 2 ** (8 * width - 2)) * 2 ** (8 * width - 2);
    };
    while (at < plain.length) {
      const type = plain[at++]!;
      if (type === 2 || type === 3) {
        number();
        number();
        const ranges = number();
        number();
        for (let range = 0; range < ranges && at < plain.length; range++) {
          number();
          number();
        }
        if (type === 3) for (let count = 0; count < 3; count++) number();
      } else if (type === 6 || type === 8) {
        // The second is Google's, before it took the IETF's frames.
        const offset = number();
        const size = number();
        if (offset > 2 ** 30 || at + size > plain.length) return;
        this.#pieces.add(begin + offset, plain.subarray(at, at + size));
        at += size;
      } else if (type > 1) return;
    }
  }
}

/** A big-endian number; bytes that are not there are 0. */
const numberIn = (bytes: Uint8Array, at: number, width: number): number =>
  Array.from({ length: width }, (_, index) => bytes[at + index] ?? 0).reduce(
    (value, byte) => value * 256 + byte,
    0,
  );

/** The Initial packets of a datagram, with those of other types between them (RFC 9000 §12.2). */
function* initialsIn(datagram: Uint8Array): Generator<{ packet: Uint8Array; version: number }> {
  configureCrypto();
  let rest = datagram;
  for (let part = 0; part < PARTS_MOST && rest.length >= 7; part++) {
    const version = numberIn(rest, 1, 4);
    const isInitial = readHeader(rest, 0, rest.length, version) === 0;
    const packet = rest.subarray(0, header.packetEnd);
    if (packet.length === 0 || packet.length > SCRATCH_PLAIN_SIZE) return;
    rest = rest.subarray(packet.length);
    if (isInitial) yield { packet, version };
  }
}

function isRetryOf(datagram: Uint8Array, id: Uint8Array): boolean {
  if (datagram.length + 21 >= SCRATCH_PLAIN_SIZE) return false;
  configureCrypto();
  const memory = new Uint8Array(2 * datagram.length + 2 * id.length + 1);
  memory.set(datagram);
  memory.set(id, datagram.length);
  const version = numberIn(datagram, 1, 4);
  const into = datagram.length + id.length;
  return verifyRetry(memory, 0, datagram.length, datagram.length, id.length, version, into);
}

function opened(
  packet: Uint8Array,
  id: Uint8Array,
  fromServer: boolean,
  version: number,
): Uint8Array | undefined {
  const memory = new Uint8Array(packet.length * 2 + id.length);
  memory.set(packet);
  memory.set(id, packet.length);
  const into = packet.length + id.length;
  const length = openInitial(
    memory,
    0,
    packet.length,
    packet.length,
    id.length,
    fromServer,
    version,
    into,
  );
  return length < 0 ? undefined : memory.subarray(into, into + length);
}

/** Bytes by their offset; those that came first stay. */
class Pieces {
  /** As long as what an engine's block holds. */
  readonly most = PREFIX_LIMIT - PIECES_HEADER;
  readonly #bytes = new Map<number, number>();

  add(offset: number, piece: Uint8Array): void {
    const before = new Map(this.#bytes);
    for (const [index, byte] of piece.entries()) {
      if (offset + index < this.most && !this.#bytes.has(offset + index)) {
        this.#bytes.set(offset + index, byte);
      }
    }
    if (this.#ranges() > PIECES_MAX) {
      this.#bytes.clear();
      for (const [at, byte] of before) this.#bytes.set(at, byte);
    }
  }

  contiguous(): Uint8Array {
    const bytes: number[] = [];
    while (this.#bytes.has(bytes.length)) bytes.push(this.#bytes.get(bytes.length)!);
    return Uint8Array.from(bytes);
  }

  #ranges(): number {
    return [...this.#bytes.keys()].filter((at) => !this.#bytes.has(at - 1)).length;
  }
}

/** RFC 8446 §5.1. */
function joinRecords(bytes: Uint8Array, more: boolean): Made {
  const joined: number[] = [];
  let at = 0;
  let records = 0;
  let isOpen = true;
  while (records < PARTS_MOST && at < bytes.length) {
    isOpen = bytes[at] === HANDSHAKE;
    if (!isOpen || at + 5 > bytes.length) break;
    const size = numberIn(bytes, at + 3, 2);
    isOpen = size > 0 && size <= RECORD_MOST;
    if (!isOpen) break;
    joined.push(...bytes.subarray(at + 5, at + 5 + size));
    at += 5 + size;
    records++;
  }
  // Of several records the engine makes a copy, which is as long as a block.
  const most = records > 1 ? PREFIX_LIMIT : Infinity;
  return {
    bytes: Uint8Array.from(joined.slice(0, most)),
    more: more && isOpen && joined.length < most,
  };
}
