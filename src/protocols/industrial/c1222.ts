import {
  accept,
  ber,
  berLength,
  client,
  hex,
  noise,
  opt,
  protocol,
  server,
  skip,
  step,
  tcp,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** An element in BER that is passed over. */
const element = (tag: number, inner: number) => [
  u8(tag),
  u8("n", { min: 3, max: 127 }),
  u8(inner),
  u8("m", { max: 125 }),
  skip("m"),
];

/**
 * RFC 6142 §2.1, ANSI C12.22 §5.3: an association of ACSE (60): perhaps application context (A1), called AP
 * title (A2) and AP invocation (A4), calling AP title (A6), AE qualifier (A7), invocation (A8), mechanism
 * (8B), authentication (AC); and user information (BE, 28, 81) with an EPSEM.
 */
const message = step(
  u8(0x60),
  berLength("whole"),
  opt(element(0xa1, 0x06)),
  opt([
    u8(0xa2),
    u8("n", { min: 3, max: 127 }),
    u8({ in: [0x06, 0x80] }),
    u8("m", { max: 125 }),
    skip("m"),
  ]),
  opt(element(0xa4, 0x02)),
  [
    u8(0xa6),
    u8("n", { min: 3, max: 127 }),
    u8({ in: [0x06, 0x80] }),
    u8("m", { max: 125 }),
    skip("m"),
  ],
  opt(element(0xa7, 0x02)),
  element(0xa8, 0x02),
  opt(u8(0x8b), u8("n", { max: 127 }), skip("n")),
  opt(element(0xac, 0xa2)),
  ber(0xbe, "information"),
  ber(0x28, "external"),
  ber(0x81, "octets"),
  accept,
);

const title = "06 0f 2b060104018285638e7f85f1c24e00";
const asked = hex(
  `60 47 a211 ${title} a60a 0608 2b06010401828563 a806 0204 13e81421 ac0f a20d a00b a109 80010081044c97f489 be0d 280b 8109 8865f1e271a71f7f27`,
);

/** ANSI C12.22, meter reading over networks. */
export default protocol({
  name: "c1222",
  title: "ANSI C12.22",
  category: "industrial",
  source: "RFC 6142 §2, appendix B; ANSI C12.22-2008 §5.3.4; ISO 8650-1",
  ports: { tcp: [1153], udp: [1153] },
  signatures: { message: { over: ["tcp", "udp"], first: [message], reply: [message] } },
  samples: {
    yes: [
      tcp(
        client(asked),
        server(
          hex(
            `60 6c a20a 0608 2b06010401828563 a406 0204 13e81421 a611 ${title} a803 0201 2c be2e 282c 812a 88`,
          ),
          noise(41),
        ),
      ),
      udp(client(asked)),
    ],
    no: [
      udp(client(asked.replace("\xbe", "\xbf"))),
      udp(client(hex("60 30 02 01 03 04 00 80 00"), noise(41))),
    ],
  },
});
