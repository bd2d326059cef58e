/** What the worst inputs cost is bounded: counted, so it is the same on any machine. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { WORST } from "../../bench/worst-inputs.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("no constructed input costs more steps a byte than the constant", () => {
  // It exits with 1 where one does.
  const text = execFileSync(process.execPath, ["--import", "tsx", "bench/worst.ts"], {
    cwd: root,
    encoding: "utf8",
  });
  const rows = text.split("\n").flatMap((line) => {
    const [, perByte, name] = /^ *([\d.]+) +\d+ {2}(.*) \(/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, perByte: Number(perByte) }];
  });
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(WORST).sort());
  // Something was counted: the worst do cost.
  expect(rows[0]!.perByte).toBeGreaterThan(50);
}, 180_000);
