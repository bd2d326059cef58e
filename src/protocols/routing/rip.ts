import {
  accept,
  atEnd,
  capped,
  client,
  either,
  hex,
  noise,
  numberFact,
  protocol,
  repeat,
  report,
  server,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 2453 §3.6: request or response, version 1 or 2, zero. */
const header = [u8([1, 2]), u8("version", [1, 2]), u16(0)];
const metric = u32({ min: 1, max: 16 });
const MASKS = Array.from({ length: 33 }, (_, bits) =>
  bits === 0 ? 0 : (2 ** 32 - 2 ** (32 - bits)) >>> 0,
);
/** Version 1: family, zeros, address, zeros (§3.4). Version 2: a tag, an address, its mask, the next hop (§4). */
const address = u8({ max: 223 });
const route = either(
  [hex("0002 0000"), address, skip(3), hex("00000000 00000000"), metric],
  [hex("0002"), u16(), address, skip(3), u32({ in: MASKS }), address, skip(3), metric],
);
/** §4.1, RFC 4822 §2.1: a password, or where the digest is. */
const authentication = either([hex("ffff 0002"), skip(16)], [hex("ffff 0003"), skip(16)]);
const digest = [hex("ffff 0001"), skip(16), repeat(0, 48, skip(1))];

/** §3.9.1: one entry of no family and metric 16 asks for all. */
const anything = hex("0000 00000000 00000000 00000000 00000000 00000010");
const all = step(hex("01 02"), anything, atEnd);
/** The same bytes are a request of RIPng. */
const all1 = step(capped(20, hex("01 01"), anything), atEnd);
const ends = [either(digest, []), atEnd, accept, report("version")];
const routes = step(header, either(authentication, []), repeat(2, 25, route), ends);
const signed = step(header, authentication, repeat(1, 24, route), ends);
/** One route is too little; so it takes two messages. */
const lone = step(header, route, atEnd, accept, report("version"));

const one = "0002 0000 c0000200 ffffff00 00000000 00000001";
const two = "0002 0000 c6336400 ffffff00 00000000 00000002";

/** RIP, versions 1 and 2. */
export default protocol({
  name: "rip",
  title: "Routing Information Protocol",
  category: "routing",
  source: "RFC 2453 §3.4, §3.6, §3.9, §4; RFC 4822 §2.1; RFC 1058 §3.1",
  ports: { udp: [520] },
  signatures: {
    all: { over: "udp", first: [all] },
    "all-version1": { over: "udp", first: [all1] },
    routes: { over: "udp", first: [routes] },
    signed: { over: "udp", first: [signed] },
    lone: { over: "udp", first: [lone, lone], reply: [lone] },
  },
  facts: { version: numberFact("D5") },
  samples: {
    yes: [
      udp(client(hex("0102 0000 0000 0000 00000000 00000000 00000000 00000010"))),
      udp(client(hex(`0202 0000 ${one} ${two}`))),
      udp(client(hex("0202 0000 ffff 0002"), "password".padEnd(16, "\0"), hex(`${one}`))),
      udp(
        client(hex(`0202 0000 ${one}`)),
        client(hex(`0202 0000 ${one}`)),
        server(hex(`0202 0000 ${two}`)),
      ),
    ],
    weak: [
      udp(client(hex(`0202 0000 ${one}`))),
      udp(client(hex("0101 0000 00000000 00000000 00000000 00000000 00000010"))),
    ],
    no: [
      udp(client(hex(`0203 0000 ${one} ${two}`))),
      udp(client(hex(`0202 0000 ${one} ${two} 00`))),
      udp(client(hex(`0202 0000 ${one} ${two.replace("00000002", "00000011")}`))),
      udp(client(hex("0202 0000"), noise(40))),
    ],
  },
});
