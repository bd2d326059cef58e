import {
  accept,
  byte,
  client,
  derive,
  equal,
  hex,
  leb128,
  printable,
  protocol,
  rest,
  server,
  sized,
  step,
  tcp,
  times,
  u16,
  u8,
  within,
} from "../../language/vocabulary.js";

/** A frame: size of all, size of the command (4 less where there is no payload), the command in protobuf: field 1, its type. CONNECT (2): its own field 2, which begins with the client's version; CONNECTED (3): field 3, the server's version. */
const named = (type: number, field: number) =>
  step(
    hex("0000"),
    u16("total", { min: 12, max: 0xffff }),
    hex("0000"),
    u16("size", { min: 8, max: 0xffff }),
    derive("whole", { from: "size", plus: 4 }),
    equal("total", "whole"),
    within(
      "size",
      u8(8),
      u8(type),
      u8(field),
      leb128("inner"),
      "\x0a",
      u8("version", { min: 3, max: 100 }),
      times("version", 100, byte(printable)),
      rest,
    ),
    accept,
  );

/** Apache Pulsar's binary protocol. */
export default protocol({
  name: "pulsar",
  title: "Apache Pulsar",
  category: "messaging",
  source: "Apache Pulsar documentation, Binary protocol specification; PulsarApi.proto",
  ports: { tcp: [6650] },
  signatures: {
    connect: { over: "tcp", client: [named(2, 0x12)] },
    connected: { over: "tcp", server: [named(3, 0x1a)] },
  },
  samples: {
    yes: [
      tcp(
        client(
          sized(
            4,
            sized(
              4,
              hex("08 02 12"),
              sized(1, "\x0a", sized(1, "Pulsar-Java-v2.10.1"), hex("20 13")),
            ),
          ),
        ),
        server(
          sized(
            4,
            sized(
              4,
              hex("08 03 1a"),
              sized(1, "\x0a", sized(1, "Pulsar Server2.10.1"), hex("10 13")),
            ),
          ),
        ),
      ),
    ],
    no: [
      tcp(
        client(
          sized(4, sized(4, hex("08 04 12"), sized(1, "\x0a", sized(1, "Pulsar-Java-v2.10.1")))),
        ),
      ),
      tcp(
        client(
          sized(
            4,
            sized(4, hex("08 02 12"), sized(1, "\x0a", sized(1, "Pulsar-Java-v2.10.1"))),
            "\0",
          ),
        ),
      ),
    ],
  },
});
