import {
  accept,
  byte,
  client,
  digits,
  either,
  hex,
  protocol,
  server,
  step,
  tcp,
  u16le,
} from "../../language/vocabulary.js";

/** Messenger v1: "ceph v" and three digits; v2: "ceph v2", a line end, the length (16) of two sets of features. */
const banner = step(
  "ceph v",
  either(["0", byte(digits), byte(digits)], ["2\n", u16le({ min: 16, max: 64 })]),
  accept,
);

/** Ceph's messenger protocols. Both sides send a banner first. */
export default protocol({
  name: "ceph",
  title: "Ceph messenger",
  category: "file-sharing",
  source: 'Ceph documentation: dev/network-protocol "Banner", dev/msgr2 "Banner"',
  ports: { tcp: [3300, 6789] },
  signatures: { banner: { over: "tcp", client: [banner], server: [banner] } },
  samples: {
    yes: [
      tcp(
        server("ceph v027", hex("00000000 00000000 0002 1a85 c0000207")),
        client("ceph v027", "\0\0\0\0"),
      ),
      tcp(client("ceph v2\n", hex("1000 0300000000000000 0000000000000000"))),
    ],
    no: [tcp(client("ceph v1\n")), tcp(client("cephx v027"))],
  },
});
