import type { Catalog, ProtocolEntry } from "../language/catalog.js";
import type { TransactionEvent } from "../record/events.js";
import type { FactValue } from "../record/record.js";
import { formatTime } from "../flows/time.js";
import type { Share } from "./budget.js";
import { sizeOfMessage } from "./sizes.js";

/** Requests of one flow that wait for their answer, at most. The oldest is reported unanswered when one more comes. */
export const WAITING_MAX = 16;

/** The facts of one message, with its packet time. */
export interface Message {
  facts: Record<string, FactValue>;
  fromClient: boolean;
  seconds: number;
  nanoseconds: number;
}

/** Pairs the requests and responses of one flow. */
export class Transactions {
  readonly #waiting: Message[] = [];
  readonly #key: readonly string[];
  readonly #response: string | undefined;

  constructor(
    readonly flow: number,
    readonly protocol: ProtocolEntry,
    readonly name: string,
    readonly share: Share,
  ) {
    this.#key = protocol.transaction?.key ?? [];
    this.#response = protocol.transaction?.response;
  }

  /** Takes one message, and gives the transaction that it completes, or that it pushes out. */
  add(message: Message): TransactionEvent | undefined {
    const isResponse =
      this.#response === undefined ? !message.fromClient : isSet(message.facts[this.#response]);
    if (!isResponse) {
      // Without memory it does not wait.
      if (!this.share.take(sizeOfMessage(message))) return this.#event(message, undefined);
      this.#waiting.push(message);
      return this.#waiting.length > WAITING_MAX
        ? this.#event(this.#takeOut(0, 1)[0], undefined)
        : undefined;
    }
    const at = this.#waiting.findIndex((request) => this.#belong(request, message));
    const request = at < 0 ? undefined : this.#takeOut(at, 1)[0];
    return this.#event(request, message);
  }

  #takeOut(at: number, count: number): Message[] {
    const requests = this.#waiting.splice(at, count);
    for (const request of requests) this.share.giveBack(sizeOfMessage(request));
    return requests;
  }

  /**
   * Has the response what it must repeat? Only the first of it must be there: a DNS server may leave the question out
   * (RFC 6762 §6), and what is masked is in neither.
   */
  #belong({ facts }: Message, response: Message): boolean {
    return this.#key.every((fact, index) => {
      const [asked, told] = [facts[fact], response.facts[fact]];
      return index > 0 && told === undefined ? true : isSame(asked, told);
    });
  }

  /** Requests that never got an answer. */
  finish(): TransactionEvent[] {
    return this.#takeOut(0, this.#waiting.length).map((request) => this.#event(request, undefined));
  }

  #event(request: Message | undefined, response: Message | undefined): TransactionEvent {
    const facts: Record<string, FactValue> = {};
    const merged = { ...request?.facts, ...response?.facts };
    for (const name of Object.keys(merged).sort()) {
      if (name !== this.#response) facts[name] = merged[name]!;
    }
    return {
      type: "transaction",
      flow: this.flow,
      protocol: this.name,
      request: request === undefined ? null : formatTime(request.seconds, request.nanoseconds),
      response: response === undefined ? null : formatTime(response.seconds, response.nanoseconds),
      facts,
    };
  }
}

const isSame = (a: FactValue | undefined, b: FactValue | undefined): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((each, index) => each === b[index])
    : a === b;

function isSet(value: FactValue | undefined): boolean {
  return value !== undefined && value !== 0 && value !== "query";
}

/** Facts of one message: several values of one fact become a list. */
export function putMessageFact(
  facts: Record<string, FactValue>,
  name: string,
  value: string | number,
): void {
  const held = facts[name];
  if (held === undefined) facts[name] = value;
  else if (Array.isArray(held)) {
    if (held.length < 16) held.push(value);
  } else facts[name] = [held, value];
}

/** Does this protocol's catalog entry describe transactions? */
export function hasTransactions(catalog: Catalog, protocol: number): boolean {
  return catalog.protocols[protocol]?.transaction !== undefined;
}
