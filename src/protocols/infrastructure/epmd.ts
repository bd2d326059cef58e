import {
  byte,
  client,
  digits,
  either,
  hex,
  oneOf,
  protocol,
  run,
  server,
  sized,
  step,
  tcp,
  times,
  u16,
  within,
} from "../../language/vocabulary.js";

const name = run("A-Za-z0-9_.@-", { max: 255 });
/** ALIVE2_REQ: port, kind of node (77, 72 hidden), protocol 0, highest and lowest version, name, more. */
const register = step(
  u16("size", { min: 13, max: 300 }),
  within(
    "size",
    "x",
    u16({ min: 1 }),
    oneOf("M", "H"),
    "\0",
    u16([5, 6]),
    u16([5, 6]),
    u16({ min: 1, max: 255 }),
    name,
    hex("0000"),
  ),
);
/** PORT_PLEASE2_REQ: a name; its answer, which says no, or how to get there. NAMES_REQ; its answer is text. */
const where = step(u16("size", { min: 2, max: 256 }), within("size", "z", name));
const there = step(
  "w",
  either(
    [byte("\x01-\xff")],
    [
      "\0",
      u16({ min: 1 }),
      oneOf("M", "H"),
      "\0",
      u16([5, 6]),
      u16([5, 6]),
      u16("name", { min: 1, max: 255 }),
      times("name", 255, byte("A-Za-z0-9_.@-")),
    ],
  ),
);
const found = step(
  "w\0",
  u16({ min: 1 }),
  oneOf("M", "H"),
  "\0",
  u16([5, 6]),
  u16([5, 6]),
  u16("name", { min: 1, max: 255 }),
  times("name", 255, byte("A-Za-z0-9_.@-")),
);
const list = step(hex("0001"), oneOf("n", "d"));
const listed = step(u16(0), u16({ min: 1 }), "name ", name, " at port ", run(digits), "\n");

/** Erlang's port mapper. */
export default protocol({
  name: "epmd",
  title: "Erlang Port Mapper Daemon",
  category: "infrastructure",
  source: "Erlang/OTP ERTS User's Guide, Distribution Protocol: EPMD Protocol",
  ports: { tcp: [4369] },
  signatures: {
    register: { over: "tcp", client: [register] },
    where: { over: "tcp", client: [where], server: [there], both: true },
    found: { over: "tcp", server: [found] },
    names: { over: "tcp", client: [list], server: [listed], both: true },
  },
  samples: {
    yes: [
      tcp(
        client(sized(2, "x", hex("b1c2 4d 00 0006 0005"), sized(2, "one"), hex("0000"))),
        server(hex("7600 65a1b2c3")),
      ),
      tcp(
        client(sized(2, "zrabbit")),
        server("w", hex("00 6415 4d 00 0006 0005"), sized(2, "rabbit"), hex("0000")),
      ),
      tcp(client(sized(2, "n")), server(hex("00001111"), "name rabbit at port 25672\n")),
    ],
    weak: [tcp(client(sized(2, "zrabbit")))],
    no: [
      tcp(client(sized(2, "x", hex("b1c2 4e 00 0006 0005"), sized(2, "one"), hex("0000")))),
      tcp(client(sized(2, "n")), server(hex("00001111"), "nobody\n")),
    ],
  },
});
