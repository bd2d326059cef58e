/** What cases begin with: frames of fixtures, of the definitions' samples, of the tables of headers, and of hosts that applications have. */
import { readFileSync } from "node:fs";
import { readManifest } from "../../lab/fixtures.js";
import amazon from "../../src/applications/amazon.js";
import google from "../../src/applications/google.js";
import microsoft from "../../src/applications/microsoft.js";
import netflix from "../../src/applications/netflix.js";
import telegram from "../../src/applications/telegram.js";
import { protocols } from "../../src/generated/protocols.js";
import { frames as usual, refusals } from "../engine/decode.frames.js";
import { linkRefusals, links } from "../engine/decode.links.js";
import { tunnels } from "../engine/decode.tunnels.js";
import { carriers } from "../support/carriers.js";
import { packetsOf } from "../support/conversations.js";
import * as build from "../support/packets.js";
import type { Bytes, Frame } from "../support/packets.js";
import { PcapRecords } from "../support/pcap-records.js";
import type { Random } from "./random.js";

export interface Beginning {
  frames: Frame[];
  linkType: number;
}

/** Frames taken of one source at most: flows are decided by their first packets, and a short case is a cheap one. */
const FRAMES_MOST = [2, 4, 6, 6, 8, 8, 12, 12, 16, 60];

const EPOCH = 1_790_000_000;

const folder = new URL("../../fixtures/", import.meta.url);
const files = readManifest()
  .filter(({ linkType, format }) => linkType === "EN10MB" && format.startsWith("pcap-"))
  .map(({ file }) => file)
  .filter((file) => file.endsWith(".pcap"));
const loaded = new Map<string, readonly Frame[]>();

function framesOf(file: string): readonly Frame[] {
  let frames = loaded.get(file);
  if (frames === undefined) {
    const records = new PcapRecords(new Uint8Array(readFileSync(new URL(file, folder))));
    frames = Array.from(records, ({ seconds, nanoseconds, packet, wireLength }) => ({
      data: packet.slice(),
      sec: seconds,
      ns: nanoseconds,
      wire: wireLength,
    }));
    loaded.set(file, frames);
  }
  return frames;
}

function ofFixture(random: Random): Beginning {
  const frames = framesOf(random.pick(files));
  const most = random.pick(FRAMES_MOST);
  const from = frames.length > most && random.once(2) ? random.below(frames.length - 1) : 0;
  return { frames: copied(frames.slice(from, from + most)), linkType: 1 };
}

const copied = (frames: readonly Frame[]): Frame[] =>
  frames.map((frame) => ({ ...frame, data: frame.data.slice() }));

const timed = (packets: readonly Bytes[]): Frame[] =>
  packets.map((data, index) => ({ data, sec: EPOCH, ns: index * 1_000_000, wire: data.length }));

const samples = protocols.flatMap(({ ports, samples: { yes, weak, no } = {} }) =>
  [yes, yes, yes, weak, no].flatMap((conversations) =>
    (conversations ?? []).map((conversation) => ({
      conversation,
      port: ports?.[conversation.transport]?.[0] ?? 9,
    })),
  ),
);

/** On the protocol's own port or on nobody's. */
function ofSample(random: Random): Beginning {
  const { conversation, port } = random.pick(samples);
  const packets = packetsOf(conversation, random.once(3) ? 9 : port).slice(0, 24);
  const open = conversation.transport === "tcp" && random.once(3) ? 2 : 0;
  return { frames: timed(packets.slice(open)), linkType: 1 };
}

const headers = new Map<number, Frame[]>();
for (const { linkType = 1, frame } of [
  ...usual,
  ...refusals,
  ...links,
  ...linkRefusals,
  ...tunnels.map((each) => ({ ...each, linkType: 1 })),
]) {
  headers.set(linkType, [...(headers.get(linkType) ?? []), frame]);
}
const linkTypes = [...headers.keys()];

function ofHeaders(random: Random): Beginning {
  const linkType = random.once(2) ? 1 : random.pick(linkTypes);
  const table = headers.get(linkType)!;
  const frames = Array.from({ length: random.between(1, 4) }, () => random.pick(table));
  return { frames: copied(frames).map((frame) => ({ ...frame, sec: EPOCH })), linkType };
}

const applications = [amazon, google, microsoft, netflix, telegram].flatMap(
  (each) => each.applications,
);
const hosts = applications.flatMap((each) => each.hosts ?? []);
const addresses = applications
  .flatMap((each) => each.addresses ?? [])
  .filter((range) => range.includes("."))
  .map((range) => range.slice(0, range.indexOf("/")));

/** A name is asked for and answered, then somebody speaks to the address; or to one that an operator has published. */
function ofHost(random: Random): Beginning {
  const client = "192.0.2.1";
  const resolver = "192.0.2.53";
  const server = random.once(2) ? random.pick(addresses) : `198.51.100.${random.between(1, 4)}`;
  const over = (protocol: number, isBack: boolean, peer: string, payload: Bytes) => {
    const ends = isBack ? { from: peer, to: client } : { from: client, to: peer };
    return build.ethernet(build.TYPE_IPV4, build.ipv4({ protocol, ...ends }, payload));
  };
  const packets: Bytes[] = [];
  for (let names = random.between(0, 2); names > 0; names--) {
    const host = (random.once(2) ? "www." : "") + random.pick(hosts).replaceAll("*", "a");
    const labels = host.split(".").map((label) => build.bytes(label.length, label));
    const question = build.bytes(...labels, 0, build.hex("0001 0001"));
    const answer = build.bytes(
      build.hex("c00c 0001 0001 0000003c 0004"),
      build.ipv4Address(server),
    );
    const id = random.below(65536);
    const query = build.bytes(build.be16(id), build.hex("0100 0001 0000 0000 0000"), question);
    const reply = build.bytes(
      build.be16(id),
      build.hex("8180 0001 0001 0000 0000"),
      question,
      answer,
    );
    packets.push(
      over(17, false, resolver, build.udp({ from: 40000, to: 53 }, query)),
      over(17, true, resolver, build.udp({ from: 53, to: 40000 }, reply)),
    );
  }
  const ports = { from: random.between(40000, 40003), to: random.pick([80, 443]) };
  const host = random.pick(hosts).replaceAll("*", "a");
  const said = random.pick([
    `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: www.${host}:80\r\n\r\n`,
    `CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    "\u0001\u0002\u0003\u0004",
  ]);
  packets.push(
    over(6, false, server, build.tcp({ ...ports, sequence: 100, flags: "S" })),
    over(6, false, server, build.tcp({ ...ports, sequence: 101, flags: "PA" }, said)),
  );
  return { frames: timed(packets), linkType: 1 };
}

/** More than tables hold: flows, VLANs, reasons, sides that wait for bytes. */
function ofMany(random: Random): Beginning {
  const isWide = random.once(4);
  const payload = random.pick(["", "G", "220 ", "\u0016\u0003\u0001\u0002"]);
  const make = random.pick([
    (n: number) => ipv4Of(n, build.tcp({ from: 1024 + n, flags: "A" }, payload)),
    (n: number) =>
      ipv4Of(n, build.tcp({ from: 1024 + (n >> 1), flags: n & 1 ? "A" : "S" }, payload)),
    (n: number) =>
      build.ethernet(build.TYPE_VLAN, build.vlan(n & 4095, build.TYPE_IPV4, packetFrom(n))),
    (n: number) =>
      build.ethernet(
        build.TYPE_QINQ,
        build.vlan(n >> 8, build.TYPE_VLAN, build.vlan(n & 255, build.TYPE_IPV4, packetFrom(n))),
      ),
    (n: number) => build.ethernet(0x4000 + n, payload),
  ]);
  const count = random.pick(isWide ? [1100, 2200, 4300] : [40, 300, 600]);
  return { frames: timed(Array.from({ length: count }, (_, n) => make(n))), linkType: 1 };
}

const packetFrom = (n: number): Bytes =>
  build.ipv4(
    { protocol: 17, from: `10.0.${n >> 8}.${n & 255}` },
    build.udp({ from: 1024 + n }, "?"),
  );
const ipv4Of = (n: number, transport: Bytes): Bytes =>
  build.ethernet(
    build.TYPE_IPV4,
    build.ipv4({ protocol: 6, from: `10.1.${(n >> 8) & 255}.${n & 255}` }, transport),
  );

/** One in so many cases is of more than tables hold; it costs as much as hundreds. */
const MANY = 500;

const sources = [
  ...Array<typeof ofFixture>(4).fill(ofFixture),
  ...Array<typeof ofFixture>(4).fill(ofSample),
  ofHeaders,
  ofHost,
];

export const beginning = (random: Random): Beginning =>
  random.once(MANY) ? ofMany(random) : random.pick(sources)(random);

/** All that can be, in one tunnel or two. */
export function carried(random: Random, frames: readonly Frame[]): Frame[] {
  let wrapped = frames;
  for (let depth = random.pick([1, 1, 1, 2, 4]); depth > 0; depth--) {
    const { wrap } = random.pick(carriers);
    wrapped = wrapped.map((frame) => {
      const { data } = frame;
      const isWhole = (frame.wire ?? data.length) === data.length && data.length < 9000;
      if (!isWhole || data.length < 34 || data[12] !== 8 || data[13] !== 0) return frame;
      const outer = wrap(data);
      return { ...frame, data: outer, wire: outer.length };
    });
  }
  return [...wrapped];
}
