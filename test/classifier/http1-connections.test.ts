/** HTTP/1 transactions through the whole classifier: what the lab's client sent, and connections whose segments we choose. */
import { describe, expect, test } from "vitest";
import type { ClassifierEvent } from "../../src/record/events.js";
import type { ByteSource } from "../../src/sources/source.js";
import {
  createClassifier,
  engineKinds,
  fixtureBytes,
  fixtures,
  formatEvent,
  inPieces,
  openBytes,
} from "../support/classifier.js";
import { type Bytes, ethernet, ipv4, pcapFile, tcp, TYPE_IPV4 } from "../support/packets.js";

type EngineKind = (typeof engineKinds)[number];
type Side = "client" | "server";
interface Segment {
  side: Side;
  sequence: number;
  text: string;
}

/** The client's wraps behind 20 bytes. */
const FIRST = { client: 0xffffffeb, server: 7000 };
const ADDRESS = { client: "192.0.2.1", server: "198.51.100.2" };
const PORT = { client: 40000, server: 80 };

function frame(side: Side, sequence: number, flags: string, text = ""): { data: Bytes } {
  const other = side === "client" ? "server" : "client";
  const header = { from: PORT[side], to: PORT[other], flags, sequence };
  const segment = tcp(header, Buffer.from(text, "latin1"));
  const addresses = { from: ADDRESS[side], to: ADDRESS[other] };
  return { data: ethernet(TYPE_IPV4, ipv4({ protocol: 6, ...addresses }, segment)) };
}

/** What both sides say, in turn, in segments of at most `size` bytes. */
function segments(said: readonly (readonly [Side, string])[], size = 1460): Segment[] {
  const next = { client: FIRST.client + 1, server: FIRST.server + 1 };
  return said.flatMap(([side, text]) => {
    const cut: Segment[] = [];
    for (let at = 0; at < text.length; at += size) {
      cut.push({ side, sequence: next[side] >>> 0, text: text.slice(at, at + size) });
      next[side] += Math.min(size, text.length - at);
    }
    return cut;
  });
}

const capture = (sent: readonly Segment[]): Bytes =>
  pcapFile([
    frame("client", FIRST.client, "S"),
    frame("server", FIRST.server, "SA"),
    ...sent.map(({ side, sequence, text }) => frame(side, sequence, "PA", text)),
  ]);

async function eventsOf(
  source: ByteSource,
  engine: EngineKind = "typescript",
): Promise<ClassifierEvent[]> {
  const events: ClassifierEvent[] = [];
  const classifier = await createClassifier({ engine, onEvent: (event) => events.push(event) });
  await classifier.read(source);
  classifier.finish();
  classifier.close();
  return events;
}

/** `GET /a 200` for a transaction, `! gap` for the end of telling apart. */
function brief(events: readonly ClassifierEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === "transactions-end") return [`! ${event.reason}`];
    if (event.type !== "transaction") return [];
    const { facts, request, response } = event;
    const asked = request === null ? "?" : `${facts["http.method"]} ${facts["http.target"]}`;
    return [`${asked} ${response === null ? "?" : facts["http.status"]}`];
  });
}

const told = async (sent: readonly Segment[]) => brief(await eventsOf(openBytes(capture(sent))));

const get = (target: string) =>
  ["client", `GET ${target} HTTP/1.1\r\nHost: example.org\r\n\r\n`] as const;
const answer = (status: number, body = "") =>
  ["server", `HTTP/1.1 ${status} X\r\nContent-Length: ${body.length}\r\n\r\n${body}`] as const;
const conversation = [
  get("/1"),
  answer(200, "HTTP/1.1 500 Decoy\r\n\r\n".repeat(20)),
  get("/2"),
  get("/3"),
  ["server", "HTTP/1.1 100 Continue\r\n\r\n"],
  answer(404),
  answer(201, "x"),
] as const;
const all = ["GET /1 200", "GET /2 404", "GET /3 201"];

const recorded = fixtures.filter(({ flows }) => flows.some((flow) => flow.transactions));

test("the lab has such captures", () => {
  expect(recorded.length).toBeGreaterThan(0);
});

describe.each(engineKinds)("with the engine %s", (engine) => {
  test.each(recorded.map(({ file, flows }) => ({ file, flows })))(
    "$file: each request that was sent, with its answer",
    async ({ file, flows }) => {
      for (const size of [61, 512 * 1024]) {
        const events = await eventsOf(
          inPieces(fixtureBytes(file), () => size),
          engine,
        );
        for (const { clientPort, transactions } of flows) {
          if (transactions === undefined) continue;
          const end = events.find(
            (event) => event.type === "end" && event.record.client.port === clientPort,
          );
          const flow = end?.type === "end" ? end.record.id : undefined;
          const ours = events.filter((event) => "flow" in event && event.flow === flow);
          expect(brief(ours)).toEqual(transactions);
        }
      }
    },
  );

  test("the same in any segments and windows", async () => {
    for (const size of [1, 5, 1460]) {
      const bytes = capture(segments(conversation, size));
      const whole = await eventsOf(openBytes(bytes));
      expect(brief(whole)).toEqual(all);
      for (const window of [97, 3000, 512 * 1024]) {
        const events = await eventsOf(
          inPieces(bytes, () => window),
          engine,
        );
        expect(events.map(formatEvent)).toEqual(whole.map(formatEvent));
      }
    }
  });

  /** The facts of a flow's record, and of its transactions. */
  async function factsOf(...said: (readonly [Side, string])[]) {
    const events = await eventsOf(openBytes(capture(segments(said))), engine);
    const record = events.find((event) => event.type === "end")?.record;
    const transactions = events.filter((event) => event.type === "transaction");
    return {
      record: record?.facts,
      messages: transactions.map(({ facts }) => facts),
      lines: brief(events),
    };
  }
  const request = (target: string, ...fields: string[]) =>
    ["client", [`GET ${target} HTTP/1.1`, ...fields, "", ""].join("\r\n")] as const;

  test.each([
    ["lengths that differ", "Content-Length: 4", "Content-Length: 5"],
    ["a length beside chunks", "Content-Length: 4", "Transfer-Encoding: chunked"],
    ["a name with a blank", "Host: example.org", "Con tent-Length: 4"],
    ["a name with NUL", "Host: example.org", "Content\0Length: 4"],
    ["a blank in front of the colon", "Host: example.org", "X : 4"],
    ["a name of no byte", "Host: example.org", ": 4"],
  ])("a first request with %s is told, and the end", async (_, one, other) => {
    const { messages, lines } = await factsOf(request("/1", one, other), answer(200), get("/2"));
    expect(lines).toEqual(["GET /1 ?", "! unreadable"]);
    expect(messages[0]!["http.host"]).toBe(one.startsWith("Host") ? "example.org" : undefined);
  });

  test("a response that cannot be read is its request's answer, but for interim ones", async () => {
    const odd = (status: number) => ["server", `HTTP/1.1 ${status} X\r\nno field\r\n\r\n`] as const;
    expect((await factsOf(get("/1"), odd(404))).lines).toEqual(["GET /1 404", "! unreadable"]);
    expect((await factsOf(get("/1"), odd(103))).lines).toEqual(["GET /1 ?", "! unreadable"]);
  });

  test("a line that is no field ends what is read of a head, in record and transaction", async () => {
    for (const line of ["no field", "Con tent: 4", "Con\0tent: 4", "X : y"]) {
      const { record, messages } = await factsOf(request("/", line, "Host: example.org"));
      expect(record).toEqual({ "http.method": "GET", "http.target": "/" });
      expect(messages).toEqual([record]);
    }
    const goesOn = await factsOf(request("/", "A: b", " c", "Host: example.org"));
    expect(goesOn.record).toMatchObject({ "http.host": "example.org" });
  });

  test.each([
    ["a@b", undefined],
    ["a b", undefined],
    ["a/b", undefined],
    ["example.org:80 \t", "example.org:80"],
    ["[2001:db8::1]:8080", "[2001:db8::1]:8080"],
  ])("the field Host: %j tells %j", async (value, host) => {
    const { record, messages } = await factsOf(request("/", `Host: ${value}`, "User-Agent: x"));
    expect(record!["http.host"]).toBe(host);
    expect(messages[0]!["http.host"]).toBe(host);
    expect(record!["http.user-agent"]).toBe("x");
  });

  test.each([
    ["http://a.example/x", "a.example"],
    ["HTTPS://a.example:8443", "a.example:8443"],
    ["http://user:word@a.example?x", "a.example"],
    ["http://a.example,b/x", "field.example"],
    ["/http://a.example/", "field.example"],
  ])("the target %s has the host %s", async (target, host) => {
    const { record, messages } = await factsOf(request(target, "Host: field.example"));
    expect(record).toEqual({ "http.host": host, "http.method": "GET", "http.target": target });
    expect(messages).toEqual([record]);
  });
});

test("a connection whose first segments come in another order", async () => {
  const [one, two, ...others] = segments(conversation, 30) as [Segment, Segment, ...Segment[]];
  // By its first byte alone, it would be taken for the beginning of something else.
  expect(two.text).toMatch(/^[^A-Z\r\n]/);
  expect(await told([two, one, ...others])).toEqual(all);
});

test("a gap ends it and is told, also one that is open when the flow ends", async () => {
  const sent = segments(conversation);
  const without = (index: number) => sent.filter((_, at) => at !== index);
  expect(sent.findIndex(({ text }) => text.includes("404"))).toBe(5);
  expect(await told(without(5))).toEqual(["GET /1 200", "GET /2 ?", "GET /3 ?", "! gap"]);
  const many = Array.from({ length: 15 }, (_, index) => get(`/more/${index}`));
  const long = segments([get("/1"), answer(200), get("/lost"), ...many]);
  expect(await told(long.filter((_, at) => at !== 2))).toEqual(["GET /1 200", "! gap"]);
});

test("a body of which a part did not come is no gap", async () => {
  const sent = segments([get("/1"), answer(200, "x".repeat(5000)), get("/2"), answer(204)], 500);
  const thin = sent.filter(({ text }) => text !== "x".repeat(500));
  expect(thin.length).toBeLessThan(sent.length - 5);
  expect(await told(thin)).toEqual(["GET /1 200", "GET /2 204"]);
});

test("a trailer whose lines may be read differently", async () => {
  const chunks = "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
  const answered = (trailer: string) =>
    told(segments([get("/1"), ["server", chunks + trailer], get("/2"), answer(201)], 1));
  expect(await answered("A: b\r\n\r\n")).toEqual(["GET /1 200", "GET /2 201"]);
  expect(await answered("A: b\r\r\n\r\n")).toEqual(["GET /1 200", "! unreadable"]);
});
