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
  u16,
  u32,
} from "../../language/vocabulary.js";

/** NBD protocol document, "Newstyle negotiation" (flags: two or three are known) and "Oldstyle". */
const hello = step(
  "NBDMAGIC",
  either(["IHAVEOPT", u16({ max: 7 })], hex("0000420281861253")),
  accept,
);
/** Flags, then options 1 … 11. */
const options = step(u32({ max: 3 }), "IHAVEOPT", u32({ min: 1, max: 11 }), accept);

/** "Transmission": requests (magic, flags, nine commands) and replies, simple (magic, error) or structured. */
const request = step(
  hex("25609513"),
  u16({ max: 0x3f }),
  u16({ max: 8 }),
  skip(8 + 8),
  u32({ max: 0x2000000 }),
  accept,
);
const reply = step(
  either(
    [hex("67446698"), u32({ max: 200 }), skip(8)],
    [hex("668e33ef"), u16({ max: 1 }), u16({ in: [0, 1, 2, 5, 6, 0x8001, 0x8002] }), skip(8 + 4)],
  ),
  accept,
);

/** NBD, which serves block devices. */
export default protocol({
  name: "nbd",
  title: "Network Block Device",
  category: "file-sharing",
  source: 'NBD project: doc/proto.md, "Negotiation", "Transmission", "Magic values"',
  ports: { tcp: [10809] },
  signatures: {
    negotiation: { over: "tcp", server: [hello], client: [options] },
    requests: { over: "tcp", client: [request] },
    replies: { over: "tcp", server: [reply] },
  },
  samples: {
    yes: [
      tcp(
        server("NBDMAGICIHAVEOPT", hex("0003")),
        client(hex("00000003"), "IHAVEOPT", hex("00000007 00000006 00000000 0000")),
      ),
      tcp(server("NBDMAGIC", hex("0000420281861253 0000000001000000 00000001"), "\0".repeat(124))),
      tcp(
        client(hex("25609513 0000 0000 0000000000000001 0000000000001000 00001000")),
        server(hex("67446698 00000000 0000000000000001"), "\0".repeat(4096)),
      ),
    ],
    no: [
      tcp(server("NBDMAGICIHAVENOT", hex("0003"))),
      tcp(client(hex("25609513 0000 0009 0000000000000001 0000000000001000 00001000"))),
    ],
  },
});
