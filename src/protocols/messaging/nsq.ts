import {
  accept,
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
  u32,
} from "../../language/vocabulary.js";

const name = run("A-Za-z0-9._#-", { max: 64 });
/** The version, then commands on lines. */
const magic = step("  V2", oneOf("IDENTIFY\n", "SUB ", "PUB ", "MPUB ", "AUTH\n", "NOP\n"), accept);
/** From the middle: a consumer says what it is ready for ("RDY") behind what it subscribes. */
const command = step(
  either(
    ["SUB ", name, " ", name, "\nRDY "],
    ["FIN ", run("0-9a-f", { min: 16, max: 16 }), "\n"],
    ["RDY ", run(digits, { max: 6 }), "\nFIN "],
  ),
);
/** A frame: size, type 0 (response) or 1 (error), text. */
const frame = step(
  either(
    [hex("00000006 00000000"), "OK"],
    [hex("0000000f 00000000"), "_heartbeat_"],
    [u32({ min: 20, max: 8192 }), hex("00000000"), '{"max_rdy_count"'],
    [
      u32({ min: 8, max: 512 }),
      hex("00000001"),
      oneOf("E_INVALID", "E_BAD_", "E_FIN_", "E_REQ_", "E_TOUCH_", "E_PUB_", "E_MPUB_", "E_AUTH_"),
    ],
  ),
  accept,
);

/** NSQ, a message queue. */
export default protocol({
  name: "nsq",
  title: "NSQ",
  category: "messaging",
  source: "NSQ documentation, TCP protocol spec",
  ports: { tcp: [4150] },
  signatures: {
    magic: { over: "tcp", client: [magic] },
    command: { over: "tcp", client: [command] },
    frame: { over: "tcp", server: [frame] },
  },
  samples: {
    yes: [
      tcp(
        client("SUB rooms channel\n"),
        server(sized(4, hex("00000000"), "OK")),
        client("RDY 1\n"),
      ),
      tcp(
        client("  V2IDENTIFY\n", sized(4, '{"client_id":"a"}')),
        server(sized(4, hex("00000000"), "OK")),
      ),
      tcp(server(sized(4, hex("00000000"), "_heartbeat_"))),
    ],
    no: [
      tcp(client("  V1IDENTIFY\n")),
      tcp(client("SUB rooms\n")),
      tcp(server(sized(4, hex("00000003"), "OK"))),
    ],
  },
});
