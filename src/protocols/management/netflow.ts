import {
  accept,
  client,
  derive,
  either,
  hex,
  noise,
  numberFact,
  protocol,
  remains,
  remember,
  repeats,
  report,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** Seconds since 1970, from 1999 to 2065; nanoseconds below 10^9. */
const seconds = u32({ min: 0x36000000, max: 0xb3ffffff });
const nanoseconds = u32({ max: 999_999_999 });

/**
 * Versions 1, 5, 7 and 8: as many flows of a fixed size as the count says. 24 bytes of addresses, interfaces and
 * counters, two times, two ports; then what is reserved: bytes 36 and 46, 47 in version 5 and so on.
 */
const fixed = (version: number, header: number, most: number, record: number) => [
  u16("version", version),
  u16("count", { min: 1, max: most }),
  derive("left", { from: "count", times: record, plus: header - 4 }),
  remains("left"),
  u32(),
  seconds,
  nanoseconds,
];
/** Routers number their flows; a second datagram comes from the same engine. */
const engine = (again: boolean) => [
  u32(),
  u16("engine"),
  again ? repeats("engine") : remember("engine"),
  u16({ max: 0xffff }),
];
const version5 = (again: boolean) =>
  step(
    fixed(5, 24, 30, 48),
    engine(again),
    // The first flow: 36 bytes, a pad, TCP flags, protocol, service, systems, masks of at most 32 bits, two zeros.
    skip(36),
    "\0",
    skip(7),
    u8({ max: 128 }),
    u8({ max: 128 }),
    "\0\0",
  );
/** Version 7's header ends with four zeros; version 1's flows have two behind their ports. */
const version7 = step(
  fixed(7, 24, 28, 52),
  skip(4),
  u32(0),
  skip(44),
  u8({ max: 128 }),
  u8({ max: 128 }),
);
const version1 = step(fixed(1, 16, 24, 52), skip(36), u16(0), skip(3), "\0\0\0");

/** Version 9 (RFC 3954 §5.1): count, uptime, seconds, sequence, source; flow sets: templates 0, options 1, data from 256 (§5.2, §5.3). */
const flowSet = either(
  // A template: its id, 1 … 128 fields, the first one's type and length.
  [
    u16(0),
    u16({ min: 12, max: 1480 }),
    u16({ min: 256 }),
    u16({ min: 1, max: 128 }),
    u16({ min: 1 }),
    u16({ min: 1, max: 256 }),
  ],
  [
    u16(1),
    u16({ min: 14, max: 1480 }),
    u16({ min: 256 }),
    u16({ min: 4, max: 64 }),
    u16({ max: 512 }),
    u16({ min: 1, max: 5 }),
  ],
  [u16({ min: 256, max: 1100 }), u16({ min: 8, max: 1480 })],
);
const version9 = (again: boolean) =>
  step(
    u16("version", 9),
    u16({ min: 1, max: 256 }),
    u32(),
    seconds,
    u32(),
    u32("source"),
    again ? repeats("source") : remember("source"),
    flowSet,
    accept,
    report("version"),
  );

/** IPFIX (RFC 7011 §3.1, §3.3): length of the whole; sets: templates 2, options 3, data from 256. */
const set = either(
  [
    u16(2),
    u16({ min: 12 }),
    u16({ min: 256 }),
    u16({ min: 1, max: 128 }),
    u16({ min: 1 }),
    u16({ min: 1 }),
  ],
  [
    u16(3),
    u16({ min: 14 }),
    u16({ min: 256 }),
    u16({ min: 1, max: 128 }),
    u16({ min: 1, max: 16 }),
  ],
  [u16({ min: 256 }), u16({ min: 5, max: 8192 })],
);
const ipfix = (again: boolean) =>
  step(
    u16("version", 10),
    u16("length", { min: 20, max: 9000 }),
    derive("left", { from: "length", plus: -4 }),
    remains("left"),
    seconds,
    u32(),
    u32("source"),
    again ? repeats("source") : remember("source"),
    set,
    accept,
    report("version"),
  );
/** Over TCP messages follow each other (§10.4). */
const ipfixInStream = step(
  u16("version", 10),
  u16("length", { min: 24 }),
  seconds,
  u32(),
  u32(),
  either(
    [u16([2, 3]), u16({ min: 12 }), u16({ min: 256 }), u16({ min: 1, max: 128 })],
    [u16({ min: 256 }), u16({ min: 8 }), skip(4)],
  ),
  derive("left", { from: "length", plus: -24 }),
  skip("left"),
);

const header5 = "0005 0001 0001e240 65f00000 00000000 00000001 00 00 0000";
const flow5 =
  "c0000201 c6336401 00000000 0001 0002 0000000a 00000400 00010000 00010010 1234 0050 00 18 06 00 0000 0000 18 18 0000";
const template9 = "0000 0010 0100 0002 0008 0004 000c 0004";

/** NetFlow, versions 1, 5, 7 and 9, and IPFIX: datagrams of one exporter. */
export default protocol({
  name: "netflow",
  title: "NetFlow and IPFIX",
  category: "management",
  source: "Cisco, NetFlow Export Datagram Format (versions 1, 5, 7); RFC 3954 §5; RFC 7011 §3, §10",
  ports: { tcp: [4739], udp: [2055, 4739, 9995, 9996, 2056] },
  signatures: {
    v1: { over: "udp", client: [version1, version1] },
    v5: { over: "udp", client: [version5(false), version5(true)] },
    v7: { over: "udp", client: [version7, version7] },
    v9: { over: "udp", client: [version9(false), version9(true)] },
    ipfix: { over: "udp", client: [ipfix(false), ipfix(true)] },
    stream: { over: "tcp", client: [ipfixInStream, ipfixInStream, ipfixInStream] },
  },
  facts: { version: numberFact("D5") },
  samples: {
    yes: [
      udp(client(hex(header5 + flow5)), client(hex(header5 + flow5))),
      udp(
        client(hex("0009 0001 0001e240 65f00000 00000001 00000101"), hex(template9)),
        client(hex("0009 0001 0001e340 65f00001 00000002 00000101 0100 000c c0000201 c6336401")),
      ),
      udp(
        client(hex("000a 0020 65f00000 00000000 00000101 0002 0010 0100 0002 0008 0004 000c 0004")),
        client(hex("000a 001c 65f00001 00000000 00000101 0100 000c c0000201 c6336401")),
      ),
      tcp(
        client(
          hex("000a 0020 65f00000 00000000 00000101 0002 0010 0100 0002 0008 0004 000c 0004"),
          hex("000a 001c 65f00001 00000000 00000101 0100 000c c0000201 c6336401"),
          hex("000a 001c 65f00002 00000001 00000101 0100 000c c0000201 c6336402"),
        ),
      ),
      udp(
        ...[1, 2].map((time) =>
          client(
            hex(`0001 0001 0001e240 65f0000${time} 00000000`),
            hex(
              "c0000201 c6336401 00000000 0001 0002 0000000a 00000400 00010000 00010010 1234 0050 0000 06 00 18 000000 00000000",
            ),
            "\0\0\0\0",
          ),
        ),
      ),
      udp(
        ...[1, 2].map((time) =>
          client(
            hex(`0007 0001 0001e240 65f0000${time} 00000000 00000001 00000000`),
            hex(
              "c0000201 c6336401 00000000 0001 0002 0000000a 00000400 00010000 00010010 1234 0050 00 18 06 00 0000 0000 18 18 0000",
            ),
            "\xc0\0\x02\x09",
          ),
        ),
      ),
    ],
    weak: [udp(client(hex("0009 0001 0001e240 65f00000 00000001 00000101"), hex(template9)))],
    no: [
      udp(client(hex(header5 + flow5), noise(1)), client(hex(header5 + flow5), noise(1))),
      udp(client(hex("0009 0001 0001e240 05f00000 00000001 00000101"), hex(template9))),
    ],
  },
});
