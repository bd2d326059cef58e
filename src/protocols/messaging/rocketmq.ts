import {
  accept,
  client,
  hex,
  oneOf,
  protocol,
  sized,
  step,
  tcp,
  u24,
  u32,
} from "../../language/vocabulary.js";

/** Length, how the header is written (0: JSON) and its length, the header. */
const command = step(
  u32("length", { min: 20, max: 0x1000000 }),
  "\0",
  u24({ min: 10, max: 0xffff }),
  '{"',
  oneOf('code":', 'extFields":{', 'flag":', 'language":"', 'opaque":', 'version":'),
  accept,
);

/** Apache RocketMQ's remoting protocol. */
export default protocol({
  name: "rocketmq",
  title: "Apache RocketMQ",
  category: "messaging",
  source: "Apache RocketMQ docs, Communication mechanism: remoting protocol design",
  ports: { tcp: [9876, 10911] },
  signatures: { command: { over: "tcp", first: [command] } },
  samples: {
    yes: [
      tcp(
        client(
          sized(
            4,
            hex("00"),
            sized(3, '{"code":105,"flag":0,"language":"JAVA","opaque":0,"version":399}'),
          ),
        ),
      ),
    ],
    no: [
      tcp(client(sized(4, hex("02"), sized(3, '{"code":105}')))),
      tcp(client(sized(4, hex("00"), sized(3, '{"room":105,"flag":0}')))),
    ],
  },
});
