/**
 * `npm run backgrounds`: measures the backgrounds from the captures of `fixtures/` and writes
 * `src/language/backgrounds.data.ts`. Not part of a build: what signatures are worth changes only when
 * somebody decides so.
 *
 * - `text`: messages (TCP segments, datagrams of eight bytes or more) of printable ASCII and line ends only.
 * - `integers`: the first 64 bytes of messages a quarter of which, or more, are zero. Runs of four
 *   printable characters or more are left out: they are text.
 * - `tls`: records of TLS connections, whose beginnings lie at the beginning of a segment; by position.
 *
 * Every protocol counts the same, however much of it was recorded, and so does every message of it up
 * to its first {@link MESSAGE_MOST} bytes. What was never seen is not impossible: 1/64 of each table is
 * spread over all values.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFrames } from "../bench/capture.js";
import { fixtures, readManifest } from "../lab/fixtures.js";

const OUTPUT = "src/language/backgrounds.data.ts";
/** Shorter messages are answers of a byte or two, the same ones over and over. */
const MESSAGE_LEAST = 8;
const MESSAGE_MOST = 1024;
const HEAD_MOST = 64;
/** Positions of a record that are told apart: its header and the first three bytes of what it carries. */
const TLS_POSITIONS = 8;
const UNSEEN = 1 / 64;
/** Probabilities are kept as whole numbers of 2^-24. */
const UNIT = 2 ** 24;

interface Message {
  readonly protocol: string;
  readonly bytes: Uint8Array;
}

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const TCP = 6;
const UDP = 17;

/** What TCP or UDP carries in an Ethernet frame without tags, and its ports. */
function payloadOf(frame: Uint8Array) {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const type = frame.length > 54 ? view.getUint16(12) : 0;
  if (type !== IPV4 && type !== IPV6) return undefined;
  const isV4 = type === IPV4;
  const transport = 14 + (isV4 ? (frame[14]! & 15) * 4 : 40);
  const protocol = frame[isV4 ? 23 : 20];
  const end = isV4 ? 14 + view.getUint16(16) : 54 + view.getUint16(18);
  if (transport + 20 > frame.length || (protocol !== TCP && protocol !== UDP)) return undefined;
  const header = protocol === UDP ? 8 : (frame[transport + 12]! >> 4) * 4;
  return {
    transport: protocol === UDP ? "udp" : "tcp",
    ports: [view.getUint16(transport), view.getUint16(transport + 2)],
    bytes: frame.subarray(transport + header, end),
  };
}

function* messages(): Generator<Message> {
  for (const { file, flows } of readManifest()) {
    if (!file.endsWith(".pcap")) continue;
    const protocols = new Map(
      flows.map(({ transport, clientPort, serverPort, protocol }) => [
        [transport, ...[clientPort, serverPort].sort()].join(),
        protocol,
      ]),
    );
    for (const { bytes: frame } of readFrames(readFileSync(join(fixtures, file)))) {
      const found = payloadOf(frame);
      const protocol = found && protocols.get([found.transport, ...found.ports.sort()].join());
      if (protocol && found.bytes.length >= MESSAGE_LEAST) yield { protocol, bytes: found.bytes };
    }
  }
}

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;
const isText = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => isPrintable(byte) || byte === 9 || byte === 10 || byte === 13);

/** Counts of byte values, apart for each protocol. */
class Counts {
  readonly #ofProtocol = new Map<string, Float64Array>();
  readonly protocols = this.#ofProtocol.keys.bind(this.#ofProtocol);

  add(protocol: string, bytes: Iterable<number>): void {
    const counts = this.#ofProtocol.get(protocol) ?? new Float64Array(256);
    this.#ofProtocol.set(protocol, counts);
    for (const byte of bytes) counts[byte]!++;
  }

  table(): number[] {
    const tables = [...this.#ofProtocol.values()].map((counts) => {
      const sum = counts.reduce((a, b) => a + b, 0);
      return counts.map((count) => count / sum);
    });
    return Array.from({ length: 256 }, (_, value) => {
      const mean = tables.reduce((sum, table) => sum + table[value]!, 0) / tables.length;
      return Math.round((mean * (1 - UNSEEN) + UNSEEN / 256) * UNIT);
    });
  }
}

/** The bytes that belong to no run of four printable characters or more. */
function withoutText(bytes: Uint8Array): number[] {
  const kept: number[] = [];
  for (let at = 0; at < bytes.length;) {
    let end = at;
    while (end < bytes.length && isPrintable(bytes[end]!)) end++;
    if (end - at < 4) kept.push(...bytes.subarray(at, end));
    if (end < bytes.length) kept.push(bytes[end]!);
    at = end + 1;
  }
  return kept;
}

/** Records that lie whole in a segment, from its beginning on. */
function* records(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at + TLS_POSITIONS < bytes.length;) {
    if (bytes[at + 1] !== 3) return;
    const end = at + 5 + ((bytes[at + 3]! << 8) | bytes[at + 4]!);
    yield bytes.subarray(at, end);
    at = end;
  }
}

const text = new Counts();
const integers = new Counts();
const tls = Array.from({ length: TLS_POSITIONS + 1 }, () => new Counts());
const seen = { text: 0, integers: 0, tls: 0 };

for (const { protocol, bytes: whole } of messages()) {
  const bytes = whole.subarray(0, MESSAGE_MOST);
  const head = whole.subarray(0, HEAD_MOST);
  if (protocol === "tls") {
    for (const record of records(whole)) {
      seen.tls++;
      for (const [position, counts] of tls.entries()) {
        counts.add(protocol, record.subarray(position, position + 1));
      }
      tls[TLS_POSITIONS]!.add(protocol, record.subarray(TLS_POSITIONS, MESSAGE_MOST));
    }
  } else if (isText(bytes)) {
    seen.text++;
    text.add(protocol, bytes);
  } else if (head.filter((byte) => byte === 0).length * 4 >= head.length) {
    seen.integers++;
    integers.add(protocol, withoutText(head));
  }
}

const rows = (table: readonly number[]): string =>
  `[${Array.from({ length: 16 }, (_, row) => table.slice(row * 16, row * 16 + 16).join(", ")).join(",\n  ")}]`;
const names = (counts: Counts): string => [...counts.protocols()].sort().join(", ");

writeFileSync(
  OUTPUT,
  `/**
 * Written by scripts/backgrounds.ts, which says how; not to be edited. Probabilities of the byte values
 * 0 … 255, in units of 2^-24.
 */

/** ${seen.text} messages of ${names(text)}. */
export const text: readonly number[] = ${rows(text.table())};

/** ${seen.integers} messages of ${names(integers)}. */
export const integers: readonly number[] = ${rows(integers.table())};

/** ${seen.tls} records; positions 0 … ${TLS_POSITIONS - 1}, and all later ones. */
export const tls: readonly (readonly number[])[] = [
${tls.map((counts) => `${rows(counts.table())},`).join("\n")}
];
`,
);
console.log(`${OUTPUT}: ${seen.text} texts, ${seen.integers} binary messages, ${seen.tls} records`);
