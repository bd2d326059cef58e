/** When flows begin, end, time out and are evicted, and what their records say of it. */
import { expect, test, vi } from "vitest";
import type { Classifier } from "../../src/classifier/classifier.js";
import { assemble } from "../../src/classifier/create.js";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import { EngineMemory } from "../../src/engine/index.js";
import { catalog } from "../../src/generated/catalog.js";
import type { ClairvoieError } from "../../src/record/errors.js";
import type { FlowRecord } from "../../src/record/record.js";
import {
  classify,
  createClassifier,
  engineKinds,
  fixtureBytes,
  openBytes,
} from "../support/classifier.js";
import { ethernet, ipv4, tcp, TYPE_IPV4, udp, type Bytes } from "../support/packets.js";

const CLIENT = "192.0.2.1";
const SERVER = "198.51.100.2";
const START = 1_700_000_000;

const datagram = (port: number, payload = "?"): Bytes =>
  ethernet(
    TYPE_IPV4,
    ipv4({ protocol: 17, from: CLIENT, to: SERVER }, udp({ from: port, to: 9 }, payload)),
  );

/** A segment with these flags, from the client or from the server. */
function segment(flags: string, toClient = false, payload = "", sequence = 1000): Bytes {
  const [from, to] = toClient ? [SERVER, CLIENT] : [CLIENT, SERVER];
  const ports = toClient ? { from: 80, to: 40000 } : { from: 40000, to: 80 };
  return ethernet(
    TYPE_IPV4,
    ipv4({ protocol: 6, from, to }, tcp({ ...ports, flags, sequence }, payload)),
  );
}

/** Packets at seconds after START, through one engine. */
async function run(
  packets: [at: number, packet: Bytes][],
  options: ClassifierOptions = {},
): Promise<FlowRecord[]> {
  const records: FlowRecord[] = [];
  const classifier = await createClassifier({
    ...options,
    onRecord: (record) => records.push(record),
  });
  for (const [at, packet] of packets) {
    const seconds = Math.floor(START + at);
    const nanoseconds = Math.round((START + at - seconds) * 1e9);
    classifier.push(packet, { seconds, nanoseconds });
  }
  classifier.finish();
  classifier.close();
  return records;
}

const briefly = ({ id, ended, packets, history }: FlowRecord) =>
  [id, ended.reason, ended.part, packets.toServer, packets.toClient, history].join(" ");

for (const engine of engineKinds) {
  test(`${engine}: who keeps talking outlives a flood that fills the table within a second`, async () => {
    const packets: [number, Bytes][] = [];
    for (let flood = 0; flood < 400; flood++) {
      packets.push([flood / 1000, datagram(20_000 + flood)]);
      // Two talkers, each far more often than 16 flows of the flood come.
      if (flood % 4 === 0) packets.push([flood / 1000, datagram(1000 + (flood % 8))]);
    }
    const records = await run(packets, { engine, maxFlows: 16 });
    const talkers = records.filter(({ client }) => client.port < 2000);
    expect(talkers.map(({ ended, packets: own }) => [ended.reason, own.toServer])).toEqual([
      ["end", 50],
      ["end", 50],
    ]);
    expect(records.filter(({ ended }) => ended.reason === "evicted")).toHaveLength(386);
  });

  test(`${engine}: a flow that pauses longer than the idle time-out is two flows`, async () => {
    const packets: [number, Bytes][] = [
      [0, datagram(1000)],
      [10, datagram(1000)],
      [21, datagram(1000)],
    ];
    expect((await run(packets, { engine, idleTimeout: 10 })).map(briefly)).toEqual([
      "1 idle 1 2 0 ",
      "2 end 1 1 0 ",
    ]);
  });

  test(`${engine}: a flow ends in front of the packet that proves its time-out`, async () => {
    const packets: [number, Bytes][] = [
      [0, datagram(1000)],
      [5, datagram(2000)],
      [100, datagram(3000)],
    ];
    expect((await run(packets, { engine, idleTimeout: 10 })).map(briefly)).toEqual([
      "1 idle 1 1 0 ",
      "2 idle 1 1 0 ",
      "3 end 1 1 0 ",
    ]);
  });

  test(`${engine}: a long flow is reported in parts, each with its own times and counters`, async () => {
    const packets = Array.from({ length: 25 }, (_, at): [number, Bytes] => [at, datagram(1000)]);
    const records = await run(packets, { engine, activeTimeout: 10, idleTimeout: 5 });
    expect(records.map(briefly)).toEqual(["1 active 1 11 0 ", "1 active 2 11 0 ", "1 end 3 3 0 "]);
    expect(records.map(({ start, end }) => [start.slice(17, 19), end.slice(17, 19)])).toEqual([
      ["20", "30"],
      ["31", "41"],
      ["42", "44"],
    ]);
  });

  test(`${engine}: FIN from both sides, or RST, closes; a new SYN begins a new flow`, async () => {
    const packets: [number, Bytes][] = [
      [0, segment("S")],
      [0, segment("SA", true)],
      [0, segment("A")],
      [0, segment("FA")],
      [0, segment("FA", true)],
      [0, segment("A")],
      [1, segment("S")],
      [1, segment("RA", true)],
      [9, datagram(1000)],
    ];
    expect((await run(packets, { engine, lingerTimeout: 2 })).map(briefly)).toEqual([
      "1 fin 1 4 2 ShAFf",
      "2 rst 1 1 1 Sr",
      "3 end 1 1 0 ",
    ]);
  });

  test(`${engine}: a full table evicts the flow that is idle longest, and says so`, async () => {
    const packets: [number, Bytes][] = [
      [0, datagram(1000)],
      [1, datagram(2000)],
      [2, datagram(1000)],
      [3, datagram(3000)],
    ];
    const records = await run(packets, { engine, maxFlows: 2 });
    expect(records.map(({ id, ended, flags }) => [id, ended.reason, flags])).toEqual([
      [2, "evicted", ["one-sided", "evicted"]],
      [1, "end", ["one-sided"]],
      [3, "end", ["one-sided"]],
    ]);
  });

  test(`${engine}: a clock that jumps ends what is idle, and never runs backwards`, async () => {
    const packets: [number, Bytes][] = [
      [0, datagram(1000)],
      [1_000_000, datagram(2000)],
      [5, datagram(1000)],
      [6, datagram(1000)],
    ];
    expect((await run(packets, { engine })).map(briefly)).toEqual([
      "1 idle 1 1 0 ",
      "2 end 1 1 0 ",
      "3 end 1 2 0 ",
    ]);
  });
}

test("without a start, the payload says who is client, whoever was heard first", async () => {
  const answer = segment("A", true, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  const [record] = await run([[0, answer]]);
  expect([record!.protocol, record!.client.port, record!.flags]).toEqual([
    "http",
    40000,
    ["midstream", "one-sided"],
  ]);
});

for (const engine of engineKinds) {
  test(`${engine}: a request in one-byte segments is named, and has its facts, as in one segment`, async () => {
    const request = `GET /a HTTP/1.1\r\nUser-Agent: ${"a".repeat(300)}\r\nHost: www.example\r\n\r\n`;
    const whole = await run([[0, segment("A", false, request)]], { engine });
    const bytes = [...request].map((letter, at): [number, Bytes] => [
      0,
      segment("A", false, letter, 1000 + at),
    ]);
    const [record] = await run(bytes, { engine });
    expect(record!.protocol).toBe("http");
    expect(record!.facts).toEqual(whole[0]!.facts);
    expect(record!.facts["http.host"]).toBe("www.example");
  });
}

test("callbacks may close the classifier, and may not push into it", async () => {
  const seen: string[] = [];
  const capture = fixtureBytes("http/nginx-http10.pcap");
  const classifier: Classifier = await createClassifier({
    onEvent() {
      try {
        classifier.push(datagram(1), { seconds: START, nanoseconds: 0 });
      } catch (error) {
        seen.push((error as ClairvoieError).code);
      }
      classifier.close();
    },
  });
  await expect(classifier.read(openBytes(capture))).rejects.toMatchObject({ code: "CLOSED" });
  expect(seen[0]).toBe("BUSY");
});

test("what cannot be a packet, a time, an option or a capture is refused with its name", async () => {
  const classifier = await createClassifier();
  const now = { seconds: START, nanoseconds: 0 };
  const packet = datagram(1);
  for (const [option, wrong] of [
    ["packet", () => classifier.push("abc" as never, now)],
    ["packet", () => classifier.push(new Uint8Array(300_000), now)],
    ["time", () => classifier.push(packet, undefined as never)],
    ["time", () => classifier.push(packet, { seconds: Number.NaN, nanoseconds: 0 })],
    ["time", () => classifier.push(packet, { seconds: -5, nanoseconds: 0 })],
    ["time", () => classifier.push(packet, { seconds: 1, nanoseconds: 2e9 })],
    ["linkType", () => classifier.push(packet, now, { linkType: -1 })],
    ["wireLength", () => classifier.push(packet, now, { wireLength: 3 })],
  ] as const) {
    expect(wrong).toThrow(expect.objectContaining({ code: "INVALID_OPTION", option }));
  }
  for (const [option, options] of [
    ["onevent", { onevent() {} }],
    ["facts", { facts: "tls.*" }],
    ["maxFlows", { maxFlows: 8_388_608 }],
    ["engine", { engine: "wasmm" }],
    ["options", null],
  ] as const) {
    const made = assemble(
      { catalog, loadModule: () => Promise.reject(new Error()) },
      options as never,
    );
    await expect(made, option).rejects.toMatchObject({ code: "INVALID_OPTION", option });
  }
  const next = classify("capture.pcap" as never).next();
  await expect(next).rejects.toMatchObject({ code: "INVALID_OPTION", option: "captures" });
});

test("a closed classifier says so", async () => {
  const classifier = await createClassifier({ engine: "typescript" });
  classifier.push(datagram(1000, "canary canary"), { seconds: START, nanoseconds: 0 });
  classifier.close();
  expect(() => classifier.push(datagram(1), { seconds: START, nanoseconds: 0 })).toThrow("closed");
  expect(() => classifier.finish()).toThrow("closed");
  classifier.close();
});

test.each(engineKinds)("close() leaves no byte of traffic in the memory of %s", async (engine) => {
  const spy = vi.spyOn(EngineMemory.prototype, "wipe");
  try {
    const classifier = await createClassifier({ engine });
    for (const end of [false, true]) {
      const at = { seconds: START, nanoseconds: 0 };
      classifier.push(segment(end ? "SA" : "S", end, "", end ? 0 : 999), at);
      // No signature knows it yet: both stay undecided, their prefixes in use.
      classifier.push(segment("A", end, "SSH-2.0-lattice", end ? 1 : 1000), at);
    }
    let found: number[] = [];
    spy.mockImplementation(function (this: EngineMemory) {
      const memory = Buffer.from(this.buffer);
      const copies = () => {
        const places: number[] = [];
        for (let at = -1; (at = memory.indexOf("lattice", at + 1)) >= 0;) places.push(at);
        return places;
      };
      const tables = new Set(["tables", "mask", "hpack"]);
      const traffic = this.map.regions.filter(({ name }) => !tables.has(name));
      found = copies();
      spy.mockRestore();
      this.wipe();
      expect(copies()).toEqual([]);
      const left = traffic.filter(({ address, size }) =>
        this.u8.subarray(address, address + size).some((byte) => byte !== 0),
      );
      expect(left.map(({ name }) => name)).toEqual(["interfaces"]);
    });
    classifier.close();
    // Before: in the window and in both prefixes.
    expect(found.length).toBeGreaterThanOrEqual(3);
  } finally {
    spy.mockRestore();
  }
});
