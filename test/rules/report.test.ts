/** What `rules check` says of a rule that compiles and is not as meant, each with its place. */
import { expect, test } from "vitest";
import { formatReports, reportRules } from "../../src/rules/report.js";
import { read } from "./rules.js";

test("what is doubtful, what fell, what each side is worth", () => {
  const [report] = reportRules(
    read(`name: own
title: Own
category: test
source: test
signatures:
  s:
    over: tcp
    client:
      - step: [{ hex: "ac 3e 9d 01 5f 77" }, { u16: length }, { remains: length }]
    server:
      - step: [{ hex: "ac 3e" }]
  never:
    over: udp
    client:
      - step: [{ hex: "ac 3e 9d 01 5f 78" }]
facts: { kind: { numberFact: D5 } }
samples:
  yes:
    - tcp: [{ client: { hex: "ac 3e 9d 01 5f 77 0000" } }, { server: { hex: "ac 3e" } }]
    - tcp: [{ client: { hex: "ac 3e 9d 02" } }]
`),
  ).map((each) => ({ ...each, text: formatReports([each]) }));
  const { lines, failures, warnings, text } = report!;
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^ {2}either side may name it: client alone \d+; server alone 16, not enough$/,
    ),
  );
  expect(failures).toEqual([
    {
      file: "own.yaml",
      line: 20,
      column: 7,
      message:
        "own, sample yes 2: no signature matches it; own/s, client 1: fell at byte 0: found ac 3e 9d 02, wanted ac 3e 9d 01 5f 77",
    },
  ]);
  expect(warnings.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    "9: own/s, client 1: over TCP it waits for the end of the connection, and the name comes that late: leave it out, or put it into `within` with the length that the message has",
    '16: own: its fact "kind" is never reported: `report: kind`, or leave it out of `facts`',
    "12: own/never: no sample matches it to its end: write one that does",
  ]);
  expect(text).toContain("1 of 2 samples are not as the rule says");
});
