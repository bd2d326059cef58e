import {
  accept,
  client,
  hex,
  noise,
  numbered,
  numberFact,
  protocol,
  report,
  server,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

const TYPES = numbered("1 echo-request, 2 echo-reply, 3 proxy-request, 4 proxy-reply");

/**
 * RFC 8029 §3: version 1, flags, message type, reply mode, return code and subcode, handle, sequence, two NTP times; then
 * elements (§3.2 … §3.9) with type and length.
 */
const echo = step(
  u16(1),
  u16({ max: 7 }),
  u8("type", { min: 1, max: 4 }),
  u8({ min: 1, max: 5 }),
  u8({ max: 19 }),
  u8(),
  skip(4),
  u32({ max: 0xffffff }),
  // Since 1900, as §3 says, or since 1970, as some say.
  u32({ min: 0x30000000 }),
  skip(4),
  skip(8),
  u16([1, 2, 3, 5, 7, 9, 10, 20, 21, 22, 23]),
  u16({ min: 4, max: 1400 }),
  accept,
  report("type"),
);

/** The ping of label-switched paths. */
export default protocol({
  name: "mpls-echo",
  title: "MPLS echo (LSP ping)",
  category: "routing",
  source: "RFC 8029 §3; IANA: lsp-ping",
  ports: { udp: [3503] },
  signatures: { echo: { over: "udp", client: [echo], server: [echo] } },
  facts: { type: numberFact("D5", { names: TYPES }) },
  samples: {
    yes: [
      udp(
        client(
          hex(`0001 0000 01 02 00 00 00000b5a 00000001 e8c5f3a1 4b1f90d2 00000000 00000000
            0001 000c 0001 0005 c0000201 20 000000`),
        ),
        server(
          hex(`0001 0000 02 02 03 01 00000b5a 00000001 e8c5f3a1 4b1f90d2 e8c5f3a1 50a1b2c3
            0007 0008 00000000 00000000`),
        ),
      ),
    ],
    no: [
      udp(client(hex("0002 0000 01 02 00 00 00000b5a 00000001 e8c5f3a1 4b1f90d2"), noise(20))),
      udp(client(hex("0001 0000 01 02 00 00 00000b5a 00000001"), "\0".repeat(20))),
    ],
  },
});
