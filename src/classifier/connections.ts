/**
 * QUIC connections that go on from another address or port: RFC 9000 §9. Their short headers begin with the connection id
 * that the receiver chose (§5.1, §17.3), whose length only the receiver knows, or who saw its long headers.
 *
 * New ids are told in encrypted frames, and a client that moves on purpose takes one of those (§9.5). So what is noticed
 * is a client whose port or address a translator changed: the same id goes to, or comes from, the same server.
 */
import type { FlowKey } from "../flows/key.js";
import { IP_UDP } from "../engine/abi.js";
import type { Catalog } from "../language/catalog.js";
import type { FlowExtras } from "./flow.js";
import type { Learner, Lesson, Newcomer } from "./knowledge.js";
import { Oldest } from "./oldest.js";

/**
 * Shorter ids are not kept. Of 8 bytes, with a million connections of one server and ids of every length, one packet of
 * random bytes in 2^40 has one.
 */
const ID_LEAST = 8;
/** RFC 9000 §17.2. */
const ID_MOST = 20;
/** Bytes in front of the id: of a short header, and of a long one, whose last says the length (§17.2, §17.3.1). */
const SHORT_HEADER = 1;
const LONG_HEADER = 6;
/** Seconds of packet time that an id is kept for, from when it was last seen: translators forget sooner. */
const PATIENCE = 3600;

interface Connection {
  readonly flow: number;
  readonly seconds: number;
}

export class Connections implements Learner {
  /** Ids forgotten because there were too many. */
  evicted = 0;
  /** By server, whose id it is, and the id; the least recently seen first. */
  readonly #table = new Map<string, Connection>();
  readonly #oldest = new Oldest(this.#table);
  /** Per length: how many ids there are. */
  readonly #lengths = new Uint32Array(ID_MOST + 1);
  readonly #protocol: number;
  readonly #most: number;

  constructor({ protocols }: Catalog, most: number) {
    this.#protocol = protocols.findIndex(({ name }) => name === "quic");
    this.#most = most;
  }

  get size(): number {
    return this.#table.size;
  }

  /** What each side calls itself in its long headers is what the other's short headers begin with. */
  learn({ protocol, facts, key, fromB, flow, seconds }: Lesson): void {
    if (protocol !== "quic" || this.#most === 0) return;
    for (const [name, value] of facts) {
      const isServer = name === "quic.server-id";
      if (!isServer && name !== "quic.client-id") continue;
      const id = String(value);
      if (id.length < 2 * ID_LEAST) continue;
      const serverIsB = isServer === fromB;
      this.#keep(placeOf(key, serverIsB, isServer, id), { flow, seconds });
    }
  }

  hear(newcomer: Newcomer, payload: Uint8Array, extras: () => FlowExtras): void {
    const { key, fromB, seconds } = newcomer;
    if (this.#table.size === 0 || key.protocol !== IP_UDP) return;
    const known = this.#find(key, fromB, seconds, payload);
    if (known === undefined) return;
    const own = extras();
    own.session ??= { protocol: this.#protocol, flow: known.flow };
  }

  forget(): void {
    this.#table.clear();
    this.#lengths.fill(0);
  }

  #find(key: FlowKey, fromB: boolean, now: number, payload: Uint8Array): Connection | undefined {
    for (const id of this.#idsOf(payload)) {
      // The server's id, if the packet goes to it; the client's, if it comes from the server.
      for (const toServer of [true, false]) {
        const place = placeOf(key, toServer !== fromB, toServer, id);
        const known = this.#table.get(place);
        if (known === undefined) continue;
        this.#remove(place);
        if (now - known.seconds > PATIENCE) continue;
        this.#keep(place, { ...known, seconds: now });
        return known;
      }
    }
    return undefined;
  }

  /** The id that a long header says; of a short one, what it may be. The fixed bit may be 0 (RFC 9287). */
  *#idsOf(payload: Uint8Array): Generator<string> {
    const isLong = (payload[0] ?? 0) >= 0x80;
    const stated = payload[LONG_HEADER - 1] ?? 0;
    for (let length = ID_LEAST; length <= ID_MOST; length++) {
      if (this.#lengths[length] === 0) continue;
      if (!isLong) yield* hexOf(payload, SHORT_HEADER, length);
      else if (stated === length) yield* hexOf(payload, LONG_HEADER, length);
    }
  }

  #keep(place: string, connection: Connection): void {
    this.#remove(place);
    if (this.#table.size >= this.#most) {
      const oldest = this.#oldest.remove();
      if (oldest !== undefined) this.#lengths[lengthOf(oldest)]!--;
      this.evicted++;
    }
    this.#table.set(place, connection);
    this.#lengths[lengthOf(place)]!++;
  }

  #remove(place: string): void {
    if (this.#table.delete(place)) this.#lengths[lengthOf(place)]!--;
  }
}

/** Hosts of other contexts (VLANs, tunnels) with this address are other hosts. The id comes last, behind the only dash. */
const placeOf = (key: FlowKey, serverIsB: boolean, isServers: boolean, id: string): string =>
  `${key.context} ${serverIsB ? key.addressB : key.addressA} ${serverIsB ? key.portB : key.portA} ${isServers ? "server" : "client"}-${id}`;

const lengthOf = (place: string): number => (place.length - place.lastIndexOf("-") - 1) / 2;

/** Bytes as digits, if they are all there. */
function* hexOf(bytes: Uint8Array, from: number, length: number): Generator<string> {
  if (from + length > bytes.length) return;
  yield Array.from(bytes.subarray(from, from + length), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
