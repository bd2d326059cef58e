/**
 * One conversation, told in other ways: cut into segments of one byte, out of order, twice, in IP fragments,
 * in every tunnel, without its handshake. Of each flow of the lab's captures the protocol, the application and
 * the facts stay the same. (That all engines say the same of a capture is tested elsewhere: one is enough.)
 */
import { expect, test } from "vitest";
import type { FlowRecord } from "../../src/record/index.js";
import { carriers } from "../support/carriers.js";
import { classify, fixtureBytes, fixtures, openBytes } from "../support/classifier.js";
import {
  duplicated,
  fragmented,
  isIPv4,
  linkWraps,
  reordered,
  segmented,
  withoutHandshake,
  wrapped,
} from "../support/metamorphoses.js";
import { pcapFile, type Frame } from "../support/packets.js";
import { PcapRecords } from "../support/pcap-records.js";

const captures = fixtures.filter(
  ({ linkType, format, file, snap }) =>
    linkType === "EN10MB" && format.startsWith("pcap-") && file.endsWith(".pcap") && !snap,
);

const framesOf = (file: string): Frame[] =>
  Array.from(new PcapRecords(fixtureBytes(file)), ({ seconds, nanoseconds, packet }) => ({
    data: packet.slice(),
    sec: seconds,
    ns: nanoseconds,
  }));

interface Told {
  grade: string;
  protocol: string | null;
  application: string | null;
  facts: FlowRecord["facts"];
}

const keyOf = ({ transport, client, server }: FlowRecord) =>
  `${transport} ${[client, server]
    .map(({ address, port }) => `${address} ${port ?? ""}`)
    .sort()
    .join(" ")}`;

async function told(frames: readonly Frame[]): Promise<Map<string, Told[]>> {
  const flows = new Map<string, Told[]>();
  const capture = pcapFile(frames, { nanoseconds: true });
  for await (const record of classify(openBytes(capture), { engine: "wasm" })) {
    const { protocol, application, facts, evidence } = record;
    const key = keyOf(record);
    flows.set(key, [
      ...(flows.get(key) ?? []),
      { grade: evidence.grade, protocol, application, facts },
    ]);
  }
  return flows;
}

/** How to tell it; `share` n takes a capture in n, others for each way. */
interface Way {
  change: (frames: readonly Frame[]) => Frame[];
  share?: number;
  /**
   * Announcements are read segment by segment once the flow that makes them has its name, so one that is cut
   * announces nothing (ARCHITECTURE.md, "What is inspected").
   */
  cutsAnnouncements?: true;
}

const ways: Record<string, Way> = {
  "segments of one byte": {
    change: (frames) => segmented(frames, 1, 1500),
    cutsAnnouncements: true,
  },
  "segments of 7 bytes": {
    change: (frames) => segmented(frames, 7, 4000),
    cutsAnnouncements: true,
  },
  "neighbours out of order": { change: reordered },
  "every frame twice": { change: duplicated },
  "fragments of 24 bytes": { change: (frames) => fragmented(frames, 24, 60) },
  "without handshake": { change: withoutHandshake },
};
for (const [name, wrap] of Object.entries(linkWraps)) {
  ways[`in ${name}`] = { change: (frames) => wrapped(frames, wrap), share: 5 };
}
for (const { name, wrap } of carriers) {
  const change = (frames: readonly Frame[]) =>
    wrapped(frames, (data) => (isIPv4(data) ? wrap(data) : data));
  ways[`in ${name}`] = { change, share: 5 };
}

/** What is told of each capture as it is. */
const plain = new Map<string, Map<string, Told[]>>();

Object.entries(ways).forEach(([way, { change, share = 1, cutsAnnouncements }], turn) => {
  test(way, async () => {
    const wrong: string[] = [];
    let changed = 0;
    for (const { file } of captures.filter((_, index) => (index + turn) % share === 0)) {
      const frames = framesOf(file);
      const others = change(frames);
      if (
        others.length !== frames.length ||
        others.some(({ data }, at) => data !== frames[at]!.data)
      ) {
        changed++;
      }
      if (!plain.has(file)) plain.set(file, await told(frames));
      const after = await told(others);
      for (const [key, flows] of plain.get(file)!) {
        if (cutsAnnouncements && flows.some(({ grade }) => grade === "session")) continue;
        const a = JSON.stringify(flows);
        const b = JSON.stringify(after.get(key));
        if (a !== b) wrong.push(`${file} ${key}\n    ${a}\n    ${b}`);
      }
    }
    expect(changed).toBeGreaterThan(captures.length / share / 5);
    expect(wrong).toEqual([]);
  });
});
