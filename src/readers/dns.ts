/**
 * What answers of a DNS message say: resource records in a row, RFC 1035 §4.1.3. Owners' names are passed over: an answer
 * belongs to the question, whatever aliases (CNAME) lead to it, and so no pointer is followed. What is damaged gives
 * what stands in front of it.
 */

import { addressText } from "./address.js";

interface Resource {
  readonly type: number;
  /** Seconds. */
  readonly ttl: number;
  readonly data: Uint8Array;
}

const A = 1;
const AAAA = 28;
const SVCB = 64;
const HTTPS = 65;

/** RFC 1035 §4.1.1: the header, and what says its third and its fourth byte. */
const HEADER = 12;
const OPCODE = 0x78;
const RCODE = 0x0f;
const NOERROR = 0;

const RECORDS_MAX = 128;
/** Most addresses that are learnt from one answer. */
export const LEARNT_MAX = 16;
/** Most bytes of one ALPN identifier that are told. */
const ALPN_MAX = 16;
/** Names of one label at least, of 255 bytes at most: RFC 1035 §3.1. */
const NAME_MAX = 255;

const be16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;
const be32 = (bytes: Uint8Array, at: number): number =>
  be16(bytes, at) * 0x10000 + be16(bytes, at + 2);

/** Behind the name at `at`: its root, or its pointer. Beyond the end where it is cut. */
function behindName(bytes: Uint8Array, at: number): number {
  while (at < bytes.length) {
    const length = bytes[at]!;
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2;
    at += 1 + length;
  }
  return Infinity;
}

function resourcesOf(bytes: Uint8Array, from = 0): Resource[] {
  const found: Resource[] = [];
  for (let at = from; found.length < RECORDS_MAX;) {
    const fixed = behindName(bytes, at);
    const data = fixed + 10;
    if (!(data <= bytes.length)) break;
    at = data + be16(bytes, fixed + 8);
    if (at > bytes.length) break;
    found.push({
      type: be16(bytes, fixed),
      ttl: be32(bytes, fixed + 4),
      data: bytes.subarray(data, at),
    });
  }
  return found;
}

const list = <T>(values: readonly T[]): readonly T[] | undefined =>
  values.length > 0 ? [...new Set(values)] : undefined;

/** The types of the records. */
export const types = (bytes: Uint8Array): readonly number[] | undefined =>
  list(resourcesOf(bytes).map(({ type }) => type));

/** The addresses that A and AAAA records (RFC 3596 §2.2) hold. */
export const addresses = (bytes: Uint8Array): readonly string[] | undefined =>
  list(resourcesOf(bytes).flatMap((each) => addressOf(each) ?? []));

function addressOf({ type, data }: Resource): string | undefined {
  return (type === A && data.length === 4) || (type === AAAA && data.length === 16)
    ? addressText(data)
    : undefined;
}

/**
 * What SVCB and HTTPS records (RFC 9460 §2.2, §7) promise: `alpn=h3`, `port=8443`, `ech` (RFC 9848 §3), `ipv4hint`, `ipv6hint`,
 * `dohpath` (RFC 9461 §5).
 */
export const service = (bytes: Uint8Array): readonly string[] | undefined =>
  list(
    resourcesOf(bytes).flatMap(({ type, data }) =>
      type === SVCB || type === HTTPS ? parametersOf(data) : [],
    ),
  );

const FLAGS: Readonly<Record<number, string>> = {
  2: "no-default-alpn",
  4: "ipv4hint",
  5: "ech",
  6: "ipv6hint",
  7: "dohpath",
};

const parametersOf = (data: Uint8Array): string[] =>
  promisesOf(data).flatMap(({ key, value }) => {
    if (key === 1) return alpnOf(value).map((each) => `alpn=${each}`);
    if (key === 3 && value.length === 2) return [`port=${be16(value, 0)}`];
    return FLAGS[key] ?? [];
  });

interface Promised {
  readonly key: number;
  readonly value: Uint8Array;
}

/** Behind the priority stands the target's name, which is not compressed; an alias (priority 0) has no parameters. */
function promisesOf(data: Uint8Array): Promised[] {
  const found: Promised[] = [];
  for (let at = behindName(data, 2); at + 4 <= data.length;) {
    const value = data.subarray(at + 4, at + 4 + be16(data, at + 2));
    if (value.length < be16(data, at + 2)) break;
    found.push({ key: be16(data, at), value });
    at += 4 + value.length;
  }
  return found;
}

function alpnOf(value: Uint8Array): string[] {
  const found: string[] = [];
  for (let at = 0; at < value.length && found.length < 8; at += 1 + value[at]!) {
    const name = value.subarray(at + 1, at + 1 + Math.min(value[at]!, ALPN_MAX));
    if (name.length > 0 && name.every((byte) => byte > 0x20 && byte < 0x7f)) {
      found.push(String.fromCharCode(...name));
    }
  }
  return found;
}

/**
 * What an answer has in common with its query (RFC 5452 §9.1): the id, and the question, whose name may be in either case. Of
 * operations other than QUERY nothing is learnt.
 */
export function questionOf(bytes: Uint8Array): string | undefined {
  const end = behindName(bytes, HEADER);
  if (!(end + 4 <= bytes.length) || end > HEADER + NAME_MAX || (bytes[2]! & OPCODE) !== 0) {
    return undefined;
  }
  const name = String.fromCharCode(...bytes.subarray(HEADER, end)).toLowerCase();
  return `${be16(bytes, 0)} ${be16(bytes, end)} ${be16(bytes, end + 2)} ${name}`;
}

/**
 * What an answer teaches, if it names addresses: the name that was asked for, in lower case, then each address with its
 * time to live in seconds, `192.0.2.7 3600`; the hints of HTTPS records (RFC 9460 §7.3) too. What tells of an error teaches nothing.
 */
export function learnt(bytes: Uint8Array): readonly string[] | undefined {
  const from = behindName(bytes, HEADER) + 4;
  if (!(from < bytes.length) || (bytes[2]! & OPCODE) !== 0 || (bytes[3]! & RCODE) !== NOERROR) {
    return undefined;
  }
  const lives: string[] = [];
  for (const each of resourcesOf(bytes, from)) {
    const address = addressOf(each);
    const told = address === undefined ? hintsOf(each) : [address];
    for (const one of told) if (lives.length < LEARNT_MAX) lives.push(`${one} ${each.ttl}`);
  }
  const name = lives.length > 0 ? hostOf(bytes.subarray(HEADER)) : undefined;
  return name === undefined ? undefined : [name, ...lives];
}

function hintsOf({ type, data }: Resource): string[] {
  if (type !== SVCB && type !== HTTPS) return [];
  return promisesOf(data).flatMap(({ key, value }) => {
    const width = { 4: 4, 6: 16 }[key];
    if (width === undefined) return [];
    return Array.from({ length: Math.floor(value.length / width) }, (_, index) => {
      const hint = value.subarray(index * width, (index + 1) * width);
      return addressText(hint)!;
    });
  });
}

/** The question's name, if it is one that a host may have: letters, digits, hyphens and underscores. */
function hostOf(bytes: Uint8Array): string | undefined {
  const labels: string[] = [];
  for (let at = 0; at < bytes.length && at <= NAME_MAX; at += 1 + bytes[at]!) {
    const length = bytes[at]!;
    if (length === 0) return labels.length > 0 ? labels.join(".") : undefined;
    if (length > 63) return undefined;
    const label = String.fromCharCode(...bytes.subarray(at + 1, at + 1 + length)).toLowerCase();
    if (!/^[a-z0-9_-]+$/.test(label)) return undefined;
    labels.push(label);
  }
  return undefined;
}
