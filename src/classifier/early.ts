/**
 * Media that come before what announces them: a call's answer is often sent behind the first sound. UDP flows
 * are kept for a while by both of their ends, the newest of each; a connection is opened to where it was told.
 */
import { IP_UDP } from "../engine/abi.js";
import { placeOf, USER_PORTS } from "./endpoints.js";
import type { LateAnnouncement, Newcomer } from "./knowledge.js";
import { Oldest } from "./oldest.js";

interface Early {
  /** The other end's address. */
  readonly peer: string;
  readonly seconds: number;
  readonly late: LateAnnouncement;
}

export class EarlyFlows {
  /** By endpoint, the oldest first. */
  readonly #table = new Map<string, Early>();
  readonly #oldest = new Oldest(this.#table);
  readonly #most: number;
  readonly #patience: number;

  /** @param patience seconds within which a flow's announcement comes */
  constructor(most: number, patience: number) {
    this.#most = most;
    this.#patience = patience;
  }

  meet({ key, seconds }: Newcomer, late: LateAnnouncement): void {
    const { protocol, addressA, portA, addressB, portB } = key;
    if (protocol !== IP_UDP || portA < USER_PORTS || portB < USER_PORTS) return;
    this.#keep(placeOf(key, protocol, addressA, portA), { peer: addressB, seconds, late });
    this.#keep(placeOf(key, protocol, addressB, portB), { peer: addressA, seconds, late });
  }

  /** Takes out the flow that is at a place, if it is with this peer (whoever: undefined) and not long ago. */
  take(place: string, peer: string | undefined, now: number): LateAnnouncement | undefined {
    const early = this.#table.get(place);
    if (early === undefined || (peer !== undefined && early.peer !== peer)) return undefined;
    this.#table.delete(place);
    return now - early.seconds <= this.#patience ? early.late : undefined;
  }

  forget(): void {
    this.#table.clear();
  }

  #keep(place: string, early: Early): void {
    if (this.#most === 0) return;
    this.#table.delete(place);
    if (this.#table.size >= this.#most) this.#oldest.remove();
    this.#table.set(place, early);
  }
}
