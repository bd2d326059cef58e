/** A TLS hello message taken apart. RFC 8446 §4.1.2, §4.1.3. */

export interface Extension {
  readonly type: number;
  /** Its body. */
  readonly from: number;
  readonly to: number;
}

export interface Hello {
  readonly bytes: Uint8Array;
  readonly legacyVersion: number;
  /** Those offered, or the one chosen. */
  readonly ciphers: readonly number[];
  readonly extensions: readonly Extension[];
}

/** RFC 8701: values that are sent to see whether they are passed over. */
export const isGrease = (value: number): boolean =>
  (value & 0x0f0f) === 0x0a0a && value >>> 8 === (value & 0xff);

export const be16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

const HEADER = 4;
/** RFC 6347 §4.2.2: behind it a number, and the place and the length of a fragment. */
const DATAGRAM_HEADER = 12;
const RANDOM = 32;

/** `client` and `server` of TLS; of DTLS, whose header is longer, and whose client may repeat a cookie. */
export type HelloForm = "client" | "server" | "dtls-client" | "dtls-server";

/** A hello with its handshake header; undefined where it is broken or not whole. RFC 6347 §4.2.1. */
export function readHello(bytes: Uint8Array, form: HelloForm): Hello | undefined {
  const header = form.startsWith("dtls") ? DATAGRAM_HEADER : HEADER;
  const isServer = form.endsWith("server");
  if (bytes.length !== header + ((bytes[1] ?? 0) << 16) + be16(bytes, 2)) return undefined;
  let at = header + 2 + RANDOM;
  if (at + 1 > bytes.length) return undefined;
  at += 1 + bytes[at]!;
  if (form === "dtls-client") at += 1 + (bytes[at] ?? 0);
  const ciphers: number[] = [];
  if (isServer) {
    ciphers.push(be16(bytes, at));
    at += 3;
  } else {
    const end = at + 2 + be16(bytes, at);
    for (at += 2; at + 2 <= end; at += 2) ciphers.push(be16(bytes, at));
    at = end;
    at += 1 + (bytes[at] ?? 0);
  }
  if (at > bytes.length) return undefined;
  const extensions: Extension[] = [];
  const end = Math.min(bytes.length, at + 2 + be16(bytes, at));
  for (at += 2; at + 4 <= end;) {
    const to = at + 4 + be16(bytes, at + 2);
    if (to > end) return undefined;
    extensions.push({ type: be16(bytes, at), from: at + 4, to });
    at = to;
  }
  return { bytes, legacyVersion: be16(bytes, header), ciphers, extensions };
}

/** The 16-bit values of a list in an extension, behind a length of so many bytes. */
export function listOf({ bytes, extensions }: Hello, type: number, lengthBytes: 1 | 2): number[] {
  const extension = extensions.find((each) => each.type === type);
  if (!extension) return [];
  const from = extension.from + lengthBytes;
  const size = lengthBytes === 1 ? bytes[extension.from]! : be16(bytes, extension.from);
  const end = Math.min(extension.to, from + size);
  const values: number[] = [];
  for (let at = from; at + 2 <= end; at += 2) values.push(be16(bytes, at));
  return values;
}
