import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FlowRecord, SideLooks, Summary } from "../../src/record/index.js";
import { createSink, type SinkFormat, type SinkOptions } from "../../src/sinks/index.js";
import { measure } from "../../src/sinks/terminal.js";
import { anyRecord, hostileTexts, makeRecord, makeSummary } from "./records.js";

/** What a sink writes for these records, by lines. */
function linesOf(
  format: SinkFormat,
  records: readonly FlowRecord[],
  options: Partial<SinkOptions> = {},
  totals: Summary = makeSummary(),
): string[] {
  let text = "";
  const sink = createSink(format, {
    write: (piece) => (text += piece),
    summary: false,
    ...options,
  });
  for (const record of records) sink.write(record);
  sink.end(totals);
  return text.split("\n").slice(0, -1);
}

const table = (records: readonly FlowRecord[], options: Partial<SinkOptions> = {}) =>
  linesOf("table", records, options);

const none = { grade: "none" as const, bits: 0, signature: null, packet: 1, flow: null };
const flows = [
  makeRecord({ id: 1, application: "netflix" }),
  makeRecord({
    id: 2,
    transport: "udp",
    server: { address: "203.0.113.200", port: 123 },
    protocol: "ntp",
    stack: ["ntp"],
    evidence: { ...none, grade: "corroborated", bits: 12 },
    facts: {},
    start: "2026-11-24T09:00:12.345001000Z",
  }),
  makeRecord({
    id: 3,
    network: "ipv6",
    transport: "icmpv6",
    client: { address: "2001:db8:85a3::8a2e:370:7334", port: 0 },
    server: { address: "2001:db8::1", port: 0 },
    protocol: "icmpv6",
    stack: ["icmpv6"],
    evidence: { ...none, grade: "header" },
    facts: {},
  }),
  makeRecord({
    id: 4,
    network: "ipv6",
    client: { address: "2001:db8:85a3::8a2e:370:7334", port: 50000 },
    server: { address: "2001:db8::1", port: 443 },
    protocol: "http2",
    stack: ["tls", "http2"],
  }),
  makeRecord({ id: 5, protocol: null, stack: [], evidence: none, facts: {}, flags: ["midstream"] }),
  makeRecord({ id: 6, protocol: null, stack: [], evidence: none, facts: {}, portGuess: null }),
];

describe("columns", () => {
  test("200 cells show everything", () => {
    expect(table(flows, { width: 200 }).join("\n")).toMatchInlineSnapshot(`
      "#  time (s)  client                               → server             transport    protocol   name                       packets    bytes  flags
      1     0.000  192.0.2.7:51234                      → 198.51.100.4:443   tcp        ● tls        netflix · www.example.org       32  25.8 kB
      2    12.345  192.0.2.7:51234                      → 203.0.113.200:123  udp        ◐ ntp                                        32  25.8 kB
      3     0.000  2001:db8:85a3::8a2e:370:7334         → 2001:db8::1        icmpv6     ○ icmpv6                                     32  25.8 kB
      4     0.000  [2001:db8:85a3::8a2e:370:7334]:50000 → [2001:db8::1]:443  tcp        ● tls/http2  www.example.org                 32  25.8 kB
      5     0.000  192.0.2.7:51234                      → 198.51.100.4:443   tcp        ○ https?                                     32  25.8 kB  midstream
      6     0.000  192.0.2.7:51234                      → 198.51.100.4:443   tcp          unknown                                    32  25.8 kB"
    `);
  });

  test("80 cells show who, what and how much", () => {
    expect(table(flows, { width: 80 }).join("\n")).toMatchInlineSnapshot(`
      "#  client           → server               protocol   name                 bytes
      1  192.0.2.7:51234  → 198.51.100.4:443   ● tls        netflix …mple.org  25.8 kB
      2  192.0.2.7:51234  → 203.0.113.200:123  ◐ ntp                           25.8 kB
      3  2001:db…370:7334 → 2001:db8::1        ○ icmpv6                        25.8 kB
      4  2001:db…370:7334 → [2001:db8::1]:443  ● tls/http2  www.example.org    25.8 kB
      5  192.0.2.7:51234  → 198.51.100.4:443   ○ https?                        25.8 kB
      6  192.0.2.7:51234  → 198.51.100.4:443     unknown                       25.8 kB"
    `);
  });

  test("40 cells show what matters most", () => {
    expect(table(flows, { width: 40 }).join("\n")).toMatchInlineSnapshot(`
      "# → server        protocol  name
      1 → 19…0.4:443  ● tls       netfl…le.org
      2 → 20…200:123  ◐ ntp
      3 → 2001…b8::1  ○ icmpv6
      4 → [2…:1]:443  ● http2     www.e…le.org
      5 → 19…0.4:443  ○ https?
      6 → 19…0.4:443    unknown"
    `);
  });

  test.each([20, 40, 80, 120, 200])("no line is wider than %i cells", (width) => {
    const hostile = hostileTexts.map((text, index) =>
      makeRecord({ id: 10 + index, application: text, facts: { "tls.sni": text } }),
    );
    for (const line of table([...flows, ...hostile], { width })) {
      expect(measure(line)).toBeLessThanOrEqual(width);
    }
  });

  test("without a width nothing is cut", () => {
    const name = `${"long.".repeat(40)}example.org`;
    const [, row] = table([makeRecord({ facts: { "tls.sni": name } })]);
    expect(row).toContain(name);
  });

  test("columns stand one below the other, wide characters or not", () => {
    const names = ["example.org", "中文字符.example", "e\u0301tude.example", "👍.example"];
    const rows = table(names.map((name) => makeRecord({ facts: { "tls.sni": name } })));
    const columns = rows.map((row) => measure(row.slice(0, row.search(/ +(bytes|25\.8 kB)/))));
    expect(new Set(columns.slice(1)).size).toBe(1);
  });

  test("a column without content is not there", () => {
    const [heading] = table([makeRecord({ facts: {} })], { width: 200 });
    expect(heading).not.toMatch(/name|flags/);
  });
});

describe("safety", () => {
  test("any record, at any width: no control characters, no line wider than the terminal", () => {
    fc.assert(
      fc.property(fc.array(anyRecord), fc.integer({ min: 20, max: 250 }), (records, width) => {
        for (const line of table(records, { width })) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          expect(measure(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  test("only the style adds to the text", () => {
    const style = (tone: string, text: string) => `<${tone}>${text}</${tone}>`;
    const styled = table(flows, { width: 120, style }).map((line) => line.replace(/<\/?\w+>/g, ""));
    expect(styled.map((line) => line.trimEnd())).toEqual(table(flows, { width: 120 }));
  });
});

describe("order", () => {
  const ended = [3, 1, 2].map((id) => makeRecord({ id, facts: {} }));
  const ids = (lines: readonly string[]) => lines.slice(1).map((line) => Number.parseInt(line, 10));

  test("a small capture is shown in order of first packets", () => {
    expect(ids(table(ended))).toEqual([1, 2, 3]);
  });

  test("parts of a flow follow each other", () => {
    const parts = [2, 1].map((part) =>
      makeRecord({ id: 1, ended: { reason: part === 1 ? "active" : "fin", part } }),
    );
    expect(table(parts).map((line) => /part \d/.exec(line)?.[0])).toEqual([
      undefined,
      "part 1",
      "part 2",
    ]);
  });

  test("what is flushed is shown as flows end", () => {
    let text = "";
    const sink = createSink("table", { write: (piece) => (text += piece), summary: false });
    sink.flush();
    expect(text).toBe("");
    sink.write(ended[0]!);
    sink.flush();
    expect(ids(text.trimEnd().split("\n"))).toEqual([3]);
    sink.write(ended[1]!);
    expect(ids(text.trimEnd().split("\n"))).toEqual([3, 1]);
  });

  test("memory stays bounded: rows go out before the end", () => {
    let lines = 0;
    const sink = createSink("table", { write: () => lines++, width: 80 });
    for (let id = 1; id <= 2000; id++) sink.write(makeRecord({ id }));
    expect(lines).toBe(2001);
  });
});

describe("totals", () => {
  const totals = makeSummary({
    flows: 23,
    packets: 4242,
    bytes: 1_234_567,
    seconds: 61.5,
    protocols: [
      { name: "tls", grade: "payload", flows: 20, packets: 4000, bytes: 1_200_000 },
      { name: "ntp", grade: "corroborated", flows: 1, packets: 2, bytes: 180 },
      { name: null, flows: 2, packets: 10, bytes: 1000 },
    ],
    unhandled: [
      {
        kind: "ethertype",
        value: 0x88cc,
        name: "ethertype 0x88cc (LLDP)",
        packets: 12,
        bytes: 3400,
      },
    ],
    counters: { ...makeSummary().counters, noFlow: 12, malformed: 1, evicted: 2 },
  });

  test("say what was read, what it was, and what was not understood", () => {
    const lines = linesOf("table", [], { width: 80, summary: true }, totals);
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "23 flows, 4,242 packets, 1.2 MB in 62 s

        protocol  flows  packets   bytes
      ● tls          20    4,000  1.2 MB
      ◐ ntp           1        2   180 B
        unknown       2       10  1.0 kB
      ● proved by payload  ◐ payload and port agree  ○ header, or a guess (?)

      Not understood, so in no flow: 12 packets
        12  3.4 kB  ethertype 0x88cc (LLDP)

      Remarks
        1 packet with a malformed header
        2 flows ended early: the flow table was full (--max-flows)"
    `);
  });

  test("none writes only them", () => {
    const options = { width: 80, summary: true };
    expect(linesOf("none", flows, options, totals)).toEqual(linesOf("table", [], options, totals));
    expect(linesOf("none", flows, { summary: false }, totals)).toEqual([]);
  });

  test.each([20, 40, 80])("fit %i cells", (width) => {
    for (const line of linesOf("table", flows, { width, summary: true }, totals)) {
      expect(measure(line)).toBeLessThanOrEqual(width);
    }
  });

  test("many protocols are summed up", () => {
    const protocols = Array.from({ length: 30 }, (_, index) => ({
      name: `p${index}`,
      flows: 1,
      packets: 2,
      bytes: 100,
    }));
    const lines = linesOf("none", [], { summary: true }, { ...totals, protocols });
    expect(lines.find((line) => line.includes("18 others"))).toMatch(/18 +36 +1\.8 kB$/);
  });
});

test("csv has its header row even without flows", () => {
  expect(linesOf("csv", [])).toHaveLength(1);
  expect(linesOf("csv", flows)).toHaveLength(flows.length + 1);
});

test("a flow without a name shows what it looks like, each side once", () => {
  const side = { kind: "encrypted-looking", format: null, entropy: 7.1, bytes: 300 } as const;
  const text = { kind: "text", format: "us-ascii", entropy: 4, bytes: 30 } as const;
  const unnamed = { protocol: null, stack: [], facts: {} };
  const shown = (toServer: SideLooks | null, toClient: SideLooks | null) =>
    table([makeRecord({ ...unnamed, looks: { toServer, toClient } })]).join("\n");
  expect(shown(side, side)).toContain("(encrypted-looking)");
  expect(shown(side, text)).toContain("(encrypted-looking / us-ascii)");
  expect(shown(null, text)).toContain("(us-ascii)");
});
