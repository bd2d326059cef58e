/**
 * JA4: a digest of what a ClientHello offers, whatever its order. FoxIO, "JA4: TLS Client
 * Fingerprinting", https://github.com/FoxIO-LLC/ja4/blob/main/technical_details/JA4.md (BSD 3-Clause).
 */
import { be16, type Hello, isGrease, listOf, readHello } from "./hello.js";
import { sha256 } from "./sha256.js";

const SERVER_NAME = 0;
const SIGNATURE_ALGORITHMS = 13;
const ALPN = 16;
const SUPPORTED_VERSIONS = 43;
const VERSIONS: Readonly<Record<number, string>> = {
  0x0304: "13",
  0x0303: "12",
  0x0302: "11",
  0x0301: "10",
  0x0300: "s3",
  0x0002: "s2",
  0xfeff: "d1",
  0xfefd: "d2",
  0xfefc: "d3",
};
const NONE = "000000000000";
const DIGITS = 12;

/**
 * `carrier`: `t` for TLS over TCP, `q` for QUIC, `d` for DTLS.
 *
 * @example ja4(clientHello, "t") // "t13d1516h2_8daaf6152771_02713d6af862"
 */
export function ja4(bytes: Uint8Array, carrier: "t" | "q" | "d"): string | undefined {
  const hello = readHello(bytes, carrier === "d" ? "dtls-client" : "client");
  if (!hello) return undefined;
  const ciphers = hello.ciphers.filter((each) => !isGrease(each));
  const types = hello.extensions.map(({ type }) => type).filter((each) => !isGrease(each));
  const algorithms = listOf(hello, SIGNATURE_ALGORITHMS, 2).filter((each) => !isGrease(each));
  const sorted = types.filter((type) => type !== SERVER_NAME && type !== ALPN);
  const offered =
    hexList([...sorted].sort()) +
    (algorithms.length > 0 ? `_${algorithms.map(hex4).join(",")}` : "");
  return (
    `${carrier}${versionOf(hello)}${types.includes(SERVER_NAME) ? "d" : "i"}` +
    `${count(ciphers)}${count(types)}${alpnOf(hello)}_` +
    `${ciphers.length === 0 ? NONE : digest(hexList([...ciphers].sort()))}_` +
    `${types.length === 0 ? NONE : digest(offered)}`
  );
}

const hex4 = (value: number): string => value.toString(16).padStart(4, "0");
const hexList = (values: readonly number[]): string => values.map(hex4).sort().join(",");
const count = (values: readonly number[]): string =>
  String(Math.min(values.length, 99)).padStart(2, "0");
const digest = (text: string): string => sha256(text).slice(0, DIGITS);

function versionOf(hello: Hello): string {
  const offered = listOf(hello, SUPPORTED_VERSIONS, 1).filter((each) => !isGrease(each));
  // DTLS counts downwards.
  const isDatagram = hello.legacyVersion >= 0xfe00;
  const version =
    offered.length === 0
      ? hello.legacyVersion
      : isDatagram
        ? Math.min(...offered)
        : Math.max(...offered);
  return VERSIONS[version] ?? "00";
}

/** The first and the last character of the first protocol; of what is not alphanumeric, of its hex form. */
function alpnOf({ bytes, extensions }: Hello): string {
  const extension = extensions.find(({ type }) => type === ALPN);
  if (!extension || extension.to < extension.from + 4) return "00";
  const length = bytes[extension.from + 2]!;
  if (length === 0 || be16(bytes, extension.from) === 0) return "00";
  const first = bytes[extension.from + 3]!;
  const last = bytes[extension.from + 2 + length]!;
  if (isAlphanumeric(first) && isAlphanumeric(last)) return String.fromCharCode(first, last);
  return hex4(first).slice(2, 3) + hex4(last).slice(3);
}

const isAlphanumeric = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a);
