/** Names that somebody chose to harm whoever reads them: in packets, in file names, in rule files. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, describe, expect, test } from "vitest";
import { packetsOf } from "../support/conversations.js";
import { bytes, pcapFile } from "../support/packets.js";
import { show } from "../support/screen.js";
import { parseLines, run, temporaryFolder } from "./command.js";

const folder = temporaryFolder();
afterAll(folder.remove);

const ESC = "\u001b[2J\u001b]0;owned\u0007\u009b31m";
/** As bytes of UTF-8, one a character, as packets are written in tests. */
const utf8 = (text: string) => Buffer.from(text).toString("latin1");
const name16 = (text: string) => String.fromCharCode(text.length >> 8, text.length & 255) + text;

/** RFC 8446 §4.1.2, with a server name and nothing else. */
function clientHello(name: string): string {
  const serverName = name16(`\0${name16(name)}`);
  const extension = `\0\0${name16(serverName)}`;
  const body = `\u0003\u0003${"r".repeat(32)}\0${name16("\u0013\u0001")}\u0001\0${name16(extension)}`;
  const message = `\u0001\0${name16(body)}`;
  return `\u0016\u0003\u0001${name16(message)}`;
}

/** RFC 1035 §4.1: a question for one label, whatever is in it. */
const dnsQuery = (label: string) =>
  `\u0012\u0034\u0001\0\0\u0001\0\0\0\0\0\0${String.fromCharCode(label.length)}${label}\0\0\u0001\0\u0001`;

const says = (
  transport: "tcp" | "udp",
  ...messages: [from: "client" | "server", text: string][]
) => ({
  transport,
  messages: messages.map(([from, text]) => ({ from, bytes: text })),
});
const evil = [
  `=cmd|' /c calc'!A1${ESC}`,
  `\u202egpj.exe\u2028${ESC}`,
  '"},"__proto__":{"x":1',
  "\0\0",
];
const flows = evil.flatMap((text) => [
  says("tcp", ["client", clientHello(utf8(text))]),
  says("tcp", [
    "client",
    `GET /${utf8(text)} HTTP/1.1\r\nHost: ${utf8(text)}\r\nUser-Agent: ${utf8(text)}\r\n\r\n`,
  ]),
  says("udp", ["client", dnsQuery(utf8(text))]),
  says("tcp", ["server", `SSH-2.0-${utf8(text)}\r\n`]),
  says(
    "tcp",
    ["server", `220 ${utf8(text)} ESMTP Postfix\r\n`],
    ["client", "EHLO client.example\r\n"],
  ),
]);
const ports = [443, 80, 53, 22, 25];

/** A file's name may hold all but "/" and NUL. */
const folderName = join(folder.path, `=1+1${ESC}\u202e`);
mkdirSync(folderName);
const capture = join(folderName, `a\nb\r${ESC}.pcap`);
writeFileSync(
  capture,
  bytes(
    pcapFile(
      flows.flatMap((each, index) =>
        // A port of its own each, so that no two are one flow.
        packetsOf(each, ports[index % ports.length]! + 1000 * Math.floor(index / ports.length)).map(
          (data) => ({ data, sec: 1_700_000_000 + index }),
        ),
      ),
    ),
  ),
);

async function expectHarmless(text: string): Promise<void> {
  const { obeyed, cursor } = await show(text);
  expect(obeyed).toEqual([]);
  expect(cursor).toEqual({ row: text.split("\n").length - 1, column: 0 });
}

describe("names in packets", () => {
  test.concurrent("are read as they are, so that these tests are about something", async () => {
    const { stdout } = await run(["classify", "-f", "jsonl", capture]);
    const facts = parseLines(stdout).flatMap((record) => Object.keys(record.facts));
    for (const fact of ["tls.sni", "http.user-agent", "http.target", "dns.name", "ssh.software"]) {
      expect(facts).toContain(fact);
    }
    expect(stdout).toContain("\\u001b[2J");
    expect(stdout).toContain("=cmd|");
  });

  test.concurrent.each(["table", "jsonl", "csv"])("%s", async (format) => {
    const { exit, stdout, stderr } = await run(["classify", "-f", format, "--summary", capture]);
    expect(exit).toBe(0);
    await expectHarmless(stdout);
    await expectHarmless(stderr);
    if (format === "jsonl") expect(parseLines(stdout)).toHaveLength(flows.length);
    if (format === "csv") expect(parseCsv(stdout)).toHaveLength(flows.length + 1);
  });

  // One of each kind; test/sinks/hostile.test.ts tells stories of anything.
  test.concurrent.each(ports.map((_, index) => index + 1))("explain flow %i", async (flow) => {
    const { exit, stdout } = await run(["explain", capture, "--flow", `${flow}`]);
    expect(exit).toBe(0);
    await expectHarmless(stdout);
  });
});

describe("names of files", () => {
  test.concurrent.each<[string[]]>([
    [["classify", `${capture}x`]],
    [["classify", folderName]],
    [["classify", "-o", capture, capture]],
    [["classify", "-o", join(folderName, "nowhere", "x"), capture]],
    [["explain", `${capture}x`, "--flow", "1"]],
    [["explain", capture, "--flow", "999"]],
    [["explain", capture]],
    [["rules", "check", `${capture}x`]],
    [["rules", "check", capture]],
    [["classify", "--rules", `${capture}x`, capture]],
    [["protocols", ESC]],
    [["protocols", "-f", ESC]],
    [[ESC]],
    [["classify", `--${ESC}`, capture]],
    [["classify", "--facts", ESC, capture]],
    [["classify", "--max-flows", ESC, capture]],
    [["help", ESC]],
  ])("%j", async (args) => {
    const { exit, stdout, stderr } = await run(args);
    expect(exit).not.toBe(0);
    expect(stderr).not.toBe("");
    await expectHarmless(stdout);
    await expectHarmless(stderr);
  });
});

describe("rule files", () => {
  const written = (name: string, text: string) => {
    const path = join(folder.path, name);
    writeFileSync(path, text);
    return path;
  };
  const hidden = "\u202eevil\u2066\u200b\u2028\u00ad";
  const rule = written(
    "hidden.yaml",
    `name: own
title: "A ${hidden} title"
category: "c ${hidden}"
source: "s ${hidden}"
signatures:
  s:
    over: udp
    client: [{ step: ["\\x1b[2J\\x9b31m\\x07OWN-PROTOCOL/", { capture: [x, token] }, { in: "\\x1b" }] }]
facts: { x: { textFact: D5 } }
samples:
  yes: [{ udp: [{ client: "\\x1b[2J" }] }]
`,
  );

  test.concurrent.each<[string[]]>([
    [["rules", "check"]],
    [["rules", "check", "-f", "json"]],
    [["protocols", "--rules"]],
    [["protocols", "own", "--rules"]],
    [["protocols", "own", "-f", "json", "--rules"]],
    [["classify", capture, "--rules"]],
  ])("%j", async (args) => {
    const { stdout, stderr } = await run([...args, rule]);
    await expectHarmless(stdout);
    await expectHarmless(stderr);
    expect(stdout).not.toMatch(/[\u202e\u2066\u2028]/);
  });

  test.concurrent.each([
    ["a control character in a title", `name: own\ntitle: "a\\e[2J"\n`],
    ["a key", `"\\e[2J": 1\n`],
    ["what is not YAML", `name: [\u009b2J\u202e\n`],
    ["a tag", `!<\u009b2J> x\n`],
    ["__proto__", "__proto__: 1\nname: __proto__\n"],
  ])("errors about %s", async (what, text) => {
    const path = written(`${what}.yaml`, text);
    const { exit, stdout, stderr } = await run(["rules", "check", path]);
    expect(exit).toBe(2);
    expect(stderr).not.toBe("");
    await expectHarmless(stdout + stderr);
  });
});
