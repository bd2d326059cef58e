/** The flows room as one would write it without a thought of speed: the oracle of its tests. */
import * as fc from "fast-check";
import * as abi from "../../src/engine/abi.js";
import type { Segment, TrackEvent } from "./track.harness.js";

interface Flow {
  key: string;
  id: number;
  packets: [number, number];
  bytes: [number, number];
  first: [number, number];
  last: [number, number];
  history: string;
  marks: number;
  tcpFlags: number;
  flags: number;
  seen: number;
}

const has = (flags: number, flag: number) => (flags & flag) !== 0;
const isLater = (a: readonly number[], b: readonly number[]) =>
  a[0]! > b[0]! || (a[0] === b[0] && a[1]! > b[1]!);

export class FlowModel {
  /** Live flows by row number, oldest first. */
  readonly rows = new Map<number, Flow>();
  readonly #byKey = new Map<string, number>();
  readonly #free: number[];
  clock: [number, number] = [0, 0];
  backwards = 0;
  #nextId = 1;

  constructor(maxFlows: number) {
    this.#free = Array.from({ length: maxFlows }, (_, index) => maxFlows - index);
  }

  oldest(): number {
    return this.rows.keys().next().value!;
  }

  release(row: number): void {
    const { key } = this.rows.get(row)!;
    if (this.#byKey.get(key) === row) this.#byKey.delete(key);
    this.rows.delete(row);
    this.#free.push(row);
  }

  /** The events of segments `from … to`. */
  track(batch: readonly Segment[], from: number, to: number): TrackEvent[] {
    const events: TrackEvent[] = [];
    for (let index = from; index < to; index++) this.#trackOne(batch[index]!, index, events);
    return events;
  }

  #trackOne(segment: Segment, descriptor: number, events: TrackEvent[]): void {
    const { flow: name = 0, protocol = abi.IP_TCP, network = abi.NETWORK_IPV4 } = segment;
    const { fromB = false, length = 0, captured = length, wire = 60 } = segment;
    const { sec = 1, ns = 0, marks = 0 } = segment;
    const isTcp = protocol === abi.IP_TCP;
    const flags = isTcp ? (segment.flags ?? 0) : 0;
    const time: [number, number] = [sec, ns];
    const tell = (kind: number, row: number, aux = 0) =>
      events.push({ kind, row, descriptor, aux });

    const key = `${name} ${protocol} ${network}`;
    const syn = has(flags, abi.TCP_SYN);
    const ack = has(flags, abi.TCP_ACK);
    let row = this.#byKey.get(key);
    if (row === undefined || (syn && !ack && has(this.rows.get(row)!.flags, abi.ROW_CLOSED))) {
      const fresh = this.#free.pop()!;
      if (row !== undefined) tell(abi.EVENT_SUPERSEDED, row, fresh);
      tell(abi.EVENT_NEW, fresh, Math.max(sec, this.clock[0]));
      const clientIsB = syn && ack ? !fromB : fromB;
      this.rows.set(fresh, {
        key,
        id: this.#nextId++,
        packets: [0, 0],
        bytes: [0, 0],
        first: time,
        last: time,
        history: "",
        marks: 0,
        tcpFlags: 0,
        flags: (syn ? abi.ROW_OPENED : 0) | (clientIsB ? abi.ROW_CLIENT_B : 0),
        seen: 0,
      });
      this.#byKey.set(key, fresh);
      row = fresh;
    }

    if (isLater(this.clock, time)) this.backwards++;
    else this.clock = time;
    const flow = this.rows.get(row)!;
    flow.packets[fromB ? 1 : 0]++;
    flow.bytes[fromB ? 1 : 0] += wire;
    if (isLater(time, flow.last)) flow.last = time;
    flow.seen = this.clock[0];
    flow.marks |= marks | (fromB ? abi.D_FLAG_REVERSED : 0);
    flow.tcpFlags |= flags;

    if (isTcp) {
      let letters = syn ? (ack ? "H" : "S") : "";
      if (length > 0) letters += "D";
      else if (ack && !has(flags, abi.TCP_SYN | abi.TCP_FIN | abi.TCP_RST)) letters += "A";
      if (has(flags, abi.TCP_FIN)) letters += "F";
      if (has(flags, abi.TCP_RST)) letters += "R";
      for (const letter of fromB ? letters.toLowerCase() : letters) {
        if (!flow.history.includes(letter)) flow.history += letter;
      }
      if (has(flags, abi.TCP_FIN)) flow.flags |= fromB ? abi.ROW_FIN_B : abi.ROW_FIN_A;
      if (has(flags, abi.TCP_RST)) flow.flags |= abi.ROW_RST;
      const isClosed = /r/i.test(flow.history) || /F.*f|f.*F/.test(flow.history);
      if (isClosed && !has(flow.flags, abi.ROW_CLOSED)) {
        flow.flags |= abi.ROW_CLOSED;
        tell(abi.EVENT_CLOSE, row, this.clock[0]);
      }
    }
    if (captured > 0 && [abi.IP_TCP, abi.IP_UDP, abi.IP_SCTP].includes(protocol)) {
      tell(abi.EVENT_PAYLOAD, row, flow.packets[0] + flow.packets[1]);
    }
  }
}

/** Packets of a few flows, most of them TCP, so that the same flows open, close and open again. */
export const segments: fc.Arbitrary<Segment[]> = fc.array(
  fc.record({
    flow: fc.nat(23),
    fromB: fc.boolean(),
    network: fc.constantFrom(abi.NETWORK_IPV4, abi.NETWORK_IPV6),
    protocol: fc.constantFrom(abi.IP_TCP, abi.IP_TCP, abi.IP_TCP, abi.IP_UDP, abi.IP_SCTP, 47),
    flags: fc.oneof(
      fc.constantFrom(abi.TCP_SYN, abi.TCP_SYN | abi.TCP_ACK, abi.TCP_ACK, abi.TCP_FIN),
      fc.nat(255),
    ),
    marks: fc.constantFrom(0, 0, abi.D_FLAG_SNAPPED, abi.D_FLAG_FRAGMENT, abi.D_FLAG_MALFORMED),
    length: fc.constantFrom(0, 1, 1460),
    sec: fc.oneof(fc.integer({ min: 100, max: 103 }), fc.nat(0xffffffff)),
    ns: fc.nat(999_999_999),
    wire: fc.integer({ min: 40, max: 1514 }),
  }),
  { minLength: 1, maxLength: 200 },
);
