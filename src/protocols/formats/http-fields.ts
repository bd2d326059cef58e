import {
  blank,
  blanks,
  byte,
  capture,
  either,
  headersBefore,
  lineEnd,
  nocase,
  not,
  opt,
  run,
  type Word,
} from "../../language/vocabulary.js";

/** RFC 9110 §5.6.2, and the colon right behind it (RFC 9112 §5.1); or a line that goes on (§5.2). */
const field = either([run("!#$%&'*+.^_`|~0-9A-Za-z-", { max: 8192 }), ":"], byte(blanks));

/** Fields of HTTP/1: a line that is none ends them, because readers do not agree on what it means. */
export const httpFields = (known: Readonly<Record<string, Word>>) =>
  headersBefore(not(field), known);

const host = capture("host", run("0-9A-Za-z._:[]-"));
/** `there` comes next, and is not taken. */
const before = (there: Word) => not(not(there));

/** RFC 9110 §7.2: a host, a port, and nothing else. */
export const hostValue = [host, blank, before(lineEnd)];

/** The beginning of a target in absolute form (RFC 9112 §3.2.2), up to its path: the host that it names counts, not that of the field. */
export const absoluteForm = [
  either(nocase("http://"), nocase("https://")),
  opt(run("!$&'()*+,;=:%._~0-9A-Za-z-"), "@"),
  host,
  before(byte(" /?#")),
];
