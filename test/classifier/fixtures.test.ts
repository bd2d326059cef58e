/** What the lab knows of each fixture because it started both ends, against what we say. */
import { expect, test } from "vitest";
import { endsKey, keyOfTruth } from "../../lab/fixtures.js";
import { catalog } from "../../src/generated/catalog.js";
import type { FlowRecord } from "../../src/record/record.js";
import {
  classify,
  fixtureBytes,
  fixtures,
  openBytes,
  type Fixture,
} from "../support/classifier.js";

type Truth = Fixture["flows"][number];

const protocols = new Set(catalog.protocols.map(({ name }) => name));
const facts = new Set(catalog.facts.map(({ name }) => name));

/** Flows that another name, or none, is right for, with the reason. */
const excused: Record<string, string | null> = {
  // Data on a TLS connection is TLS to whoever reads it.
  "ftp/vsftpd-auth-tls.pcap ftp-data": "tls",
  // The datagram is cut behind its header.
  "formats/snapped.pcap dns": null,
  // A refused connection carries no payload.
  "http/python-offport.pcap http": null,
  // The server answers an unknown version only with Version Negotiation and Retry.
  "quic/ngtcp2-retry.pcap quic": null,
  // The id that the client goes on with was told encrypted.
  "quic/ngtcp2-migration.pcap quic": null,
  // One report from one side is too little for a name.
  "rtp/ffmpeg-opus.pcap rtcp": null,
  "rtp/ffmpeg-h264-ipv6.pcap rtcp": null,
  // A client that is refused says four bytes and hears two.
  "socks/microsocks-other-port.pcap socks": null,
  // aria2 obfuscates what it says to peers (MSE): it looks random from the first byte.
  "bittorrent/aria2-http.pcap bittorrent": null,
  // Encrypted packets, from the middle of a connection.
  "ssh/midstream.pcap ssh": null,
};

const keyOfRecord = ({ transport, client, server }: FlowRecord) =>
  endsKey(transport, [client.address, client.port], [server.address, server.port]);

/** The lab says what it knows: a part of the value, or several values with commas between. */
function holds(record: FlowRecord, name: string, value: string | number | boolean): boolean {
  const found = [record.facts[name] ?? []].flat().map(String);
  return String(value)
    .split(",")
    .every((part) => found.some((text) => text.includes(part)));
}

function compare(file: string, flow: Truth, record: FlowRecord | undefined): string[] {
  if (record === undefined) return ["not found"];
  const wrong: string[] = [];
  const excuse = excused[`${file} ${flow.protocol}`];
  const isKnown = flow.protocol !== null && protocols.has(flow.protocol);
  const isRight = record.protocol === (isKnown ? flow.protocol : null);
  if (!isRight && (excuse === undefined || record.protocol !== excuse)) {
    wrong.push(`${record.protocol} for ${flow.protocol} (${record.evidence.signature})`);
  }
  for (const [name, value] of Object.entries(flow.facts ?? {})) {
    // What goes on in TLS tells what the hellos say.
    const isOwn = name.startsWith(`${flow.protocol}.`) || name.startsWith("tls.");
    const isOurs = facts.has(name) && isOwn;
    const isExcused = excuse !== undefined && record.protocol === excuse;
    if (isOurs && !isExcused && !holds(record, name, value)) {
      wrong.push(`${name} is ${String(record.facts[name])}, not ${value}`);
    }
  }
  return wrong;
}

for (const { file, flows } of fixtures) {
  test(`${file}: flows, names and facts are the truth`, async () => {
    const records = new Map<string, FlowRecord>();
    for await (const record of classify(openBytes(fixtureBytes(file), file))) {
      const key = keyOfRecord(record);
      if (!records.has(key) || records.get(key)!.protocol === null) records.set(key, record);
    }
    const wrong = flows.flatMap((flow) =>
      compare(file, flow, records.get(keyOfTruth(flow))).map(
        (text) => `${keyOfTruth(flow)}: ${text}`,
      ),
    );
    expect(wrong).toEqual([]);
  });
}
