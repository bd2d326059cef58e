import {
  accept,
  client,
  derive,
  hex,
  lineEnd,
  nocase,
  opt,
  protocol,
  run,
  skip,
  step,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 2974 §3: version 1 in the three highest bits, then address type, reserved, deletion, encrypted, compressed. */
const flags = { in: [0x20, 0x24, 0x30, 0x34, 0x28, 0x2c, 0x38, 0x3c] };

/** §3, §6: words of authentication data, hash, source; then the payload's type, which SDP may leave out. */
const announcement = step(
  u8("flags", flags),
  u8("authentication", { max: 64 }),
  skip(2),
  derive("six", { from: "flags", and: 0x10, shift: 4, times: 12, plus: 4 }),
  skip("six"),
  derive("words", { from: "authentication", times: 4 }),
  skip("words"),
  opt(nocase("application/sdp"), "\0"),
  "v=0",
  lineEnd,
  // RFC 4566 §5.2: who, the session's number and version, the network.
  "o=",
  run("!-~"),
  " ",
  run("!-~"),
  " ",
  run("!-~"),
  " IN IP",
  accept,
);

const header = hex("20 00 1a2b c000 0207");
const sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=lab\r\nc=IN IP4 239.0.0.1/8\r\nt=0 0\r\n";

/** SAP: announcements of multicast sessions. What is encrypted or compressed is not told. */
export default protocol({
  name: "sap-announcement",
  title: "Session Announcement Protocol",
  category: "media",
  source: "RFC 2974 §3, §6; SDP: RFC 4566 §5.1, §5.2",
  ports: { udp: [9875] },
  signatures: { announcement: { over: "udp", first: [announcement] } },
  samples: {
    yes: [
      udp(client(header, "application/sdp\0", sdp)),
      udp(client(header, sdp)),
      udp(client(hex(`30 00 1a2b ${"20010db8".repeat(4)}`), "application/sdp\0", sdp)),
      udp(client(hex("20 01 1a2b c000 0207 0102 0304"), "application/sdp\0", sdp)),
    ],
    no: [
      udp(client(header, "application/sip\0", sdp)),
      udp(client(hex("20 00 1a2b c000 0207 0102 0304"), sdp)),
      udp(client(hex("40 00 1a2b c000 0207"), sdp)),
    ],
  },
});
