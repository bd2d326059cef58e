/** Packets seen twice, as a mirror port gives them: which are, which are not, and what becomes of them. */
import { describe, expect, test } from "vitest";
import type { FlowRecord } from "../../src/record/record.js";
import type { Summary } from "../../src/record/summary.js";
import {
  classify,
  createClassifier,
  engineKinds,
  fixtureBytes,
  openBytes,
} from "../support/classifier.js";
import {
  type Bytes,
  ethernet,
  ipv4,
  ipv6,
  mpls,
  type Part,
  tcp,
  TYPE_IPV4,
  TYPE_IPV6,
  TYPE_MPLS,
  TYPE_VLAN,
  udp,
  vlan,
} from "../support/packets.js";

interface Given {
  id?: number;
  ttl?: number;
  checksum?: number;
  toClient?: boolean;
}

/** Sets what the builders leave 0. `network` and `transport`: offsets in the frame. */
function given(frame: Bytes, { id, ttl, checksum }: Given, isTcp: boolean, network = 14): Bytes {
  const transport = network + 20 + (isTcp ? 16 : 6);
  frame[network + 4] = (id ?? 0x1234) >> 8;
  frame[network + 5] = id ?? 0x1234;
  frame[network + 8] = ttl ?? 64;
  frame[transport] = (checksum ?? 0xbeef) >> 8;
  frame[transport + 1] = checksum ?? 0xbeef;
  return frame;
}

const CLIENT = "192.0.2.1";
const SERVER = "198.51.100.2";
const ends = (toClient = false) =>
  toClient ? { from: SERVER, to: CLIENT } : { from: CLIENT, to: SERVER };
const ports = (toClient = false, port = 9999) =>
  toClient ? { from: port, to: 40000 } : { from: 40000, to: port };

const datagram = (payload: Part, changes: Given = {}): Bytes => {
  const { toClient } = changes;
  const inner = ipv4({ protocol: 17, ...ends(toClient) }, udp(ports(toClient), payload));
  return given(ethernet(TYPE_IPV4, inner), changes, false);
};
const segment = (payload: Part, sequence = 1000, changes: Given = {}): Bytes => {
  const { toClient } = changes;
  const header = { ...ports(toClient), flags: "PA", sequence };
  const inner = ipv4({ protocol: 6, ...ends(toClient) }, tcp(header, payload));
  return given(ethernet(TYPE_IPV4, inner), changes, true);
};

type Timed = readonly [milliseconds: number, frame: Bytes];

async function run(engine: (typeof engineKinds)[number], packets: readonly Timed[]) {
  const records: FlowRecord[] = [];
  const classifier = await createClassifier({ engine, onRecord: (each) => records.push(each) });
  for (const [milliseconds, frame] of packets) {
    const seconds = 100 + Math.floor(milliseconds / 1000);
    classifier.push(frame, { seconds, nanoseconds: Math.round((milliseconds % 1000) * 1e6) });
  }
  classifier.finish();
  const summary: Summary = classifier.summary();
  classifier.close();
  return { records, duplicates: summary.counters.duplicates };
}

const v6 = (checksum: number): Bytes => {
  const frame = ethernet(TYPE_IPV6, ipv6({ next: 17 }, udp(ports(), "datagram")));
  frame.set([checksum >> 8, checksum & 0xff], 14 + 40 + 6);
  return frame;
};
const labelled = (): Bytes =>
  given(
    ethernet(TYPE_MPLS, mpls([17], ipv4({ protocol: 17, ...ends() }, udp(ports(), "x")))),
    {},
    false,
    18,
  );
const tagged = (id: number): Bytes =>
  given(
    ethernet(TYPE_VLAN, vlan(id, TYPE_IPV4, ipv4({ protocol: 17, ...ends() }, udp(ports(), "x")))),
    {},
    false,
    18,
  );

describe.each(engineKinds)("%s", (engine) => {
  test.each<[what: string, duplicates: number, packets: Timed[]]>([
    [
      "a segment twice",
      1,
      [
        [0, segment("a")],
        [0.01, segment("a")],
      ],
    ],
    [
      "a datagram twice, a router later",
      1,
      [
        [0, datagram("a")],
        [0.01, datagram("a", { ttl: 63 })],
      ],
    ],
    [
      "the other way round",
      1,
      [
        [0, datagram("a", { ttl: 63 })],
        [0.01, datagram("a")],
      ],
    ],
    [
      "three times",
      2,
      [
        [0, datagram("a")],
        [1, datagram("a")],
        [2, datagram("a")],
      ],
    ],
    [
      "over the end of a second",
      1,
      [
        [999.99, datagram("a")],
        [1000.01, datagram("a")],
      ],
    ],
    [
      "another between them",
      1,
      [
        [0, datagram("a")],
        [0.1, datagram("b", { id: 7 })],
        [0.2, datagram("a")],
      ],
    ],
    [
      "datagrams of one length, whose checksums are still to be filled in",
      0,
      [
        [0, datagram("first", { id: 0 })],
        [0.1, datagram("other", { id: 0 })],
      ],
    ],
    [
      "under labels",
      1,
      [
        [0, labelled()],
        [0, labelled()],
      ],
    ],
    [
      "IPv6, at once",
      1,
      [
        [0, v6(0xbeef)],
        [0.5, v6(0xbeef)],
      ],
    ],
    [
      "without an identification, at once",
      1,
      [
        [0, datagram("a", { id: 0 })],
        [0.5, datagram("a", { id: 0 })],
      ],
    ],
    [
      "sent again: another identification",
      0,
      [
        [0, segment("a")],
        [1, segment("a", 1000, { id: 7 })],
      ],
    ],
    [
      "an identification of another segment",
      0,
      [
        [0, segment("a")],
        [1, segment("a", 1001)],
      ],
    ],
    [
      "another checksum",
      0,
      [
        [0, datagram("a")],
        [1, datagram("b", { checksum: 0xbeee })],
      ],
    ],
    [
      "too late",
      0,
      [
        [0, datagram("a")],
        [101, datagram("a")],
      ],
    ],
    [
      "two routers later: a loop",
      0,
      [
        [0, datagram("a")],
        [1, datagram("a", { ttl: 62 })],
      ],
    ],
    [
      "without a checksum",
      0,
      [
        [0, datagram("a", { checksum: 0 })],
        [1, datagram("a", { checksum: 0 })],
      ],
    ],
    [
      "IPv6, two milliseconds later",
      0,
      [
        [0, v6(0xbeef)],
        [2, v6(0xbeef)],
      ],
    ],
    [
      "without an identification, two milliseconds later",
      0,
      [
        [0, datagram("a", { id: 0 })],
        [2, datagram("a", { id: 0 })],
      ],
    ],
    [
      "the same in another VLAN is another flow's",
      0,
      [
        [0, tagged(5)],
        [0.1, tagged(6)],
      ],
    ],
  ])("%s: %i", async (_what, duplicates, packets) => {
    const found = await run(engine, packets);
    expect(found.duplicates).toBe(duplicates);
    const flagged = found.records.filter(({ flags }) => flags.includes("duplicated"));
    expect(flagged).toHaveLength(duplicates > 0 ? 1 : 0);
    const seen = found.records.reduce((sum, { packets: each }) => sum + each.toServer, 0);
    expect(seen).toBe(packets.length);
  });
});

/** A capture in which each packet comes twice: records of libpcap's format, little-endian. */
function doubled(capture: Uint8Array): Uint8Array {
  const view = new DataView(capture.buffer, capture.byteOffset);
  const pieces = [capture.subarray(0, 24)];
  for (let at = 24; at < capture.length;) {
    const end = at + 16 + view.getUint32(at + 8, true);
    pieces.push(capture.subarray(at, end), capture.subarray(at, end));
    at = end;
  }
  return new Uint8Array(Buffer.concat(pieces));
}

const CAPTURES = [
  "dns/dnsmasq-udp.pcap",
  "dns/named-cookie.pcap",
  "ntp/chrony.pcap",
  "ntp/ntpdate.pcap",
  "tftp/tftp-hpa.pcap",
  "tftp/tftp-hpa-write.pcap",
  "wireguard/wireguard-go.pcap",
  "http/nginx-curl.pcap",
  "rtp/ffmpeg-opus.pcap",
  "sip/baresip-udp.pcap",
];

test.each(CAPTURES)("%s: twice what was seen, and the same names", async (file) => {
  const capture = fixtureBytes(file);
  const names = async (bytes: Uint8Array) => {
    const found: string[] = [];
    for await (const { id, protocol, evidence, packets } of classify(openBytes(bytes))) {
      found.push(`${id} ${protocol} ${evidence.grade} ${packets.toServer}`);
    }
    return found;
  };
  const once = await names(capture);
  expect(once.length).toBeGreaterThan(0);
  const expected = once.map((line) => line.replace(/\d+$/, (count) => `${2 * Number(count)}`));
  expect(await names(doubled(capture))).toEqual(expected);
});
