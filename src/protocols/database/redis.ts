import {
  accept,
  byte,
  capped,
  capture,
  client,
  digits,
  either,
  line,
  oneOf,
  oneOfNocase,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
} from "../../language/vocabulary.js";

const count = [byte("1-9"), run(digits, { min: 0, max: 6 })];
const END = "\r\n";

/** What a client sends is an array of bulk strings; servers answer so too: "RESP protocol description". */
const command = step(
  "*",
  count,
  END,
  "$",
  count,
  END,
  capture("command", run("A-Za-z._", { max: 20 })),
  END,
  accept,
);
const bulkStrings = step(oneOf("*", "~", ">"), count, END, "$", count, END, accept);
/** RESP3: a map whose first key is a string, as HELLO answers. */
const map = step("%", count, END, "$", count, END, accept);

/** Error codes of the documentation ("Simple errors"); -ERR with what the server says often, because POP3 says it too. */
const error = step(
  oneOf(
    "-ERR unknown ",
    "-ERR wrong number of arguments",
    "-ERR syntax error",
    "-ERR value is ",
    "-ERR invalid ",
    "-ERR no such key",
    "-ERR index out of range",
    "-ERR DB index",
    "-ERR max number of clients",
    "-ERR operation not permitted",
    "-ERR Protocol error",
    "-ERR Client sent AUTH",
    "-ERR AUTH ",
    "-NOAUTH ",
    "-WRONGTYPE ",
    "-NOPERM ",
    "-WRONGPASS ",
    "-MOVED ",
    "-DENIED Redis",
    "-LOADING ",
    "-READONLY ",
  ),
  line(),
);
/** Simple strings, numbers, bulk strings and nothing: too little alone. */
const small = [
  either(
    oneOf("+OK\r\n", "+PONG\r\n", "+QUEUED\r\n", "$-1\r\n", "*-1\r\n", "_\r\n", "*0\r\n"),
    [":", opt("-"), run(digits, { max: 20 }), END],
    ["$", count, END],
  ),
];
/** A client that types its commands: "Inline commands". */
const inline = step(capped(25, oneOfNocase("PING\r\n", "INFO\r\n", "COMMAND\r\n", "MONITOR\r\n")));
const answer = step(
  either("+PONG\r\n", "+OK\r\n", ["$", count, END, "# Server\r\n"], ["*", count, END, "*"]),
);

const bulk = (words: string) => `$${words.length}\r\n${words}\r\n`;
const array = (...words: string[]) => `*${words.length}\r\n${words.map(bulk).join("")}`;

/** Redis and its heirs: RESP 2 and 3. */
export default protocol({
  name: "redis",
  title: "Redis",
  category: "database",
  source: "redis.io, Redis serialization protocol specification: RESP2, RESP3, inline commands",
  ports: { tcp: [6379] },
  signatures: {
    command: { over: "tcp", client: [command], implies: ["redis/array"] },
    array: { over: "tcp", first: [bulkStrings] },
    map: { over: "tcp", server: [map] },
    error: { over: "tcp", server: [error] },
    replies: { over: "tcp", server: [step(small), step(small), step(small)] },
    inline: { over: "tcp", client: [inline], server: [answer], both: true },
  },
  facts: { command: textFact("D5", { list: 4, bound: 20 }) },
  samples: {
    yes: [
      tcp(server("-NOAUTH Authentication required.\r\n")),

      tcp(client(array("GET", "room")), server(bulk("12"))),
      tcp(server(array("message", "channel", "hello"))),
      tcp(client(array("HELLO", "3")), server("%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n")),
      tcp(server("%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n")),
      tcp(server("+OK\r\n", "+PONG\r\n", ":12\r\n")),
      tcp(client("PING\r\n"), server("+PONG\r\n")),
    ],
    no: [
      tcp(server("+OK POP3 ready\r\n")),
      tcp(client("*1\r\nGET\r\n")),
      tcp(client("*0\r\n$3\r\nGET\r\n")),
      tcp(client("PING\r\n"), server("pong\r\n")),
    ],
  },
});
