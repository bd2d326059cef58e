import { client, hex, protocol, tcp, u32, udp } from "../../language/vocabulary.js";
import { callsOf } from "../formats/onc-rpc.js";

/** Versions 1 … 4, procedures 0 … 23. */
const program = [u32(100021), u32({ min: 1, max: 4 }), u32({ max: 23 })];

const asked = hex(`
  1d0c5a77 00000000 00000002 000186b5 00000004 00000002 00000000 00000000 00000000 00000000
  00000004 00000001 00000001 00000001
`);

/** The lock manager beside NFS 2 and 3. */
export default protocol({
  name: "nlm",
  title: "Network Lock Manager",
  category: "file-sharing",
  source: "RFC 1813 Appendix II; X/Open XNFS (C702) chapter 10; RFC 5531 §9, §11",
  signatures: callsOf(program),
  samples: {
    yes: [udp(client(asked)), tcp(client(hex("80000038"), asked))],
    no: [
      udp(client(asked.replace("\0\x01\x86\xb5", "\0\x01\x86\xb6"))),
      tcp(client(hex("00000038"), asked)),
    ],
  },
});
