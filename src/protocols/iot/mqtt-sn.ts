import {
  client,
  derive,
  either,
  hex,
  printable,
  protocol,
  remains,
  remember,
  repeats,
  room,
  run,
  server,
  step,
  u16,
  u8,
  udp,
  atEnd,
} from "../../language/vocabulary.js";

/** §5.2.1: length of the whole in one byte. */
const sized = (least: number) => [
  u8("length", { min: least }),
  derive("left", { from: "length", plus: -1 }),
  remains("left"),
];
/** §5.4.4: CONNECT: will and clean session only, protocol 1, duration, a client id of at most 23 characters. */
const connect = step(
  sized(7),
  u8(4),
  u8([0, 4, 8, 12]),
  u8(1),
  u16(),
  run(printable, { min: 1, max: 23 }),
  atEnd,
);
/** §5.4.5: CONNACK; §5.4.6, §5.4.8: a will is asked for. */
const connack = step(either(["\x03\x05", u8({ max: 3 }), atEnd], ["\x02\x06", atEnd]));
/** §5.4.10, §5.4.11: REGISTER with topic id 0 and a printable name; REGACK repeats the message id. */
const register = step(
  sized(7),
  u8(0x0a),
  u16(0),
  u16("id"),
  remember("id"),
  run(printable, { min: 1, max: 200 }),
  atEnd,
);
const regack = step(room(7), "\x07\x0b", u16(), u16("id"), repeats("id"), u8({ max: 3 }), atEnd);
/** §5.4.15, §5.4.16: SUBSCRIBE to a name, and SUBACK. */
const subscribe = step(
  sized(6),
  u8(0x12),
  u8([0x00, 0x20, 0x40, 0x60, 0x80]),
  u16("id"),
  remember("id"),
  run(printable, { min: 1, max: 200 }),
  atEnd,
);
const suback = step(
  room(8),
  "\x08\x13",
  u8([0x00, 0x20, 0x40, 0x60]),
  u16(),
  u16("id"),
  repeats("id"),
  u8({ max: 3 }),
  atEnd,
);

/** MQTT for sensor networks, over UDP. */
export default protocol({
  name: "mqtt-sn",
  title: "MQTT-SN",
  category: "iot",
  source: "MQTT-SN Protocol Specification 1.2 §5",
  ports: { udp: [1883, 10000] },
  signatures: {
    connect: { over: "udp", client: [connect], server: [connack] },
    register: { over: "udp", client: [register], server: [regack] },
    subscribe: { over: "udp", client: [subscribe], server: [suback] },
  },
  samples: {
    yes: [
      udp(client(hex("0e 04 04 01 003c"), "sensor-1"), server(hex("03 05 00"))),
      udp(client(hex("11 0a 0000 0001"), "room/temper"), server(hex("07 0b 0001 0001 00"))),
      udp(client(hex("10 12 20 0002"), "room/humidi"), server(hex("08 13 20 0002 0002 00"))),
    ],
    no: [
      udp(client(hex("0e 04 04 02 003c"), "sensor-1"), server(hex("03 05 00"))),
      udp(client(hex("0f 04 04 01 003c"), "sensor-1")),
      udp(client(hex("11 0a 0000 0001"), "room/temper"), server(hex("07 0b 0001 0002 00"))),
    ],
  },
});
