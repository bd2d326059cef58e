import {
  client,
  derive,
  hex,
  noise,
  protocol,
  remains,
  server,
  skip,
  step,
  tcp,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** lan_protocol.h: 0 … 20, 35 and 37 (new ways to ask for devices), 40 (extended stream), 240 … 252 (of gateways). */
const command = u32({
  in: [
    ...Array.from({ length: 21 }, (_, number) => number),
    35,
    37,
    40,
    ...Array.from({ length: 13 }, (_, number) => 240 + number),
  ],
});
/** Prefix, sequence, command, length of what follows with the suffix. */
const prefixed = (prefix: string, least: number) => [
  hex(prefix),
  u32(),
  command,
  u32("length", { min: least, max: 4096 }),
];
const datagram = step(
  prefixed("000055aa", 8),
  remains("length"),
  derive("body", { from: "length", plus: -4 }),
  skip("body"),
  hex("0000aa55"),
);
const inStream = step(
  prefixed("000055aa", 8),
  derive("body", { from: "length", plus: -4 }),
  skip("body"),
  hex("0000aa55"),
);
/** Version 3.5 encrypts everything behind its header: prefix 6699, two zeros, suffix 9966. */
const header35 = [hex("00006699 0000"), u32(), command, u32("length", { min: 28, max: 4096 })];
const datagram35 = step(header35, skip("length"), hex("00009966"));

const broadcast = (length: string, body: string) =>
  hex(`000055aa 00000000 00000013 ${length} 00000000`) + body + hex("12345678 0000aa55");

/** Tuya's protocol for devices on the local network: they announce themselves over UDP, and are commanded over TCP. */
export default protocol({
  name: "tuya-lp",
  title: "Tuya local protocol",
  category: "iot",
  source:
    "Tuya, lan_protocol.h of tuya-iotos-embeded-sdk-wifi-ble-bk7231n (https://github.com/tuya): commands; tuyapi (MIT), lib/message-parser.js (https://github.com/codetheweb/tuyapi); TinyTuya (MIT), discussion 260: 6699 messages (https://github.com/jasonacox/tinytuya/discussions/260)",
  ports: { tcp: [6668], udp: [6666, 6667] },
  signatures: {
    announcement: { over: "udp", first: [datagram] },
    command: { over: "tcp", client: [inStream], server: [inStream] },
    sealed: { over: ["udp", "tcp"], first: [datagram35] },
  },
  samples: {
    yes: [
      udp(client(broadcast("0000004c", noise(64)))),
      tcp(
        client(hex("000055aa 00000001 0000000a 00000048"), noise(64), hex("12345678 0000aa55")),
        server(
          hex("000055aa 00000001 0000000a 0000004c 00000000"),
          noise(64),
          hex("12345678 0000aa55"),
        ),
      ),
      udp(client(hex("00006699 0000 00000000 00000013 00000040"), noise(64), hex("00009966"))),
    ],
    no: [
      udp(client(broadcast("0000004d", noise(64)))),
      udp(
        client(
          hex("000055ab 00000000 00000013 0000004c 00000000"),
          noise(64),
          hex("12345678 0000aa55"),
        ),
      ),
    ],
  },
});
