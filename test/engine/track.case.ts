/** What every engine's flows room does. An engine's test is a call of `runTrackTests`. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { EVENTS_MAX } from "../../src/engine/memory.js";
import { ACK, FIN, Harness, RST, SYN, type CreateEngine, type Segment } from "./track.harness.js";
import { FlowModel, segments } from "./track.model.js";

const { EVENT_NEW, EVENT_SUPERSEDED, EVENT_CLOSE, EVENT_PAYLOAD } = abi;
const { ROW_OPENED, ROW_CLIENT_B, ROW_CLOSED, ROW_FIN_A, ROW_FIN_B, ROW_RST } = abi;

export function runTrackTests(create: CreateEngine): void {
  const harness = (maxFlows?: number) => Harness.create(create, maxFlows);

  describe("a new flow", () => {
    test("gets a row, an id and an event", async () => {
      const h = await harness();
      expect(h.track({ flow: 1, sec: 7, ns: 9, wire: 74 }, { flow: 2, fromB: true })).toEqual([
        { kind: EVENT_NEW, row: 1, descriptor: 0, aux: 7 },
        { kind: EVENT_NEW, row: 2, descriptor: 1, aux: 7 }, // the clock does not run backwards
      ]);
      expect(h.row(1)).toEqual({
        packets: [1, 0],
        bytes: [74, 0],
        first: [7, 9],
        last: [7, 9],
        seen: 7,
        state: abi.STATE_INSPECT,
        flags: 0,
        marks: 0,
        tcpFlags: 0,
        history: "",
        slot: expect.any(Number),
        id: 1,
        part: 1,
      });
      expect(h.row(2)).toMatchObject({ packets: [0, 1], bytes: [0, 60], id: 2 });
      h.checkInvariants();
    });

    test("is found again from both sides", async () => {
      const h = await harness();
      h.track({ flow: 1 }, { flow: 1, fromB: true, wire: 100 }, { flow: 1 });
      expect(h.track({ flow: 1, fromB: true, wire: 40 })).toEqual([]);
      expect(h.row(1)).toMatchObject({ packets: [2, 2], bytes: [120, 140] });
    });

    test("differs in any part of the key, and in nothing else", async () => {
      const h = await harness();
      h.write([{}]);
      h.engine.track(0);
      const at = h.memory.address("descriptors");
      for (let byte = 0; byte < abi.DESCRIPTOR_SIZE; byte++) {
        if (byte >= abi.D_PACKET) break;
        h.write([{}]);
        h.memory.u8[at + byte]! ^= 0x10;
        h.engine.track(0);
        const isNew = h.events().some(({ kind }) => kind === EVENT_NEW);
        const inKey = byte < 38 || (byte >= 40 && byte < 44);
        expect({ byte, isNew }).toEqual({ byte, isNew: inKey });
      }
      h.checkInvariants();
    });

    test.each([
      ["TCP", abi.IP_TCP, abi.NETWORK_IPV6, abi.STATE_INSPECT],
      ["UDP", abi.IP_UDP, abi.NETWORK_IPV6, abi.STATE_INSPECT],
      ["ICMPv6", 58, abi.NETWORK_IPV6, abi.STATE_DONE],
      ["ESP", 50, abi.NETWORK_IPV4, abi.STATE_DONE],
      ["ARP", 0, abi.NETWORK_ARP, abi.STATE_DONE],
    ])("of %s", async (_, protocol, network, state) => {
      const h = await harness();
      const events = h.track({ protocol, network, flags: SYN, length: 20 });
      expect(h.row(1).state).toBe(state);
      expect(events.some(({ kind }) => kind === EVENT_PAYLOAD)).toBe(state !== abi.STATE_DONE);
      const isTcp = protocol === abi.IP_TCP;
      expect(h.row(1)).toMatchObject({ history: isTcp ? "SD" : "", tcpFlags: isTcp ? SYN : 0 });
    });
  });

  describe("roles", () => {
    test.each<[string, Segment, number]>([
      ["SYN from A", { flags: SYN }, ROW_OPENED],
      ["SYN from B", { flags: SYN, fromB: true }, ROW_OPENED | ROW_CLIENT_B],
      ["SYN-ACK from A", { flags: SYN | ACK }, ROW_OPENED | ROW_CLIENT_B],
      ["SYN-ACK from B", { flags: SYN | ACK, fromB: true }, ROW_OPENED],
      ["midstream from A", { flags: ACK, length: 5 }, 0],
      ["midstream from B", { flags: ACK, length: 5, fromB: true }, ROW_CLIENT_B],
      ["UDP from B", { protocol: abi.IP_UDP, fromB: true }, ROW_CLIENT_B],
    ])("%s", async (_, segment, flags) => {
      const h = await harness();
      h.track(segment);
      expect(h.row(1).flags).toBe(flags);
      h.track({ ...segment, flags: SYN });
      expect(h.row(1).flags).toBe(flags);
    });
  });

  describe("history", () => {
    test("of a whole connection, each letter once a direction", async () => {
      const h = await harness();
      h.track(
        { flags: SYN },
        { flags: SYN | ACK, fromB: true },
        { flags: ACK },
        { flags: ACK, length: 10 },
        { flags: ACK, fromB: true },
        { flags: ACK | abi.TCP_PSH, length: 99, fromB: true },
        { flags: ACK },
        { flags: FIN | ACK },
        { flags: FIN | ACK, fromB: true },
        { flags: ACK },
        { flags: RST, fromB: true },
      );
      expect(h.row(1)).toMatchObject({
        history: "ShADadFfr",
        tcpFlags: SYN | ACK | FIN | RST | abi.TCP_PSH,
      });
    });

    test("of letters in one packet: S or H, D, A, F, R", async () => {
      const h = await harness();
      h.track(
        { flow: 1, flags: SYN | ACK | FIN | RST, length: 3 },
        { flow: 2, flags: SYN | FIN | RST, fromB: true },
      );
      expect([h.row(1).history, h.row(2).history]).toEqual(["HDFR", "sfr"]);
    });

    test("of all twelve letters", async () => {
      const h = await harness();
      for (const flags of [ACK, SYN, SYN | ACK, FIN, RST | ACK]) {
        // A SYN on a closed flow would begin a new one.
        if (flags === FIN) h.track({ length: 1 }, { length: 1, fromB: true });
        h.track({ flags }, { flags, fromB: true });
      }
      expect(h.row(1).history).toBe("AaSsHhDdFfRr");
    });

    test("counts payload that the capture cut off", async () => {
      const h = await harness();
      const events = h.track({ flags: ACK, length: 1000, captured: 0, marks: abi.D_FLAG_SNAPPED });
      expect(events.map(({ kind }) => kind)).toEqual([EVENT_NEW]);
      expect(h.row(1)).toMatchObject({ history: "D", marks: abi.D_FLAG_SNAPPED });
    });
  });

  describe("the end of a flow", () => {
    test("is the FIN of the second side, told once", async () => {
      const h = await harness();
      expect(h.track({ flags: SYN }, { flags: FIN | ACK }, { flags: FIN | ACK })).toHaveLength(1);
      expect(h.row(1).flags).toBe(ROW_OPENED | ROW_FIN_A);
      const fin: Segment = { flags: FIN | ACK, fromB: true };
      expect(h.track({ flags: ACK, fromB: true }, fin, fin, { flags: RST })).toEqual([
        { kind: EVENT_CLOSE, row: 1, descriptor: 1, aux: 1 },
      ]);
      expect(h.row(1).flags).toBe(ROW_OPENED | ROW_FIN_A | ROW_FIN_B | ROW_RST | ROW_CLOSED);
    });

    test("is a RST, even the first packet", async () => {
      const h = await harness();
      expect(h.track({ flags: RST, fromB: true, length: 4 }, { flags: RST }).slice(1)).toEqual([
        { kind: EVENT_CLOSE, row: 1, descriptor: 0, aux: 1 },
        { kind: EVENT_PAYLOAD, row: 1, descriptor: 0, aux: 1 },
      ]);
    });

    test("a SYN on a closed flow begins a new one with the same key", async () => {
      const h = await harness();
      h.track({ flags: SYN }, { flags: RST, fromB: true });
      const slot = h.row(1).slot;
      const events = h.track({ flags: SYN, sec: 5, fromB: true }, { flags: ACK, sec: 6 });
      expect(events).toEqual([
        { kind: EVENT_SUPERSEDED, row: 1, descriptor: 0, aux: 2 },
        { kind: EVENT_NEW, row: 2, descriptor: 0, aux: 5 },
      ]);
      expect(h.row(1)).toMatchObject({ slot: 0xffffffff, packets: [1, 1], history: "Sr" });
      expect(h.row(2)).toMatchObject({ slot, id: 2, packets: [1, 1], history: "sA" });
      expect(h.row(2).flags).toBe(ROW_OPENED | ROW_CLIENT_B);
      h.checkInvariants();
      h.engine.release(1);
      h.checkInvariants();
      expect(h.track({ flags: ACK })).toEqual([]);
      h.engine.release(2);
      h.checkInvariants();
      expect(h.memory.control(abi.C_ROWS_LIVE)).toBe(0);
    });

    test("a SYN on an open flow, and a SYN-ACK on a closed one, belong to it", async () => {
      const h = await harness();
      expect(h.track({ flags: SYN }, { flags: SYN }, { flags: FIN }, { flags: SYN })).toHaveLength(
        1,
      );
      h.track({ flags: RST }, { flags: SYN | ACK, fromB: true }, { flags: ACK });
      expect(h.row(1)).toMatchObject({ packets: [6, 1] });
      expect(h.memory.control(abi.C_ROWS_LIVE)).toBe(1);
    });

    test("one packet can do it all: superseded, new, close, payload", async () => {
      const h = await harness();
      h.track({ flags: RST });
      const kinds = h.track({ flags: SYN | RST, length: 1 }).map(({ kind }) => kind);
      expect(kinds).toEqual([EVENT_SUPERSEDED, EVENT_NEW, EVENT_CLOSE, EVENT_PAYLOAD]);
    });
  });

  describe("payload", () => {
    test("is told with the packet's number in the flow, while it is wanted", async () => {
      const h = await harness();
      const udp: Segment = { protocol: abi.IP_UDP, length: 12 };
      const numbers = (...sent: Segment[]) =>
        h.track(...sent).flatMap(({ kind, aux }) => (kind === EVENT_PAYLOAD ? [aux] : []));
      expect(numbers(udp, { ...udp, length: 0 }, { ...udp, fromB: true })).toEqual([1, 3]);
      h.setRowByte(1, abi.R_STATE, abi.STATE_DONE);
      expect(numbers(udp)).toEqual([]);
      h.setRowByte(1, abi.R_STATE, abi.STATE_WATCH);
      expect(numbers(udp)).toEqual([5]);
    });

    test("counters are exact beyond 2^32", async () => {
      const h = await harness();
      h.track({ length: 1 });
      h.setRowDouble(1, abi.R_PACKETS_A, 2 ** 32 - 1);
      h.setRowDouble(1, abi.R_BYTES_A, 2 ** 52);
      const events = h.track({ length: 1, wire: 0xffffffff }, { length: 1, wire: 3 });
      expect(h.row(1)).toMatchObject({
        packets: [2 ** 32 + 1, 0],
        bytes: [2 ** 52 + 0xffffffff + 3, 0],
      });
      expect(events.map(({ aux }) => aux)).toEqual([0xffffffff, 0xffffffff]);
    });
  });

  describe("time", () => {
    test("the clock never runs backwards", async () => {
      const h = await harness();
      h.track(
        { flow: 1, sec: 10, ns: 500 },
        { flow: 1, sec: 9, ns: 900 },
        { flow: 2, sec: 10, ns: 499 },
        { flow: 1, sec: 10, ns: 500 },
      );
      expect(h.clock()).toEqual([10, 500]);
      expect(h.memory.counter(abi.C_TIME_BACKWARDS)).toBe(2);
      expect(h.row(1)).toMatchObject({ first: [10, 500], last: [10, 500], seen: 10 });
      expect(h.row(2)).toMatchObject({ first: [10, 499], last: [10, 499], seen: 10 });
    });

    test("a packet with two flows runs backwards once", async () => {
      const h = await harness();
      h.track({ flow: 1, sec: 10 }, { flow: 2, sec: 9 }, { flow: 3, samePacket: true });
      expect(h.memory.counter(abi.C_TIME_BACKWARDS)).toBe(1);
      expect(h.row(3)).toMatchObject({ first: [9, 0], packets: [1, 0] });
    });

    test("times up to the last second of 32 bits", async () => {
      const h = await harness();
      h.track({ sec: 0xffffffff, ns: 999_999_999 }, { sec: 0x80000000, fromB: true });
      expect(h.row(1)).toMatchObject({ last: [0xffffffff, 999_999_999], seen: 0xffffffff });
    });
  });

  describe("stops", () => {
    const stop = (h: Harness, first: number) => [
      h.engine.track(first),
      h.memory.control(abi.C_STOP_DETAIL),
    ];

    test("before the first packet whose clock second reaches the deadline", async () => {
      const h = await harness();
      h.memory.setControl(abi.C_DEADLINE, 20);
      h.write([{ sec: 19 }, { sec: 20 }, { sec: 3 }]);
      expect(stop(h, 0)).toEqual([1, abi.TRACK_DEADLINE]);
      expect(h.clock()).toEqual([19, 0]);
      expect(h.row(1).packets).toEqual([1, 0]);
      h.memory.setControl(abi.C_DEADLINE, 21);
      expect(stop(h, 1)).toEqual([3, abi.TRACK_DONE]);
      // The clock is what counts, not the packet: an early packet behind the deadline stops too.
      h.memory.setControl(abi.C_DEADLINE, 20);
      expect(stop(h, 2)).toEqual([2, abi.TRACK_DEADLINE]);
    });

    test("when no row is free", async () => {
      const h = await harness(2);
      h.write([{ flow: 1, flags: RST }, { flow: 2 }, { flow: 1 }, { flow: 3, sec: 9 }]);
      expect(stop(h, 0)).toEqual([3, abi.TRACK_ROWS]);
      expect(h.clock()).toEqual([1, 0]);
      expect(stop(h, 3)).toEqual([3, abi.TRACK_ROWS]);
      expect(h.events()).toEqual([]);
      h.engine.release(2);
      expect(stop(h, 3)).toEqual([4, abi.TRACK_DONE]);
      expect(h.row(2)).toMatchObject({ id: 3, packets: [1, 0] });
      h.write([{ flow: 1, flags: SYN }]);
      expect(stop(h, 0)).toEqual([0, abi.TRACK_ROWS]);
      expect(h.row(1).slot).not.toBe(0xffffffff);
      h.checkInvariants();
    });

    test("when fewer than four events are left", async () => {
      const h = await harness();
      const sent = Array.from({ length: EVENTS_MAX }, (): Segment => ({ length: 1 }));
      h.write(sent.map((segment, index) => ({ ...segment, samePacket: index > 0 })));
      // The first descriptor gives two events.
      expect(stop(h, 0)).toEqual([EVENTS_MAX - 4, abi.TRACK_EVENTS]);
      expect(h.events()).toHaveLength(EVENTS_MAX - 3);
      expect(stop(h, EVENTS_MAX - 4)).toEqual([EVENTS_MAX, abi.TRACK_DONE]);
      expect(h.events().map(({ aux }) => aux)).toEqual([3, 2, 1, 0].map((n) => EVENTS_MAX - n));
      expect(h.memory.brokenCanaries()).toEqual([]);
    });

    test("nowhere in an empty batch", async () => {
      const h = await harness();
      expect(h.track()).toEqual([]);
    });
  });

  describe("release", () => {
    test("zeroes the row, and its number is the next to be given", async () => {
      const h = await harness();
      h.track({ flow: 1, length: 3 }, { flow: 2 }, { flow: 3 });
      h.engine.release(1);
      h.engine.release(3);
      h.checkInvariants();
      expect(h.track({ flow: 4 }, { flow: 5 }).map(({ row }) => row)).toEqual([3, 1]);
      expect(h.row(1)).toMatchObject({ id: 5, packets: [1, 0] });
    });

    test("settles an inspection that is left", async () => {
      const h = await harness();
      const { memory, engine } = h;
      h.track({ protocol: abi.IP_UDP, length: 20 });
      memory.u32.set([1, 0, 1, 0], memory.address("due") >>> 2);
      engine.recognise(1);
      expect(memory.control(abi.C_INSPECTIONS_LIVE)).toBe(1);
      engine.release(1);
      expect(memory.control(abi.C_INSPECTIONS_LIVE)).toBe(0);
      h.checkInvariants();
    });

    test("of what is not a live row does nothing", async () => {
      const h = await harness();
      h.track({ flow: 1 });
      for (const row of [0, 2, 64, 65, 0xffffffff]) h.engine.release(row);
      h.engine.release(1);
      h.engine.release(1);
      expect(h.memory.control(abi.C_ROWS_LIVE)).toBe(0);
      h.checkInvariants();
    });

    test("100,000 flows come, the table grows; in any order they go, all of them", async () => {
      const flows = 100_000;
      const h = await harness(flows);
      const inBatches = (each: (flow: number) => Segment) => {
        for (let from = 0; from < flows; from += 4000) {
          const batch = Math.min(4000, flows - from);
          h.write(Array.from({ length: batch }, (_, index) => each(from + index)));
          expect(h.engine.track(0)).toBe(batch);
        }
      };
      inBatches((flow) => ({ flow, network: flow % 2 === 0 ? 4 : 6, protocol: 1 }));
      expect(h.memory.control(abi.C_ROWS_LIVE)).toBe(flows);
      expect(h.memory.control(abi.C_SLOT_CAPACITY)).toBe(262_144);
      h.checkInvariants();
      inBatches((flow) => ({ flow, network: flow % 2 === 0 ? 4 : 6, protocol: 1, fromB: true }));
      expect(h.memory.control(abi.C_ROWS_LIVE)).toBe(flows);
      for (let row = 1; row <= flows; row++) {
        if (h.memory.f64[(h.memory.address("rows") + row * abi.ROW_SIZE + 8) >>> 3] !== 1) {
          expect.fail(`row ${row} was not found again`);
        }
      }
      // 7,919 is prime to the number of flows: every row once, in no order.
      for (let n = 0; n < flows; n++) {
        h.engine.release(((n * 7919) % flows) + 1);
        if (n === flows >>> 1) h.checkInvariants();
      }
      h.checkInvariants();
      expect(h.memory.control(abi.C_ROWS_LIVE)).toBe(0);
    });
  });

  test("configure() a second time keeps the flows", async () => {
    const h = await harness(4096);
    h.track(...Array.from({ length: 1000 }, (_, flow) => ({ flow })));
    h.engine.configure();
    expect(h.track({ flow: 999 }, { flow: 1000 })).toEqual([
      { kind: EVENT_NEW, row: 1001, descriptor: 1, aux: 1 },
    ]);
    h.checkInvariants();
  });

  test("agrees with a model made of a Map, whatever the batches", async () => {
    await fc.assert(
      fc.asyncProperty(segments, fc.array(fc.nat(40), { maxLength: 20 }), async (sent, sizes) => {
        const h = await harness(16);
        const model = new FlowModel(16);
        for (let from = 0, n = 0; from < sent.length; n++) {
          const batch = sent.slice(from, from + 1 + (sizes[n] ?? 60));
          from += batch.length;
          h.write(batch);
          for (let index = 0; index < batch.length;) {
            const reached = h.engine.track(index);
            expect(h.events()).toEqual(model.track(batch, index, reached));
            index = reached;
            if (index === batch.length) break;
            expect(h.memory.control(abi.C_STOP_DETAIL)).toBe(abi.TRACK_ROWS);
            const oldest = model.oldest();
            model.release(oldest);
            h.engine.release(oldest);
          }
          for (const [row, { key: _, ...flow }] of model.rows) {
            expect(h.row(row)).toMatchObject(flow);
          }
          h.checkInvariants();
        }
        expect(h.clock()).toEqual(model.clock);
        expect(h.memory.counter(abi.C_TIME_BACKWARDS)).toBe(model.backwards);
      }),
      { numRuns: 200 },
    );
  });
}
