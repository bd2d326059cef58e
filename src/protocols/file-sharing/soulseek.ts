import {
  accept,
  client,
  hex,
  protocol,
  run,
  step,
  tcp,
  textual,
  u32le,
  within,
} from "../../language/vocabulary.js";

const word = (name: string, most: number) => [
  u32le(name, { min: 1, max: most }),
  within(name, run(textual, { min: 1, max: most })),
];

/** Code 1: a name, a password, a version, the MD5 of both in hexadecimal, a minor version. */
const login = step(
  u32le("length", { max: 255 }),
  within("length", hex("01000000"), word("name", 64), word("password", 64), [
    u32le({ max: 1024 }),
    hex("20000000"),
    run("0-9a-f", { min: 32, max: 32 }),
    u32le({ max: 65535 }),
  ]),
  accept,
);
/** Peer code 1: a name, the kind of connection (peer, file, distributed), a token that is 0 today. */
const peer = step(
  u32le("length", { max: 127 }),
  within("length", "\x01", word("name", 64), [
    hex("01000000"),
    run("PFD", { min: 1, max: 1 }),
    u32le({ max: 0x00ffffff }),
  ]),
  accept,
);

const le = (text: string) => String.fromCharCode(text.length, 0, 0, 0) + text;

/** Soulseek: a client's login at its server, and what one peer says to another first. */
export default protocol({
  name: "soulseek",
  title: "Soulseek",
  category: "file-sharing",
  source:
    "Nicotine+, Soulseek Protocol Documentation: Server Code 1 (Login), Peer Init Code 1 (https://nicotine-plus.org/doc/SLSKPROTOCOL.html)",
  ports: { tcp: [2234, 2240, 2242] },
  signatures: {
    login: { over: "tcp", client: [login] },
    peer: { over: "tcp", client: [peer] },
  },
  samples: {
    yes: [
      tcp(
        client(
          le(
            hex("01000000") +
              le("someone") +
              le("secret") +
              hex("a0000000") +
              le("0123456789abcdef0123456789abcdef") +
              hex("11000000"),
          ),
        ),
      ),
      tcp(client(le("\x01" + le("someone") + le("P") + hex("00000000")))),
    ],
    no: [
      tcp(client(le("\x01" + le("someone") + le("X") + hex("00000000")))),
      tcp(client(le("\x01" + le("someone") + le("P") + hex("00000000")).replace("\x15", "\x16"))),
    ],
  },
});
