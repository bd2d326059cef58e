/** HTTP/1 transactions: requests and responses of a connection, however its bytes come. */
import { describe, expect, test } from "vitest";
import { Budget } from "../../src/classifier/budget.js";
import { Exchange } from "../../src/classifier/http1/exchange.js";
import { CHUNK_LINE_MAX, HEAD_MAX, textOf } from "../../src/classifier/http1/reader.js";
import { readHead } from "../../src/classifier/http1/head.js";
import { WAITING_MAX } from "../../src/classifier/transactions.js";
import { openBytes } from "../../src/sources/bytes.js";
import type { ClassifierEvent } from "../../src/record/events.js";
import { createClassifier, engineKinds, fixtureBytes } from "../support/classifier.js";

type Segment = readonly [side: "client" | "server", bytes: string, at?: number];

const GAP_PACKETS = 4;
const FIRST = 0xfffffff0;

/** What an exchange tells of segments: first lines of heads, and why it stopped. `at` says where a segment stands. */
function hear(segments: readonly Segment[], budget = new Budget(1 << 20)) {
  const heads: string[] = [];
  const exchange = new Exchange(
    (_, bytes, begin, end) => heads.push(textOf(bytes, begin, end).split(/\r?\n/)[0]!),
    budget,
    GAP_PACKETS,
  );
  const ends = [0, 0];
  let stopped: string | undefined;
  for (const [side, text, at] of segments) {
    const direction = side === "client" ? 0 : 1;
    if (!exchange.isBegun(direction)) exchange.begin(direction, FIRST);
    const offset = at ?? ends[direction]!;
    ends[direction] = offset + text.length;
    const bytes = Buffer.from(text, "latin1");
    stopped = exchange.hear(direction, (FIRST + offset) >>> 0, bytes, 0, bytes.length);
    if (stopped !== undefined) break;
  }
  exchange.release();
  return { heads, stopped };
}

const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: example.org\r\n\r\n`;
const ok = (...fields: string[]) => ["HTTP/1.1 200 OK", ...fields, "", ""].join("\r\n");
const chunked = `${ok("Transfer-Encoding: chunked")}4;a=b\r\nHTTP\r\n00A\r\n/1.1 200 O\r\n0\r\nTrailer: x\r\n\r\n`;

const requests = [
  get("/1"),
  "HEAD /2 HTTP/1.1\r\n\r\n",
  "POST /3 HTTP/1.1\r\nContent-Length: 18\r\nExpect: 100-continue\r\n\r\nGET / HTTP/1.1\r\n\r\n",
  get("/4"),
  get("/5"),
].join("");
const responses = [
  ok("Content-Length: 4, 4") + "\n\n\r\n",
  "HTTP/1.1 203 Head\r\nContent-Length: 500\r\n\r\n",
  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 None\r\n\r\n",
  chunked,
  "HTTP/1.1 404\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
].join("");
const told = [
  "GET /1 HTTP/1.1",
  "HEAD /2 HTTP/1.1",
  "POST /3 HTTP/1.1",
  "GET /4 HTTP/1.1",
  "GET /5 HTTP/1.1",
  "HTTP/1.1 200 OK",
  "HTTP/1.1 203 Head",
  "HTTP/1.1 204 None",
  "HTTP/1.1 200 OK",
  "HTTP/1.1 404",
];

/** Pieces of a text, each with its place. */
const cut = (side: "client" | "server", text: string, size: number): Segment[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) => [
    side,
    text.slice(index * size, (index + 1) * size),
    index * size,
  ]);

describe("messages", () => {
  test.each([1, 2, 7, 100, 5000])("are the same in segments of %i bytes", (size) => {
    const segments = [...cut("client", requests, size), ...cut("server", responses, size)];
    expect(hear(segments)).toEqual({ heads: told, stopped: undefined });
  });

  test("are the same in segments that come in another order, twice, and overlap", () => {
    const shuffled = (side: "client" | "server", text: string) => {
      const pieces = cut(side, text, 20);
      return pieces.flatMap((_, index) => [pieces[index ^ 1] ?? pieces[index]!, pieces[index]!]);
    };
    expect(hear([...shuffled("client", requests), ...shuffled("server", responses)])).toEqual({
      heads: told,
      stopped: undefined,
    });
  });

  test("go on behind a body of which nothing came, and one of more than 4 GiB", () => {
    const length = 5 * 2 ** 30;
    const head = ok(`Content-Length: ${length}`);
    const middle: Segment[] = Array.from({ length: 9 }, (_, index) => [
      "server",
      "x",
      head.length + (index + 1) * 2 ** 29,
    ]);
    expect(
      hear([
        ["client", get("/1") + get("/2")],
        ["server", head],
        ...middle,
        ["server", ok(), head.length + length],
      ]).heads,
    ).toHaveLength(4);
  });

  test("go on behind CONNECT that was refused, and not behind one that was not", () => {
    const connect = "CONNECT a:443 HTTP/1.1\r\n\r\n";
    const refused = "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n";
    expect(
      hear([
        ["client", connect + connect],
        ["server", refused],
        ["client", "\x16\x03\x01"],
        ["server", ok()],
      ]),
    ).toMatchObject({ heads: { length: 4 }, stopped: "switched" });
  });
});

describe("a connection is given up", () => {
  const asked: Segment = ["client", get("/")];
  const answer = (text: string) => hear([asked, ["server", text]]).stopped;

  test("behind a gap, and tells nothing that it is not sure of", () => {
    const lost: Segment[] = [
      ["client", get("/1")],
      ...Array.from({ length: GAP_PACKETS + 1 }, (_, index): Segment => {
        return ["client", get("/x"), 1000 + index * 100];
      }),
    ];
    expect(hear(lost)).toEqual({ heads: ["GET /1 HTTP/1.1"], stopped: "gap" });
  });

  test("where another protocol begins", () => {
    const switched = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
    expect(answer(switched)).toBe("switched");
  });

  test("at a response that nobody asked for", () => {
    expect(hear([["server", ok()]])).toEqual({ heads: ["HTTP/1.1 200 OK"], stopped: "unasked" });
  });

  test.each([
    ["lengths that differ", "Content-Length: 4\r\nContent-Length: 5"],
    ["a list of them", "Content-Length: 4, 5"],
    ["a length that is none", "Content-Length: +4"],
    ["a length beyond all bounds", "Content-Length: 99999999999999999999"],
    ["a length beside chunks", "Content-Length: 4\r\nTransfer-Encoding: chunked"],
    ["chunks in front of another coding", "Transfer-Encoding: chunked, gzip"],
    ["a blank in front of the colon", "Content-Length : 4"],
    ["a length that goes on in the next line", "Content-Length: 4\r\n 2"],
    ["a CR alone", "X: a\rContent-Length: 4"],
    ["a field without colon", "nonsense"],
    ["a name with a byte beyond ASCII", "X\xff: a"],
    ["another letter that is lower-case k", "Transfer-Encoding: chun\xe2\x84\xaaed"],
  ])("at %s", (_, fields) => {
    expect(answer(ok(fields))).toBe("unreadable");
  });

  test.each([
    ["a size beyond all bounds", `${"f".repeat(40)}\r\n`],
    ["no size", "\r\n"],
    ["a size that is no number", "x\r\n"],
    ["a line end that is LF alone", "4\nabcd"],
    ["a chunk that goes on", "4\r\nabcdef\r\n"],
  ])("at a chunk with %s", (_, body) => {
    expect(answer(ok("Transfer-Encoding: chunked") + body)).toBe("unreadable");
  });

  test("at a head, a chunk's line and a trailer that do not end", () => {
    const chunks = ok("Transfer-Encoding: chunked");
    expect(answer(`HTTP/1.1 200 OK\r\nX: ${"a".repeat(HEAD_MAX)}`)).toBe("limit");
    expect(answer(`${chunks}4;${"a".repeat(CHUNK_LINE_MAX)}`)).toBe("limit");
    expect(answer(`${chunks}0\r\n${"a: b\r\n".repeat(HEAD_MAX / 6 + 1)}`)).toBe("limit");
  });

  test("when more requests wait than are kept", () => {
    expect(hear([["client", get("/").repeat(WAITING_MAX)]]).stopped).toBeUndefined();
    expect(hear([["client", get("/").repeat(WAITING_MAX + 1)]]).stopped).toBe("limit");
  });

  test("when no memory is left, and all that was kept is given back", () => {
    const budget = new Budget(600);
    const half: Segment = ["client", `GET / HTTP/1.1\r\nX: ${"a".repeat(280)}`];
    expect(hear([half], budget).stopped).toBeUndefined();
    expect(hear([half, ["client", "a".repeat(400)]], budget).stopped).toBe("limit");
    expect(budget.take(600)).toBe(true);
  });
});

test("a head without a version, or of another protocol, is none", () => {
  expect(readHead("GET /\r\n\r\n", true)).toBeUndefined();
  expect(readHead("OPTIONS rtsp://a RTSP/1.0\r\n\r\n", true)).toBeUndefined();
  expect(readHead("HTTP/1.0 200\r\nTransfer-Encoding: chunked\r\n\r\n", false)).toBeUndefined();
});

describe.each(engineKinds)("with the engine %s", (engine) => {
  const eventsOf = async (file: string, facts: boolean | string[] = true) => {
    const events: ClassifierEvent[] = [];
    const onEvent = (event: ClassifierEvent) => events.push(event);
    const classifier = await createClassifier({ engine, facts, onEvent });
    await classifier.read(openBytes(fixtureBytes(file)));
    classifier.finish();
    classifier.close();
    return events;
  };

  test("each request of a connection is a transaction, with the facts that the mask lets through", async () => {
    const events = await eventsOf("http/nginx-keepalive-ipv6.pcap", ["http.target", "http.status"]);
    const facts = events.flatMap((event) => (event.type === "transaction" ? [event.facts] : []));
    expect(facts).toEqual([
      { "http.target": "/", "http.status": 200 },
      { "http.target": "/long.txt", "http.status": 200 },
      { "http.target": "/missing", "http.status": 404 },
    ]);
  });

  test("what a tunnel carries is none, and the end is told", async () => {
    const events = await eventsOf("http/tinyproxy.pcap");
    const ends = events.flatMap((event) => (event.type === "transactions-end" ? [event] : []));
    expect(ends.map(({ reason }) => reason)).toEqual(["switched", "switched"]);
  });
});
