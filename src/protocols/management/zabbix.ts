import {
  accept,
  capture,
  client,
  either,
  find,
  hex,
  oneOf,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
  u32le,
  u8,
} from "../../language/vocabulary.js";

/** Header: ZBXD, flags (1: Zabbix, 2: compressed, 4: 64-bit lengths), the length, and a length uncompressed or 0. */
const message = step(
  "ZBXD",
  u8({ min: 1, max: 7 }),
  either([u32le({ max: 0x08000000 }), u32le({ max: 0x08000000 })], u32le()),
  accept,
  "{",
  find(200, oneOf('"request":"', '"response":"')),
  capture("request", run("a-z .-", { max: 64 })),
);

const data = (text: string) =>
  `ZBXD\x01${String.fromCharCode(text.length)}${"\0".repeat(7)}${text}`;

/** Zabbix: agents and servers. */
export default protocol({
  name: "zabbix",
  title: "Zabbix",
  category: "management",
  source: "Zabbix Manual, Protocols, Header and data length",
  ports: { tcp: [10050, 10051] },
  signatures: { message: { over: "tcp", first: [message], reply: [message] } },
  facts: { request: textFact("D5", { list: 2, bound: 64 }) },
  samples: {
    yes: [
      tcp(
        client(data('{"request":"active checks","host":"node"}')),
        server(data('{"response":"success"}')),
      ),
      tcp(client("agent.ping\n"), server(data("1"))),
    ],
    no: [
      tcp(client(data("1").replace("ZBXD", "ZBXE"))),
      tcp(client(data("1").replace("\x01", "\x09"))),
      tcp(server(hex("5a425844 00"))),
    ],
  },
});
