/** Nobody's bytes are in another's record, and none are kept for longer than they are needed. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixtures as folder } from "../../lab/fixtures.js";
import { assemble } from "../../src/classifier/create.js";
import type { Classifier } from "../../src/classifier/classifier.js";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import type { EngineMemory, RegionName } from "../../src/engine/memory.js";
import { applicationCatalog as applications } from "../../src/generated/applications.js";
import { catalog } from "../../src/generated/catalog.js";
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
  let memory!: EngineMemory;
  const classifier = await assemble(
    {
      catalog,
      applications,
      loadModule: async (kind) => modules[kind],
      observe: (engine) => {
        memory = engine.memory;
        return engine;
      },
    },
    { seed: 1, maxFlows: 256, prefixMemory: 1 << 20, ...options },
  );
  return { classifier, memory };
}

/** Regions in which these bytes are. */
function placesOf(memory: EngineMemory, bytes: Uint8Array): RegionName[] {
  return memory.map.regions
    .filter(({ address, size }) =>
      Buffer.from(memory.buffer, address, size).includes(Buffer.from(bytes)),
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
