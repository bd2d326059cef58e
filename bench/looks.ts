/**
 * `npm run bench:looks`: how often the description of unnamed bytes errs. Random bytes that are not
 * called encrypted-looking, by size; messages of `fixtures/` by protocol that are, though nobody encrypted
 * them; and raw deflate, which no such statistic can tell from encryption.
 */
import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { fixtures, readManifest } from "../lab/fixtures.js";
import { look } from "../src/classifier/looks.js";
import { readFrames } from "./capture.js";

const ROUNDS = 100_000;
const SIZES = [64, 96, 128, 256, 512, 1024];

console.log("random bytes that are not encrypted-looking, of", ROUNDS);
const payload = new Uint8Array(1024);
for (const size of SIZES) {
  let missed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    randomFillSync(payload, 0, size);
    if (look(payload, 0, size).kind !== "encrypted-looking") missed++;
  }
  console.log(`  ${size} bytes: ${missed} (${((100 * missed) / ROUNDS).toFixed(3)} %)`);
}

/** Whose messages have ciphertext, compressed or random bytes in them by design. */
const OPAQUE =
  /^(tls|dtls|quic|ssh|wireguard|openvpn|ipsec|opaque|rtp|rtcp|srtp|bittorrent|ethereum|tor|bitcoin|libp2p|noise|rlpx|zerotier|tinc|nebula|tailscale|vxlan|gtp|l2tp|mpeg-ts|rtmp|iperf|quake3|minecraft)$/;

const totals = new Map<string, { messages: number; random: number }>();
const texts: Buffer[] = [];
for (const { file, flows } of readManifest()) {
  if (!file.endsWith(".pcap")) continue;
  const ported = flows.filter(({ transport }) => transport === "tcp" || transport === "udp");
  const names = new Set(ported.map(({ protocol }) => protocol));
  const name = names.size === 1 ? [...names][0] : undefined;
  if (!name) continue;
  for (const { bytes } of readFrames(readFileSync(join(fixtures, file)))) {
    const isV4 = bytes[12] === 8 && bytes[13] === 0;
    if (bytes.length < 60 || !isV4 || (bytes[23] !== 6 && bytes[23] !== 17)) continue;
    const transport = 14 + (bytes[14]! & 15) * 4;
    const begin = transport + (bytes[23] === 17 ? 8 : (bytes[transport + 12]! >> 4) * 4);
    const end = Math.min(bytes.length, 14 + bytes[16]! * 256 + bytes[17]!);
    if (end - begin < 64) continue;
    const total = totals.get(name) ?? { messages: 0, random: 0 };
    totals.set(name, total);
    total.messages++;
    const { kind } = look(bytes, begin, end - begin);
    if (kind === "encrypted-looking") total.random++;
    if (kind === "text") texts.push(Buffer.from(bytes.subarray(begin, end)));
  }
}
const clear = [...totals].filter(([name]) => !OPAQUE.test(name));
const messages = clear.reduce((sum, [, each]) => sum + each.messages, 0);
const random = clear.reduce((sum, [, each]) => sum + each.random, 0);
console.log(
  `messages of 64 bytes or more of ${clear.length} protocols in the clear: ${random} of ${messages} are encrypted-looking`,
);
for (const [name, each] of clear.filter(([, { random: some }]) => some > 0)) {
  console.log(`  ${name}: ${each.random} of ${each.messages}`);
}

const deflated = deflateRawSync(Buffer.concat(texts), { level: 9 });
for (const size of SIZES) {
  let pieces = 0;
  let alike = 0;
  for (let at = 0; at + size <= deflated.length; at += size, pieces++) {
    if (look(deflated, at, size).kind === "encrypted-looking") alike++;
  }
  console.log(`raw deflate, pieces of ${size} bytes: ${alike} of ${pieces} are encrypted-looking`);
}
