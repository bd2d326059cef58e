import * as abi from "../engine/abi.js";
import { readKey } from "../flows/key.js";
import type { VerdictEvent } from "../record/events.js";
import { icmpMessage, isIcmp } from "./community-id.js";
import type { Effects } from "./effects.js";
import type { Session } from "./flow.js";
import type { Knowledge, Newcomer } from "./knowledge.js";
import type { LiveFlows } from "./live.js";
import type { Outlet } from "./outlet.js";
import type { Timestamp } from "./packet.js";
import { perCatalog } from "./per-catalog.js";
import { NOTE_ANNOUNCED, NOTE_FINAL, NOTE_UNHEARD } from "./rows.js";
import type { Verdicts } from "./verdicts.js";

/** IP protocol number → protocol index, for those that a header names; ARP at 256. */
const headersOf = perCatalog(({ protocols }): ReadonlyMap<number, number> => {
  const headers = new Map<number, number>();
  protocols.forEach(({ header }, index) => {
    for (const number of header?.ip ?? []) headers.set(number, index);
    if (header?.ethertype?.includes(0x0806)) headers.set(256, index);
  });
  return headers;
});

/** What is known of a flow at its first packet, before any of its payload is decided. */
export class Newcomers {
  readonly #live: LiveFlows;
  readonly #outlet: Outlet;
  readonly #knowledge: Knowledge;
  readonly #verdicts: Verdicts;
  readonly #effects: Effects;
  readonly #headers: ReadonlyMap<number, number>;

  constructor(
    live: LiveFlows,
    outlet: Outlet,
    knowledge: Knowledge,
    verdicts: Verdicts,
    effects: Effects,
  ) {
    this.#live = live;
    this.#outlet = outlet;
    this.#knowledge = knowledge;
    this.#verdicts = verdicts;
    this.#effects = effects;
    this.#headers = headersOf(live.catalog);
  }

  /** Names a flow by its header, before any of its payload is read: what that says comes later, and stands. */
  name(event: number, row: number, descriptor: number): void {
    const { rows, memory } = this.#live;
    const isArp = memory.u8[descriptor + abi.D_NETWORK] === abi.NETWORK_ARP;
    const protocol = this.#headers.get(isArp ? 256 : memory.u8[descriptor + abi.D_PROTOCOL]!);
    if (protocol === undefined) return;
    rows.setVerdict(row, protocol, -1, "header", 0, 1);
    rows.note(row, NOTE_FINAL);
    const time = this.#live.packetTime(descriptor);
    const verdict = this.#verdicts.make(row, descriptor, time, true, []);
    this.#effects.add({ event, row, keyAt: descriptor, kind: "verdict", verdict, protocol });
  }

  /** A flow begins, in packet order. */
  greet(row: number, descriptor: number): void {
    const time = this.#live.packetTime(descriptor);
    this.#keepIcmp(row, descriptor);
    if (this.#knowledge.meets) this.#meet(row, descriptor, time);
  }

  /** Community ID wants an ICMP flow's first message; a TCP flow has a sequence number in its place. */
  #keepIcmp(row: number, descriptor: number): void {
    const { u8, u32 } = this.#live.memory;
    if (!isIcmp(u8[descriptor + abi.D_PROTOCOL]!)) return;
    if (u32[(descriptor + abi.D_CAPTURED) >>> 2]! < 2) return;
    const message = u32[(descriptor + abi.D_PAYLOAD) >>> 2]!;
    this.#live.rows.setU32(row, abi.R_SEQUENCE_A, icmpMessage(u8[message]!, u8[message + 1]!));
  }

  /** What another flow said of this one. */
  #meet(row: number, descriptor: number, time: Timestamp): void {
    const newcomer = this.#newcomer(row, descriptor, time);
    this.#knowledge.meet(
      newcomer,
      () => this.#live.extrasOf(row),
      (session, now) => this.#tellLate(row, newcomer.flow, session, now),
    );
    if (newcomer.key.protocol === abi.IP_UDP) this.#listen(row, descriptor, newcomer);
    this.#tell(row, newcomer);
  }

  /** A payload of a flow; only the first one is news, where it did not come with the first packet. */
  hear(row: number, descriptor: number): void {
    if (!this.#live.rows.hasNote(row, NOTE_UNHEARD)) return;
    this.#live.rows.unnote(row, NOTE_UNHEARD);
    if (this.#live.extras(row)?.session !== undefined) return;
    const newcomer = this.#newcomer(row, descriptor, this.#live.packetTime(descriptor));
    this.#listen(row, descriptor, newcomer);
    this.#tell(row, newcomer);
  }

  #newcomer(row: number, descriptor: number, time: Timestamp): Newcomer {
    const { rows, memory } = this.#live;
    return {
      flow: rows.f64(row, abi.R_ID),
      key: readKey(memory, descriptor),
      fromB: (memory.u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_REVERSED) !== 0,
      ...time,
    };
  }

  #listen(row: number, descriptor: number, newcomer: Newcomer): void {
    const payload = this.#live.payload(descriptor);
    if (payload.length === 0) this.#live.rows.note(row, NOTE_UNHEARD);
    else this.#knowledge.hear(newcomer, payload, () => this.#live.extrasOf(row));
  }

  #tell(row: number, { flow, seconds, nanoseconds }: Newcomer): void {
    const session = this.#live.extras(row)?.session;
    if (session === undefined) return;
    this.#outlet.verdict(this.#announced(flow, session, { seconds, nanoseconds }));
  }

  /** Another flow says something of one that is under way; of one that is over it is said in vain. */
  #tellLate(row: number, flow: number, session: Session, now: Timestamp): void {
    const { rows } = this.#live;
    const isOpen = rows.u8(row, abi.R_STATE) !== abi.STATE_FREE && rows.f64(row, abi.R_ID) === flow;
    if (!isOpen || this.#live.extras(row)?.session !== undefined) return;
    this.#live.extrasOf(row).session = session;
    // A verdict that was given stands; the packet that is being pushed is of the other flow.
    if (!rows.hasNote(row, NOTE_ANNOUNCED)) {
      this.#outlet.event(this.#announced(flow, session, now));
    }
  }

  #announced(flow: number, session: Session, time: Timestamp): VerdictEvent {
    return {
      type: "verdict",
      flow,
      state: "provisional",
      protocol: this.#live.catalog.protocols[session.protocol]!.name,
      evidence: { grade: "session", bits: 0, signature: null, packet: 1, flow: session.flow },
      candidates: [],
      seconds: time.seconds,
      nanoseconds: time.nanoseconds,
    };
  }
}
