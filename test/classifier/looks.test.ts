/** What flows without a name look like: marks of formats, text, and what no statistic tells from random bytes. */
import { deflateRawSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { look, LOOKED_MOST } from "../../src/classifier/looks.js";
import type { FlowRecord, SideLooks } from "../../src/record/record.js";
import { formatJsonl } from "../../src/sinks/jsonl.js";
import { createClassifier, engineKinds } from "../support/classifier.js";
import { bytes, ethernet, hex, ipv4, type Part, tcp, TYPE_IPV4, udp } from "../support/packets.js";

/** Bytes that look random and are the same in every run: a xorshift generator's. */
function random(size: number, seed = 1): Uint8Array {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return Uint8Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 11;
  });
}

const lookAt = (...parts: Part[]): SideLooks => {
  const payload = bytes(...parts);
  return look(payload, 0, payload.length);
};
const kindOf = (...parts: Part[]) => {
  const { kind, format } = lookAt(...parts);
  return format === null ? kind : `${kind} ${format}`;
};

test("random bytes are encrypted-looking, from 64 on; fewer are too few", () => {
  for (const size of [64, 100, 256, 1000, 1400]) {
    expect(kindOf(random(size)), `${size}`).toBe("encrypted-looking");
  }
  expect(kindOf(random(63))).toBe("short");
  expect(kindOf(random(15))).toBe("short");
  expect(kindOf()).toBe("short");
});

test("of 20,000 random payloads, fewer than one in 500 is called something else", () => {
  let wrong = 0;
  for (let seed = 1; seed <= 20_000; seed++) {
    const size = [64, 128, 512, 1024][seed & 3]!;
    if (look(random(size, seed), 0, size).kind !== "encrypted-looking") wrong++;
  }
  expect(wrong).toBeLessThan(40);
});

test("a short header in front of random bytes hides nothing", () => {
  expect(kindOf(hex("00000190"), random(400))).toBe("encrypted-looking");
});

test.each([
  ["compressed application/gzip", gzipSync("some text that is long enough")],
  ["compressed application/zstd", bytes(hex("28b52ffd"), random(60))],
  ["compressed application/zip", bytes("PK\u0003\u0004", random(60))],
  ["media image/png", bytes(hex("89504e470d0a1a0a"), random(60))],
  ["media image/jpeg", bytes(hex("ffd8ffe0"), random(60))],
  ["media image/gif", bytes("GIF89a", random(60))],
  ["media image/webp", bytes("RIFF", random(4), "WEBP")],
  ["media audio/vnd.wave", bytes("RIFF", random(4), "WAVE")],
  ["media video/mp4", bytes(hex("00000018"), "ftypmp42", random(60))],
  ["media application/ogg", bytes("OggS", random(60))],
  ["media audio/flac", bytes("fLaC", random(60))],
  ["media video/matroska", bytes(hex("1a45dfa3"), random(60))],
  ["document application/pdf", bytes("%PDF-1.7\n", random(60))],
])("%s by its mark, which must be whole", (expected, payload) => {
  expect(kindOf(payload)).toBe(expected);
  expect(look(payload, 0, 2).kind).toBe("short");
  expect(kindOf("x", payload)).not.toBe(expected);
});

test.each([
  ["text us-ascii", "a line of plain text\r\nand\tanother\n"],
  ["text utf-8", Buffer.from("größer als bisher, 中文字符 und 👍🏽")],
  ["short", "fifteen letters"],
  // Overlong, a surrogate, beyond U+10FFFF, a lone continuation, a control character.
  ["binary", bytes("sixteen letters, ", hex("c080"))],
  ["binary", bytes("sixteen letters, ", hex("eda080"))],
  ["binary", bytes("sixteen letters, ", hex("f4908080"))],
  ["binary", bytes("sixteen letters, ", hex("80"))],
  ["binary", bytes("sixteen letters, ", hex("1b"), "[2J")],
])("%s: %j", (expected, payload) => {
  expect(kindOf(payload)).toBe(expected);
});

test("a character that is cut at the end of what is looked at is still text", () => {
  expect(kindOf("x".repeat(LOOKED_MOST - 1), Buffer.from("é and more"))).toBe("text utf-8");
});

test("what has structure is binary", () => {
  const counting = Uint8Array.from({ length: 512 }, (_, index) => index);
  const integers = new Uint8Array(new Uint32Array(64).map((_, index) => index * 17).buffer);
  expect(kindOf(counting)).toBe("binary");
  expect(kindOf(integers)).toBe("binary");
  expect(kindOf(new Uint8Array(40))).toBe("binary");
  expect(kindOf(Buffer.from("1".repeat(300)), 0)).toBe("binary");
  // Half of each byte is random.
  expect(kindOf(random(256).map((byte) => byte & 0x0f))).toBe("binary");
});

test("deflate without a header is not told from encryption: the name of the kind says no more", () => {
  const words = Array.from({ length: 4000 }, (_, index) => `w${(index * 7919) % 1000}`).join(" ");
  expect(kindOf(deflateRawSync(words))).toMatch(/^(encrypted-looking|binary)$/);
});

test("entropy is that of the byte counts", () => {
  expect(lookAt(new Uint8Array(64)).entropy).toBe(0);
  expect(lookAt("ab".repeat(32)).entropy).toBe(1);
  expect(lookAt(Uint8Array.from({ length: 256 }, (_, index) => index)).entropy).toBe(8);
  expect(lookAt(random(5000)).bytes).toBe(LOOKED_MOST);
});

test("no byte behind the payload is looked at", () => {
  const payload = bytes("RIFF1234WEBP", "a".repeat(20));
  expect(look(payload, 0, 11).format).toBeNull();
});

// ── In records ───────────────────────────────────────────────────────────────────────────────────

const CLIENT = "192.0.2.1";
const SERVER = "198.51.100.2";

const datagram = (payload: Part, toClient = false) =>
  ethernet(
    TYPE_IPV4,
    toClient
      ? ipv4({ protocol: 17, from: SERVER, to: CLIENT }, udp({ from: 9999, to: 40000 }, payload))
      : ipv4({ protocol: 17, from: CLIENT, to: SERVER }, udp({ from: 40000, to: 9999 }, payload)),
  );
const segment = (payload: Part, sequence = 1000) =>
  ethernet(
    TYPE_IPV4,
    ipv4(
      { protocol: 6, from: CLIENT, to: SERVER },
      tcp({ from: 40000, to: 9999, flags: "PA", sequence }, payload),
    ),
  );

async function run(engine: (typeof engineKinds)[number], packets: Uint8Array[]) {
  const records: FlowRecord[] = [];
  const classifier = await createClassifier({ engine, onRecord: (each) => records.push(each) });
  for (const packet of packets) classifier.push(packet, { seconds: 1, nanoseconds: 0 });
  classifier.finish();
  classifier.close();
  return records;
}

test.each(engineKinds)("%s: each side's look, and none of its bytes", async (engine) => {
  const secret = "a passphrase that nobody may see";
  const [record] = await run(engine, [datagram(random(300)), datagram(`${secret}\n`, true)]);
  expect(record!.protocol).toBeNull();
  expect(record!.looks).toEqual({
    toServer: { kind: "encrypted-looking", format: null, entropy: expect.any(Number), bytes: 300 },
    toClient: { kind: "text", format: "us-ascii", entropy: expect.any(Number), bytes: 33 },
  });
  expect(formatJsonl(record!)).not.toContain("passphrase");
});

test("a longer payload is looked at while the first one is short; then no other", async () => {
  const [record] = await run("typescript", [
    segment(random(10), 1000),
    segment(random(300, 2), 1010),
    segment(random(900, 3), 1310),
  ]);
  expect(record!.looks).toMatchObject({ toServer: { bytes: 300 }, toClient: null });
});

test("a flow with a name has no look, and neither has one without payload", async () => {
  const [ssh] = await run("typescript", [segment("SSH-2.0-OpenSSH_9.6\r\n")]);
  expect(ssh).toMatchObject({ protocol: "ssh", looks: null });
  const [empty] = await run("typescript", [segment("")]);
  expect(empty).toMatchObject({ protocol: null, looks: null });
});
