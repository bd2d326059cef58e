/**
 * Flows that other flows announced: a bounded table of endpoints where one is expected.
 *
 * Anybody can announce anything. So an announcement names only flows whose own payload proves nothing;
 * by itself it speaks only of the two ends of the flow that made it; and what somebody says of a third
 * party does not replace what an end said of itself.
 */
import { parseAddress } from "../flows/address.js";
import type { FlowKey } from "../flows/key.js";
import { IP_TCP, IP_UDP } from "../engine/abi.js";
import { type Catalog, type Announcement } from "../language/catalog.js";
import { EarlyFlows } from "./early.js";
import { placeOf, USER_PORTS } from "./endpoints.js";
import type { FlowExtras, Session } from "./flow.js";
import { Oldest } from "./oldest.js";
import type { LateAnnouncement, Learner, Lesson, Newcomer } from "./knowledge.js";
import { perCatalog } from "./per-catalog.js";

/** Seconds of packet time that a flow is expected for, from its announcement or the last flow that came. */
const PATIENCE = 120;

/** Endpoints that one message may announce: SDP has a few media of two ports each, DHT answers some peers. */
const ANNOUNCED_MAX = 16;

interface Expectation {
  /** Index of the protocol. */
  readonly protocol: number;
  readonly flow: number;
  /** The other end's address; undefined: whoever comes. */
  readonly peer: string | undefined;
  /** The address is an end of the flow that announced it. */
  readonly own: boolean;
  readonly seconds: number;
}

/** Per protocol: what it announces, of protocols that the catalog knows. */
const announcementsOf = perCatalog(({ protocols }): ReadonlyMap<string, readonly Announced[]> => {
  const indices = new Map(protocols.map(({ name }, index) => [name, index]));
  return new Map(
    protocols.flatMap(({ name, announces }) => {
      const known = announces?.flatMap((announcement) => {
        const protocol = indices.get(announcement.protocol);
        if (protocol === undefined) return [];
        const registered = protocols[protocol]!.ports[announcement.over];
        return [{ ...announcement, protocol, registered }];
      });
      return known === undefined ? [] : [[name, known] as const];
    }),
  );
});

/** Remembers what is announced, oldest first, and tells flows that come to where they were expected. */
export class Expectations implements Learner {
  /** Announcements dropped because there were too many. */
  evicted = 0;
  /** By context, transport, address and port; the least recently announced first. */
  readonly #table = new Map<string, Expectation>();
  readonly #oldest = new Oldest(this.#table);
  readonly #announcements: ReadonlyMap<string, readonly Announced[]>;
  readonly #most: number;

  readonly #early: EarlyFlows;

  constructor(catalog: Catalog, most: number) {
    this.#most = most;
    this.#early = new EarlyFlows(most, PATIENCE);
    this.#announcements = announcementsOf(catalog);
  }

  get size(): number {
    return this.#table.size;
  }

  learn(lesson: Lesson): void {
    for (const announced of this.#announcements.get(lesson.protocol) ?? []) {
      let left = ANNOUNCED_MAX;
      for (const { port, address } of endpointsOf(lesson, announced)) {
        if (left-- === 0) break;
        this.#expect(lesson, announced, port, address);
      }
    }
  }

  meet(newcomer: Newcomer, extras: () => FlowExtras, late: LateAnnouncement): void {
    const session = this.#sessionOf(newcomer);
    if (session === undefined) this.#early.meet(newcomer, late);
    else extras().session = session;
  }

  forget(): void {
    this.#table.clear();
    this.#early.forget();
  }

  #sessionOf({ key, fromB, seconds }: Newcomer): Session | undefined {
    if (this.#table.size === 0) return undefined;
    const { addressA, portA, addressB, portB } = key;
    const known = fromB
      ? (this.#find(key, addressA, portA, addressB, seconds) ??
        this.#find(key, addressB, portB, addressA, seconds))
      : (this.#find(key, addressB, portB, addressA, seconds) ??
        this.#find(key, addressA, portA, addressB, seconds));
    return known && { protocol: known.protocol, flow: known.flow };
  }

  #expect(lesson: Lesson, announced: Announced, port: number, said: string | undefined): void {
    const { key, fromB, flow, seconds, nanoseconds } = lesson;
    const [sender, receiver] = fromB ? [key.addressB, key.addressA] : [key.addressA, key.addressB];
    const fallback = announced.at === "receiver" ? receiver : sender;
    const isEnd = said === sender || said === receiver;
    // An address behind a translator, or none at all (0.0.0.0), is that of who says it.
    const address = isEnd || (announced.elsewhere && isUnicast(said)) ? said! : fallback;
    const own = address === sender || address === receiver;
    const peer = announced.from === "anyone" ? undefined : address === receiver ? sender : receiver;
    const at = placeOf(key, announced.over === "tcp" ? IP_TCP : IP_UDP, address, port);
    const before = this.#table.get(at);
    if (before?.own && !own && isFresh(before, seconds)) return;
    this.#table.delete(at);
    if (this.#table.size >= this.#most) {
      if (this.#oldest.remove() === undefined) return;
      this.evicted++;
    }
    const { protocol } = announced;
    this.#table.set(at, { protocol, flow, peer, own, seconds });
    this.#early.take(at, peer, seconds)?.({ protocol, flow }, { seconds, nanoseconds });
  }

  #find(
    key: FlowKey,
    address: string,
    port: number,
    peer: string,
    seconds: number,
  ): Expectation | undefined {
    const at = placeOf(key, key.protocol, address, port);
    const expected = this.#table.get(at);
    if (expected === undefined) return undefined;
    if (!isFresh(expected, seconds)) {
      this.#table.delete(at);
      return undefined;
    }
    if (expected.peer !== undefined && expected.peer !== peer) return undefined;
    this.#table.set(at, { ...expected, seconds });
    return expected;
  }
}

/** An announcement, with the index of the protocol that it announces, and that one's ports. */
type Announced = Omit<Announcement, "protocol"> & {
  readonly protocol: number;
  readonly registered: readonly number[];
};

const isFresh = (expected: Expectation, now: number): boolean => now - expected.seconds <= PATIENCE;

const isUnicast = (address: string | undefined): boolean =>
  address !== undefined && address !== "0.0.0.0" && address !== "::" && !address.startsWith("127.");

/**
 * Ports that a message says, each with its address: the last one before it; in SDP one right behind is
 * its own (RFC 8866 §5.7).
 */
function* endpointsOf(
  { facts, key, fromB }: Lesson,
  { port: portFact, when, address: addressFact, behind, plus = 0, registered }: Announced,
): Generator<{ port: number; address: string | undefined }> {
  let general: string | undefined;
  let open: { port: number; address: string | undefined } | undefined;
  for (const [name, value] of facts) {
    if (name === addressFact) {
      const address = typeof value === "number" ? ipv4Of(value) : parseAddress(value);
      if (open === undefined || !behind) general = address;
      else open.address = address;
    } else if (name === portFact || name === when) {
      if (open) yield open;
      const isSaid = name === portFact;
      const port = isSaid ? portOf(value) : fromB ? key.portB : key.portA;
      const counts = !isSaid || port >= USER_PORTS || registered.includes(port);
      open =
        counts && isPort(port) && isPort(port + plus)
          ? { port: port + plus, address: general }
          : undefined;
    }
  }
  if (open) yield open;
}

const ipv4Of = (bits: number): string =>
  [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");

const isPort = (port: number): boolean => port > 0 && port <= 65535;

/** A number, its digits, or two bytes with a comma (RFC 959 §4.1.2); 0 for anything else. */
function portOf(value: string | number): number {
  if (typeof value === "number") return value;
  if (/^\d{1,5}$/.test(value)) return Number(value);
  const [, high, low] = /^(\d{1,3}),(\d{1,3})$/.exec(value) ?? [];
  return high === undefined || Number(high) > 255 || Number(low) > 255
    ? 0
    : Number(high) * 256 + Number(low);
}
