import {
  accept,
  blank,
  capped,
  client,
  digits,
  either,
  find,
  nocase,
  oneOf,
  printable,
  protocol,
  run,
  server,
  step,
  tcp,
} from "../../language/vocabulary.js";

/** What a server says first: a JSON object. */
const info = step(nocase("INFO "), blank, "{", find(200, '"server_id"'), accept);
const connect = step(nocase("CONNECT "), blank, '{"', accept);
const subject = run("!-~", { max: 255 });
const number = run(digits, { max: 10 });
/** From the middle: subject, perhaps where to answer to, size of what follows. */
const published = step(
  either(
    ["MSG ", subject, " ", run("A-Za-z0-9"), " ", number, "\r\n"],
    ["MSG ", subject, " ", run("A-Za-z0-9"), " ", subject, " ", number, "\r\n"],
    [oneOf("HPUB ", "HMSG "), subject, " ", run(printable), "\r\nNATS/1.0"],
  ),
);
const keepAlive = step(capped(25, oneOf("PING\r\n")));
const alive = step(oneOf("PONG\r\n"));

/** NATS, between clients and servers. */
export default protocol({
  name: "nats",
  title: "NATS",
  category: "messaging",
  source: "NATS documentation, Client protocol: INFO, CONNECT, MSG, HPUB, PING/PONG",
  ports: { tcp: [4222] },
  signatures: {
    info: { over: "tcp", server: [info] },
    connect: { over: "tcp", client: [connect] },
    message: { over: "tcp", first: [published] },
    ping: { over: "tcp", first: [keepAlive], reply: [alive], both: true },
  },
  samples: {
    yes: [
      tcp(
        server('INFO {"server_id":"NA3C","version":"2.9.10","go":"go1.19"}\r\n'),
        client('CONNECT {"verbose":false}\r\n'),
      ),
      tcp(client('CONNECT {"verbose":false,"lang":"go"}\r\nPING\r\n')),
      tcp(server("MSG rooms.12 1 4\r\n21.5\r\n")),
      tcp(server("PING\r\n"), client("PONG\r\n")),
    ],
    no: [
      tcp(server('INFO {"server":"x"}\r\n')),
      tcp(client("CONNECT example.org:443 HTTP/1.1\r\n\r\n")),
      tcp(client("PING\r\n"), server("PONG!\r\n")),
      tcp(client("PING\r\n")),
    ],
  },
});
