/**
 * The catalog: what the compiler makes of the protocol files. The tables go into the engine; the
 * rest tells the host what the numbers in them mean. It is plain data, made at build time.
 */

import type { ReaderName } from "../readers/index.js";
import type { Announcement } from "./definition.js";

export type { Announcement };

/** Transports whose payload is looked at, in the order of TRANSPORT_*. */
export type Transport = "tcp" | "udp" | "sctp";

/** How much a fact tells about a person: D3 list id, D4 host name, D5 other layer-7 metadata. */
export type DataLevel = "D3" | "D4" | "D5";

/** A fact that a protocol may report. Its id is its index in {@link Catalog.facts}. */
export interface FactEntry {
  /** `protocol.name`, for example `tls.sni`. */
  readonly name: string;
  readonly level: DataLevel;
  readonly type: "text" | "number" | "name";
  /** `first`: the first value seen stays; `list`: distinct values in order of appearance, at most `most`. */
  readonly keep: "first" | "list";
  readonly most: number;
  /** Most bytes of a text value; longer ones are cut, and end with "…". */
  readonly bound: number;
  /** For numbers with names: value → name, for example DNS types. Numbers without a name stay numbers. */
  readonly names?: Readonly<Record<number, string>>;
  /** What makes a value of the captured bytes. */
  readonly read?: ReaderName;
  /** The name of a host that the application is told by. */
  readonly host?: true;
  /** Learnt by the classifier and never told, whatever the mask says. */
  readonly inspected?: true;
  /** No value: the protocol that its owner carries from there on, for the stack. No mask hides it. */
  readonly carries?: string;
  /** The protocol that reports it, where that is not the one of its name. */
  readonly owner?: string;
}

/** How the messages of a stream are told apart: heads and bodies of RFC 9112. */
export type Framing = "http/1";

/** Two messages that belong together, named by facts. */
export interface TransactionEntry {
  /** Facts that are equal in both, the first of which both must have; without them, requests and responses pair in order. */
  readonly key?: readonly string[];
  /** Number fact that is 0 in a request and 1 in a response; without it, the client asks and the server answers. */
  readonly response?: string;
  readonly framing?: Framing;
}

/**
 * What a side asks and what the other answers have equal values of these inspected facts. The facts of either message count
 * from the first answer on, and an answer without a question counts for nothing. Messages without these facts stand alone.
 */
export interface Exchange {
  readonly asked: string;
  readonly answered: string;
  /** Where a side says this, nothing is granted of what the other asked. */
  readonly refused?: string;
}

/** The name of the protocol that reports a fact. */
export const ownerOf = ({ owner, name }: FactEntry): string =>
  owner ?? name.slice(0, name.indexOf("."));

/**
 * Another protocol under a name of its own: named when that one is proved and an endpoint has one of the addresses, or this
 * protocol's own port. With `alpn` it is what a channel carries, and stands on it: a name that the client offers there
 * (RFC 7301) tells as much as the channel's own bytes, and a port alone corroborates.
 */
export interface Refinement {
  readonly protocol: string;
  readonly addresses: readonly string[];
  readonly alpn?: readonly string[];
}

export interface ProtocolEntry {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly category: string;
  readonly source: string;
  readonly ports: Readonly<Record<Transport, readonly number[]>>;
  /** Named by the header alone: IP protocol numbers, or ARP's Ethertype. */
  readonly header?: { readonly ip?: readonly number[]; readonly ethertype?: readonly number[] };
  readonly refines?: Refinement;
  readonly transaction?: TransactionEntry;
  /** With the full names of inspected facts, as what it announces. */
  readonly exchange?: Exchange;
  readonly announces?: readonly Announcement[];
}

export interface SignatureEntry {
  /** `protocol/signature`, for example `tls/client-hello`. Its number is its index in {@link Catalog.signatures}. */
  readonly name: string;
  /** Index in {@link Catalog.protocols}. */
  readonly protocol: number;
  readonly both: boolean;
  /** Either side may open it; who speaks first plays the client, which says nothing of who is client. */
  readonly either: boolean;
  /** Steps of the script of each role. */
  readonly steps: { readonly client: number; readonly server: number };
  /** Signatures that whatever matches this one matches too (it is the more specific one). */
  readonly implies: readonly number[];
  /** Number of the background that this protocol *is* and is exempt from, or -1. */
  readonly exempt: number;
  readonly watch: boolean;
  /** Most evidence it can give, in bits, per background. */
  readonly bits: PerBackground;
  /** Evidence that is there once all its steps matched, in bits, per background. */
  readonly certain: PerBackground;
  /** Names nothing alone, whatever its evidence: with it the odds of a false name would be too high. */
  readonly weak?: true;
}

export type PerBackground = readonly [uniform: number, integers: number, text: number, tls: number];

/** How many there are of what the tables hold, so that more can be linked behind it. */
export interface Extent {
  readonly steps: number;
  readonly sets: number;
  readonly literals: number;
  readonly vectors: number;
  readonly code: number;
}

export interface Catalog {
  /** The recognition tables, laid out as `abi.ts` T_* says. */
  readonly tables: Uint8Array;
  readonly extent: Extent;
  /** Evidence in bits from which on a signature names a flow. */
  readonly threshold: number;
  readonly protocols: readonly ProtocolEntry[];
  readonly signatures: readonly SignatureEntry[];
  readonly facts: readonly FactEntry[];
}

/** Backgrounds, in the order of the evidence vectors. */
export const BACKGROUNDS = ["uniform", "integers", "text", "tls"] as const;
