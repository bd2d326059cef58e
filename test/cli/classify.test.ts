/** `clairvoie classify` on real captures: what it writes, where, and how it ends. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { csvHeader } from "../../src/sinks/index.js";
import { capture as bytes, protocols } from "./capture.js";
import { finished, parseLines, root, run, shown, start, temporaryFolder } from "./command.js";

const folder = temporaryFolder();
afterAll(folder.remove);
const inFolder = (name: string) => join(folder.path, name);

const capture = inFolder("three.pcap");
writeFileSync(capture, bytes);
const totals = "3 flows, 10 packets";
/** Protocols of the records, in the order of their flows. */
const names = (text: string) =>
  parseLines(text)
    .filter((line) => line.schema === 1)
    .sort((a, b) => a.id - b.id)
    .map((record) => record.protocol);

describe("formats", () => {
  test.concurrent("a table and its totals by default", async () => {
    const { exit, stdout, stderr } = await run(["classify", capture]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^# +time \(s\) +client +→ server +transport +protocol/);
    expect(lines.slice(1, 4).map((line) => /[●◐○] (\S+)/.exec(line)?.[1])).toEqual(protocols);
    expect(stdout).toContain(totals);
    expect(stdout).toContain("ethertype 0x88cc (LLDP)");
  });

  test.concurrent("COLUMNS sets the table's width", async () => {
    const { stdout } = await run(["classify", capture], { env: { COLUMNS: "60" } });
    const widths = stdout.split("\n").map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(60);
  });

  test.concurrent("jsonl: a record a line, nothing else", async () => {
    const { exit, stdout, stderr } = await run(["classify", "-f", "jsonl", capture]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(names(stdout)).toEqual(protocols);
  });

  test.concurrent("jsonl with events and totals", async () => {
    const args = ["classify", "-f", "jsonl", "--events", "--summary", capture];
    const { stdout, stderr } = await run(args);
    const lines = parseLines(stdout);
    expect(lines.filter((line) => line.type === "verdict").length).toBeGreaterThan(0);
    expect(names(stdout)).toEqual(protocols);
    expect(lines.filter((line) => line.type === "end")).toEqual([]);
    expect(stderr).toContain(totals);
  });

  test.concurrent("csv", async () => {
    const { stdout } = await run(["classify", "-f", "csv", capture]);
    const rows = stdout.split("\r\n");
    expect(rows[0]).toBe(csvHeader());
    expect(rows).toHaveLength(5);
  });

  test.concurrent("none: totals only", async () => {
    const { stdout } = await run(["classify", "-f", "none", capture]);
    expect(stdout.startsWith(totals)).toBe(true);
  });

  test.concurrent("every engine says the same", async () => {
    const outputs = await Promise.all(
      ["wasm", "wasm-scalar", "typescript"].map(async (engine) => {
        const { stdout } = await run(["classify", "-f", "jsonl", "--engine", engine, capture]);
        return stdout;
      }),
    );
    expect(names(outputs[0]!)).toEqual(protocols);
    expect(new Set(outputs).size).toBe(1);
  });
});

describe("facts", () => {
  const factsOf = async (...args: string[]) => {
    const { stdout } = await run(["classify", "-f", "jsonl", ...args, capture]);
    const keys = parseLines(stdout).flatMap((record) => Object.keys(record.facts));
    return [...new Set(keys)].sort();
  };

  test.concurrent("all by default", async () => {
    expect(await factsOf()).toEqual(expect.arrayContaining(["http.host", "ssh.software"]));
  });

  test.concurrent("none with --no-facts, and every name stays", async () => {
    expect(await factsOf("--no-facts")).toEqual([]);
    const [all, masked] = await Promise.all(
      [[], ["--no-facts"]].map(async (args) => {
        const { stdout } = await run(["classify", "-f", "jsonl", ...args, capture]);
        return parseLines(stdout).map((record) => ({ ...record, facts: {} }));
      }),
    );
    expect(masked).toEqual(all);
  });

  test.concurrent("those asked for", async () => {
    expect(await factsOf("--facts", "ssh.software,http.h*")).toEqual(["http.host", "ssh.software"]);
  });
});

describe("standard input", () => {
  test.concurrent("a pipe", async () => {
    const { exit, stdout } = await run(["classify", "-f", "jsonl", "-"], { input: bytes });
    expect(exit).toBe(0);
    expect(names(stdout)).toEqual(protocols);
  });

  test.concurrent("a redirected file", async () => {
    const child = spawn(process.execPath, ["dist/cli/main.js", "classify", "-f", "jsonl", "-"], {
      cwd: root,
      stdio: [openSync(capture, "r"), "pipe", "pipe"],
    });
    const { exit, stdout } = await finished(child as never);
    expect(exit).toBe(0);
    expect(names(stdout)).toEqual(protocols);
  });

  test.concurrent("what comes in is shown before the pipe ends", async () => {
    const child = start(["classify", "-f", "jsonl", "--events", "-"]);
    const end = finished(child);
    const verdict = shown(child, '"type":"verdict"');
    child.stdin.write(bytes);
    await verdict;
    child.stdin.end();
    expect((await end).exit).toBe(0);
  });

  test.concurrent("a named pipe", async () => {
    const pipe = inFolder("pipe");
    execFileSync("mkfifo", [pipe]);
    const end = run(["classify", "-f", "jsonl", pipe]);
    writeFileSync(pipe, bytes);
    const { exit, stdout } = await end;
    expect(exit).toBe(0);
    expect(names(stdout)).toEqual(protocols);
  });
});

describe("captures that cannot be read: exit code 1", () => {
  const damaged = (name: string, content: Uint8Array | string) => {
    writeFileSync(inFolder(name), content);
    return inFolder(name);
  };

  test.concurrent("one that is not there, and what it may be called", async () => {
    const mistyped = inFolder("thre.pcap");
    const { exit, stderr } = await run(["classify", "-f", "jsonl", mistyped]);
    expect(stderr).toBe(`clairvoie: ${mistyped}: no such file; did you mean "${capture}"?\n`);
    expect(exit).toBe(1);
  });

  test.concurrent("nothing that can be read has no totals", async () => {
    const { exit, stdout } = await run(["classify", inFolder("absent.pcap")]);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: "" });
  });

  test.concurrent("a folder", async () => {
    const { exit, stderr } = await run(["classify", "-f", "jsonl", "fixtures"]);
    expect(stderr).toBe("clairvoie: fixtures: this is a folder, not a file\n");
    expect(exit).toBe(1);
  });

  test.concurrent("something else", async () => {
    const path = damaged("letter.txt", "Dear reader, this is not a capture at all.");
    const { exit, stdout, stderr } = await run(["classify", "-f", "jsonl", path]);
    expect(stderr).toContain(`clairvoie: ${path}: `);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: "" });
  });

  test.concurrent("a cut one: the message names the byte, flows before it are written", async () => {
    const path = damaged("cut.pcap", bytes.subarray(0, bytes.length - 7));
    const { exit, stdout, stderr } = await run(["classify", "-f", "jsonl", path]);
    expect(stderr).toMatch(/^clairvoie: .*cut\.pcap: byte \d+: /);
    expect(exit).toBe(1);
    expect(names(stdout)).toEqual(protocols);
  });

  test.concurrent("the other captures are read all the same", async () => {
    const args = ["classify", "-f", "jsonl", "fixtures/none.pcap", capture];
    const { exit, stdout } = await run(args);
    expect(exit).toBe(1);
    expect(names(stdout)).toEqual(protocols);
  });
});

describe("output", () => {
  test.concurrent("a file appears whole, and keeps the mode of the one before", async () => {
    const path = inFolder("flows.jsonl");
    writeFileSync(path, "before");
    chmodSync(path, 0o640);
    const { exit, stdout } = await run(["classify", "-f", "jsonl", "-o", path, capture]);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: "" });
    expect(names(readFileSync(path, "utf8"))).toEqual(protocols);
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  test.concurrent("a link stays one", async () => {
    const path = inFolder("target.csv");
    writeFileSync(path, "");
    symlinkSync(path, inFolder("link.csv"));
    const { exit } = await run(["classify", "-f", "csv", "-o", inFolder("link.csv"), capture]);
    expect(exit).toBe(0);
    expect(readFileSync(path, "utf8")).toContain(csvHeader());
  });

  test.concurrent.each([
    ["a full disk", "/dev/full", "no space is left on the disk"],
    ["a folder that is not there", inFolder("nowhere/flows.csv"), "the folder does not exist"],
    ["a folder", "fixtures", "this is a folder, not a file"],
  ])("%s: exit code 3", async (_, path, reason) => {
    const { exit, stderr } = await run(["classify", "-o", path, capture]);
    expect(stderr).toBe(`clairvoie: ${path}: ${reason}\n`);
    expect(exit).toBe(3);
  });

  test.concurrent.each([
    [["classify", capture]],
    [["rules", "check", "examples/rules/telemetry.yaml"]],
    [["--help"]],
    [["--version"]],
  ])("standard output on a full disk, %j: exit code 3", async (args) => {
    const child = spawn(process.execPath, ["dist/cli/main.js", ...args], {
      cwd: root,
      stdio: ["pipe", openSync("/dev/full", "w"), "pipe"],
    });
    let stderr = "";
    child.stderr!.on("data", (text) => (stderr += text));
    const exit = await new Promise((resolve) => child.on("close", resolve));
    expect(stderr).toBe("clairvoie: standard output: no space is left on the disk\n");
    expect(exit).toBe(3);
  });

  test.concurrent("a reader that leaves early is no error", async () => {
    const many = Array.from({ length: 400 }, () => capture);
    const child = start(["classify", "-f", "jsonl", ...many]);
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += text));
    child.stdout.once("data", () => child.stdout.destroy());
    const exit = await new Promise((resolve) => child.on("exit", resolve));
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  });

  test.concurrent("| head -1", () => {
    const command = `"${process.execPath}" dist/cli/main.js classify -f jsonl ${capture} | head -1`;
    const options = { cwd: root, encoding: "utf8" } as const;
    const first = execFileSync("bash", ["-c", `set -o pipefail; ${command}`], options);
    expect(names(first)).toHaveLength(1);
  });
});

describe("interrupted", () => {
  test.concurrent.each<[NodeJS.Signals, number]>([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("%s: what was found is written whole, exit code %i", async (signal, code) => {
    const child = start(["classify", "-f", "jsonl", "--events", "-"]);
    const end = finished(child);
    const verdict = shown(child, '"type":"verdict"');
    child.stdin.write(bytes);
    await verdict;
    child.kill(signal);
    const { exit, stdout, stderr } = await end;
    expect(exit).toBe(code);
    expect(stderr).toBe("clairvoie: interrupted; the flows found so far were written\n");
    expect(names(stdout)).toEqual(protocols);
  });

  test.concurrent("so is an output file", async () => {
    const path = inFolder("interrupted.jsonl");
    const child = start(["classify", "-f", "jsonl", "--events", "-o", path, "-"]);
    const end = finished(child);
    child.stdin.write(bytes);
    const isBegun = () =>
      readdirSync(folder.path).some(
        (name) => name.startsWith(".interrupted") && statSync(inFolder(name)).size > 0,
      );
    while (!isBegun()) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    expect((await end).exit).toBe(130);
    const text = readFileSync(path, "utf8");
    expect(text.endsWith("\n")).toBe(true);
    expect(names(text)).toEqual(protocols);
    expect(readdirSync(folder.path).filter((name) => name.startsWith(".interrupted"))).toEqual([]);
  });

  test.concurrent("while a named pipe is silent", async () => {
    const pipe = inFolder("silent");
    execFileSync("mkfifo", [pipe]);
    const child = start(["classify", "-f", "jsonl", "--events", pipe]);
    const end = finished(child);
    const writer = spawn("bash", ["-c", `cat "${capture}" - > "${pipe}"`]);
    await shown(child, '"type":"verdict"');
    child.kill("SIGINT");
    const { exit } = await end;
    writer.kill();
    expect(exit).toBe(130);
  });
});
