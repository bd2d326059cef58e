/** A header names a flow at its first packet; payload that says more names it anew, also where both are in one window. */
import { expect, test } from "vitest";
import { createClassifier } from "../../src/node.js";
import { protocols } from "../../src/generated/protocols.js";
import { classify, engineKinds, openBytes } from "../support/classifier.js";
import { packetsOf } from "../support/conversations.js";
import { pcapFile } from "../support/packets.js";

const carried = protocols.flatMap(({ name, samples: { yes = [] } = {} }) =>
  yes
    .filter(({ transport }) => transport === "sctp")
    .map((conversation, index) => ({ name, number: index + 1, conversation })),
);

test("there are protocols over SCTP", () => {
  expect(new Set(carried.map(({ name }) => name)).size).toBeGreaterThan(3);
});

test.each(carried)("$name $number", async ({ name, conversation }) => {
  const packets = packetsOf(conversation);
  for (const engine of engineKinds) {
    for await (const record of classify(openBytes(pcapFile(packets.map((data) => ({ data })))), {
      engine,
    })) {
      expect([engine, record.protocol, record.stack]).toEqual([engine, name, ["sctp", name]]);
    }
  }
  const pushed: (string | null)[] = [];
  const classifier = await createClassifier({ onRecord: ({ protocol }) => pushed.push(protocol) });
  for (const packet of packets) classifier.push(packet, { seconds: 1, nanoseconds: 0 });
  classifier.finish();
  classifier.close();
  expect(pushed).toEqual([name]);
});
