/** Applications learnt from DNS answers: who is believed, for how long, and that memory of them is bounded. */
import { describe, expect, test } from "vitest";
import { assemble } from "../../src/classifier/create.js";
import { emptyExtras } from "../../src/classifier/flow.js";
import type { Lesson } from "../../src/classifier/knowledge.js";
import { CLIENTS_MAX, HELD_LEAST, HELD_MOST, Names } from "../../src/classifier/names.js";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import type { FlowKey } from "../../src/flows/key.js";
import { applicationCatalog } from "../../src/generated/applications.js";
import { catalog } from "../../src/generated/catalog.js";
import { hex, sized } from "../../src/language/vocabulary.js";
import type { FlowRecord } from "../../src/record/record.js";
import { engineKinds, loadModule } from "../support/classifier.js";
import { type Bytes, ethernet, ipv4, tcp, TYPE_IPV4, udp } from "../support/packets.js";

const CLIENT = "192.0.2.1";
const OTHER = "192.0.2.2";
const RESOLVER = "192.0.2.53";
const SERVER = "198.51.100.80";

const key = (client: string, server: string, port = 53): FlowKey => ({
  network: "ipv4",
  protocol: 17,
  addressA: client,
  addressB: server,
  portA: 40000,
  portB: port,
  context: 0,
});
const applications: Record<string, number> = { "films.example": 7, "songs.example": 8 };

function names(most = 16) {
  const table = new Names(
    most,
    (host) => applications[host] ?? 0,
    ({ portB }) => portB === 53,
  );
  return {
    table,
    answer(
      host: string,
      address: string,
      {
        to = CLIENT,
        ttl = 300,
        at = 0,
        flow = 1,
        more = {},
      }: { to?: string; ttl?: number; at?: number; flow?: number; more?: Partial<Lesson> } = {},
    ) {
      table.learn({
        flow,
        protocol: "dns",
        key: key(to, RESOLVER),
        fromB: true,
        facts: [
          ["dns.learnt", host],
          ["dns.learnt", `${address} ${ttl}`],
        ],
        seconds: at,
        nanoseconds: 0,
        ...more,
      });
    },
    /** What is learnt of a flow from the client to the server. */
    meet(server: string, { from = CLIENT, at = 1, fromB = false } = {}) {
      const extras = emptyExtras();
      const newcomer = {
        flow: 9,
        key: key(from, server, 443),
        fromB,
        seconds: at,
        nanoseconds: 0,
      };
      table.meet(newcomer, () => extras);
      return extras.learnt;
    },
  };
}

test("a flow to an answered address has the application of the name, and the answer's flow", () => {
  const { answer, meet } = names();
  answer("films.example", SERVER, { flow: 3 });
  expect(meet(SERVER)).toEqual({ application: 7, flow: 3, isShared: false, serverIsA: false });
  expect(meet("198.51.100.81")).toBeUndefined();
});

test("a flow whose first packet comes from the server is the client's all the same", () => {
  const { answer, meet } = names();
  answer("films.example", SERVER);
  expect(meet(SERVER, { fromB: true })).toMatchObject({ application: 7, serverIsA: false });
});

test("it holds for its time to live, a minute at least and a day at most", () => {
  const { answer, meet } = names();
  answer("films.example", SERVER, { ttl: 300, at: 1000 });
  expect(meet(SERVER, { at: 1300 })).toBeDefined();
  expect(meet(SERVER, { at: 1301 })).toBeUndefined();
  answer("films.example", SERVER, { ttl: 0, at: 2000 });
  expect(meet(SERVER, { at: 2000 + HELD_LEAST })).toBeDefined();
  expect(meet(SERVER, { at: 2001 + HELD_LEAST })).toBeUndefined();
  answer("films.example", SERVER, { ttl: 2 ** 32 - 1, at: 3000 });
  expect(meet(SERVER, { at: 3000 + HELD_MOST })).toBeDefined();
  expect(meet(SERVER, { at: 3001 + HELD_MOST })).toBeUndefined();
});

describe("an address with names of several applications", () => {
  test("is, for each client, what that one asked for", () => {
    const { answer, meet } = names();
    answer("films.example", SERVER);
    answer("songs.example", SERVER, { to: OTHER });
    expect(meet(SERVER)).toMatchObject({ application: 7, isShared: false });
    expect(meet(SERVER, { from: OTHER })).toMatchObject({ application: 8, isShared: true });
  });

  test("is nothing for one that asked nobody who was heard", () => {
    const { answer, meet } = names();
    answer("films.example", SERVER);
    expect(meet(SERVER, { from: "192.0.2.99" })).toMatchObject({ application: 7 });
    answer("songs.example", SERVER, { to: OTHER });
    expect(meet(SERVER, { from: "192.0.2.99" })).toBeUndefined();
  });

  test("is what a client asked for last, marked as shared", () => {
    const { answer, meet } = names();
    answer("films.example", SERVER);
    answer("songs.example", SERVER);
    expect(meet(SERVER)).toMatchObject({ application: 8, isShared: true });
    answer("unknown.example", SERVER);
    expect(meet(SERVER)).toBeUndefined();
  });

  test("is not shared with a name whose time is over", () => {
    const { answer, meet } = names();
    answer("films.example", SERVER, { ttl: 60 });
    answer("songs.example", SERVER, { at: 61 });
    expect(meet(SERVER, { at: 62 })).toMatchObject({ application: 8, isShared: false });
  });
});

test("what is no plain DNS teaches nothing", () => {
  const { table, answer } = names();
  answer("films.example", SERVER, { more: { protocol: "sip" } });
  answer("films.example", SERVER, { more: { key: key(CLIENT, "224.0.0.251", 5353) } });
  answer("films.example", SERVER, { more: { facts: [["dns.name", "films.example"]] } });
  expect(table.size).toBe(0);
});

test("the address answered longest ago makes room", () => {
  const { table, answer, meet } = names(2);
  answer("films.example", "198.51.100.1");
  answer("films.example", "198.51.100.2");
  answer("films.example", "198.51.100.1");
  answer("films.example", "198.51.100.3");
  expect([table.size, table.evicted]).toEqual([2, 1]);
  expect(meet("198.51.100.2")).toBeUndefined();
  expect(meet("198.51.100.1")).toBeDefined();
  table.forget();
  expect(table.size).toBe(0);
});

test("of one address, only so many clients are told apart", () => {
  const { answer, meet } = names();
  answer("songs.example", SERVER);
  for (let index = 0; index < CLIENTS_MAX; index++) {
    answer("films.example", SERVER, { to: `192.0.2.${100 + index}` });
  }
  expect(meet(SERVER)).toMatchObject({ application: 7 });
});

test("nothing is learnt where no name may be remembered", () => {
  const { table, answer } = names(0);
  answer("films.example", SERVER);
  expect([table.size, table.evicted]).toEqual([0, 0]);
});

// ── In the classifier ────────────────────────────────────────────────────────────────────────────

const asked = sized(1, "www") + sized(1, "netflix") + sized(1, "com") + hex("00 0001 0001");
const toResolver = (message: string) =>
  ethernet(
    TYPE_IPV4,
    ipv4({ protocol: 17, from: CLIENT, to: RESOLVER }, udp({ from: 5353 + 1, to: 53 }, message)),
  );
const toClient = (message: string) =>
  ethernet(
    TYPE_IPV4,
    ipv4({ protocol: 17, from: RESOLVER, to: CLIENT }, udp({ from: 53, to: 5353 + 1 }, message)),
  );
const query = toResolver(hex("1a2b 0100 0001 0000 0000 0000") + asked);
/** An alias of another operator, and its address. */
const answer = toClient(
  hex("1a2b 8180 0001 0002 0000 0000") +
    asked +
    hex("c00c 0005 0001 0000003c") +
    sized(2, sized(1, "edge") + sized(1, "facebook") + sized(1, "com") + "\0") +
    hex("c02d 0001 0001 0000003c 0004 c6336450"),
);
const opens = ethernet(
  TYPE_IPV4,
  ipv4(
    { protocol: 6, from: CLIENT, to: SERVER },
    tcp({ from: 40001, to: 443, flags: "S", sequence: 1 }),
  ),
);

async function records(packets: readonly Bytes[], options: ClassifierOptions = {}) {
  const found: FlowRecord[] = [];
  const parts = { catalog, loadModule, applications: applicationCatalog };
  const classifier = await assemble(parts, {
    seed: 1,
    maxFlows: 64,
    ...options,
    onRecord: (record) => found.push(record),
  });
  for (const packet of packets) classifier.push(packet, { seconds: 1, nanoseconds: 0 });
  classifier.finish();
  classifier.close();
  return found;
}

test.each(engineKinds)("%s: a flow that says no name has that of the question", async (engine) => {
  const [dns, flow] = await records([query, answer, opens], { engine });
  expect(dns!.protocol).toBe("dns");
  expect(flow!.application).toBe("netflix");
  expect(flow!.applicationEvidence).toEqual({ grade: "dns", from: "dns.name", flow: dns!.id });
  expect(flow!.flags).not.toContain("shared-address");
});

test("whatever facts may be told, and never before the answer", async () => {
  const [, flow] = await records([query, answer, opens], { facts: false });
  expect(flow!.application).toBe("netflix");
  const early = await records([query, opens, answer]);
  expect(early[1]!.application).toBeNull();
});

/** An answer of that id to the question `asked`, with an address of the network 198.51.100. */
const answers = (host: number, { id = "1a2b", flags = "8180", question = asked } = {}) =>
  toClient(
    hex(`${id} ${flags} 0001 0001 0000 0000`) +
      question +
      hex("c00c 0001 0001 0000003c 0004 c63364") +
      String.fromCharCode(host),
  );
const opening = (address: string, { from = 40001 } = {}) =>
  ethernet(
    TYPE_IPV4,
    ipv4(
      { protocol: 6, from: CLIENT, to: address },
      tcp({ from, to: 443, flags: "S", sequence: 1 }),
    ),
  );

describe.each(engineKinds)("%s: a forged answer teaches nothing", (engine) => {
  const other = asked.replace("netflix", "newflix");
  test.each([
    ["the answer itself", [query, answers(80)], "netflix"],
    [
      "the answer in other letters",
      [query, answers(80, { question: asked.toUpperCase() })],
      "netflix",
    ],
    ["of another id", [query, answers(80, { id: "1a2c" })], null],
    ["to another question", [query, answers(80, { question: other })], null],
    ["which tells of an error", [query, answers(80, { flags: "8183" })], null],
    ["to what nobody asked", [answers(80)], null],
    ["before it was asked", [answers(80), query], null],
    ["behind the first one", [query, answers(81), answers(80)], null],
    ["behind an error", [query, answers(81, { flags: "8182" }), answers(80)], null],
    [
      "behind one that is not its own",
      [query, answers(81, { id: "1a2c" }), answers(80)],
      "netflix",
    ],
    ["to what was asked once more", [query, query, answers(80)], "netflix"],
  ] as [string, Uint8Array[], string | null][])("%s", async (_, packets, application) => {
    const found = await records([...packets, opening(SERVER)], { engine });
    expect(found.map((record) => record.application)).toEqual([null, application]);
  });

  test("also over TCP", async () => {
    const stream = (from: string, to: string, ports: { from: number; to: number }, text: string) =>
      ethernet(
        TYPE_IPV4,
        ipv4({ protocol: 6, from, to }, tcp({ ...ports, flags: "A", sequence: 1 }, text)),
      );
    const told = hex("0001 0001 0000 0000") + asked + hex("c00c 0001 0001 0000003c 0004 c6336450");
    const ask = (id: string) =>
      stream(
        CLIENT,
        RESOLVER,
        { from: 40053, to: 53 },
        sized(2, hex(`${id} 0100 0001 0000 0000 0000`) + asked),
      );
    const tell = (id: string) =>
      stream(RESOLVER, CLIENT, { from: 53, to: 40053 }, sized(2, hex(`${id} 8180`) + told));
    const learn = async (packets: Uint8Array[]) =>
      (await records([...packets, opening(SERVER)], { engine })).at(-1)!.application;
    expect(await learn([ask("1a2b"), tell("1a2b")])).toBe("netflix");
    expect(await learn([ask("1a2b"), tell("1a2c")])).toBeNull();
    expect(await learn([tell("1a2b")])).toBeNull();
  });
});

test("not where it is switched off", async () => {
  const [, flow] = await records([query, answer, opens], { maxNames: 0 });
  expect(flow!.application).toBeNull();
});
