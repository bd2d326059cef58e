/**
 * `npm run bench:backgrounds`: what the language promises, tried out. Payloads are drawn from each
 * background and classified with a threshold so low that false names happen; they must happen no more
 * often than 2^-threshold for each way into a signature and each direction, which is what the threshold
 * of 30 bits rests on. Exit code 1 where they do.
 *
 *   npm run bench:backgrounds -- [--flows N] [--seed N]
 *
 * With `--cases N`, payloads of other making (random, encoded, compressed, written, filmed: `payloads.ts`) at the
 * threshold that is used: N first payloads of each kind, half of them replies, over UDP and over TCP. The bound is what
 * the build computes for all signatures together.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { assemble } from "../src/classifier/create.js";
import { catalog } from "../src/generated/catalog.js";
import { protocols } from "../src/generated/protocols.js";
import { probabilities } from "../src/language/backgrounds.js";
import { BACKGROUNDS } from "../src/language/catalog.js";
import { openersOf, THRESHOLD, transportsOf } from "../src/language/compile.js";
import { oddsOf } from "../src/language/odds.js";
import { strangers, type Filler } from "./payloads.js";

const { values } = parseArgs({
  options: {
    flows: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    cases: { type: "string" },
  },
});
const FLOWS = Number(values.flows);
const THRESHOLDS = [8, 10, 12, 14];
/** Lengths of messages: one at a time of these, as long as many headers are, or like a packet. */
const LENGTHS = [12, 20, 28, 48, 64, 100, 148, 256, 600];
const TLS = BACKGROUNDS.indexOf("tls");

/** Mulberry32, public domain. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws byte values: a table of 2^16 entries, each value as often as it is likely. */
function sampler(background: number, at: number): Uint8Array {
  const table = new Uint8Array(1 << 16);
  const odds = probabilities(background, { at, isExact: true });
  let sum = 0;
  for (let value = 0, from = 0; value < 256; value++) {
    sum += odds[value]!;
    const to = value === 255 ? table.length : Math.round(sum * table.length);
    table.fill(value, from, to);
    from = to;
  }
  return table;
}

const ETHERNET = 14;
const IPV4 = 20;
const HEADERS = { tcp: 20, udp: 8 } as const;
type Carrier = keyof typeof HEADERS;

/** An Ethernet frame with room for the payload; addresses and ports come from the flow's number. */
function frame(transport: Carrier, flow: number, isReply: boolean, length: number): Buffer {
  const header = HEADERS[transport];
  const bytes = Buffer.alloc(ETHERNET + IPV4 + header + length);
  bytes.writeUInt16BE(0x0800, 12);
  bytes[ETHERNET] = 0x45;
  bytes.writeUInt16BE(IPV4 + header + length, ETHERNET + 2);
  bytes[ETHERNET + 9] = transport === "tcp" ? 6 : 17;
  const [client, server] = [0x0a000000 + flow, 0x0b000001];
  bytes.writeUInt32BE(isReply ? server : client, ETHERNET + 12);
  bytes.writeUInt32BE(isReply ? client : server, ETHERNET + 16);
  // Ports that belong to nobody: names must come from payload alone.
  bytes.writeUInt16BE(isReply ? 62001 : 62002, ETHERNET + IPV4);
  bytes.writeUInt16BE(isReply ? 62002 : 62001, ETHERNET + IPV4 + 2);
  if (transport === "tcp") {
    bytes.writeUInt32BE(1, ETHERNET + IPV4 + 4);
    bytes[ETHERNET + IPV4 + 12] = 0x50;
    bytes[ETHERNET + IPV4 + 13] = 0x10;
  } else bytes.writeUInt16BE(header + length, ETHERNET + IPV4 + 4);
  return bytes;
}

/** Fills payloads with what a background is made of. */
function drawFrom(background: number, random: () => number): Filler {
  const samplers = Array.from({ length: background === TLS ? 9 : 1 }, (_, at) =>
    sampler(background, at),
  );
  return (into) => {
    for (let at = 0; at < into.length; at++) {
      const table = samplers[Math.min(at, samplers.length - 1)]!;
      into[at] = table[Math.floor(random() * table.length)]!;
    }
  };
}

/** Flows that got a name, or several that could not be told apart. */
async function named(
  transport: Carrier,
  threshold: number,
  flows: number,
  random: () => number,
  fill: Filler,
): Promise<Map<string, number>> {
  const names = new Map<string, number>();
  const classifier = await assemble(
    {
      catalog: { ...catalog, threshold },
      loadModule: (kind) =>
        WebAssembly.compile(
          readFileSync(`build/engine-${kind === "wasm" ? "simd" : "scalar"}.wasm`),
        ),
    },
    {
      seed: 1,
      maxFlows: 1024,
      facts: false,
      onRecord: ({ protocol, evidence, candidates }) => {
        const isNamed = protocol !== null && evidence.grade === "payload";
        if (!isNamed && candidates.length === 0) return;
        const by = isNamed ? evidence.signature! : candidates[0]!.signature;
        names.set(by, (names.get(by) ?? 0) + 1);
      },
    },
  );
  for (let flow = 0; flow < flows; flow++) {
    // One message from each side: what follows in a flow only adds to a candidate that is one already.
    for (const isReply of [false, true]) {
      const length = LENGTHS[Math.floor(random() * LENGTHS.length)]!;
      const bytes = frame(transport, flow, isReply, length);
      fill(bytes.subarray(bytes.length - length));
      classifier.push(bytes, { seconds: 1 + (flow >>> 8), nanoseconds: 0 });
    }
  }
  classifier.finish();
  classifier.close();
  return names;
}

/** Ways in that are tried on a direction of a flow over this transport, exempt ones left out. */
const openers = (transport: Carrier, background: number): number =>
  protocols
    .flatMap(({ signatures = {} }) => Object.values(signatures))
    .filter((signature) => transportsOf(signature).includes(transport))
    .filter(({ exempt }) => exempt !== BACKGROUNDS[background])
    .reduce((sum, signature) => sum + openersOf(signature).length, 0);

let isKept = true;

if (values.cases !== undefined) {
  const flows = Math.ceil(Number(values.cases) / 4);
  const sums = BACKGROUNDS.map((_, lane) =>
    catalog.signatures.reduce((sum, entry) => sum + oddsOf(entry)[lane]!, 0),
  );
  const allowed = flows * Math.max(...sums);
  console.log(
    `${4 * flows} first payloads of each kind, ${flows} flows of two over UDP and as many over TCP; ` +
      `false names expected at ${THRESHOLD} bits: at most ${allowed.toPrecision(2)} for each figure`,
  );
  for (const { name, fill } of strangers()) {
    for (const transport of ["udp", "tcp"] as const) {
      const random = randomFrom(Number(values.seed));
      const names = await named(transport, THRESHOLD, flows, random, fill);
      const found = [...names.values()].reduce((sum, count) => sum + count, 0);
      if (found > allowed + 4 * Math.sqrt(allowed) + 1) isKept = false;
      const which = Array.from(names, ([signature, count]) => `${signature} ${count}`).join(", ");
      console.log(`${transport} ${name.padEnd(9)} ${found} false names${which && ` (${which})`}`);
    }
  }
  if (!isKept) console.log("more false names than the language promises");
  process.exit(isKept ? 0 : 1);
}

console.log(`${FLOWS} flows of two messages for each figure; names found : names allowed`);
for (const transport of ["udp", "tcp"] as const) {
  for (const [background, title] of BACKGROUNDS.entries()) {
    const cells: string[] = [];
    let most: [string, number] | undefined;
    for (const threshold of THRESHOLDS) {
      const random = randomFrom(Number(values.seed) * 1000 + background);
      const fill = drawFrom(background, random);
      const names = await named(transport, threshold, FLOWS, random, fill);
      const exempt = new Set(
        catalog.signatures.filter((each) => each.exempt === background).map(({ name }) => name),
      );
      const counted = [...names].filter(([name]) => !exempt.has(name));
      const found = counted.reduce((sum, [, count]) => sum + count, 0);
      const allowed = FLOWS * 2 * openers(transport, background) * 2 ** -threshold;
      most ??= counted.sort(([, a], [, b]) => b - a)[0];
      // Four standard deviations of a Poisson count above what is allowed is no accident any more.
      if (found > allowed + 4 * Math.sqrt(allowed) + 1) isKept = false;
      cells.push(`${threshold} bits ${found} : ${allowed.toFixed(0)}`);
    }
    console.log(
      `${transport} ${title.padEnd(9)} ${cells.join("   ")}${most ? `   (most: ${most[0]})` : ""}`,
    );
  }
}
if (!isKept) console.log("more false names than the language promises");
process.exitCode = isKept ? 0 : 1;
