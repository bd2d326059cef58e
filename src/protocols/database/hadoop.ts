import {
  accept,
  client,
  hex,
  leb128,
  noise,
  protocol,
  step,
  tcp,
  u8,
} from "../../language/vocabulary.js";

/** RPC connection header: "hrpc", version 9, service class, way to authenticate (none or SASL), then a frame. */
const connection = step("hrpc", u8({ min: 7, max: 9 }), u8(), u8([0, 0x50, 0x51, 0xdf]), accept);
/** Data transfer: version 28, operation, a message of protobuf: header, base header, block with its pool. */
const transfer = step(
  hex("001c"),
  u8({ min: 80, max: 88 }),
  leb128("size"),
  "\x0a",
  leb128("outer"),
  "\x0a",
  leb128("inner"),
  "\x0a",
  leb128("block"),
  "\x0a",
  u8({ min: 8, max: 80 }),
  "BP-",
  accept,
);

/** Hadoop's RPC and HDFS data transfer. */
export default protocol({
  name: "hadoop",
  title: "Apache Hadoop",
  category: "database",
  source:
    "Apache Hadoop documentation: RPC wire format (RpcHeader.proto, connection header); datatransfer.proto",
  ports: { tcp: [8020, 9866, 50010] },
  signatures: {
    rpc: { over: "tcp", client: [connection] },
    transfer: { over: "tcp", client: [transfer] },
  },
  samples: {
    yes: [
      tcp(client("hrpc", hex("09 00 00 0000001e"))),
      tcp(
        client(
          hex("001c 51 50 0a 40 0a 3a 0a 30 0a 20"),
          "BP-1914853243-192.0.2.1-16000000",
          noise(40),
        ),
      ),
    ],
    no: [tcp(client("hrpd", hex("09 00 00"))), tcp(client("hrpc", hex("0a 00 00")))],
  },
});
