/**
 * Applications of addresses, learnt from DNS answers: a flow to an address that a name was answered with belongs to what has
 * that name, until its own payload names a host. What is kept of an answer is an address, who asked, the number of the
 * application and the time until which it holds; no name.
 *
 * Answers are believed as a client believes them: nobody can tell here which of them are forged. So the name is the
 * weakest but for address ranges (grade `dns`), and never a protocol's.
 */
import type { FlowKey } from "../flows/key.js";
import type { FlowExtras } from "./flow.js";
import { Oldest } from "./oldest.js";
import type { Learner, Lesson, Newcomer } from "./knowledge.js";

/**
 * Seconds that an answer is held at least and at most, whatever its time to live. Clients keep addresses for a while: browsers a
 * minute at least; resolvers a day at most (RFC 8767 §4 advises against more than days).
 */
export const HELD_LEAST = 60;
export const HELD_MOST = 86_400;

/** Clients that are told apart of those who asked for one address. The one that asked longest ago is forgotten. */
export const CLIENTS_MAX = 8;

interface Answer {
  /** Whom it was given to. */
  readonly client: string;
  /** Id of the name's application; 0 where nobody knows one. */
  readonly application: number;
  /** The flow that it came in. */
  readonly flow: number;
  /** Packet time, in whole seconds. */
  readonly expires: number;
  /** Another application had a name of this address when it came. */
  readonly isShared: boolean;
}

export class Names implements Learner {
  /** Addresses forgotten because there were too many. */
  evicted = 0;
  /** By address, the one least recently answered first; the last answer of a client is its newest. */
  readonly #table = new Map<string, Answer[]>();
  readonly #oldest = new Oldest(this.#table);

  /**
   * @param most addresses that are held at one time
   * @param applicationOf id of a host's application, or 0
   * @param isPlain DNS proper: what anybody in a network may answer (mDNS, LLMNR) teaches nothing
   */
  constructor(
    readonly most: number,
    readonly applicationOf: (host: string) => number,
    readonly isPlain: (key: FlowKey) => boolean,
  ) {}

  get size(): number {
    return this.#table.size;
  }

  learn({ protocol, facts, key, fromB, flow, seconds }: Lesson): void {
    if (this.most === 0 || protocol !== "dns" || !this.isPlain(key)) return;
    const [host, ...lives] = facts
      .filter(([name]) => name === "dns.learnt")
      .map(([, value]) => String(value));
    if (host === undefined) return;
    const application = this.applicationOf(host);
    const client = fromB ? key.addressA : key.addressB;
    for (const life of lives) {
      const [address, ttl] = life.split(" ") as [string, string];
      const held = Math.min(Math.max(Number(ttl), HELD_LEAST), HELD_MOST);
      this.#keep(address, { client, application, flow, expires: seconds + held }, seconds);
    }
  }

  #keep(address: string, answer: Omit<Answer, "isShared">, now: number): void {
    const before = this.#table.get(address) ?? [];
    const fresh = before.filter(({ expires }) => expires >= now);
    const isShared = fresh.some(({ application }) => application !== answer.application);
    const others = fresh.filter(({ client }) => client !== answer.client);
    this.#table.delete(address);
    if (this.#table.size >= this.most) {
      this.#oldest.remove();
      this.evicted++;
    }
    this.#table.set(address, [...others.slice(1 - CLIENTS_MAX), { ...answer, isShared }]);
  }

  /** The side that the first packet goes to is the server; where the capture began later, the other one may be. */
  meet({ key, fromB, seconds }: Newcomer, extras: () => FlowExtras): void {
    if (this.#table.size === 0) return;
    const { addressA, addressB } = key;
    for (const serverIsA of [fromB, !fromB]) {
      const [server, client] = serverIsA ? [addressA, addressB] : [addressB, addressA];
      const known = this.#find(server, client, seconds);
      if (known === undefined || known.application === 0) continue;
      const { application, flow, isShared } = known;
      extras().learnt = { application, flow, isShared, serverIsA };
      return;
    }
  }

  /** What the client itself was told last; else what all were told who asked. */
  #find(server: string, client: string, now: number): Answer | undefined {
    const fresh = this.#table.get(server)?.filter(({ expires }) => expires >= now);
    const newest = fresh?.at(-1);
    if (fresh === undefined || newest === undefined) return undefined;
    const own = fresh.find((each) => each.client === client);
    if (own !== undefined) return own;
    return fresh.every(({ application }) => application === newest.application)
      ? newest
      : undefined;
  }

  forget(): void {
    this.#table.clear();
  }
}
