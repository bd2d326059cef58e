import { expect, test } from "vitest";
import { nameUnhandled, UNHANDLED_KINDS, type UnhandledKind } from "../../src/record/index.js";
import { formatDuration, formatSummary } from "../../src/sinks/summary.js";
import { makeSummary } from "./records.js";

test.each<[UnhandledKind, number, string]>([
  ["link-type", 147, "link type 147 (USER0)"],
  ["link-type", 162, "link type 162 (USER15)"],
  ["depth", 1, "carried by too many tunnels (ipip)"],
  ["depth", 0, "carried by too many tunnels"],
  ["wlan", 8, "IEEE 802.11 management frame"],
  ["wlan", 0x120, "IEEE 802.11 sealed frame"],
  ["nlpid", 8, "Frame Relay NLPID 0x8 (Q.933)"],
  ["link-type", 105, "link type 105 (IEEE 802.11)"],
  ["link-type", 9999, "link type 9999"],
  ["ethertype", 0x88cc, "ethertype 0x88cc (LLDP)"],
  ["ethertype", 0x0001, "ethertype 0x0001"],
  ["ppp", 0xc021, "PPP protocol 0xc021 (LCP)"],
  ["llc", 0x4242, "LLC 0x4242 (spanning tree)"],
  ["ip-version", 9, "IP version 9"],
  ["truncated", 5, "cut off in the IPv4 header"],
  ["malformed", 8, "malformed transport header"],
  ["malformed", 99, "malformed header of layer 99"],
])("%s %i is %j", (kind, value, name) => {
  expect(nameUnhandled(kind, value)).toBe(name);
});

test.each(UNHANDLED_KINDS)("%s always has a name", (kind) => {
  for (const value of [0, 1, 0xffff, 0xffffffff]) {
    expect(nameUnhandled(kind, value)).toMatch(/^[\w\s(),.\-/]+$/);
  }
});

test.each([
  [0, "0 ms"],
  [0.0042, "4.2 ms"],
  [0.35, "350 ms"],
  [3.44, "3.4 s"],
  [90, "90 s"],
  [600, "10 min"],
  [36_000, "10 h"],
  [86_400 * 3, "3.0 days"],
  [86_400 * 20_028, "20,028 days"],
])("%d seconds are %j", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("what unknown flows look like is one line", () => {
  const looks = [
    { kind: "encrypted-looking" as const, flows: 1200 },
    { kind: "text" as const, flows: 1 },
  ];
  expect(formatSummary(makeSummary({ looks }))).toContain(
    "\nWhat unknown flows look like: 1,200 encrypted-looking, 1 text\n",
  );
  expect(formatSummary(makeSummary())).not.toContain("look");
});
