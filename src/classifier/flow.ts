import type { Candidate, FactValue, SideLooks } from "../record/record.js";
import type { FactMap } from "./facts.js";
import type { Transactions } from "./transactions.js";

/** A message that waits until its flow's protocol is announced. */
export interface HeldMessage {
  protocol: number;
  reversed: boolean;
  facts: Record<string, FactValue>;
  seconds: number;
  nanoseconds: number;
}

/** What does not fit into a row: exists only for flows that have facts, candidates or transactions. */
export interface FlowExtras {
  facts: FactMap;
  candidates: Candidate[];
  /** Id of the application of a host, and the fact that named the host. */
  application: number;
  applicationFact: number;
  held: HeldMessage[];
  transactions: Transactions | undefined;
  /** What A's and B's bytes look like, while nothing names them. */
  looks: [SideLooks | undefined, SideLooks | undefined] | undefined;
}

/** Messages held for one flow until it is named. */
export const HELD_MAX = 8;

export function emptyExtras(): FlowExtras {
  return {
    facts: new Map(),
    candidates: [],
    application: 0,
    applicationFact: 0,
    held: [],
    transactions: undefined,
    looks: undefined,
  };
}
