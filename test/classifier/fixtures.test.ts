/** What the lab knows of each fixture because it started both ends, against what we say. */
import { expect, test } from "vitest";
import type { FlowRecord } from "../../src/record/record.js";
import { catalog } from "../../src/generated/catalog.js";
import {
  classify,
  fixtureBytes,
  fixtures,
  openBytes,
  type Fixture,
} from "../support/classifier.js";

const known = new Set(catalog.protocols.map(({ name }) => name));

type Truth = Fixture["flows"][number];

/** Both ends in one order, so that truth and record meet whoever is called client. */
function ends(transport: string, a: string, aPort: number, b: string, bPort: number): string {
  const isPorted = ["tcp", "udp", "sctp"].includes(transport);
  return [
    transport,
    ...[`${a}#${isPorted ? aPort : 0}`, `${b}#${isPorted ? bPort : 0}`].sort(),
  ].join(" ");
}

const ofTruth = (flow: Truth) =>
  ends(flow.transport, flow.client, flow.clientPort ?? 0, flow.server, flow.serverPort ?? 0);
const ofRecord = ({ transport, client, server }: FlowRecord) =>
  ends(transport, client.address, client.port, server.address, server.port);

for (const { file, flows } of fixtures) {
  test(`${file}: flows, names and facts are the truth`, async () => {
    const records = new Map<string, FlowRecord>();
    for await (const record of classify(openBytes(fixtureBytes(file), file))) {
      const key = ofRecord(record);
      if (!records.has(key) || records.get(key)!.protocol === null) records.set(key, record);
    }
    const wrong: string[] = [];
    for (const flow of flows) {
      const record = records.get(ofTruth(flow));
      if (record === undefined) {
        wrong.push(`${ofTruth(flow)}: not found`);
        continue;
      }
      // A protocol that has no file yet must stay unnamed; one that has may be unnamed only where the fixture says why.
      const expected = flow.protocol !== null && known.has(flow.protocol) ? flow.protocol : null;
      if (record.protocol !== expected && !(record.protocol === null && isExcused(file, flow))) {
        wrong.push(
          `${ofTruth(flow)}: ${record.protocol} for ${expected} (${record.evidence.signature})`,
        );
      }
      for (const [name, value] of Object.entries(flow.facts ?? {})) {
        const found = record.facts[name];
        const values = Array.isArray(found) ? found : [found];
        if (known.has(name.split(".")[0]!) && !values.map(String).includes(value)) {
          wrong.push(`${ofTruth(flow)}: ${name} is ${String(found)}, not ${value}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
}

/** Flows whose bytes in the fixture do not carry the evidence, with the reason. */
function isExcused(_file: string, _flow: Truth): boolean {
  return false;
}
