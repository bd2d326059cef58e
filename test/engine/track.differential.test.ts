/** The three engines leave the same bytes behind, whatever comes: all of them, after every call. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { engineKinds } from "../../src/engine/index.js";
import type { RegionName } from "../../src/engine/memory.js";
import { testEngine } from "../support/engines.js";
import { Harness, type Segment } from "./track.harness.js";
import { segments } from "./track.model.js";

const compared: RegionName[] = ["control", "rows", "slots", "events", "scratch"];

function differences(harnesses: readonly Harness[]): string[] {
  const [first, ...others] = harnesses.map(({ memory }) => memory);
  return first!.map.regions
    .filter(({ name }) => compared.includes(name))
    .flatMap(({ name, address, size }) =>
      others.flatMap((other) => {
        const view = (bytes: Uint8Array) => Buffer.from(bytes.buffer, address, size);
        if (view(first!.u8).equals(view(other.u8))) return [];
        const at = view(first!.u8).findIndex((byte, index) => byte !== other.u8[address + index]);
        return [`${name} + ${at}`];
      }),
    );
}

/** Runs a call in every engine: the results must agree, and so must all that was written. */
function inAll<T>(harnesses: readonly Harness[], call: (harness: Harness) => T): T {
  const results = harnesses.map(call);
  expect(results).toEqual(results.map(() => results[0]));
  expect(differences(harnesses)).toEqual([]);
  return results[0]!;
}

/** Tracks a batch to its end; at each stop the oldest row makes room, or the deadline moves on. */
function trackAll(harnesses: readonly Harness[], batch: readonly Segment[]): void {
  for (const harness of harnesses) harness.write(batch);
  for (let index = 0, stops = 0; ; stops++) {
    index = inAll(harnesses, ({ engine }) => engine.track(index));
    if (index === batch.length) return;
    const { memory } = harnesses[0]!;
    const deadline = memory.control(abi.C_DEADLINE);
    const live = memory.control(abi.C_ROWS_HIGH);
    if (memory.control(abi.C_STOP_DETAIL) === abi.TRACK_DEADLINE) {
      const later = Math.min(0xffffffff, deadline + 2 ** stops);
      for (const harness of harnesses) harness.memory.setControl(abi.C_DEADLINE, later);
    } else if (memory.control(abi.C_STOP_DETAIL) === abi.TRACK_ROWS) {
      inAll(harnesses, ({ engine }) => engine.release((stops % live) + 1));
    }
  }
}

const create = (maxFlows: number) =>
  Promise.all(engineKinds.map((kind) => Harness.create((map) => testEngine(kind, map), maxFlows)));

test("few flows, many stops", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(segments, { maxLength: 4 }), fc.nat(200), async (batches, start) => {
      const harnesses = await create(12);
      for (const { memory } of harnesses) memory.setControl(abi.C_DEADLINE, start);
      for (const batch of batches) trackAll(harnesses, batch);
    }),
    { numRuns: 30 },
  );
});

test("flows come and go by the thousand, while the table grows", async () => {
  const harnesses = await create(3000);
  const random = fc.sample(fc.nat(0xffffffff), { seed: 7, numRuns: 12_000 });
  const flagsOf = [2, 18, 16, 24, 17, 4, 16, 24];
  for (let from = 0; from < random.length; from += 1000) {
    trackAll(
      harnesses,
      random.slice(from, from + 1000).map((n, index) => ({
        flow: n % 5000,
        network: n % 7 === 0 ? abi.NETWORK_IPV6 : abi.NETWORK_IPV4,
        protocol: n % 5 === 0 ? abi.IP_UDP : abi.IP_TCP,
        flags: flagsOf[(n >>> 8) & 7]!,
        fromB: (n & 0x800) !== 0,
        length: (n >>> 12) & 1,
        sec: from / 1000,
        ns: n % 1_000_000_000,
        samePacket: index > 0 && n % 11 === 0,
      })),
    );
    for (let n = 0; n < 100; n++) {
      const row = 1 + ((random[from + n]! >>> 3) % 3000);
      for (const { engine } of harnesses) engine.release(row);
    }
    expect(differences(harnesses)).toEqual([]);
  }
  for (const harness of harnesses) harness.checkInvariants();
  expect(harnesses[0]!.memory.control(abi.C_SLOT_CAPACITY)).toBeGreaterThan(4096);
});
