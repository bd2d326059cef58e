/**
 * The worst captures we can construct: each makes one walk of the engine, or one of the host, do as much as it can for
 * each byte. A walk that gets a new bound, or a new dissector, gets an input here.
 */
import type { Conversation } from "../src/language/definition.js";
import { packetsOf } from "../test/support/conversations.js";
import * as build from "../test/support/packets.js";
import type { Bytes, Frame, Part } from "../test/support/packets.js";
import { initialHeader, initialKeys, sealInitial, VERSION_1 } from "../test/support/quic.js";

export interface WorstInput {
  readonly name: string;
  readonly capture: Bytes;
}

/** Bytes of a capture, about: what starts anew with each flow or window is small beside it. */
const SIZE = 50_000;

const [CLIENT, SERVER] = ["192.0.2.1", "198.51.100.2"];
const repeated = (count: number, part: Part): Bytes =>
  build.bytes(...Array.from({ length: count }, () => part));
const u8 = (value: number) => build.bytes(value & 0xff);
const u16 = build.be16;
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const sized16 = (...parts: Part[]): Bytes => {
  const body = build.bytes(...parts);
  return build.bytes(u16(body.length), body);
};

/** And where there are very many inputs. */
const SMALL = 15_000;

/** Frames until there are enough bytes; the number lets each be another flow, or the next of one. */
function fill(frame: (number: number) => Bytes | readonly Bytes[], size = SIZE): Frame[] {
  const frames: Frame[] = [];
  for (let bytes = 0, number = 0; bytes < size; number++) {
    for (const data of [frame(number)].flat() as Bytes[]) {
      bytes += data.length + 16;
      frames.push({ data, sec: 1_790_000_000, ns: frames.length * 1000 });
    }
  }
  return frames;
}

const pcap = (frames: readonly Frame[], linkType = 1) => build.pcapFile(frames, { linkType });

const ip = (protocol: number, ...payload: Part[]) =>
  build.ethernet(build.TYPE_IPV4, build.ipv4({ protocol, from: CLIENT!, to: SERVER! }, ...payload));
const datagram = (number: number, port: number, ...payload: Part[]) =>
  ip(17, build.udp({ from: 1024 + (number % 60000), to: port }, ...payload));

/** A connection of its own each: opened, and what the client says, in segments of `most` bytes, in this order. */
function connection(
  number: number,
  port: number,
  said: Bytes,
  most = 1400,
  order: (segments: Bytes[]) => Bytes[] = (segments) => segments,
): Bytes[] {
  const from = 1024 + (number % 60000);
  const segment = (flags: string, sequence: number, payload: Bytes = build.bytes()) =>
    ip(6, build.tcp({ from, to: port, flags, sequence }, payload));
  const segments: Bytes[] = [];
  for (let at = 0; at < said.length; at += most) {
    segments.push(segment("PA", 1001 + at, said.slice(at, at + most)));
  }
  return [segment("S", 1000), ...order(segments)];
}

const everyOther = (segments: Bytes[]): Bytes[] => [
  ...segments.filter((_, index) => index % 2 === 1),
  ...segments.filter((_, index) => index % 2 === 0),
];

// ── Wire ─────────────────────────────────────────────────────────────────────────────────────────

const smallest = () => pcap(fill((number) => datagram(number, 9)));
const sameFlow = () => pcap(fill(() => datagram(1, 9)));
const packetsOfNothing = () => pcap(fill(() => build.bytes()));

/** RFC 8200 §4: as many headers as a packet has room for, eight bytes each. */
const extensionHeaders = () =>
  pcap(
    fill((number) => {
      let body: Bytes = build.udp({ from: 1024 + (number % 60000), to: 9 }, "x");
      for (let count = 0; count < 180; count++) {
        body = build.extension(count === 0 ? 17 : 60, 1, body);
      }
      const packet = build.ipv6({ next: 60, from: "2001:db8::1", to: "2001:db8::2" }, body);
      return build.ethernet(build.TYPE_IPV6, packet);
    }),
  );

const labels = () =>
  pcap(fill(() => build.ethernet(build.TYPE_MPLS, repeated(350, [0, 0, 0x10, 0xff]))));
const tags = () =>
  pcap(fill(() => build.ethernet(build.TYPE_VLAN, repeated(350, [0, 1, 0x81, 0]))));

/** Three tunnels, each a flow of its own, around an empty datagram. */
const nested = () =>
  pcap(
    fill((number) => {
      let inner = datagram(number, 4789);
      for (let depth = 0; depth < 4; depth++) {
        inner = datagram(number, 4789, build.vxlan(number + depth, inner));
      }
      return inner;
    }),
  );
const ipInIp = () =>
  pcap(
    fill((number) => {
      let inner = build.ipv4(
        { protocol: 17, from: CLIENT!, to: SERVER! },
        build.udp({ from: 1024 + (number % 60000), to: 9 }),
      );
      for (let depth = 0; depth < 60; depth++) {
        inner = build.ipv4({ protocol: 4, from: CLIENT!, to: SERVER! }, inner);
      }
      return build.ethernet(build.TYPE_IPV4, inner);
    }),
  );

/** Radiotap: one word of presence after another says that there is one more. */
const radiotap = () =>
  pcap(
    fill(() => build.bytes(0, 0, [0xf8, 0x04], repeated(317, [0, 0, 0, 0x80]))),
    127,
  );

/** Datagrams in pieces of eight bytes; the last ones first. */
function fragments(overlap: boolean) {
  return pcap(
    fill((number) => {
      const body = build.udp({ from: 9, to: 1024 + (number % 60000) }, new Uint8Array(400));
      const pieces: Bytes[] = [];
      for (let at = 0; at < body.length; at += 8) {
        const header = {
          protocol: 17,
          from: CLIENT!,
          to: SERVER!,
          identification: number & 0xffff,
          fragmentOffset: at >>> 3,
          moreFragments: at + 8 < body.length,
        };
        const end = overlap ? Math.min(body.length, at + 64) & ~7 : at + 8;
        pieces.push(
          build.ethernet(
            build.TYPE_IPV4,
            build.ipv4(header, body.slice(at, Math.max(end, at + 8))),
          ),
        );
      }
      return pieces.toReversed();
    }),
  );
}

const sctpChunks = () =>
  pcap(
    fill((number) =>
      ip(132, build.sctp({ from: 1024 + (number % 60000), to: 9 }, repeated(350, [11, 0, 0, 4]))),
    ),
  );

/** pcapng: an interface with options of no length. */
const pcapngOptions = () => {
  const options = repeated(8000, [0xe7, 0x03, 0, 0]);
  const body = build.bytes([1, 0, 0, 0], [0, 0, 0, 0], options);
  return build.bytes(build.sectionHeader(), ...[1, 2, 3].map(() => build.block(1, body)));
};
const pcapngBlocks = () =>
  build.bytes(build.sectionHeader(), repeated(8000, build.block(0xbad, build.bytes())));

// ── Payload ──────────────────────────────────────────────────────────────────────────────────────

/** RFC 1035 §4.1.4: each name is a pointer to the name before it. */
const dnsPointers = (transport: "udp" | "tcp") => {
  const question = build.bytes([1], "a", 0, u16(1), u16(1));
  const answers: Bytes[] = [];
  let target = 12;
  for (let at = 12 + question.length; at < 1300; at += 16) {
    answers.push(
      build.bytes(u16(0xc000 | target), u16(1), u16(1), build.be32(60), u16(4), [1, 2, 3, 4]),
    );
    target = at;
  }
  const message = build.bytes(
    u16(7),
    u16(0x8180),
    u16(1),
    u16(answers.length),
    u16(0),
    u16(0),
    question,
    ...answers,
  );
  const client = build.bytes(u16(7), u16(0x0100), u16(1), u16(0), u16(0), u16(0), question);
  const says = (bytes: Bytes) => latin1(transport === "tcp" ? sized16(bytes) : bytes);
  return conversations(
    {
      transport,
      messages: [
        { from: "client", bytes: says(client) },
        ...Array.from({ length: 8 }, () => ({ from: "server" as const, bytes: says(message) })),
      ],
    },
    53,
  );
};
/** Names of as many labels as a name may have. */
const dnsLabels = () => {
  const name = build.bytes(repeated(126, [1, 0x61]), 0);
  return pcap(
    fill((number) =>
      datagram(
        number,
        53,
        u16(number),
        u16(0x0100),
        u16(4),
        repeated(3, u16(0)),
        repeated(4, build.bytes(name, u16(1), u16(1))),
      ),
    ),
  );
};

function clientHello(extensions: Bytes, cipherSuites = 1): Bytes {
  const body = build.bytes(
    [3, 3],
    new Uint8Array(32),
    0,
    sized16(repeated(cipherSuites, [0x13, 0x01])),
    [1, 0],
    sized16(extensions),
  );
  return build.bytes([1, 0], sized16(body));
}
const record = (bytes: Bytes): Bytes => build.bytes([22, 3, 1], sized16(bytes));
/** A message in as many records as it has bytes. */
const inRecords = (message: Bytes, size: number): Bytes => {
  const records: Bytes[] = [];
  for (let at = 0; at < message.length; at += size)
    records.push(record(message.slice(at, at + size)));
  return build.bytes(...records);
};
const name = (text: string) => build.bytes(u16(0), sized16(sized16(u8(0), sized16(text))));
const noExtensions = repeated(950, [0xfa, 0xfa, 0, 0]);

const tls = (message: Bytes, size = 16000, segment = 1400, order = (each: Bytes[]) => each) =>
  pcap(fill((number) => connection(number, 443, inRecords(message, size), segment, order)));

const tlsExtensions = () => tls(clientHello(build.bytes(name("a.example"), noExtensions)));
const tlsSuites = () => tls(clientHello(name("a.example"), 1900));
const tlsRecords = () =>
  tls(clientHello(build.bytes(name("a.example"), repeated(100, [0xfa, 0xfa, 0, 0]))), 1);
const tlsBytes = () =>
  tls(clientHello(build.bytes(name("a.example"), repeated(100, [0xfa, 0xfa, 0, 0]))), 16000, 1);
const tlsGaps = () =>
  tls(clientHello(build.bytes(name("a.example"), noExtensions)), 16000, 1, everyOther);

/** RFC 9000 §19.6: the ClientHello in frames of one byte, those that come last in front. */
function quic(pieces: number, order: (frames: Bytes[]) => Bytes[]) {
  const hello = clientHello(build.bytes(name("a.example"), repeated(200, [0xfa, 0xfa, 0, 0])));
  return pcap(
    fill((number) => {
      const destination = build.bytes(u16(number), new Uint8Array(6));
      const size = Math.max(1, Math.floor(hello.length / pieces));
      const frames: Bytes[] = [];
      for (let at = 0; at < hello.length; at += size) {
        const data = hello.slice(at, at + size);
        frames.push(build.bytes(6, u16(0x4000 | at), u16(0x4000 | data.length), data));
      }
      // RFC 9000 §14.1: smaller datagrams are none of a client's. PADDING is 0.
      const plain = new Uint8Array(1300);
      plain.set(build.bytes(...order(frames)).slice(0, 1300));
      const header = initialHeader({
        version: VERSION_1,
        destination,
        source: build.bytes(),
        token: build.bytes(),
        number: 0,
        numberSize: 1,
        plain: plain.length,
      });
      return datagram(
        number,
        443,
        sealInitial(initialKeys(VERSION_1, destination, false), header, plain),
      );
    }),
  );
}

const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const h2Frame = (type: number, flags: number, ...payload: Part[]): Bytes => {
  const body = build.bytes(...payload);
  return build.bytes(0, u16(body.length), type, flags, build.be32(type === 4 ? 0 : 1), body);
};
const hpack = (block: Bytes) =>
  pcap(
    fill((number) =>
      connection(number, 80, build.bytes(PREFACE, h2Frame(4, 0), h2Frame(1, 4, block))),
    ),
  );
/** RFC 7541 §6.1: a byte of the block is a field with the longest name and value that were entered. */
const hpackIndexed = () =>
  hpack(
    build.bytes(
      0x40,
      [0x7f, 0x13],
      "n".repeat(146),
      [0x7f, 0x7d],
      "v".repeat(252),
      repeated(900, 0xbe),
    ),
  );
const hpackStatic = () => hpack(repeated(1300, 0x90));
/** §5.2: codes of five bits. */
const hpackHuffman = () =>
  hpack(
    build.bytes(repeated(9, build.bytes(0x00, [0x81, 0x1f], [0xff, 0x01], new Uint8Array(128)))),
  );
const h2Frames = () =>
  pcap(
    fill((number) => connection(number, 80, build.bytes(PREFACE, repeated(140, h2Frame(9, 0))))),
  );

/** Several signatures look for keys that may stand anywhere in an object, and look again when there is more of it. */
const jsonBytes = () =>
  pcap(
    fill((number) =>
      connection(number, 9, build.bytes('{"id":1,"method":"x","params":[', '"a",'.repeat(90)), 1),
    ),
  );

/** Lines of nothing, and of fields that nobody asks for. */
const httpLines = (line: string) =>
  pcap(
    fill((number) =>
      connection(
        number,
        80,
        build.bytes("GET / HTTP/1.1\r\n", line.repeat(Math.floor(3900 / line.length))),
      ),
    ),
  );

function conversations(conversation: Conversation, port: number, size = SIZE): Bytes {
  return pcap(
    fill((number) => {
      const frames = packetsOf(conversation, port);
      // Another client each time.
      for (const frame of frames) {
        const at = frame[29] === 1 ? 26 : 30;
        frame[at + 1] = number >>> 8;
        frame[at + 2] = number;
      }
      return frames;
    }, size),
  );
}

/** What a server's certificates may look like to whoever reads them: names of nothing, one in another. */
const certificates = () => {
  const der = (tag: number, body: Bytes): Bytes => build.bytes(tag, 0x82, u16(body.length), body);
  const names = repeated(550, [0x82, 0]);
  const extension = der(0x30, build.bytes([6, 3, 0x55, 0x1d, 0x11], der(4, der(0x30, names))));
  const part = (tag: number) => build.bytes(tag, 0);
  const tbs = der(
    0x30,
    build.bytes(
      [2, 1, 1],
      part(0x30),
      part(0x30),
      part(0x30),
      part(0x30),
      part(0x30),
      der(0xa3, der(0x30, extension)),
    ),
  );
  const certificate = der(0x30, build.bytes(tbs, part(0x30), [3, 1, 0]));
  const list = build.bytes(0, sized16(0, sized16(certificate)));
  const hello = build.bytes([3, 3], new Uint8Array(32), 0, [0xc0, 0x2f], 0);
  const server = build.bytes(
    record(build.bytes([2, 0], sized16(hello))),
    record(build.bytes([11, 0], sized16(list))),
  );
  return conversations(
    {
      transport: "tcp",
      messages: [
        { from: "client", bytes: latin1(record(clientHello(name("a.example")))) },
        { from: "server", bytes: latin1(server) },
      ],
    },
    443,
  );
};

/** The same byte over and over: what leaves most candidates, of all bytes, comes out by trying all. */
const ofOneByte = (value: number, transport: "udp" | "tcp") =>
  pcap(
    fill((number) => {
      const said = new Uint8Array(1200).fill(value);
      return transport === "udp" ? datagram(number, 9, said) : connection(number, 9, said);
    }, SMALL),
  );

/** One constructed input a walk. */
export const WORST: Readonly<Record<string, () => Bytes>> = {
  "records of no bytes": packetsOfNothing,
  "smallest datagrams, a flow each": smallest,
  "smallest datagrams, one flow": sameFlow,
  "IPv6 extension headers": extensionHeaders,
  "MPLS labels": labels,
  "VLAN tags": tags,
  "VXLAN in VXLAN": nested,
  "IP in IP": ipInIp,
  "radiotap presence words": radiotap,
  "fragments of 8 bytes": () => fragments(false),
  "fragments that overlap": () => fragments(true),
  "SCTP chunks": sctpChunks,
  "pcapng options": pcapngOptions,
  "pcapng blocks": pcapngBlocks,
  "DNS pointers": () => dnsPointers("udp"),
  "DNS pointers over TCP": () => dnsPointers("tcp"),
  "DNS labels": dnsLabels,
  "TLS extensions": tlsExtensions,
  "TLS cipher suites": tlsSuites,
  "TLS records of a byte": tlsRecords,
  "TLS segments of a byte": tlsBytes,
  "TLS segments of a byte, every other first": tlsGaps,
  certificates,
  "QUIC CRYPTO frames": () => quic(500, (frames) => frames),
  "QUIC CRYPTO frames, backwards": () => quic(500, (frames) => frames.toReversed()),
  "QUIC CRYPTO frames, 60 pieces": () => quic(60, (frames) => everyOther(frames)),
  "HPACK, entered field": hpackIndexed,
  "HPACK, static fields": hpackStatic,
  "HPACK, Huffman": hpackHuffman,
  "HTTP/2 frames of no bytes": h2Frames,
  "JSON in segments of a byte": () => jsonBytes(),
  "JSON brackets": () => ofOneByte(0x7b, "udp"),
  "HTTP lines of no bytes": () => httpLines("\r\n"),
  "HTTP fields": () => httpLines("a:\r\n"),
  "HTTP host fields": () => httpLines("Host:a\r\n"),
};

/** All bytes, each over both transports: which makes most candidates is not ours to guess. */
export function* oneByteInputs(): Generator<WorstInput> {
  for (let value = 0; value < 256; value++) {
    for (const transport of ["udp", "tcp"] as const) {
      const hex = value.toString(16).padStart(2, "0");
      yield { name: `0x${hex} over ${transport}`, capture: ofOneByte(value, transport) };
    }
  }
}

/** A conversation again and again, TCP's in segments of a byte: a sample is what a signature reads longest. */
export const sampleInput = (conversation: Conversation, port: number): Bytes => {
  if (conversation.transport !== "tcp") return conversations(conversation, port, SMALL);
  const messages = conversation.messages.flatMap(({ from, bytes }) =>
    Array.from(bytes.slice(0, 400), (byte) => ({ from, bytes: byte })),
  );
  return conversations({ ...conversation, messages }, port, SMALL);
};
