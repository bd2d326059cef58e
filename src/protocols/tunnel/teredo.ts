import {
  accept,
  client,
  derive,
  either,
  hex,
  noise,
  opt,
  protocol,
  remains,
  server,
  skip,
  step,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** §5.1.1: authentication: lengths of an id and a value, both, a nonce, a confirmation; origin: port and address, inverted. */
const authentication = [
  hex("0001"),
  u8("id", { max: 64 }),
  u8("value", { max: 64 }),
  skip("id"),
  skip("value"),
  skip(8),
  u8([0, 1]),
];
const origin = [hex("0000"), skip(6)];

/** 2001:0::/32 (§2.6), a link-local address (§5.2.1), or any global one. */
const teredo = [hex("20010000"), skip(12)];
const local = [hex("fe80000000000000"), skip(8)];
const global = [u8({ min: 0x20, max: 0x3f }), skip(15)];
const routers = hex("ff02000000000000 0000000000000002");

/** An IPv6 packet from or to a Teredo address, or a router's solicitation and advertisement. */
const packet = [
  u8({ min: 0x60, max: 0x6f }),
  skip(3),
  u16("length"),
  derive("rest", { from: "length", plus: 34 }),
  remains("rest"),
  // TCP, UDP, a fragment, ICMPv6, and nothing at all in a bubble.
  u8([6, 17, 44, 58, 59]),
  skip(1),
  either(
    [local, either(routers, local, teredo)],
    [teredo, either(teredo, global, local)],
    [global, teredo],
  ),
  accept,
];

const bubble = (from: string, to: string) => hex(`60000000 0000 3b 15 ${from} ${to}`);
const A = "20010000 c0000207 0000 3bd2 3fff fdf8";
const B = "20010000 c0000207 0000 1a2b 3fff fdf0";
const solicitation = `60000000 0008 3a ff fe80000000000000 8000ffffffffffff ff02000000000000 0000000000000002 8500 7d38 00000000`;

/** Teredo: IPv6 in UDP, through address translators. */
export default protocol({
  name: "teredo",
  title: "Teredo",
  category: "tunnel",
  source: "RFC 4380 §2.6, §5.1.1, §5.2",
  ports: { udp: [3544] },
  signatures: {
    packet: { over: "udp", first: [step(packet)] },
    authentication: { over: "udp", first: [step(authentication, opt(origin), packet)] },
    origin: { over: "udp", first: [step(origin, packet)] },
  },
  samples: {
    yes: [
      udp(client(hex(`0001 0000 1122334455667788 00 ${solicitation}`))),
      udp(server(bubble(A, B))),
      udp(
        client(
          hex(`0000 c4d2 3ffffdf8 60000000 0010 3a 80 ${A} 20010db8000000000000000000000001`),
          noise(16),
        ),
      ),
    ],
    no: [
      udp(client(hex(`0001 0000 1122334455667788 00 ${solicitation} 00`))),
      udp(
        client(
          bubble("20010db8 c0000207 0000 3bd2 3fff fdf8", "20010db8 c0000207 0000 3bd2 3fff fdf8"),
        ),
      ),
      udp(client(bubble(A, B).slice(0, -1))),
    ],
  },
});
