/** What a flow carries stands in its stack behind its protocol, whatever the mask, the engine and the pieces are. */
import { expect, test } from "vitest";
import { protocols } from "../../src/generated/protocols.js";
import {
  answeredTlsSample,
  startedTlsInTwo,
  startedTlsSample,
} from "../../src/protocols/formats/tls-hello.js";
import type { FlowRecord } from "../../src/record/index.js";
import { classify, engineKinds } from "../support/classifier.js";
import { packetsOf } from "../support/conversations.js";
import { openBytes } from "../../src/sources/bytes.js";
import { pcapFile } from "../support/packets.js";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import type { Message } from "../../src/language/definition.js";

const { client, server } = {
  client: (bytes: string): Message => ({ from: "client", bytes }),
  server: (bytes: string): Message => ({ from: "server", bytes }),
};

const smtp = [
  server("220 mx.example.org ESMTP\r\n"),
  client("EHLO client.example.net\r\n"),
  server("250 STARTTLS\r\n"),
  client("STARTTLS\r\n"),
  server("220 Go ahead\r\n"),
];
const socks = [
  client("\x05\x01\x00"),
  server("\x05\x00"),
  client("\x05\x01\x00\x03\x0fwww.example.org\x01\xbb"),
  server("\x05\x00\x00\x01\0\0\0\0\0\0"),
];
const connect = [
  client("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n"),
  server("HTTP/1.1 200 OK\r\n\r\n"),
];

async function recordOf(messages: Message[], options: ClassifierOptions): Promise<FlowRecord> {
  const capture = pcapFile(packetsOf({ transport: "tcp", messages }, 9).map((data) => ({ data })));
  for await (const record of classify(openBytes(capture), options)) return record;
  throw new Error("no flow");
}

for (const engine of engineKinds) {
  test.each([
    ["smtp", "smtp", smtp],
    ["socks", "socks", socks],
    // A proxy's tunnel: nothing but what it carries.
    ["http", "tls", connect],
  ])(`%s, then TLS (${engine})`, async (name, protocol, opening) => {
    for (const hello of [startedTlsSample, startedTlsInTwo]) {
      for (const facts of [true, false, ["tls.sni"]]) {
        const record = await recordOf([...opening, client(hello)], { engine, facts });
        expect([record.protocol, record.stack]).toEqual([protocol, [name, "tls"]]);
        const sni = facts === false ? undefined : "example.org";
        expect(record.facts["tls.sni"]).toBe(sni);
        expect(Object.keys(record.facts).filter((key) => key.includes("carried"))).toEqual([]);
      }
    }
    const plain = await recordOf([...opening, client("\x17\x03\x03\x00\x05hello")], { engine });
    expect(plain.stack).toEqual([name]);
  });
}

/** Behind a PROXY header the server's side is TLS and nothing else, which two protocols name: that is no sample of one. */
const proxied = [client("PROXY UNKNOWN\r\n"), client(startedTlsSample), server(answeredTlsSample)];
/** Of every protocol that may carry TLS: what is said where the server answers with a hello. */
const answered = protocols
  .filter(({ facts = {} }) => Object.values(facts).some(({ carries }) => carries === "tls"))
  .map(({ name, samples: { yes = [] } = {} }) => ({
    name,
    conversations: [
      ...yes.map(({ messages }) => messages),
      ...(name === "haproxy-protocol" ? [proxied] : []),
    ].filter((messages) => messages.at(-1)!.bytes === answeredTlsSample),
  }));

test.each(answered)("$name tells what the server chose", async ({ name, conversations }) => {
  expect(conversations).not.toEqual([]);
  for (const messages of conversations) {
    const record = await recordOf([...messages], {});
    expect([record.protocol, record.stack]).toEqual([name, [name, "tls"]]);
    expect(record.facts).toMatchObject({
      "tls.sni": "example.org",
      "tls.version": "TLS 1.2",
      "tls.cipher": 0xc02f,
      "tls.ja3s": expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  }
});

test("what is carried is a protocol", () => {
  const names = new Set(protocols.map(({ name }) => name));
  const carried = protocols.flatMap(({ facts = {} }) =>
    Object.values(facts).flatMap(({ carries }) => carries ?? []),
  );
  expect(carried.length).toBeGreaterThan(0);
  for (const name of carried) expect(names).toContain(name);
});
