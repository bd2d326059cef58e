import * as abi from "../engine/abi.js";
import type { Engine } from "../engine/engine.js";
import { opensWithSyn } from "../flows/history.js";
import type { Catalog } from "../language/catalog.js";
import type {
  TransactionEvent,
  TransactionsEndEvent,
  TransactionsEndReason,
  VerdictEvent,
} from "../record/events.js";
import type { FactValue } from "../record/record.js";
import { Budget } from "./budget.js";
import type { Facts } from "./facts.js";
import { Held } from "./held.js";
import { Exchange } from "./http1/exchange.js";
import type { LiveFlows } from "./live.js";
import type { Outlet } from "./outlet.js";
import type { Timestamp } from "./packet.js";
import { perCatalog } from "./per-catalog.js";
import { NOTE_UNFOLLOWED } from "./rows.js";
import { FOLLOWED_SIZE, sizeOfEvent } from "./sizes.js";
import { putMessageFact, Transactions } from "./transactions.js";

/** Bytes that are kept of all followed flows: heads in several segments, and what is out of order. */
const KEPT_MAX = 8 * 1024 * 1024;
/** Events that wait until their flow is named. */
const WAITING_MAX = 32;
/** As in a stream: a start that is further ahead is not believed. */
const AHEAD_MAX = 2 ** 30;

/** What is told apart by heads of HTTP/1. */
interface Framed {
  /** Index of the protocol, or -1. */
  readonly protocol: number;
  /** Signatures that read a request and a response, and all whose flows may be followed. */
  readonly request: number;
  readonly response: number;
  readonly signatures: ReadonlySet<number>;
  readonly signatureNames: ReadonlySet<string | null>;
}

const NOTHING: Framed = {
  protocol: -1,
  request: -1,
  response: -1,
  signatures: new Set(),
  signatureNames: new Set(),
};

const framedOf = perCatalog((catalog): Framed => {
  const { protocols, signatures } = catalog;
  const own = protocols.findIndex(({ transaction }) => transaction?.framing === "http/1");
  if (own < 0) return NOTHING;
  const reads = (role: "client" | "server") =>
    signatures.findIndex(({ protocol, steps }) => protocol === own && steps[role] > 0);
  const above = signaturesAbove(catalog, own);
  return {
    protocol: own,
    request: reads("client"),
    response: reads("server"),
    signatures: above,
    signatureNames: new Set(Array.from(above, (each) => signatures[each]!.name)),
  };
});

/** A flow whose messages are told apart. */
export interface Followed {
  readonly transactions: Transactions;
  /** Undefined once they cannot be told apart any more. */
  exchange: Exchange | undefined;
  /** The flow was announced as something that these messages belong to. */
  isNamed: boolean;
  /** Events that are told when it is. */
  readonly waiting: Held<TransactionEvent | TransactionsEndEvent>;
}

/**
 * Tells the messages of streams apart behind the flow's decision too, where somebody listens to events.
 *
 * It works in replay, in packet order, on the segments as the engine has them in memory: so it is there once for all
 * engines. Where messages begin and end is its own business; what they say it has from the engine, which obeys the mask.
 */
export class Followers {
  readonly #engine: Engine;
  readonly #live: LiveFlows;
  readonly #facts: Facts;
  readonly #outlet: Outlet;
  readonly #hidden: ReadonlySet<number>;
  readonly #gapPackets: number;
  readonly #budget = new Budget(KEPT_MAX);
  readonly #framed: Framed;
  /** Of the payload that is heard. */
  #descriptor = 0;

  constructor(
    engine: Engine,
    live: LiveFlows,
    facts: Facts,
    outlet: Outlet,
    hidden: ReadonlySet<number>,
    gapPackets: number,
  ) {
    this.#engine = engine;
    this.#live = live;
    this.#facts = facts;
    this.#outlet = outlet;
    this.#hidden = hidden;
    this.#gapPackets = gapPackets;
    this.#framed = outlet.isHeard ? framedOf(live.catalog) : NOTHING;
  }

  /** Is a flow that this signature named followed behind its decision? */
  follows(row: number, signature: number): boolean {
    return this.#framed.signatures.has(signature) && !this.#live.rows.hasNote(row, NOTE_UNFOLLOWED);
  }

  /** Hears a payload, in packet order. */
  hear(row: number, descriptor: number): void {
    if (this.#framed.protocol < 0) return;
    const { rows, memory } = this.#live;
    if (rows.hasNote(row, NOTE_UNFOLLOWED)) {
      // The decision may have come when it was not noted yet.
      if (rows.u8(row, abi.R_STATE) === abi.STATE_FOLLOW) {
        this.#engine.settle(row, abi.STATE_DONE, 0);
      }
      return;
    }
    const { u8, u32 } = memory;
    const payload = u32[(descriptor + abi.D_PAYLOAD) >>> 2]!;
    const direction = (u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_REVERSED) === 0 ? 0 : 1;
    const sequence = u32[(descriptor + abi.D_SEQ) >>> 2]!;
    const isTcp = u8[descriptor + abi.D_PROTOCOL] === abi.IP_TCP;
    const followed =
      this.#live.extras(row)?.followed ??
      this.#begin(row, isTcp, sequence === this.#firstOf(row, direction, sequence), u8[payload]!);
    if (followed?.exchange === undefined) return;
    const { exchange } = followed;
    if (!exchange.isBegun(direction)) {
      exchange.begin(direction, this.#firstOf(row, direction, sequence));
    }
    this.#descriptor = descriptor;
    const end = payload + u32[(descriptor + abi.D_CAPTURED) >>> 2]!;
    const stopped = exchange.hear(direction, sequence, u8, payload, end);
    if (stopped !== undefined) this.#stop(row, followed, stopped, this.#time());
  }

  /** A flow was announced: are its messages what they were taken for? */
  name(row: number, { evidence }: VerdictEvent): void {
    if (this.#framed.protocol < 0) return;
    const followed = this.#live.extras(row)?.followed;
    if (followed === undefined) return;
    if (this.#framed.signatureNames.has(evidence.signature)) {
      followed.isNamed = true;
      for (const event of followed.waiting.splice(0)) this.#outlet.event(event);
    } else this.#drop(row, followed);
  }

  /** A flow is something else, by what another flow announced. */
  drop(row: number): void {
    const followed = this.#live.extras(row)?.followed;
    if (followed !== undefined) this.#drop(row, followed);
  }

  /** The flow ends. */
  finish(row: number): void {
    const followed = this.#live.extras(row)?.followed;
    if (followed === undefined) return;
    if (followed.exchange?.isBehindGap) {
      this.#stop(row, followed, "gap", this.#live.lastTime(row));
    } else this.#endTransactions(followed);
    this.#drop(row, followed);
  }

  /** Whether it is HTTP at all, its first line tells; most that is not, its first byte, if this is the one. */
  #begin(row: number, isTcp: boolean, isFirst: boolean, byte: number): Followed | undefined {
    const { rows, catalog } = this.#live;
    if (!isTcp || (isFirst && !BEGINNINGS.has(byte))) {
      rows.note(row, NOTE_UNFOLLOWED);
      return undefined;
    }
    const entry = catalog.protocols[this.#framed.protocol]!;
    const extras = this.#live.extrasOf(row);
    if (!extras.share.take(FOLLOWED_SIZE)) {
      rows.note(row, NOTE_UNFOLLOWED);
      return undefined;
    }
    const followed: Followed = {
      transactions: new Transactions(rows.f64(row, abi.R_ID), entry, entry.name, extras.share),
      exchange: new Exchange(
        (isRequest, bytes, begin, end) => this.#take(followed, isRequest, bytes, begin, end),
        this.#budget,
        this.#gapPackets,
      ),
      isNamed: false,
      waiting: new Held(extras.share, sizeOfEvent),
    };
    extras.followed = followed;
    return followed;
  }

  /** The sequence number of a direction's first byte, by its SYN; else this is the first. */
  #firstOf(row: number, direction: 0 | 1, sequence: number): number {
    const { rows, memory } = this.#live;
    if (!opensWithSyn(memory, row, direction)) return sequence;
    const first = rows.u32(row, direction === 0 ? abi.R_SEQUENCE_A : abi.R_SEQUENCE_B);
    return (sequence - first) >>> 0 < AHEAD_MAX ? first : sequence;
  }

  #take(
    followed: Followed,
    isRequest: boolean,
    bytes: Uint8Array,
    begin: number,
    end: number,
  ): void {
    const facts = this.#factsOf(isRequest, bytes, begin, end);
    const time = this.#time();
    const event = followed.transactions.add({ facts, fromClient: isRequest, ...time });
    if (event !== undefined) this.#tell(followed, event);
  }

  /** What the engine reads in a head, where it lies or put together. */
  #factsOf(
    isRequest: boolean,
    bytes: Uint8Array,
    begin: number,
    end: number,
  ): Record<string, FactValue> {
    const { memory, catalog } = this.#live;
    const length = end - begin;
    const isApart = bytes !== memory.u8;
    const at = isApart ? memory.address("message") : begin;
    if (isApart) memory.u8.set(bytes.subarray(begin, end), at);
    this.#engine.read(
      isRequest ? this.#framed.request : this.#framed.response,
      isRequest ? 0 : 1,
      at,
      length,
    );
    const facts: Record<string, FactValue> = {};
    const spans = memory.address("spans");
    const count = memory.control(abi.C_SPAN_COUNT);
    for (let span = 0; span < count; span++) {
      const address = spans + span * abi.SPAN_SIZE;
      const fact = memory.u16[(address + abi.Z_FACT) >>> 1]!;
      const isValue = memory.u32[(address + abi.Z_KIND) >>> 2] !== abi.SPAN_APPLICATION;
      const { inspected, keep, name } = catalog.facts[fact]!;
      if (!isValue || inspected || this.#hidden.has(fact)) continue;
      for (const value of this.#facts.read(address)) {
        if (keep === "list" || facts[name] === undefined) putMessageFact(facts, name, value);
      }
    }
    this.#live.dropSpans();
    if (isApart) memory.u8.fill(0, at, at + length);
    return facts;
  }

  #stop(row: number, followed: Followed, reason: TransactionsEndReason, time: Timestamp): void {
    this.#endTransactions(followed);
    this.#tell(followed, {
      type: "transactions-end",
      flow: followed.transactions.flow,
      protocol: followed.transactions.name,
      reason,
      ...time,
    });
    followed.exchange?.release();
    followed.exchange = undefined;
    this.#live.rows.note(row, NOTE_UNFOLLOWED);
  }

  #endTransactions(followed: Followed): void {
    for (const event of followed.transactions.finish()) this.#tell(followed, event);
  }

  #tell({ isNamed, waiting }: Followed, event: TransactionEvent | TransactionsEndEvent): void {
    if (isNamed) this.#outlet.event(event);
    else if (waiting.length < WAITING_MAX) waiting.push(event);
  }

  #drop(row: number, followed: Followed): void {
    followed.exchange?.release();
    followed.transactions.finish();
    followed.waiting.splice(0);
    const extras = this.#live.extrasOf(row);
    extras.followed = undefined;
    extras.share.giveBack(FOLLOWED_SIZE);
    this.#live.rows.note(row, NOTE_UNFOLLOWED);
  }

  #time(): Timestamp {
    return this.#live.packetTime(this.#descriptor);
  }
}

/** What a message of HTTP/1 may begin with: a method's letter, the "H" of a status line, an empty line (RFC 9112 §2.2). */
const BEGINNINGS: ReadonlySet<number> = new Set([
  0x0a,
  0x0d,
  ...Array.from({ length: 26 }, (_, letter) => 0x41 + letter),
]);

/** The signatures of a protocol, and those that imply them. */
function signaturesAbove({ signatures }: Catalog, protocol: number): ReadonlySet<number> {
  const above = new Set<number>();
  const reach = (index: number): boolean =>
    signatures[index]!.protocol === protocol || signatures[index]!.implies.some(reach);
  signatures.forEach((_, index) => {
    if (reach(index)) above.add(index);
  });
  return above;
}
