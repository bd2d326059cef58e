import type { Candidate, Evidence, FactValue, FlowRecord } from "./record.js";

/** A flow got its name. Given once a decision, as early as the evidence allows. */
export interface VerdictEvent {
  type: "verdict";
  /** Flow id, as in the record. */
  flow: number;
  /** `provisional`: named, but its payload is still read; `final`: nothing more is expected. */
  state: "provisional" | "final";
  protocol: string | null;
  evidence: Evidence;
  candidates: Candidate[];
  /** Packet time: seconds since 1970 and nanoseconds. */
  seconds: number;
  nanoseconds: number;
}

/** A request and its answer. */
export interface TransactionEvent {
  type: "transaction";
  flow: number;
  protocol: string;
  /** RFC 3339 with nine decimals; null for the side that was not seen. */
  request: string | null;
  response: string | null;
  facts: Record<string, FactValue>;
}

/** Why messages of a flow cannot be told apart any more. */
export type TransactionsEndReason =
  /** Bytes that matter are missing. */
  | "gap"
  /** The connection goes on with something else: an upgrade, a tunnel. */
  | "switched"
  /** What came is no message of the protocol, or one that its two ends may read differently. */
  | "unreadable"
  /** A response to no request that was seen: what follows it depends on the request. */
  | "unasked"
  /** More requests that wait, a longer head or more bytes out of order than are kept. */
  | "limit";

/** No transaction of this flow follows, although it may go on: its messages cannot be told apart any more. */
export interface TransactionsEndEvent {
  type: "transactions-end";
  flow: number;
  protocol: string;
  reason: TransactionsEndReason;
  /** Packet time: seconds since 1970 and nanoseconds. */
  seconds: number;
  nanoseconds: number;
}

/** A flow ended; its record is complete. */
export interface EndEvent {
  type: "end";
  record: FlowRecord;
}

/**
 * The engine failed: a bug of ours, that this packet met. The flows that it held end with the flag `engine-lost`, as far
 * as its memory can be believed, what was learnt of others is forgotten, and another engine goes on.
 */
export interface TrapEvent {
  type: "trap";
  /** What of the engine did not return (`decode`, `recognise` …); `canary`: it wrote where nobody may. */
  call: string;
  /** The capture's name; null for packets that were pushed. */
  file: string | null;
  /**
   * The packet that it failed at, which may be in no record: number, from 1, in the capture or of those that were pushed. Null
   * where it failed at no packet but at a flow's end.
   */
  packet: number | null;
  /** Offset of that packet's record in the (uncompressed) capture, in bytes; null for pushed packets. */
  offset: number | null;
  /** In the engine's words, for a report. */
  cause: string;
}

export type ClassifierEvent =
  | VerdictEvent
  | TransactionEvent
  | TransactionsEndEvent
  | EndEvent
  | TrapEvent;
