import {
  byte,
  client,
  either,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  rest,
  server,
  sized,
  step,
  tcp,
  times,
  u16,
  u32,
  within,
  type Word,
} from "../../language/vocabulary.js";

/** Request header: api key (there are 93), its version, a number that the response repeats, the client's name. */
const header = (name: Word) => [
  u32("size", { min: 10, max: 0x3ffffff }),
  within(
    "size",
    u16({ max: 92 }),
    u16({ max: 18 }),
    u32("correlation"),
    remember("correlation"),
    name,
    rest,
  ),
];
/** Names of these characters are allowed everywhere; some clients have none (0xffff, or empty). */
const name = (characters: string) => [
  u16("name", { min: 1, max: 255 }),
  times("name", 255, byte(characters)),
];
const named = header(name("A-Za-z0-9._-"));
const any = header(either(name("!-~"), u16([0, 0xffff])));
/** The response repeats nothing but the number. */
const response = step(
  u32("size", { min: 6, max: 0x3ffffff }),
  u32("correlation"),
  repeats("correlation"),
);

const request = (correlation: string, id: string, ...parts: string[]) =>
  sized(4, hex(correlation), sized(2, id), ...parts);
const asked = request("0012 0000 00000081", "rdkafka");

/** Apache Kafka. */
export default protocol({
  name: "kafka",
  title: "Apache Kafka",
  category: "messaging",
  source: "Apache Kafka protocol guide: Request Header v0 to v2, Response Header, Api Keys",
  ports: { tcp: [9092] },
  signatures: {
    request: { over: "tcp", client: [step(named)] },
    exchange: { over: "tcp", client: [step(any)], server: [response], both: true },
    requests: { over: "tcp", client: [step(any), step(any)] },
  },
  samples: {
    yes: [
      tcp(client(request("0003 0009 00000005", "consumer-group-1", hex("00 02 05")))),
      tcp(client(asked), server(sized(4, hex("00000081 0000 00000001 0000 0000 0009")))),
      tcp(
        client(
          request("0001 0002 00000003", "c-12", noise(40)),
          request("0001 0002 00000004", "c-12", noise(30)),
        ),
      ),
    ],
    weak: [tcp(client(request("0003 0002 00000003", "c", hex("0000"))))],
    no: [
      tcp(client(request("0112 0000 00000081", "rdkafka"))),
      tcp(
        client(request("0003 0002 00000003", "c", hex("0000"))),
        server(sized(4, hex("00000082 0000 00000001"))),
      ),
      tcp(client(request("0003 0002 00000003", "c \0", hex("0000")))),
    ],
  },
});
