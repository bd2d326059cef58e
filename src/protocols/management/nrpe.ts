import {
  type Word,
  accept,
  byte,
  client,
  either,
  hex,
  oneOf,
  protocol,
  run,
  server,
  skip,
  step,
  tcp,
  textual,
  u16,
  u32,
  visible,
} from "../../language/vocabulary.js";

/**
 * NRPE protocol: version, kind (1 asks, 2 answers), checksum, result; version 2 has a buffer of 1,024 bytes, versions 3 and 4
 * two zeros and the buffer's length.
 */
const head = (kind: number, result: Word) =>
  either(
    [u16(2), u16(kind), skip(4), result],
    [u16([3, 4]), u16(kind), skip(4), result, u16(0), u32({ min: 2, max: 0xffff })],
  );
/** Plug-ins are called check_… by custom; _NRPE_CHECK asks for the version. */
const asks = step(head(1, skip(2)), oneOf("check_", "_NRPE_CHECK"), accept);
const query = step(head(1, skip(2)), run(visible, { min: 2, max: 255 }), byte("\0 !"), accept);
/** OK, warning, critical, unknown; then a line of text. */
const answer = step(head(2, u16({ max: 3 })), run(textual, { min: 4, max: 255 }), accept);

const NONE = "\0";
const packet = (kind: string, result: string, text: string) =>
  hex(`0002 ${kind} 5e3a91b2 ${result}`) + text.padEnd(1024, NONE) + NONE.repeat(2);

/** NRPE without TLS: Nagios runs checks on other hosts. */
export default protocol({
  name: "nrpe",
  title: "Nagios Remote Plugin Executor",
  category: "management",
  source:
    "A. Marschke, NRPE PROTOCOL (Nagios-NRPE, share/protocol-nrpe.md; http://search.cpan.org/src/MICKE/Nagios-NRPE-1.0.3/share/protocol-nrpe.md)",
  ports: { tcp: [5666] },
  signatures: {
    check: { over: "tcp", client: [asks] },
    exchange: { over: "tcp", client: [query], server: [answer], both: true },
  },
  samples: {
    yes: [
      tcp(
        client(packet("0001", "0000", "check_users")),
        server(packet("0002", "0000", "USERS OK - 2 users currently logged in")),
      ),
      tcp(
        client(hex("0003 0001 5e3a91b2 0000 0000 00000400"), "load_all\0".padEnd(1024, NONE)),
        server(
          hex("0003 0002 5e3a91b2 0001 0000 00000020"),
          "WARNING - load is 7".padEnd(32, NONE),
        ),
      ),
    ],
    no: [
      tcp(client(packet("0003", "0000", "check_users"))),
      tcp(client(hex("0005 0001 5e3a91b2 0000 0000 00000400"), "check_users\0")),
      tcp(client(packet("0001", "0000", "load")), server("NRPE v2.15")),
    ],
  },
});
