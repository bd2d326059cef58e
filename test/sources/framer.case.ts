/**
 * What the framer does, whatever decodes for it: formats, sizes of reads, cuts at every byte,
 * interfaces, errors.
 */
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import type { EngineMemory } from "../../src/engine/memory.js";
import { Framer, type Decoder } from "../../src/sources/framer.js";
import { openBytes } from "../../src/sources/index.js";
import {
  block,
  Bytes,
  interfaceBlock,
  join,
  packetBlock,
  packets,
  pcap,
  pcapng,
  section,
} from "./captures.js";
import { readCapture, throttled } from "./read.js";

const list = packets(20);
const formats: Record<string, (list: ReturnType<typeof packets>) => Uint8Array> = {
  "pcap, little-endian, microseconds": (of) => pcap(of),
  "pcap, little-endian, nanoseconds": (of) => pcap(of, { nanoseconds: true }),
  "pcap, big-endian, microseconds": (of) => pcap(of, { little: false }),
  "pcap, big-endian, nanoseconds": (of) => pcap(of, { little: false, nanoseconds: true }),
  "pcapng, little-endian": (of) => pcapng(of),
  "pcapng, big-endian": (of) => pcapng(of, false),
};

type EngineUnderTest = Decoder & { memory: EngineMemory };

export function testFramer(create: () => EngineUnderTest | Promise<EngineUnderTest>): void {
  let decoder: EngineUnderTest;
  beforeAll(async () => {
    decoder = await create();
  });
  const read = (bytes: Uint8Array) => readCapture(openBytes(bytes, "test.pcap"), decoder);

  describe.each(Object.entries(formats))("%s", (_, build) => {
    const bytes = build(list);

    test.each([1, 7, 4096, Infinity])("gives every packet, %d bytes at a time", async (step) => {
      for (const isLate of [false, true]) {
        const source = throttled(openBytes(bytes), step, isLate);
        expect(await readCapture(source, decoder)).toEqual({ packets: list, error: undefined });
      }
    });

    test("gives packets that are larger than what is left of the window", async () => {
      const large = packets(9, (n) => (n % 2 ? 60 : abi.MAX_PACKET - n));
      for (const step of [65536, Infinity]) {
        const reading = await readCapture(throttled(openBytes(build(large)), step), decoder);
        expect(reading.error).toBeUndefined();
        expect(reading.packets.map(({ wire }) => wire)).toEqual(large.map(({ wire }) => wire));
        expect(reading.packets.every(({ data }, n) => data === large[n]!.data)).toBe(true);
      }
    });

    test("cut off at any byte, gives what is whole, then where it ends", async () => {
      const few = packets(3);
      const whole = build(few);
      const ends = [0, 1, 2, 3].map((count) => build(few.slice(0, count)).length);
      for (let length = 0; length < whole.length; length++) {
        const reading = await read(whole.subarray(0, length));
        const count = Math.max(0, ends.filter((end) => end <= length).length - 1);
        expect(reading.packets).toEqual(few.slice(0, count));
        if (length < 4) {
          expect(reading.error).toMatchObject({ code: "NOT_A_CAPTURE", offset: 0 });
        } else if (length === ends[count]) expect(reading.error).toBeUndefined();
        else if (length > ends[0]!) {
          expect(reading.error).toMatchObject({ code: "TRUNCATED", offset: ends[count] });
        } else if (length === 28) expect(reading.error).toBeUndefined();
        else expect(reading.error).toMatchObject({ code: "TRUNCATED", file: "test.pcap" });
      }
    });

    test("cut off at any byte of its gzip, gives whole packets", async () => {
      const packed = gzipSync(build(packets(4)));
      for (let length = 3; length < packed.length; length++) {
        const { packets: found, error } = await read(packed.subarray(0, length));
        expect(found).toEqual(packets(4).slice(0, found.length));
        expect(error).toMatchObject({ code: "TRUNCATED", file: "test.pcap" });
      }
    });
  });

  describe("errors", () => {
    const header = pcap([]);
    const cases: [name: string, bytes: Uint8Array, expected: object][] = [
      ["nothing", new Uint8Array(0), { code: "NOT_A_CAPTURE", reason: "empty" }],
      [
        "three bytes",
        header.subarray(0, 3),
        { code: "NOT_A_CAPTURE", reason: "only 3 bytes, too few for a capture" },
      ],
      [
        "part of a file header",
        header.subarray(0, 23),
        { code: "TRUNCATED", reason: "file header ends after 23 of 24 bytes" },
      ],
      [
        "text",
        new TextEncoder().encode("No.,Time,Source,Destination,Protocol"),
        { code: "NOT_A_CAPTURE", reason: expect.stringContaining("it begins with 4e6f2e2c") },
      ],
      ["short text", new TextEncoder().encode("No.,"), { code: "NOT_A_CAPTURE" }],
      [
        "line ends",
        new TextEncoder().encode("\n\r\r\n".repeat(8)),
        { code: "NOT_A_CAPTURE", reason: "begins like pcapng, but has no byte-order magic" },
      ],
      [
        "another version of pcap",
        pcap([], { version: [3, 0] }),
        { code: "UNSUPPORTED", reason: expect.stringContaining("pcap version 3.0") },
      ],
      [
        "another version of pcapng",
        section(true, [2, 1]),
        { code: "UNSUPPORTED", reason: "pcapng version 2.1 is not read; 1.x is" },
      ],
      [
        "a record of 3 GB",
        join(pcap(list), new Bytes().u32(1, 2, 0xcafebabd, 60).done()),
        {
          code: "CORRUPT",
          offset: pcap(list).length,
          reason: "record claims 3405691581 captured bytes; the most is 262144",
        },
      ],
      [
        "a packet of an unknown interface",
        join(pcapng(list), packetBlock(list[0]!, true, 1)),
        {
          code: "CORRUPT",
          offset: pcapng(list).length,
          reason: "packet of interface 1, but 1 are described before it",
        },
      ],
      [
        "a packet block that claims more than it has",
        join(pcapng(list), block(6, new Bytes().u32(0, 0, 0, 5, 5, 0).done())),
        {
          code: "CORRUPT",
          reason: "record claims 5 captured bytes, more than its block has",
          offset: pcapng(list).length,
        },
      ],
      [
        "a packet block of 4 GB",
        join(pcapng(list), block(6, new Uint8Array(24), { claimed: 0xfffffffc })),
        {
          code: "CORRUPT",
          reason: "block claims a length of 4294967292 bytes, which it cannot have",
        },
      ],
      [
        "a packet block whose lengths differ",
        join(pcapng(list), block(3, new Uint8Array(8), { trailer: 24 })),
        { code: "CORRUPT", reason: "block ends with another length than it begins with: 24" },
      ],
      [
        "another block whose lengths differ",
        join(pcapng(list), block(5, new Uint8Array(8), { trailer: 24 }), section()),
        {
          code: "CORRUPT",
          offset: pcapng(list).length,
          reason: "block ends with another length than it begins with: 24",
        },
      ],
      [
        "a block of no length",
        join(pcapng(list), block(5, new Uint8Array(8), { claimed: 0 })),
        { code: "CORRUPT", reason: "block claims a length of 0 bytes, which it cannot have" },
      ],
      [
        "a block of a crooked length",
        join(pcapng(list), block(5, new Uint8Array(8), { claimed: 21 })),
        { code: "CORRUPT", reason: "block claims a length of 21 bytes, which it cannot have" },
      ],
      [
        "another block of 4 GB",
        join(pcapng(list), block(5, new Uint8Array(400), { claimed: 0xfffffffc })),
        {
          code: "TRUNCATED",
          offset: pcapng(list).length,
          reason: "block of 4294967292 bytes ends after 412",
        },
      ],
      [
        "a second section without byte order",
        join(pcapng(list), block(0x0a0d0d0a, new Uint8Array(16))),
        { code: "CORRUPT", reason: "section header has byte-order magic 00000000" },
      ],
      [
        "a section header that is too short",
        block(0x0a0d0d0a, new Bytes().u32(0x1a2b3c4d, 1, 0).done()),
        { code: "CORRUPT", reason: "section header claims 24 bytes; the least is 28" },
      ],
      [
        "part of a section header",
        pcapng([]).subarray(0, 20),
        { code: "TRUNCATED", reason: "section header ends after 20 bytes" },
      ],
      [
        "an interface description that is too short",
        join(section(), block(1, new Uint8Array(4))),
        { code: "CORRUPT", offset: 28 },
      ],
      [
        "an interface description of 1 GB",
        join(section(), block(1, new Uint8Array(40), { claimed: 2 ** 30 })),
        {
          code: "CORRUPT",
          reason: "interface description claims 1073741824 bytes; it may have 20 to 327680",
        },
      ],
      [
        "a time resolution of two bytes",
        join(section(), interfaceBlock({ list: [[9, [6, 6]]] })),
        { code: "CORRUPT", offset: 28, reason: "if_tsresol has 2 bytes instead of 1" },
      ],
      [
        "a time offset of four bytes",
        join(section(), interfaceBlock({ list: [[14, [0, 0, 0, 1]]] })),
        { code: "CORRUPT", reason: "if_tsoffset has 4 bytes instead of 8" },
      ],
      [
        "an option that is longer than its block",
        join(section(), interfaceBlock({ list: [[2, [1, 2, 3, 4], 65535]] })),
        { code: "CORRUPT", reason: "interface option 2 claims 65535 bytes, 4 are left" },
      ],
    ];
    test.each(cases)("%s", async (_, bytes, expected) => {
      for (const step of [1, Infinity]) {
        const { error } = await readCapture(throttled(openBytes(bytes, "bad.pcap"), step), decoder);
        expect(error).toMatchObject({ file: "bad.pcap", ...expected });
        expect(error!.message).toBe(`bad.pcap: byte ${error!.offset}: ${error!.reason}`);
      }
    });

    test.each(cases.filter(([, bytes]) => bytes.length > 500))(
      "%s: the packets before come first",
      async (_, bytes) => {
        expect((await read(bytes)).packets).toEqual(list);
      },
    );

    const foreign: [name: string, start: readonly number[], expected: string][] = [
      ["zstd", [0x28, 0xb5, 0x2f, 0xfd], "zstd -dc <file> | clairvoie classify -"],
      ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "xz -dc <file> | clairvoie classify -"],
      ["modified pcap", [0xa1, 0xb2, 0xcd, 0x34], "editcap -F pcapng"],
      ["modified pcap", [0x34, 0xcd, 0xb2, 0xa1], "editcap -F pcapng"],
      ["Network Monitor", [0x47, 0x4d, 0x42, 0x55], "editcap -F pcapng"],
      ["snoop", [...new TextEncoder().encode("snoop\0\0\0")], "editcap -F pcapng"],
      ["NetXRay", [...new TextEncoder().encode("XCP\0")], "editcap -F pcapng"],
    ];
    test.each(foreign)("names %s (%j)", async (name, start, remedy) => {
      for (const rest of [0, 60]) {
        const { error } = await read(Uint8Array.from([...start, ...new Uint8Array(rest)]));
        expect(error).toMatchObject({ code: "UNSUPPORTED", offset: 0 });
        expect(error!.reason).toContain(name);
        expect(error!.reason).toContain(remedy);
      }
    });

    test("come again when asked again", async () => {
      const framer = new Framer(decoder, "x");
      const source = openBytes(new Uint8Array(64));
      while ((await framer.fill(source)) > 0);
      expect(() => framer.next()).toThrow("neither pcap nor pcapng");
      expect(() => framer.next()).toThrow("neither pcap nor pcapng");
      expect(() => framer.end()).toThrow("neither pcap nor pcapng");
    });
  });

  describe("interfaces", () => {
    async function rows(bytes: Uint8Array): Promise<number[][]> {
      expect((await read(bytes)).error).toBeUndefined();
      const { memory } = decoder;
      expect(memory.brokenCanaries()).toEqual([]);
      const at = memory.address("interfaces") >>> 2;
      const count = memory.control(abi.C_INTERFACE_COUNT);
      return Array.from({ length: count }, (_, n) => [
        ...memory.u32.subarray(at + n * 8, at + n * 8 + 6),
      ]);
    }

    test("of pcap: one, with its link type", async () => {
      expect(await rows(pcap(list, { linkType: 113, snaplen: 96 }))).toEqual([
        [113, 0, 6, 0, 0, 96],
      ]);
    });

    test("of pcap: check sequence bits are not link type, reserved bits are", async () => {
      expect((await rows(pcap([], { linkType: 0xf4000001 })))[0]![0]).toBe(1);
      expect((await rows(pcap([], { linkType: 0x00010001 })))[0]![0]).toBe(0x10001);
    });

    test.each([true, false])(
      "of pcapng: options in its byte order (little: %s)",
      async (little) => {
        const offset = new Bytes(little);
        if (little) offset.u32(0xfffff1f0, 0xffffffff);
        else offset.u32(0xffffffff, 0xfffff1f0);
        const described = [
          interfaceBlock({ little, linkType: 1, snaplen: 262144 }),
          interfaceBlock({ little, linkType: 276, list: [[9, [9]]] }),
          interfaceBlock({
            little,
            linkType: 101,
            list: [
              [2, [101, 116, 104, 48, 0]],
              [14, [...offset.done()]],
              [9, [0x80 | 20]],
              [0, []],
              [9, [3]],
            ],
          }),
        ];
        expect(await rows(join(section(little), ...described))).toEqual([
          [1, 0, 6, 0, 0, 262144],
          [276, 0, 9, 0, 0, 0],
          [101, 1, 20, 0xfffff1f0, 0xffffffff, 0],
        ]);
      },
    );

    test("are numbered anew in each section, which may turn the byte order round", async () => {
      const bytes = join(pcapng(list), interfaceBlock({ linkType: 101 }), pcapng(list, false));
      expect((await read(bytes)).packets).toEqual([...list, ...list]);
      expect(await rows(bytes)).toEqual([[1, 0, 6, 0, 0, 0]]);
    });

    test("are read where they stand, between packets", async () => {
      const late = join(interfaceBlock({ list: [[9, [6]]] }), packetBlock(list[1]!, true, 1));
      const bytes = join(pcapng([list[0]!]), late);
      expect((await read(bytes)).packets).toEqual([list[0], list[1]]);
    });

    test("are at most as many as the engine has rows for", async () => {
      const most = Array.from({ length: 1024 }, () => interfaceBlock());
      expect(await rows(join(section(), ...most))).toHaveLength(1024);
      const bytes = join(section(), ...most, interfaceBlock());
      expect((await read(bytes)).error).toMatchObject({
        code: "CORRUPT",
        offset: bytes.length - 20,
        reason: "more than 1024 interfaces in one section",
      });
    });
  });

  describe("other blocks", () => {
    test.each([0, 4, 1000, 327680, 1_500_000])("of %i bytes are skipped", async (size) => {
      const bytes = join(
        pcapng([list[0]!]),
        block(5, new Uint8Array(size).fill(6)),
        block(0x40000bad, new Uint8Array(size)),
        packetBlock(list[1]!),
        block(4, new Uint8Array(size)),
      );
      for (const step of [4096, 4097, Infinity]) {
        const reading = await readCapture(throttled(openBytes(bytes), step), decoder);
        expect(reading).toEqual({ packets: [list[0], list[1]], error: undefined });
      }
    });
  });

  test("fill needs room", async () => {
    const framer = new Framer(decoder, "x");
    await framer.fill(openBytes(new Uint8Array(2)));
    await framer.fill(throttled(openBytes(pcap(packets(9000, () => 60))), Infinity));
    const rest = openBytes(new Uint8Array(400_000));
    await rest.read(new Uint8Array(8));
    await framer.fill(rest);
    expect(() => framer.fill(rest)).toThrow("call next()");
  });
}
