/** Fragments in flows: what is counted, what is read, and that windows and engines make no difference. */
import { expect, test } from "vitest";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import { assemble } from "../../src/classifier/create.js";
import type { Engine } from "../../src/engine/engine.js";
import { catalog } from "../../src/generated/catalog.js";
import type { FlowRecord } from "../../src/record/record.js";
import type { Summary } from "../../src/record/summary.js";
import {
  createClassifier,
  engineKinds,
  formatEvent,
  inPieces,
  loadModule,
  observe,
} from "../support/classifier.js";
import { every, fragment, fragments, type FragmentOptions } from "../support/fragments.js";
import {
  be16,
  be32,
  bytes,
  ethernet,
  hex,
  ipv4,
  pcapHeader,
  pcapRecord,
  TYPE_IPV4,
  udp,
  type Bytes,
} from "../support/packets.js";

const START = 1_700_000_000;
const SERVER = "192.0.2.1";
const CLIENT = "198.51.100.2";

/** A DNS answer with six addresses for example.com. */
const answer = bytes(
  hex("abcd 8180 0001 0006 0000 0000"),
  hex("07 6578616d706c65 03 636f6d 00 0001 0001"),
  ...Array.from({ length: 6 }, (_, host) =>
    bytes(hex("c00c 0001 0001"), be32(300), be16(4), [192, 0, 2, 10 + host]),
  ),
);
const question = bytes(
  hex("abcd 0100 0001 0000 0000 0000"),
  hex("07 6578616d706c65 03 636f6d 00 0001 0001"),
);
const line = bytes(
  "<165>1 2026-11-24T14:30:00.003Z gateway.example.com firewall 4711 ID47 - ",
  "connection from 192.0.2.33 accepted by rule 12, 1480 bytes in, 320 bytes out",
);

interface Outcome {
  records: FlowRecord[];
  summary: Summary;
}

async function run(
  packets: readonly (readonly [at: number, packet: Bytes])[],
  options: ClassifierOptions = {},
): Promise<Outcome> {
  const records: FlowRecord[] = [];
  const classifier = await createClassifier({
    ...options,
    onRecord: (record) => records.push(record),
  });
  for (const [at, packet] of packets) {
    classifier.push(packet, { seconds: START + at, nanoseconds: 0 });
  }
  classifier.finish();
  const summary = classifier.summary();
  classifier.close();
  return { records, summary };
}

const at0 = (frames: readonly Bytes[]) => frames.map((frame) => [0, frame] as const);

const messages: [name: string, datagram: Bytes, protocol: string][] = [
  ["a DNS answer", udp({ from: 53, to: 40000 }, answer), "dns"],
  ["a syslog message", udp({ from: 40000, to: 514 }, line), "syslog"],
];

test.each(messages)("%s says the same, cut at any place", async (_, datagram, protocol) => {
  const told = ({ records }: Outcome) =>
    records.map((record) => [record.protocol, record.evidence.grade, record.facts, record.flags]);
  for (const kind of engineKinds) {
    const whole = await run(at0([ethernet(TYPE_IPV4, ipv4({ protocol: 17 }, datagram))]), {
      engine: kind,
    });
    expect(told(whole)).toMatchObject([[protocol, "payload", {}, ["one-sided"]]]);
    for (let cut = 8; cut < datagram.length; cut += 8) {
      for (const frames of [
        fragments(datagram, [cut]),
        fragments(datagram, [cut]).toReversed(),
        fragments(datagram, [cut], { version: 6 }),
      ]) {
        const pieces = await run(at0(frames), { engine: kind });
        expect(told(pieces), `cut at ${cut}`).toEqual(told(whole));
        expect(pieces.records[0]!.packets.toServer + pieces.records[0]!.packets.toClient).toBe(2);
      }
    }
  }
});

test("a question and its answer in fragments are one flow, all packets counted", async () => {
  const frames = fragments(udp({ from: 53, to: 40000 }, answer), every(48, 8 + answer.length));
  const asked = ethernet(
    TYPE_IPV4,
    ipv4({ protocol: 17, from: CLIENT, to: SERVER }, udp({ from: 40000, to: 53 }, question)),
  );
  const { records, summary } = await run(at0([asked, ...frames]));
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    protocol: "dns",
    flags: [],
    packets: { toServer: 1, toClient: frames.length },
    bytes: {
      toServer: asked.length,
      toClient: frames.reduce((sum, { length }) => sum + length, 0),
    },
  });
  expect(summary.counters).toMatchObject({ fragments: 0, timeBackwards: 0, malformed: 0 });
});

test("a first fragment alone is read, once, as what was cut off", async () => {
  const [first, last] = fragments(udp({ from: 40000, to: 514 }, line), [64]) as [Bytes, Bytes];
  const other = ethernet(TYPE_IPV4, ipv4({ protocol: 17 }, udp({ from: 1, to: 2 }, "?")));
  const alone = await run([
    [0, first],
    [40, other],
  ]);
  expect(alone.records.map(({ protocol, flags }) => [protocol, ...flags])).toContainEqual([
    "syslog",
    "one-sided",
    "snapped",
    "fragments",
  ]);
  expect(alone.summary.counters).toMatchObject({ fragments: 1, datagramsIncomplete: 1 });
  const late = await run([
    [0, first],
    [31, last],
  ]);
  expect(late.records.map(({ protocol }) => protocol)).toEqual(["syslog", null]);
  expect(late.summary.counters).toMatchObject({ datagramsIncomplete: 2, timeBackwards: 0 });
});

/** Fragments of many datagrams, mixed; some are lost, doubled, or contradict others. */
function capture(): Bytes {
  let state = 20261124;
  const below = (most: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % most;
  };
  const frames: { at: number; data: Bytes }[] = [];
  for (let n = 0; n < 300; n++) {
    const [, datagram] = messages[below(2)]!;
    const options: FragmentOptions = {
      identification: below(60),
      version: below(3) === 0 ? 6 : 4,
      ...(below(4) === 0 && { tag: below(3) }),
    };
    const begin = below(400);
    const cuts = every(8 * (1 + below(6)), datagram.length);
    for (const data of fragments(datagram, cuts, options)) {
      if (below(12) === 0) continue;
      frames.push({ at: begin + below(10), data });
      if (below(12) === 0) frames.push({ at: begin + below(10), data });
    }
    if (below(10) === 0) {
      frames.push({ at: begin + below(20), data: fragment(8, below(2) === 0, "?", options) });
    }
    if (below(2) === 0) {
      const data = ethernet(TYPE_IPV4, ipv4({ protocol: 17 }, datagram));
      frames.push({ at: begin, data });
    }
  }
  frames.sort((a, b) => a.at - b.at);
  return bytes(
    pcapHeader(),
    ...frames.map(({ at, data }) => pcapRecord({ data, sec: START + at / 4, ns: 0 })),
  );
}

test("the same in any pieces, on any engine, also where slots run out", async () => {
  const bytesOfCapture = capture();
  for (const options of [{}, { fragmentMemory: 16 * 67776 }, { maxFlows: 3, idleTimeout: 10 }]) {
    const whole = await observe(
      inPieces(bytesOfCapture, () => 512 * 1024),
      options,
    );
    const { counters } = JSON.parse(whole.at(-1)!) as Summary;
    expect(counters.datagramsIncomplete + counters.datagramsEvicted).toBeGreaterThan(100);
    expect(counters.fragmentsOverlapping).toBeGreaterThan(5);
    expect(counters.timeBackwards).toBe(0);
    if (options.fragmentMemory !== undefined) expect(counters.datagramsEvicted).toBeGreaterThan(50);
    for (const engine of engineKinds) {
      for (const size of [97, 4096, 65536]) {
        const pieces = await observe(
          inPieces(bytesOfCapture, () => size),
          { ...options, engine },
        );
        expect(pieces, `${engine}, ${size} bytes`).toEqual(whole);
      }
    }
    const lines: string[] = [];
    const classifier = await createClassifier({
      ...options,
      onEvent: (event) => lines.push(formatEvent(event)),
    });
    const view = new DataView(bytesOfCapture.buffer);
    for (let at = 24; at < bytesOfCapture.length;) {
      const length = view.getUint32(at + 8, true);
      classifier.push(bytesOfCapture.slice(at + 16, at + 16 + length), {
        seconds: view.getUint32(at, true),
        nanoseconds: view.getUint32(at + 4, true) * 1000,
      });
      at += 16 + length;
    }
    classifier.finish();
    lines.push(JSON.stringify(classifier.summary()));
    classifier.close();
    expect(lines, "pushed").toEqual(whole);
  }
});

test("every packet is counted in a flow, once", async () => {
  const lines = await observe(inPieces(capture(), () => 1 << 20));
  const summary = JSON.parse(lines.at(-1)!) as Summary;
  const counted = summary.protocols.reduce((sum, { packets }) => sum + packets, 0);
  const bytesCounted = summary.protocols.reduce((sum, each) => sum + each.bytes, 0);
  expect(counted + summary.counters.noFlow).toBe(summary.packets);
  if (summary.counters.noFlow === 0) expect(bytesCounted).toBe(summary.bytes);
});

test.each(engineKinds)("%s: when all is decided, no payload is left", async (kind) => {
  const engines: Engine[] = [];
  const classifier = await assemble(
    { catalog, loadModule, observe: (engine) => (engines.push(engine), engine) },
    { engine: kind, maxFlows: 64 },
  );
  await classifier.read(inPieces(capture(), () => 1 << 20));
  classifier.finish();
  const { memory } = engines[0]!;
  const region = memory.map.regions.find(({ name }) => name === "fragments")!;
  const left = memory.u8.subarray(region.address, region.address + region.size);
  expect(left.every((byte) => byte === 0)).toBe(true);
  expect(memory.brokenCanaries()).toEqual([]);
  classifier.close();
});
