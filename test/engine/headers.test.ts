/** HTTP/2's header blocks in every engine and for the oracle: RFC 7541, appendix C; what Node encodes; what nobody should send. */
import { once } from "node:events";
import { connect } from "node:http2";
import { Duplex } from "node:stream";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { engineKinds } from "../../src/engine/index.js";
import { HUFFMAN_LENGTHS } from "../../src/engine/hpack-table.js";
import { Dissection } from "../../src/language/dissect.js";
import { PREFIX_LIMIT } from "../../src/language/limits.js";
import { Assembler } from "../support/assemble.js";
import { testEngine } from "../support/engines.js";
import { Recognition } from "./recognise.harness.js";

const hex = (digits: string) => Buffer.from(digits.replaceAll(" ", ""), "hex");

function frame(type: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}
const headers = (...blocks: string[]) =>
  Buffer.concat(blocks.map((block, index) => frame(1, 4, 2 * index + 1, hex(block))));

/** The whole text, in one go. */
class Reader {
  #row = 1;
  constructor(readonly recognition: Recognition) {}

  static async create(kind: (typeof engineKinds)[number]): Promise<Reader> {
    const asm = new Assembler();
    const program = [
      [abi.OP_DISSECT, 0, abi.DISSECTOR_HTTP2],
      [abi.OP_POSITION, 0, 0],
      [abi.OP_REMAINING, 1, 0],
      [abi.OP_SKIP_REGISTER, 1, 0],
      [abi.OP_SPAN, 0, 0],
      [abi.OP_DONE, 0, 0],
    ] as const;
    asm.signature({ client: [program.map((line) => [...line])], opens: ["client"] });
    return new Reader(await Recognition.create((map) => testEngine(kind, map), asm.tables()));
  }

  text(bytes: Uint8Array): string {
    const { recognition } = this;
    recognition.open(this.#row, { protocol: "udp" });
    recognition.give(this.#row, { bytes });
    const [span] = recognition.spans();
    recognition.settle(this.#row);
    this.#row = (this.#row % 60) + 1;
    expect(recognition.memory.brokenCanaries()).toEqual([]);
    return String(span?.value);
  }
}

const oracle = (bytes: Uint8Array, more = false) => {
  const made = new Dissection().run("http2-headers", bytes, 0, more)!;
  return { text: Buffer.from(made.bytes).toString("latin1"), more: made.more };
};

let readers: { name: string; text: (bytes: Uint8Array) => string }[] = [];
beforeAll(async () => {
  const engines = await Promise.all(engineKinds.map(async (kind) => Reader.create(kind)));
  readers = [
    { name: "oracle", text: (bytes) => oracle(bytes).text },
    ...engines.map((reader, index) => ({
      name: engineKinds[index]!,
      text: (bytes: Uint8Array) => reader.text(bytes),
    })),
  ];
});

/** What all of them say. */
function read(bytes: Uint8Array): string {
  const texts = readers.map(({ name, text }) => [name, text(bytes)] as const);
  const [[, first]] = texts as [readonly [string, string]];
  expect(texts).toEqual(texts.map(([name]) => [name, first]));
  return first;
}

const EXAMPLE = ":authority: www.example.com\n";
const REQUESTS = [
  `:method: GET\n:scheme: http\n:path: /\n${EXAMPLE}\n`,
  `:method: GET\n:scheme: http\n:path: /\n${EXAMPLE}cache-control: no-cache\n\n`,
  `:method: GET\n:scheme: https\n:path: /index.html\n${EXAMPLE}custom-key: custom-value\n\n`,
].join("");
const DATE = "date: Mon, 21 Oct 2013 20:13:21 GMT\n";
const LOCATION = "location: https://www.example.com\n";
const RESPONSES = [
  `:status: 302\ncache-control: private\n${DATE}${LOCATION}\n`,
  `:status: 307\ncache-control: private\n${DATE}${LOCATION}\n`,
  `:status: 200\ncache-control: private\n${DATE.replace("21 GMT", "22 GMT")}${LOCATION}`,
  "content-encoding: gzip\nset-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1\n\n",
].join("");
/** §6.3: the table of C.5 and C.6 has 256 bytes, which the examples say elsewhere. */
const RESIZED = "3fe101";

describe("RFC 7541, appendix C", () => {
  test.each([
    [
      "C.2.1",
      "400a637573746f6d2d6b65790d637573746f6d2d686561646572",
      "custom-key: custom-header\n\n",
    ],
    ["C.2.2", "040c2f73616d706c652f70617468", ":path: /sample/path\n\n"],
    ["C.2.3", "100870617373776f726406736563726574", "password: secret\n\n"],
    ["C.2.4", "82", ":method: GET\n\n"],
  ])("%s", (_, block, text) => {
    expect(read(headers(block))).toBe(text);
  });

  test.each([
    [
      "C.3: requests",
      REQUESTS,
      [
        "828684410f7777772e6578616d706c652e636f6d",
        "828684be58086e6f2d6361636865",
        "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
      ],
    ],
    [
      "C.4: requests with Huffman code",
      REQUESTS,
      [
        "828684418cf1e3c2e5f23a6ba0ab90f4ff",
        "828684be5886a8eb10649cbf",
        "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
      ],
    ],
    [
      "C.5: responses, fields are evicted",
      RESPONSES,
      [
        `${RESIZED}4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d`,
        "4803333037c1c0bf",
        "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31",
      ],
    ],
    [
      "C.6: responses with Huffman code",
      RESPONSES,
      [
        `${RESIZED}488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3`,
        "4883640effc1c0bf",
        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
      ],
    ],
  ])("%s", (_, text, blocks) => {
    expect(read(headers(...blocks))).toBe(text);
  });
});

test("the Huffman code is complete: appendix B", () => {
  expect(HUFFMAN_LENGTHS).toHaveLength(257);
  expect(HUFFMAN_LENGTHS.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
});

describe("frames", () => {
  const block = hex("828684410f7777772e6578616d706c652e636f6d");
  const text = `:method: GET\n:scheme: http\n:path: /\n${EXAMPLE}\n`;
  const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  test("the preface and frames of other types are passed over", () => {
    const others = [frame(4, 0, 0, hex("000300000064")), frame(8, 0, 0, hex("00010000"))];
    expect(read(Buffer.concat([preface, ...others, frame(1, 5, 1, block)]))).toBe(text);
  });

  test("padding and priority", () => {
    const payload = Buffer.concat([hex("03 00000000 0f"), block, hex("000000")]);
    expect(read(frame(1, 0x2c, 1, payload))).toBe(text);
  });

  test.each([0, 1, 4, 5, 19])("a continuation behind %i bytes", (at) => {
    const first = frame(1, 0, 1, block.subarray(0, at));
    const empty = frame(9, 0, 1, hex(""));
    const next = frame(9, 4, 1, block.subarray(at));
    expect(read(Buffer.concat([first, empty, next]))).toBe(text);
    expect(read(Buffer.concat([first, empty]))).not.toContain("\n\n");
  });

  test.each([
    ["of another stream", frame(9, 4, 3, block)],
    ["that is none", frame(0, 4, 1, block)],
  ])("nothing is read behind a continuation %s", (_, wrong) => {
    expect(read(Buffer.concat([frame(1, 0, 1, hex("82")), wrong]))).toBe(":method: GET\n");
  });

  test.each([
    ["more padding than payload", frame(1, 0x0c, 1, hex("02 82"))],
    ["no room for the padding's length", frame(1, 0x0c, 1, hex(""))],
    ["no room for the priority", frame(1, 0x24, 1, hex("00000000"))],
    ["headers of no stream", frame(1, 4, 0, hex("82"))],
    ["a continuation of nothing", frame(9, 4, 1, hex("82"))],
    ["a promise, whose fields would be missed", frame(5, 4, 1, hex("00000002 82"))],
  ])("nothing is read behind %s", (_, wrong) => {
    expect(read(Buffer.concat([wrong, frame(1, 4, 3, hex("82"))]))).toBe("");
  });
});

describe("nothing is read behind", () => {
  test.each([
    ["index 0", "80"],
    ["an index that no field has", "be"],
    ["an integer above 28 bits", "ffffffffff0f"],
    ["a table larger than 64 KiB", "3fe2ff03"],
    ["a string that the block does not hold", "000161 7e 6262"],
    ["EOS", "000161 84 ffffffff"],
    ["padding that is not of ones", "000161 81 18"],
    ["padding of eight bits", "000161 82 1fff"],
    ["a name without characters", "0000 0161"],
    ["a name in capitals", "000141 0161"],
    ["a colon in a name", "0003613a62 0161"],
    ["a line feed in a value", "000161 03610a62"],
    ["NUL in a value", "000161 0100"],
  ])("%s", (_, field) => {
    expect(read(headers(`82 ${field} 82`, "83"))).toBe(":method: GET\n");
  });

  test("a table of exactly 64 KiB is one", () => {
    expect(read(headers("3fe1ff03 82"))).toBe(":method: GET\n\n");
  });

  test("the end of the text's room", () => {
    // One long field is entered, then repeated by one byte each time.
    const long = `4001617f8107${"62".repeat(1024)}`;
    const text = read(headers(long + "be".repeat(20)));
    const line = `a: ${"b".repeat(1024)}\n`;
    expect(text).toBe(line.repeat(Math.floor(PREFIX_LIMIT / line.length)));
  });

  test("a table of 512 fields", () => {
    // Each is evicted by the next one.
    const text = read(headers(`3f03 ${"400161 00".repeat(600)}`));
    expect(text).toBe("a: \n".repeat(513));
  });
});

/** What Node's client sends for these requests. */
async function encoded(requests: readonly Record<string, string>[]): Promise<Buffer> {
  const sent: Buffer[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      sent.push(chunk);
      done();
    },
  });
  const session = connect("http://example.org:8080", { createConnection: () => socket });
  await once(session, "connect");
  for (const fields of requests) {
    session.request(fields).on("error", () => {});
    await new Promise((done) => setImmediate(done));
  }
  await new Promise((done) => setTimeout(done, 20));
  session.destroy();
  return Buffer.concat(sent);
}

test("what Node encodes", async () => {
  const value = fc.string({
    unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 40,
  });
  const name = fc.string({ unit: fc.constantFrom(..."abz019-_"), minLength: 1, maxLength: 12 });
  const fields = fc.dictionary(
    name.map((rest) => `x${rest}`),
    value.filter((each) => !each.includes("\x7f")),
    { maxKeys: 6 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 4 }), async (requests) => {
      const text = requests
        .map((each) =>
          [
            ...Object.entries({ ":method": "GET", ":authority": "example.org:8080" }),
            [":scheme", "http"],
            [":path", "/"],
            ...Object.entries(each),
          ]
            .map(([key, own]) => `${key}: ${own}\n`)
            .join(""),
        )
        .join("\n");
      const bytes = await encoded(requests.map((each) => ({ ...each })));
      expect(read(bytes)).toBe(`${text}\n`);
    }),
    { numRuns: 25 },
  );
});

const byteArrays = (maxLength: number) => fc.uint8Array({ maxLength });
const soup = fc
  .array(
    fc.oneof(
      fc
        .constantFrom(
          "82",
          "84",
          "be",
          "bf",
          "c0",
          "20",
          "3f03",
          "3fe101",
          "ffffffffff0f",
          "7f",
          "0f",
          "ff",

          "400161 0162",
          "000161 83 1c6433",
          "5886a8eb10649cbf",
          "4001618d f1e3c2e5f23a6ba0ab90f4ff00",
        )
        .map(hex),
      byteArrays(12),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Buffer.concat(parts));
const frames = fc
  .array(
    fc
      .tuple(
        fc.constantFrom(1, 1, 1, 9, 9, 4, 0, 5),
        fc.constantFrom(0, 4, 4, 5, 0x0c, 0x24, 0x2c, 0xff),
        fc.constantFrom(1, 1, 1, 3, 0),
        soup,
      )
      .map(([type, flags, stream, payload]) => frame(type, flags, stream, payload)),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) => Buffer.concat(all));

test("all read the same of any frames", () => {
  fc.assert(
    fc.property(frames, (bytes) => {
      read(bytes);
    }),
    { numRuns: 2000 },
  );
});

test("what the first bytes gave stays when more of them are there", () => {
  fc.assert(
    fc.property(frames, fc.nat(400), (bytes, at) => {
      const first = oracle(bytes.subarray(0, at), true);
      const all = oracle(bytes);
      expect(all.text.startsWith(first.text)).toBe(true);
      if (!first.more) expect(all.text).toBe(first.text);
    }),
    { numRuns: 2000 },
  );
});
