/** Cryptography under one interface: addresses in a memory, whichever engine works on it. */
import { readFile } from "node:fs/promises";
import { CRYPTO_SIZE } from "../../src/engine/abi.js";
import type { EngineKind } from "../../src/engine/index.js";
import * as aes from "../../src/crypto/aes128.js";
import * as gcm from "../../src/crypto/gcm.js";
import { MacKey, labelBlock } from "../../src/crypto/hkdf.js";
import { verifyRetry } from "../../src/crypto/retry.js";
import * as initial from "../../src/crypto/initial.js";
import { sha256, write } from "../../src/crypto/sha256.js";

/** What `assembly/testing/crypto.ts` exports, in the same order of arguments. */
export interface Calls {
  sha256(message: number, length: number, into: number): void;
  hmacSha256(key: number, keyLength: number, message: number, length: number, into: number): void;
  expandLabel(secret: number, label: number, size: number, into: number, length: number): void;
  encrypt(key: number, from: number, into: number): void;
  encryptBlocks(key: number, from: number, into: number): void;
  open(
    key: number,
    nonce: number,
    additional: number,
    additionalLength: number,
    data: number,
    length: number,
    into: number,
  ): boolean | number;
  deriveInitial(
    version: number,
    id: number,
    idLength: number,
    fromServer: boolean,
    keys: number,
  ): number;
  openInitial(
    packet: number,
    length: number,
    id: number,
    idLength: number,
    fromServer: boolean,
    version: number,
    into: number,
  ): number;
  openWith(keys: number, packet: number, length: number, version: number, into: number): number;
  verifyRetry(
    packet: number,
    length: number,
    id: number,
    idLength: number,
    version: number,
    into: number,
  ): boolean | number;
}

export interface Crypto extends Calls {
  readonly u8: Uint8Array;
}

/** The region that the compiled ones work in, and free memory behind it, canaries between. */
export const REGION = 65536;
export const FREE = REGION + CRYPTO_SIZE + 4096;
const PAGES = 32;

const files = { wasm: "crypto-simd.wasm", "wasm-scalar": "crypto-scalar.wasm" };

export async function createCrypto(kind: EngineKind): Promise<Crypto> {
  if (kind === "typescript") return createTypeScript(new Uint8Array(PAGES * 65536));
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  const bytes = await readFile(new URL(`../../build/${files[kind]}`, import.meta.url));
  const module = await WebAssembly.compile(Uint8Array.from(bytes));
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const calls = exports as unknown as Calls & { configureCrypto(region: number): void };
  calls.configureCrypto(REGION);
  return { ...calls, u8: new Uint8Array(memory.buffer) };
}

function createTypeScript(u8: Uint8Array): Crypto {
  const view = new DataView(u8.buffer);
  const words = (at: number, count: number): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => view.getInt32(at + 4 * i));
  const keyOf = (at: number): Int32Array => {
    const keys = new Int32Array(44);
    keys.set(words(at, 4));
    aes.expandKey(keys);
    return keys;
  };
  const encrypt = (key: number, from: number, into: number): void => {
    const block = words(from, 4);
    aes.encryptBlock(keyOf(key), block, 0);
    block.forEach((word, i) => view.setInt32(into + 4 * i, word));
  };
  const mac = new Int32Array(8);
  initial.configureCrypto();
  return {
    u8,
    sha256: (message, length, into) => sha256(u8, message, length, into),
    hmacSha256(key, keyLength, message, length, into) {
      const padded = new Uint8Array(64);
      if (keyLength <= 64) padded.set(u8.subarray(key, key + keyLength));
      else {
        sha256(u8, key, keyLength, into);
        padded.set(u8.subarray(into, into + 32));
      }
      const paddedView = new DataView(padded.buffer);
      const macKey = new MacKey();
      macKey.set(Int32Array.from({ length: 16 }, (_, i) => paddedView.getInt32(4 * i)));
      macKey.sign(u8, message, length, mac);
      write(mac, u8, into, 32);
    },
    expandLabel(secret, label, size, into, length) {
      const macKey = new MacKey();
      macKey.set(words(secret, 8));
      const text = Buffer.from(u8.subarray(label, label + size)).toString("latin1");
      macKey.signBlock(labelBlock(text, length), mac);
      write(mac, u8, into, length);
    },
    encrypt,
    encryptBlocks(key, from, into) {
      for (let at = 0; at < 128; at += 16) encrypt(key, from + at, into + at);
    },
    open: (key, nonce, additional, additionalLength, data, length, into) =>
      gcm.open(u8, u8, key, words(nonce, 3), additional, additionalLength, data, length, into),
    deriveInitial: (version, id, idLength, fromServer, keys) =>
      initial.deriveInitial(u8, version, id, idLength, fromServer, keys),
    openInitial: (packet, length, id, idLength, fromServer, version, into) =>
      initial.openInitial(u8, packet, length, id, idLength, fromServer, version, into),
    openWith: (keys, packet, length, version, into) =>
      initial.openWith(u8, keys, packet, length, version, into),
    verifyRetry: (packet, length, id, idLength, version, into) =>
      verifyRetry(u8, packet, length, id, idLength, version, into),
  };
}
