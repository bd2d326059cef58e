/**
 * Opens QUIC Initial packets: RFC 9001 §5.2 to §5.4 (version 1), RFC 9369 §3 (version 2), and
 * draft-ietf-quic-tls-21 to -34, draft-ietf-quic-v2-01 to -04; Google's (salts of github.com/google/quiche,
 * quiche/quic/core/crypto/crypto_utils.cc) and mvfst's, which took those of drafts 22 and 23. Their keys come from the connection id that the client chose
 * first and a salt that everybody knows: they protect against accidents, not against readers.
 */
import * as abi from "../abi";
import { configureAes128, encryptBlock, expandKey } from "./aes128";
import { configureGcm, open } from "./gcm";
import {
  hmac,
  hmacLanes,
  hmacScheduled,
  padDigest,
  padKey,
  scheduleLabel,
  writeLane,
} from "./hkdf";
import { DIGEST_SIZE, configureSha256 } from "./sha256";
import {
  BLOCKS,
  DIGEST,
  KEYS,
  LABELS,
  LABEL_LANES,
  PADS,
  ROUND_KEYS,
  SALTS,
  STREAM,
  configureRegion,
  forget,
  region,
} from "./region";

const VERSION_1: u32 = 0x00000001;
const VERSION_2: u32 = 0x6b3343cf;
/** draft-ietf-quic-v2-01 to -04: version 2 but for its number and its salt. */
const DRAFT_VERSION_2: u32 = 0x709a50c4;
/** Drafts have 0xff000000 and their number. */
const DRAFT_21: u32 = 0xff000015;
const DRAFT_23: u32 = 0xff000017;
const DRAFT_29: u32 = 0xff00001d;
const DRAFT_33: u32 = 0xff000021;
const DRAFT_34: u32 = 0xff000022;
/** Google's. */
const Q050: u32 = 0x51303530;
const T050: u32 = 0x54303530;
const T051: u32 = 0x54303531;
const MVFST_1: u32 = 0xfaceb001;
const MVFST_2: u32 = 0xfaceb002;

/** RFC 9000, §17.2: the form's bit. The fixed bit need not be set once both sides know that (RFC 9287). */
const LONG: u32 = 0x80;
/** The packet types of version 1; version 2 counts from 1, modulo 4 (RFC 9369, §3.2). */
const INITIAL: u32 = 0;
const RETRY: u32 = 3;
const ID_MAX: u32 = 20;
/** RFC 9001, §5.4.2: the sample begins where a packet number of four bytes would have ended. */
const SAMPLE: u32 = 4;
const BLOCK: u32 = 16;
const TAG: u32 = 16;

const SALT_SIZE: usize = 20;
const PADS_SIZE: usize = 64;
const WORDS_SIZE: usize = 256;
const LANES_SIZE: usize = 1024;
/** The labels' schedules, in this order; those of version 2 are three further. */
const CLIENT_IN: usize = 0;
const SERVER_IN: usize = 1;
const KEY: usize = 2;
const IV: usize = 3;
const HP: usize = 4;
const FURTHER: usize = 3;

/** Gives `address` (CRYPTO_SIZE bytes, aligned to 16) to cryptography and fills in its tables. */
export function configureCrypto(address: usize): void {
  configureRegion(address);
  configureSha256();
  configureAes128();
  configureGcm();
  configureSalt(0, 0x38762cf7f55934b3, 0x4d179ae6a4c80cad, 0xccbb7f0a); // RFC 9001, §5.2
  configureSalt(1, 0x0dede3def700a6db, 0x819381be6e269dcb, 0xf9bd2ed9); // RFC 9369, §3.3.1
  configureSalt(2, 0xafbfec289993d24c, 0x9e9786f19c6111e0, 0x4390a899); // draft-29 to -32, §5.2
  configureSalt(3, 0xc3eef712c72ebb5a, 0x11a7d2432bb46365, 0xbef9f502); // draft-23 to -28, §5.2
  configureSalt(4, 0xa707c203a59b4718, 0x4a1d62ca570406ea, 0x7ae3e5d3); // draft-ietf-quic-v2-01, §3.3.1
  configureSalt(5, 0x7fbcdb0e7c66bbe9, 0x193a96cd21519ebd, 0x7a02644a); // draft-21 and -22, §5.2
  configureSalt(6, 0x504574efd066fe2f, 0x9d945cfcdbd3a7f0, 0xd3b56b45); // Q050
  configureSalt(7, 0x7ff579e5acd07291, 0x5580304c43a2367c, 0x60488310); // T050
  configureSalt(8, 0x7a4edef4e7ccee5f, 0xa4506c19124fc8cc, 0xda6e033d); // T051
  configureLabel(CLIENT_IN, 0x6920746e65696c63, 0x6e, 9, 32); // "client in"
  configureLabel(SERVER_IN, 0x6920726576726573, 0x6e, 9, 32); // "server in"
  configureLabel(KEY, 0x79656b2063697571, 0, 8, 16); // "quic key"
  configureLabel(IV, 0x0076692063697571, 0, 7, 12); // "quic iv"
  configureLabel(HP, 0x0070682063697571, 0, 7, 16); // "quic hp"
  configureLabel(KEY + FURTHER, 0x6b20327663697571, 0x7965, 10, 16); // "quicv2 key"
  configureLabel(IV + FURTHER, 0x6920327663697571, 0x76, 9, 12); // "quicv2 iv"
  configureLabel(HP + FURTHER, 0x6820327663697571, 0x70, 9, 16); // "quicv2 hp"
  forget();
}

/** A salt, given as the digits are printed. */
function configureSalt(index: usize, first: u64, second: u64, third: u32): void {
  const salt = region + STREAM;
  store<u64>(salt, bswap<u64>(first));
  store<u64>(salt, bswap<u64>(second), 8);
  store<u32>(salt, bswap<u32>(third), 16);
  padKey(salt, <u32>SALT_SIZE, region + SALTS + index * PADS_SIZE);
}

function configureLabel(index: usize, text: u64, rest: u64, size: u32, length: u32): void {
  const label = region + STREAM;
  store<u64>(label, text);
  store<u64>(label, rest, 8);
  const words = region + LABELS + index * WORDS_SIZE;
  scheduleLabel(label, size, length, words);
  if (index < KEY) return;
  const lane = (index - KEY) % FURTHER;
  const lanes = region + LABEL_LANES + ((index - KEY) / FURTHER) * LANES_SIZE + (lane << 2);
  for (let at: usize = 0; at < WORDS_SIZE; at += 4) {
    store<u32>(lanes + (at << 2), load<u32>(words + at));
  }
}

/** Has it the labels and the packet types of version 2? */
function isVersion2(version: u32): bool {
  return version == VERSION_2 || version == DRAFT_VERSION_2;
}

/** The salt of a version, −1 where none is known. */
function saltOf(version: u32): i32 {
  if (version == VERSION_1 || version == DRAFT_33 || version == DRAFT_34) return 0;
  if (version == VERSION_2) return 1;
  if (version == DRAFT_VERSION_2) return 4;
  if (version >= DRAFT_29 && version < DRAFT_33) return 2;
  if (version == MVFST_2) return 3;
  if ((version >= DRAFT_21 && version < DRAFT_23) || version == MVFST_1) return 5;
  if (version == Q050) return 6;
  if (version == T050) return 7;
  if (version == T051) return 8;
  return version >= DRAFT_23 && version < DRAFT_29 ? 3 : -1;
}

/**
 * Writes the keys (KEYS_SIZE bytes) of one side of a connection. `id` is the destination connection
 * id of the client's first packet. 0, or why there are none.
 */
export function deriveInitial(
  version: u32,
  id: usize,
  idLength: u32,
  fromServer: bool,
  keys: usize,
): i32 {
  const reason = derive(version, id, idLength, fromServer, keys);
  forget();
  return reason;
}

function derive(version: u32, id: usize, idLength: u32, fromServer: bool, keys: usize): i32 {
  const salt = saltOf(version);
  if (salt < 0) return abi.OPEN_UNKNOWN_VERSION;
  if (idLength > ID_MAX) return abi.OPEN_NOT_INITIAL;
  const pads = region + PADS;
  const secret = region + DIGEST;
  const labels = region + LABELS;
  hmac(region + SALTS + <usize>salt * PADS_SIZE, id, idLength, secret);
  padDigest(secret, pads);
  hmacScheduled(pads, labels + <usize>fromServer * WORDS_SIZE, secret, DIGEST_SIZE);
  padDigest(secret, pads);
  if (ASC_FEATURE_SIMD) {
    hmacLanes(pads, region + LABEL_LANES + (isVersion2(version) ? LANES_SIZE : 0));
    writeLane(0, keys + abi.KEYS_KEY, 16);
    writeLane(1, keys + abi.KEYS_IV, 12);
    writeLane(2, keys + abi.KEYS_HP, 16);
  } else {
    const three = labels + (isVersion2(version) ? FURTHER * WORDS_SIZE : 0);
    hmacScheduled(pads, three + KEY * WORDS_SIZE, keys + abi.KEYS_KEY, 16);
    hmacScheduled(pads, three + IV * WORDS_SIZE, keys + abi.KEYS_IV, 12);
    hmacScheduled(pads, three + HP * WORDS_SIZE, keys + abi.KEYS_HP, 16);
  }
  return 0;
}

/** What the last packet's header said: where its packet number begins, where the packet ends. */
export let numberAt: u32 = 0;
export let packetEnd: u32 = 0;

/** A packet's type as version 1 counts them; that of the version in front of it is known. */
function typeOf(packet: usize, version: u32): u32 {
  return ((<u32>load<u8>(packet) >> 4) - (isVersion2(version) ? 1 : 0)) & 3;
}

export function isRetry(packet: usize, version: u32): bool {
  return load<u8>(packet) >= LONG && typeOf(packet, version) == RETRY;
}

/**
 * Reads the header of an Initial packet in front of its packet number: RFC 9000, §17.2.2. Other
 * packets may follow behind its end. 0, or why it is none that can be opened; of 0-RTT and Handshake
 * packets (§17.2.3, §17.2.4) the end is known too, otherwise it is 0.
 */
export function readHeader(packet: usize, length: u32, version: u32): i32 {
  packetEnd = 0;
  if (length < 7) return abi.OPEN_TRUNCATED;
  if (load<u8>(packet) < LONG || version == 0) return abi.OPEN_NOT_INITIAL;
  const type = typeOf(packet, version);
  if (type == RETRY) return abi.OPEN_NOT_INITIAL;
  const isInitial = type == INITIAL;
  const cut = isInitial ? abi.OPEN_TRUNCATED : abi.OPEN_NOT_INITIAL;
  if (bswap<u32>(load<u32>(packet, 1)) != version) return abi.OPEN_NOT_INITIAL;
  let at: u32 = 5;
  for (let id = 0; id < 2; id++) {
    if (at >= length) return cut;
    const size: u32 = load<u8>(packet + at);
    if (size > ID_MAX) return abi.OPEN_NOT_INITIAL;
    at += 1 + size;
  }
  if (isInitial) {
    const token = readNumber(packet, at, length);
    if (token > length) return cut;
    at = numberEnd + <u32>token;
  }
  const rest = readNumber(packet, at, length);
  if (rest > length || numberEnd + <u32>rest > length) return cut;
  numberAt = numberEnd;
  packetEnd = numberEnd + <u32>rest;
  if (!isInitial) return abi.OPEN_NOT_INITIAL;
  return rest < SAMPLE + BLOCK ? abi.OPEN_TRUNCATED : 0;
}

let numberEnd: u32 = 0;

/** A variable-length integer (RFC 9000, §16); more than any length where it is not all there. */
function readNumber(packet: usize, at: u32, length: u32): u64 {
  if (at >= length) return u64.MAX_VALUE;
  const first: u32 = load<u8>(packet + at);
  numberEnd = at + (1 << (first >> 6));
  if (numberEnd > length) return u64.MAX_VALUE;
  let number: u64 = first & 0x3f;
  while (++at < numberEnd) number = (number << 8) | load<u8>(packet + at);
  return number;
}

/**
 * Opens an Initial packet with keys that are there. The packet is not changed; `into` has room for
 * `length` bytes and is written where the packet is whole: with the plaintext, whose length is
 * returned, or, where it is refused, with the header.
 */
export function openWith(keys: usize, packet: usize, length: u32, version: u32, into: usize): i32 {
  const result = openParsed(keys, packet, length, version, into);
  forget();
  return result;
}

/** Derives the keys and opens the packet: `openWith` for the only packet of its connection. */
export function openInitial(
  packet: usize,
  length: u32,
  id: usize,
  idLength: u32,
  fromServer: bool,
  version: u32,
  into: usize,
): i32 {
  const keys = region + KEYS;
  const reason = derive(version, id, idLength, fromServer, keys);
  const result = reason < 0 ? reason : openParsed(keys, packet, length, version, into);
  forget();
  return result;
}

function openParsed(keys: usize, packet: usize, length: u32, version: u32, into: usize): i32 {
  const reason = readHeader(packet, length, version);
  if (reason < 0) return reason;
  const roundKeys = region + ROUND_KEYS;
  const mask = region + BLOCKS;
  expandKey(keys + abi.KEYS_HP, roundKeys);
  encryptBlock(roundKeys, packet + numberAt + SAMPLE, mask);
  // The header without its protection lies in `into` until the plaintext takes its place.
  const first: u32 = load<u8>(packet) ^ (load<u8>(mask) & 0x0f);
  const numberSize = (first & 3) + 1;
  const header = numberAt + numberSize;
  memory.copy(into, packet, header);
  store<u8>(into, <u8>first);
  // RFC 9001, §5.3: the packet number is added to the end of the vector. Initial packets never
  // have so many before them that the bytes sent are not all of it.
  const nonce = region + STREAM;
  store<u64>(nonce, load<u64>(keys + abi.KEYS_IV));
  store<u32>(nonce, load<u32>(keys + abi.KEYS_IV, 8), 8);
  for (let i: u32 = 0; i < numberSize; i++) {
    const byte: u8 = load<u8>(packet + numberAt + i) ^ load<u8>(mask + 1 + i);
    store<u8>(into + numberAt + i, byte);
    const at = nonce + 12 - numberSize + i;
    store<u8>(at, load<u8>(at) ^ byte);
  }
  const size = packetEnd - header - TAG;
  return open(keys, nonce, into, header, packet + header, size, into)
    ? <i32>size
    : abi.OPEN_REFUSED;
}
