/** Captures that are damaged, disks that are full, readers and processes that end: what was found is written whole. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { csvHeader } from "../../src/sinks/index.js";
import {
  block,
  bytes,
  ethernet,
  type Frame,
  interfaceBlock,
  ipv4,
  pcapFile,
  pcapHeader,
  pcapngFile,
  pcapRecord,
  TYPE_IPV4,
  udp,
} from "../support/packets.js";
import { capture, frames, protocols } from "./capture.js";
import { finished, parseLines, root, run, start, temporaryFolder } from "./command.js";

const folder = temporaryFolder();
afterAll(folder.remove);
const inFolder = (name: string) => join(folder.path, name);
const written = (name: string, content: Uint8Array) => {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
};
/** Files that stand beside the results, and should not. */
const leftovers = (of: string) =>
  readdirSync(folder.path).filter((name) => name.startsWith(`.${of}`));

const namesOf = (text: string) =>
  parseLines(text)
    .sort((a, b) => a.id - b.id)
    .map((record) => record.protocol);

describe("captures", () => {
  const patched = (from: Uint8Array, at: number, value: number) => {
    const copy = from.slice();
    new DataView(copy.buffer).setUint32(at, value, true);
    return copy;
  };
  const ng = pcapngFile(frames);
  const zipped = new Uint8Array(gzipSync(capture));
  const backwards = frames.map((frame, index): Frame => ({
    ...frame,
    sec: 1_700_000_000 - index * 7,
  }));
  const all = protocols;
  const none: string[] = [];

  test.concurrent.each<[string, Uint8Array, number, RegExp, readonly string[]]>([
    ["zero length", bytes(), 1, /./, none],
    ["one byte", bytes(0xd4), 1, /./, none],
    ["a header and no packet", pcapHeader(), 0, /^$/, none],
    ["a wrong magic number", patched(capture, 0, 0xdeadbeef), 1, /./, none],
    ["cut off in the file header", capture.slice(0, 20), 1, /./, none],
    ["cut off in a record header", bytes(capture, capture.slice(24, 34)), 1, /: byte \d+: /, all],
    ["cut off in a packet", capture.slice(0, -7), 1, /: byte \d+: /, all],
    ["a snaplen of 0", pcapFile(frames, { snapLength: 0 }), 0, /^$/, all],
    ["a snaplen of 4 GiB", pcapFile(frames, { snapLength: 0xffffffff }), 0, /^$/, all],
    [
      "a packet of 4 GiB",
      bytes(capture, patched(pcapRecord(frames[0]!), 8, 0xffffffff)),
      1,
      /: byte \d+: /,
      all,
    ],
    [
      "a block of 4 GiB",
      bytes(ng, patched(block(6, bytes()), 4, 0xfffffffc)),
      1,
      /: byte \d+: /,
      all,
    ],
    ["a block of no length", bytes(ng, patched(block(6, bytes()), 4, 0)), 1, /: byte \d+: /, all],
    [
      "an option that goes on behind its block",
      bytes(ng, patched(interfaceBlock({ resolution: 6 }), 16, 0xffff0009)),
      1,
      /: byte \d+: |^$/,
      all,
    ],
    ["time going backwards", pcapFile(backwards), 0, /^$/, all],
    [
      "times at the end of time",
      pcapFile(frames.map((frame) => ({ ...frame, sec: 0xffffffff }))),
      0,
      /^$/,
      all,
    ],
    ["cut-off gzip", zipped.slice(0, -9), 1, /./, all],
    ["a bit of gzip turned", patched(zipped, zipped.length - 8, 0), 1, /./, all],
  ])("%s", async (what, content, code, message, found) => {
    const name = what.replaceAll(" ", "-");
    const path = written(`${name}.in`, content);
    const output = inFolder(`${name}.jsonl`);
    // By turns as a file and through a pipe: the same reader sees both, a test of its own compares them.
    const isPiped = what.length % 2 === 0;
    const { exit, stderr } = await (isPiped
      ? run(["classify", "-f", "jsonl", "-o", output, "-"], { input: content })
      : run(["classify", "-f", "jsonl", "-o", output, path]));
    expect(exit).toBe(code);
    expect(stderr).toMatch(message);
    if (code === 1)
      expect(stderr).toMatch(
        isPiped ? /^clairvoie: standard input|^clairvoie: / : /^clairvoie: .*\.in: /,
      );
    const text = readFileSync(output, "utf8");
    expect(text === "" || text.endsWith("\n")).toBe(true);
    expect(namesOf(text)).toEqual([...found]);
    expect(leftovers(name)).toEqual([]);
  });
});

describe("output", () => {
  /** A megabyte of records: 2,000 flows of a packet each. */
  const many = written(
    "many.pcap",
    pcapFile(
      Array.from({ length: 2000 }, (_, index): Frame => {
        const datagram = udp({ from: 20000 + index, to: 9 }, "x");
        const packet = ipv4({ protocol: 17, from: "192.0.2.1", to: "198.51.100.2" }, datagram);
        return { data: ethernet(TYPE_IPV4, packet) };
      }),
    ),
  );
  /** Files of this process may have 64 KiB, as on a disk with no more room. */
  const limited = (script: string, ...args: string[]) =>
    spawnSync("bash", ["-c", `trap '' XFSZ; ulimit -f 64; ${script}`, "bash", ...args], {
      cwd: root,
      encoding: "utf8",
    });

  test("a file that cannot be written whole is not there, the one before is unchanged", () => {
    const path = inFolder("full.jsonl");
    writeFileSync(path, "before");
    const command = `"${process.execPath}" dist/cli/main.js classify -q -f jsonl -o "$@"`;
    const { status, stderr } = limited(command, path, many);
    expect(stderr).toBe(`clairvoie: ${path}: the file grows too large for its disk\n`);
    expect(status).toBe(3);
    expect(readFileSync(path, "utf8")).toBe("before");
    expect(leftovers("full")).toEqual([]);
  });

  const isRoot = process.getuid?.() === 0 && process.platform === "linux";
  test.skipIf(!isRoot)("a disk without room", () => {
    const disk = inFolder("disk");
    mkdirSync(disk);
    // A mount of its own name space: it is gone with the process.
    const script = `mount -t tmpfs -o size=64k tmpfs "$1" && printf before > "$1/flows.csv" && shift &&
      "${process.execPath}" dist/cli/main.js classify -q -f csv -o "$@"; code=$?
      cat "$1"; ls -A "$(dirname "$1")" | wc -l; exit $code`;
    const args = ["-m", "bash", "-c", script, "bash", disk, join(disk, "flows.csv"), many];
    const { status, stdout, stderr } = spawnSync("unshare", args, { cwd: root, encoding: "utf8" });
    if (/unshare|mount/.test(stderr)) return; // a container may forbid it
    expect(stderr).toContain("flows.csv: no space is left on the disk\n");
    expect({ status, stdout }).toEqual({ status: 3, stdout: "before1\n" });
  });

  test.concurrent("a file that cannot get its name leaves nothing behind", async () => {
    const path = inFolder("taken.csv");
    const child = start(["classify", "-f", "csv", "-o", path, "-"]);
    const end = finished(child);
    while (leftovers("taken").length === 0) await new Promise((done) => setTimeout(done, 20));
    mkdirSync(path);
    writeFileSync(join(path, "something"), "");
    child.stdin.end(capture);
    const { exit, stderr } = await end;
    expect(stderr).toMatch(/^clairvoie: .*taken\.csv: /);
    expect(exit).toBe(3);
    expect(leftovers("taken")).toEqual([]);
  });

  test.concurrent("a name as long as a disk allows", async () => {
    const path = inFolder(`${"l".repeat(251)}.csv`);
    const { exit, stderr } = await run(["classify", "-q", "-f", "csv", "-o", path, many]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(readFileSync(path, "utf8")).toContain(csvHeader());
  });

  test.concurrent("a link that waits where the temporary file could be is not followed", async () => {
    const precious = written("precious", bytes("precious"));
    const child = start(["classify", "-f", "csv", "-o", inFolder("linked.csv"), "-"]);
    const end = finished(child);
    // The name that was used once: whoever knew the process's number could put a link there.
    symlinkSync(precious, inFolder(`.linked.csv.${child.pid}.part`));
    child.stdin.end(capture);
    expect((await end).exit).toBe(0);
    expect(readFileSync(precious, "utf8")).toBe("precious");
  });

  test.concurrent.each([
    ["classify", "-f", "table", "--no-summary"],
    ["classify", "-f", "csv"],
    ["protocols", "-f", "json"],
  ])("%s %s %s %s to a reader that has gone", async (...args) => {
    const files = args[0] === "classify" ? [many] : [];
    const child = spawn(
      "bash",
      [
        "-c",
        `set -o pipefail; "${process.execPath}" dist/cli/main.js "$@" | head -c 1`,
        "bash",
        ...args.filter(Boolean),
        ...files,
      ],
      { cwd: root },
    );
    const { exit, stdout, stderr } = await finished(child);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(stdout).toHaveLength(1);
  });
});

describe("signals", () => {
  test.concurrent("the second one leaves no file, and the one before as it was", async () => {
    const path = inFolder("twice.jsonl");
    writeFileSync(path, "before");
    const child = start(["classify", "-f", "jsonl", "--events", "-o", path, "-"]);
    const end = finished(child);
    while (leftovers("twice").length === 0) await new Promise((done) => setTimeout(done, 20));
    child.stdin.write(capture.subarray(0, 30));
    child.kill("SIGTERM");
    child.kill("SIGINT");
    const { exit } = await end;
    expect([130, 143]).toContain(exit);
    expect(leftovers("twice")).toEqual([]);
    const text = readFileSync(path, "utf8");
    expect(text === "before" || text === "" || text.endsWith("\n")).toBe(true);
  });

  test.concurrent("a file is whole after SIGTERM", async () => {
    const path = inFolder("terminated.csv");
    const child = start(["classify", "-f", "csv", "-o", path, "-"]);
    const end = finished(child);
    while (leftovers("terminated").length === 0) await new Promise((done) => setTimeout(done, 20));
    child.stdin.write(capture);
    await new Promise((done) => setTimeout(done, 500));
    child.kill("SIGTERM");
    const { exit, stderr } = await end;
    expect(exit).toBe(143);
    expect(stderr).toBe("clairvoie: interrupted; the flows found so far were written\n");
    const rows = readFileSync(path, "utf8").split("\r\n");
    expect(rows[0]).toBe(csvHeader());
    expect(rows.at(-1)).toBe("");
  });
});
