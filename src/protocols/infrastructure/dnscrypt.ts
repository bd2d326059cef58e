import {
  accept,
  byte,
  capture,
  client,
  digits,
  dnsName,
  encrypted,
  hex,
  nameFact,
  nocase,
  noise,
  protocol,
  remember,
  repeats,
  room,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

const half = (name: string) => u32(name);

/** §"Client Queries": the magic number of the resolver's certificate, a public key of 32 bytes, half a nonce of 12. */
const asks = [
  skip(8),
  encrypted,
  encrypted,
  half("nonce"),
  remember("nonce"),
  half("nonce-end"),
  remember("nonce-end"),
];
/** §"Resolver Responses": a fixed magic number, and the nonce, which begins with the client's. */
const answers = [
  "r6fnvWj8",
  half("nonce"),
  repeats("nonce"),
  half("nonce-end"),
  repeats("nonce-end"),
];
/** Over TCP a message has its length in front; what is encrypted is padded to 64 bytes at least, with 16 of its tag. */
const size = u16({ min: 8 + 24 + 80 });

/** ANONYMIZED-DNSCRYPT §"Anonymized DNSCrypt": in front of a query for a relay, a magic number, and the resolver's address and port. */
const toRelay = [hex("ffff ffff ffff ffff 0000"), skip(16), u16({ min: 1 })];

/**
 * §"Certificates": a session begins with a question in plain DNS for a text under the provider's name; a label in front says
 * the protocol's version.
 */
const certificate = (first: readonly number[]) => [
  skip(2),
  u8(first),
  u8(),
  u16(1),
  skip(6),
  capture(
    "provider",
    "\x01",
    byte(digits),
    "\x0d",
    nocase("dnscrypt-cert"),
    dnsName({ pointers: false }),
  ),
  u16(16),
  u16(1),
  accept,
];
const asksForCertificate = certificate([0, 1]);
const tellsCertificate = certificate([0x80, 0x81, 0x83, 0x84, 0x85, 0x87]);
const plain = ["dns/query", "dns/response", "dns/damaged"];
const plainTcp = ["dns/tcp-query", "dns/tcp-response"];

const question =
  hex("0001 0000 0000 0000 01") +
  "2" +
  sized(1, "dnscrypt-cert") +
  sized(1, "example") +
  sized(1, "org") +
  hex("00 0010 0001");
const header = question.slice(8);
const certificateQuery = hex("3d4e 0100") + question;
const certificateAnswer =
  hex("3d4e 8180 0001 0001 0000 0000") +
  header +
  hex("c00c 0010 0001 00000e10") +
  sized(2, sized(1, "DNSC", hex("0002 0000"), noise(116, 9)));

/** DNSCrypt version 2. A query alone looks like random bytes. */
export default protocol({
  name: "dnscrypt",
  title: "DNSCrypt",
  category: "infrastructure",
  source: "draft-denis-dprive-dnscrypt-08 §4, §5, §8; DNSCrypt, ANONYMIZED-DNSCRYPT",
  ports: { tcp: [443], udp: [443] },
  signatures: {
    exchange: {
      over: "udp",
      client: [step(room({ min: 256 }), asks, accept)],
      server: [step(answers, accept)],
    },
    "tcp-exchange": {
      over: "tcp",
      client: [step(size, asks, accept)],
      server: [step(size, answers, accept)],
    },
    relayed: {
      over: "udp",
      client: [step(room({ min: 256 }), toRelay, asks, accept)],
      server: [step(answers, accept)],
    },
    "certificate-query": { over: "udp", client: [step(asksForCertificate)], implies: plain },
    certificate: { over: "udp", server: [step(tellsCertificate)], implies: plain },
    "tcp-certificate-query": {
      over: "tcp",
      client: [step(skip(2), asksForCertificate)],
      implies: plainTcp,
    },
    "tcp-certificate": {
      over: "tcp",
      server: [step(skip(2), tellsCertificate)],
      implies: plainTcp,
    },
  },
  facts: { provider: nameFact("D4") },
  samples: {
    yes: [
      udp(client(noise(256)), server("r6fnvWj8", noise(256).slice(40, 52), noise(200, 3))),
      udp(server("r6fnvWj8", noise(212, 3))),
      tcp(
        client(sized(2, noise(256))),
        server(sized(2, "r6fnvWj8", noise(256).slice(40, 52), noise(200, 3))),
      ),
      udp(
        client(hex("ffff ffff ffff ffff 0000"), noise(16, 2), hex("01bb"), noise(256)),
        server("r6fnvWj8", noise(256).slice(40, 52), noise(200, 3)),
      ),
      udp(client(certificateQuery), server(certificateAnswer)),
      udp(client(certificateQuery.replace("dnscrypt-cert", "DnsCrypt-Cert"))),
      tcp(client(sized(2, certificateQuery)), server(sized(2, certificateAnswer))),
    ],
    no: [
      udp(client(noise(256)), server("r6fnvWj9", noise(256).slice(40, 52), noise(200, 3))),
      udp(client(noise(256)), server("r6fnvWj8", noise(212, 3))),
      tcp(client(sized(2, noise(256))), server(sized(2, "r6fnvWj8", noise(212, 3)))),
      udp(client(certificateQuery.replace("dnscrypt-cert", "dnscrypt-cart"))),
      udp(client(certificateQuery.slice(0, -4) + hex("0001 0001"))),
    ],
  },
});
