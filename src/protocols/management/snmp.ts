import {
  accept,
  atEnd,
  ber,
  berLength,
  client,
  either,
  hex,
  numbered,
  numberFact,
  protocol,
  rest,
  report,
  server,
  skip,
  step,
  u8,
  udp,
  within,
} from "../../language/vocabulary.js";

/** RFC 1157 §4, RFC 3416 §3: tags of the PDUs. */
const PDU_NAMES = numbered(`
  160 GetRequest, 161 GetNextRequest, 162 Response, 163 SetRequest, 164 Trap, 165 GetBulkRequest,
  166 InformRequest, 167 SNMPv2-Trap, 168 Report
`);
const SEQUENCE = 0x30;
const OCTETS = 4;
const OID = 6;

/** INTEGER of at most 32 bits, which may need a fifth byte (X.690 §8.3). */
const integer = (name: string) => [u8(2), u8(name, { min: 1, max: 5 }), skip(name)];

/** RFC 3416 §3: request id, error status and index (or what GetBulk asks for), then bindings. */
const pdu = either(
  [
    u8("pdu", [0xa0, 0xa1, 0xa2, 0xa3, 0xa5, 0xa6, 0xa7, 0xa8]),
    berLength("size"),
    integer("request"),
    integer("status"),
    integer("index"),
    ber(SEQUENCE, "bindings"),
  ],
  // RFC 1157 §4.1.6: a trap of version 1 has an enterprise, an address and two kinds.
  [
    u8("pdu", 0xa4),
    berLength("size"),
    ber(OID, "enterprise"),
    skip("enterprise"),
    hex("4004"),
    skip(4),
    integer("generic"),
    integer("specific"),
    u8(0x43),
  ],
);

/** RFC 1157 §4, RFC 1901 §3: version 1 (0) or 2c (1), a community, a PDU; nothing follows. */
const community = step(
  ber(SEQUENCE, "message"),
  within(
    "message",
    hex("02 01"),
    u8("version", { max: 1 }),
    ber(OCTETS, "community"),
    skip("community"),
    pdu,
    rest,
  ),
  atEnd,
  accept,
  report("version"),
  report("pdu"),
);

/** RFC 3412 §6: version 3, then id, largest size, flags and the user-based security model (3). */
const version3 = step(
  ber(SEQUENCE, "message"),
  hex("02 01"),
  u8("version", 3),
  ber(SEQUENCE, "global"),
  integer("id"),
  integer("largest"),
  hex("04 01"),
  u8({ max: 7 }),
  hex("02 01"),
  u8({ min: 1, max: 4 }),
  ber(OCTETS, "parameters"),
  accept,
  report("version"),
);

const get = hex(`30 26 02 01 01 04 06 7075626c6963 a0 19 02 01 2a 02 01 00 02 01 00
  30 0e 30 0c 06 08 2b06010201010500 05 00`);
const response = hex(`30 2f 02 01 01 04 06 7075626c6963 a2 22 02 01 2a 02 01 00 02 01 00
  30 17 30 15 06 08 2b06010201010500 04 09 6c6f63616c686f7374`);
const trap = hex(`30 2b 02 01 00 04 06 7075626c6963 a4 1e 06 09 2b0601040182370105
  40 04 c0000207 02 01 06 02 01 11 43 03 01e240 30 00`);
const discovery = hex(`30 3e 02 01 03 30 11 02 04 4a69 7d21 02 03 00ffe3 04 01 04 02 01 03
  04 10 30 0e 04 00 02 01 00 02 01 00 04 00 04 00 04 00
  30 14 04 00 04 00 a0 0e 02 04 37f5 6a4f 02 01 00 02 01 00 30 00`);

/** SNMP, versions 1, 2c and 3. The community is a password and never told. */
export default protocol({
  name: "snmp",
  title: "Simple Network Management Protocol",
  category: "management",
  source: "RFC 1157 §4; RFC 1901 §3; RFC 3412 §6; RFC 3416 §3; X.690 §8",
  ports: { udp: [161, 162] },
  signatures: {
    community: { over: "udp", first: [community], reply: [community] },
    version3: { over: "udp", first: [version3], reply: [version3] },
  },
  facts: {
    version: numberFact("D5", { names: numbered("0 1, 1 2c, 3 3") }),
    pdu: numberFact("D5", { list: 4, names: PDU_NAMES }),
  },
  samples: {
    yes: [
      udp(client(get), server(response)),
      udp(client(get)),
      udp(client(trap)),
      udp(client(discovery), server(discovery)),
      udp(server(response)),
    ],
    no: [
      udp(client(`${get}\0`)),
      udp(client(get.replace(hex("020101"), hex("020102")))),
      udp(client(get.slice(0, -3))),
      udp(client(get.replace("\xa0", "\x63"))),
    ],
  },
});
