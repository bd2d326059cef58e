/** Why a flow has its name, or none: sentences for people. */
import { MARGIN } from "../classifier/evidence.js";
import { CORROBORATED_FROM } from "../language/limits.js";
import type { Catalog, ProtocolEntry } from "../language/catalog.js";
import type { FlowRecord, LooksKind, SideLooks } from "../record/record.js";
import type { StoryEvidence } from "./story.js";

export interface Circumstances {
  readonly record: FlowRecord;
  readonly evidence: StoryEvidence | null;
  readonly catalog: Catalog;
  /** Something was said, and matched against signatures. */
  readonly isHeard: boolean;
  readonly fallenCount: number;
}

/** It went on for longer than the active time-out. */
export const isInParts = ({ ended }: FlowRecord): boolean =>
  ended.part > 1 || ended.reason === "active";

export function sayWhy(circumstances: Circumstances): string[] {
  const { record, catalog } = circumstances;
  const protocol = catalog.protocols.find(({ name }) => name === record.protocol);
  const sentences = protocol ? named(circumstances, protocol) : unnamed(circumstances);
  if (isInParts(record)) {
    sentences.push(
      `It went on for so long that it was reported in parts: this is the flow from its beginning to the end of part ${record.ended.part}.`,
    );
  }
  if (record.flags.includes("midstream")) {
    sentences.push(
      "Its beginning was not captured: who is the client is judged by what was said, and what was said first may be missing.",
    );
  }
  if (record.flags.includes("snapped")) {
    sentences.push(
      "Its packets were cut when they were captured: bytes behind the cut cannot speak.",
    );
  }
  if (record.flags.includes("gap")) {
    sentences.push("TCP bytes that were wanted never came: what is behind the gap was not read.");
  }
  if (record.flags.includes("uninspected")) {
    sentences.push("Memory for inspecting flows had run out: less was read than was there.");
  }
  return sentences;
}

function named(
  { record, evidence, catalog, isHeard, fallenCount }: Circumstances,
  protocol: ProtocolEntry,
): string[] {
  const { grade, signature, bits, packet } = record.evidence;
  if (grade === "header") {
    const { header = {} } = protocol;
    const what =
      record.network === "arp"
        ? `Ethertype 0x${header.ethertype![0]!.toString(16).padStart(4, "0")}`
        : `IP protocol number ${header.ip!.join(" or ")}`;
    return isHeard
      ? [
          `${what} is ${protocol.title}: the header says so.`,
          `What it carries has no name: of the signatures over ${record.transport} ${fallenCount} failed.`,
        ]
      : [`${what} is ${protocol.title}: the header alone says so, and no payload was read.`];
  }
  if (grade === "session") {
    return [
      `Flow ${record.evidence.flow} announced it as ${protocol.title}, and its own payload proves nothing else.`,
    ];
  }
  const sentences: string[] = [];
  const what = `${signature} has ${bits} bits of evidence with packet ${packet}`;
  const { threshold } = catalog;
  if (record.evidence.flow !== null) {
    sentences.push(`Flow ${record.evidence.flow} announced it as ${protocol.title}.`);
  }
  if (grade === "payload") sentences.push(`${what}; from ${threshold} bits on a flow is named.`);
  else if (bits >= threshold) {
    sentences.push(
      `${what}. That would be enough, but it asks for the words of both sides, and only one was heard: the name is corroborated, not proved.`,
    );
  } else {
    sentences.push(
      `${what}: too little for a name (${threshold}), but more than ${CORROBORATED_FROM}, and the flow is on the port registered for ${protocol.title}. Both together give the grade corroborated.`,
    );
  }
  if (evidence) {
    sentences.push(
      `Of all backgrounds ${sayBackground(evidence.decidedBy)} would look like this most easily, so that one decides.`,
    );
  }
  const spoken = catalog.protocols.find(({ name }) => name === evidence?.protocol);
  if (spoken && spoken !== protocol && protocol.refines?.alpn) {
    sentences.push(
      grade === "corroborated"
        ? `That proves ${spoken.title}; it is on the port registered for ${protocol.title}, which corroborates that name (${protocol.source}).`
        : `That is ${spoken.title}; what its client offers (ALPN) says that it carries ${protocol.title} (${protocol.source}).`,
    );
  } else if (spoken && spoken !== protocol && protocol.refines) {
    sentences.push(
      `The format is that of ${spoken.title}; ${sayPlace(record, protocol)}, so it is ${protocol.title} (${protocol.source}).`,
    );
  }
  return sentences;
}

function sayPlace({ client, server }: FlowRecord, { refines, ports }: ProtocolEntry): string {
  const addressed = [server, client].find(({ address }) => refines!.addresses.includes(address));
  if (addressed) return `it is spoken to ${addressed.address}`;
  const port = [server, client].find(
    (end) => ports.udp.includes(end.port) || ports.tcp.includes(end.port),
  );
  return port ? `it is spoken on port ${port.port}` : "it is spoken in another's place";
}

function unnamed({ record, evidence, catalog, isHeard, fallenCount }: Circumstances): string[] {
  const sentences: string[] = [];
  const { threshold } = catalog;
  if (!["tcp", "udp", "sctp"].includes(record.transport)) {
    sentences.push(
      `Signatures are matched over TCP, UDP and SCTP only, and no header names ${record.transport}.`,
    );
  } else if (!isHeard) {
    sentences.push("No packet carried payload that was read: nothing could speak for a name.");
  } else if (record.candidates.length > 0) {
    const names = record.candidates.map(({ signature, bits }) => `${signature} (${bits} bits)`);
    sentences.push(
      `Several signatures have enough evidence, and none is ${MARGIN} bits ahead of the others: ${names.join(", ")}. So it has no name.`,
    );
  } else if (evidence) {
    const bits = Math.min(...Object.values(evidence.bits).filter((each) => each !== null));
    sentences.push(
      `${evidence.signature} came nearest, with ${Math.floor(bits)} of ${threshold} bits: what was said looks like it, but so would other things.`,
    );
  } else {
    sentences.push(
      `${fallenCount === 1 ? "The one signature" : `All ${fallenCount} signatures`} over ${record.transport} that could begin here failed.`,
    );
  }
  if (record.looks !== null) {
    const { toServer, toClient } = record.looks;
    const sides = [
      ...(toServer ? [`what the client said looks ${sayLooks(toServer)}`] : []),
      ...(toClient ? [`what the server said looks ${sayLooks(toClient)}`] : []),
    ].join("; ");
    sentences.push(
      `${sides[0]!.toUpperCase()}${sides.slice(1)}. That describes bytes and names nothing.`,
    );
  }
  if (record.portGuess !== null) {
    sentences.push(
      `Port ${record.server.port} is registered for ${record.portGuess}. Anything can use a port: that is a guess, and no evidence.`,
    );
  }
  return sentences;
}

function sayLooks({ kind, format, entropy, bytes }: SideLooks): string {
  const words: Record<LooksKind, string> = {
    "encrypted-looking": "encrypted: no statistic tells it from random bytes",
    compressed: `compressed (${format})`,
    media: `like media (${format})`,
    document: `like a document (${format})`,
    text: `like text (${format})`,
    binary: "binary",
    short: "like nothing yet: it is too short",
  };
  return `${words[kind]} (${bytes} bytes, ${entropy} bits of entropy a byte)`;
}

function sayBackground(background: string): string {
  const words: Record<string, string> = {
    uniform: "random bytes",
    integers: "small integers",
    text: "printable text",
    tls: "TLS records",
  };
  return words[background] ?? background;
}
