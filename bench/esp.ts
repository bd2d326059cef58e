/**
 * `npm run bench:esp`: how often ESP that encrypts is taken for ESP that does not. Random payloads of
 * ordinary sizes; and since that hardly ever happens, also such whose padding and next header were made
 * right, which one in 2^16 is by chance: the engine then has nothing but what the inner header says.
 *
 *   npm run bench:esp -- [--packets N]
 */
import { randomFillSync } from "node:crypto";
import { parseArgs } from "node:util";
import * as abi from "../src/engine/abi.js";
import { testEngine } from "../test/support/engines.js";
import { DecodeHarness, map } from "../test/engine/decode.harness.js";
import { esp, ethernet, ipv4, ipv6, nativeRecord, type Bytes } from "../test/support/packets.js";

const { values } = parseArgs({ options: { packets: { type: "string", default: "1000000" } } });
const PACKETS = Number(values.packets);
const SIZES = [36, 64, 100, 128, 260, 516];
const CHECKS = [12, 16, 24, 32];
const NEXT = { IPv4: 4, IPv6: 41, TCP: 6, UDP: 17, ICMP: 1, ICMPv6: 58, GRE: 47, OSPF: 89 };
const ESP = 50;
const HEADER = 8;
const PER_WINDOW = 200;

const { engine, memory } = new DecodeHarness(await testEngine("wasm", map()));
memory.setControl(abi.C_FORMAT, abi.FORMAT_NATIVE);
const window = memory.address("window");

/** Packets of `sizes` over IPv4 and IPv6 in turn, filled anew `rounds` times; how many were seen through. */
function noticed(payloads: readonly Bytes[], kept: number, packets: number): number {
  let count = 0;
  const records = Array.from({ length: PER_WINDOW }, (_, index) => {
    const payload = payloads[index % payloads.length]!;
    const isV4 = (index / payloads.length) % 2 < 1;
    const frame = isV4
      ? ethernet(0x0800, ipv4({ protocol: ESP }, payload))
      : ethernet(0x86dd, ipv6({ next: ESP }, payload));
    return { record: nativeRecord({ data: frame }), frame, payload };
  });
  const places: { at: number; size: number }[] = [];
  let end = window;
  for (const { record, frame, payload } of records) {
    memory.u8.set(record, end);
    const begin = end + abi.NATIVE_HEADER + frame.length - payload.length + HEADER;
    places.push({ at: begin, size: payload.length - HEADER - kept });
    end += record.length;
  }
  for (let done = 0; done < packets; done += PER_WINDOW) {
    for (const { at, size } of places) randomFillSync(memory.u8, at, size);
    engine.decode(window, end);
    const first = memory.address("descriptors");
    const last = first + memory.control(abi.C_DESCRIPTOR_COUNT) * abi.DESCRIPTOR_SIZE;
    for (let row = first; row < last; row += abi.DESCRIPTOR_SIZE) {
      if ((memory.u8[row + abi.D_FLAGS]! & abi.D_FLAG_CLEARTEXT) !== 0) count++;
    }
  }
  return count;
}

const random = SIZES.map((size) => esp({ next: 0 }, new Uint8Array(size)));
console.log(`random payloads: ${noticed(random, 0, PACKETS)} of ${PACKETS} seen through`);
console.log("with padding and next header made right, and what that makes of random ones:");
let sum = 0;
for (const [name, next] of Object.entries(NEXT)) {
  const forms = CHECKS.flatMap((check) =>
    SIZES.map((size) => ({
      payload: esp({ next, check, padding: [] }, new Uint8Array(size + 2)),
      check,
    })),
  );
  let found = 0;
  for (const check of CHECKS) {
    const payloads = forms.filter((form) => form.check === check).map(({ payload }) => payload);
    found += noticed(payloads, check + 2, PACKETS / CHECKS.length);
  }
  // One pair of bytes in 2^16, in each of five forms; other padding adds one in 256 to that.
  const odds = (5 * found) / PACKETS / 2 ** 16;
  sum += odds;
  console.log(`  ${name}: ${found} of ${PACKETS}: ${odds.toExponential(1)}`);
}
console.log(`of random payloads altogether, as far as this measures: ${sum.toExponential(1)}`);
