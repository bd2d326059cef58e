import {
  accept,
  client,
  except,
  hex,
  protocol,
  run,
  server,
  step,
  tcp,
  u8,
} from "../../language/vocabulary.js";

/** IANA "Telnet Options": 0 … 49, 138 … 140 and the extended list. */
const option = u8({ in: [...Array.from({ length: 50 }, (_, index) => index), 138, 139, 140, 255] });

/** RFC 854, "TELNET command structure": IAC, then WILL, WON'T, DO or DON'T. */
const negotiation = ["\xff", u8({ min: 0xfb, max: 0xfe }), option];
/** RFC 855: a subnegotiation, up to IAC SE. */
const subnegotiation = ["\xff\xfa", option, run(except("\xff"), { max: 64 }), "\xff\xf0"];

const one = step(negotiation, accept);
const two = step(negotiation, negotiation, accept);

/** Telnet, told by the options that are negotiated: three of them together or so. Fewer are weak. */
export default protocol({
  name: "telnet",
  title: "Telnet",
  category: "remote-access",
  source: "RFC 854; RFC 855; IANA Telnet Options",
  ports: { tcp: [23] },
  signatures: {
    options: { over: "tcp", first: [step(negotiation, negotiation, negotiation, accept)] },
    "more-from-first": { over: "tcp", first: [two], reply: [one] },
    "more-from-reply": { over: "tcp", first: [one], reply: [two] },
    exchange: { over: "tcp", first: [one], reply: [one] },
    subnegotiation: { over: "tcp", first: [step(negotiation, subnegotiation, accept)] },
  },
  samples: {
    yes: [
      tcp(server(hex("fffd18 fffd20 fffd23 fffd27")), client(hex("fffb18 fffb20 fffb23 fffb27"))),
      tcp(client(hex("fffd03")), server(hex("fffb03 fffd18"), "\r\nlogin: ")),
      tcp(client(hex("fffd03 fffb18")), server(hex("fffb03"), "\r\nlogin: ")),
      tcp(client(hex("fffb1f fffa1f 0050 0018 fff0"))),
    ],
    weak: [
      tcp(server(hex("fffb01"), "\r\nlogin: ")),
      tcp(client(hex("fffd03")), server(hex("fffb03"), "\r\nlogin: ")),
    ],
    no: [
      tcp(server(hex("fffb90 64000f"))),
      tcp(server("\r\nlogin: ", hex("fffb01 fffb03"))),
      tcp(server(hex("fffd60 fffd20"))),
    ],
  },
});
