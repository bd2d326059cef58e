/**
 * What an X.509 certificate says of a server: RFC 5280 §4.1, in DER (X.690 §10). Nothing is verified. Lengths are
 * those of the captured bytes at most, and what is not as it should be gives nothing.
 */

interface Element {
  readonly tag: number;
  /** Its contents; `to` is where the next one begins. */
  readonly from: number;
  readonly to: number;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OID = 0x06;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
/** RFC 5280 §4.2.1.6. */
const DNS_NAME = 0x82;

/** Most elements of a list that are looked at, and most names that are told. */
const ELEMENTS_MAX = 256;
const NAMES_MAX = 8;
const TEXT_MAX = 128;

/** Object identifiers, in hexadecimal: X.520 attributes, RFC 3279 §2.3, RFC 5480 §2.1, RFC 8410 §3. */
const COMMON_NAME = "550403";
const ORGANISATION = "55040a";
const ALTERNATIVE_NAME = "551d11";
const RSA = "2a864886f70d010101";
const EC = "2a8648ce3d0201";
const KEYS: Readonly<Record<string, string>> = {
  "2a864886f70d01010a": "RSA-PSS",
  "2a8648ce380401": "DSA",
  "2b6570": "Ed25519",
  "2b6571": "Ed448",
};
const CURVES: Readonly<Record<string, string>> = {
  "2a8648ce3d030107": "P-256",
  "2b81040022": "P-384",
  "2b81040023": "P-521",
  "2b8104000a": "secp256k1",
  "2b2403030208010107": "brainpoolP256r1",
  "2b240303020801010b": "brainpoolP384r1",
};

/** The element at `at` that ends before `end`. Lengths have at most three bytes, and no indefinite form. */
function elementAt(bytes: Uint8Array, at: number, end: number): Element | undefined {
  if (at + 2 > end) return undefined;
  const first = bytes[at + 1]!;
  const width = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || width > 3 || at + 2 + width > end) return undefined;
  let length = width === 0 ? first : 0;
  for (let index = 0; index < width; index++) length = length * 256 + bytes[at + 2 + index]!;
  const from = at + 2 + width;
  return from + length > end ? undefined : { tag: bytes[at]!, from, to: from + length };
}

/** The elements that a constructed one is made of; undefined if they do not fill it. */
function inside(
  bytes: Uint8Array,
  element: Element | undefined,
  tag: number | undefined = SEQUENCE,
): Element[] | undefined {
  if (element === undefined || element.tag !== tag) return undefined;
  const found: Element[] = [];
  let at = element.from;
  while (at < element.to) {
    const next = elementAt(bytes, at, element.to);
    if (next === undefined || found.length === ELEMENTS_MAX) return undefined;
    found.push(next);
    at = next.to;
  }
  return found;
}

const hexOf = (bytes: Uint8Array, element: Element | undefined): string =>
  element?.tag === OID && element.to - element.from <= 16
    ? Array.from(bytes.subarray(element.from, element.to), (byte) =>
        byte.toString(16).padStart(2, "0"),
      ).join("")
    : "";

interface Certificate {
  readonly issuer: Element;
  readonly validity: Element;
  readonly subject: Element;
  readonly key: Element;
  readonly extensions: Element | undefined;
}

function read(bytes: Uint8Array): Certificate | undefined {
  const outer = elementAt(bytes, 0, bytes.length);
  const [body] = inside(bytes, outer) ?? [];
  const parts = inside(bytes, body);
  if (outer?.to !== bytes.length || parts === undefined) return undefined;
  const rest = parts[0]?.tag === VERSION ? parts.slice(1) : parts;
  const [serial, algorithm, issuer, validity, subject, key] = rest;
  if (serial?.tag !== INTEGER || algorithm?.tag !== SEQUENCE) return undefined;
  if (!issuer || !validity || !subject || !key) return undefined;
  const extensions = rest.find(({ tag }) => tag === EXTENSIONS);
  return { issuer, validity, subject, key, extensions };
}

/** UTF8String, PrintableString, TeletexString, IA5String: as text; BMPString (0x1e) has two bytes a character. */
function textOf(bytes: Uint8Array, { tag, from, to }: Element): string | undefined {
  if (![0x0c, 0x13, 0x14, 0x16, 0x1e].includes(tag) || to === from) return undefined;
  const end = Math.min(to, from + TEXT_MAX);
  let text = "";
  if (tag === 0x0c) text = new TextDecoder().decode(bytes.slice(from, end));
  else if (tag === 0x1e) {
    for (let at = from; at + 2 <= end; at += 2) {
      text += String.fromCharCode((bytes[at]! << 8) | bytes[at + 1]!);
    }
  } else for (let at = from; at < end; at++) text += String.fromCharCode(bytes[at]!);
  return to > end ? `${text}…` : text;
}

/** RFC 4514, of the common name and the organisation only. */
function nameOf(bytes: Uint8Array, name: Element): string | undefined {
  const found: Record<string, string> = {};
  for (const set of inside(bytes, name) ?? []) {
    for (const pair of inside(bytes, set, 0x31) ?? []) {
      const [type, value] = inside(bytes, pair) ?? [];
      const oid = hexOf(bytes, type);
      const key = oid === COMMON_NAME ? "CN" : oid === ORGANISATION ? "O" : undefined;
      const text = value && textOf(bytes, value);
      if (key !== undefined && text !== undefined) found[key] ??= text;
    }
  }
  const parts = ["CN", "O"].flatMap((key) =>
    found[key] === undefined ? [] : [`${key}=${found[key].replaceAll(/[\\,+"<>;=]/g, "\\$&")}`],
  );
  return parts.length === 0 ? undefined : parts.join(",");
}

export function toldSubject(bytes: Uint8Array): string | undefined {
  const certificate = read(bytes);
  return certificate && nameOf(bytes, certificate.subject);
}

export function toldIssuer(bytes: Uint8Array): string | undefined {
  const certificate = read(bytes);
  return certificate && nameOf(bytes, certificate.issuer);
}

/** The names of hosts (RFC 5280 §4.2.1.6), the first ones. */
export function toldNames(bytes: Uint8Array): readonly string[] | undefined {
  const [list] = inside(bytes, read(bytes)?.extensions, EXTENSIONS) ?? [];
  for (const extension of inside(bytes, list) ?? []) {
    const parts = inside(bytes, extension) ?? [];
    const value = parts.at(-1);
    if (hexOf(bytes, parts[0]) !== ALTERNATIVE_NAME || value?.tag !== OCTET_STRING) continue;
    const general = inside(bytes, elementAt(bytes, value.from, value.to)) ?? [];
    const found = general
      .filter(({ tag, from, to }) => tag === DNS_NAME && to > from && to - from <= 255)
      .slice(0, NAMES_MAX)
      .map(({ from, to }) => String.fromCharCode(...bytes.subarray(from, to)));
    return found.length === 0 ? undefined : found;
  }
  return undefined;
}

/** RFC 5280 §4.1.2.5: years of two digits are 1950 … 2049. */
function time(bytes: Uint8Array, index: 0 | 1): string | undefined {
  const validity = read(bytes)?.validity;
  const element = inside(bytes, validity)?.[index];
  if (element?.tag !== UTC_TIME && element?.tag !== GENERALIZED_TIME) return undefined;
  const text = String.fromCharCode(
    ...bytes.subarray(element.from, Math.min(element.to, element.from + 16)),
  );
  const found = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!found) return undefined;
  const [, year = "", month, day, hour, minute, second] = found;
  if ((year.length === 2) !== (element.tag === UTC_TIME)) return undefined;
  const full = year.length === 4 ? year : `${year < "50" ? "20" : "19"}${year}`;
  return `${full}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

export const notBefore = (bytes: Uint8Array): string | undefined => time(bytes, 0);
export const notAfter = (bytes: Uint8Array): string | undefined => time(bytes, 1);

/** The kind of the key, and its length or its curve: `RSA 2048`, `EC P-256`, `Ed25519`. */
export function toldKey(bytes: Uint8Array): string | undefined {
  const [algorithm, bits] = inside(bytes, read(bytes)?.key) ?? [];
  const [type, parameter] = inside(bytes, algorithm) ?? [];
  const oid = hexOf(bytes, type);
  if (oid === EC) {
    const curve = CURVES[hexOf(bytes, parameter)];
    return curve === undefined ? "EC" : `EC ${curve}`;
  }
  if (oid !== RSA) return KEYS[oid];
  // RFC 3279 §2.3.1: a sequence of the modulus and the exponent, behind a byte that counts unused bits.
  if (bits?.tag !== BIT_STRING) return undefined;
  const [modulus] = inside(bytes, elementAt(bytes, bits.from + 1, bits.to)) ?? [];
  if (modulus?.tag !== INTEGER) return undefined;
  let at = modulus.from;
  while (at < modulus.to && bytes[at] === 0) at++;
  if (at === modulus.to) return undefined;
  return `RSA ${(modulus.to - at) * 8 - Math.clz32(bytes[at]!) + 24}`;
}

/** Whether the issuer is the subject (RFC 5280 §3.2: self-issued; the signature is not looked at). */
export function selfSigned(bytes: Uint8Array): string | undefined {
  const certificate = read(bytes);
  if (!certificate) return undefined;
  const [left, right] = [certificate.issuer, certificate.subject];
  const isSame =
    left.to - left.from === right.to - right.from &&
    bytes.subarray(left.from, left.to).every((byte, index) => byte === bytes[right.from + index]);
  return isSame ? "yes" : "no";
}

/**
 * A certificate in one line: who it is of, until when, with which key.
 *
 * @example summary(intermediate) // "CN=R3,O=Let's Encrypt; 2020-09-04T00:00:00Z to 2025-09-15T16:00:00Z; RSA 2048"
 */
export function summary(bytes: Uint8Array): string | undefined {
  if (!read(bytes)) return undefined;
  const parts = [
    toldSubject(bytes) ?? "no name",
    `${notBefore(bytes) ?? "?"} to ${notAfter(bytes) ?? "?"}`,
    toldKey(bytes) ?? "a key of another kind",
    ...(selfSigned(bytes) === "yes" ? ["self-signed"] : []),
  ];
  return parts.join("; ");
}
