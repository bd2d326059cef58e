/**
 * What bytes look like that nothing names: a description from one payload, never a protocol's name.
 * First the marks that formats register, then whether it is text, then whether any statistic tells
 * the bytes from random ones. How often each errs is in ARCHITECTURE.md, measured by `npm run bench:looks`.
 */
import type { LooksKind, SideLooks } from "../record/record.js";

/** Bytes of a payload that are looked at. */
export const LOOKED_MOST = 1024;
/** With so many, a longer payload is not looked for. */
export const LOOKED_ENOUGH = 256;
/** Fewer bytes are text by chance too often: 16 random ones are printable once in 4 × 10^6 times. */
const TEXT_FROM = 16;
/** With fewer bytes, the statistics pass much that has structure. */
const RANDOM_FROM = 64;

type Format = readonly [kind: LooksKind, format: string, at: number, bytes: readonly number[]];

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

/** Media types and the magic numbers of their registrations (https://www.iana.org/assignments/media-types). */
const FORMATS: readonly Format[] = [
  // RFC 1952 §2.3: identification, deflate.
  ["compressed", "application/gzip", 0, [0x1f, 0x8b, 0x08]],
  // RFC 8878 §3.1.1.
  ["compressed", "application/zstd", 0, [0x28, 0xb5, 0x2f, 0xfd]],
  ["compressed", "application/zip", 0, [0x50, 0x4b, 0x03, 0x04]],
  // W3C PNG §5.2.
  ["media", "image/png", 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  // ITU T.81 §B.1.1.3: start of image, and the first byte of the next marker.
  ["media", "image/jpeg", 0, [0xff, 0xd8, 0xff]],
  ["media", "image/gif", 0, ascii("GIF8")],
  // RFC 9649 §2.4; RFC 2361.
  ["media", "image/webp", 8, ascii("WEBP")],
  ["media", "audio/vnd.wave", 8, ascii("WAVE")],
  // RFC 4337 §3: ISO base media, "ftyp" in the first box.
  ["media", "video/mp4", 4, ascii("ftyp")],
  // RFC 5334 §7.
  ["media", "application/ogg", 0, ascii("OggS")],
  // RFC 9639 §6.
  ["media", "audio/flac", 0, ascii("fLaC")],
  // RFC 9559 §5.1: an EBML header; WebM is Matroska.
  ["media", "video/matroska", 0, [0x1a, 0x45, 0xdf, 0xa3]],
  // RFC 8118 §8.
  ["document", "application/pdf", 0, ascii("%PDF-")],
];

const counts = new Uint16Array(256);
const high = new Uint16Array(16);
const low = new Uint16Array(16);

/** Looks at the payload of `length` bytes at `from`, and at no byte behind it. */
export function look(bytes: Uint8Array, from: number, length: number): SideLooks {
  const size = Math.min(length, LOOKED_MOST);
  const end = from + size;
  counts.fill(0);
  for (let at = from; at < end; at++) counts[bytes[at]!]!++;
  const entropy = Math.round(entropyOf(size) * 100) / 100;
  const tell = (kind: LooksKind, format: string | null = null): SideLooks => ({
    kind,
    format,
    entropy,
    bytes: size,
  });
  for (const [kind, format, at, magic] of FORMATS) {
    if (bytes[from + at] !== magic[0] || size < at + magic.length) continue;
    if (magic.every((byte, i) => bytes[from + at + i] === byte)) return tell(kind, format);
  }
  if (size < TEXT_FROM) return tell("short");
  const charset = charsetOf(bytes, from, end);
  if (charset !== null) return tell("text", charset);
  if (size < RANDOM_FROM) return tell(isPlainlyBinary(size) ? "binary" : "short");
  return tell(isRandom(size) ? "encrypted-looking" : "binary");
}

/** n log₂ n. */
const weights = Float64Array.from({ length: LOOKED_MOST + 1 }, (_, n) =>
  n === 0 ? 0 : n * Math.log2(n),
);

/** Bits a byte, of `counts`. */
function entropyOf(size: number): number {
  let sum = 0;
  for (let value = 0; value < 256; value++) sum += weights[counts[value]!]!;
  return size === 0 ? 0 : (weights[size]! - sum) / size;
}

/** `us-ascii` or `utf-8` (RFC 3629 §4) without control characters but tab, line feed and carriage return. */
function charsetOf(bytes: Uint8Array, from: number, end: number): string | null {
  let charset = "us-ascii";
  for (let at = from; at < end;) {
    const byte = bytes[at++]!;
    if (byte < 0x80) {
      const isSpace = byte === 0x09 || byte === 0x0a || byte === 0x0d;
      if ((byte < 0x20 && !isSpace) || byte === 0x7f) return null;
      continue;
    }
    charset = "utf-8";
    const more = byte < 0xc2 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : 0;
    if (more === 0) return null;
    // The second byte's range keeps out overlong forms, surrogates and what is beyond U+10FFFF.
    let least = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    let most = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    for (let i = 0; i < more && at < end; i++, at++) {
      if (bytes[at]! < least || bytes[at]! > most) return null;
      least = 0x80;
      most = 0xbf;
    }
  }
  return charset;
}

/** Standard deviations that equal pairs may be off by. */
const PAIRS_OFF = 4;
/** χ² with 15 degrees of freedom: random nibbles are beyond it once in 10^4 times. */
const NIBBLES_MOST = 44.26;

/**
 * Pairs of equal bytes: `n (n − 1) / 512` of them in random bytes, with a variance of 255/256 of that.
 * It is χ² over byte values in another form, but its mean and variance are exact for few bytes too.
 */
function pairsOff(size: number): number {
  let pairs = 0;
  for (let value = 0; value < 256; value++) pairs += counts[value]! * (counts[value]! - 1);
  const mean = (size * (size - 1)) / 512;
  return (pairs / 2 - mean) / Math.sqrt((mean * 255) / 256);
}

/** Too many equal bytes to be random, in few. */
const isPlainlyBinary = (size: number): boolean => pairsOff(size) > 2 * PAIRS_OFF;

/** Can neither equal pairs nor the upper and lower halves of bytes tell these from random ones? */
function isRandom(size: number): boolean {
  if (Math.abs(pairsOff(size)) > PAIRS_OFF) return false;
  high.fill(0);
  low.fill(0);
  for (let value = 0; value < 256; value++) {
    high[value >>> 4]! += counts[value]!;
    low[value & 15]! += counts[value]!;
  }
  return chiSquare(high, size) <= NIBBLES_MOST && chiSquare(low, size) <= NIBBLES_MOST;
}

function chiSquare(cells: Uint16Array, size: number): number {
  let squares = 0;
  for (const cell of cells) squares += cell * cell;
  return (squares * 16) / size - size;
}
