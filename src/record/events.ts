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

export type ClassifierEvent = VerdictEvent | TransactionEvent | TransactionsEndEvent | EndEvent;
