import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { FlowRecord } from "../../src/record/index.js";
import { csvHeader, formatCsv } from "../../src/sinks/index.js";
import { anyRecord, hostileTexts, makeRecord } from "./records.js";

/** RFC 4180, read one character at a time. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[at++]!;
      else isQuoted = false;
    } else if (character === '"') {
      isQuoted = true;
    } else if (character === ",") {
      rows.at(-1)!.push(cell);
      cell = "";
    } else if (character === "\r" && text[at + 1] === "\n") {
      rows.at(-1)!.push(cell);
      cell = "";
      rows.push([]);
      at++;
    } else {
      cell += character;
    }
  }
  rows.at(-1)!.push(cell);
  return rows;
}

/** The row as an object, the guard against formulas taken off. */
function readBack(record: FlowRecord): Record<string, string> {
  const [header, row, ...rest] = parseCsv(`${csvHeader()}\r\n${formatCsv(record)}`);
  expect(rest).toEqual([]);
  expect(row).toHaveLength(header!.length);
  const unguarded = row!.map((cell) => cell.replace(/^'(?=[=+\-@＝＋－＠])/, ""));
  return Object.fromEntries(header!.map((name, index) => [name, unguarded[index]!]));
}

const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** What the format promises of text: these characters as escapes. */
const inAscii = (text: string) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    character.split("").map(escapeUnit).join(""),
  );

/** What stands at a path such as "client.port". */
const valueAt = (record: FlowRecord, path: string): unknown =>
  path.split(".").reduce<any>((value, key) => value?.[key], record);

test("an ordinary record", () => {
  expect(formatCsv(makeRecord())).toBe(
    "1,17,ipv4,tcp,192.0.2.7,51234,198.51.100.4,443,2026-11-24T09:00:00.000001000Z," +
      "2026-11-24T09:00:03.500000000Z,fin,1,12,20,1830,24011,tls,tls,web,payload,96," +
      'tls/client-hello,4,,,,,,"{""tls.alpn"":[""h2""],""tls.sni"":""www.example.org""}",' +
      "[],[],https,,,,[],SHaADdFf,1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
  );
});

test("text that changes its own order is written out", () => {
  const facts = { "http.user-agent": "evil\u202egpj" };
  expect(formatCsv(makeRecord({ facts }))).toContain('{""http.user-agent"":""evil\\u202egpj""}');
});

test("every column is a path of the record, and every field has its columns", () => {
  const record = makeRecord({
    applicationEvidence: { grade: "host", from: "tls.sni", flow: null },
  });
  const names = csvHeader().split(",");
  expect(names.filter((name) => valueAt(record, name) === undefined)).toEqual([]);
  const covered = new Set(names.map((name) => name.split(".")[0]!));
  expect(Object.keys(record).filter((key) => !covered.has(key))).toEqual([]);
});

test("any record is read back", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const row = readBack(record);
      for (const [name, cell] of Object.entries(row)) {
        const value = valueAt(record, name) ?? "";
        if (
          ["facts", "notices", "candidates", "tunnels"].includes(name) ||
          (name === "looks" && cell)
        ) {
          expect(JSON.parse(cell)).toEqual(JSON.parse(JSON.stringify(value)));
        } else {
          const expected = inAscii(Array.isArray(value) ? value.join(" ") : String(value));
          // The guard cannot be told from a quote that was there before one of these characters.
          expect(cell).toBe(expected.replace(/^'(?=[=+\-@＝＋－＠])/, ""));
        }
      }
    }),
  );
});

test.each(hostileTexts)("%j is never a formula", (text) => {
  const record = makeRecord({ application: text, protocol: text, facts: { x: text } });
  const [cells] = parseCsv(formatCsv(record));
  expect(cells!.filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
});

test("numbers below zero stay numbers", () => {
  const evidence = { grade: "none" as const, bits: -1, signature: null, packet: 1, flow: null };
  expect(readBack(makeRecord({ evidence }))["evidence.bits"]).toBe("-1");
});
