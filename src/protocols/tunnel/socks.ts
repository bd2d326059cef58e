import {
  accept,
  client,
  either,
  hex,
  opt,
  protocol,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  times,
  u16,
  u8,
  visible,
  within,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

/** IANA "SOCKS Methods": none, GSSAPI, name and password, CHAP … JSON; private ones. */
const METHODS = [0, 1, 2, 3, 5, 6, 7, 8, 9, 0x80, 0x81, 0x82];
/** RFC 1928 §3: version, number of methods, methods. */
const greeting = step("\x05", u8("count", { min: 1, max: 9 }), times("count", 9, u8(METHODS)));
const chosen = step("\x05", u8([...METHODS, 0xff]));

/** §5: IPv4, a name with its length, IPv6; then the port. */
const address = [
  either(
    ["\x01", skip(4)],
    ["\x03", u8("length", { min: 1 }), within("length", run("A-Za-z0-9._-"))],
    ["\x04", skip(16)],
  ),
  skip(2),
];
/** RFC 1929 §2: version 1, a name and a password, their lengths in front. */
const login = ["\x01", u8("name", { min: 1 }), skip("name"), u8("word"), skip("word")];
/** §4: connect, bind, or associate; a reserved 0. */
const request = step(opt(login), "\x05", u8([1, 2, 3]), "\0", address, accept, startedTls);
/** §6: success or one of eight failures; then what the other end says. */
const reply = step(opt("\x01\0"), "\x05", u8({ max: 8 }), "\0", address, accept, answeredTls);

/** Version 4: connect or bind, port, address, a user up to a 0; with 4A a name behind an address 0.0.0.x. */
const user = [run(visible, { min: 0, max: 64 }), "\0"];
const request4 = step(
  "\x04",
  u8([1, 2]),
  u16({ min: 1 }),
  u8({ min: 1, max: 223 }),
  skip(3),
  user,
  accept,
  startedTls,
);
const request4a = step(
  "\x04",
  u8([1, 2]),
  u16({ min: 1 }),
  hex("000000"),
  u8({ min: 1 }),
  user,
  run("A-Za-z0-9._-", { min: 4 }),
  "\0",
  accept,
  startedTls,
);
/** Granted, refused, or one of two failures to tell who asks: 8 bytes. */
const reply4 = step("\0", u8({ min: 0x5a, max: 0x5d }), skip(6), accept, answeredTls);

const name = (text: string) => `\x03${sized(1, text)}`;

/** SOCKS, versions 4, 4A and 5. */
export default protocol({
  name: "socks",
  title: "SOCKS",
  category: "tunnel",
  source: "RFC 1928 §3–§6; RFC 1929 §2; SOCKS: A protocol for TCP proxy across firewalls; SOCKS 4A",
  ports: { tcp: [1080] },
  signatures: {
    v5: { over: "tcp", client: [greeting, request], server: [chosen, reply] },
    v4: { over: "tcp", client: [request4], server: [reply4] },
    v4a: { over: "tcp", client: [request4a], server: [reply4] },
  },
  facts: startedTlsFacts,
  samples: {
    yes: [
      tcp(
        client(hex("05 02 00 02")),
        server(hex("05 00")),
        client(hex("05 01 00"), name("www.example.org"), hex("0050")),
        server(hex("05 00 00 01 00000000 0000")),
      ),
      tcp(
        client(hex("05 01 02")),
        server(hex("05 02")),
        client(hex("01"), sized(1, "me"), sized(1, "secret")),
        server(hex("01 00")),
        client(hex("05 01 00 01 c0000207 01bb")),
        server(hex("05 00 00 01 c0000201 8000")),
      ),
      tcp(
        client(hex("04 01 0050 00000001"), "me\0www.example.org\0"),
        server(hex("00 5a 0050 c0000207")),
      ),
      tcp(
        client(hex("05 01 00")),
        server(hex("05 00")),
        client(hex("05 01 00"), name("www.example.org"), hex("01bb")),
        server(hex("05 00 00 01 00000000 0000")),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
    ],
    weak: [
      tcp(client(hex("04 01 0050 c0000207"), "me\0"), server(hex("00 5a 0050 c0000207"))),
      tcp(client(hex("05 01 00")), server(hex("05 00"))),
    ],
    no: [
      tcp(client(hex("05 01 04")), server(hex("05 04"))),
      tcp(client(hex("04 03 0050 c0000207"), "me\0"), server(hex("00 5a 0050 c0000207"))),
      tcp(
        client(hex("05 01 00"), hex("05 01 01 01 c0000207 01bb")),
        server(hex("05 00"), hex("05 00 01 01 c0000201 8000")),
      ),
    ],
  },
});
