/** QUIC Initial packets as `node:crypto` seals them: RFC 9001 §5, RFC 9369 §3. */
import { createCipheriv, createHmac } from "node:crypto";

export const VERSION_1 = 1;
export const VERSION_2 = 0x6b3343cf;
/** draft-ietf-quic-v2-01 to -04. */
export const DRAFT_VERSION_2 = 0x709a50c4;

const isVersion2 = (version: number): boolean =>
  version === VERSION_2 || version === DRAFT_VERSION_2;

/** First and last version, and the salt that they have. */
export const salts: readonly (readonly [first: number, last: number, salt: string])[] = [
  [VERSION_1, VERSION_1, "38762cf7f55934b34d179ae6a4c80cadccbb7f0a"],
  [VERSION_2, VERSION_2, "0dede3def700a6db819381be6e269dcbf9bd2ed9"],
  [DRAFT_VERSION_2, DRAFT_VERSION_2, "a707c203a59b47184a1d62ca570406ea7ae3e5d3"],
  [0xff000017, 0xff00001c, "c3eef712c72ebb5a11a7d2432bb46365bef9f502"],
  [0xff00001d, 0xff000020, "afbfec289993d24c9e9786f19c6111e04390a899"],
  [0xff000021, 0xff000022, "38762cf7f55934b34d179ae6a4c80cadccbb7f0a"],
  [0xff000015, 0xff000016, "7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a"],
  // Google's Q050, T050 and T051, and mvfst's.
  [0x51303530, 0x51303530, "504574efd066fe2f9d945cfcdbd3a7f0d3b56b45"],
  [0x54303530, 0x54303530, "7ff579e5acd072915580304c43a2367c60488310"],
  [0x54303531, 0x54303531, "7a4edef4e7ccee5fa4506c19124fc8ccda6e033d"],
  [0xfaceb001, 0xfaceb001, "7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a"],
  [0xfaceb002, 0xfaceb002, "c3eef712c72ebb5a11a7d2432bb46365bef9f502"],
];

export interface InitialKeys {
  key: Buffer;
  iv: Buffer;
  hp: Buffer;
}

const hmac = (key: Uint8Array, message: Uint8Array): Buffer =>
  createHmac("sha256", key).update(message).digest();

export function expandLabel(secret: Uint8Array, label: string, length: number): Buffer {
  const text = Buffer.from(`tls13 ${label}`);
  return hmac(secret, Buffer.from([0, length, text.length, ...text, 0, 1])).subarray(0, length);
}

export function initialKeys(version: number, id: Uint8Array, fromServer: boolean): InitialKeys {
  const salt = salts.find(([first, last]) => version >= first && version <= last)![2];
  const secret = hmac(Buffer.from(salt, "hex"), id);
  const side = expandLabel(secret, fromServer ? "server in" : "client in", 32);
  const prefix = isVersion2(version) ? "quicv2" : "quic";
  return {
    key: expandLabel(side, `${prefix} key`, 16),
    iv: expandLabel(side, `${prefix} iv`, 12),
    hp: expandLabel(side, `${prefix} hp`, 16),
  };
}

export function sealGcm(
  key: Uint8Array,
  nonce: Uint8Array,
  additional: Uint8Array,
  plain: Uint8Array,
): Buffer {
  const cipher = createCipheriv("aes-128-gcm", key, nonce).setAAD(additional);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Protects a packet whose header ends with the packet number. */
export function sealInitial(keys: InitialKeys, header: Uint8Array, plain: Uint8Array): Buffer {
  const numberSize = (header[0]! & 3) + 1;
  const numberAt = header.length - numberSize;
  const nonce = Buffer.from(keys.iv);
  for (let i = 1; i <= numberSize; i++) nonce[12 - i]! ^= header[header.length - i]!;
  const packet = Buffer.concat([header, sealGcm(keys.key, nonce, header, plain)]);
  const sample = packet.subarray(numberAt + 4, numberAt + 20);
  const mask = createCipheriv("aes-128-ecb", keys.hp, null).update(sample);
  packet[0]! ^= mask[0]! & 0x0f;
  for (let i = 0; i < numberSize; i++) packet[numberAt + i]! ^= mask[1 + i]!;
  return packet;
}

export interface InitialHeader {
  version: number;
  destination: Uint8Array;
  source: Uint8Array;
  token: Uint8Array;
  number: number;
  numberSize: number;
  /** Bytes of the payload in front of its tag. */
  plain: number;
}

/** The header of an Initial packet without protection: RFC 9000, §17.2.2. */
export function initialHeader(fields: InitialHeader): Buffer {
  const { version, destination, source, token, number, numberSize, plain } = fields;
  const integer = (value: number): number[] => [0x40 | (value >> 8), value & 0xff];
  return Buffer.from([
    (isVersion2(version) ? 0xd0 : 0xc0) | (numberSize - 1),
    ...[24, 16, 8, 0].map((shift) => (version >>> shift) & 0xff),
    destination.length,
    ...destination,
    source.length,
    ...source,
    ...(token.length < 64 ? [token.length] : integer(token.length)),
    ...token,
    ...integer(numberSize + plain + 16),
    ...[24, 16, 8, 0].slice(4 - numberSize).map((shift) => (number >>> shift) & 0xff),
  ]);
}
