import {
  accept,
  client,
  hex,
  protocol,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  visible,
  within,
} from "../../language/vocabulary.js";

/** IVI-6.1 §2.4 (header), Table 4: type 0 … 38 or a vendor's own, control code, parameter, length of 64 bits. */
const header = (types: object) => [
  "HS",
  u8(types),
  u8({ max: 127 }),
  skip(4),
  u32(0),
  u32("length", { max: 0xfffffff }),
];
const anyType = { max: 38 };
const message = step(header(anyType), skip("length"));
const one = step(header(anyType), accept);

/** §6.1: Initialize tells version, vendor and the sub-address, by default hislip0. */
const initialize = step(
  "HS\0\0",
  u16({ min: 0x0100, max: 0x02ff }),
  run("A-Za-z0-9", { min: 2, max: 2 }),
  u32(0),
  u32("length", { min: 1, max: 256 }),
  within("length", run(visible, { max: 255 })),
  accept,
);

const initializing = `HS\0\0${hex("0100")}RS${hex("00000000")}${sized(4, "hislip0")}`;

/** HiSLIP, which controls instruments: a synchronous and an asynchronous connection. */
export default protocol({
  name: "hislip",
  title: "HiSLIP",
  category: "industrial",
  source: "IVI-6.1 (High-Speed LAN Instrument Protocol) §2.4, §6.1",
  ports: { tcp: [4880] },
  signatures: {
    initialize: { over: "tcp", client: [initialize] },
    messages: { over: "tcp", first: [message, one] },
    exchange: { over: "tcp", first: [one], reply: [one] },
  },
  samples: {
    yes: [
      tcp(client(initializing), server(hex("4853 01 00 01000001 0000000000000000"))),
      tcp(
        client(
          hex("4853 11 00 00000001 0000000000000000"),
          hex("4853 0f 00 00000000 0000000000000008 0000000000100000"),
        ),
        server(hex("4853 12 00 0000474b 0000000000000000")),
      ),
    ],
    no: [
      tcp(client(initializing.replace("HS", "HT"))),
      tcp(client(hex("4853 11 00 00000001 0000000000000000"))),
      tcp(
        client(
          hex("4853 27 00 00000001 0000000000000000"),
          hex("4853 27 00 00000001 0000000000000000"),
        ),
      ),
    ],
  },
});
