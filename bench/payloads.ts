/** Payloads that are no protocol's, and are on every link: random bytes, and what is compressed, encoded, written or filmed. */
import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, deflateRawSync } from "node:zlib";
import { fixtures, readManifest } from "../lab/fixtures.js";
import { readFrames } from "./capture.js";

/** Fills all of `into`. */
export type Filler = (into: Buffer) => void;

const below = (limit: number) => Math.floor(Math.random() * limit);

/** A piece from anywhere in `bytes`, as a first payload is that begins in the middle of something. */
const pieceOf =
  (bytes: Buffer): Filler =>
  (into) => {
    const from = below(bytes.length - into.length);
    bytes.copy(into, 0, from, from + into.length);
  };

const BASE64 = Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

function base64(into: Buffer): void {
  randomFillSync(into);
  for (let at = 0; at < into.length; at++) into[at] = BASE64[into[at]! & 63]!;
}

/** Printable characters, each as likely as the next. */
function ascii(into: Buffer): void {
  randomFillSync(into);
  for (let at = 0; at < into.length; at++) into[at] = 0x20 + (into[at]! % 95);
}

/** Sentences of our documentation: words, line ends, punctuation, code. */
function prose(): Buffer {
  const files = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/rules.md",
  ];
  return Buffer.concat(files.map((file) => readFileSync(file)));
}

/** What RTP carries in recordings, behind its headers: Opus and H.264, one packet after the other. */
function media(): Buffer {
  const parts: Uint8Array[] = [];
  for (const { file, flows } of readManifest()) {
    if (!file.endsWith(".pcap") || !flows.some(({ protocol }) => protocol === "rtp")) continue;
    for (const { bytes } of readFrames(readFileSync(join(fixtures, file)))) {
      const isUdp = bytes[12] === 8 && bytes[13] === 0 && bytes[23] === 17;
      // Ethernet, IPv4 and UDP are 42 bytes, RTP 12 more (RFC 3550 §5.1).
      if (isUdp && bytes.length > 100 && bytes[42]! >>> 6 === 2) parts.push(bytes.subarray(54));
    }
  }
  return Buffer.concat(parts);
}

/** Where the bound of the language holds: a background that explains these bytes at least as well. */
export interface Stranger {
  readonly name: string;
  readonly fill: Filler;
}

export function strangers(): Stranger[] {
  const text = prose();
  const film = media();
  return [
    { name: "random", fill: (into) => randomFillSync(into) },
    { name: "base64", fill: base64 },
    { name: "ascii", fill: ascii },
    { name: "prose", fill: pieceOf(text) },
    { name: "deflate", fill: pieceOf(deflateRawSync(text, { level: 9 })) },
    { name: "brotli", fill: pieceOf(brotliCompressSync(text)) },
    { name: "media", fill: pieceOf(film) },
  ];
}
