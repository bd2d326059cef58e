/** Cryptography of QUIC Initial packets: published vectors, then everything against `node:crypto`. */
import { createCipheriv, createHash, createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import {
  CRYPTO_SIZE,
  KEYS_HP,
  KEYS_IV,
  KEYS_KEY,
  KEYS_SIZE,
  OPEN_NOT_INITIAL,
  OPEN_REFUSED,
  OPEN_TRUNCATED,
  OPEN_UNKNOWN_VERSION,
} from "../../src/engine/abi.js";
import { engineKinds } from "../../src/engine/index.js";
import {
  VERSION_1,
  VERSION_2,
  expandLabel,
  initialHeader,
  initialKeys,
  salts,
  sealGcm,
  sealInitial,
} from "../support/quic.js";
import { FREE, REGION, createCrypto, type Crypto } from "./crypto.harness.js";

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ""), "hex");
const ID = hex("8394c8f03e515708");

/** Addresses of what is given and what is made; 64 KiB each. */
const IN = FREE;
const OTHER = FREE + 65536;
const OUT = FREE + 3 * 65536;
const CANARY = 0xc5;

/** A linear congruential generator (Numerical Recipes): the same tests every time. */
let state = 1;
function draw(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => draw(256)));

const LONGEST = 1500;

/** RFC 9001 and RFC 9369 have the same two messages. */
const CLIENT_PLAIN = Buffer.concat([
  hex(`060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c
    00000413011302010000c000000010000e00000b6578616d706c652e636f6dff01000100000a00080006001d
    0017001800100007000504616c706e000500050100000000003300260024001d00209370b2c9caa47fbabaf4
    559fedba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d0010000e040305030603020308
    0408050806002d00020101001c00024001003900320408ffffffffffffffff05048000ffff07048000ffff08
    01100104800075300901100f088394c8f03e51570806048000ffff`),
  Buffer.alloc(917),
]);
const SERVER_PLAIN = hex(`02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc798
  25df566dc5430b9a045a1200130100002e00330024001d00209d3c940d89690b84d08a60993c144eca684d1081287c
  834d5311bcf32bb9da1a002b00020304`);

interface Sample {
  name: string;
  version: number;
  fromServer: boolean;
  keys: { key: string; iv: string; hp: string };
  header: string;
  plain: Buffer;
  /** The protected packet: all of it, or its first bytes and its tag. */
  packet: string | { begins: string; tag: string };
}

const SAMPLES: readonly Sample[] = [
  {
    name: "RFC 9001, A.2",
    version: VERSION_1,
    fromServer: false,
    keys: {
      key: "1f369613dd76d5467730efcbe3b1a22d",
      iv: "fa044b2f42a3fd3b46fb255c",
      hp: "9f50449e04a0e810283a1e9933adedd2",
    },
    header: "c300000001088394c8f03e5157080000449e00000002",
    plain: CLIENT_PLAIN,
    packet: {
      begins: "c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11",
      tag: "e221af44860018ab0856972e194cd934",
    },
  },
  {
    name: "RFC 9001, A.3",
    version: VERSION_1,
    fromServer: true,
    keys: {
      key: "cf3a5331653c364c88f0f379b6067e37",
      iv: "0ac1493ca1905853b0bba03e",
      hp: "c206b8d9b9f0f37644430b490eeaa314",
    },
    header: "c1000000010008f067a5502a4262b50040750001",
    plain: SERVER_PLAIN,
    packet: `cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c6979
      7554780bb38cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded7
      4b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee`,
  },
  {
    name: "RFC 9369, A.2",
    version: VERSION_2,
    fromServer: false,
    keys: {
      key: "8b1a0bc121284290a29e0971b5cd045d",
      iv: "91f73e2351d8fa91660e909f",
      hp: "45b95e15235d6f45a6b19cbcb0294ba9",
    },
    header: "d36b3343cf088394c8f03e5157080000449e00000002",
    plain: CLIENT_PLAIN,
    packet: {
      begins: "d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485",
      tag: "a18b2faa745b6fe189cf772a9f84cbfc",
    },
  },
  {
    name: "RFC 9369, A.3",
    version: VERSION_2,
    fromServer: true,
    keys: {
      key: "82db637861d55e1d011f19ea71d5d2a7",
      iv: "dd13c276499c0249d3310652",
      hp: "edf6d05c83121201b436e16877593c3a",
    },
    header: "d16b3343cf0008f067a5502a4262b50040750001",
    plain: SERVER_PLAIN,
    packet: `dc6b3343cf0008f067a5502a4262b5004075d92faaf16f05d8a4398c47089698baeea26b91eb761d9b8923
      7bbf87263017915358230035f7fd3945d88965cf17f9af6e16886c61bfc703106fbaf3cb4cfa52382dd16a393e42
      757507698075b2c984c707f0a0812d8cd5a6881eaf21ceda98f4bd23f6fe1a3e2c43edd9ce7ca84bed8521e2e140`,
  },
];

/** The packet of a sample; where the RFC's bytes are not all here, their tag vouches for the rest. */
function packetOf({ packet, keys, header, plain }: Sample): Buffer {
  if (typeof packet === "string") return hex(packet);
  const { key, iv, hp } = keys;
  const sealed = sealInitial({ key: hex(key), iv: hex(iv), hp: hex(hp) }, hex(header), plain);
  expect(sealed.subarray(0, 32)).toEqual(hex(packet.begins));
  expect(sealed.subarray(-16)).toEqual(hex(packet.tag));
  return sealed;
}

describe.each(engineKinds)("%s", (kind) => {
  let crypto: Crypto;
  let u8: Uint8Array;
  /** The region before anything was done with keys. */
  let region: Buffer;

  beforeAll(async () => {
    crypto = await createCrypto(kind);
    u8 = crypto.u8;
    region = Buffer.from(u8.subarray(REGION, REGION + CRYPTO_SIZE));
  });

  const put = (at: number, data: Uint8Array): number => {
    u8.set(data, at);
    return data.length;
  };
  const at = (address: number, length: number): Buffer =>
    Buffer.from(u8.subarray(address, address + length));

  function hash(message: Uint8Array): Buffer {
    crypto.sha256(IN, put(IN, message), OUT);
    return at(OUT, 32);
  }

  function mac(key: Uint8Array, message: Uint8Array): Buffer {
    crypto.hmacSha256(OTHER, put(OTHER, key), IN, put(IN, message), OUT);
    return at(OUT, 32);
  }

  /** Opens ciphertext and tag, which lie somewhere behind an address that is no multiple of anything. */
  function openGcm(
    key: Uint8Array,
    nonce: Uint8Array,
    additional: Uint8Array,
    sealed: Uint8Array,
  ): Buffer | undefined {
    const length = sealed.length - 16;
    put(OTHER, key);
    put(OTHER + 16, nonce);
    put(OTHER + 33, additional);
    put(IN + 5, sealed);
    u8.fill(CANARY, OUT - 64, OUT + length + 64);
    const args = [OTHER, OTHER + 16, OTHER + 33, additional.length, IN + 5, length, OUT] as const;
    const opened = Boolean(crypto.open(...args));
    expect(at(OUT - 64, 64).every((byte) => byte === CANARY)).toBe(true);
    expect(at(OUT + length, 64).every((byte) => byte === CANARY)).toBe(true);
    return opened ? at(OUT, length) : undefined;
  }

  /** Opens a packet; what it returns, and the plaintext where there is any. */
  function open(
    packet: Uint8Array,
    id: Uint8Array,
    fromServer: boolean,
    version: number,
  ): { result: number; plain: Buffer } {
    const length = put(IN + 3, packet);
    u8.fill(CANARY, OUT - 64, OUT + length + 64);
    const idLength = put(OTHER, id);
    const args = [IN + 3, length, OTHER, idLength, fromServer, version, OUT] as const;
    const result = crypto.openInitial(...args);
    expect(at(IN + 3, length).equals(packet)).toBe(true);
    expect(at(OUT - 64, 64).every((byte) => byte === CANARY)).toBe(true);
    expect(at(OUT + length, 64).every((byte) => byte === CANARY)).toBe(true);
    return { result, plain: at(OUT, Math.max(result, 0)) };
  }

  function derive(version: number, id: Uint8Array, fromServer: boolean) {
    u8.fill(CANARY, OUT, OUT + 2 * KEYS_SIZE);
    expect(crypto.deriveInitial(version, OTHER, put(OTHER, id), fromServer, OUT)).toBe(0);
    expect(at(OUT + KEYS_SIZE, KEYS_SIZE).every((byte) => byte === CANARY)).toBe(true);
    return { key: at(OUT + KEYS_KEY, 16), iv: at(OUT + KEYS_IV, 12), hp: at(OUT + KEYS_HP, 16) };
  }

  // FIPS 180-4's examples: https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    [
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    ],
    ["a".repeat(1e6), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("FIPS 180-4, SHA-256, example %#", (text, digest) => {
    expect(hash(Buffer.from(text))).toEqual(hex(digest));
  });

  test.each([
    [
      "0b".repeat(20),
      Buffer.from("Hi There"),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    ],
    [
      "4a656665",
      Buffer.from("what do ya want for nothing?"),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
    [
      "aa".repeat(20),
      Buffer.alloc(50, 0xdd),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    ],
    [
      "0102030405060708090a0b0c0d0e0f10111213141516171819",
      Buffer.alloc(50, 0xcd),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    ],
    [
      "aa".repeat(131),
      Buffer.from("Test Using Larger Than Block-Size Key - Hash Key First"),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
    [
      "aa".repeat(131),
      Buffer.from(
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
      ),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ],
  ])("RFC 4231, HMAC, case %#", (key, message, expected) => {
    expect(mac(hex(key), message)).toEqual(hex(expected));
  });

  test.each([
    [
      "0b".repeat(22),
      "000102030405060708090a0b0c",
      "f0f1f2f3f4f5f6f7f8f9",
      "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ],
    [
      "0b".repeat(22),
      "",
      "",
      "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
      "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ],
  ])("RFC 5869, HKDF, case %#", (key, salt, info, extracted, expanded) => {
    const pseudorandom = mac(hex(salt), hex(key));
    expect(pseudorandom).toEqual(hex(extracted));
    let block: Buffer = Buffer.alloc(0);
    let all: Buffer = Buffer.alloc(0);
    for (let i = 1; i <= 2; i++) {
      block = mac(pseudorandom, Buffer.concat([block, hex(info), Buffer.of(i)]));
      all = Buffer.concat([all, block]);
    }
    expect(all.subarray(0, 42)).toEqual(hex(expanded));
  });

  test.each([
    [
      "2b7e151628aed2a6abf7158809cf4f3c",
      "3243f6a8885a308d313198a2e0370734",
      "3925841d02dc09fbdc118597196a0b32",
    ],
    [
      "000102030405060708090a0b0c0d0e0f",
      "00112233445566778899aabbccddeeff",
      "69c4e0d86a7b0430d8cdb78070b4c55a",
    ],
  ])("FIPS 197, AES with key %s", (key, plain, expected) => {
    put(OTHER, hex(key));
    put(IN, hex(plain));
    crypto.encrypt(OTHER, IN, OUT);
    expect(at(OUT, 16)).toEqual(hex(expected));
  });

  const GCM_KEY = "feffe9928665731c6d6a8f9467308308";
  const GCM_NONCE = "cafebabefacedbaddecaf888";
  const GCM_PLAIN = `d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
    1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255`;
  const GCM_SEALED = `42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
    21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985`;
  // McGrew & Viega, "The Galois/Counter Mode of Operation", appendix B.
  test.each([
    [1, "00".repeat(16), "00".repeat(12), "", "", "", "58e2fccefa7e3061367f1d57a4e7455a"],
    [
      2,
      "00".repeat(16),
      "00".repeat(12),
      "",
      "00".repeat(16),
      "0388dace60b6a392f328c2b971b2fe78",
      "ab6e47d42cec13bdf53a67b21257bddf",
    ],
    [3, GCM_KEY, GCM_NONCE, "", GCM_PLAIN, GCM_SEALED, "4d5c2af327cd64a62cf35abd2ba6fab4"],
    [
      4,
      GCM_KEY,
      GCM_NONCE,
      "feedfacedeadbeeffeedfacedeadbeefabaddad2",
      GCM_PLAIN.slice(0, -8),
      GCM_SEALED.slice(0, -8),
      "5bc94fbc3221a5db94fae95ae7121a47",
    ],
  ])("GCM, test case %i", (_, key, nonce, additional, plain, sealed, tag) => {
    const opened = openGcm(hex(key), hex(nonce), hex(additional), hex(sealed + tag));
    expect(opened).toEqual(hex(plain));
  });

  test.each(SAMPLES)("$name", (sample) => {
    const { version, fromServer, keys, plain } = sample;
    const derived = derive(version, ID, fromServer);
    expect(derived).toEqual({ key: hex(keys.key), iv: hex(keys.iv), hp: hex(keys.hp) });
    const packet = packetOf(sample);
    expect(open(packet, ID, fromServer, version)).toEqual({ result: plain.length, plain });
    // Once more with the keys alone, and with another packet behind it in the datagram.
    put(OTHER, Buffer.concat([derived.key, derived.iv, Buffer.alloc(4), derived.hp]));
    const length = put(IN, Buffer.concat([packet, bytes(50)]));
    expect(crypto.openWith(OTHER, IN, length, version, OUT)).toBe(plain.length);
    expect(at(OUT, plain.length)).toEqual(plain);
  });

  // Their §A.1, for the connection id 0x8394c8f03e515708.
  test.each([
    [
      0xff00001d,
      "175257a31eb09dea9366d8bb79ad80ba",
      "6b26114b9cba2b63a9e8dd4f",
      "9ddd12c994c0698b89374a9c077a3077",
    ],
    [
      0xff000017,
      "af7fd7efebd21878ff66811248983694",
      "8681359410a70bb9c92f0420",
      "a980b8b4fb7d9fbc13e814c23164253d",
    ],
  ])("draft %i, client keys", (version, key, iv, hp) => {
    expect(derive(version, ID, false)).toEqual({ key: hex(key), iv: hex(iv), hp: hex(hp) });
  });

  // Recorded in the lab; the first frame is ngtcp2's first packet.
  test.each(["ngtcp2-offport", "ngtcp2-v2draft"])("%s's first packet", async (name) => {
    const file = await readFile(new URL(`../../fixtures/quic/${name}.pcap`, import.meta.url));
    const ETHERNET_IP_UDP = 14 + 20 + 8;
    const packet = file.subarray(40 + ETHERNET_IP_UDP, 40 + file.readUInt32LE(32));
    const id = packet.subarray(6, 6 + packet[5]!);
    const { result } = open(packet, id, false, packet.readUInt32BE(1));
    expect(result).toBeGreaterThan(1000);
  });

  test("SHA-256, HMAC, HKDF and GCM of all lengths are those of node:crypto", () => {
    for (let length = 0; length <= LONGEST; length++) {
      const message = bytes(length);
      const secret = bytes(draw(100));
      expect(hash(message).equals(createHash("sha256").update(message).digest())).toBe(true);
      const expected = createHmac("sha256", secret).update(message).digest();
      expect(mac(secret, message).equals(expected)).toBe(true);
      const [key, nonce, additional] = [bytes(16), bytes(12), bytes(draw(200))];
      const sealed = sealGcm(key, nonce, additional, message);
      expect(openGcm(key, nonce, additional, sealed)?.equals(message)).toBe(true);
      sealed[draw(sealed.length)]! ^= 1 << draw(8);
      expect(openGcm(key, nonce, additional, sealed)).toBeUndefined();
    }
    for (let length = 0; length <= 32; length++) {
      const secret = bytes(32);
      const label = "l".repeat(length);
      put(OTHER, secret);
      crypto.expandLabel(OTHER, IN, put(IN, Buffer.from(label)), OUT, 4 * (length >> 2));
      const expected = expandLabel(secret, label, 4 * (length >> 2));
      expect(at(OUT, expected.length)).toEqual(expected);
    }
  });

  test("AES of one block and of eight is that of node:crypto", () => {
    for (let i = 0; i < 500; i++) {
      const key = bytes(16);
      const plain = bytes(128);
      const expected = createCipheriv("aes-128-ecb", key, null).update(plain);
      put(OTHER, key);
      put(IN, plain);
      crypto.encryptBlocks(OTHER, IN, OUT);
      expect(at(OUT, 128).equals(expected)).toBe(true);
      crypto.encrypt(OTHER, IN, OUT);
      expect(at(OUT, 16).equals(expected.subarray(0, 16))).toBe(true);
    }
  });

  test("packets of all lengths, headers and versions are opened", () => {
    const versions = salts.flatMap(([first, last]) => [first, last]);
    for (let i = 0; i <= LONGEST; i++) {
      const version = versions[i % versions.length]!;
      const fromServer = draw(2) === 1;
      const id = bytes(draw(21));
      const numberSize = 1 + draw(4);
      // A packet number of one byte and less than three bytes of plaintext leave no sample.
      const plain = bytes(Math.max(i, 4 - numberSize));
      const fields = { destination: bytes(draw(21)), source: bytes(draw(21)), version, numberSize };
      const token = draw(3) === 0 ? bytes(draw(300)) : Buffer.alloc(0);
      const number = draw(2 ** 32);
      const header = initialHeader({ ...fields, token, number, plain: plain.length });
      const keys = initialKeys(version, id, fromServer);
      expect(derive(version, id, fromServer)).toEqual(keys);
      const packet = sealInitial(keys, header, plain);
      const { result, plain: opened } = open(
        Buffer.concat([packet, bytes(draw(40))]),
        id,
        fromServer,
        version,
      );
      expect(result).toBe(plain.length);
      expect(opened.equals(plain)).toBe(true);
      // Any end that comes too early, any other side or id.
      const cut = open(packet.subarray(0, draw(packet.length)), id, fromServer, version);
      expect(cut.result).toBe(OPEN_TRUNCATED);
      expect(open(packet, id, !fromServer, version).result).toBe(OPEN_REFUSED);
      expect(open(packet, Buffer.from("another"), fromServer, version).result).toBe(OPEN_REFUSED);
    }
  });

  test.each(SAMPLES)("$name with any bit flipped is refused", (sample) => {
    const packet = packetOf(sample);
    // All bits of the short ones, one of each byte of the long ones.
    for (let bit = 0; bit < 8 * packet.length; bit += packet.length > 200 ? 1 + draw(14) : 1) {
      const changed = Buffer.from(packet);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(open(changed, ID, sample.fromServer, sample.version).result).toBeLessThan(0);
    }
  });

  test("what is no Initial packet is told from what is cut off", () => {
    const { version, fromServer } = SAMPLES[1]!;
    const packet = packetOf(SAMPLES[1]!);
    const resultOf = (change: (packet: Buffer) => void, claimed = version): number => {
      const changed = Buffer.from(packet);
      change(changed);
      return open(changed, ID, fromServer, claimed).result;
    };
    expect(resultOf(() => {}, 0xff000010)).toBe(OPEN_UNKNOWN_VERSION);
    expect(resultOf(() => {}, VERSION_2)).toBe(OPEN_NOT_INITIAL);
    expect(resultOf((it) => it.writeUInt8(it[0]! ^ 0x20))).toBe(OPEN_NOT_INITIAL); // Handshake
    expect(resultOf((it) => it.writeUInt8(21, 5))).toBe(OPEN_NOT_INITIAL);
    expect(resultOf((it) => it.writeUInt16BE(0x4076, 16))).toBe(OPEN_TRUNCATED);
    expect(resultOf((it) => it.writeUInt16BE(0x4013, 16))).toBe(OPEN_TRUNCATED);
    for (const first of [0x3f, 0x7f, 0xbf, 0xff]) {
      // A token that is longer than anything.
      const changed = Buffer.concat([packet.subarray(0, 15), Buffer.alloc(20, 0xff)]);
      changed[15] = first;
      expect(open(changed, ID, fromServer, version).result).toBe(OPEN_TRUNCATED);
    }
    expect(open(packet, bytes(21), fromServer, version).result).toBe(OPEN_NOT_INITIAL);
  });

  test("noise is never opened, and nothing is written beside the result", () => {
    for (let i = 0; i < 2000; i++) {
      const noise = bytes(draw(200));
      noise.set(hex("c000000001").subarray(0, noise.length));
      expect(open(noise, ID, false, VERSION_1).result).toBeLessThan(0);
    }
  });

  test.each([
    [
      "RFC 9001, A.4",
      VERSION_1,
      "ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba",
    ],
    [
      "RFC 9369, A.4",
      VERSION_2,
      "cf6b3343cf0008f067a5502a4262b5746f6b656ec8646ce8bfe33952d955543665dcc7b6",
    ],
  ])("%s: a Retry is verified, and with any bit flipped refused", (_, version, digits) => {
    const packet = hex(digits);
    const verify = (changed: Uint8Array, id: Uint8Array, claimed = version): boolean => {
      const length = put(IN + 3, changed);
      const room = 1 + id.length + length;
      u8.fill(CANARY, OUT - 64, OUT + room + 64);
      u8.fill(0, OUT, OUT + room);
      const idLength = put(OTHER, id);
      const isRight = Boolean(crypto.verifyRetry(IN + 3, length, OTHER, idLength, claimed, OUT));
      expect(at(OUT - 64, 64).every((byte) => byte === CANARY)).toBe(true);
      expect(at(OUT, room).every((byte) => byte === 0)).toBe(true);
      expect(at(OUT + room, 64).every((byte) => byte === CANARY)).toBe(true);
      expect(at(REGION, CRYPTO_SIZE).equals(region)).toBe(true);
      return isRight;
    };
    expect(verify(packet, ID)).toBe(true);
    expect(verify(packet, hex("8394c8f03e515709"))).toBe(false);
    expect(verify(packet, ID.subarray(1))).toBe(false);
    expect(verify(packet, ID, 0xff000018)).toBe(false);
    for (let bit = 0; bit < 8 * packet.length; bit++) {
      const changed = Buffer.from(packet);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(verify(changed, ID)).toBe(false);
    }
    for (let length = 0; length < packet.length; length++) {
      expect(verify(packet.subarray(0, length), ID)).toBe(false);
    }
  });

  test("nothing that was made of keys is left", () => {
    const packet = packetOf(SAMPLES[0]!);
    const left = (): Buffer => at(REGION, CRYPTO_SIZE);
    derive(VERSION_1, ID, false);
    expect(left().equals(region)).toBe(true);
    open(packet, ID, false, VERSION_1);
    expect(left().equals(region)).toBe(true);
    open(packet, ID, true, VERSION_1);
    expect(left().equals(region)).toBe(true);
    put(IN, packet);
    crypto.openWith(OTHER, IN, packet.length, VERSION_1, OUT);
    expect(left().equals(region)).toBe(true);
  });
});
