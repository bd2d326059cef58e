import {
  client,
  either,
  hex,
  oneOf,
  protocol,
  rest,
  run,
  server,
  sized,
  step,
  tcp,
  u16,
  u32,
  within,
} from "../../language/vocabulary.js";

/** A node's name: word@host. */
const name = [run("A-Za-z0-9_-", { max: 64 }), "@", run("A-Za-z0-9._:-", { max: 200 })];
/** Distribution handshake §13.2: send_name of versions 5 and 6. */
const sendName = step(
  u16("size", { min: 9, max: 512 }),
  within(
    "size",
    either(
      ["n", hex("0005"), u32({ max: 0xffffff }), name],
      ["N", u32({ max: 0xff }), u32(), u32(), u16({ min: 3, max: 255 }), name],
    ),
  ),
);
/** Status, then a challenge with flags and name. */
const status = step(
  u16("size", { min: 3, max: 20 }),
  within(
    "size",
    "s",
    oneOf("ok_simultaneous", "ok", "nok", "not_allowed", "alive", "named:"),
    rest,
  ),
);
const challenge = step(
  u16("size", { min: 13, max: 512 }),
  within(
    "size",
    either(
      ["n", u16([5, 6]), u32(), u32(), name],
      ["N", u32(), u32(), u32(), u32(), u16({ min: 3, max: 255 }), name],
    ),
  ),
);

/** Erlang's distribution, between nodes. */
export default protocol({
  name: "erlang",
  title: "Erlang distribution",
  category: "infrastructure",
  source: "Erlang/OTP ERTS User's Guide, Distribution Protocol: Distribution Handshake",
  signatures: {
    name: { over: "tcp", client: [sendName] },
    challenge: { over: "tcp", server: [status, challenge] },
  },
  samples: {
    yes: [
      tcp(client(sized(2, "n", hex("0005 0107bfff".replace("01", "00")), "one@lab.example"))),
      tcp(
        client(sized(2, "N", hex("0000000d 07df7fbd 65a1b2c3"), sized(2, "one@lab.example"))),
        server(
          sized(2, "sok"),
          sized(2, "N", hex("0000000d 07df7fbd 1a2b3c4d 65a1b2c3"), sized(2, "two@lab.example")),
        ),
      ),
    ],
    no: [
      tcp(client(sized(2, "n", hex("0005 0007bfff"), "one.lab.example"))),
      tcp(client(sized(2, "m", hex("0005 0007bfff"), "one@lab.example"))),
    ],
  },
});
