import {
  type Word,
  client,
  hex,
  protocol,
  remains,
  remember,
  repeats,
  room,
  server,
  step,
  u16,
  u32,
  u8,
  udp,
  derive,
} from "../../language/vocabulary.js";

/** Length of the whole, version (0, 1), protocol type 0, sequence number, and whether it asks, answers or acknowledges. */
const head = (attribute: Word[]) => [
  room({ min: 12, max: 1024 }),
  u32("length", { min: 12, max: 1024 }),
  derive("left", { from: "length", plus: -4 }),
  remains("left"),
  u8({ in: [0, 1] }),
  "\0",
  attribute,
];
const request = (number: string) => step(head([u16(number), remember(number), "\0"]), u8(), u8());
const response = (number: string) => step(head([u16(number), repeats(number), u8({ in: [1, 2] })]));

const asked = (number: string) => hex(`0000000d 01 00 ${number} 00 0a 20 5318`);
const answered = (number: string) => hex(`00000014 00 00 ${number} 01 44324d3438303230 00 fac9`);

/** Ether-S-Bus, S-Bus of SAIA controllers over UDP. Two questions and their answers; the checksum is not computed. */
export default protocol({
  name: "ether-s-bus",
  title: "SAIA Ether-S-Bus",
  category: "industrial",
  source:
    "RACOM, S-BUS protocol for MORSE (https://www.racom.eu/download/sw/prot/free/eng/sbus.pdf): what follows the header. Observed: the header over UDP, in the one public capture (ICS-pcap, ETHERSBUS, https://github.com/automayt/ICS-pcap)",
  ports: { udp: [5050] },
  signatures: {
    exchange: {
      over: "udp",
      client: [request("one"), request("two")],
      server: [response("one"), response("two")],
    },
  },
  samples: {
    yes: [
      udp(
        client(asked("0001")),
        server(answered("0001")),
        client(asked("0002")),
        server(answered("0002")),
      ),
    ],
    weak: [udp(client(asked("0001")))],
    no: [
      udp(client(asked("0001")), server(answered("0003"))),
      udp(client(asked("0001").replace("\x0d", "\x0e"))),
    ],
  },
});
