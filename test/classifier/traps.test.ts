/** An engine that fails is replaced: nothing is told twice, and nothing is left out but the packet that it failed at. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { assemble } from "../../src/classifier/create.js";
import type { Classifier } from "../../src/classifier/classifier.js";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import * as abi from "../../src/engine/abi.js";
import type { EngineMemory } from "../../src/engine/memory.js";
import { TypeScriptEngine } from "../../src/engine/typescript/index.js";
import { catalog } from "../../src/generated/catalog.js";
import type { ClassifierEvent, TrapEvent } from "../../src/record/events.js";
import type { FlowRecord } from "../../src/record/record.js";
import type { Summary } from "../../src/record/summary.js";
import { Random } from "../fuzz/random.js";
import {
  engineKinds,
  fixtureBytes,
  formatEvent,
  inPieces,
  loadModule,
  openBytes,
} from "../support/classifier.js";
import { type Bytes, bytes, ethernet, ipv4, tcp, TYPE_IPV4, udp } from "../support/packets.js";
import { type Fault, Saboteur } from "../support/saboteur.js";

const modules = {
  wasm: await loadModule("wasm"),
  "wasm-scalar": await loadModule("wasm-scalar"),
};

interface Run {
  records: FlowRecord[];
  traps: TrapEvent[];
  events: ClassifierEvent[];
  summary: Summary;
  memories: EngineMemory[];
}

/** Runs a classifier on engines that fail as `fault` says. */
async function run(
  fault: Fault,
  options: ClassifierOptions,
  feed: (classifier: Classifier, memories: readonly EngineMemory[]) => Promise<void> | void,
): Promise<Run> {
  const found: Omit<Run, "summary"> = { records: [], traps: [], events: [], memories: [] };
  const classifier = await assemble(
    {
      catalog,
      loadModule: async (kind) => modules[kind],
      observe: (engine) => {
        found.memories.push(engine.memory);
        return new Saboteur(engine, fault);
      },
    },
    {
      seed: 1,
      maxFlows: 64,
      maxInspections: 64,
      prefixMemory: 1 << 20,
      fragmentMemory: 0,
      ...options,
      onRecord: (record) => found.records.push(record),
      onEvent: (event) => found.events.push(event),
      onTrap: (trap) => found.traps.push(trap),
    },
  );
  await feed(classifier, found.memories);
  classifier.finish();
  const summary = classifier.summary();
  classifier.close();
  return { ...found, summary };
}

// ── A capture: two connections of HTTP, one of which is under way when a datagram comes ──────────

const POISON = Buffer.from("poisonous");
const poisoned = (port: number): Bytes =>
  ethernet(
    TYPE_IPV4,
    ipv4({ protocol: 17, from: "192.0.2.9", to: "192.0.2.8" }, udp({ from: port, to: 9 }, POISON)),
  );

function segment(port: number, flags: string, sequence: number, said = "", toClient = false) {
  const ports = toClient ? { from: 80, to: port } : { from: port, to: 80 };
  const [from, to] = toClient ? ["198.51.100.2", "192.0.2.1"] : ["192.0.2.1", "198.51.100.2"];
  return ethernet(
    TYPE_IPV4,
    ipv4({ protocol: 6, from: from!, to: to! }, tcp({ ...ports, flags, sequence }, said)),
  );
}

const REQUEST = "GET /a HTTP/1.1\r\nHost: www.example\r\n\r\n";
const ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
const opening = (port: number) => [
  segment(port, "S", 999),
  segment(port, "SA", 4999, "", true),
  segment(port, "A", 1000),
];
const talk = (port: number) => [
  segment(port, "PA", 1000, REQUEST),
  segment(port, "PA", 5000, ANSWER, true),
  segment(port, "FA", 1000 + REQUEST.length),
  segment(port, "FA", 5000 + ANSWER.length, "", true),
];
const before = [...opening(40001), ...talk(40001), ...opening(40002)];
const after = [...talk(40002), ...opening(40003), ...talk(40003)];

const le32 = (value: number) => bytes(...[0, 8, 16, 24].map((shift) => (value >>> shift) & 255));

/** A classic capture, a packet a millisecond. */
const pcap = (packets: readonly Bytes[]): Bytes =>
  bytes(
    le32(0xa1b2c3d4),
    bytes(2, 0, 4, 0),
    le32(0),
    le32(0),
    le32(65535),
    le32(1),
    ...packets.map((packet, at) =>
      bytes(le32(1_700_000_000), le32(at * 1000), le32(packet.length), le32(packet.length), packet),
    ),
  );

/** The same as pcapng. */
function pcapng(packets: readonly Bytes[]): Bytes {
  const block = (type: number, content: Bytes) => {
    const padded = bytes(content, new Uint8Array(-content.length & 3));
    const length = le32(padded.length + 12);
    return bytes(le32(type), length, padded, length);
  };
  const section = block(
    0x0a0d0d0a,
    bytes(le32(0x1a2b3c4d), [1, 0, 0, 0], new Uint8Array(8).fill(255)),
  );
  const described = block(1, bytes([1, 0, 0, 0], le32(0)));
  const blocks = packets.map((packet, at) => {
    const microseconds = 1_700_000_000_000_000n + BigInt(at) * 1000n;
    const time = bytes(le32(Number(microseconds >> 32n)), le32(Number(microseconds & 0xffffffffn)));
    const length = le32(packet.length);
    const packetBlock = block(6, bytes(le32(0), time, length, length, packet));
    return packetBlock;
  });
  return bytes(section, described, ...blocks);
}

const files = { pcap, pcapng };
const placeOf = (capture: Bytes, header: number) =>
  Buffer.from(capture).indexOf(POISON) - 42 - header;
const headers = { pcap: 16, pcapng: 28 };
const read = (capture: Bytes) => (classifier: Classifier) =>
  classifier.read(openBytes(capture, "capture"));
const total = (records: readonly FlowRecord[]) =>
  records.reduce((sum, { packets }) => sum + packets.toServer + packets.toClient, 0);
const withoutTrap = ({ counters, ...rest }: Summary) => ({
  ...rest,
  counters: { ...counters, traps: 0 },
});

describe.each(engineKinds)("%s", (engine) => {
  for (const format of ["pcap", "pcapng"] as const) {
    for (const call of ["decode", "track", "recognise"] as const) {
      test(`${call} fails at a packet of ${format}: that packet is left out, and nothing else`, async () => {
        const capture = files[format]([...before, poisoned(1), ...after]);
        const found = await run({ call, poison: POISON }, { engine }, read(capture));
        expect(found.traps).toEqual([
          {
            type: "trap",
            call,
            file: "capture",
            packet: before.length + 1,
            offset: placeOf(capture, headers[format]),
            cause: "sabotaged",
          },
        ]);
        // A capture without it gives the same, but for the times of what stands behind.
        const times = pcapTimes(format, [...before, ...after], before.length);
        const clean = await run({}, { engine }, read(times));
        const told = found.events.filter(({ type }) => type !== "trap");
        expect(told.map(formatEvent)).toEqual(clean.events.map(formatEvent));
        expect(found.summary.counters.traps).toBe(1);
        expect(withoutTrap(found.summary)).toEqual(clean.summary);
      });

      test(`${call} fails at a packet of ${format}: flows that were held are told of, and what follows is read`, async () => {
        const capture = files[format]([...before, poisoned(1), ...after]);
        // A packet or so a window: what stands in front has been told of.
        const feed = (classifier: Classifier) =>
          classifier.read(inPieces(capture, () => 60, "capture"));
        const found = await run({ call, poison: POISON }, { engine }, feed);
        expect(found.traps).toHaveLength(1);
        expect(found.traps[0]).toMatchObject({
          packet: before.length + 1,
          offset: placeOf(capture, headers[format]),
        });
        expect(
          found.records.map(({ id, client, protocol, ended, flags }) => [
            id,
            client.port,
            protocol,
            ended.reason,
            flags.includes("engine-lost"),
          ]),
        ).toEqual([
          // Its verdict had been given; it waited for its last packets.
          [1, 40001, "http", "engine-lost", true],
          [2, 40002, null, "engine-lost", true],
          [3, 40002, "http", "end", false],
          [4, 40003, "http", "end", false],
        ]);
        expect(total(found.records)).toBe(before.length + after.length);
        expect(found.summary.packets).toBe(before.length + after.length);
        expect(found.summary.counters).toMatchObject({ traps: 1, flowsLost: 0 });
        // The file of the trap comes first, then what it cut.
        const [trap] = found.events.flatMap(({ type }, at) => (type === "trap" ? [at] : []));
        expect(found.events[trap! + 1]).toMatchObject({ type: "end", record: { id: 1 } });
        // Nothing of the dropped engine's traffic is left.
        expect(Buffer.from(found.memories[0]!.buffer).includes("www.example")).toBe(false);
      });
    }
  }

  test("every packet fails: it comes to an end, with a trap a packet", async () => {
    const capture = pcap(Array.from({ length: 40 }, (_, at) => poisoned(at)));
    for (const call of ["decode", "track", "recognise"] as const) {
      const { traps, records } = await run({ call, poison: POISON }, { engine }, read(capture));
      expect(traps.map(({ packet }) => packet)).toEqual(
        Array.from({ length: 40 }, (_, at) => at + 1),
      );
      expect(records).toEqual([]);
    }
  });

  test("a pushed packet fails: the next one is read", async () => {
    for (const call of ["decode", "track", "recognise"] as const) {
      const packets = [...before, poisoned(1), ...after];
      const found = await run({ call, poison: POISON }, { engine }, (classifier) =>
        packets.forEach((packet) =>
          classifier.push(packet, { seconds: 1_700_000_000, nanoseconds: 0 }),
        ),
      );
      expect(found.traps).toMatchObject([
        { file: null, packet: before.length + 1, offset: null, call },
      ]);
      expect(
        found.records.map(({ protocol, flags }) => [protocol, flags.includes("engine-lost")]),
      ).toContainEqual(["http", false]);
      // Tracked and recognised alone, it was counted.
      expect(found.summary.counters.traps).toBe(1);
      expect(total(found.records)).toBeGreaterThanOrEqual(packets.length - 1);
    }
  });

  test("the end of a flow fails: it has its record, and no packet is left out", async () => {
    for (const call of ["finish", "release"] as const) {
      let left = 1;
      const fault: Fault = { when: (each) => each === call && left-- > 0 };
      const late = pcap([...opening(1), segment(1, "PA", 1000, "GET /a")]).slice();
      const more = pcap([...opening(2), ...talk(2)]);
      // The second capture is later than the idle time-out.
      for (const at of recordsOf(more)) more.set(le32(1_700_001_000), at);
      const found = await run(fault, { engine }, async (classifier) => {
        await classifier.read(openBytes(late, "first"));
        await classifier.read(openBytes(more, "second"));
      });
      expect(found.traps).toMatchObject([{ call, packet: null, offset: null, file: "second" }]);
      expect(
        found.records.map(({ id, packets }) => [id, packets.toServer + packets.toClient]),
      ).toEqual([
        [1, 4],
        [2, 7],
      ]);
    }
  });

  test("finish() fails: all flows have one record each", async () => {
    for (const call of ["finish", "release", "decode"] as const) {
      let isOver = false;
      const found = await run(
        { when: (each) => isOver && each === call },
        { engine },
        async (classifier) => {
          await read(pcap([...before, ...after.slice(0, 1)]))(classifier);
          isOver = true;
        },
      );
      expect(found.records.map(({ id }) => id)).toEqual([1, 2]);
      expect(total(found.records)).toBe(before.length + 1);
    }
  });

  test("whatever fails, whenever: it ends, and no packet is counted twice", async () => {
    const captures = ["http/nginx-curl.pcap", "ssh/openssh.pcap", "dns/dnsmasq-tcp.pcap"].map(
      (file) => fixtureBytes(file),
    );
    const clean = await run({}, { engine }, (classifier) => readAll(classifier, captures));
    for (let seed = 1; seed <= 12; seed++) {
      const random = new Random(seed, 1);
      const fault: Fault = { when: () => random.below(15) === 0 };
      const found = await run(fault, { engine }, (classifier) => readAll(classifier, captures));
      const { traps } = found.summary.counters;
      expect(traps).toBe(found.traps.length);
      expect(traps).toBeGreaterThan(0);
      const counted = total(found.records) + found.summary.counters.noFlow;
      expect({ seed, isMore: counted > clean.summary.packets }).toEqual({ seed, isMore: false });
      expect(counted).toBeGreaterThanOrEqual(clean.summary.packets - traps);
      expect(found.summary.counters.flowsLost).toBe(0);
      const parts = found.records.map(({ id, ended }) => `${id}/${ended.part}`);
      expect(new Set(parts).size).toBe(parts.length);
    }
  });
});

async function readAll(classifier: Classifier, captures: readonly Uint8Array[]): Promise<void> {
  for (const capture of captures) await classifier.read(inPieces(capture, () => 3000));
}

/** Offsets of the records of a classic capture. */
function* recordsOf(capture: Bytes): Generator<number> {
  const view = new DataView(capture.buffer, capture.byteOffset, capture.length);
  for (let at = 24; at < capture.length; at += 16 + view.getUint32(at + 8, true)) yield at;
}

/** A capture of packets, of which those from one on come a millisecond later. */
function pcapTimes(format: keyof typeof files, packets: readonly Bytes[], from: number): Bytes {
  const gap = ethernet(0x88cc, "x");
  const whole = [...packets.slice(0, from), gap, ...packets.slice(from)];
  const capture = files[format](whole);
  const at = Buffer.from(capture).indexOf(Buffer.from(gap)) - headers[format];
  const length = format === "pcap" ? 16 + gap.length : 32 + ((gap.length + 3) & ~3);
  return bytes(capture.slice(0, at), capture.slice(at + length));
}

describe("failures of their own making", () => {
  afterEach(() => vi.restoreAllMocks());

  test.each(["wasm", "wasm-scalar"] as const)(
    "%s: a trap of WebAssembly, by an address outside of memory",
    async (engine) => {
      const spoil = (memory: EngineMemory, descriptor: number) => {
        memory.u32[(descriptor + abi.D_PAYLOAD) >>> 2] = 0xffff0000;
      };
      const capture = pcap([...before, poisoned(1), ...after]);
      const found = await run(
        { call: "recognise", poison: POISON, spoil },
        { engine },
        read(capture),
      );
      expect(found.traps).toMatchObject([{ call: "recognise", packet: before.length + 1 }]);
      expect(found.traps[0]!.cause).toMatch(/^RuntimeError: .*out of bounds/);
      expect(found.records.map(({ protocol }) => protocol)).toEqual(["http", "http", "http"]);
    },
  );

  test("typescript: an error out of its own code", async () => {
    const { track } = TypeScriptEngine.prototype;
    let calls = 0;
    vi.spyOn(TypeScriptEngine.prototype, "track").mockImplementation(function (
      this: TypeScriptEngine,
      first,
    ) {
      const next = track.call(this, first);
      if (++calls === 3) throw new TypeError("x is undefined");
      return next;
    });
    const packets = [...before, ...after];
    const found = await run({}, { engine: "typescript" }, (classifier) =>
      packets.forEach((packet) =>
        classifier.push(packet, { seconds: 1_700_000_000, nanoseconds: 0 }),
      ),
    );
    expect(found.traps).toMatchObject([
      { call: "track", packet: 2, cause: "TypeError: x is undefined" },
    ]);
    expect(found.summary.counters.traps).toBe(1);
  });

  test.each(engineKinds)(
    "%s: what is written where nobody may is noticed before anything is told of it",
    async (engine) => {
      const capture = pcap([...before, poisoned(1), ...after]);
      const spoil = (memory: EngineMemory) => {
        memory.f64[(abi.CONTROL + abi.C_CANARY) >>> 3] = 1;
      };
      const found = await run(
        { call: "recognise", poison: POISON, spoil },
        { engine },
        read(capture),
      );
      expect(found.traps).toMatchObject([{ call: "canary", packet: null }]);
      expect(found.records).toEqual([]);
      expect(found.events.map(({ type }) => type)).toEqual(["trap"]);
      expect(found.summary.counters.flowsLost).toBe(4);
    },
  );

  test.each(engineKinds)(
    "%s: a flow whose memory contradicts itself has no record, and the others have",
    async (engine) => {
      const fields: [string, (memory: EngineMemory) => void][] = [
        [
          "its slot",
          (memory) => (memory.u32[(memory.address("rows") + abi.ROW_SIZE + abi.R_SLOT) >>> 2] = 7),
        ],
        [
          "its count",
          (memory) =>
            (memory.f64[(memory.address("rows") + abi.ROW_SIZE + abi.R_PACKETS_A) >>> 3] = 0.5),
        ],
        [
          "its name",
          (memory) =>
            (memory.u16[(memory.address("rows") + abi.ROW_SIZE + abi.R_VERDICT_PROTOCOL) >>> 1] =
              65535),
        ],
      ];
      for (const [field, spoil] of fields) {
        const fault: Fault = { call: "recognise", poison: POISON };
        const found = await run(fault, { engine }, async (classifier, [memory]) => {
          await read(pcap(before))(classifier);
          spoil(memory!);
          await read(pcap([poisoned(1)]))(classifier);
        });
        expect({ field, ids: found.records.map(({ id }) => id) }).toEqual({ field, ids: [2] });
        expect(found.summary.counters.flowsLost).toBe(1);
      }
    },
  );
});
