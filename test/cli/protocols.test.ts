/** `clairvoie protocols`: the list, and one protocol. */
import { expect, test } from "vitest";
import { protocols } from "../../src/generated/protocols.js";
import { run } from "./command.js";

test.concurrent("all protocols, one a line", async () => {
  const { exit, stdout, stderr } = await run(["protocols"]);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  const lines = stdout.split("\n");
  expect(lines[0]).toMatch(/^name +title +category +told by +bits +ports$/);
  const names = lines.slice(1, 1 + protocols.length).map((line) => line.split(" ")[0]);
  expect(names).toEqual(protocols.map(({ name }) => name).sort());
  expect(stdout).toMatch(/^ssh +SSH +remote-access +payload +\d+ +tcp 22$/m);
  expect(stdout).toContain(`${protocols.length} protocols: `);
});

test.concurrent("one protocol", async () => {
  const { exit, stdout } = await run(["protocols", "ssh"]);
  expect(exit).toBe(0);
  for (const part of [
    "specification  RFC 4253",
    "tcp 22 (no evidence)",
    "ssh/identification  over tcp",
    "a false name in",
    "who speaks first says:",
    '"SSH-"',
    "ssh.software  D5",
    '"SSH-2.0-PuTTY_Release_0.80\\r\\n"',
    "Near misses",
  ]) {
    expect(stdout).toContain(part);
  }
});

test.concurrent.each(["SSH", "ssh/identification", "ssh.software"])("also as %s", async (name) => {
  const { stdout } = await run(["protocols", name]);
  expect(stdout).toMatch(/^ssh {2}SSH\n/);
  expect(stdout).toContain("False names are counted for what is said first alone");
});

test.concurrent("every protocol can be described, by text and JSON", async () => {
  const names = protocols.map(({ name }) => name);
  const [text, document] = await Promise.all([
    run(["protocols", ...names]),
    run(["protocols", "--format", "json"]),
  ]);
  expect(text.stdout).not.toMatch(/undefined|NaN|\[object/);
  const profiles = JSON.parse(document.stdout);
  expect(profiles.map(({ name }: { name: string }) => name)).toEqual([...names].sort());
  const dns = profiles.find(({ name }: { name: string }) => name === "dns");
  expect(dns).toMatchObject({ toldBy: "payload", ports: { tcp: [53], udp: [53] } });
});

test.concurrent("COLUMNS sets the width", async () => {
  const { stdout } = await run(["protocols"], { env: { COLUMNS: "60" } });
  const rows = stdout.split("\n").slice(0, protocols.length + 1);
  expect(Math.max(...rows.map((line) => line.length))).toBeLessThanOrEqual(60);
});

test.concurrent.each<[string[], string]>([
  [["protocols", "shs"], 'there is no protocol "shs"; did you mean "ssh"?'],
  [["protocols", "tls.snii"], 'did you mean "tls.sni"?'],
  [["protocols", "no-such-thing"], '"clairvoie protocols" lists them'],
  [["protocols", "-f", "csv"], "there are table, json"],
])("%j", async (args, message) => {
  const { exit, stdout, stderr } = await run(args);
  expect(stderr).toContain(message);
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
});
