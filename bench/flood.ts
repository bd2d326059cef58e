/**
 * `npm run bench:flood`: packets of ever new flows against a full flow table. Is memory flat, do the flows that keep
 * talking keep their records, and what does it cost beside the same number of packets without a flood?
 *
 *   npm run bench:flood -- [--packets 10000000] [--flows 100000] [--talkers 1000] [--engine wasm]
 */
import { parseArgs } from "node:util";
import { createClassifier, type ByteSource, type FlowRecord } from "../dist/node.js";
import { FlatMemory } from "./flat.js";
import { xorshift } from "./generate.js";

const { values } = parseArgs({
  options: {
    packets: { type: "string", default: "10000000" },
    flows: { type: "string", default: "100000" },
    talkers: { type: "string", default: "1000" },
    engine: { type: "string", default: "wasm" },
  },
});
const [PACKETS, MAX_FLOWS, TALKERS] = [values.packets, values.flows, values.talkers].map(
  Number,
) as [number, number, number];

const RECORD = 16;
const FRAME = 64;
/** A packet of a talker after so many of the flood: each says something far more often than the table turns over. */
const FLOOD_SHARE = 9;
const REQUEST = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

/** Ethernet, IPv4, TCP or UDP, in one buffer that is written over and over. */
class Packets implements ByteSource {
  readonly name = "flood";
  #made = -1;
  #strangers = 0;
  readonly #random = xorshift(1);
  readonly #sequences = new Uint32Array(TALKERS).fill(1000);

  constructor(readonly hasFlood: boolean) {}

  read(into: Uint8Array): number {
    const view = Buffer.from(into.buffer, into.byteOffset, into.length);
    let at = 0;
    if (this.#made < 0) {
      const header = [0xa1b2c3d4, 0x00040002, 0, 0, 65535, 1];
      for (const word of header) at = view.writeUInt32LE(word, at);
      this.#made = 0;
    }
    while (this.#made < PACKETS && at + RECORD + 128 <= view.length) at = this.#packet(view, at);
    return at;
  }

  close(): void {}

  #packet(view: Buffer, at: number): number {
    const number = this.#made++;
    const isOpening = number < 2 * TALKERS;
    const isTalker = isOpening || !this.hasFlood || number % (FLOOD_SHARE + 1) === 0;
    if (isTalker) {
      const talker = isOpening
        ? number >>> 1
        : this.hasFlood
          ? Math.floor(number / (FLOOD_SHARE + 1)) % TALKERS
          : number % TALKERS;
      const isSyn = isOpening && (number & 1) === 0;
      const said = isOpening && !isSyn ? REQUEST.length : isSyn ? 0 : 10;
      const frame = this.#frame(view, at, number, 6, 20 + said);
      view.writeUInt32BE(0x0a000000 + talker, frame + 26);
      view.writeUInt32BE(0xc0000201, frame + 30);
      view.writeUInt16BE(40000, frame + 34);
      view.writeUInt16BE(80, frame + 36);
      view.writeUInt32BE(this.#sequences[talker]!, frame + 38);
      view[frame + 46] = 0x50;
      view[frame + 47] = isSyn ? 2 : 0x18;
      if (said === REQUEST.length) view.write(REQUEST, frame + 54, "latin1");
      this.#sequences[talker]! += isSyn ? 1 : said;
      return frame + 54 + said;
    }
    const stranger = this.#strangers++;
    const isUdp = (stranger & 1) === 0;
    const said = isUdp ? 18 : 0;
    const frame = this.#frame(view, at, number, isUdp ? 17 : 6, isUdp ? 8 + said : 20);
    // 2^24 addresses and 2^8 ports: none comes twice.
    view.writeUInt32BE(0x0b000000 + (stranger & 0xffffff), frame + 26);
    view.writeUInt32BE(0xc0000202, frame + 30);
    view.writeUInt16BE(1024 + (stranger >>> 24), frame + 34);
    view.writeUInt16BE(9999, frame + 36);
    if (isUdp) {
      view.writeUInt16BE(8 + said, frame + 38);
      for (let word = 0; word < said; word += 2)
        view.writeUInt16BE(this.#random(65536), frame + 42 + word);
      return frame + 42 + said;
    }
    view.writeUInt32BE(this.#random(0x7fffffff), frame + 38);
    view[frame + 46] = 0x50;
    view[frame + 47] = 2;
    return frame + 54;
  }

  /** The record header and the fixed part of the frame, all else 0; where the frame begins. */
  #frame(view: Buffer, at: number, number: number, protocol: number, length: number): number {
    const frame = at + RECORD;
    view.fill(0, at, frame + FRAME);
    const microseconds = number * 2;
    view.writeUInt32LE(1_790_000_000 + Math.floor(microseconds / 1e6), at);
    view.writeUInt32LE(microseconds % 1e6, at + 4);
    view.writeUInt32LE(34 + length, at + 8);
    view.writeUInt32LE(34 + length, at + 12);
    view.writeUInt16BE(0x0800, frame + 12);
    view[frame + 14] = 0x45;
    view.writeUInt16BE(20 + length, frame + 16);
    view.writeUInt16BE(number & 0xffff, frame + 18);
    view[frame + 22] = 64;
    view[frame + 23] = protocol;
    return frame;
  }
}

interface Outcome {
  seconds: number;
  memory: FlatMemory;
  /** Talkers with one record, named, with all of their packets. */
  kept: number;
  evicted: number;
}

async function run(hasFlood: boolean): Promise<Outcome> {
  const memory = new FlatMemory();
  let kept = 0;
  const classifier = await createClassifier({
    engine: values.engine as "wasm",
    maxFlows: MAX_FLOWS,
    seed: 1,
    onRecord: ({ protocol, ended, server }: FlowRecord) => {
      if (server.port === 80 && protocol === "http" && ended.part === 1 && ended.reason === "end")
        kept++;
    },
  });
  const source = new Packets(hasFlood);
  const begin = performance.now();
  await classifier.read(source, { onProgress: () => memory.sample() });
  const seconds = (performance.now() - begin) / 1000;
  classifier.finish();
  const { counters } = classifier.summary();
  classifier.close();
  return { seconds, memory, kept, evicted: counters.evicted };
}

const count = (value: number) => Math.round(value).toLocaleString("en");
let isGood = true;
const rates: number[] = [];
for (const hasFlood of [false, true]) {
  const { seconds, memory, kept, evicted } = await run(hasFlood);
  rates.push(PACKETS / seconds);
  console.log(
    `${hasFlood ? "flooded" : "talkers alone"}: ${count(PACKETS)} packets in ${seconds.toFixed(1)} s, ` +
      `${count(PACKETS / seconds)} a second; ${count(evicted)} flows evicted; ` +
      `${count(kept)} of ${count(TALKERS)} talkers have one record, named`,
  );
  console.log(`  resident MB over time: ${memory.text()}`);
  isGood &&= kept === TALKERS && memory.isFlat();
}
console.log(`flooded: ${(rates[1]! / rates[0]!).toFixed(2)} of the un-flooded rate`);
if (!isGood) console.log("a talker was lost, or memory is not flat");
process.exitCode = isGood ? 0 : 1;
