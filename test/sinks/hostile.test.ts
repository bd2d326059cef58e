/**
 * Text that means harm, in every place that text can stand, through every format. Read back by parsers of others:
 * JSON.parse, csv-parse, and the terminal of xterm.js.
 */
import { parse as parseCsv } from "csv-parse/sync";
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Story } from "../../src/explain/story.js";
import { formatStory } from "../../src/explain/text.js";
import type { FlowRecord, Summary } from "../../src/record/index.js";
import { createSink, formatSummary, SINK_FORMATS } from "../../src/sinks/index.js";
import { json } from "../../src/sinks/jsonl.js";
import { allStories, fixture } from "../explain/stories.js";
import { show } from "../support/screen.js";
import { anyRecord, hostileTexts, makeSummary } from "./records.js";

const MORE = [
  "\u001b]52;c;cm0gLXJm\u0007", // OSC 52 writes to the clipboard
  "\u001b]8;;file:///etc/passwd\u001b\\link\u001b]8;;\u001b\\",
  "\u001bP+q544e\u001b\\", // DCS that a terminal answers
  "\u001b[6n\u001b[c\u001bc", // reports and reset
  "\u0090q\u009c\u009d0;title\u009c\u009b2J\u0084\u0085", // the same as C1 characters
  "\u000e\u000f\b\b\b\u0007\u0005", // shifts, backspaces, bell, enquiry
  '";=cmd|"/c calc"!A1;"',
  "＝1＋1",
  "\r\n=1+1,=2+2",
  'a","b\r\n"c',
  "\u0000".repeat(5),
  "\u2066\u202eevil\u2069\u061c\u200f",
  "\ud83d",
  "constructor",
  "toString",
  "y".repeat(1500),
];
const hostile = fc.oneof(
  fc.constantFrom(...hostileTexts, ...MORE),
  fc.string({ unit: "binary" }),
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
);

/** Words of ours, which no traffic chooses: what they may be is in their types. */
const OURS = new Set(["direction", "side", "decidedBy", "bytes", "grade", "kind", "reason"]);

const isOurs = (key: string) => OURS.has(key);

/** The same with every text in it replaced, and keys of facts too. */
function poison<T>(value: T, next: () => string, key = ""): T {
  if (typeof value === "string") return (isOurs(key) ? value : next()) as T;
  if (Array.isArray(value))
    return value.map((each) => poison(each, next, isOurs(key) ? key : "")) as T;
  if (typeof value !== "object" || value === null) return value;
  const isFacts = key === "facts";
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      isFacts ? next() : name,
      poison(each, next, isFacts ? "" : name),
    ]),
  ) as T;
}

/** What a sink writes of records; no style, so whatever a terminal obeys is of the records. */
function written(
  format: (typeof SINK_FORMATS)[number],
  records: readonly FlowRecord[],
  summary: Summary,
  width?: number,
): string {
  let text = "";
  const sink = createSink(format, { write: (piece) => (text += piece), events: true, width });
  for (const record of records) sink.write(record);
  sink.end(summary);
  return text;
}

/** No terminal does anything but show it, each line in a line of its own. */
async function expectHarmless(text: string): Promise<void> {
  const { obeyed, cursor } = await show(text);
  expect(obeyed).toEqual([]);
  expect(cursor).toEqual({ row: text.split("\n").length - 1, column: 0 });
}

/** And every character is seen as it was written: what people read hides nothing. */
async function expectSeen(text: string): Promise<void> {
  await expectHarmless(text);
  const { lines } = await show(text);
  const expected = text.split("\n").map((line) => line.replace(/\r$/, "").trimEnd());
  const shown = [...lines];
  while (shown.length > expected.length) expect(shown.pop()).toBe("");
  expect(shown.map((line) => line.trimEnd())).toEqual(expected);
}

let stories: Story[];
beforeAll(async () => {
  stories = await allStories(() => fixture("http/nginx-curl.pcap"));
});

const summaries = fc.array(hostile, { maxLength: 5 }).map((names) =>
  makeSummary({
    flows: 3,
    protocols: names.map((name) => ({ name, grade: "payload", flows: 1, packets: 1, bytes: 1 })),
    unhandled: names.map((name) => ({
      kind: "ethertype",
      value: 1,
      name,
      packets: 1,
      bytes: 1,
    })),
  }),
);
const records = fc.array(anyRecord, { maxLength: 4 });

test.each([
  ["table", expectSeen],
  ["none", expectSeen],
  ["csv", expectHarmless],
  ["jsonl", expectHarmless],
] as const)("%s: no terminal obeys it", async (format, check) => {
  await fc.assert(
    fc.asyncProperty(records, summaries, async (some, summary) => {
      await check(written(format, some, summary));
    }),
    { numRuns: 60 },
  );
});

test("jsonl and events: each line is one value, the same that went in", () => {
  fc.assert(
    fc.property(records, summaries, (some, summary) => {
      const lines = written("jsonl", some, summary).split("\n");
      expect(lines.pop()).toBe("");
      expect(lines.map((line) => JSON.parse(line))).toEqual(
        JSON.parse(JSON.stringify(some)) as unknown,
      );
    }),
  );
});

test("csv: as many rows as records, no row has another number of cells, none is a formula", () => {
  fc.assert(
    fc.property(records, summaries, (some, summary) => {
      const rows = parseCsv(written("csv", some, summary), {
        record_delimiter: "\r\n",
        relax_column_count: false,
      });
      expect(rows).toHaveLength(some.length + 1);
      for (const row of rows.slice(1)) {
        // The numbers are ours: -1 bit is no formula.
        const texts = row.filter((cell) => !/^-[\d.e+-]+$/.test(cell));
        expect(texts.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
      }
    }),
  );
});

test("a story of hostile text: no terminal obeys it, and as JSON it is the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostile, { minLength: 20, maxLength: 60 }),
      fc.nat(),
      fc.option(fc.integer({ min: 20, max: 200 }), { nil: undefined }),
      async (texts, which, width) => {
        let used = 0;
        const next = () => texts[used++ % texts.length]!;
        const story = poison(stories[which % stories.length]!, next);
        const poisoned = { ...story, differences: [next()], problem: next() };
        await expectSeen(formatStory(poisoned, { width }));
        const text = json(poisoned, 2);
        await expectHarmless(`${text}\n`);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(poisoned)));
      },
    ),
    { numRuns: 60 },
  );
});

test("the terminal of these tests does obey", async () => {
  expect((await show("\u001b[2J\u0007\u001b]0;owned\u0007\u009b31m")).obeyed).toEqual([
    "CSI J",
    "bell",
    "OSC 0",
    "title owned",
    "CSI m",
  ]);
});

test("a summary alone", async () => {
  await fc.assert(
    fc.asyncProperty(summaries, fc.integer({ min: 20, max: 200 }), async (summary, width) => {
      await expectSeen(formatSummary(summary, { width }));
    }),
    { numRuns: 60 },
  );
});
