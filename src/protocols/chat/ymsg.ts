import { accept, client, hex, protocol, skip, step, tcp, u16 } from "../../language/vocabulary.js";

/** The name, version and vendor, the length of the body, a service; status and session. */
const packet = step(
  "YMSG",
  u16({ max: 0x20 }),
  u16({ in: [0, 100, 0x14d] }),
  u16("size", { max: 8192 }),
  u16({ min: 1, max: 0x1ff }),
  skip(8),
  skip("size"),
  accept,
);

/** Yahoo! Messenger. */
export default protocol({
  name: "ymsg",
  title: "Yahoo! Messenger",
  category: "chat",
  source:
    'P. Tellis, "Yahoo Messenger Protocol v 9" (libyahoo2), The YMSG packet structure (http://libyahoo2.sourceforge.net/ymsg-9.txt)',
  ports: { tcp: [5050] },
  signatures: { packet: { over: "tcp", first: [packet] } },
  samples: {
    yes: [tcp(client("YMSG", hex("0010 0000 0008 0057 00000000 00000000 31 c080 6d65 c080 00")))],
    no: [
      tcp(client("YMSX", hex("0010 0000 0000 0057 00000000 00000000"))),
      tcp(client("YMSG is gone\r\n")),
    ],
  },
});
