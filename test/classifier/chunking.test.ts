/** Records and events do not depend on how packets are divided into windows. */
import { expect, test } from "vitest";
import {
  bytes as joined,
  ethernet,
  ipv4,
  pcapHeader,
  pcapRecord,
  tcp,
  TYPE_IPV4,
} from "../support/packets.js";
import { PcapRecords } from "../support/pcap-records.js";
import {
  createClassifier,
  fixtureBytes,
  fixtures,
  formatEvent,
  inPieces,
  observe,
} from "../support/classifier.js";

/** xorshift32: the pieces are the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const cuts: Record<string, () => () => number> = {
  "7 bytes": () => () => 7,
  "4 KiB": () => () => 4096,
  "random pieces": () => {
    const next = random(20261124);
    return () => 1 + Math.floor(next() ** 4 * 9000);
  },
};

for (const { file } of fixtures) {
  test(`${file}: the same in any pieces`, async () => {
    const bytes = fixtureBytes(file);
    const whole = await observe(inPieces(bytes, () => 512 * 1024));
    expect(whole.length).toBeGreaterThan(1);
    for (const [name, sizes] of Object.entries(cuts)) {
      expect(await observe(inPieces(bytes, sizes())), name).toEqual(whole);
    }
  });
}

test("one packet a push gives what reading the capture gives, also where the tables are full", async () => {
  for (const options of [
    {},
    { maxFlows: 2, maxInspections: 1 },
    { maxFlows: 3, prefixMemory: 65_536, factMemory: 1000 },
  ]) {
    for (const { file, format } of fixtures) {
      if (!format.startsWith("pcap-")) continue;
      const bytes = fixtureBytes(file);
      const whole = await observe(
        inPieces(bytes, () => 512 * 1024),
        options,
      );
      const lines: string[] = [];
      const classifier = await createClassifier({
        ...options,
        onEvent: (event) => lines.push(formatEvent(event)),
      });
      const records = new PcapRecords(bytes);
      for (const { packet, seconds, nanoseconds, wireLength } of records) {
        classifier.push(
          packet,
          { seconds, nanoseconds },
          { linkType: records.linkType, wireLength },
        );
      }
      classifier.finish();
      lines.push(JSON.stringify(classifier.summary()));
      classifier.close();
      expect(lines, file).toEqual(whole);
    }
  }
});

test("a SYN behind the data that it should begin says nothing of these, whatever else a window holds", async () => {
  const segment = (flags: string, sequence: number, payload = "") =>
    pcapRecord({
      data: ethernet(
        TYPE_IPV4,
        ipv4(
          { protocol: 6, from: "192.0.2.1", to: "198.51.100.2" },
          tcp({ from: 40000, to: 22, flags, sequence }, payload),
        ),
      ),
    });
  const banner = "SSH-2.0-Client_1.0\r\n";
  const capture = joined(pcapHeader(), segment("PA", 1005, banner), segment("S", 1000));
  for (const gapPackets of [1, 32]) {
    const whole = await observe(
      inPieces(capture, () => 512 * 1024),
      { gapPackets },
    );
    expect(whole.at(-2)).toContain('"protocol":"ssh"');
    expect(
      await observe(
        inPieces(capture, () => 16),
        { gapPackets },
      ),
    ).toEqual(whole);
  }
});
