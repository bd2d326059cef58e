import {
  accept,
  client,
  either,
  hex,
  protocol,
  server,
  skip,
  step,
  tcp,
  u16le,
  u32le,
} from "../../language/vocabulary.js";

/** Lustre Operations Manual, "Information on the Socket LND protocol": network 2 is TCP, here behind the address and the network's number. */
const nid = [skip(4), u16le({ max: 255 }), u16le(2)];

/** The acceptor's request: magic, version 1, and who is meant. */
const acceptor = [u32le(0xacce7100), u32le(1), nid];
/** HELLO of versions 2 and 3: magic, version, source, destination, processes, incarnations, kind, addresses. */
const hello = [u32le(0x45726963), u32le([2, 3]), nid, nid];
/** HELLO of version 1: an LNet header with magic and version in the destination's place, type 4. */
const oldHello = [u32le(0xeebc0ded), u32le(1), nid];
/** A message: LNet or nothing, checksum, two cookies; then LNet's header with both ends. */
const message = [
  u32le(0xc1),
  skip(4 + 8 + 8),
  nid,
  nid,
  u32le({ max: 0xffffff }),
  u32le({ max: 0xffffff }),
  u32le({ max: 4 }),
  u32le({ max: 0x1ffffff }),
];

const first = step(either(acceptor, hello, oldHello, message), accept);

const address = (last: string) => `${last}0200c0 0000 0200`;

/** Lustre's network layer over TCP. */
export default protocol({
  name: "lustre",
  title: "Lustre (LNet)",
  category: "file-sharing",
  source:
    'Lustre 1.6 Operations Manual, "Information on the Socket LND (socklnd) protocol"; E. Barton to lustre-discuss on the same (https://mail-archive.com/lustre-discuss@clusterfs.com/msg00491.html). Observed: the magic numbers',
  ports: { tcp: [988] },
  signatures: { message: { over: "tcp", client: [first], server: [first] } },
  samples: {
    yes: [
      tcp(
        client(
          hex(
            `0071ceac 01000000 ${address("02")} 63697245 03000000 ${address("01")} ${address("02")}`,
          ),
        ),
        server(hex(`63697245 03000000 ${address("02")} ${address("01")} 39300000 00000000`)),
      ),
      tcp(
        client(
          hex(
            `c1000000 00000000 ${"00".repeat(16)} ${address("02")} ${address("01")} 39300000 39300000 01000000 08020000`,
          ),
        ),
      ),
    ],
    no: [
      tcp(client(hex(`0071ceac 02000000 ${address("02")}`))),
      tcp(client(hex(`c2000000 00000000 ${"00".repeat(16)} ${address("02")} ${address("01")}`))),
    ],
  },
});
