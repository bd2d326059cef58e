import type { Candidate } from "../record/record.js";
import type { FactValue } from "../record/record.js";
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

/** Inspected facts of a message, that wait until their flow's protocol is announced. */
export interface HeldLesson {
  protocol: number;
  reversed: boolean;
  facts: (readonly [name: string, value: string | number])[];
  seconds: number;
  nanoseconds: number;
}

/** Another flow announced this one. */
export interface Session {
  /** Index of the protocol that it was announced as. */
  readonly protocol: number;
  /** Id of the flow that announced it. */
  readonly flow: number;
}

/** What does not fit into a row: exists only for flows that have facts, candidates, transactions or something to teach. */
export interface FlowExtras {
  facts: FactMap;
  candidates: Candidate[];
  /** Id of the application of a host, and the fact that named the host. */
  application: number;
  applicationFact: number;
  held: HeldMessage[];
  lessons: HeldLesson[];
  /** The protocol of the last verdict that was given, where payload proved it and anything is learnt of the flow; else -1. */
  announced: number;
  session: Session | undefined;
  transactions: Transactions | undefined;
}

/** Messages, and lessons, held for one flow until it is named. */
export const HELD_MAX = 8;

export function emptyExtras(): FlowExtras {
  return {
    facts: new Map(),
    candidates: [],
    application: 0,
    applicationFact: 0,
    held: [],
    lessons: [],
    announced: -1,
    session: undefined,
    transactions: undefined,
  };
}
