/**
 * Opens QUIC Initial packets: RFC 9001 §5.2 to §5.4 (version 1), RFC 9369 §3 (version 2), and
 * draft-ietf-quic-tls-21 to -34, draft-ietf-quic-v2-01 to -04; Google's (salts of github.com/google/quiche,
 * quiche/quic/core/crypto/crypto_utils.cc) and mvfst's, which took those of drafts 22 and 23 (github.com/facebook/mvfst,
 * quic/fizz/handshake/FizzCryptoFactory.cpp). Addresses are bytes of `u8`, the engine's memory.
 */
import * as abi from "../engine/abi.js";
import { configureAes128, encryptBlock, expandKey } from "./aes128.js";
import { configureGcm, forgetCipher, open } from "./gcm.js";
import { MacKey, labelBlock } from "./hkdf.js";
import { forgetHash, write } from "./sha256.js";

const VERSION_2 = 0x6b3343cf;
/** draft-ietf-quic-v2-01 to -04: version 2 but for its number and its salt. */
const DRAFT_VERSION_2 = 0x709a50c4;
/** Has it the labels and the packet types of version 2? */
const isVersion2 = (version: number): boolean =>
  version === VERSION_2 || version === DRAFT_VERSION_2;

/** Google's. */
const Q050 = 0x51303530;
const T050 = 0x54303530;
const T051 = 0x54303531;
const MVFST_1 = 0xfaceb001;
const MVFST_2 = 0xfaceb002;

/** RFC 9000, §17.2: the form's bit. The fixed bit need not be set once both sides know that (RFC 9287). */
const LONG = 0x80;
const ID_MAX = 20;
const TAG = 16;
/** RFC 9001, §5.4.2: the sample begins where a packet number of four bytes would have ended. */
const SAMPLE = 4;

interface Salt {
  /** First and last version it is for. */
  readonly versions: readonly [number, number];
  readonly words: readonly number[];
  readonly key: MacKey;
}

const salt = (first: number, last: number, ...words: number[]): Salt => ({
  versions: [first, last],
  words,
  key: new MacKey(),
});

const SALTS: readonly Salt[] = [
  // RFC 9001, §5.2; drafts 33 and 34 have the same.
  salt(1, 1, 0x38762cf7, 0xf55934b3, 0x4d179ae6, 0xa4c80cad, 0xccbb7f0a),
  salt(0xff000021, 0xff000022, 0x38762cf7, 0xf55934b3, 0x4d179ae6, 0xa4c80cad, 0xccbb7f0a),
  // RFC 9369, §3.3.1.
  salt(VERSION_2, VERSION_2, 0x0dede3de, 0xf700a6db, 0x819381be, 0x6e269dcb, 0xf9bd2ed9),
  // draft-ietf-quic-v2-01, §3.3.1.
  salt(
    DRAFT_VERSION_2,
    DRAFT_VERSION_2,
    0xa707c203,
    0xa59b4718,
    0x4a1d62ca,
    0x570406ea,
    0x7ae3e5d3,
  ),
  // draft-ietf-quic-tls-29 to -32, §5.2.
  salt(0xff00001d, 0xff000020, 0xafbfec28, 0x9993d24c, 0x9e9786f1, 0x9c6111e0, 0x4390a899),
  // draft-ietf-quic-tls-23 to -28, §5.2.
  salt(0xff000017, 0xff00001c, 0xc3eef712, 0xc72ebb5a, 0x11a7d243, 0x2bb46365, 0xbef9f502),
  salt(MVFST_2, MVFST_2, 0xc3eef712, 0xc72ebb5a, 0x11a7d243, 0x2bb46365, 0xbef9f502),
  // draft-ietf-quic-tls-21 and -22, §5.2.
  salt(0xff000015, 0xff000016, 0x7fbcdb0e, 0x7c66bbe9, 0x193a96cd, 0x21519ebd, 0x7a02644a),
  salt(MVFST_1, MVFST_1, 0x7fbcdb0e, 0x7c66bbe9, 0x193a96cd, 0x21519ebd, 0x7a02644a),
  salt(Q050, Q050, 0x504574ef, 0xd066fe2f, 0x9d945cfc, 0xdbd3a7f0, 0xd3b56b45),
  salt(T050, T050, 0x7ff579e5, 0xacd07291, 0x5580304c, 0x43a2367c, 0x60488310),
  salt(T051, T051, 0x7a4edef4, 0xe7ccee5f, 0xa4506c19, 0x124fc8cc, 0xda6e033d),
];

const CLIENT_IN = labelBlock("client in", 32);
const SERVER_IN = labelBlock("server in", 32);
const labels = (prefix: string) => ({
  key: labelBlock(`${prefix} key`, 16),
  iv: labelBlock(`${prefix} iv`, 12),
  hp: labelBlock(`${prefix} hp`, 16),
});
const LABELS_1 = labels("quic");
const LABELS_2 = labels("quicv2"); // RFC 9369, §3.3.2

/** Fills in the tables; once, before all else. */
export function configureCrypto(): void {
  configureAes128();
  configureGcm();
  for (const { key, words } of SALTS) key.set(Int32Array.from(words));
}

const secret = new Int32Array(8);
const secretKey = new MacKey();
/** Where the keys lie where the caller keeps none: behind no memory of the engine. */
const ownKeys = new Uint8Array(abi.KEYS_SIZE);
const roundKeys = new Int32Array(44);
const mask = new Int32Array(4);
const nonce = new Int32Array(3);

function forget(): void {
  forgetHash();
  forgetCipher();
  secretKey.forget();
  for (const made of [secret, ownKeys, roundKeys, mask, nonce]) made.fill(0);
}

/**
 * Writes the keys (KEYS_SIZE bytes) of one side of a connection. `id` is the destination connection
 * id of the client's first packet. 0, or why there are none.
 */
export function deriveInitial(
  u8: Uint8Array,
  version: number,
  id: number,
  idLength: number,
  fromServer: boolean,
  keys: number,
): number {
  const reason = derive(u8, version, id, idLength, fromServer, u8, keys);
  forget();
  return reason;
}

function derive(
  u8: Uint8Array,
  version: number,
  id: number,
  idLength: number,
  fromServer: boolean,
  into: Uint8Array,
  keys: number,
): number {
  const found = SALTS.find(({ versions: [first, last] }) => version >= first && version <= last);
  if (found === undefined) return abi.OPEN_UNKNOWN_VERSION;
  if (idLength > ID_MAX) return abi.OPEN_NOT_INITIAL;
  found.key.sign(u8, id, idLength, secret);
  secretKey.set(secret);
  secretKey.signBlock(fromServer ? SERVER_IN : CLIENT_IN, secret);
  secretKey.set(secret);
  const { key, iv, hp } = isVersion2(version) ? LABELS_2 : LABELS_1;
  secretKey.signBlock(key, secret);
  write(secret, into, keys + abi.KEYS_KEY, 16);
  secretKey.signBlock(iv, secret);
  write(secret, into, keys + abi.KEYS_IV, 12);
  secretKey.signBlock(hp, secret);
  write(secret, into, keys + abi.KEYS_HP, 16);
  return 0;
}

/** Reads bytes of a header; what lies behind its end makes it fail for good. */
class Reader {
  at = 0;
  failed = false;
  #u8: Uint8Array = ownKeys;
  #end = 0;

  begin(u8: Uint8Array, at: number, end: number): void {
    this.at = at;
    this.failed = false;
    this.#u8 = u8;
    this.#end = end;
  }

  byte(): number {
    if (this.at < this.#end) return this.#u8[this.at++]!;
    this.failed = true;
    return 0;
  }

  /** A variable-length integer (RFC 9000, §16). */
  number(): number {
    const first = this.byte();
    let number = first & 0x3f;
    for (let more = (1 << (first >> 6)) - 1; more > 0; more--) number = number * 256 + this.byte();
    return number;
  }

  skip(length: number): void {
    if (length > this.#end - this.at) this.failed = true;
    else this.at += length;
  }
}

const reader = new Reader();

/** A packet's type as version 1 counts them; version 2 counts from 1, modulo 4 (RFC 9369, §3.2). */
const typeOf = (first: number, version: number): number =>
  ((first >> 4) - (isVersion2(version) ? 1 : 0)) & 3;
const INITIAL = 0;
const RETRY = 3;

/** RFC 9000, §17.2.5. */
export const isRetry = (first: number, version: number): boolean =>
  first >= LONG && typeOf(first, version) === RETRY;

/** What the last packet's header said: where its packet number begins, where the packet ends. */
export const header = { numberAt: 0, packetEnd: 0 };

/**
 * Reads the header of an Initial packet in front of its packet number: RFC 9000, §17.2.2. Other
 * packets may follow behind its end. 0, or why it is none that can be opened; of 0-RTT and Handshake
 * packets (§17.2.3, §17.2.4) the end is known too, otherwise it is 0.
 */
export function readHeader(
  u8: Uint8Array,
  packet: number,
  length: number,
  version: number,
): number {
  header.packetEnd = 0;
  if (length < 7) return abi.OPEN_TRUNCATED;
  reader.begin(u8, packet, packet + length);
  const first = reader.byte();
  const type = typeOf(first, version);
  if (first < LONG || version === 0 || type === RETRY) return abi.OPEN_NOT_INITIAL;
  const cut = type === INITIAL ? abi.OPEN_TRUNCATED : abi.OPEN_NOT_INITIAL;
  if (
    ((reader.byte() << 24) | (reader.byte() << 16) | (reader.byte() << 8) | reader.byte()) !==
    (version | 0)
  ) {
    return abi.OPEN_NOT_INITIAL;
  }
  for (let id = 0; id < 2; id++) {
    const size = reader.byte();
    if (size > ID_MAX) return abi.OPEN_NOT_INITIAL;
    reader.skip(size);
    if (reader.failed) return cut;
  }
  if (type === INITIAL) reader.skip(reader.number());
  if (reader.failed) return cut;
  const size = reader.number();
  const numberAt = reader.at;
  reader.skip(size);
  if (reader.failed) return cut;
  header.numberAt = numberAt - packet;
  header.packetEnd = reader.at - packet;
  if (type !== INITIAL) return abi.OPEN_NOT_INITIAL;
  return size < SAMPLE + TAG ? abi.OPEN_TRUNCATED : 0;
}

/**
 * Opens an Initial packet with keys that are there. The packet is not changed; `into` has room for
 * `length` bytes and is written where the packet is whole: with the plaintext, whose length is
 * returned, or, where it is refused, with the header.
 */
export function openWith(
  u8: Uint8Array,
  keys: number,
  packet: number,
  length: number,
  version: number,
  into: number,
): number {
  const result = openParsed(u8, u8, keys, packet, length, version, into);
  forget();
  return result;
}

/** Derives the keys and opens the packet: `openWith` for the only packet of its connection. */
export function openInitial(
  u8: Uint8Array,
  packet: number,
  length: number,
  id: number,
  idLength: number,
  fromServer: boolean,
  version: number,
  into: number,
): number {
  const reason = derive(u8, version, id, idLength, fromServer, ownKeys, 0);
  const result = reason < 0 ? reason : openParsed(u8, ownKeys, 0, packet, length, version, into);
  forget();
  return result;
}

const wordAt = (u8: Uint8Array, at: number): number =>
  (u8[at]! << 24) | (u8[at + 1]! << 16) | (u8[at + 2]! << 8) | u8[at + 3]!;

function openParsed(
  u8: Uint8Array,
  keyBytes: Uint8Array,
  keys: number,
  packet: number,
  length: number,
  version: number,
  into: number,
): number {
  const reason = readHeader(u8, packet, length, version);
  if (reason < 0) return reason;
  const { numberAt, packetEnd } = header;
  for (let i = 0; i < 4; i++) {
    roundKeys[i] = wordAt(keyBytes, keys + abi.KEYS_HP + 4 * i);
    mask[i] = wordAt(u8, packet + numberAt + SAMPLE + 4 * i);
  }
  expandKey(roundKeys);
  encryptBlock(roundKeys, mask, 0);
  const first = u8[packet]! ^ ((mask[0]! >>> 24) & 0x0f);
  const numberSize = (first & 3) + 1;
  const headerSize = numberAt + numberSize;
  const number =
    (wordAt(u8, packet + numberAt) ^ ((mask[0]! << 8) | (mask[1]! >>> 24))) >>>
    (32 - 8 * numberSize);
  // The header without its protection lies in `into` until the plaintext takes its place.
  u8.copyWithin(into, packet, packet + numberAt);
  u8[into] = first;
  for (let i = 0; i < numberSize; i++) {
    u8[into + numberAt + i] = number >>> (8 * (numberSize - 1 - i));
  }
  // RFC 9001, §5.3. Initial packets never have so many before them that the bytes sent of a
  // packet number are not all of it.
  for (let i = 0; i < 3; i++) nonce[i] = wordAt(keyBytes, keys + abi.KEYS_IV + 4 * i);
  nonce[2]! ^= number;
  const size = packetEnd - headerSize - TAG;
  const data = packet + headerSize;
  return open(u8, keyBytes, keys + abi.KEYS_KEY, nonce, into, headerSize, data, size, into)
    ? size
    : abi.OPEN_REFUSED;
}
