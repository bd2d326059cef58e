import {
  accept,
  client,
  hex,
  noise,
  protocol,
  server,
  step,
  tcp,
  u32,
  u8,
  type Word,
} from "../../language/vocabulary.js";

/** Serialisations: Hessian 2, Java, fastjson, Kryo, FST, Protobuf and others. */
const by = (...flags: number[]) => ({
  in: [2, 3, 4, 6, 7, 8, 9, 10, 16, 17, 21, 22].flatMap((id) => flags.map((bits) => bits | id)),
});
const request = [u8(by(0x80, 0xa0, 0xc0, 0xe0)), "\0"];
const response = [u8(by(0, 0x20)), u8([20, 30, 31, 40, 50, 60, 70, 80, 90, 100])];
/** Magic 0xdabb; request, two-way, event and serialisation; status of a response, number, length. */
const header = (...kind: Word[]) =>
  step(hex("dabb"), ...kind, u32({ max: 0xffffff }), u32(), u32({ max: 0xffffff }), accept);

/** Apache Dubbo's own protocol. */
export default protocol({
  name: "dubbo",
  title: "Apache Dubbo",
  category: "infrastructure",
  source: "Apache Dubbo documentation, Dubbo protocol specification",
  ports: { tcp: [20880] },
  signatures: {
    request: { over: "tcp", first: [header(request)] },
    response: { over: "tcp", first: [header(response)] },
  },
  samples: {
    yes: [
      tcp(
        client(hex("dabb c2 00 0000000000000001 0000000a 05"), "2.0.2", noise(4)),
        server(hex("dabb 02 14 0000000000000001 00000001 92")),
      ),
    ],
    no: [
      tcp(client(hex("dabb c1 00 0000000000000001 0000000a"))),
      tcp(client(hex("dabc c2 00 0000000000000001 0000000a"))),
    ],
  },
});
