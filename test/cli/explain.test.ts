/** `clairvoie explain`: what it shows of a flow, and what it says of mistakes. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { capture as bytes } from "./capture.js";
import { parseLines, run, temporaryFolder } from "./command.js";

const folder = temporaryFolder();
afterAll(folder.remove);
const capture = join(folder.path, "three.pcap");
writeFileSync(capture, bytes);

/** Number of a flow, as the table and the records of `classify` give it. */
const numberOf = async (protocol: string) => {
  const [table, lines] = await Promise.all([
    run(["classify", capture], { env: { COLUMNS: "40" } }),
    run(["classify", "-f", "jsonl", capture]),
  ]);
  const row = table.stdout.split("\n").find((line) => line.includes(` ${protocol}`));
  const { id } = parseLines(lines.stdout).find((record) => record.protocol === protocol);
  expect(Number(/^ *(\d+) /.exec(row!)?.[1])).toBe(id);
  return `${id}`;
};

describe("a flow", () => {
  test.concurrent("by the number that classify shows", async () => {
    const { exit, stdout, stderr } = await run([
      "explain",
      capture,
      "--flow",
      await numberOf("ssh"),
    ]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    for (const part of [
      "198.51.100.2:2222  ssh  payload",
      "ssh/identification has",
      "Packets (→ to the server)",
      "The server says, from packet 3: the first 21 bytes",
      "53 53 48 2d 32 2e 30 2d  4f 70 65 6e 53 53 48 5f  SSH-2.0-OpenSSH_",
      '1  bytes 0…3  "SSH-"',
      "[ssh.software]",
      "Evidence for ssh/identification",
      "decides",
      "Candidates that fell",
    ]) {
      expect(stdout).toContain(part);
    }
    // oxlint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/\u001b/);
  });

  test.concurrent("as JSON, by every engine the same", async () => {
    const flow = await numberOf("http");
    const outputs = await Promise.all(
      ["wasm", "wasm-scalar", "typescript"].map(async (engine) => {
        const args = ["explain", "--json", "-n", flow, "--engine", engine, capture];
        const { stdout } = await run(args);
        return stdout;
      }),
    );
    expect(new Set(outputs).size).toBe(1);
    const story = JSON.parse(outputs[0]!);
    expect(story).toMatchObject({
      schema: 1,
      agrees: true,
      record: { id: Number(flow), protocol: "http" },
      evidence: { signature: "http/request", threshold: 30 },
      problem: null,
    });
    expect(story.facts.map(({ name }: { name: string }) => name)).toContain("http.host");
  });

  test.concurrent("as JSON by the option that other commands have, with more candidates", async () => {
    const args = ["explain", "-f", "json", "-n", await numberOf("ssh"), capture];
    const story = JSON.parse((await run(args)).stdout);
    expect(story.fallen).toHaveLength(8);
    const whole = JSON.parse((await run([...args, "--candidates", "1000"])).stdout);
    expect(whole.fallen).toHaveLength(story.fallenCount);
  });

  test.concurrent("in colours for a pager, in lines as wide as asked for", async () => {
    const args = ["explain", capture, "-n", await numberOf("ssh")];
    const { stdout } = await run(args, { env: { FORCE_COLOR: "1" } });
    expect(stdout).toContain("\u001b[");
    const narrow = await run(args, { env: { COLUMNS: "80" } });
    const fallen = narrow.stdout.split("Candidates that fell")[1]!.split("\n");
    expect(Math.max(...fallen.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test.concurrent("of standard input", async () => {
    const { exit, stdout } = await run(["explain", "-", "--flow", "1"], { input: bytes });
    expect(exit).toBe(0);
    expect(stdout).toContain("arp  header");
  });

  test.concurrent("of several captures that are one timeline", async () => {
    const { exit, stdout } = await run(["explain", capture, "fixtures/ntp/chrony.pcap", "-n", "6"]);
    expect(exit).toBe(0);
    expect(stdout).toContain("ntp/exchange has");
  });

  test.concurrent("of a cut capture: what was there, the reason, exit code 1", async () => {
    const path = join(folder.path, "cut.pcap");
    writeFileSync(path, bytes.subarray(0, bytes.length - 7));
    const { exit, stdout, stderr } = await run(["explain", path, "--flow", "3"]);
    expect(exit).toBe(1);
    expect(stdout).toContain("http/request has");
    expect(stderr).toMatch(/^clairvoie: .*cut\.pcap: byte \d+: /);
  });

  test.concurrent("bytes and packets as many as asked for", async () => {
    const args = ["explain", capture, "-n", "2", "--bytes", "8", "--packets", "1"];
    const { stdout } = await run(args);
    expect(stdout).toContain("Packets: the first 1 of 4");
    expect(stdout).toContain("the first 21 bytes, 8 bytes shown");
  });
});

test.concurrent.each<[string[], number, string]>([
  [["explain", capture], 2, "which flow? Add --flow and its number: the column #"],
  [["explain", capture, "--flow", "first"], 2, '"first" is not a whole number'],
  [
    ["explain", capture, "--flow", "99"],
    2,
    "--flow: there is no flow 99; flows are numbered 1 to 3",
  ],
  [["explain", capture, "--flwo", "1"], 2, "(Did you mean --flow?)"],
  [["explain", "--flow", "1"], 2, "missing required argument 'FILE'"],
  [["explain", "-", "-", "--flow", "1"], 2, "standard input (-) can be read only once"],
  [["explain", capture, "--flow", "1", "--engine", "wsam"], 2, 'did you mean "wasm"?'],
  [["explain", "fixtures/none.pcap", "--flow", "1"], 1, "no such file"],
  [["explian", capture], 2, "(Did you mean explain?)"],
])("%j", async (args, code, message) => {
  const { exit, stdout, stderr } = await run(args);
  expect(stderr).toContain(message);
  expect({ exit, stdout }).toEqual({ exit: code, stdout: "" });
});

test.concurrent("help shows examples", async () => {
  const { exit, stdout } = await run(["explain", "--help"]);
  expect(exit).toBe(0);
  for (const part of [
    "Usage: clairvoie explain",
    "Examples:",
    "Exit codes:",
    "--part",
    "--bytes",
    "captures of your own",
  ]) {
    expect(stdout).toContain(part);
  }
});
