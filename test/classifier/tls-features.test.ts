/** What a ClientHello says its connection is about to do: tickets, early data, an encrypted hello behind an outer name. */
import { expect, test } from "vitest";
import { client, hex, noise, sized } from "../../src/language/vocabulary.js";
import { openBytes } from "../../src/sources/bytes.js";
import { classify } from "../support/classifier.js";
import { packetsOf } from "../support/conversations.js";
import { pcapFile } from "../support/packets.js";

const extension = (type: string, body: string) => hex(type) + sized(2, body);
const OUTER = extension("0000", sized(2, `\0${sized(2, "outer.example.net")}`));

/** RFC 8446 §4.1.2. */
const helloWith = (...extensions: string[]) => {
  const body =
    hex("0303") +
    noise(32) +
    sized(1) +
    sized(2, hex("1301 1302")) +
    sized(1, hex("00")) +
    sized(2, ...extensions);
  return hex("16 0301") + sized(2, hex("01") + sized(3, body));
};

async function featuresOf(...extensions: string[]) {
  const messages = [client(helloWith(OUTER, ...extensions))];
  const capture = pcapFile(packetsOf({ transport: "tcp", messages }, 9).map((data) => ({ data })));
  for await (const { facts } of classify(openBytes(capture))) {
    return [facts["tls.sni"], facts["tls.features"]];
  }
  return [];
}

/** RFC 9849 §5: ClientHelloOuter, its cipher suite, configuration, key and payload. */
const ech = extension("fe0d", hex("00 0001 0001 07") + sized(2, noise(32)) + sized(2, noise(144)));

test.each([
  ["an encrypted hello: the name is the outer one", [ech], ["ech"]],
  // draft-ietf-tls-esni-02 §4.1.
  ["an encrypted name", [extension("ffce", hex("1301 001d") + noise(36))], ["esni"]],
  // RFC 5077 §3.2.
  ["a ticket, empty or not", [extension("0023", noise(160))], ["session-ticket"]],
  // RFC 8446 §4.2.10, §4.2.11: the last extension holds identities and binders.
  [
    "early data under a ticket of TLS 1.3",
    [
      extension("002a", ""),
      extension("0029", sized(2, sized(2, noise(80)), noise(4)) + sized(2, sized(1, noise(32)))),
    ],
    ["early-data", "pre-shared-key"],
  ],
  ["none of these", [], undefined],
])("%s", async (_, extensions, features) => {
  expect(await featuresOf(...extensions)).toEqual(["outer.example.net", features]);
});
