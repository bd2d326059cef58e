import {
  client,
  hex,
  oneOf,
  protocol,
  room,
  run,
  server,
  step,
  tcp,
  udp,
} from "../../language/vocabulary.js";

/** iperf3: every connection begins with the test's cookie, 36 characters of base 32 and a zero (src/iperf_util.c: make_cookie). */
const cookie = step(run("a-z2-7", { min: 36, max: 36 }), "\0");
/** iperf3 over UDP: a stream is connected by four bytes and four back, in the byte order of either (src/iperf_udp.c). */
const connect = step(room(4), oneOf("9876", "6789", hex("075bcd15"), hex("15cd5b07")));
const reply = step(room(4), oneOf("6789", "9876", hex("3ade68b1"), hex("b168de3a")));
/** iperf, which measures throughput. */
export default protocol({
  name: "iperf",
  title: "iperf",
  category: "management",
  source:
    "the documentation of iperf3 (iperf3(1), wire protocol notes) and iperf 2 (payload headers)",
  ports: { tcp: [5201, 5001], udp: [5201, 5001] },
  signatures: {
    cookie: { over: "tcp", client: [cookie] },
    connect: { over: "udp", client: [connect], server: [reply] },
  },
  samples: {
    yes: [
      tcp(client("ozkbxm3tqclhy7srvdnjgufwepa24iokdlmw", "\0"), server("\x09")),
      udp(client("9876"), server("6789")),
    ],
    weak: [udp(client("9876"))],
    no: [
      tcp(client("ozkbxm3tqclhy7srvdnjgufwepa24iokdlm", "\0")),
      udp(client("9876"), server("9877")),
    ],
  },
});
