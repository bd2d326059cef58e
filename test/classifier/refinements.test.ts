/** What a channel carries: told by what its client offers, corroborated by a port, whatever facts may be told. */
import { describe, expect, test } from "vitest";
import { noise, sized, hex, tcp, client, udp } from "../../src/language/vocabulary.js";
import type { ClassifierEvent } from "../../src/record/events.js";
import type { FlowRecord } from "../../src/record/record.js";
import { createClassifier, engineKinds } from "../support/classifier.js";
import { packetsOf } from "../support/conversations.js";

const hello = (...offered: string[]) => {
  const names = offered.map((each) => sized(1, each)).join("");
  const extensions = offered.length === 0 ? "" : hex("0010") + sized(2, sized(2, names));
  const body = `${hex("0303")}${noise(32)}${sized(1, "")}${sized(2, hex("1301 c02f"))}${hex("01 00")}${sized(2, extensions)}`;
  return tcp(client(hex("16 0301") + sized(2, hex("01") + sized(3, body))));
};

async function recordOf(
  conversation: Parameters<typeof packetsOf>[0],
  port: number,
  facts: boolean | string[] = true,
  engine: (typeof engineKinds)[number] = "wasm",
) {
  const events: ClassifierEvent[] = [];
  const records: FlowRecord[] = [];
  const classifier = await createClassifier({
    engine,
    facts,
    seed: 1,
    onEvent: (event) => events.push(event),
    onRecord: (record) => records.push(record),
  });
  for (const packet of packetsOf(conversation, port)) {
    classifier.push(packet, { seconds: 1, nanoseconds: 0 });
  }
  classifier.finish();
  classifier.close();
  const verdict = events.find(({ type }) => type === "verdict");
  return { record: records[0]!, verdict };
}

describe.each(engineKinds)("%s", (engine) => {
  test.each<[offered: string[], port: number, protocol: string, grade: string]>([
    [["dot"], 853, "dns-over-tls", "payload"],
    [["dot"], 8443, "dns-over-tls", "payload"],
    [["h2", "dot"], 443, "dns-over-tls", "payload"],
    [[], 853, "dns-over-tls", "corroborated"],
    [["h2"], 443, "tls", "payload"],
    [["doq"], 443, "tls", "payload"],
    [["dott"], 443, "tls", "payload"],
  ])("%j on port %i is %s by %s", async (offered, port, protocol, grade) => {
    const { record, verdict } = await recordOf(hello(...offered), port, true, engine);
    expect(record.protocol).toBe(protocol);
    expect(record.evidence.grade).toBe(grade);
    expect(record.stack).toEqual(protocol === "tls" ? ["tls"] : ["tls", protocol]);
    expect(record.evidence.signature).toBe("tls/client-hello");
    expect(verdict).toMatchObject({ protocol, evidence: { grade } });
  });
});

test.each<[facts: boolean | string[]]>([[false], [["dns.*"]], [["tls.sni"]]])(
  "a name does not depend on facts: %j",
  async (facts) => {
    const { record } = await recordOf(hello("dot"), 443, facts);
    expect(record.protocol).toBe("dns-over-tls");
    expect(record.facts).toEqual({});
  },
);

test("LLMNR over TCP is told by its port", async () => {
  const query = hex("1a2b 0000 0001 0000 0000 0000 11") + "printer-in-office" + hex("00 0001 0001");
  expect((await recordOf(tcp(client(sized(2, query))), 5355)).record.protocol).toBe("llmnr");
  expect((await recordOf(udp(client(query)), 5355)).record.protocol).toBe("llmnr");
  expect((await recordOf(udp(client(query)), 53)).record.protocol).toBe("dns");
});
