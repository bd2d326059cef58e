import {
  client,
  either,
  hex,
  numberFact,
  protocol,
  report,
  server,
  tcp,
  u32,
  udp,
} from "../../language/vocabulary.js";
import { callsOf, replies } from "../formats/onc-rpc.js";

/** NFS is program 100003 (versions 2, 3 and 4 with 18, 22 and 2 procedures); mounting, in version 4 part of it, 100005. */
const nfs = [
  u32(100003),
  either(
    [u32("version", 2), u32({ max: 17 })],
    [u32("version", 3), u32({ max: 21 })],
    [u32("version", 4), u32({ max: 1 })],
  ),
];
const mount = [u32(100005), u32("version", { min: 1, max: 3 }), u32({ max: 7 })];

const system =
  hex("00000001 00000018 00000000 00000004") + "host" + hex("00000000 00000000 00000000");
const asked = (program: string, version: string, procedure: string) =>
  hex(`87203c81 00000000 00000002 000186${program} 000000${version} 000000${procedure}`) +
  system +
  hex("00000000 00000000 00000020") +
  "\x5a".repeat(32);

/** NFS 2, 3 and 4, and the protocol that mounts what 2 and 3 serve. */
export default protocol({
  name: "nfs",
  title: "Network File System",
  category: "file-sharing",
  source: "RFC 1094 §2.2, Appendix A; RFC 1813 §3, Appendix I; RFC 7530 §16; RFC 5531 §9, §11",
  ports: { tcp: [2049], udp: [2049] },
  signatures: { ...callsOf(either(nfs, mount), report("version")), ...replies },
  facts: { version: numberFact("D5") },
  samples: {
    yes: [
      udp(client(asked("a3", "03", "01"))),
      udp(client(asked("a5", "01", "01"))),
      tcp(client(hex("8000006c"), asked("a3", "04", "01"))),
    ],
    weak: [
      udp(server(hex("6f2a11c0 00000001 00000000 00000000 00000000 00000000 00000000"))),
      tcp(
        server(
          hex("8000001c"),
          hex("6f2a11c0 00000001 00000000 00000000 00000000 00000000 00000000"),
        ),
      ),
    ],
    no: [
      udp(client(asked("a3", "04", "02"))),
      udp(client(asked("a4", "02", "01"))),
      udp(client(asked("a3", "03", "01").slice(0, 40))),
    ],
  },
});
