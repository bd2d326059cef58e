/** Exports of cryptography for its tests and its benchmark: another module, not the engine. */
import { encryptBlock, encryptEight, expandKey, spreadKeys } from "../crypto/aes128";
import { hmac, hmacScheduled, padKey, scheduleLabel } from "../crypto/hkdf";
import { PADS, PLANES, ROUND_KEYS, region } from "../crypto/region";

export { open } from "../crypto/gcm";
export { configureCrypto, deriveInitial, openInitial, openWith } from "../crypto/initial";
export { verifyRetry } from "../crypto/retry";
export { sha256 } from "../crypto/sha256";

export function hmacSha256(
  key: usize,
  keyLength: u32,
  message: usize,
  length: u32,
  into: usize,
): void {
  padKey(key, keyLength, region + PADS);
  hmac(region + PADS, message, length, into);
}

/** HKDF-Expand-Label of a secret of 32 bytes, with an empty context. */
export function expandLabel(
  secret: usize,
  label: usize,
  size: u32,
  into: usize,
  length: u32,
): void {
  padKey(secret, 32, region + PADS);
  scheduleLabel(label, size, length, region + PLANES);
  hmacScheduled(region + PADS, region + PLANES, into, length);
}

export function encrypt(key: usize, from: usize, into: usize): void {
  expandKey(key, region + ROUND_KEYS);
  encryptBlock(region + ROUND_KEYS, from, into);
}

/** Eight blocks: at once where there are vectors. */
export function encryptBlocks(key: usize, from: usize, into: usize): void {
  expandKey(key, region + ROUND_KEYS);
  memory.copy(into, from, 128);
  if (ASC_FEATURE_SIMD) {
    spreadKeys(region + ROUND_KEYS, region + PLANES);
    encryptEight(region + PLANES, into);
  } else {
    for (let at = into; at < into + 128; at += 16) encryptBlock(region + ROUND_KEYS, at, at);
  }
}
