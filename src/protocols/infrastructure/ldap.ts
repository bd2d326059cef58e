import {
  accept,
  ber,
  berLength,
  client,
  either,
  hex,
  noise,
  numbered,
  numberFact,
  opt,
  oneOfNocase,
  protocol,
  report,
  server,
  skip,
  step,
  tcp,
  u8,
  udp,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

/** RFC 4511 §4.2 … §4.12: application tags. */
const OPERATION_NAMES = numbered(`
  96 bind, 97 bind-response, 66 unbind, 99 search, 100 search-entry, 101 search-done, 102 modify,
  103 modify-response, 104 add, 105 add-response, 74 delete, 107 delete-response, 108 rename,
  109 rename-response, 110 compare, 111 compare-response, 80 abandon, 115 search-reference,
  119 extended, 120 extended-response, 121 intermediate
`);

const OCTETS = 4;
const SEQUENCE = 0x30;
/** §4.1.1: a message id of at most 31 bits. */
const id = [u8(2), u8("width", { min: 1, max: 4 }), skip("width")];
const number = (name: string) => [u8(2), u8(name, { min: 1, max: 5 }), skip(name)];
const octets = (name: string) => [ber(OCTETS, name), skip(name)];
const operation = (...tags: number[]) => [u8("operation", tags), berLength("size")];

/** §4.2: version 2 or 3, a name, then a password or SASL; Active Directory has three more ways (MS-ADTS §5.1.1.1). */
const bind = [
  operation(0x60),
  hex("0201"),
  u8([2, 3]),
  octets("name"),
  u8([0x80, 0xa3, 0x89, 0x8a, 0x8b]),
];
/** §4.5.1: base, scope, aliases, limits, types only, and a filter (§4.5.1.7). */
const search = [
  operation(0x63),
  octets("base"),
  hex("0a01"),
  u8({ max: 3 }),
  hex("0a01"),
  u8({ max: 3 }),
  number("most"),
  number("longest"),
  hex("0101"),
  u8([0, 1, 0xff]),
  u8([0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0x87, 0xa8, 0xa9]),
];
/** §4.12: the name of the operation, an OID in digits. */
const extended = [operation(0x77), u8(0x80), u8("oid", { min: 3, max: 64 }), "1.", skip(1)];
/** §4.6 … §4.11: a name, then changes, attributes, a new name or an assertion; a name alone is deleted, a number abandoned. */
const changing = [
  operation(0x66, 0x68, 0x6e),
  octets("name"),
  u8(SEQUENCE),
  berLength("list"),
  u8([SEQUENCE, OCTETS]),
];
const renaming = [operation(0x6c), octets("name"), octets("new"), hex("0101"), u8([0, 1, 0xff])];
const deleting = [
  operation(0x4a),
  oneOfNocase("cn=", "ou=", "uid=", "dc=", "o=", "<GUID="),
  skip(1),
];
/** §4.1.9: a result code below 124 (or 4096), a name, a message. */
const result = [
  operation(0x61, 0x65, 0x67, 0x69, 0x6b, 0x6d, 0x6f, 0x78),
  hex("0a01"),
  u8({ max: 123 }),
  octets("matched"),
  octets("message"),
];
/** §4.5.2: an entry's name and its attributes, or where else to look. */
const entry = [operation(0x64), octets("name"), u8(SEQUENCE), berLength("attributes")];
const reference = [operation(0x73), u8(OCTETS), berLength("uri"), "ldap"];

const message = (...operations: Parameters<typeof either>) =>
  step(ber(SEQUENCE, "length"), id, either(...operations), accept, report("operation"));

/** §4.3: that a session ends, and nothing else: all that a connection may hold. */
const unbind = step(hex("3005 0201"), u8({ min: 1, max: 0x7f }), hex("4200"), accept);

const asks = message(bind, search, extended, changing, renaming, deleting);
/** §4.14.1: StartTLS; then the client speaks TLS. */
const startTls = step(
  ber(SEQUENCE, "n"),
  id,
  u8("operation", 0x77),
  berLength("n"),
  hex("80 16"),
  "1.3.6.1.4.1.1466.20037",
  accept,
  report("operation"),
  startedTls,
);
/** §4.14.2: that it begins; the name of the operation may be repeated. */
const startsTls = step(
  accept,
  ber(SEQUENCE, "n"),
  id,
  u8("operation", 0x78),
  berLength("n"),
  hex("0a01 00"),
  octets("n"),
  octets("n"),
  opt(hex("8a16"), "1.3.6.1.4.1.1466.20037"),
  answeredTls,
);
const answers = message(result, entry, reference);

const bound = hex("300c 020101 6007 020103 0400 8000");
const granted = hex("300c 020101 6107 0a0100 0400 0400");
const searching =
  hex("3029 020102 6324 0400 0a0100 0a0100 020100 020100 010100 870b") +
  "objectclass" +
  hex("3000");
const ping =
  hex("3084 0000002f 020101 6384 00000026 0400 0a0100 0a0100 020100 020100 010100 a00b") +
  hex("a309 0405") +
  "NtVer" +
  hex("0400") +
  hex("300a 0408") +
  "Netlogon";
const found =
  hex("3016 020101 6411 0400 300d 300b 0402") +
  "cn" +
  hex("3105 0403") +
  "dc1" +
  hex("300c 020101 6507 0a0100 0400 0400");

/** LDAP, and CLDAP over UDP. */
export default protocol({
  name: "ldap",
  title: "Lightweight Directory Access Protocol",
  category: "infrastructure",
  source: "RFC 4511 §4, §5.1; RFC 1798 (CLDAP); X.690 §8.1",
  ports: { tcp: [389, 3268], udp: [389] },
  signatures: {
    request: { over: ["tcp", "udp"], client: [asks] },
    "start-tls": { over: "tcp", first: [startTls], reply: [startsTls] },
    unbind: { over: "tcp", client: [unbind] },
    response: { over: ["tcp", "udp"], server: [answers] },
  },
  facts: { operation: numberFact("D5", { names: OPERATION_NAMES }), ...startedTlsFacts },
  samples: {
    yes: [
      tcp(
        client(hex("301d 020101 7718 8016"), "1.3.6.1.4.1.1466.20037"),
        server(hex("300c 020101 7807 0a0100 0400 0400")),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(client(bound, searching), server(granted)),
      tcp(client(searching)),
      tcp(
        client(
          hex("3036 020103 6631 0417"),
          "uid=bob,dc=example,dc=o",
          hex("3016 3014 0a0102 300f 0402"),
          "sn",
          hex("3109 0407"),
          "Builder",
        ),
      ),
      tcp(client(hex("301c 020104 4a17"), "uid=bob,dc=example,dc=o")),
      tcp(
        client(
          hex("302b 020105 6c26 0417"),
          "uid=bob,dc=example,dc=o",
          hex("0408"),
          "uid=robx",
          hex("0101 ff"),
        ),
      ),
      tcp(server(granted)),
      tcp(client(hex("3005 020103 4200"))),
      tcp(client(hex("301d 020101 7718 8016"), "1.3.6.1.4.1.1466.20037")),
      udp(client(ping), server(found)),
    ],
    no: [
      tcp(client(hex("3005 020103 4201"))),
      tcp(client(bound.replace("\x60", "\x68"))),
      tcp(client(bound.replace("\x02\x01\x03", "\x02\x01\x05"))),
      udp(client(hex("3026 020101 0406"), "public", hex("a019 02012a 020100 020100"), noise(14))),
      tcp(server(granted.replace("\x0a\x01\0", "\x0a\x02\0"))),
    ],
  },
});
