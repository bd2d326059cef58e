/**
 * The story of one flow: a plain document, the same as JSON. It shows payload bytes, so it exists
 * only for a person who explains a capture of their own; nothing of it is kept.
 */
import type { FlowRecord } from "../record/record.js";

/** Rises with every change of meaning. */
export const STORY_SCHEMA = 1;

/** Bits against each background. Null: the protocol is that background, which is not asked. */
export interface BackgroundBits {
  uniform: number | null;
  integers: number | null;
  text: number | null;
  tls: number | null;
}

export interface Story {
  schema: typeof STORY_SCHEMA;
  /** The record as the classifier gave it; of a long flow that was reported in parts, the last one that is told of. */
  record: FlowRecord;
  /** Why it has its name, or none, in sentences. */
  why: string[];
  /** Does the retelling give what the engine gave? If not, `differences` says where. */
  agrees: boolean;
  differences: string[];
  /** All packets of the flow, and the first of them. */
  packetCount: number;
  packets: StoryPacket[];
  /** What was said as far as it was matched: a stream's beginning a side, or datagrams. */
  said: Said[];
  /** What speaks for the signature that named the flow, or for the one that came nearest; null where none matched. */
  evidence: StoryEvidence | null;
  /** Other signatures that stood beside it at the end. */
  others: { signature: string; protocol: string; bits: number }[];
  /** Signatures that matched no further, a few of `fallenCount`: a user's own first, then those that came farthest. */
  fallen: Fallen[];
  fallenCount: number;
  facts: StoryFact[];
  /** Why the capture could not be read to its end, if it could not. */
  problem: string | null;
}

export type Way = "toServer" | "toClient";

/** Whose words: of one role, or of who speaks first and who answers, where either may begin. */
export type Side = "client" | "server" | "first" | "reply";

export interface StoryPacket {
  /** From 1. */
  number: number;
  direction: Way;
  /** Seconds since the flow's first packet. */
  time: number;
  /** Bytes of the frame, and of its payload, on the wire. */
  length: number;
  payload: number;
  /** TCP: `SYN ACK`; null otherwise. */
  flags: string | null;
}

export interface Said {
  direction: Way;
  /** A stream's first packet with payload, or a datagram's packet. */
  packet: number;
  isStream: boolean;
  /** Bytes that matching had of it. */
  length: number;
  /** The first of them, in hexadecimal. */
  bytes: string;
  marks: StoryMark[];
}

/** Bytes that decided, or that a fact was read from. */
export interface StoryMark {
  /** Offsets in what was said; the end is behind the last byte. */
  start: number;
  end: number;
  /** What was wanted there. */
  pattern: string;
  /** A number that was read. */
  value: number | null;
  fact: string | null;
  /** It is evidence; otherwise it was only read for a fact. */
  isEvidence: boolean;
}

export interface StoryEvidence {
  signature: string;
  protocol: string;
  /** Bits against each background when the name was given (or at the end, without one). */
  bits: BackgroundBits;
  /** The background that explains the bytes best, so that it decides. */
  decidedBy: keyof BackgroundBits;
  /** Bits from which on a name is given. */
  threshold: number;
  steps: StoryStep[];
}

/** A message, or a part of a stream, that a signature's script matched. */
export interface StoryStep {
  direction: Way;
  /** Whose words these are in the signature. */
  side: Side;
  /** Its number in that side's script, from 1, and how many that has. */
  step: number;
  steps: number;
  packet: number;
  start: number;
  end: number;
  bits: BackgroundBits;
  /** It came after the name was given and counts no more. */
  isLater: boolean;
  parts: StoryPart[];
  relations: string[];
}

export interface StoryPart {
  pattern: string;
  start: number;
  end: number;
  bits: BackgroundBits;
}

export interface Fallen {
  signature: string;
  protocol: string;
  direction: Way;
  side: Side;
  step: number;
  /** The packet with the bytes that did not match. */
  packet: number;
  /** Where in what was said, what was wanted there, and the bytes that stand there, in hexadecimal. */
  offset: number;
  wanted: string;
  found: string;
  /** The number that was found, where one was wanted. */
  value: number | null;
  /** Evidence that it had by then. */
  bits: number;
}

export interface StoryFact {
  name: string;
  value: string | number;
  level: string;
  direction: Way;
  packet: number;
  /** Offsets in what the side said, or in what a dissector made of it. */
  start: number;
  end: number;
  /** `tls-handshake`, `quic-initial`; null where the bytes are those of the packets. */
  dissector: string | null;
}
