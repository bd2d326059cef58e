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

/** A flow ended; its record is complete. */
export interface EndEvent {
  type: "end";
  record: FlowRecord;
}

export type ClassifierEvent = VerdictEvent | TransactionEvent | EndEvent;
