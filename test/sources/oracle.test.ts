/** The fixtures, read by npm's pcap-parser too. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseWithPcapParser } from "pcap-parser";
import { describe, expect, test } from "vitest";
import { openCapture } from "../../src/sources/node.js";
import type { Packet } from "./captures.js";
import { readCapture } from "./read.js";

const fixtures = new URL("../../fixtures", import.meta.url).pathname;
/** It knows no other magic number. */
function isMicroseconds(path: string): boolean {
  const magic = readFileSync(join(fixtures, path)).subarray(0, 4).toString("hex");
  return magic === "d4c3b2a1" || magic === "a1b2c3d4";
}

const captures = readdirSync(fixtures, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".pcap") && isMicroseconds(path))
  .sort();

function parse(path: string): Promise<Packet[]> {
  return new Promise((resolve, reject) => {
    const list: Packet[] = [];
    const parser = parseWithPcapParser(path);
    parser.on("packet", ({ header, data }) => {
      const { timestampSeconds: seconds, timestampMicroseconds, originalLength: wire } = header;
      const nanoseconds = timestampMicroseconds * 1000;
      list.push({ seconds, nanoseconds, wire, data: data.toString("latin1") });
    });
    parser.on("end", () => resolve(list));
    parser.on("error", reject);
  });
}

describe.skipIf(captures.length === 0)("pcap-parser reads the same packets", () => {
  test.each(captures)("%s", async (path) => {
    const { packets, error } = await readCapture(openCapture(join(fixtures, path)));
    expect(error).toBeUndefined();
    expect(packets.length).toBeGreaterThan(0);
    expect(packets).toEqual(await parse(join(fixtures, path)));
  });
});
