import {
  accept,
  ber,
  capped,
  client,
  derive,
  either,
  hex,
  noise,
  not,
  opt,
  protocol,
  repeat,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
  u8,
} from "../../language/vocabulary.js";

/** RFC 1006 §6 and RFC 905 §13.3, §13.4: connection request or confirmation, perhaps sent twice. */
const setup = (code: number) => [
  capped(
    8,
    "\x03\0",
    u16("size", { min: 11, max: 256 }),
    u8({ min: 6 }),
    u8(code),
    derive("left", { from: "size", plus: -6 }),
    skip("left"),
  ),
];
const data = ["\x03\0", u16("size", { min: 16 }), "\x02\xf0", u8({ in: [0, 0x80] })];

/** Application context 1.0.9506.2.x (ISO 9506-2 §24), which the association's request and response name. */
const CONTEXT = "\x06\x05\x28\xca\x22\x02";
/** ISO 8327-1 §8.3: CONNECT (13) or ACCEPT (14); somewhere in its user data is an AARQ or AARE of ISO 8650. */
const association = (code: number, session: number) =>
  step(
    opt(setup(code), opt(setup(code))),
    data,
    u8(session),
    repeat(0, 240, not(CONTEXT), skip(1)),
    CONTEXT,
    accept,
  );

/**
 * ISO 8327-1 §8.3: GIVE TOKENS and DATA TRANSFER without parameters; ISO 8823-1 §8.4: user data, one value of
 * a context; ISO 9506-2 §7: a confirmed PDU has an invocation and then the service by its context tag.
 */
const service = u8({ min: 0x80, max: 0xbf });
const invocation = either(
  ["\x02\x01", u8()],
  ["\x02\x02", u16()],
  ["\x02\x03", skip(3)],
  ["\x02\x04", skip(4)],
);
const transfer = step(
  data,
  "\x01\0\x01\0",
  ber(0x61, "user"),
  ber(0x30, "list"),
  "\x02\x01",
  u8(),
  ber(0xa0, "value"),
  either(
    // Confirmed request and response: a0 and a1.
    [ber([0xa0, 0xa1], "pdu"), invocation, service],
    // Unconfirmed: an information report names a list of variables.
    [ber(0xa3, "pdu"), ber(0xa0, "report"), service],
  ),
  accept,
);

const connect = hex("0300 0016 11 e0 0000 0007 00 c102 0001 c202 0001 c001 0d");
const confirm = hex("0300 0016 11 d0 0007 3400 00 c102 0001 c202 0001 c001 0a");
const context = hex("a107 0605 28ca220203");
const packet = (...parts: string[]) => {
  const body = hex("02f080") + parts.join("");
  return hex("0300") + sized(2, "\0\0\0\0" + body).slice(0, 2) + body;
};

/** MMS over ISO transport, the client-server protocol of IEC 61850: association, or requests and responses. */
export default protocol({
  name: "mms",
  title: "Manufacturing Message Specification",
  category: "industrial",
  source:
    "ISO 9506-2 §7, §24; ISO 8327-1 §8.3; ISO 8823-1 §8.4; ISO 8650-1; RFC 1006 §6; IEC 61850-8-1",
  ports: { tcp: [102] },
  signatures: {
    association: {
      over: "tcp",
      client: [association(0xe0, 0x0d)],
      server: [association(0xd0, 0x0e)],
    },
    transfer: { over: "tcp", first: [transfer], reply: [transfer] },
  },
  samples: {
    yes: [
      tcp(
        client(connect),
        server(confirm),
        client(
          packet(
            hex("0d 9e 05 06 130100160102 1402 0002 3302 0001 3402 0001 c188 3181 85"),
            noise(60),
            hex("60 40"),
            context,
            noise(50),
          ),
        ),
        server(
          packet(
            hex("0e 86 05 06 130100160102 1402 0002 c178 3176"),
            noise(40),
            hex("61 40"),
            context,
            noise(40),
          ),
        ),
      ),
      tcp(
        client(packet(hex("01000100 61 14 30 12 020103 a00d a00b 020105 a506 a104 0202 0001"))),
        server(packet(hex("01000100 61 12 30 10 020103 a00b a109 020105 a404 a102 8000"))),
      ),
    ],
    no: [
      tcp(client(connect, packet(hex("0d 9e 05 06 130100160102 1402 0002"), noise(120)))),
      tcp(client(packet(hex("01000100 61 14 30 12 020101 a00d a10b 020105 020102 3003 020100")))),
    ],
  },
});
