/** What every engine makes of both sides' first QUIC packets, with the oracle beside it. */
import { createCipheriv } from "node:crypto";
import { expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { compile } from "../../src/language/compile.js";
import { converse } from "../../src/language/conversation.js";
import { factName, type Message } from "../../src/language/definition.js";
import quic from "../../src/protocols/web/quic.js";
import { mapFor, Speaker } from "../protocols/harness.js";
import {
  DRAFT_VERSION_2,
  initialHeader,
  initialKeys,
  sealInitial,
  VERSION_1,
  VERSION_2,
} from "../support/quic.js";
import type { CreateEngine } from "./recognise.harness.js";

const catalog = compile([quic]);
const hex = (digits: string): Buffer => Buffer.from(digits.replace(/\s/g, ""), "hex");
/** The id that the client chooses for the server, its own one, and the server's. */
const CHOSEN = hex("0001020304050607");
const CLIENT = hex("c0c1c2c3c4c5c6c7c8");
const SERVER = hex("5051525354555657");

const u16 = (value: number): number[] => [value >> 8, value & 255];
const hello = (type: number, ...rest: number[]): Buffer => {
  const body = Buffer.from([3, 3, ...Array.from({ length: 32 }, (_, index) => index), 0, ...rest]);
  return Buffer.from([type, 0, ...u16(body.length), ...body]);
};
/** One cipher suite, one compression method; a list of versions. */
const CLIENT_HELLO = hello(1, 0, 2, 0x13, 1, 1, 0, 0, 7, 0, 43, 0, 3, 2, 3, 4);
const SERVER_HELLO = hello(2, 0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4);
const crypto = (stream: Buffer, from = 0, to = stream.length): Buffer =>
  Buffer.from([6, 0x40, from, 0x40, to - from, ...stream.subarray(from, to)]);

interface Given {
  version?: number;
  /** What the keys are made of. */
  keyed?: Buffer;
  destination?: Buffer;
  source?: Buffer;
  fromServer?: boolean;
  /** Bytes of plaintext at least. */
  room?: number;
}

/** An Initial packet with these frames. */
function initial(frames: Buffer, given: Given = {}): Buffer {
  const { version = VERSION_1, keyed = CHOSEN, fromServer = false } = given;
  const room = given.room ?? (fromServer ? 40 : 1180);
  const plain = Buffer.concat([frames, Buffer.alloc(Math.max(0, room - frames.length))]);
  const header = initialHeader({
    version,
    destination: given.destination ?? (fromServer ? CLIENT : keyed),
    source: given.source ?? (fromServer ? SERVER : CLIENT),
    token: Buffer.alloc(0),
    number: 0,
    numberSize: 2,
    plain: plain.length,
  });
  return sealInitial(initialKeys(version, keyed, fromServer), header, plain);
}
const answer = (frames: Buffer, given: Given = {}): Buffer =>
  initial(frames, { ...given, fromServer: true });

/** RFC 9000 §17.2.3, §17.2.4: 0-RTT has type 1, Handshake 2; version 2 counts one further. */
function protectedLong(type: number, version: number, destination: Buffer, size = 60): Buffer {
  const isVersion2 = version === VERSION_2 || version === DRAFT_VERSION_2;
  return Buffer.from([
    0xc0 | (((type + (isVersion2 ? 1 : 0)) & 3) << 4),
    ...[24, 16, 8, 0].map((shift) => (version >>> shift) & 0xff),
    destination.length,
    ...destination,
    CLIENT.length,
    ...CLIENT,
    0x40,
    size,
    ...Array.from({ length: size }, (_, index) => (index * 37) & 255),
  ]);
}

/** RFC 9001 §5.8, RFC 9369 §3.3.3, and the drafts'. */
const RETRY_KEYS: Readonly<Record<number, readonly [key: string, nonce: string]>> = {
  [VERSION_1]: ["be0c690b9f66575a1d766b54e368c84e", "461599d35d632bf2239825bb"],
  [VERSION_2]: ["8fb4b01b56ac48e260fbcbcead7ccc92", "d86969bc2d7c6d9990efb04a"],
  [DRAFT_VERSION_2]: ["ba858dc7b43de5dbf87617ff4ab253db", "141b99c239b03e785d6a2e9f"],
  0xff00001d: ["ccce187ed09a09d05728155a6cb96be1", "e54930f97f2136f0530a8c1c"],
  0xff00001b: ["4d32ecdb2a2133c841e4043df27d4430", "4d1611d05513a552c587d575"],
};
function retry(version: number, source: Buffer, original = CHOSEN): Buffer {
  const isVersion2 = version === VERSION_2 || version === DRAFT_VERSION_2;
  const packet = Buffer.from([
    isVersion2 ? 0xc5 : 0xf5,
    ...[24, 16, 8, 0].map((shift) => (version >>> shift) & 0xff),
    CLIENT.length,
    ...CLIENT,
    source.length,
    ...source,
    ...Buffer.from("a token"),
  ]);
  const [key, nonce] = RETRY_KEYS[version]!;
  const cipher = createCipheriv("aes-128-gcm", hex(key), hex(nonce));
  cipher.setAAD(Buffer.concat([Buffer.from([original.length]), original, packet])).final();
  return Buffer.concat([packet, cipher.getAuthTag()]);
}

const text = (...packets: Buffer[]): string => Buffer.concat(packets).toString("latin1");
const client = (...packets: Buffer[]): Message => ({ from: "client", bytes: text(...packets) });
const server = (...packets: Buffer[]): Message => ({ from: "server", bytes: text(...packets) });
const CLIENT_SAYS = client(initial(crypto(CLIENT_HELLO)));
const SERVER_SAYS = server(answer(crypto(SERVER_HELLO)));

const TOLD = ["tls.cipher=4865", "tls.version=772", "quic.version-selected=1"];
const RETRIED = "quic.retry=1";

export function runQuicTests(create: CreateEngine): void {
  /** The facts of the signature that the client's first packet names, the same in the engine and for the oracle. */
  async function heard(...messages: Message[]): Promise<readonly string[] | undefined> {
    const speaker = new Speaker(await create(mapFor(catalog)), catalog);
    const conversation = { transport: "udp" as const, messages };
    const found = speaker.say(conversation);
    const wanted = converse([quic], conversation).map(({ signature, evidence, facts }) => ({
      signature,
      evidence,
      facts: facts.map(({ fact, value }) => `${factName("quic", fact)}=${value}`).sort(),
    }));
    wanted.sort((a, b) => (a.signature < b.signature ? -1 : 1));
    expect(found.map(({ signature, evidence, facts }) => ({ signature, evidence, facts }))).toEqual(
      wanted,
    );
    return found.find(({ signature }) => signature === "quic/initial")?.facts;
  }

  test("the server's hello is read with the client's id", async () => {
    const facts = await heard(CLIENT_SAYS, SERVER_SAYS);
    expect(facts).toEqual(expect.arrayContaining([...TOLD, "quic.version=1", "tls.offered=772"]));
    expect(facts).toContain(`quic.server-id=${SERVER.toString("latin1")}`);
    expect(facts).toContain(`quic.client-id=${CLIENT.toString("latin1")}`);
    expect(facts).not.toContain(RETRIED);
  });

  test("what the server said first is lost, what it says again is not", async () => {
    const lost = await heard(SERVER_SAYS, CLIENT_SAYS);
    expect(lost).toContain("tls.offered=772");
    expect(lost).not.toContain("tls.cipher=4865");
    expect(await heard(SERVER_SAYS, CLIENT_SAYS, SERVER_SAYS)).toEqual(
      expect.arrayContaining(TOLD),
    );
  });

  test.each([
    ["another id", answer(crypto(SERVER_HELLO), { keyed: hex("0001020304050608") })],
    ["the client's keys", initial(crypto(SERVER_HELLO), { destination: CLIENT, room: 40 })],
    ["a changed byte", Buffer.concat([answer(crypto(SERVER_HELLO)).subarray(0, -1), hex("00")])],
  ])("a server's packet with %s tells nothing", async (_, packet) => {
    const facts = await heard(CLIENT_SAYS, server(packet));
    expect(facts).toContain("tls.offered=772");
    expect(facts).not.toContain("tls.cipher=4865");
  });

  test("its hello comes in pieces, in any order, until it goes on in short headers", async () => {
    const parts = [crypto(SERVER_HELLO, 20), crypto(SERVER_HELLO, 0, 20)].map((part) =>
      server(answer(part)),
    );
    expect(await heard(CLIENT_SAYS, ...parts)).toEqual(expect.arrayContaining(TOLD));
    const short = server(Buffer.from([0x41, ...CLIENT, ...SERVER_HELLO]));
    const cut = await heard(CLIENT_SAYS, parts[0]!, short, parts[1]!);
    expect(cut).not.toContain("tls.cipher=4865");
  });

  test("frames of every kind that Initial packets may hold are stepped over", async () => {
    // PING; ACK with a range; ACK of ECN; a hello; PADDING.
    const acks = hex("01 02 05 00 01 00 01 00 03 05 00 00 00 01 02 03");
    const packet = answer(Buffer.concat([acks, crypto(SERVER_HELLO)]));
    expect(await heard(CLIENT_SAYS, server(packet))).toEqual(expect.arrayContaining(TOLD));
    // CONNECTION_CLOSE: nothing that counts comes behind it.
    const closed = answer(Buffer.concat([hex("1c 00 00 00"), crypto(SERVER_HELLO)]));
    expect(await heard(CLIENT_SAYS, server(closed))).not.toContain("tls.cipher=4865");
  });

  test("a first packet whose fixed bit is 0, as RFC 9287 allows", async () => {
    const header = initialHeader({
      version: VERSION_1,
      destination: CLIENT,
      source: SERVER,
      token: Buffer.alloc(0),
      number: 0,
      numberSize: 1,
      plain: SERVER_HELLO.length + 5,
    });
    header[0]! &= ~0x40;
    const packet = sealInitial(initialKeys(VERSION_1, CHOSEN, true), header, crypto(SERVER_HELLO));
    expect(await heard(CLIENT_SAYS, server(packet))).toEqual(expect.arrayContaining(TOLD));
  });

  test.each([VERSION_1, VERSION_2])(
    "packets of other types around it, version %i",
    async (version) => {
      const first = initial(crypto(CLIENT_HELLO), { version });
      const datagram = client(protectedLong(1, version, CHOSEN), first);
      const reply = server(
        protectedLong(2, version, CLIENT),
        answer(crypto(SERVER_HELLO), { version }),
        protectedLong(2, version, CLIENT),
        hex("41 c0c1c2c3c4c5c6c7c8 0102030405"),
      );
      const facts = await heard(datagram, reply);
      expect(facts).toContain("tls.cipher=4865");
      expect(facts).toContain(`quic.version-selected=${version}`);
      expect(facts).toContain("tls.offered=772");
    },
  );

  test("the server may go on in another version of the same kind", async () => {
    const reply = server(answer(crypto(SERVER_HELLO), { version: VERSION_2 }));
    expect(await heard(CLIENT_SAYS, reply)).toContain(`quic.version-selected=${VERSION_2}`);
  });

  test.each([0, 1, 4, 8, 19, 20])("ids of %i bytes", async (length) => {
    const own = Buffer.alloc(length, 0xab);
    const first = client(initial(crypto(CLIENT_HELLO), { source: own }));
    const reply = server(answer(crypto(SERVER_HELLO), { destination: own, source: own }));
    expect(await heard(first, reply)).toEqual(expect.arrayContaining(TOLD));
    // Behind a Retry the first id is the server's, of any length too.
    expect(await heard(client(initial(crypto(CLIENT_HELLO), { keyed: own })))).toBeDefined();
  });

  runRetryTests(heard);

  test("nothing of a connection is left once it is settled", async () => {
    const map = mapFor(catalog);
    const engine = await create(map);
    const speaker = new Speaker(engine, catalog);
    const { memory } = engine;
    const inspections = memory.address("inspections");
    const size = abi.INSPECTION_SIZE * 16;
    speaker.say({ transport: "udp", messages: [CLIENT_SAYS, server(retry(VERSION_1, SERVER))] });
    const left = memory.u8.subarray(inspections, inspections + size);
    expect(left.every((byte) => byte === 0)).toBe(true);
    const scratch = memory.control(abi.C_SCRATCH) + abi.SCRATCH_PLAIN;
    const plain = memory.u8.subarray(scratch, scratch + abi.SCRATCH_PLAIN_SIZE);
    expect(plain.every((byte) => byte === 0)).toBe(true);
  });
}

function runRetryTests(
  heard: (...messages: Message[]) => Promise<readonly string[] | undefined>,
): void {
  test.each(Object.keys(RETRY_KEYS).map(Number))("a Retry of version %i", async (version) => {
    const first = client(initial(crypto(CLIENT_HELLO), { version }));
    const again = client(initial(crypto(CLIENT_HELLO), { version, keyed: SERVER }));
    const reply = server(answer(crypto(SERVER_HELLO), { version, keyed: SERVER }));
    const facts = await heard(first, server(retry(version, SERVER)), again, reply);
    expect(facts).toContain(RETRIED);
    expect(facts).toContain("tls.cipher=4865");
  });

  test.each([
    ["for another packet", retry(VERSION_1, SERVER, hex("0001020304050608"))],
    ["of another version's key", Buffer.from(retry(VERSION_2, SERVER)).fill(0xf5, 0, 1)],
    ["cut", retry(VERSION_1, SERVER).subarray(0, -1)],
    ["an id that is too long", retry(VERSION_1, Buffer.alloc(21))],
  ])("a Retry %s changes nothing", async (_, packet) => {
    const facts = await heard(CLIENT_SAYS, server(packet), SERVER_SAYS);
    expect(facts).toContain("tls.cipher=4865");
    expect(facts).not.toContain(RETRIED);
  });

  test("a Retry may give an id of no bytes, and of twenty", async () => {
    for (const id of [Buffer.alloc(0), Buffer.alloc(20, 0x77)]) {
      const reply = server(answer(crypto(SERVER_HELLO), { keyed: id }));
      const facts = await heard(CLIENT_SAYS, server(retry(VERSION_1, id)), reply);
      expect(facts).toContain(RETRIED);
    }
  });
}
