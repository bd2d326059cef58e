/**
 * `npm run bench:one-sided`: what asymmetric routing costs. Of each flow of `fixtures/` that both sides
 * spoke in and that has a name, only the packets from the client are kept, then only those from the
 * server: does it keep its name, and by which grade? Ethernet captures, TCP and UDP.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { classify, openBytes, type FlowRecord } from "../dist/node.js";
import { fixtures, readManifest } from "../lab/fixtures.js";
import { formatAddress } from "../src/flows/key.js";
import { readFrames, type Frame } from "./capture.js";

const SIDES = ["client", "server"] as const;
type Side = (typeof SIDES)[number];

interface Total {
  flows: number;
  /** By side: those with the same name, and of these those by payload. */
  kept: Record<Side, number>;
  proved: Record<Side, number>;
  /** With another name. */
  wrong: Record<Side, number>;
}

const IPV4 = 0x0800;
const IPV6 = 0x86dd;

/** The sender of a frame and its transport, as a record writes them. */
function senderOf({ bytes }: Frame): string | undefined {
  if (bytes.length < 58) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = view.getUint16(12);
  if (type !== IPV4 && type !== IPV6) return undefined;
  const isV4 = type === IPV4;
  const protocol = bytes[isV4 ? 23 : 20];
  if (protocol !== 6 && protocol !== 17) return undefined;
  const transport = 14 + (isV4 ? (bytes[14]! & 15) * 4 : 40);
  const address = (at: number) => formatAddress(bytes, at, !isV4);
  const [source, target] = isV4 ? [address(26), address(30)] : [address(22), address(38)];
  const [from, to] = [view.getUint16(transport), view.getUint16(transport + 2)];
  return `${protocol === 6 ? "tcp" : "udp"} ${source}#${from} ${target}#${to}`;
}

/** A classic capture of these frames. */
function captureOf(frames: readonly Frame[]): Uint8Array {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262144, 16);
  header.writeUInt32LE(1, 20);
  const records = frames.map(({ seconds, microseconds, wire, bytes }) => {
    const record = Buffer.alloc(16);
    [seconds, microseconds, bytes.length, wire].forEach((word, at) => {
      record.writeUInt32LE(word, at * 4);
    });
    return Buffer.concat([record, bytes]);
  });
  return new Uint8Array(Buffer.concat([header, ...records]));
}

async function flowsOf(capture: Uint8Array): Promise<FlowRecord[]> {
  const found: FlowRecord[] = [];
  for await (const flow of classify(openBytes(capture), { seed: 1 })) found.push(flow);
  return found;
}

const keyOf = ({ transport, client, server }: FlowRecord, isReversed = false): string => {
  const ends = [`${client.address}#${client.port}`, `${server.address}#${server.port}`];
  return [transport, ...(isReversed ? ends.toReversed() : ends)].join(" ");
};

const totals = new Map<string, Total>();
for (const { file } of readManifest()) {
  if (!file.endsWith(".pcap")) continue;
  const capture = new Uint8Array(readFileSync(join(fixtures, file)));
  const frames = readFrames(capture);
  const flows = (await flowsOf(capture)).filter(
    ({ protocol, packets, transport, evidence }) =>
      protocol !== null &&
      (transport === "tcp" || transport === "udp") &&
      evidence.grade === "payload" &&
      packets.toServer > 0 &&
      packets.toClient > 0,
  );
  for (const side of SIDES) {
    const senders = new Set(flows.map((flow) => keyOf(flow, side === "server")));
    const left = frames.filter((frame) => senders.has(senderOf(frame) ?? ""));
    const found = new Map<string, FlowRecord>();
    for (const flow of await flowsOf(captureOf(left))) {
      found.set(keyOf(flow), flow);
      found.set(keyOf(flow, true), flow);
    }
    for (const flow of flows) {
      const name = flow.protocol!;
      const none = { client: 0, server: 0 };
      const total = totals.get(name) ?? {
        flows: 0,
        kept: { ...none },
        proved: { ...none },
        wrong: { ...none },
      };
      totals.set(name, total);
      if (side === "client") total.flows++;
      const half = found.get(keyOf(flow));
      if (half === undefined || half.protocol === null) continue;
      if (half.protocol !== name) {
        total.wrong[side]++;
        console.log(`${file}: only the ${side}'s packets of ${name} are named ${half.protocol}`);
        continue;
      }
      total.kept[side]++;
      if (half.evidence.grade === "payload") total.proved[side]++;
    }
  }
}

const rows = [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1));
const sum = (count: (total: Total) => number) =>
  rows.reduce((all, [, total]) => all + count(total), 0);
const flows = sum((total) => total.flows);
const percent = (part: number) => `${((100 * part) / flows).toFixed(1)} %`;
console.log(`${rows.length} protocols, ${flows} flows that both sides spoke in`);
for (const side of SIDES) {
  const kept = sum((total) => total.kept[side]);
  const proved = sum((total) => total.proved[side]);
  // Every protocol counting alike, however much of it was recorded.
  const mean = rows.reduce((all, [, each]) => all + each.kept[side] / each.flows, 0) / rows.length;
  console.log(
    `only the ${side}: ${percent(kept)} keep their name (${percent(proved)} by payload), ` +
      `${(100 * mean).toFixed(1)} % with every protocol counting alike; another name: ${sum((total) => total.wrong[side])}`,
  );
  const lost = rows.filter(([, total]) => total.kept[side] === 0).map(([name]) => name);
  console.log(`  never named: ${lost.length === 0 ? "none" : lost.join(", ")}`);
}
