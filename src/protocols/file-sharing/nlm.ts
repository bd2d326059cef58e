import {
  accept,
  client,
  hex,
  protocol,
  skip,
  step,
  tcp,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** RFC 5531 §8.2: flavour and at most 400 bytes. */
const authenticator = [
  u32({ in: [0, 1, 2, 3, 4, 6, 7] }),
  u32("length", { max: 400, mask: 3, bits: 0 }),
  skip("length"),
];

/** A call of program 100021, versions 1 … 4, procedures 0 … 23. */
const call = [
  skip(4),
  u32(0),
  u32(2),
  u32(100021),
  u32({ min: 1, max: 4 }),
  u32({ max: 23 }),
  authenticator,
  authenticator,
  accept,
];

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
  signatures: {
    call: { over: "udp", client: [step(call)], implies: ["onc-rpc/call"] },
    "tcp-call": {
      over: "tcp",
      client: [step(u32({ min: 0x80000028, max: 0x80ffffff }), call)],
      implies: ["onc-rpc/tcp-call"],
    },
  },
  samples: {
    yes: [udp(client(asked)), tcp(client(hex("80000038"), asked))],
    no: [
      udp(client(asked.replace("\0\x01\x86\xb5", "\0\x01\x86\xb6"))),
      tcp(client(hex("00000038"), asked)),
    ],
  },
});
