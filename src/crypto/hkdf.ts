/** HMAC-SHA-256 (RFC 2104), HKDF-Extract (RFC 5869, §2.2), HKDF-Expand-Label (RFC 8446, §7.1). */
import { BEGINNING, block, compress, finish } from "./sha256.js";

/** A key as what its pads leave: a key that is used often is padded once. */
export class MacKey {
  readonly inner = new Int32Array(8);
  readonly outer = new Int32Array(8);

  /** Takes a key of at most 64 bytes, which lies in `key` as big-endian words filled up with 0. */
  set(key: Int32Array): void {
    for (let i = 0; i < 16; i++) block[i] = (key[i] ?? 0) ^ 0x36363636;
    this.inner.set(BEGINNING);
    compress(this.inner);
    for (let i = 0; i < 16; i++) block[i] = (key[i] ?? 0) ^ 0x5c5c5c5c;
    this.outer.set(BEGINNING);
    compress(this.outer);
  }

  /** The MAC of a message in memory, as words; HKDF-Extract where this is the salt. */
  sign(u8: Uint8Array, message: number, length: number, mac: Int32Array): void {
    mac.set(this.inner);
    finish(mac, u8, message, length, 64);
    this.#close(mac);
  }

  /** The MAC of a message of one block, padded already. */
  signBlock(message: Int32Array, mac: Int32Array): void {
    mac.set(this.inner);
    block.set(message);
    compress(mac);
    this.#close(mac);
  }

  #close(mac: Int32Array): void {
    block.fill(0);
    block.set(mac);
    block[8] = 0x80 << 24;
    block[15] = (64 + 32) << 3;
    mac.set(this.outer);
    compress(mac);
  }

  forget(): void {
    this.inner.fill(0);
    this.outer.fill(0);
  }
}

/**
 * The message of HKDF-Expand-Label for `length` bytes, at most one digest, with no context: as
 * words of one block, padded behind the 64 bytes of the key's pad.
 */
export function labelBlock(label: string, length: number): Int32Array {
  const text = `tls13 ${label}`;
  const bytes = [
    0,
    length,
    text.length,
    ...Array.from(text, (letter) => letter.charCodeAt(0)),
    0,
    1,
    0x80,
  ];
  const words = new Int32Array(16);
  bytes.forEach((byte, i) => (words[i >> 2]! |= byte << (24 - 8 * (i & 3))));
  words[15] = (64 + bytes.length - 1) << 3;
  return words;
}
