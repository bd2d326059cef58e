import {
  client,
  hex,
  noise,
  protocol,
  remains,
  step,
  u16,
  u8,
  udp,
  skip,
  either,
} from "../../language/vocabulary.js";

/** Preamble "EX"; version 2 data: channel 11 … 26, device, whether the checksum is one, LQI, NTP time, sequence, 10 zeros, length. */
const data2 = [
  "EX\x02\x01",
  u8({ max: 26 }),
  u16(),
  u8({ max: 1 }),
  skip(1),
  skip(12),
  "\0".repeat(10),
  u8("length", { max: 127 }),
  remains("length"),
];
/** Version 1: channel, device, checksum, LQI, 7 zeros, length. */
const data1 = [
  "EX\x01",
  u8({ max: 26 }),
  u16(),
  u8({ max: 1 }),
  skip(1),
  "\0".repeat(7),
  u8("length", { max: 127 }),
  remains("length"),
];

/** ZEP, IEEE 802.15.4 frames in UDP. */
export default protocol({
  name: "zep",
  title: "ZigBee Encapsulation Protocol",
  category: "iot",
  source: "Exegin, ZigBee Encapsulation Protocol (Q51/Q53 user guides)",
  ports: { udp: [17754] },
  signatures: {
    data: { over: "udp", first: [step(either(data2, data1))] },
  },
  samples: {
    yes: [
      udp(
        client(
          "EX",
          hex("02 01 14 0001 01 ff e8c5f3a1 50a1b2c3 00000001 00000000000000000000 14"),
          noise(20),
        ),
      ),
      udp(client("EX", hex("01 14 0001 00 ff 00000000000000 14"), noise(20))),
    ],
    no: [
      udp(
        client(
          "EX",
          hex("02 01 14 0001 01 ff e8c5f3a1 50a1b2c3 00000001 00000000000000000000 15"),
          noise(20),
        ),
      ),
      udp(
        client(
          "EX",
          hex("03 01 14 0001 01 ff e8c5f3a1 50a1b2c3 00000001 00000000000000000000 14"),
          noise(20),
        ),
      ),
    ],
  },
});
