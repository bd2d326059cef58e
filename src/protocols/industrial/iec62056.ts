import {
  berLength,
  client,
  derive,
  either,
  hex,
  inside,
  protocol,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** IEC 62056-47 §5.3: version 1, source and destination port, length of the APDU. */
const wrapper = (least: number) => [
  u16(1),
  u16({ min: 1 }),
  u16({ min: 1 }),
  u16("length", { min: least, max: 8192 }),
];
/** IEC 62056-5-3 §9.3: association request and response, by the application context 2.16.756.5.8.1.x. */
const CONTEXT = "\x06\x07\x60\x85\x74\x05\x08\x01";
const association = [u8([0x60, 0x61]), berLength("n"), u8(0xa1), u8(9), CONTEXT];
/** The same with the ACSE version in front. */
const versioned = [u8([0x60, 0x61]), berLength("n"), "\x80\x02", skip(2), u8(0xa1), u8(9), CONTEXT];
/** §9.4: get, set, action with their kind (1 … 4), invocation and priority. */
const service = [u8({ in: [0xc0, 0xc1, 0xc3, 0xc4, 0xc5, 0xc7] }), u8({ min: 1, max: 5 }), u8()];
const packet = (...words: Parameters<typeof step>) => step(wrapper(3), inside("length", ...words));
/** An address of one, two or four bytes, whose last has the lowest bit set (IEC 62056-46 §6.4.2). */
const more = u8({ mask: 1, bits: 0 });
const last = u8({ mask: 1, bits: 1 });
const address = either(last, [more, last], [more, more, more, last]);
/** §6.4.3: SNRM, UA, DISC, DM, FRMR, UI; RR and RNR; or information with the LLC header E6 E6 00, E6 E7 00. */
const control = either(
  u8([0x93, 0x83, 0x73, 0x63, 0x53, 0x43, 0x1f, 0x0f, 0x97, 0x87]),
  u8({ mask: 0x0b, bits: 1 }),
  [u8({ mask: 1, bits: 0 }), skip(2), "\xe6", u8([0xe6, 0xe7]), "\0"],
  u8({ mask: 1, bits: 0 }),
);
/** §6.4: flag, format 3 with 11 bits of length, addresses, control, checks, flag. */
const frame = step(
  "\x7e",
  u16("format", { min: 0xa007, max: 0xa7ff }),
  derive("length", { from: "format", and: 0x07ff, plus: -2 }),
  inside("length", address, address, control),
  "\x7e",
);

const aarq = hex(
  "6036 a109 0607608574050801 01 8a020780 8b0760857405080201 ac0a 8008 3132333435363738 be10 040e 01000000065f1f0400007e1f0400",
);

/** DLMS/COSEM, meter reading: in the wrapper of TCP and UDP, or in HDLC frames. */
export default protocol({
  name: "iec62056",
  title: "DLMS/COSEM (IEC 62056)",
  category: "industrial",
  source: "IEC 62056-46 §6.4; IEC 62056-47 §5.3; IEC 62056-5-3 §9.3, §9.4",
  ports: { tcp: [4059], udp: [4059] },
  signatures: {
    association: {
      over: ["tcp", "udp"],
      client: [packet(either(association, versioned))],
      server: [packet(either(association, versioned))],
    },
    service: {
      over: ["tcp", "udp"],
      first: [packet(service), packet(service)],
      reply: [packet(service), packet(service)],
    },
    hdlc: { over: ["tcp", "udp"], first: [frame], reply: [frame] },
  },
  samples: {
    yes: [
      tcp(
        client(hex("0001 0010 0001"), sized(2, aarq)),
        server(
          hex("0001 0001 0010"),
          sized(
            2,
            hex(
              "6129 a109 0607608574050801 01 a203 020100 a305 a103 020100 be10 040e 0800065f1f0400007e1f04000007",
            ),
          ),
        ),
      ),
      tcp(
        client(
          hex(
            "0001 0010 0001 000d c001c1 0003 0100010800ff 0200 0001 0010 0001 000d c001c2 0003 0100010800ff 0300",
          ),
        ),
        server(hex("0001 0001 0010 0009 c401c1 00 0600000001 0001 0001 0010 0006 c401c2 00 1101")),
      ),
      tcp(
        client(hex("7e a007 0321 93 0f01 7e")),
        server(
          hex("7e a01e 2103 73 c37a 81801205018006018007040000000108040000 5333 7e").replace(
            "\xa0\x1e",
            "\xa0\x1c",
          ),
        ),
      ),
      udp(client(hex("7e a007 0303 93 8c11 7e")), server(hex("7e a007 0303 73 8c11 7e"))),
    ],
    no: [
      tcp(client(hex("0002 0010 0001"), sized(2, aarq))),
      tcp(client(hex("7e a008 0321 93 0f01 7e")), server(hex("7e a008 2103 73 0f01 7e"))),
    ],
  },
});
