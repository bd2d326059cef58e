/** Nobody's bytes are in another's record, and none are kept for longer than they are needed. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixtures as folder } from "../../lab/fixtures.js";
import { assemble } from "../../src/classifier/create.js";
import type { Classifier } from "../../src/classifier/classifier.js";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import * as abi from "../../src/engine/abi.js";
import { CANARY_SIZE, type EngineMemory, type RegionName } from "../../src/engine/memory.js";
import { applicationCatalog as applications } from "../../src/generated/applications.js";
import { catalog } from "../../src/generated/catalog.js";
import { formatJsonl } from "../../src/sinks/jsonl.js";
import {
  engineKinds,
  fixtureBytes,
  fixtures,
  formatEvent,
  loadModule,
  openBytes,
} from "../support/classifier.js";
import {
  type Bytes,
  bytes,
  ethernet,
  fragmentHeader,
  ipv6,
  ipv6Address,
  tcp,
  TYPE_IPV6,
  udp,
} from "../support/packets.js";

const modules = {
  wasm: await loadModule("wasm"),
  "wasm-scalar": await loadModule("wasm-scalar"),
};

async function open(
  options: ClassifierOptions,
): Promise<{ classifier: Classifier; memory: EngineMemory }> {
  let memory: EngineMemory | undefined;
  const classifier = await assemble(
    {
      catalog,
      applications,
      loadModule: async (kind) => modules[kind],
      observe: (engine) => {
        memory ??= engine.memory;
        return engine;
      },
    },
    { seed: 1, maxFlows: 256, prefixMemory: 1 << 20, ...options },
  );
  return { classifier, memory: memory! };
}

/** Regions in which these bytes are. */
function placesOf(memory: EngineMemory, sought: Uint8Array): RegionName[] {
  return memory.map.regions
    .filter(({ address, size }) =>
      Buffer.from(memory.buffer, address, size).includes(Buffer.from(sought)),
    )
    .map(({ name }) => name);
}

const CLIENT = "2001:db8:5ec2:e700:1:2:3:4";
const SERVER = "2001:db8:5ec2:e700:5:6:7:8";
const SECRET = Buffer.from("correct-horse-battery");

const packet = (next: number, toClient: boolean, transport: Bytes): Bytes =>
  ethernet(
    TYPE_IPV6,
    ipv6({ next, from: toClient ? SERVER : CLIENT, to: toClient ? CLIENT : SERVER }, transport),
  );
const segment = (flags: string, sequence: number, said = "", toClient = false): Bytes => {
  const ports = toClient ? { from: 80, to: 40000 } : { from: 40000, to: 80 };
  return packet(6, toClient, tcp({ ...ports, flags, sequence }, said));
};
/** Somebody else says nothing of interest; it takes the place of the last packet. */
const bystander = (port: number): Bytes =>
  ethernet(
    TYPE_IPV6,
    ipv6(
      { next: 17, from: "2001:db8::1", to: "2001:db8::2" },
      udp({ from: port, to: 9 }, "?".repeat(600)),
    ),
  );
/** The same, with something to say. */
const says = (port: number, said: string): Bytes =>
  ethernet(
    TYPE_IPV6,
    ipv6({ next: 17, from: "2001:db8::1", to: "2001:db8::2" }, udp({ from: port, to: 9 }, said)),
  );
const le32 = (value: number) => bytes(...[0, 8, 16, 24].map((shift) => (value >>> shift) & 255));
/** A classic capture of packets of one time. */
const capture = (packets: readonly Bytes[]): Bytes =>
  bytes(
    le32(0xa1b2c3d4),
    [2, 0, 4, 0],
    le32(0),
    le32(0),
    le32(65535),
    le32(1),
    ...packets.map((one) =>
      bytes(le32(1_700_000_000), le32(0), le32(one.length), le32(one.length), one),
    ),
  );
const at = (seconds: number) => ({ seconds: 1_700_000_000 + seconds, nanoseconds: 0 });

describe.each(engineKinds)("%s", (engine) => {
  test("payload is gone when a flow is decided", async () => {
    const states: string[] = [];
    const { classifier, memory } = await open({
      engine,
      // With facts it would be read on.
      facts: false,
      onEvent: (event) => {
        if (event.type === "verdict") states.push(event.state);
      },
    });
    classifier.push(segment("S", 999), at(0));
    const begin = `SSH-2.0-${SECRET}`;
    classifier.push(segment("PA", 1000, begin), at(0));
    classifier.push(bystander(1), at(0));
    // It is held while more of it may come.
    expect(placesOf(memory, SECRET)).toEqual(["prefixes"]);
    classifier.push(segment("PA", 1000 + begin.length, `-${SECRET}\r\n`), at(0));
    expect(states).toContain("final");
    classifier.push(bystander(1), at(0));
    expect(placesOf(memory, SECRET)).toEqual([]);
    classifier.close();
  });

  test("payload of a flow that is never decided is gone with the flow", async () => {
    const { classifier, memory } = await open({ engine, idleTimeout: 10 });
    classifier.push(segment("S", 999), at(0));
    // Out of order, so it waits; no signature knows it.
    classifier.push(segment("PA", 1100, `${SECRET}`), at(0));
    classifier.push(segment("PA", 1000, `SSH-2.0-${SECRET}`), at(0));
    classifier.push(bystander(1), at(0));
    expect(placesOf(memory, SECRET)).toContain("prefixes");
    classifier.push(bystander(1), at(20));
    expect(placesOf(memory, SECRET)).toEqual([]);
    classifier.close();
  });

  test("addresses are gone at a flow's end", async () => {
    const { classifier, memory } = await open({ engine, idleTimeout: 10 });
    classifier.push(segment("S", 999), at(0));
    classifier.push(bystander(1), at(0));
    expect(placesOf(memory, ipv6Address(CLIENT))).toEqual(["slots"]);
    classifier.push(bystander(1), at(20));
    for (const address of [CLIENT, SERVER]) {
      expect(placesOf(memory, ipv6Address(address))).toEqual([]);
    }
    classifier.close();
  });

  test("spans are gone when they are read", async () => {
    const { classifier, memory } = await open({ engine });
    classifier.push(segment("S", 999), at(0));
    classifier.push(
      segment("PA", 1000, `GET /${SECRET} HTTP/1.1\r\nHost: a.example\r\n\r\n`),
      at(0),
    );
    const count = memory.control(abi.C_SPAN_COUNT);
    expect(count).toBeGreaterThan(0);
    const spans = memory.u8.subarray(memory.address("spans"), memory.address("inspections"));
    expect(spans.subarray(0, count * abi.SPAN_SIZE).every((byte) => byte === 0)).toBe(true);
    classifier.close();
  });

  test("all that held traffic is zero behind close(), of flows that are open too", async () => {
    const { classifier, memory } = await open({ engine, fragmentMemory: 1 << 20 });
    for (const file of one) await classifier.read(openBytes(fixtureBytes(file), file));
    // Held: a segment out of order, a line that is not whole, a fragment.
    classifier.push(segment("S", 999), at(1e8));
    classifier.push(segment("PA", 1100, `${SECRET}`), at(1e8));
    classifier.push(segment("PA", 1000, `SSH-2.0-${SECRET}`), at(1e8));
    const body = udp({ from: 1, to: 9 }, `${SECRET}`.repeat(4));
    classifier.push(packet(44, false, fragmentHeader(17, 0, true, body.slice(0, 40))), at(1e8));
    expect(placesOf(memory, SECRET)).toEqual(expect.arrayContaining(["prefixes", "fragments"]));
    classifier.close();
    const left = memory.map.regions.filter(
      ({ name, address, size }) =>
        !UNTOLD.includes(name) &&
        Buffer.from(memory.buffer, address, size).compare(Buffer.alloc(size)) !== 0,
    );
    expect(left.map(({ name }) => name)).toEqual([]);
  });

  test("what is written behind a block is noticed when it is freed: nothing is told of that memory", async () => {
    const told: string[] = [];
    const { classifier, memory } = await open({
      engine,
      // With facts it would be read on.
      facts: false,
      onEvent: ({ type }) => told.push(type),
    });
    classifier.push(segment("S", 999), at(0));
    classifier.push(segment("PA", 1000, `SSH-2.0-${SECRET}`), at(0));
    const before = memory;
    // The block of a neighbour would begin there.
    memory.u8[memory.address("prefixes") + memory.control(abi.C_PREFIX_LIMIT)] = 0x41;
    const rest = `\r\n`;
    classifier.push(segment("PA", 1000 + 8 + SECRET.length, rest), at(0));
    expect(told).toEqual(["trap"]);
    expect(placesOf(before, SECRET)).toEqual([]);
    classifier.finish();
    expect(classifier.summary().counters).toMatchObject({ traps: 1, flowsLost: 1 });
    classifier.close();
  });

  test("fragments are gone when their datagram is given up", async () => {
    const { classifier, memory } = await open({ engine });
    const body = udp({ from: 1, to: 9 }, `${SECRET}`.repeat(4));
    const half = body.slice(0, 40);
    classifier.push(packet(44, false, fragmentHeader(17, 0, true, half)), at(0));
    classifier.push(bystander(1), at(0));
    expect(placesOf(memory, SECRET)).toContain("fragments");
    classifier.push(bystander(1), at(40));
    // What was given out stays until the next packets are decoded.
    classifier.push(bystander(1), at(41));
    expect(placesOf(memory, SECRET).filter((name) => name === "fragments")).toEqual([]);
    classifier.close();
  });
});

/** Regions of the catalog's, and of numbers that say nothing of anybody. */
const UNTOLD: readonly RegionName[] = [
  "mask",
  "interfaces",
  "unhandled",
  "tables",
  "hpack",
  "hosts",
];

test("a byte behind any region is noticed", async () => {
  const { classifier, memory } = await open({ engine: "typescript" });
  for (const { name, address, size } of memory.map.regions) {
    for (const offset of [0, CANARY_SIZE - 1]) {
      memory.u8[address + size + offset]! ^= 1;
      expect({ name, broken: memory.brokenCanaries() }).toEqual({ name, broken: [name] });
      memory.u8[address + size + offset]! ^= 1;
    }
  }
  expect(memory.brokenCanaries()).toEqual([]);
  classifier.close();
});

/** A flow's packets stand in the window among others': what those say is in nothing that is told of the flow. */
test.each(engineKinds)(
  "%s: what is told of a flow does not depend on its neighbours",
  async (engine) => {
    const request = `GET / HTTP/1.1\r\nHost: a.example\r\n\r\n`;
    // Cut in front of a name, a length, an end: what is read too far would be a neighbour's.
    const packets = [
      segment("S", 999),
      ...[4, 20, 25, request.length - 3, request.length].map((end, part, ends) =>
        segment("PA", 1000 + (ends[part - 1] ?? 0), request.slice(ends[part - 1] ?? 0, end)),
      ),
      packet(
        17,
        false,
        udp({ from: 5000, to: 53 }, "\x00\x01\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x05hello"),
      ),
    ];
    const told = async (neighbour: (port: number) => Bytes) => {
      const lines: string[] = [];
      const { classifier } = await open({
        engine,
        onRecord: (record) => lines.push(formatJsonl(record)),
      });
      const records = packets.flatMap((own, index) => [
        neighbour(index),
        own,
        neighbour(100 + index),
      ]);
      await classifier.read(openBytes(capture(records), "capture"));
      classifier.finish();
      classifier.close();
      expect(lines.join("\n")).not.toContain(`${SECRET}`);
      return lines.filter((line) => line.includes(CLIENT));
    };
    const secret = (port: number) =>
      says(port, `.example\r\nHost: ${SECRET}\r\n\r\n\x07example\x00\x00\x01`);
    const plain = (port: number) => says(port, "?".repeat(60));
    const lines = await told(secret);
    expect(lines).toHaveLength(2);
    expect(lines).toEqual(await told(plain));
  },
);

/**
 * Memory that no traffic has written yet, full of somebody's bytes: every engine gives the same lines as on zeroes, so no line
 * depends on what is not its own. (Not scratch and crypto: the engine keeps what it made of tables there, for all calls.)
 */
const UNWRITTEN: readonly RegionName[] = [
  "window",
  "packets",
  "descriptors",
  "events",
  "due",
  "spans",
];

async function linesOf(engine: (typeof engineKinds)[number], file: string, pattern?: Uint8Array) {
  const lines: string[] = [];
  const { classifier, memory } = await open({
    engine,
    onEvent: (event) => lines.push(formatEvent(event)),
  });
  if (pattern !== undefined) {
    for (const name of UNWRITTEN) {
      const { address, size } = memory.map.regions.find((region) => region.name === name)!;
      for (let from = 0; from < size; from += pattern.length) {
        memory.u8.set(pattern.subarray(0, Math.min(pattern.length, size - from)), address + from);
      }
    }
  }
  await classifier.read(openBytes(fixtureBytes(file), file));
  classifier.finish();
  lines.push(JSON.stringify(classifier.summary()));
  expect(memory.brokenCanaries()).toEqual([]);
  classifier.close();
  return lines;
}

/** One short capture of each protocol: what is read, and how, differs by protocol. */
const one = [
  ...new Map(
    fixtures
      .filter(({ file }) => statSync(join(folder, file)).size < 6000)
      .map(({ file }) => [file.split("/")[0], file]),
  ).values(),
];

test.each(engineKinds)("%s: no output depends on what others left in memory", async (engine) => {
  expect(one.length).toBeGreaterThan(50);
  // Not only noise: what would be taken for words and lengths.
  const pattern = Buffer.from(`${SECRET}\r\nHost: ${SECRET}\r\n\x01\x00\x00\x02`);
  for (const file of one) {
    const lines = await linesOf(engine, file, pattern);
    expect({ file, lines }).toEqual({ file, lines: await linesOf(engine, file) });
    expect(lines.join("\n")).not.toContain(`${SECRET}`);
  }
});
