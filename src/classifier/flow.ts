import type { Candidate, FactValue, SideLooks } from "../record/record.js";
import { Budget, Share } from "./budget.js";
import type { FactMap } from "./facts.js";
import type { Followed } from "./followers.js";
import { Held } from "./held.js";
import { sizeOfLesson, sizeOfMessage } from "./sizes.js";
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

/** An application learnt from another flow. */
export interface LearntApplication {
  readonly application: number;
  /** Id of the flow that taught it. */
  readonly flow: number;
  /** The address had a name of another application too. */
  readonly isShared: boolean;
  /** The address is that of endpoint A. */
  readonly serverIsA: boolean;
}

/** What does not fit into a row: exists only for flows that have facts, candidates, transactions or something to teach. */
export interface FlowExtras {
  /** Of the memory for facts and messages. */
  readonly share: Share;
  facts: FactMap;
  candidates: Candidate[];
  /** Id of the application of a host, and the fact that named the host. */
  application: number;
  applicationFact: number;
  /** The application that an answer of DNS names one of its addresses by. */
  learnt: LearntApplication | undefined;
  /** The first name for what a channel carries that a refinement knows; what else was offered is not kept here. */
  offered: string | undefined;
  readonly held: Held<HeldMessage>;
  readonly lessons: Held<HeldLesson>;
  /** The protocol of the last verdict that was given, where payload proved it and anything is learnt of the flow; else -1. */
  announced: number;
  session: Session | undefined;
  transactions: Transactions | undefined;
  followed: Followed | undefined;
  /** What A's and B's bytes look like, while nothing names them. */
  looks: [SideLooks | undefined, SideLooks | undefined] | undefined;
}

/** Messages, and lessons, held for one flow until it is named. */
export const HELD_MAX = 8;

export function emptyExtras(memory = new Budget(Infinity)): FlowExtras {
  const share = new Share(memory);
  return {
    share,
    facts: new Map(),
    candidates: [],
    application: 0,
    applicationFact: 0,
    learnt: undefined,
    offered: undefined,
    held: new Held<HeldMessage>(share, sizeOfMessage),
    lessons: new Held<HeldLesson>(share, sizeOfLesson),
    announced: -1,
    session: undefined,
    transactions: undefined,
    followed: undefined,
    looks: undefined,
  };
}
