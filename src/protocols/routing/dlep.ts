import {
  accept,
  client,
  derive,
  either,
  hex,
  protocol,
  remains,
  server,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 8175 §11.1: peer discovery (1) or offer (2) behind "DLEP", length of the data items. */
const signal = step("DLEP", u16([1, 2]), u16("length"), remains("length"));

/** §13: what a session's first messages hold: status, peer type, heartbeat interval, extensions; metrics follow. */
const behind = (bytes: number) => [derive("left", { from: "n", plus: -bytes }), skip("left")];
const item = either(
  ["\0\x05\0\x04", u32({ min: 1 })],
  ["\0\x01", u16("n", { min: 1, max: 255 }), u8({ max: 130 }), behind(1)],
  ["\0\x04", u16("n", { min: 1, max: 255 }), u8({ max: 3 }), behind(1)],
  ["\0\x06", u16("n", { min: 2, max: 64, mask: 1, bits: 0 }), skip("n")],
);
/** §12.5, §12.6: session initialization and its answer; a heartbeat interval and a peer type are in either. */
const initialization = (code: number) =>
  step(u16(code), u16({ min: 8, max: 4096 }), item, item, accept);

const peer = "emulated-router";

/** DLEP, between a router and its modem: discovery over UDP, session over TCP. */
export default protocol({
  name: "dlep",
  title: "Dynamic Link Exchange Protocol",
  category: "routing",
  source: "RFC 8175 §11, §12, §13",
  ports: { tcp: [854], udp: [854] },
  signatures: {
    discovery: { over: "udp", client: [signal], server: [signal] },
    session: { over: "tcp", client: [initialization(1)], server: [initialization(2)] },
  },
  samples: {
    yes: [
      udp(
        client("DLEP", hex("0001 0014 0004 0010 00"), peer),
        server("DLEP", hex("0002 000c 0004 0008 00"), "modem 7"),
      ),
      tcp(
        client(hex("0001 0024 0005 0004 0000ea60 0004 0010 00"), peer, hex("0006 0004 fff1 fff4")),
        server(
          hex("0002 0025 0001 0001 00 0004 0010 00"),
          peer,
          hex("0005 0004 0000ea60 0006 0000"),
        ),
      ),
    ],
    no: [
      udp(client("DLEP", hex("0001 0015 0004 0010 00"), peer)),
      udp(client("DLEQ", hex("0001 0014 0004 0010 00"), peer)),
      tcp(client(hex("0003 0024 0005 0004 0000ea60 0004 0010 00"), peer)),
    ],
  },
});
