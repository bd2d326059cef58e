/**
 * The record: one per flow (and per part of a long flow), the same shape everywhere: this type, a
 * JSON line, a table row. {@link SCHEMA} rises with every change of meaning.
 */
export const SCHEMA = 1;

/** What a name rests on, strongest first. */
export const GRADES = [
  /** Bytes of this flow carry enough evidence. */
  "payload",
  /** Announced by another flow. */
  "session",
  /** The IP protocol number or the Ethertype says it. */
  "header",
  /** Some payload evidence, and the registered port. */
  "corroborated",
  /** A host name in the payload. */
  "host",
  /** A DNS answer seen earlier. */
  "dns",
  /** A published address range. */
  "address",
  "none",
] as const;
export type Grade = (typeof GRADES)[number];

/** An end of a flow. Protocols without ports have `port` 0. */
export interface Endpoint {
  /** Canonical text: dotted IPv4, RFC 5952 IPv6. */
  address: string;
  port: number;
}

/** A number for each direction. */
export interface PerDirection {
  toServer: number;
  toClient: number;
}

/** What may carry a flow. The order is the engine's: code n is element n − 1. */
export const TUNNEL_TYPES = [
  /** IPv4 in IP (protocol 4). */
  "ipip",
  /** IPv6 in IP (protocol 41): 6in4, 6rd, 6to4. */
  "ipv6-in-ip",
  "gre",
  /** GRE of version 1, with PPP. */
  "pptp",
  "erspan",
  "etherip",
  "l2tp",
  "l2tpv3",
  "mpls-in-ip",
  "vxlan",
  "vxlan-gpe",
  "geneve",
  "gtp",
  "teredo",
  "tzsp",
  "capwap",
  /** ESP that does not encrypt (RFC 2410). */
  "esp-null",
  "ah",
] as const;
export type TunnelType = (typeof TUNNEL_TYPES)[number];

/** A tunnel that a flow was carried by. */
export interface Tunnel {
  type: TunnelType;
  /**
   * What tells tunnels of one type apart: the VNI of VXLAN and Geneve, the key of GRE, the session of
   * ERSPAN. 0 for the others: their numbers differ between the directions, or they have none.
   */
  vni: number;
}

/** What the protocol's name rests on. */
export interface Evidence {
  grade: Grade;
  /** −log₂ of the probability that chance would look like this, over the least favourable background; 0 where no payload spoke. */
  bits: number;
  /** The signature that matched, for example `tls/client-hello`; null for other grades. */
  signature: string | null;
  /** Number of the packet within the flow, from 1, that completed the evidence. */
  packet: number;
  /** Id of the flow that announced this one under this name; null where none did. */
  flow: number | null;
}

/** What the application's name rests on. */
export interface ApplicationEvidence {
  grade: Grade;
  /** The fact that named it, for example `tls.sni`. */
  from: string;
  /** Grade `dns`: id of the flow in which the answer came; null for the others. */
  flow: number | null;
}

/** What a side's bytes look like where no protocol is named. */
export const LOOKS = [
  /** No statistic tells the bytes from random ones: encryption, or good compression without a mark of its own. */
  "encrypted-looking",
  /** It begins as a compressed format does. */
  "compressed",
  /** It begins as a format of images, sound or film does. */
  "media",
  /** It begins as a format of documents does. */
  "document",
  /** Printable, in a character set that was checked. */
  "text",
  /** None of these: it has structure, or is not random enough. */
  "binary",
  /** Too few bytes to say. */
  "short",
] as const;
export type LooksKind = (typeof LOOKS)[number];

/** What one side's bytes look like: a description, never a name. Statistic and error rates: ARCHITECTURE.md. */
export interface SideLooks {
  kind: LooksKind;
  /** IANA media type of `compressed`, `media`, `document`; character set of `text`; null otherwise. */
  format: string | null;
  /** Shannon entropy of the byte counts, in bits a byte, two decimals. At most log₂ of `bytes`. */
  entropy: number;
  /** Bytes that were looked at: of one payload, the first 1,024 at most. */
  bytes: number;
}

export interface Looks {
  /** Null where that side said nothing, or nothing that was looked at. */
  toServer: SideLooks | null;
  toClient: SideLooks | null;
}

/** A signature with evidence that could not be told apart from another. */
export interface Candidate {
  protocol: string;
  signature: string;
  bits: number;
}

/** Why a record ends. */
export const END_REASONS = [
  /** FIN from both sides. */
  "fin",
  "rst",
  /** No packet for the idle time-out, on capture time. */
  "idle",
  /** The flow goes on; this part is as long as the active time-out. The next record has the same id and part + 1. */
  "active",
  /** The table was full and this flow was the longest idle. */
  "evicted",
  /** The capture, or the classifier, ended. */
  "end",
  /** The engine failed (a bug of ours) and was replaced. What follows of this flow has a record, and an id, of its own. */
  "engine-lost",
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** Remarks on how the flow was seen, in this order. */
export const FLAGS = [
  /** TCP without its SYN: who is client is judged from ports and payload. */
  "midstream",
  /** Only one direction was seen. */
  "one-sided",
  /** Packets were cut by the capture's snap length. */
  "snapped",
  /** Packets of it came twice, as a mirror port gives them; all that were seen are counted. */
  "duplicated",
  /** ESP that does not encrypt: what it carries has records of its own, in a tunnel of type `esp-null`. */
  "cleartext",
  /** A header contradicted itself or the frame. */
  "malformed",
  /** IP fragments that were not reassembled. */
  "fragments",
  /** TCP bytes that recognition wanted never came. */
  "gap",
  "evicted",
  /** Memory for inspecting it had run out: what the name rests on may be less than was there. */
  "uninspected",
  /** Memory for facts and messages had run out: some of this flow were not kept. */
  "facts-cut",
  /** The engine failed while it held the flow: the record is as far as it had come, what rests on a last decision is missing. */
  "engine-lost",
  /** The application rests on a DNS answer, and names of other applications were answered with the same address. */
  "shared-address",
] as const;
export type Flag = (typeof FLAGS)[number];

export type FactValue = string | number | (string | number)[];

export interface FlowRecord {
  schema: typeof SCHEMA;
  /** Number of the flow in this run, from 1, in order of first packets. */
  id: number;
  network: "ipv4" | "ipv6" | "arp";
  /** IANA keyword of the IP protocol in lower case (`tcp`, `udp`, `icmp`, `sctp` …), `ip-N` where it has none, `arp`. */
  transport: string;
  client: Endpoint;
  server: Endpoint;
  /** First and last packet: RFC 3339 in UTC with nine decimals. */
  start: string;
  end: string;
  ended: { reason: EndReason; part: number };
  packets: PerDirection;
  /** Frame lengths on the wire. */
  bytes: PerDirection;
  /** The deepest protocol proved that is no mere carrier; null when none is. */
  protocol: string | null;
  /** All protocols proved, outermost first: SMTP that goes on in TLS is `["smtp", "tls"]`, and its `protocol` is `smtp`. */
  stack: string[];
  category: string | null;
  evidence: Evidence;
  application: string | null;
  applicationEvidence: ApplicationEvidence | null;
  /** Keys in ascending order; values already bounded and allowed by the policy. */
  facts: Record<string, FactValue>;
  notices: string[];
  candidates: Candidate[];
  /** Service name registered for the server's port; a guess, never evidence. */
  portGuess: string | null;
  /** Of flows without a protocol, where payload was looked at: what it looks like. Null otherwise. */
  looks: Looks | null;
  flags: Flag[];
  /** VLAN ids, outermost first; for a flow in a tunnel, those of the outer frame and then its own. */
  vlan: number[];
  /** What carried the flow, outermost first; what carries has a record of its own. */
  tunnels: Tunnel[];
  /** TCP: letters of what was seen, in order of first appearance; capitals from the client, small from the server: S SYN, H SYN-ACK, A ACK, D data, F FIN, R RST. Null otherwise. */
  history: string | null;
  /** Community ID, version 1, of the innermost addresses; of ICMP, by its first message. Null where there is none: ARP. */
  communityId: string | null;
}
