import {
  accept,
  client,
  hex,
  protocol,
  remember,
  repeats,
  room,
  server,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** Commands by their codes (W342 §5-1-1): memory, parameters, program, mode, unit data, clock, messages, access, errors, files. */
const COMMANDS = [
  0x0101, 0x0102, 0x0103, 0x0104, 0x0105, 0x0201, 0x0202, 0x0203, 0x0220, 0x0221, 0x0304, 0x0305,
  0x0306, 0x0307, 0x0308, 0x0401, 0x0402, 0x0403, 0x0501, 0x0502, 0x0601, 0x0602, 0x0620, 0x0701,
  0x0702, 0x0801, 0x0802, 0x0803, 0x0920, 0x0c01, 0x0c02, 0x0c03, 0x2101, 0x2102, 0x2103, 0x2140,
  0x2141, 0x2201, 0x2202, 0x2203, 0x2204, 0x2205, 0x2206, 0x2207, 0x2208, 0x220a, 0x220b, 0x220c,
  0x220f, 0x2215, 0x2220, 0x2301, 0x2302, 0x230a,
];

/** §5-2: ICF (command or response, wanted or not), 0, gateways (at most 7), network, node, unit of both ends, service. */
const address = [u8({ max: 0x7f }), u8(), u8()];
const command = [
  u8({ in: [0x80, 0x81] }),
  "\0",
  u8({ in: [1, 2, 3, 4, 5, 6, 7, 0] }),
  address,
  address,
  u8("service"),
  remember("service"),
  u16("command", COMMANDS),
  remember("command"),
];
const response = [
  u8({ in: [0xc0, 0xc1] }),
  "\0",
  u8({ in: [1, 2, 3, 4, 5, 6, 7, 0] }),
  address,
  address,
  u8("service"),
  repeats("service"),
  u16("command", COMMANDS),
  repeats("command"),
  // End code: normal, or a class up to 40 (§5-1-3).
  u8({ max: 0x40 }),
  u8(),
];
const datagram = room({ min: 12, max: 2012 });

/** FINS/TCP (W421 §7-4): "FINS", length of what follows, command 0 … 3 or 6, error code up to 25. */
const frame = step(
  "FINS",
  u32({ min: 8, max: 2020 }),
  u32({ in: [0, 1, 2, 3, 6] }),
  u32({ in: [0, 1, 2, 3, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25] }),
  accept,
);

/** Omron FINS. Over UDP only a command and its response name it. */
export default protocol({
  name: "omron-fins",
  title: "Omron FINS",
  category: "industrial",
  source: "Omron W342 (Communications Commands) §5-1, §5-2; W421 (Ethernet Units) §7-4",
  ports: { tcp: [9600], udp: [9600] },
  signatures: {
    datagrams: {
      over: "udp",
      client: [step(datagram, command)],
      server: [step(datagram, response)],
      both: true,
    },
    frames: { over: "tcp", first: [frame], reply: [frame] },
  },
  samples: {
    yes: [
      udp(
        client(hex("80 00 02 00 00 00 00 63 00 ef 0501 00")),
        server(hex("c0 00 02 00 63 00 00 c8 00 ef 0501 0000"), "CP1L-EL20DR-D"),
      ),
      tcp(
        client(hex("46494e53 0000000c 00000000 00000000 00000000")),
        server(hex("46494e53 00000010 00000001 00000000 000000fb 000000c8")),
      ),
    ],
    weak: [udp(client(hex("80 00 02 00 00 00 00 63 00 ef 0501 00")))],
    no: [
      udp(
        client(hex("80 00 02 00 00 00 00 63 00 ef 0501 00")),
        server(hex("c0 00 02 00 63 00 00 c8 00 ee 0501 0000")),
      ),
      udp(
        client(hex("80 00 02 00 00 00 00 63 00 ef 0509 00")),
        server(hex("c0 00 02 00 63 00 00 c8 00 ef 0509 0000")),
      ),
      tcp(client(hex("46494e53 0000000c 00000009 00000000 00000000"))),
    ],
  },
});
