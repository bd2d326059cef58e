/** A protocol's definition: what one file of `src/protocols/` exports. Plain data. */
import type { DataLevel, Exchange, Framing, Refinement, Transport } from "./catalog.js";
import type { ReaderName } from "../readers/index.js";
import type { Sequence } from "./pattern.js";

export type { Transport };

/** One message after the other from one side; each is matched where the one before ended. */
export type Script = readonly Sequence[];

/** One way to tell a protocol. Several transports, several roles: each is tried on its own. */
export interface Signature {
  readonly over: Transport | readonly Transport[];
  /** What the client says, and what the server says. */
  readonly client?: Script;
  readonly server?: Script;
  /** What the one says who speaks first, whichever side that is, and what the other answers. */
  readonly first?: Script;
  readonly reply?: Script;
  /** Both sides must match before it names a flow (waived where one side is never heard). */
  readonly both?: boolean;
  /**
   * The server's words are read for their facts alone: they open nothing, and the client's may be heard behind them. Each of
   * their steps begins with `accept`.
   */
  readonly told?: boolean;
  /** Over datagrams: a side may say its first step again, between the others and for no more evidence. */
  readonly again?: true;
  /** The background that this protocol *is*: evidence against that one is not asked for. */
  readonly exempt?: "uniform" | "integers" | "text" | "tls";
  /** Signatures (`protocol/signature`) that match whatever this one matches: this is the more specific. */
  readonly implies?: readonly string[];
  /** Run on every later datagram or segment of a flow that this signature named, for its facts. */
  readonly watch?: Sequence;
}

/** A fact that patterns capture or report. */
export interface Fact {
  readonly level: DataLevel;
  readonly type: "text" | "number" | "name";
  readonly keep: "first" | "list";
  readonly most: number;
  readonly bound: number;
  readonly names?: Readonly<Record<number, string>>;
  /** What makes a value of the captured bytes. */
  readonly read?: ReaderName;
  /** The name of a host that the application is told by. */
  readonly host?: true;
  /** No value of a record: the protocol that the flow carries from here on, named in its stack whatever the mask says. */
  readonly carries?: string;
}

/** All that a definition's patterns may capture or report. */
export const readFacts = ({
  facts = {},
  inspects = {},
}: Definition): Readonly<Record<string, Fact>> => ({ ...facts, ...inspects });

/** A fact's full name. One of another protocol that is carried, as TLS is by QUIC, is given in full. */
export const factName = (protocol: string, key: string): string =>
  key.includes(".") ? key : `${protocol}.${key}`;

/** A flow that inspected values of this protocol's messages announce. */
export interface Announcement {
  /** The protocol that it will speak. */
  readonly protocol: string;
  readonly over: "tcp" | "udp";
  /** The inspected port, as a number or its digits: each value announces a flow. */
  readonly port?: string;
  /** Instead of a port: whoever says this expects the flow at the port it says it from. */
  readonly when?: string;
  /** Added to the port. */
  readonly plus?: number;
  /** The inspected address, as text or IPv4 as a number: the last one in front of the port. */
  readonly address?: string;
  /** An address right behind the port is its own. */
  readonly behind?: true;
  /** Whose address it is where none is said that counts. Default: the sender's. */
  readonly at?: "sender" | "receiver";
  /** The address may be a third party's. Default: one of the two ends of the flow that announces. */
  readonly elsewhere?: true;
  /** Anyone may come there. Default: the end of the flow that announces which it is not. */
  readonly from?: "anyone";
}

export interface Message {
  readonly from: "client" | "server";
  /** One byte per character. */
  readonly bytes: string;
}

/** Messages in the order they are sent; on TCP each is what one side says until the other speaks. */
export interface Conversation {
  readonly transport: Transport;
  readonly messages: readonly Message[];
}

export interface Definition {
  /** Lower case, the IANA service name where there is one. */
  readonly name: string;
  readonly title: string;
  readonly category: string;
  /** The specification that says what is matched, with its sections. */
  readonly source: string;
  /** Registered or customary server ports. They give no evidence. */
  readonly ports?: Readonly<Partial<Record<Transport, readonly number[]>>>;
  readonly signatures?: Readonly<Record<string, Signature>>;
  readonly facts?: Readonly<Record<string, Fact>>;
  /**
   * What the classifier itself learns from a message, for the sake of other flows. Written as facts are,
   * read whatever facts are selected, told to nobody, and dropped once it is learnt.
   */
  readonly inspects?: Readonly<Record<string, Fact>>;
  /** Inspected facts that say which messages count only together. */
  readonly exchange?: Exchange;
  /** What the inspected values announce. */
  readonly announces?: readonly Announcement[];
  /** Named by the header alone: IP protocol numbers, an Ethertype. */
  readonly header?: { readonly ip?: readonly number[]; readonly ethertype?: readonly number[] };
  readonly refines?: Refinement;
  /** Facts that pair a request with its response: those that are equal, and the one that is 0 and 1. */
  readonly transaction?: {
    readonly key?: string | readonly string[];
    readonly response?: string;
    /** Over TCP: how messages are told apart, which are then paired in order; the scripts' first steps read them. */
    readonly framing?: Framing;
  };
  readonly samples?: {
    /** Conversations that are named by their evidence. */
    readonly yes?: readonly Conversation[];
    /** Conversations that match, but with too little evidence for a name. */
    readonly weak?: readonly Conversation[];
    /** Near misses: conversations that must not match to a name. */
    readonly no?: readonly Conversation[];
  };
}
