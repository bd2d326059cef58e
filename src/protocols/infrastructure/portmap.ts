import {
  client,
  hex,
  numbered,
  numberFact,
  protocol,
  report,
  server,
  tcp,
  u32,
  udp,
} from "../../language/vocabulary.js";
import { callsOf, replies } from "../formats/onc-rpc.js";

/** Versions 2 … 4, procedures 0 … 12 (RFC 1833 §2.1, §3). */
const program = [u32(100000), u32({ min: 2, max: 4 }), u32("procedure", { max: 12 })];

const PROCEDURES = numbered(`
  0 null, 1 set, 2 unset, 3 getport, 4 dump, 5 callit, 6 gettime, 7 uaddr2taddr, 8 taddr2uaddr,
  9 getversaddr, 10 indirect, 11 getaddrlist, 12 getstat
`);

const asked = hex(`
  55d5ca34 00000000 00000002 000186a0 00000002 00000003 00000000 00000000 00000000 00000000
  000186a3 00000003 00000011 00000000
`);

/** The port mapper and rpcbind, which know where the programs of ONC RPC listen. */
export default protocol({
  name: "portmap",
  title: "Portmap / rpcbind",
  category: "infrastructure",
  source: "RFC 1833 §2.1, §3; RFC 5531 §9, §11",
  ports: { tcp: [111], udp: [111] },
  signatures: { ...callsOf(program, report("procedure")), ...replies },
  facts: { procedure: numberFact("D5", { names: PROCEDURES }) },
  samples: {
    yes: [udp(client(asked)), tcp(client(hex("80000038"), asked))],
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
      udp(client(asked.replace("\0\x01\x86\xa0", "\0\x01\x86\xa1"))),
      udp(client(asked.slice(4))),
      tcp(client(hex("00000038"), asked)),
    ],
  },
});
