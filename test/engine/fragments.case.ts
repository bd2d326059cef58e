/** What every engine does with the fragments of a datagram: order, overlaps, gaps, limits. */
import { describe, expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { PACKETS_MAX } from "../../src/engine/memory.js";
import { counted, every, fragment, fragments, type FragmentOptions } from "../support/fragments.js";
import { bytes, extension, tcp, udp, type Bytes } from "../support/packets.js";
import {
  DecodeHarness,
  nativeRecords,
  type CreateEngine,
  type Descriptor,
} from "./decode.harness.js";

const SECOND = 1_700_000_000;
const latin1 = (content: Bytes): string => Buffer.from(content).toString("latin1");

/** A flow's packets: payloads, marks and lengths of frames, in the order in which they are counted. */
interface Told {
  flow: string;
  marks: string;
  payload: string;
  length: number;
  wire: number;
  sec: number;
}

export function runFragmentTests(create: CreateEngine): void {
  const slots = 16;
  /** Eight of the sixteen slots are kept in reserve. */
  const live = 8;
  const harness = () => DecodeHarness.create(create, slots * abi.FRAGMENT_SIZE);

  /** Decodes frames one behind the other, then gives up what is incomplete. */
  async function run(
    frames: readonly Bytes[],
    { seconds = [] as number[], pieces = Infinity } = {},
  ): Promise<{ h: DecodeHarness; told: Told[]; late: Told[] }> {
    const h = await harness();
    const told: Told[] = [];
    for (let from = 0; from < frames.length; from += pieces) {
      const records = nativeRecords(
        frames
          .slice(from, from + pieces)
          .map((data, index) => ({ data, sec: seconds[from + index] ?? SECOND })),
      );
      let { stop, consumed, descriptors } = h.decode(records);
      told.push(...tell(h, descriptors));
      for (let at = consumed; stop === abi.STOP_FULL; at += consumed) {
        ({ stop, consumed, descriptors } = h.decodeAgain(abi.FORMAT_NATIVE, at, records.length));
        told.push(...tell(h, descriptors));
      }
      if (pieces === Infinity) break;
    }
    return { h, told, late: giveUp(h) };
  }

  function giveUp(h: DecodeHarness): Told[] {
    const late: Told[] = [];
    for (;;) {
      const { descriptors } = h.decodeAgain(abi.FORMAT_FLUSH, 0, 0);
      if (descriptors.length === 0) break;
      late.push(...tell(h, descriptors));
    }
    // Nothing of any payload is left.
    const arena = h.memory.address("fragments");
    const left = h.memory.u8.subarray(arena, arena + slots * abi.FRAGMENT_SIZE);
    expect(left.every((byte) => byte === 0)).toBe(true);
    expect(h.memory.counter(abi.C_CANARY)).toBe(0);
    expect(h.memory.brokenCanaries()).toEqual([]);
    return late;
  }

  const tell = (h: DecodeHarness, descriptors: readonly Descriptor[]): Told[] =>
    descriptors.map(({ from, to, marks, payload, length, packet, protocol, vlans }) => {
      const row = (h.memory.address("packets") + packet * abi.PACKET_SIZE) >>> 2;
      return {
        flow: [protocol, from, to, ...vlans.map((id) => `vlan ${id}`)].join(" "),
        marks: marks.join(" "),
        payload,
        length,
        wire: h.memory.u32[row + (abi.P_WIRE >>> 2)]!,
        sec: h.memory.u32[row + (abi.P_SEC >>> 2)]!,
      };
    });

  const body = counted(1000);
  const datagram = udp({ from: 514, to: 40000 }, body);
  const flow = "17 192.0.2.1 514 198.51.100.2 40000";
  const flow6 = "17 2001:db8:0:0:0:0:0:1 514 2001:db8:0:0:0:0:0:2 40000";

  /** The whole datagram on the last of these frames, nothing on the others. */
  function expectWhole(told: readonly Told[], frames: readonly Bytes[], where = flow): void {
    expect(told.map(({ wire }) => wire)).toEqual(frames.map(({ length }) => length));
    for (const each of told) expect(each).toMatchObject({ flow: where, marks: "" });
    expect(told.slice(0, -1).every(({ length }) => length === 0)).toBe(true);
    expect(told.at(-1)).toMatchObject({ payload: latin1(body), length: body.length });
  }

  describe("a datagram in fragments is decoded as if it had come whole", () => {
    const cuts = [8, 400, 408, 800];
    const cases: [string, FragmentOptions, string][] = [
      ["IPv4", {}, flow],
      ["IPv4 in a VLAN", { tag: 7 }, `${flow} vlan 7`],
      ["IPv6", { version: 6 }, flow6],
      ["IPv6 in a VLAN", { version: 6, tag: 7 }, `${flow6} vlan 7`],
    ];
    test.each(cases)("%s: in order, reversed, in any order", async (_, options, where) => {
      const frames = fragments(datagram, cuts, options);
      for (const order of [
        [0, 1, 2, 3, 4],
        [4, 3, 2, 1, 0],
        [2, 0, 4, 1, 3],
      ]) {
        const ordered = order.map((index) => frames[index]!);
        const { h, told, late } = await run(ordered);
        expectWhole(told, ordered, where);
        expect(late).toEqual([]);
        expect(h.memory.counter(abi.C_REASSEMBLED)).toBe(1);
        expect(h.memory.counter(abi.C_FRAGMENTS)).toBe(5);
        expect(h.memory.counter(abi.C_NO_FLOW)).toBe(0);
      }
    });

    test("cut anywhere", async () => {
      for (let cut = 8; cut < datagram.length; cut += 8) {
        for (const version of [4, 6] as const) {
          const frames = fragments(datagram, [cut], { version });
          expectWhole((await run(frames)).told, frames, version === 4 ? flow : flow6);
        }
      }
    });

    test("of the largest length there is", async () => {
      const most = udp({ from: 514, to: 40000 }, counted(65535 - 8));
      const { told } = await run(fragments(most, every(1480, most.length)));
      expect(told).toHaveLength(45);
      expect(told.at(-1)!.payload).toBe(latin1(most.slice(8)));
    });

    test("in the tiniest pieces", async () => {
      const small = udp({ from: 514, to: 40000 }, counted(64 * 8 - 8));
      const { told } = await run(fragments(small, every(8, small.length)));
      expect(told).toHaveLength(64);
      expect(told.at(-1)).toMatchObject({ flow, payload: latin1(small.slice(8)) });
    });

    test("with several at one time, told apart by what identifies them", async () => {
      const kinds: FragmentOptions[] = [
        {},
        { identification: 2 },
        { from: "192.0.2.7" },
        { to: "192.0.2.7" },
        { protocol: 136 },
        { tag: 9 },
        { version: 6 },
        { version: 6, identification: 2 },
      ];
      const all = kinds.map((options) => fragments(datagram, [504], options));
      const mixed = [...all.map(([first]) => first!), ...all.map(([, last]) => last!)];
      const { told, late } = await run(mixed);
      expect(told).toHaveLength(16);
      expect(late).toEqual([]);
      expect(told.every(({ marks }) => marks === "")).toBe(true);
      // UDP-Lite's header counts as payload.
      const lengths = told.filter((_each, index) => index % 2 === 1).map(({ length }) => length);
      expect(lengths).toEqual([1000, 1000, 1000, 1000, 1008, 1000, 1000, 1000]);
    });

    test("each of its packets has the time at which it came", async () => {
      const frames = fragments(datagram, [8, 504]);
      const { told } = await run(frames, { seconds: [SECOND, SECOND + 3, SECOND + 29] });
      expect(told.map(({ sec }) => sec - SECOND)).toEqual([0, 3, 29]);
    });

    test("TCP: flags once, the segment with the last", async () => {
      const h = await harness();
      const segment = tcp({ flags: "S", sequence: 5, from: 1025, to: 80 }, "hello world");
      const frames = fragments(segment, [8, 16], { protocol: 6 });
      const { descriptors } = h.decode(nativeRecords(frames.map((data) => ({ data }))));
      expect(descriptors.map(({ tcpFlags }) => tcpFlags)).toEqual([abi.TCP_SYN, 0, 0]);
      expect(descriptors[2]).toMatchObject({ sequence: 6, payload: "hello world", packet: 2 });
      expect(descriptors[0]!.packet).toBe(PACKETS_MAX);
    });

    test("IPv6 extension headers behind the fragment header", async () => {
      const options = { version: 6, protocol: 60 } as const;
      const frames = fragments(extension(17, 2, datagram), [8, 504], options);
      // What they begin with is not where they end.
      const [first, ...rest] = (await run(frames)).told;
      expect(first).toMatchObject({ flow: flow6, length: 0 });
      expect(rest.at(-1)).toMatchObject({ flow: flow6, payload: latin1(body) });
    });

    // Apart, all but those that lose a piece are put together; close together, some are evicted.
    test.each([5, 3])("in whatever windows, %i packets apart", async (distance) => {
      const all = Array.from({ length: 40 }, (_, identification) =>
        fragments(udp({ from: 514, to: 40000 + identification }, body), every(248, 1008), {
          identification,
          version: identification % 3 === 0 ? 6 : 4,
        }),
      );
      const frames = all.flatMap((pieces, index) =>
        pieces.map((piece, at) => ({
          piece,
          at: index * distance + at * 7,
          isLost: index % 11 === at,
        })),
      );
      frames.sort((a, b) => a.at - b.at);
      const given = frames.filter(({ isLost }) => !isLost).map(({ piece }) => piece);
      const seconds = given.map((_, index) => SECOND + Math.floor(index / 2));
      const one = await run(given, { seconds });
      expect([...one.told, ...one.late]).toHaveLength(given.length);
      const { memory } = one.h;
      const counters = [abi.C_REASSEMBLED, abi.C_FRAGMENTS_INCOMPLETE, abi.C_FRAGMENTS_EVICTED];
      if (distance === 5) expect(memory.counter(abi.C_REASSEMBLED)).toBe(40 - 20);
      else expect(memory.counter(abi.C_FRAGMENTS_EVICTED)).toBeGreaterThan(10);
      for (const pieces of [1, 2, 5, 50]) {
        const other = await run(given, { seconds, pieces });
        expect(other.told, `${pieces} a window`).toEqual(one.told);
        expect(other.late).toEqual(one.late);
        for (const counter of counters) {
          expect(other.h.memory.counter(counter)).toBe(memory.counter(counter));
        }
      }
    });
  });

  describe("fragments that say the same twice", () => {
    test.each([4, 6] as const)("IPv%i: a duplicate is counted and no more", async (version) => {
      const [first, middle, last] = fragments(datagram, [400, 800], { version });
      const frames = [first!, first!, last!, last!, last!, first!, middle!];
      const { h, told } = await run(frames);
      expectWhole(told, frames, version === 4 ? flow : flow6);
      expect(h.memory.counter(abi.C_FRAGMENTS_OVERLAP)).toBe(0);
    });

    test.each([4, 6] as const)("IPv%i: so it is when all was there", async (version) => {
      const parts = fragments(datagram, [400, 800], { version });
      const seconds = [0, 0, 0, 29, 29, 29].map((second) => SECOND + second);
      for (const pieces of [Infinity, 1]) {
        const { h, told, late } = await run([...parts, ...parts], { seconds, pieces });
        const where = version === 4 ? flow : flow6;
        expectWhole(told.slice(0, 3), parts, where);
        expect(told.slice(3)).toEqual(
          parts.map((part) => ({
            flow: where,
            marks: "twice",
            payload: "",
            length: 0,
            wire: part.length,
            sec: SECOND + 29,
          })),
        );
        expect(late).toEqual([]);
        expect(h.memory.counter(abi.C_TWICE_PACKETS)).toBe(3);
        expect(h.memory.counter(abi.C_REASSEMBLED)).toBe(1);
      }
    });

    test("a datagram of the same number is another one: its beginning, its length, or its time", async () => {
      const parts = fragments(datagram, [400, 800]);
      const others = fragments(udp({ from: 514, to: 40001 }, body), [400, 800]);
      const longer = fragments(udp({ from: 514, to: 40000 }, counted(1008)), [400, 808]);
      const secondOf = (second: number) => [0, 0, 0, second, second, second].map((s) => SECOND + s);
      for (const [again, second] of [
        [others, 1],
        [longer.toReversed(), 1],
        [parts, 30],
      ] as const) {
        const { h } = await run([...parts, ...again], { seconds: secondOf(second) });
        expect(h.memory.counter(abi.C_REASSEMBLED)).toBe(2);
        expect(h.memory.counter(abi.C_TWICE_PACKETS)).toBe(0);
      }
    });

    test("only the last ones are remembered", async () => {
      const numbered = Array.from({ length: abi.WHOLE_COUNT + 1 }, (_, identification) =>
        fragments(datagram, [504], { identification }),
      );
      const again = [numbered[0]![1]!, numbered[1]![1]!];
      const { h, late } = await run([...numbered.flat(), ...again], { pieces: 8 });
      expect(h.memory.counter(abi.C_TWICE_PACKETS)).toBe(1);
      expect(late).toHaveLength(1);
    });

    test("IPv4: the bytes that came first stay", async () => {
      const frames = [
        fragment(0, true, datagram.slice(0, 400)),
        fragment(392, true, bytes("X".repeat(16), datagram.slice(408, 600))),
        fragment(8, true, "Y".repeat(800)),
        fragment(800, false, bytes("Z".repeat(8), datagram.slice(808))),
      ];
      const { h, told } = await run(frames);
      const wanted = bytes(
        datagram.slice(0, 400),
        "X".repeat(8),
        datagram.slice(408, 600),
        "Y".repeat(208),
        datagram.slice(808),
      );
      expect(told.at(-1)!.payload).toBe(latin1(wanted.slice(8)));
      expect(told).toHaveLength(4);
      expect(h.memory.counter(abi.C_FRAGMENTS_OVERLAP)).toBe(3);
    });

    test("IPv4: an end that contradicts another is not believed", async () => {
      const [first, last] = fragments(datagram, [504]);
      // The first that says where the end is may not cut off what is there.
      const { told } = await run([first!, fragment(8, false, "?".repeat(8)), last!]);
      expect(told.at(-1)).toMatchObject({ payload: latin1(body) });
      const beyond = await run([last!, fragment(1008, true, "?".repeat(8)), first!]);
      expect(beyond.told.at(-1)).toMatchObject({ payload: latin1(body) });
    });

    test("IPv6: a datagram with overlaps is dropped, and malformed", async () => {
      const options = { version: 6 } as const;
      const [first, last] = fragments(datagram, [504], options);
      const overlap = fragment(496, true, datagram.slice(496, 504), options);
      for (const frames of [
        [first!, overlap, last!],
        [overlap, first!, last!],
        [last!, first!].toSpliced(1, 0, fragment(1000, true, "?".repeat(64), options)),
      ]) {
        const { told, late } = await run(frames);
        expect(told).toEqual([]);
        expect(late.map(({ marks }) => marks)).toEqual(Array(3).fill("malformed fragment"));
        expect(late.every(({ payload }) => payload === "")).toBe(true);
      }
      const { late } = await run([first!, overlap, last!]);
      expect(late.map(({ flow: where }) => where)).toEqual(Array(3).fill(flow6));
    });
  });

  describe("a datagram that is not whole in time", () => {
    const [first, middle, last] = fragments(datagram, [400, 800]) as [Bytes, Bytes, Bytes];
    const portless = "17 192.0.2.1 0 198.51.100.2 0";

    test("without its first: no ports", async () => {
      const { h, told, late } = await run([middle, last]);
      expect(told).toEqual([]);
      expect(late).toMatchObject([
        { flow: portless, marks: "fragment", length: 0, wire: middle.length },
        { flow: portless, marks: "fragment", length: 0, wire: last.length },
      ]);
      expect(h.memory.counter(abi.C_FRAGMENTS_INCOMPLETE)).toBe(1);
    });

    test.each([
      ["its last", [first, middle], 792],
      ["its middle", [first, last], 392],
      ["all but its first", [first], 392],
      ["its middle, in disorder", [last, first], 392],
    ])("without %s: what it begins with, snapped", async (_, frames, there) => {
      const { late } = await run(frames);
      const lengths = frames.map(() => 0);
      lengths[lengths.length - 1] = 1000;
      expect(late.map(({ length }) => length)).toEqual(lengths);
      expect(late.at(-1)).toMatchObject({
        flow,
        marks: "snapped fragment",
        payload: latin1(body.slice(0, there)),
      });
    });

    test("is given up in front of the packet that comes 30 s after it began", async () => {
      const other = udp({ from: 1, to: 2 }, "?");
      const frame = fragment(0, false, other);
      const before = await run([first, frame], { seconds: [SECOND, SECOND + 29] });
      expect(before.told.map(({ payload }) => payload)).toEqual(["?"]);
      const after = await run([first, frame, middle], { seconds: [SECOND, SECOND + 30] });
      expect(after.told.map(({ payload }) => payload)).toEqual([latin1(body.slice(0, 392)), "?"]);
      expect(after.told[0]!.sec).toBe(SECOND);
      expect(after.late).toMatchObject([{ flow: portless }]);
    });

    test("is given up as the oldest where slots run out", async () => {
      const many = Array.from({ length: live + 3 }, (_, identification) =>
        fragment(0, true, datagram.slice(0, 400 + 8 * identification), { identification }),
      );
      for (const pieces of [Infinity, 1]) {
        const { h, told, late } = await run(many, { pieces });
        expect(told.map(({ payload }) => payload.length)).toEqual([392, 400, 408]);
        expect(late).toHaveLength(live);
        expect(h.memory.counter(abi.C_FRAGMENTS_EVICTED)).toBe(3);
      }
    });

    test("is given up where it has more fragments than are held", async () => {
      const frames = fragments(datagram, every(8, datagram.length));
      const { told, late } = await run(frames);
      expect(told).toHaveLength(64);
      expect(told.at(-1)).toMatchObject({ flow, payload: latin1(body.slice(0, 504)) });
      expect(late).toHaveLength(frames.length - 64);
      expect(late[0]).toMatchObject({ flow: portless });
    });
  });

  describe("what no datagram can be", () => {
    test.each([4, 6] as const)("IPv%i: beyond 65,535 bytes", async (version) => {
      const { told, late } = await run([fragment(65528, false, "?".repeat(16), { version })]);
      expect(told).toEqual([]);
      expect(late).toMatchObject([{ marks: "malformed fragment", length: 0 }]);
    });

    test("a fragment without bytes", async () => {
      for (const more of [true, false]) {
        const { late } = await run([fragment(8, more, "")]);
        expect(late).toMatchObject([{ marks: "fragment", length: 0 }]);
      }
    });

    test("too short for ports: each of its packets is counted as malformed", async () => {
      const h = await harness();
      const frames = [fragment(0, true, new Uint8Array(8), { protocol: 60, version: 6 })];
      const short = fragment(8, false, "???", { protocol: 60, version: 6 });
      const { descriptors } = h.decode(nativeRecords([...frames, short].map((data) => ({ data }))));
      // An extension header of eight bytes, then hop-by-hop options that are cut off.
      expect(descriptors).toEqual([]);
      expect(h.memory.counter(abi.C_NO_FLOW)).toBe(2);
      giveUp(h);
    });

    test("snapped fragments: the payload up to the first byte that is missing", async () => {
      const h = await harness();
      const [head, tail] = fragments(datagram, [504]) as [Bytes, Bytes];
      const cut = { data: head.slice(0, 134), wire: head.length };
      const { descriptors } = h.decode(nativeRecords([cut, { data: tail }]));
      expect(descriptors[1]).toMatchObject({
        marks: ["snapped"],
        payload: latin1(body.slice(0, 92)),
        length: 1000,
      });
      giveUp(h);
    });
  });

  test("without memory for them, fragments are as they come", async () => {
    const h = await DecodeHarness.create(create, 8 * abi.FRAGMENT_SIZE);
    const frames = fragments(datagram, [504]).map((data) => ({ data }));
    const { descriptors } = h.decode(nativeRecords(frames));
    expect(descriptors.map(({ marks }) => marks)).toEqual([["fragment"], ["fragment"]]);
    expect(descriptors.map(({ payload }) => payload.length)).toEqual([496, 0]);
  });
}
