/** What is asked and what is answered: who must have said what before anything is learnt, and that memory of it is bounded. */
import { describe, expect, test } from "vitest";
import { ASKED_BY_ONE, ASKED_MAX, Exchanges } from "../../src/classifier/exchanges.js";
import type { Lesson } from "../../src/classifier/knowledge.js";
import { catalog } from "../../src/generated/catalog.js";
import { hex, noise, sized } from "../../src/language/vocabulary.js";
import type { FlowRecord } from "../../src/record/record.js";
import { createClassifier, engineKinds } from "../support/classifier.js";
import { ethernet, ipv4, TYPE_IPV4, udp } from "../support/packets.js";

const CLIENT = "192.0.2.1";
const SERVER = "198.51.100.2";
const PEER = "203.0.113.9";

type Facts = [name: string, value: string | number][];

/** What is learnt of a message of FTP, whose client is side A. */
function exchanges() {
  const table = new Exchanges(catalog);
  return {
    table,
    says(facts: Facts, { fromB = false, flow = 1, seconds = 0, protocol = "ftp" } = {}) {
      const lesson: Lesson = {
        flow,
        protocol,
        key: {
          network: "ipv4",
          protocol: 6,
          addressA: CLIENT,
          addressB: SERVER,
          portA: 40000,
          portB: 21,
          context: 0,
        },
        fromB,
        facts: facts.map(([name, value]) => [`${protocol}.${name}`, value]),
        seconds,
        nanoseconds: 0,
      };
      return Array.from(table.settle(lesson), ({ facts: learnt, fromB: isB }) => [
        isB ? "b" : "a",
        ...learnt.map(([, value]) => value),
      ]);
    },
  };
}
const ask: Facts = [["asked", 1]];
const answer: Facts = [
  ["answered", 1],
  ["data-port", 2000],
];

test("an answer counts once, behind its question, from the other side of its flow", () => {
  const { says } = exchanges();
  expect(says(answer, { fromB: true })).toEqual([]);
  expect(says(ask)).toEqual([]);
  expect(says(answer)).toEqual([]);
  expect(says(answer, { fromB: true, flow: 2 })).toEqual([]);
  expect(says([["answered", 2], ...answer.slice(1)], { fromB: true })).toEqual([]);
  expect(says(answer, { fromB: true })).toEqual([["b", 2000]]);
  expect(says(answer, { fromB: true })).toEqual([]);
});

test("what is asked for counts when it is granted, as its sender's", () => {
  const { says, table } = exchanges();
  const wanted: Facts = [...ask, ["data-port", 3000]];
  expect(says(wanted)).toEqual([]);
  expect(says([["answered", 1]], { fromB: true })).toEqual([["a", 3000]]);
  says(wanted);
  expect(says([["refused", 5]], { fromB: true })).toEqual([]);
  expect(says([["answered", 1]], { fromB: true })).toEqual([]);
  expect(table.size).toBe(0);
});

test("one message may hold several; what stands in front of the first is its own", () => {
  const { says } = exchanges();
  says([
    ["data-port", 3000],
    ["asked", 1],
    ["data-port", 3001],
    ["asked", 2],
    ["data-port", 3002],
  ]);
  expect(
    says(
      [
        ["answered", 2],
        ["answered", 1],
        ["data-port", 4000],
      ],
      { fromB: true },
    ),
  ).toEqual([
    ["a", 3002],
    ["a", 3000, 3001],
    ["b", 4000],
  ]);
});

test("what has no part in an exchange stands alone", () => {
  const { says } = exchanges();
  expect(says([["data-port", 3000]])).toEqual([["a", 3000]]);
  expect(says(answer, { protocol: "sip", fromB: true })).toEqual([["b", 1, 2000]]);
});

test("an answer comes in time", () => {
  const { says, table } = exchanges();
  says(ask);
  expect(says(answer, { fromB: true, seconds: 40 })).toEqual([["b", 2000]]);
  says(ask, { seconds: 100 });
  expect(says(answer, { fromB: true, seconds: 141 })).toEqual([]);
  // What is not answered goes when others ask, and is nothing that was lost.
  for (let flow = 10; flow < 20; flow++) says(ask, { flow, seconds: 200 });
  says(ask, { flow: 20, seconds: 241 });
  expect([table.size, table.evicted]).toEqual([1, 0]);
  table.forget();
  expect(table.size).toBe(0);
});

test("memory is bounded, for one side and for all", () => {
  const { says, table } = exchanges();
  for (let index = 0; index <= ASKED_BY_ONE; index++) says([["asked", index]], { flow: 7 });
  expect([table.size, table.evicted]).toEqual([ASKED_BY_ONE, 1]);
  expect(
    says(
      [
        ["answered", 0],
        ["data-port", 1],
      ],
      { flow: 7, fromB: true },
    ),
  ).toEqual([]);
  const { says: floods, table: flooded } = exchanges();
  for (let flow = 1; flow <= ASKED_MAX + 3; flow++) floods(ask, { flow });
  expect([flooded.size, flooded.evicted]).toEqual([ASKED_MAX, 3]);
  expect(floods(answer, { flow: 3, fromB: true })).toEqual([]);
  expect(floods(answer, { flow: 4, fromB: true })).toEqual([["b", 2000]]);
  const { says: says2, table: table2 } = exchanges();
  says2([...ask, ...Array.from({ length: 32 }, (_, index): Facts[number] => ["data-port", index])]);
  expect(says2([["answered", 1]], { fromB: true })[0]).toHaveLength(1 + 8);
  expect(table2.size).toBe(0);
});

// ── In packets ───────────────────────────────────────────────────────────────────────────────────

type End = [address: string, port: number];
const datagram = (from: End, to: End, text: string) =>
  ethernet(
    TYPE_IPV4,
    ipv4({ protocol: 17, from: from[0], to: to[0] }, udp({ from: from[1], to: to[1] }, text)),
  );

async function run(packets: readonly Uint8Array[], options = {}): Promise<FlowRecord[]> {
  const records: FlowRecord[] = [];
  const classifier = await createClassifier({
    onRecord: (record) => records.push(record),
    ...options,
  });
  packets.forEach((packet, index) => classifier.push(packet, { seconds: index, nanoseconds: 0 }));
  classifier.finish();
  classifier.close();
  return records.sort((a, b) => a.id - b.id);
}

const client: End = [CLIENT, 40000];
/** A word of the client's (`>`) or the server's (`<`), to or from this port. */
type Word = readonly [">" | "<", string];
const talk = (port: number, words: readonly Word[]) =>
  words.map(([way, text]) =>
    way === ">" ? datagram(client, [SERVER, port], text) : datagram([SERVER, port], client, text),
  );

const COOKIE = "2112a442";
const stun = (type: string, transaction: string, attributes = "") =>
  hex(`${type}`) +
  sized(2, hex(attributes)).slice(0, 2) +
  hex(`${COOKIE} ${transaction} ${attributes}`);
const [t1, t2, t3, t4] = ["01", "02", "03", "04"].map((byte) => byte.repeat(12)) as [
  string,
  string,
  string,
  string,
];
/** 203.0.113.9 port 5000, and 198.51.100.2 port 5001, hidden by the cookie. */
const peerAttribute = "0012 0008 0001 329a ea12d54b";
const relayedAttribute = "0016 0008 0001 329b e721c040";
const transport = "0019 0004 11000000";
const allocation: Word[] = [
  [">", stun("0003", t1, transport)],
  ["<", stun("0113", t1, "0009 0004 00000401")],
  [">", stun("0003", t2, transport)],
  ["<", stun("0103", t2, relayedAttribute)],
];
/** From another port than the relay's, which anybody may come to and leave. */
const sound = datagram([SERVER, 5077], [PEER, 5000], "comfort");
const fromElsewhere = datagram(["203.0.113.77", 6000], [SERVER, 5001], "comfort");

const dhtId = noise(20);
const getPeers = (transaction: string) =>
  `d1:ad2:id20:${dhtId}9:info_hash20:${noise(20, 2)}e1:q9:get_peers1:t2:${transaction}1:y1:qe`;
const values = (transaction: string) =>
  `d1:rd2:id20:${dhtId}5:token4:abcd6:valuesl6:${hex("cb007109 1388")}ee1:t2:${transaction}1:y1:re`;
const ping = `d1:ad2:id20:${dhtId}e1:q4:ping1:t2:zz1:y1:qe`;
const connect = hex("00000417 27101980 00000000 5e3a91b2");
const connected = hex("00000000 5e3a91b2 0102030405060708");
const announce = (transaction: string) =>
  hex(`0102030405060708 00000001 ${transaction}`) + noise(82);
const told = (transaction: string) =>
  hex(`00000001 ${transaction} 00000708 00000001 00000001 cb007109 1388`);
const toPeer = datagram(client, [PEER, 5000], "comfort");

const EPT = "0883afe11f5dc91191a408002b14a0fa";
const mapper = (type: string, activity: string, body: string) =>
  hex(
    `04 ${type} 00 00 10 00 0000 ${"00".repeat(16)} ${EPT} ${activity} 00000000 03000000 00000000 0300 ffff ffff`,
  ) +
  hex(
    `${(hex(body).length & 255).toString(16).padStart(2, "0")}${(hex(body).length >> 8).toString(16).padStart(2, "0")} 0000 00 00 ${body}`,
  );
const activities = [
  "00a9fd358a3512128004001c060b26ed",
  "11a9fd358a3512128004001c060b26ed",
] as const;
const NDR = "045d888aeb1cc9119fe808002b104860";
const tower = `
  0500 1300 0d 785734123412cdab8f000123456789ab 0000 0200 0000 1300 0d ${NDR} 0200 0200 0000
  0100 0a 0200 0000 0100 08 0200 c001 0100 09 0400 c6336402
`;
const mapped = `${"00".repeat(20)} 01000000 01000000 00000000 01000000 02000000 4b000000 4b000000 ${tower} 00 00000000`;
const mapping = datagram(client, [SERVER, 0xc001], "comfort");

describe.each(engineKinds)("%s: a forged answer announces nothing", (engine) => {
  test.each<[string, number, Word[], Uint8Array, string | null]>([
    ["a relay that was asked for", 3478, allocation, fromElsewhere, "stun"],
    [
      "a relay of another transaction",
      3478,
      [...allocation.slice(0, 3), ["<", stun("0103", t3, relayedAttribute)]],
      fromElsewhere,
      null,
    ],
    [
      "a peer that was permitted",
      3478,
      [...allocation, [">", stun("0008", t3, peerAttribute)], ["<", stun("0108", t3)]],
      sound,
      "stun",
    ],
    [
      "a peer's channel that was bound",
      3478,
      [...allocation, [">", stun("0009", t3, peerAttribute)], ["<", stun("0109", t3)]],
      sound,
      "stun",
    ],
    [
      "a peer of which nothing was heard",
      3478,
      [...allocation, [">", stun("0008", t3, peerAttribute)]],
      sound,
      null,
    ],
    [
      "a peer that was refused, where another request was granted",
      3478,
      [
        ...allocation,
        [">", stun("0008", t3, peerAttribute)],
        ["<", stun("0118", t3, "0009 0004 00000403")],
        ["<", stun("0108", t4)],
      ],
      sound,
      null,
    ],
    [
      "peers that the hash table was asked for",
      6881,
      [
        [">", getPeers("aa")],
        ["<", values("aa")],
      ],
      toPeer,
      "bittorrent",
    ],
    [
      "peers of another transaction",
      6881,
      [
        [">", getPeers("aa")],
        ["<", values("ab")],
      ],
      toPeer,
      null,
    ],
    [
      "peers that nobody asked for",
      6881,
      [
        ["<", ping],
        ["<", values("aa")],
        ["<", values("aa")],
      ],
      toPeer,
      null,
    ],
    [
      "peers of a tracker",
      6969,
      [
        [">", connect],
        ["<", connected],
        [">", announce("0000aaaa")],
        ["<", told("0000aaaa")],
      ],
      toPeer,
      "bittorrent",
    ],
    [
      "peers of a tracker in another transaction",
      6969,
      [
        [">", connect],
        ["<", connected],
        [">", announce("0000aaaa")],
        ["<", told("0000aaab")],
      ],
      toPeer,
      null,
    ],
    [
      "an interface that was mapped",
      135,
      [
        [">", mapper("00", activities[0], "00".repeat(8))],
        ["<", mapper("02", activities[0], mapped)],
      ],
      mapping,
      "dcerpc",
    ],
    [
      "an interface in another activity",
      135,
      [
        [">", mapper("00", activities[0], "00".repeat(8))],
        ["<", mapper("02", activities[1], mapped)],
      ],
      mapping,
      null,
    ],
  ])("%s", async (_, port, words, packet, protocol) => {
    const records = await run([...talk(port, words), packet], { engine });
    expect(records).toHaveLength(2);
    expect(records[0]!.evidence.grade).toBe("payload");
    expect(records[1]!.protocol).toBe(protocol);
  });
});
