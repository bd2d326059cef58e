/** What every engine's decode room does: `runDecodeTests` is the whole suite, an engine's test is a call of it. */
import { describe, expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { CONTEXTS_MAX, PACKETS_MAX, UNHANDLED_MAX } from "../../src/engine/memory.js";
import { carriers } from "../support/carriers.js";
import * as build from "../support/packets.js";
import { bytes, ethernet, ipv4, ipv6, tcp, udp, vlan, type Bytes } from "../support/packets.js";
import {
  type CreateEngine,
  type Decoded,
  DecodeHarness,
  type Descriptor,
  type InterfaceRow,
  nativeRecords,
} from "./decode.harness.js";
import { linkRefusals, links } from "./decode.links.js";
import { tunnels } from "./decode.tunnels.js";
import { frames, refusals, V6_FROM, V6_TO } from "./decode.frames.js";

const { TYPE_IPV4, TYPE_IPV6, TYPE_VLAN } = build;

/** A frame that takes the fast path, and one of each way around it. */
const simple = ethernet(TYPE_IPV4, ipv4({ protocol: 6 }, tcp({}, "simple")));
const whole: readonly [string, Bytes, readonly [number, number][]][] = [
  [
    "TCP",
    simple,
    [
      [14, abi.LAYER_LINK],
      [34, abi.LAYER_IPV4],
      [38, abi.LAYER_TRANSPORT],
    ],
  ],
  [
    "UDP behind two VLAN tags",
    ethernet(
      build.TYPE_QINQ,
      vlan(1, TYPE_VLAN, vlan(2, TYPE_IPV4, ipv4({ protocol: 17 }, udp({}, "question")))),
    ),
    [
      [14, abi.LAYER_LINK],
      [22, abi.LAYER_VLAN],
      [42, abi.LAYER_IPV4],
      [46, abi.LAYER_TRANSPORT],
    ],
  ],
  [
    "TCP with options over IPv4 with options",
    ethernet(
      TYPE_IPV4,
      ipv4({ protocol: 6, options: bytes(1, 1, 1) }, tcp({ options: bytes(2, 4, 5, 180) }, "x")),
    ),
    [
      [14, abi.LAYER_LINK],
      [38, abi.LAYER_IPV4],
      [42, abi.LAYER_TRANSPORT],
    ],
  ],
  [
    "SCTP over IPv6 with two extension headers",
    ethernet(
      TYPE_IPV6,
      ipv6(
        { next: 0 },
        build.extension(
          60,
          1,
          build.extension(132, 2, build.sctp({}, build.sctpData("\0\0\0\x03data"))),
        ),
      ),
    ),
    [
      [14, abi.LAYER_LINK],
      [54, abi.LAYER_IPV6],
      [78, abi.LAYER_EXTENSION],
      [82, abi.LAYER_TRANSPORT],
    ],
  ],
  [
    "ICMP over MPLS",
    ethernet(build.TYPE_MPLS, build.mpls([16, 17], ipv4({ protocol: 1 }, build.icmpEcho("ping")))),
    [
      [14, abi.LAYER_LINK],
      [23, abi.LAYER_MPLS],
      [42, abi.LAYER_IPV4],
    ],
  ],
  [
    "UDP over PPPoE",
    ethernet(
      build.TYPE_PPPOE,
      build.pppoe(build.ppp(build.PPP_IPV4, ipv4({ protocol: 17 }, udp({}, "x")))),
    ),
    [
      [14, abi.LAYER_LINK],
      [22, abi.LAYER_PPPOE],
      [42, abi.LAYER_IPV4],
      [46, abi.LAYER_TRANSPORT],
    ],
  ],
  [
    "ARP",
    ethernet(build.TYPE_ARP, build.arp()),
    [
      [14, abi.LAYER_LINK],
      [42, abi.LAYER_ARP],
    ],
  ],
];

export function runDecodeTests(create: CreateEngine): void {
  let shared: DecodeHarness | undefined;
  const harness = async () => {
    shared ??= await DecodeHarness.create(create);
    shared.reset();
    return shared;
  };
  const ordinary = {
    network: abi.NETWORK_IPV4,
    protocol: abi.IP_TCP,
    from: "192.0.2.1 40000",
    to: "198.51.100.2 80",
    marks: [],
    aIsTarget: false,
    tcpFlags: 0,
    sequence: 0,
    payload: "",
    interfaceId: 0,
    vlans: [],
    tunnels: [],
    packet: 0,
  };
  /** A descriptor of the builder's default endpoints, but for what is said. */
  const expected = (partly: Partial<Descriptor>): Descriptor => ({
    ...ordinary,
    ...(partly.network === abi.NETWORK_IPV6 && { from: V6_FROM, to: V6_TO }),
    ...partly,
    length: partly.length ?? partly.payload?.length ?? 0,
  });

  describe("a frame gives a descriptor", () => {
    test.each([...frames, ...links])(
      "$name",
      async ({ linkType = 1, frame, gives, malformed, fragments }) => {
        const h = await harness();
        h.setInterfaces({ linkType });
        const { stop, descriptors, packets } = h.frame(frame);
        expect(stop).toBe(abi.STOP_DATA);
        expect(packets).toHaveLength(1);
        expect(descriptors).toEqual([expected(gives)]);
        expect(h.unhandled()).toEqual([]);
        expect(h.memory.counter(abi.C_NO_FLOW)).toBe(0);
        expect(h.memory.counter(abi.C_MALFORMED)).toBe(malformed ? 1 : 0);
        expect(h.memory.counter(abi.C_FRAGMENTS)).toBe(fragments ? 1 : 0);
      },
    );
  });

  describe("what a tunnel carries has a descriptor of its own", () => {
    test.each(tunnels)("$name", async ({ frame, outer, inner, unhandled, malformed }) => {
      const h = await harness();
      const { descriptors } = h.frame(frame);
      expect(descriptors.slice(1)).toEqual(inner.map((gives) => expected(gives)));
      expect(descriptors[0]).toMatchObject({ ...ordinary, ...outer, payload: expect.any(String) });
      expect(h.unhandled()).toEqual(
        unhandled === undefined ? [] : [[...unhandled, 1, frame.wire ?? frame.data.length]],
      );
      expect(h.memory.counter(abi.C_NO_FLOW)).toBe(0);
      expect(h.memory.counter(abi.C_MALFORMED)).toBe(malformed ? 1 : 0);
    });

    test.each(tunnels)("$name, cut at every byte", async ({ frame: { data } }) => {
      const h = await harness();
      const key = ({ network, protocol, from, to, vlans, tunnels: layers }: Descriptor) =>
        JSON.stringify([network, protocol, from, to, vlans, layers]);
      const all = h.frame({ data }).descriptors;
      for (let size = 0; size <= data.length; size++) {
        const results = [];
        for (const filling of [0x00, 0x45, 0xff]) {
          h.reset();
          h.memory.u8.fill(filling, h.memory.address("window"), h.memory.address("window") + 4096);
          const cut = { data: data.slice(0, size), wire: data.length };
          const { descriptors } = h.decode(build.pcapRecord(cut), abi.FORMAT_PCAP_LE_USEC);
          // An outer flow is the same however much of what it carries is there.
          expect(descriptors.map(key)).toEqual(all.slice(0, descriptors.length).map(key));
          for (const { payload, length } of descriptors) {
            expect(payload.length).toBeLessThanOrEqual(Math.min(length, size));
          }
          results.push([descriptors, h.unhandled()]);
        }
        expect(results[1]).toEqual(results[0]);
        expect(results[2]).toEqual(results[0]);
      }
    });

    test.each(carriers)("$name, in itself beyond the bound", async ({ name, wrap }) => {
      const h = await harness();
      let data = ethernet(TYPE_IPV4, ipv4({ protocol: 17 }, udp({}, "innermost")));
      for (let depth = 0; depth <= abi.TUNNELS_MAX; depth++) data = wrap(data);
      const { descriptors } = h.frame({ data });
      expect(descriptors).toHaveLength(1 + abi.TUNNELS_MAX);
      expect(descriptors.some(({ payload }) => payload === "innermost")).toBe(false);
      const [[kind, value] = [], ...others] = h.unhandled();
      expect(others).toEqual([]);
      expect(kind, name).toBe(abi.UNHANDLED_DEPTH);
      expect(value).toBeGreaterThan(0);
    });

    test.each(carriers)("$name, each bit of its header wrong", async ({ wrap }) => {
      const h = await harness();
      const inner = ethernet(TYPE_IPV4, ipv4({ protocol: 17 }, udp({}, "inner")));
      const data = wrap(inner);
      const [outer] = h.frame({ data }).descriptors;
      const begin = outer!.protocol === 17 ? 42 : 34;
      for (let bit = begin * 8; bit < Math.min(data.length, begin + 40) * 8; bit++) {
        const wrong = Uint8Array.from(data);
        wrong[bit >>> 3]! ^= 1 << (bit & 7);
        h.reset();
        const { descriptors, packets } = h.frame({ data: wrong });
        expect(packets).toHaveLength(1);
        // What carries keeps its flow; what is carried is one or none, never more than the bound.
        expect(descriptors[0]).toMatchObject({
          from: outer!.from,
          to: outer!.to,
          length: outer!.length,
        });
        expect(descriptors.length).toBeLessThanOrEqual(1 + abi.TUNNELS_MAX);
        expect(h.memory.counter(abi.C_NO_FLOW)).toBe(0);
      }
    });

    test("both directions of a flow share their tunnel's context, and tunnels do not", async () => {
      const h = await harness();
      const contexts = [
        build.vxlan(7),
        build.vxlan(7),
        build.vxlan(8),
        build.geneve(7, build.TYPE_ETHERNET),
      ].map((header, index) => {
        const to = index === 3 ? 6081 : 4789;
        const inner = ethernet(TYPE_IPV4, ipv4({ protocol: 17 }, udp({})));
        const data = ethernet(TYPE_IPV4, ipv4({ protocol: 17 }, udp({ to }, header, inner)));
        const { descriptors } = h.frame({ data });
        expect(descriptors).toHaveLength(2);
        const at = h.memory.address("descriptors") + abi.DESCRIPTOR_SIZE + abi.D_CONTEXT;
        return h.memory.u32[at >>> 2]!;
      });
      expect(contexts).toEqual([1, 1, 2, 3]);
    });
  });

  describe("a frame without a flow is counted", () => {
    test.each([...refusals, ...linkRefusals])(
      "$name",
      async ({ linkType = 1, frame, kind, value }) => {
        const h = await harness();
        h.setInterfaces({ linkType });
        const { stop, descriptors, packets } = h.frame(frame);
        expect(stop).toBe(abi.STOP_DATA);
        expect(packets).toHaveLength(1);
        expect(descriptors).toEqual([]);
        expect(h.unhandled()).toEqual([[kind, value, 1, frame.wire ?? frame.data.length]]);
        expect(h.memory.counter(abi.C_NO_FLOW)).toBe(1);
        const isMalformed = kind === abi.UNHANDLED_MALFORMED;
        expect(h.memory.counter(abi.C_MALFORMED)).toBe(isMalformed ? 1 : 0);
      },
    );

    test("packets and bytes of one kind add up, kinds are kept apart", async () => {
      const h = await harness();
      const frame = (type: number, size: number) => ({
        data: ethernet(type, new Uint8Array(size)),
        wire: size + 100,
      });
      h.decode(nativeRecords([frame(0x88cc, 10), frame(0x88f7, 20), frame(0x88cc, 30)]));
      h.frame(frame(0x88f7, 40));
      expect(h.unhandled()).toEqual([
        [abi.UNHANDLED_ETHERTYPE, 0x88cc, 2, 240],
        [abi.UNHANDLED_ETHERTYPE, 0x88f7, 2, 260],
      ]);
    });

    test("beyond the table they are counted together", async () => {
      const h = await harness();
      const odd = Array.from({ length: UNHANDLED_MAX + 3 }, (_, index) => ({
        data: ethernet(0x9300 + index),
      }));
      h.decode(nativeRecords(odd));
      expect(h.unhandled()).toHaveLength(UNHANDLED_MAX);
      expect(h.memory.counter(abi.C_UNHANDLED_OVERFLOW)).toBe(3);
      expect(h.memory.counter(abi.C_NO_FLOW)).toBe(UNHANDLED_MAX + 3);
    });
  });

  describe("a header cut off by the capture", () => {
    test.each(whole)("%s", async (_, data, layers) => {
      for (let size = 0; size <= data.length; size++) {
        const h = await harness();
        const { descriptors } = h.frame(build.snapped(data, size));
        const layer = layers.find(([below]) => size < below)?.[1];
        const where = `cut to ${size} bytes`;
        if (layer === undefined) {
          expect(h.unhandled(), where).toEqual([]);
          const marks = size < data.length && descriptors[0]!.protocol !== 0 ? ["snapped"] : [];
          expect(descriptors[0]!.marks, where).toEqual(marks);
          expect(descriptors[0]!.payload.length).toBeLessThanOrEqual(descriptors[0]!.length);
        } else {
          expect(descriptors, where).toEqual([]);
          expect(h.unhandled(), where).toEqual([[abi.UNHANDLED_TRUNCATED, layer, 1, data.length]]);
        }
      }
    });

    test.each(whole)("%s: what follows the record makes no difference", async (_, data) => {
      for (let size = 0; size <= data.length; size++) {
        const results = [];
        for (const filling of [0x00, 0x45, 0xff]) {
          const h = await harness();
          h.memory.u8.fill(filling, h.memory.address("window"), h.memory.address("window") + 4096);
          for (const wire of [size, data.length]) {
            results.push(h.decode(build.pcapRecord({ data: data.slice(0, size), wire }), 1));
          }
          results.push(h.unhandled());
        }
        expect(results.slice(3, 6)).toEqual(results.slice(0, 3));
        expect(results.slice(6)).toEqual(results.slice(0, 3));
      }
    });
  });

  describe("endpoint A is the lower one", () => {
    const low = "10.0.0.1";
    const high = "10.0.1.0";
    test.each([
      [low, high, 9, 1, false],
      [high, low, 1, 9, true],
      [low, low, 1, 2, false],
      [low, low, 256, 255, true],
      [low, low, 7, 7, false],
      ["128.0.0.1", "127.255.255.255", 1, 1, true],
    ])("%s to %s, ports %i and %i", async (from, to, fromPort, toPort, aIsTarget) => {
      const h = await harness();
      const segment = udp({ from: fromPort, to: toPort });
      const options = bytes(1, 1, 1, 1); // not the fast path
      for (const header of [{}, { options }]) {
        const data = ethernet(TYPE_IPV4, ipv4({ protocol: 17, from, to, ...header }, segment));
        expect(h.frame({ data }).descriptors).toMatchObject([
          { from: `${from} ${fromPort}`, to: `${to} ${toPort}`, aIsTarget },
        ]);
      }
    });

    test.each([
      ["2001:db8::1", "2001:db8::2", false],
      ["2001:db8::1:0", "2001:db8::ff", true],
      ["fe80::1", "::ffff:ffff:ffff:ffff", true],
    ])("%s to %s", async (from, to, aIsTarget) => {
      const h = await harness();
      const data = ethernet(TYPE_IPV6, ipv6({ next: 17, from, to }, udp({})));
      expect(h.frame({ data }).descriptors).toMatchObject([{ aIsTarget }]);
    });
  });

  describe("contexts", () => {
    const tagged = (...ids: number[]) =>
      ids.reduceRight(({ type, data }, id) => ({ type: TYPE_VLAN, data: vlan(id, type, data) }), {
        type: TYPE_IPV4,
        data: ipv4({ protocol: 17 }, udp({})),
      });
    const frameIn = (interfaceId: number, ...ids: number[]) => {
      const { type, data } = tagged(...ids);
      return { data: ethernet(type, data), interfaceId };
    };

    test("are interface and tags, each once", async () => {
      const h = await harness();
      h.setInterfaces({}, {}, {});
      const all = [
        [0],
        [2],
        [0, 5],
        [0, 5, 6],
        [0, 6, 5],
        [1, 5],
        [0, 0],
        [0, 1, 2, 3, 4, 5, 6, 7, 8],
      ];
      const sent = [...all, ...all.toReversed(), ...all];
      const { descriptors } = h.decode(
        nativeRecords(sent.map(([interfaceId, ...ids]) => frameIn(interfaceId!, ...ids))),
      );
      const found = descriptors.map(({ interfaceId, vlans }) => [interfaceId, ...vlans]);
      expect(found).toEqual(sent);
      expect(h.memory.control(abi.C_CONTEXT_COUNT)).toBe(all.length);
    });

    test("drop priority and drop-eligible bits", async () => {
      const h = await harness();
      const data = ethernet(TYPE_VLAN, vlan(0xf005, TYPE_IPV4, ipv4({ protocol: 17 }, udp({}))));
      expect(h.frame({ data }).descriptors).toMatchObject([{ vlans: [5] }]);
    });

    test("share the last row when there are too many", async () => {
      const h = await harness();
      const ids = Array.from({ length: CONTEXTS_MAX - 1 }, (_, id) => id);
      h.decode(nativeRecords(ids.map((id) => frameIn(0, id))));
      expect(h.memory.control(abi.C_CONTEXT_COUNT)).toBe(CONTEXTS_MAX);
      expect(h.memory.counter(abi.C_CONTEXT_OVERFLOW)).toBe(0);
      const again = [frameIn(0, 7, 7), frameIn(0, 8, 8), frameIn(0, 8, 8), frameIn(0, 9)];
      const { descriptors } = h.decode(nativeRecords(again));
      expect(descriptors.map(({ vlans }) => vlans)).toEqual([
        [CONTEXTS_MAX - 2],
        [CONTEXTS_MAX - 2],
        [CONTEXTS_MAX - 2],
        [9],
      ]);
      expect(h.memory.counter(abi.C_CONTEXT_OVERFLOW)).toBe(3);
    });
  });

  describe("capture records", () => {
    const frame = { data: simple, sec: 1700000000, ns: 123456789, wire: 1514 };
    const row = { sec: 1700000000, wire: 1514 };
    const pcap = [
      [abi.FORMAT_PCAP_LE_USEC, { bigEndian: false, nanoseconds: false }],
      [abi.FORMAT_PCAP_LE_NSEC, { bigEndian: false, nanoseconds: true }],
      [abi.FORMAT_PCAP_BE_USEC, { bigEndian: true, nanoseconds: false }],
      [abi.FORMAT_PCAP_BE_NSEC, { bigEndian: true, nanoseconds: true }],
    ] as const;
    const pcapng = [
      [abi.FORMAT_PCAPNG_LE, { bigEndian: false }],
      [abi.FORMAT_PCAPNG_BE, { bigEndian: true }],
    ] as const;

    test.each(pcap)("pcap, format %i: %j", async (format, options) => {
      const h = await harness();
      h.setInterfaces({ linkType: 147 }, {});
      h.memory.setControl(abi.C_INTERFACE, 1);
      const record = build.pcapRecord(frame, options);
      const decoded = h.decode(bytes(record, record), format, 5);
      const ns = options.nanoseconds ? 123456789 : 123456000;
      expect(decoded).toMatchObject({ stop: abi.STOP_DATA, consumed: 2 * record.length });
      expect(decoded.packets).toEqual([
        { ...row, ns, record: 5 },
        { ...row, ns, record: 5 + record.length },
      ]);
      expect(decoded.descriptors).toMatchObject([
        { payload: "simple", interfaceId: 1, packet: 0 },
        { payload: "simple", interfaceId: 1, packet: 1 },
      ]);
      expect(h.memory.counter(abi.C_TOTAL_PACKETS)).toBe(2);
      expect(h.memory.counter(abi.C_TOTAL_BYTES)).toBe(3028);
    });

    test("native", async () => {
      const h = await harness();
      h.setInterfaces({}, {});
      const record = build.nativeRecord({ ...frame, interfaceId: 1 });
      const decoded = h.decode(bytes(record, record));
      expect(record.length % 8).toBe(0);
      expect(decoded.packets).toEqual([
        { ...row, ns: 123456789, record: 0 },
        { ...row, ns: 123456789, record: record.length },
      ]);
      expect(decoded.descriptors).toMatchObject([{ interfaceId: 1 }, { interfaceId: 1 }]);
    });

    test.each(pcapng)("pcapng, format %i: %j", async (format, options) => {
      const h = await harness();
      h.setInterfaces({ snapLength: 60 }, { exponent: 9 });
      const enhanced = build.enhancedBlock(frame, options);
      const obsolete = build.obsoleteBlock(
        { ...frame, interfaceId: 1 },
        { ...options, ticks: 1700000001000000002n, options: build.hex("0001 0004 61626364") },
      );
      const simpleBlock = build.simpleBlock(frame, options);
      const decoded = h.decode(bytes(enhanced, obsolete, simpleBlock), format);
      expect(decoded.packets).toEqual([
        { ...row, ns: 123456000, record: 0 },
        { sec: 1700000001, ns: 2, wire: 1514, record: enhanced.length },
        { sec: 1700000001, ns: 2, wire: 1514, record: enhanced.length + obsolete.length },
      ]);
      expect(decoded.descriptors).toMatchObject([
        { payload: "simple", interfaceId: 0 },
        { payload: "simple", interfaceId: 1 },
        { payload: "simple", interfaceId: 0 },
      ]);
    });

    test("a simple block has what was captured, snapped, and room", async () => {
      const h = await harness();
      const captured = (linkLayer: InterfaceRow, wire: number) => {
        h.setInterfaces(linkLayer);
        const decoded = h.decode(build.simpleBlock({ data: simple, wire }), abi.FORMAT_PCAPNG_LE);
        return decoded.descriptors[0]?.payload ?? "";
      };
      expect(simple).toHaveLength(60);
      expect(captured({}, 60)).toBe("simple");
      expect(captured({}, 1514)).toBe("simple");
      expect(captured({ snapLength: 57 }, 60)).toBe("sim");
      expect(captured({}, 57)).toBe("sim");
    });

    test("a length on the wire below the captured one is not believed", async () => {
      const h = await harness();
      const { packets, descriptors } = h.frame({ data: simple, wire: 3 });
      expect(packets).toMatchObject([{ wire: simple.length }]);
      expect(descriptors).toMatchObject([{ payload: "simple", marks: [] }]);
    });

    test.each(pcapng)("other blocks are the host's: format %i", async (format, options) => {
      const h = await harness();
      const packet = build.enhancedBlock(frame, options);
      const other = build.block(5, new Uint8Array(16), options);
      const section = build.sectionHeader(options);
      for (const [block, type] of [
        [other, 5],
        [section, 0x0a0d0d0a],
      ] as const) {
        for (const size of [12, 13, block.length]) {
          const decoded = h.decode(bytes(packet, block.slice(0, size)), format);
          expect(decoded).toMatchObject({
            stop: abi.STOP_BLOCK,
            detail: type,
            value: block.length,
            consumed: packet.length,
          });
          expect(decoded.packets).toHaveLength(1);
        }
        expect(h.decode(block.slice(0, 11), format).stop).toBe(abi.STOP_DATA);
      }
    });

    test("a section header in the other byte order is one", async () => {
      const h = await harness();
      const section = build.sectionHeader({ bigEndian: true });
      const decoded = h.decode(section, abi.FORMAT_PCAPNG_LE);
      expect(decoded).toMatchObject({ stop: abi.STOP_BLOCK, detail: 0x0a0d0d0a });
    });
  });

  describe("a corrupt record stops decoding", () => {
    const frame = { data: simple };
    const { FORMAT_NATIVE, FORMAT_PCAP_LE_USEC, FORMAT_PCAPNG_LE } = abi;
    const { CORRUPT_LENGTH, CORRUPT_INTERFACE, CORRUPT_BLOCK, CORRUPT_TRAILER } = abi;
    const patched = (record: Bytes, at: number, value: number) => {
      const copy = record.slice();
      new DataView(copy.buffer).setUint32(at, value, true);
      return copy;
    };
    const pcap = build.pcapRecord(frame);
    const native = build.nativeRecord(frame);
    const enhanced = build.enhancedBlock(frame);
    const simpleBlock = build.simpleBlock(frame);
    const tooLong = abi.MAX_PACKET + 1;
    test.each([
      ["pcap length", FORMAT_PCAP_LE_USEC, patched(pcap, 8, tooLong), CORRUPT_LENGTH, tooLong],
      [
        "pcap length −1",
        FORMAT_PCAP_LE_USEC,
        patched(pcap, 8, 0xffffffff),
        CORRUPT_LENGTH,
        0xffffffff,
      ],
      ["native length", FORMAT_NATIVE, patched(native, 8, tooLong), CORRUPT_LENGTH, tooLong],
      ["native interface", FORMAT_NATIVE, patched(native, 16, 1), CORRUPT_INTERFACE, 1],
      ["block not of words", FORMAT_PCAPNG_LE, patched(enhanced, 4, 94), CORRUPT_BLOCK, 94],
      ["block too short", FORMAT_PCAPNG_LE, patched(enhanced, 4, 28), CORRUPT_BLOCK, 28],
      ["simple block too short", FORMAT_PCAPNG_LE, patched(simpleBlock, 4, 12), CORRUPT_BLOCK, 12],
      ["block too long", FORMAT_PCAPNG_LE, patched(enhanced, 4, 0x50004), CORRUPT_BLOCK, 0x50004],
      [
        "other block too short",
        FORMAT_PCAPNG_LE,
        build.block(5, bytes(), { totalLength: 8 }),
        CORRUPT_BLOCK,
        8,
      ],
      [
        "trailer",
        FORMAT_PCAPNG_LE,
        patched(enhanced, enhanced.length - 4, 96),
        CORRUPT_TRAILER,
        96,
      ],
      [
        "captured beyond the block",
        FORMAT_PCAPNG_LE,
        patched(enhanced, 20, 61),
        CORRUPT_LENGTH,
        61,
      ],
      [
        "captured −1",
        FORMAT_PCAPNG_LE,
        patched(enhanced, 20, 0xffffffff),
        CORRUPT_LENGTH,
        0xffffffff,
      ],
      ["interface", FORMAT_PCAPNG_LE, patched(enhanced, 8, 1), CORRUPT_INTERFACE, 1],
      [
        "interface −1",
        FORMAT_PCAPNG_LE,
        patched(enhanced, 8, 0xffffffff),
        CORRUPT_INTERFACE,
        0xffffffff,
      ],
    ])("%s", async (_, format, record, detail, value) => {
      const h = await harness();
      const good = { [FORMAT_PCAP_LE_USEC]: pcap, [FORMAT_NATIVE]: native }[format] ?? enhanced;
      const decoded = h.decode(bytes(good, record, good), format);
      const consumed = good.length;
      expect(decoded).toMatchObject({ stop: abi.STOP_CORRUPT, detail, value, consumed });
      expect(decoded.descriptors).toHaveLength(1);
    });

    test("without an interface, a packet block is corrupt", async () => {
      const h = await harness();
      h.setInterfaces();
      for (const block of [enhanced, simpleBlock]) {
        const decoded = h.decode(block, FORMAT_PCAPNG_LE);
        expect(decoded).toMatchObject({ stop: abi.STOP_CORRUPT, detail: CORRUPT_INTERFACE });
      }
    });
  });

  describe("time", () => {
    test.each([
      ["pcap", abi.FORMAT_PCAP_LE_USEC, false, 5, 999_999_999, 5, 999_999_000],
      ["nanoseconds", abi.FORMAT_PCAP_LE_NSEC, true, 5, 999_999_999, 5, 999_999_999],
      ["nanoseconds, carried", abi.FORMAT_PCAP_LE_NSEC, true, 5, 4_294_967_295, 9, 294_967_295],
      ["saturated", abi.FORMAT_PCAP_LE_NSEC, true, 0xffffffff, 1e9, 0xffffffff, 999_999_999],
    ])("%s", async (_, format, nanoseconds, sec, ns, wantSec, wantNs) => {
      const h = await harness();
      const record = build.pcapRecord({ data: simple, sec, ns }, { nanoseconds });
      expect(h.decode(record, format).packets).toMatchObject([{ sec: wantSec, ns: wantNs }]);
    });

    test("microseconds beyond a second are carried", async () => {
      const h = await harness();
      const record = build.pcapRecord({ data: simple, sec: 7 });
      new DataView(record.buffer).setUint32(4, 0xffffffff, true);
      const { packets } = h.decode(record, abi.FORMAT_PCAP_LE_USEC);
      expect(packets).toMatchObject([{ sec: 7 + 4294, ns: 967_295_000 }]);
    });

    test("ticks of all resolutions, as whole numbers would have it", async () => {
      const h = await harness();
      const all = [0n, 1n, 999_999n, 2n ** 32n - 1n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n];
      let random = 88172645463325252n;
      for (let i = 0; i < 25; i++) {
        random = BigInt.asUintN(64, random * 6364136223846793005n + 1442695040888963407n);
        all.push(random, random >> 20n);
      }
      const offsets = [0n, -1n, 1_700_000_000n, -(2n ** 33n), 2n ** 62n, -(2n ** 62n)];
      for (const binary of [false, true]) {
        for (let exponent = 0; exponent <= 127; exponent++) {
          for (const [index, offset] of offsets.entries()) {
            if (index > 0 && exponent % 9 !== 0) continue;
            h.setInterfaces({ binary, exponent, offset });
            const blocks = all.map((ticks) => build.enhancedBlock({ data: bytes() }, { ticks }));
            const { packets } = h.decode(bytes(...blocks), abi.FORMAT_PCAPNG_LE);
            const times = packets.map(({ sec, ns }) => [sec, ns]);
            const want = all.map((ticks) => timeOf(ticks, binary, exponent, offset));
            expect(times, JSON.stringify({ binary, exponent, index })).toEqual(want);
          }
        }
      }
    });
  });

  describe("a window may end anywhere", () => {
    const captured = [
      { data: simple, sec: 1 },
      { data: bytes(), sec: 2 },
      { data: ethernet(TYPE_IPV6, ipv6({ next: 17 }, udp({}, "12345"))), sec: 3 },
      {
        data: ethernet(TYPE_VLAN, vlan(9, TYPE_IPV4, ipv4({ protocol: 17 }, udp({}, "1")))),
        sec: 4,
      },
    ];
    test.each([
      ["native", abi.FORMAT_NATIVE, captured.map((frame) => build.nativeRecord(frame))],
      ["pcap", abi.FORMAT_PCAP_LE_USEC, captured.map((frame) => build.pcapRecord(frame))],
      [
        "pcapng",
        abi.FORMAT_PCAPNG_BE,
        captured.flatMap((frame) => [
          build.enhancedBlock(frame, { bigEndian: true }),
          build.simpleBlock(frame, { bigEndian: true }),
        ]),
      ],
    ])("%s", async (_, format, records) => {
      const content = bytes(...records);
      const tell = ({ packets, descriptors }: Decoded, firstPacket: number) => [
        packets,
        descriptors.map((row) => ({ ...row, packet: row.packet + firstPacket })),
      ];
      const all = (await harness()).decode(content, format);
      expect(all.packets).toHaveLength(records.length);
      for (let cut = 0; cut <= content.length; cut++) {
        const h = await harness();
        const first = h.decode(content, format);
        const head = h.decodeAgain(format, 0, cut);
        const tail = h.decodeAgain(format, head.consumed, content.length);
        expect(first.stop + head.stop + tail.stop).toBe(abi.STOP_DATA);
        expect(head.consumed + tail.consumed).toBe(content.length);
        const [headPackets, headRows] = tell(head, 0);
        const [tailPackets, tailRows] = tell(tail, headPackets!.length);
        expect([...headPackets!, ...tailPackets!]).toEqual(all.packets);
        expect([...headRows!, ...tailRows!]).toEqual(all.descriptors);
      }
    });
  });

  test("full rows stop decoding, and it goes on from there", async () => {
    const h = await harness();
    const one = build.nativeRecord({ data: ethernet(TYPE_IPV4, ipv4({ protocol: 17 }, udp({}))) });
    const records = new Uint8Array(one.length * (PACKETS_MAX + 2));
    for (let at = 0; at < records.length; at += one.length) records.set(one, at);
    const first = h.decode(records);
    const consumed = one.length * PACKETS_MAX;
    expect(first).toMatchObject({ stop: abi.STOP_FULL, consumed });
    expect(first.packets).toHaveLength(PACKETS_MAX);
    expect(first.descriptors).toHaveLength(PACKETS_MAX);
    const rest = h.decodeAgain(abi.FORMAT_NATIVE, consumed, records.length);
    expect(rest.stop).toBe(abi.STOP_DATA);
    expect(rest.packets).toHaveLength(2);
    expect(rest.descriptors.map(({ packet }) => packet)).toEqual([0, 1]);
    expect(h.memory.brokenCanaries()).toEqual([]);
  });
}

/** The contract's arithmetic, in whole numbers without end. */
function timeOf(ticks: bigint, binary: boolean, exponent: number, offset: bigint): number[] {
  const e = BigInt(exponent);
  let sec = 0n;
  let ns = 0n;
  if (binary && exponent <= 63) {
    sec = ticks >> e;
    const rest = ticks - (sec << e);
    const fraction = exponent > 32 ? rest >> (e - 32n) : rest << (32n - e);
    ns = (fraction * 1_000_000_000n) >> 32n;
  } else if (!binary && exponent <= 19) {
    const inNs = exponent > 9 ? ticks / 10n ** (e - 9n) : ticks * 10n ** (9n - e);
    sec = inNs / 1_000_000_000n;
    ns = inNs % 1_000_000_000n;
  }
  sec += offset;
  if (sec < 0n) return [0, 0];
  return sec > 0xffffffffn ? [0xffffffff, 999_999_999] : [Number(sec), Number(ns)];
}
