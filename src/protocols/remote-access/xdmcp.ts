import {
  accept,
  atEnd,
  byte,
  client,
  hex,
  not,
  oneOf,
  protocol,
  remains,
  repeat,
  run,
  server,
  set,
  sized,
  skip,
  step,
  u16,
  u8,
  udp,
  inside,
  either,
} from "../../language/vocabulary.js";

/** XDMCP §4: version 1, an operation, the length of the rest. */
const header = (...operations: number[]) => [
  u16(1),
  u16("operation", operations),
  u16("length"),
  remains("length"),
];
/** ARRAY8: a length and bytes. */
const array = [u16("size", { max: 1024 }), skip("size")];
const text = [u16("size", { min: 1, max: 255 }), inside("size", run(" -~"))];

/** Query (2), BroadcastQuery (1), IndirectQuery (3): names of ways to authenticate, mostly none (§5). */
const query = step(header(1, 2, 3), u8({ max: 16 }), repeat(0, 16, array), atEnd);
/** Willing (5): authentication, host, status. Unwilling (6): host, status. */
const willing = step(
  either([header(5), array, array, text], [header(6), array, text]),
  atEnd,
  accept,
);
/** Request (7) names the ways to authorize, Accept (8) one of them (§5, appendix A). */
const naming = step(
  header(7, 8),
  repeat(0, 255, not(oneOf("MIT-MAGIC-COOKIE-1", "XDM-AUTHORIZATION-1")), byte(set([[0, 255]]))),
  oneOf("MIT-MAGIC-COOKIE-1", "XDM-AUTHORIZATION-1"),
  accept,
);

const willingly = (...parts: string[]) => hex("0001 0005") + sized(2, ...parts);

/** XDMCP: displays look for a host to log in. */
export default protocol({
  name: "xdmcp",
  title: "X Display Manager Control Protocol",
  category: "remote-access",
  source: "X Display Manager Control Protocol, version 1.1, §4, §5, appendix A",
  ports: { udp: [177] },
  signatures: {
    query: { over: "udp", client: [query], server: [willing] },
    authorization: { over: "udp", first: [naming] },
  },
  samples: {
    yes: [
      udp(
        client(hex("0001 0002 0001 00")),
        server(willingly(hex("0000"), sized(2, "server"), sized(2, "Willing to manage"))),
      ),
      udp(
        client(
          hex("0001 0007") +
            sized(
              2,
              hex("0001 01 0000 01 0004 c0000207 0000 0000 01"),
              sized(2, "MIT-MAGIC-COOKIE-1"),
              hex("0000"),
            ),
        ),
      ),
    ],
    weak: [udp(client(hex("0001 0002 0001 00")))],
    no: [
      udp(client(hex("0001 0002 0002 00"))),
      udp(client(hex("0002 0002 0001 00")), server(willingly(hex("0000 0000 0004"), "busy"))),
      udp(client(hex("0001 0007 0004"), "MIT-")),
    ],
  },
});
