/** The framer over a plain decoder and over every engine. */
import { describe, expect, test } from "vitest";
import { engineKinds } from "../../src/engine/index.js";
import { openBytes } from "../../src/sources/index.js";
import { testEngine } from "../support/engines.js";
import { packets, pcap, pcapng } from "./captures.js";
import { testFramer } from "./framer.case.js";
import { plainMap, PlainDecoder } from "./plain-decoder.js";
import { readCapture } from "./read.js";

describe("plain decoder", () => {
  testFramer(() => new PlainDecoder());

  test.each([1, 2, 19, 20, 21])("gives every packet, %i rows at a time", async (most) => {
    const list = packets(20);
    for (const bytes of [pcap(list), pcapng(list)]) {
      const reading = await readCapture(openBytes(bytes), new PlainDecoder(most));
      expect(reading).toEqual({ packets: list, error: undefined });
    }
  });
});

describe.each(engineKinds)("%s engine", (kind) => {
  testFramer(async () => {
    const engine = await testEngine(kind, plainMap());
    engine.configure();
    return engine;
  });
});
