/** QUIC connections that go on from another port: which ids are kept, for how long, and what they may name. */
import { expect, test } from "vitest";
import { Connections } from "../../src/classifier/connections.js";
import { emptyExtras } from "../../src/classifier/flow.js";
import type { FlowKey } from "../../src/flows/key.js";
import { catalog } from "../../src/generated/catalog.js";
import { RFC_9001, RFC_9001_ANSWER } from "../../src/protocols/formats/quic-packets.js";
import type { FlowRecord } from "../../src/record/record.js";
import { createClassifier, engineKinds } from "../support/classifier.js";
import { ethernet, ipv4, TYPE_IPV4, udp } from "../support/packets.js";

const CLIENT = "192.0.2.1";
const SERVER = "198.51.100.2";
const OTHER = "203.0.113.9";
const UDP = 17;

type End = [address: string, port: number];
const AT: End = [CLIENT, 40000];
const TO: End = [SERVER, 443];

const keyOf = ([addressA, portA]: End, [addressB, portB]: End, context = 0): FlowKey => ({
  network: "ipv4",
  protocol: UDP,
  addressA,
  addressB,
  portA,
  portB,
  context,
});

const ID = "0123456789abcdef";
const bytesOf = (digits: string) => Uint8Array.from(Buffer.from(digits, "hex"));
const short = (id: string) => bytesOf(`41${id}f00d`);
const long = (id: string) =>
  bytesOf(`e100000001${(id.length / 2).toString(16).padStart(2, "0")}${id}00f00d`);

/** A table, and short ways to teach and to ask it. */
function connections(most = 100) {
  const table = new Connections(catalog, most);
  return {
    table,
    says(id: string, { who = "server", flow = 1, seconds = 0, protocol = "quic" } = {}) {
      const facts = [[`quic.${who}-id`, id]] as const;
      const [key, fromB] = [keyOf(AT, TO), who === "server"];
      table.learn({ flow, protocol, key, fromB, facts, seconds, nanoseconds: 0 });
    },
    /** The flow that a new one goes on from. */
    from(packet: Uint8Array, { from = [CLIENT, 40001] as End, to = TO, ...more } = {}) {
      const { seconds = 1, context = 0, fromB = false } = more as Partial<Record<string, never>>;
      const extras = emptyExtras();
      const key = keyOf(from, to, context);
      const newcomer = { flow: 9, key, fromB, seconds, nanoseconds: 0 };
      table.hear(newcomer, packet, () => extras);
      return extras.session?.flow;
    },
  };
}

test("a packet with the server's id that goes to the server from another port", () => {
  const { says, from } = connections();
  says(ID);
  expect(from(short(ID))).toBe(1);
  expect(from(short(ID), { from: [OTHER, 5] })).toBe(1);
  expect(from(long(ID))).toBe(1);
  // RFC 9287.
  expect(from(bytesOf(`01${ID}f00d`))).toBe(1);
});

test.each([
  ["to another server", short(ID), { to: [OTHER, 443] as End }],
  ["to another port", short(ID), { to: [SERVER, 4433] as End }],
  ["the other way", short(ID), { from: TO, to: AT }],
  ["with another id", short("0123456789abcdee"), {}],
  ["cut in its id", short(ID).subarray(0, 8), {}],
  ["a long header with an id of another length", long(`${ID}00`), {}],
  ["nothing at all", new Uint8Array(), {}],
])("%s, it is none of it", (_, packet, options) => {
  const { says, from } = connections();
  says(ID);
  expect(from(packet, options)).toBeUndefined();
});

test("the client's id is looked for in what comes from the server", () => {
  const { says, from } = connections();
  says(ID, { who: "client" });
  expect(from(short(ID), { from: TO, to: [CLIENT, 40001] })).toBe(1);
  expect(from(short(ID))).toBeUndefined();
});

test("ids of fewer than eight bytes are not kept, those of twenty are", () => {
  const { says, from, table } = connections();
  says(ID.slice(2));
  says("");
  expect(table.size).toBe(0);
  const longest = ID.repeat(3).slice(0, 40);
  says(longest);
  expect(from(short(longest))).toBe(1);
});

test("only QUIC teaches", () => {
  const { says, table } = connections();
  says(ID, { protocol: "dns" });
  expect(table.size).toBe(0);
});

test("an id is kept an hour from when it was last seen", () => {
  const { says, from, table } = connections();
  says(ID);
  const later = (seconds: number) => from(short(ID), { seconds } as never);
  expect(later(3600)).toBe(1);
  expect(later(7200)).toBe(1);
  expect(later(10801)).toBeUndefined();
  expect(table.size).toBe(0);
});

test("the one that was seen least recently makes room", () => {
  const { says, from, table } = connections(2);
  says("00".repeat(8), { flow: 1 });
  says("11".repeat(9), { flow: 2 });
  expect(from(short("00".repeat(8)))).toBe(1);
  says("22".repeat(8), { flow: 3 });
  expect(table.size).toBe(2);
  expect(table.evicted).toBe(1);
  expect(from(short("11".repeat(9)))).toBeUndefined();
  expect(from(short("00".repeat(8)))).toBe(1);
  expect(from(short("22".repeat(8)))).toBe(3);
});

test("none are kept where none may be, and none once it is closed", () => {
  const none = connections(0);
  none.says(ID);
  expect(none.table.size).toBe(0);
  const { says, from, table } = connections();
  says(ID);
  table.forget();
  expect(from(short(ID))).toBeUndefined();
});

const packet = (from: End, to: End, payload: Uint8Array | string) =>
  ethernet(
    TYPE_IPV4,
    ipv4(
      { protocol: UDP, from: from[0], to: to[0] },
      udp(
        { from: from[1], to: to[1] },
        typeof payload === "string" ? Buffer.from(payload, "latin1") : payload,
      ),
    ),
  );

test.each(engineKinds)("a client whose port a translator changed, on %s", async (engine) => {
  const records: FlowRecord[] = [];
  const classifier = await createClassifier({
    engine,
    facts: false,
    onRecord: (record) => records.push(record),
  });
  let seconds = 0;
  const push = (from: End, to: End, payload: Uint8Array | string) =>
    classifier.push(packet(from, to, payload), { seconds: seconds++, nanoseconds: 0 });
  push(AT, TO, RFC_9001);
  push(TO, AT, RFC_9001_ANSWER);
  // The id that the server gave itself in its answer.
  const verdict = push([CLIENT, 40001], TO, short("f067a5502a4262b5"));
  expect(verdict).toMatchObject({ protocol: "quic", evidence: { grade: "session", flow: 1 } });
  push([CLIENT, 40002], TO, short("f067a5502a4262b6"));
  classifier.finish();
  expect(
    records.map(({ protocol, evidence }) => [protocol, evidence.grade, evidence.flow]),
  ).toEqual([
    ["quic", "payload", null],
    ["quic", "session", 1],
    [null, "none", null],
  ]);
});
