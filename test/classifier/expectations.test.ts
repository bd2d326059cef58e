/** Flows that other flows announce: who may announce what, for how long, and how much is kept. */
import { describe, expect, test } from "vitest";
import { Expectations } from "../../src/classifier/expectations.js";
import { emptyExtras } from "../../src/classifier/flow.js";
import { parseAddress } from "../../src/flows/address.js";
import type { FlowKey } from "../../src/flows/key.js";
import { catalog } from "../../src/generated/catalog.js";
import type { ClassifierEvent } from "../../src/record/events.js";
import type { FlowRecord } from "../../src/record/record.js";
import {
  classify,
  createClassifier,
  engineKinds,
  fixtureBytes,
  openBytes,
} from "../support/classifier.js";
import { ethernet, ipv4, tcp, TYPE_IPV4, udp } from "../support/packets.js";

const CLIENT = "192.0.2.1";
const SERVER = "198.51.100.2";
const OTHER = "203.0.113.9";

type End = [address: string, port: number];

const keyOf = ([addressA, portA]: End, [addressB, portB]: End, protocol = 6): FlowKey => ({
  network: addressA.includes(":") ? "ipv6" : "ipv4",
  protocol,
  addressA,
  addressB,
  portA,
  portB,
  context: 0,
});

/** A table, and short ways to teach and to ask it. */
function expecting(most = 100) {
  const table = new Expectations(catalog, most);
  return {
    table,
    says(
      protocol: string,
      facts: Record<string, string | number> | [string, string | number][],
      { flow = 1, fromB = false, seconds = 0, key = keyOf([CLIENT, 40000], [SERVER, 21]) } = {},
    ) {
      const list = Array.isArray(facts) ? facts : Object.entries(facts);
      table.learn({
        flow,
        protocol,
        key,
        fromB,
        facts: list.map(([name, value]) => [`${protocol}.${name}`, value]),
        seconds,
        nanoseconds: 0,
      });
    },
    /** The name that a new flow has, with the flow that announced it. */
    name(from: End, to: End, { protocol = 6, seconds = 1, context = 0 } = {}) {
      const extras = emptyExtras();
      const key = { ...keyOf(from, to, protocol), context };
      table.meet(
        { flow: 9, key, fromB: false, seconds, nanoseconds: 0 },
        () => extras,
        () => {},
      );
      const { session } = extras;
      return session && `${catalog.protocols[session.protocol]!.name} ${session.flow}`;
    },
  };
}

test.each([
  ["192,0,2,7", "192.0.2.7"],
  ["1080::8:800:200C:417A", "1080::8:800:200c:417a"],
  ["0:0:0:0:0:0:0:1", "::1"],
  ["::ffff:192.0.2.7", "::ffff:192.0.2.7"],
  ["::", "::"],
  ["256.0.0.1", undefined],
  ["1.2.3", undefined],
  ["1::2::3", undefined],
  ["1:2:3:4:5:6:7", undefined],
  ["1:2:3:4:5:6:7:8:9", undefined],
  ["1:2:3:4:5:6:7::8", undefined],
  ["::12345", undefined],
  [":".repeat(45), undefined],
  ["", undefined],
])("%j is the address %s", (text, address) => {
  expect(parseAddress(text)).toBe(address);
});

test("a data connection comes from the server to where the client says", () => {
  const { says, name } = expecting();
  says("ftp", { "data-address": "192,0,2,1", "data-port": "4,1" });
  expect(name([SERVER, 20], [CLIENT, 1025])).toBe("ftp-data 1");
  expect(name([OTHER, 20], [CLIENT, 1025])).toBeUndefined();
  expect(name([SERVER, 20], [CLIENT, 1026])).toBeUndefined();
  expect(name([SERVER, 20], [CLIENT, 1025], { protocol: 17 })).toBeUndefined();
  expect(name([SERVER, 20], [CLIENT, 1025], { context: 1 })).toBeUndefined();
  // Without its SYN it may be seen from the other side first.
  expect(name([CLIENT, 1025], [SERVER, 20])).toBe("ftp-data 1");
});

test.each([
  ["its own address", { "data-address": "198,51,100,2" }],
  ["none, as EPSV", {}],
  ["no host's", { "data-address": "0,0,0,0" }],
  ["one behind a translator", { "data-address": "10,0,0,7" }],
  ["a third party's", { "data-address": "203,0,113,9" }],
])("a passive server that says %s is expected at its own", (_, address) => {
  const { says, name } = expecting();
  says("ftp", { ...address, "data-port": "50018" }, { fromB: true });
  expect(name([CLIENT, 41000], [SERVER, 50018])).toBe("ftp-data 1");
  expect(name([CLIENT, 41000], [OTHER, 50018])).toBeUndefined();
});

test.each(["0", "65536", "99999", "256,1", "1,256", "", "x"])("%j is no port", (port) => {
  const { says, table } = expecting();
  says("ftp", { "data-port": port });
  expect(table.size).toBe(0);
});

test("no system port is announced but those of the announced protocol", () => {
  const { says, table, name } = expecting();
  for (const port of ["22", "443", "1023", "3,255"]) says("ftp", { "data-port": port });
  for (const port of ["53", "443", "1023"]) says("sip", { "media-port": port, "rtcp-port": port });
  says("rtsp", { "rtp-port": "53", "peer-rtp-port": "443" });
  says("h323", { "control-port": 80, "media-port": 53, "media-control-port": 443 });
  says("bittorrent", { "peer-port": 443, "listed-port": "80" });
  says("stun", { "peer-port": "53", "relayed-port": "443" });
  says("dcerpc", { "mapped-port": 445, "mapped-datagram-port": 137 });
  expect(table.size).toBe(0);
  says("ftp", { "data-port": "20" });
  says("dcerpc", { "mapped-port": 135 });
  says("ftp", { "data-port": "1024" });
  expect(table.size).toBe(3);
  // Nobody says this port: the request comes from it.
  says("tftp", { mode: "octet" }, { key: keyOf([CLIENT, 1000], [SERVER, 69], 17) });
  expect(name([SERVER, 50123], [CLIENT, 1000], { protocol: 17 })).toBe("tftp 1");
});

test("media are where a description says, of whomever it speaks", () => {
  const { says, name } = expecting();
  says("sip", [
    ["media-address", OTHER],
    ["media-port", "6000"],
    ["media-port", "6002"],
    ["media-address", CLIENT],
    ["rtcp-port", "7001"],
    ["media-port", "0"],
  ]);
  const media = { protocol: 17 };
  expect(name([SERVER, 9000], [OTHER, 6000], media)).toBe("rtp 1");
  expect(name([SERVER, 9001], [OTHER, 6001], media)).toBe("rtcp 1");
  expect(name([SERVER, 9000], [CLIENT, 6002], media)).toBe("rtp 1");
  expect(name([SERVER, 9001], [CLIENT, 7001], media)).toBe("rtcp 1");
  expect(name([SERVER, 9000], [CLIENT, 6000], media)).toBeUndefined();
  expect(name([SERVER, 9000], [OTHER, 1], media)).toBeUndefined();
});

test("RTP's port may be the last one, and RTCP has none then", () => {
  const { says, table } = expecting();
  says("sip", { "media-port": "65535" });
  expect(table.size).toBe(1);
});

test("what an end says of itself is not replaced by what others say of it", () => {
  const { says, name } = expecting();
  const call = keyOf([CLIENT, 5060], [SERVER, 5060], 17);
  says("sip", { "media-address": CLIENT, "media-port": "6000" }, { key: call });
  const liar = keyOf([OTHER, 5060], [SERVER, 5060], 17);
  says("sip", { "media-address": CLIENT, "media-port": "6000" }, { key: liar, flow: 2 });
  expect(name([SERVER, 7000], [CLIENT, 6000], { protocol: 17 })).toBe("rtp 1");
  // It may be again when that is long ago.
  says(
    "sip",
    { "media-address": CLIENT, "media-port": "6000" },
    { key: liar, flow: 2, seconds: 500 },
  );
  expect(name([SERVER, 7000], [CLIENT, 6000], { protocol: 17, seconds: 501 })).toBe("rtp 2");
});

test("an answer comes to the port that asked, from another one of the server", () => {
  const { says, name } = expecting();
  const key = keyOf([CLIENT, 40000], [SERVER, 69], 17);
  says("tftp", { mode: "octet" }, { key });
  expect(name([SERVER, 50123], [CLIENT, 40000], { protocol: 17 })).toBe("tftp 1");
  expect(name([OTHER, 50123], [CLIENT, 40000], { protocol: 17 })).toBeUndefined();
  expect(name([SERVER, 50123], [CLIENT, 40001], { protocol: 17 })).toBeUndefined();
});

test("a tracker's peers are third parties, and only who was told of them is expected there", () => {
  const { says, name } = expecting();
  const key = keyOf([CLIENT, 6881], [SERVER, 6969], 17);
  const peers: [string, number][] = [
    ["peer", 0xcb007109],
    ["peer-port", 6882],
    ["peer", 0xcb00710a],
    ["peer-port", 6883],
  ];
  says("bittorrent", peers, { key, fromB: true });
  for (const protocol of [6, 17]) {
    expect(name([CLIENT, 41000], [OTHER, 6882], { protocol })).toBe("bittorrent 1");
    expect(name([CLIENT, 41000], ["203.0.113.10", 6883], { protocol })).toBe("bittorrent 1");
    expect(name([CLIENT, 41000], [OTHER, 6883], { protocol })).toBeUndefined();
    expect(name([SERVER, 41000], [OTHER, 6882], { protocol })).toBeUndefined();
  }
});

test("nobody is expected for ever, but for as long as flows come", () => {
  const { says, name } = expecting();
  says("ftp", { "data-port": "50018" }, { fromB: true });
  const to: End = [SERVER, 50018];
  expect(name([CLIENT, 1], to, { seconds: 120 })).toBe("ftp-data 1");
  expect(name([CLIENT, 2], to, { seconds: 240 })).toBe("ftp-data 1");
  expect(name([CLIENT, 3], to, { seconds: 361 })).toBeUndefined();
  expect(name([CLIENT, 4], to, { seconds: 300 })).toBeUndefined();
});

test("the table is bounded, the oldest goes first, and each is counted", () => {
  const { table, says, name } = expecting(3);
  for (let port = 2001; port <= 2005; port++) says("ftp", { "data-port": String(port) });
  expect([table.size, table.evicted]).toEqual([3, 2]);
  expect(name([SERVER, 20], [CLIENT, 2002])).toBeUndefined();
  expect(name([SERVER, 20], [CLIENT, 2003])).toBe("ftp-data 1");
  // The same again takes no room.
  says("ftp", { "data-port": "2004" });
  expect([table.size, table.evicted]).toEqual([3, 2]);
  const none = expecting(0);
  none.says("ftp", { "data-port": "50018" });
  expect([none.table.size, none.table.evicted]).toEqual([0, 0]);
});

test("one message announces sixteen endpoints of a kind at most", () => {
  const { table, says } = expecting(1000);
  says(
    "ftp",
    Array.from({ length: 40 }, (_, index) => ["data-port", 2000 + index]),
  );
  expect(table.size).toBe(16);
});

// ── In packets ───────────────────────────────────────────────────────────────────────────────────

const segment = (from: End, to: End, text: string, sequence = 1, flags = "A") =>
  ethernet(
    TYPE_IPV4,
    ipv4(
      { protocol: 6, from: from[0], to: to[0] },
      tcp({ from: from[1], to: to[1], flags, sequence }, text),
    ),
  );
const datagram = (from: End, to: End, text: string) =>
  ethernet(
    TYPE_IPV4,
    ipv4({ protocol: 17, from: from[0], to: to[0] }, udp({ from: from[1], to: to[1] }, text)),
  );

const login = (client: End, server: End) => [
  segment(client, server, "", 0, "S"),
  segment(server, client, "", 0, "SA"),
  segment(server, client, "220 An FTP server is here\r\n", 1),
  segment(client, server, "USER me\r\n", 1),
  segment(server, client, "331 Password\r\n", 28),
  segment(client, server, "PASS me\r\n", 10),
  segment(server, client, "230 Welcome\r\n", 42),
];
const control: [End, End] = [
  [CLIENT, 40000],
  [SERVER, 2121],
];
const data: [End, End] = [
  [CLIENT, 40001],
  [SERVER, 50018],
];
const passive = (text = "227 Entering Passive Mode (198,51,100,2,195,98).\r\n") => [
  segment(control[0], control[1], "PASV\r\n", 19),
  segment(control[1], control[0], text, 55),
];
const opened = segment(data[0], data[1], "", 0, "S");

async function run(packets: readonly Uint8Array[], options = {}) {
  const records: FlowRecord[] = [];
  const events: ClassifierEvent[] = [];
  const classifier = await createClassifier({
    onRecord: (record) => records.push(record),
    onEvent: (event) => events.push(event),
    ...options,
  });
  packets.forEach((packet, index) => classifier.push(packet, { seconds: index, nanoseconds: 0 }));
  classifier.finish();
  const { counters } = classifier.summary();
  classifier.close();
  return { records: records.sort((a, b) => a.id - b.id), events, counters };
}

test.each(engineKinds)(
  "%s: a file is FTP's, by the flow that said where it would come",
  async (engine) => {
    for (const facts of [true, false]) {
      const { records, events } = await run(
        [...login(...control), ...passive(), opened, segment(...data, "just a file", 1)],
        { engine, facts },
      );
      expect(records.map(({ protocol }) => protocol)).toEqual(["ftp", "ftp-data"]);
      expect(records[1]).toMatchObject({
        stack: ["ftp-data"],
        category: "file-transfer",
        evidence: { grade: "session", bits: 0, signature: null, packet: 1, flow: 1 },
        candidates: [],
      });
      const verdicts = events.filter(({ type }) => type === "verdict");
      expect(verdicts.at(-1)).toMatchObject({
        flow: 2,
        state: "provisional",
        protocol: "ftp-data",
        evidence: { grade: "session", flow: 1 },
        seconds: 9,
      });
      expect(JSON.stringify(events)).not.toContain("data-port");
    }
  },
);

test("what payload proves is not what somebody announced", async () => {
  const { records } = await run([
    ...login(...control),
    ...passive(),
    opened,
    segment(...data, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", 1),
  ]);
  expect(records[1]).toMatchObject({
    protocol: "ssh",
    evidence: { grade: "payload", signature: "ssh/identification", flow: null },
  });
});

test("what the payload of an announced flow proves keeps its proof, and says who announced it", async () => {
  const read = "\0\x01boot.cfg\0octet\0";
  const block = (number: number) => `\0\x03\0${String.fromCharCode(number)}${"x".repeat(512)}`;
  const taken = (number: number) => `\0\x04\0${String.fromCharCode(number)}`;
  const [asker, answerer]: [End, End] = [
    [CLIENT, 40000],
    [SERVER, 50123],
  ];
  const { records } = await run([
    datagram(asker, [SERVER, 69], read),
    datagram(answerer, asker, block(1)),
    datagram(asker, answerer, taken(1)),
    datagram(answerer, asker, block(2)),
    datagram(asker, answerer, taken(2)),
    datagram(answerer, asker, block(3)),
    datagram(asker, answerer, taken(3)),
  ]);
  expect(records[1]).toMatchObject({
    protocol: "tftp",
    evidence: { grade: "payload", signature: "tftp/transfer", flow: 1 },
  });
});

test("who is not named as FTP announces nothing, whatever it says", async () => {
  const { records } = await run([...passive(), opened, segment(...data, "just a file", 1)]);
  expect(records[1]).toMatchObject({ protocol: null, evidence: { grade: "none", flow: null } });
});

/** Server's and client's words in turn, the client's first; those of one turn in a segment each. */
function conversed(...turns: (string | readonly string[])[]): Uint8Array[] {
  let [said, replied] = [19, 55];
  return turns.flatMap((turn, index) =>
    [turn].flat().map((text) => {
      const fromClient = index % 2 === 0;
      const sequence = fromClient ? said : replied;
      if (fromClient) said += text.length;
      else replied += text.length;
      return fromClient
        ? segment(control[0], control[1], text, sequence)
        : segment(control[1], control[0], text, sequence);
    }),
  );
}
const fromServer: [End, End] = [
  [SERVER, 20],
  [CLIENT, 50018],
];
const granted = "PORT 192,0,2,1,195,98\r\n";
const entering = "227 Entering (198,51,100,2,195,98).\r\n";

describe.each(engineKinds)("%s: data are announced", (engine) => {
  test.each([
    ["by a port that is granted", [granted, "200 PORT is fine\r\n"], fromServer, "ftp-data"],
    [
      "by an address that is granted",
      ["EPRT |1|192.0.2.1|50018|\r\n", "200 ok\r\n"],
      fromServer,
      "ftp-data",
    ],
    [
      "by a port behind what is said besides",
      [granted, "226 Done.\r\n200 PORT is fine\r\n"],
      fromServer,
      "ftp-data",
    ],
    ["not by a port alone", [granted], fromServer, null],
    [
      "not by a port that is refused",
      [granted, "500 No.\r\n", "NOOP\r\n", "200 ok\r\n"],
      fromServer,
      null,
    ],
    [
      "not by one that is refused at length",
      [granted, "501-No.\r\n200 is what you want\r\n501 No.\r\n"],
      fromServer,
      null,
    ],
    [
      "by an answer in several lines",
      ["pasv\r\n", `227-Well,\r\n226 here:\r\n${entering}`],
      data,
      "ftp-data",
    ],
    [
      "by commands that are sent together",
      ["TYPE I\r\nPASV\r\n", `200 Binary\r\n${entering}`],
      data,
      "ftp-data",
    ],
    ["not by an answer to nothing", ["NOOP\r\n", entering], data, null],
    ["not by the other kind of answer", ["EPSV\r\n", entering], data, null],
    ["not by a second answer", ["PASV\r\n", ["502 No.\r\n", entering]], data, null],
    [
      "not by a line within a reply",
      ["STAT\r\nPASV\r\n", `211-Files:\r\n${entering}211 End\r\n`],
      data,
      null,
    ],
    [
      "not at a system port",
      ["PASV\r\n", "227 Entering (198,51,100,2,1,187).\r\n"],
      [data[0], [SERVER, 443]],
      null,
    ],
  ] as [string, (string | string[])[], [End, End], string | null][])(
    "%s",
    async (_, turns, [from, to], protocol) => {
      const { records } = await run(
        [
          ...login(...control),
          ...conversed(...turns),
          segment(from, to, "", 0, "S"),
          segment(from, to, "just a file", 1),
        ],
        { engine },
      );
      expect(records.map((record) => record.protocol)).toEqual(["ftp", protocol]);
    },
  );
});

test("a flow that was there before is not named by what comes later", async () => {
  const { records } = await run([...login(...control), opened, ...passive()]);
  expect(records[1]!.protocol).toBeNull();
});

const ringing = (sdp: string) =>
  ["INVITE sip:b@198.51.100.2 SIP/2.0", `Content-Length: ${sdp.length}`, "", sdp].join("\r\n");
const AUDIO = "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 6000 RTP/AVP 0\r\n";

test("media may come before the call that announces them", async () => {
  const call = datagram([CLIENT, 5070], [SERVER, 5070], ringing(AUDIO));
  const sound = datagram([SERVER, 9000], [CLIENT, 6000], "comfort");
  const { records, events } = await run([sound, call, sound]);
  expect(records[0]).toMatchObject({
    protocol: "rtp",
    evidence: { grade: "session", flow: 2 },
  });
  const verdicts = events.filter(({ type }) => type === "verdict");
  expect(verdicts).toContainEqual(
    expect.objectContaining({ flow: 1, protocol: "rtp", state: "provisional", seconds: 1 }),
  );
  // What proves something else, what is over, and what came long ago stay as they are.
  const late = async (first: Uint8Array, ...between: Uint8Array[]) =>
    (await run([first, ...between, call])).records[0]!.protocol;
  expect(await late(datagram([SERVER, 9000], [CLIENT, 6002], "comfort"))).toBeNull();
  const quiet = Array.from({ length: 130 }, () => datagram([OTHER, 53], [SERVER, 9], "x"));
  expect(await late(sound, ...quiet)).toBeNull();
});

test("candidates of ICE are announced as what their medium speaks", async () => {
  const candidate = (component: number, port: number) =>
    `a=candidate:1 ${component} UDP 2130706431 192.0.2.1 ${port} typ host\r\n`;
  const description = [
    "v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n",
    candidate(1, 6010),
    candidate(2, 6011),
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
    candidate(1, 6012),
  ].join("");
  const { records } = await run([
    datagram([CLIENT, 5070], [SERVER, 5070], ringing(description)),
    ...[6010, 6011, 6012].map((port) => datagram([OTHER, 9000], [CLIENT, port], "comfort")),
  ]);
  expect(records.map(({ protocol }) => protocol)).toEqual(["sip", "rtp", "rtcp", "dtls"]);
});

test("call signalling of H.323 tells where its control channel is, and that where media are", async () => {
  const text = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex").toString("latin1");
  const packet = (body: string) => `\x03\0\0${String.fromCharCode(body.length + 4)}${body}`;
  const setup = text(
    "0802 1a2b 05 7e 0031 05 20 80 06 0008914a0004 22c0 b5000012 0041 0042" + "00".repeat(27),
  );
  const connect = text("0802 9a2b 07 7e 0013 05 22 40 06 0008914a0004 00 c6336402 2af9 0200 00");
  const capabilities = text("02 7001 06 0008 8175 0007 0000 00");
  const channel = text("22c0 0000 0480 10 1c0000 c6336402 1388 00 c6336402 1389");
  const [asker, answerer]: [End, End] = [
    [CLIENT, 40000],
    [SERVER, 1720],
  ];
  const h245: [End, End] = [
    [CLIENT, 40001],
    [SERVER, 11001],
  ];
  const { records } = await run([
    segment(asker, answerer, "", 0, "S"),
    segment(answerer, asker, "", 0, "SA"),
    segment(asker, answerer, packet(setup), 1),
    segment(answerer, asker, packet(connect), 1),
    segment(...h245, "", 0, "S"),
    segment(h245[1], h245[0], "", 0, "SA"),
    segment(...h245, packet(capabilities), 1),
    segment(h245[1], h245[0], packet(capabilities), 1),
    segment(h245[1], h245[0], packet(channel), 1 + capabilities.length + 4),
    datagram([CLIENT, 9000], [SERVER, 5000], "comfort"),
    datagram([CLIENT, 9001], [SERVER, 5001], "goodbye"),
  ]);
  expect(records.map(({ protocol, evidence: { flow } }) => [protocol, flow])).toEqual([
    ["h323", null],
    ["h323", 1],
    ["rtp", 2],
    ["rtcp", 2],
  ]);
});

test.each([
  ["dcerpc/samba.pcap", 49153, { protocol: "dcerpc", evidence: { grade: "payload" } }, 135],
  ["bittorrent/aria2-http.pcap", 6881, { protocol: "bittorrent" }, 6969],
  ["stun/coturn-turn-udp.pcap", 3480, { protocol: "stun", evidence: { grade: "session" } }, 3478],
  ["stun/coturn-turn-tcp.pcap", 3480, { protocol: "stun", evidence: { grade: "session" } }, 3478],
])("in %s the flow to port %i says who announced it", async (file, port, expected, announcer) => {
  for (const engine of engineKinds) {
    const records: FlowRecord[] = [];
    for await (const record of classify(openBytes(fixtureBytes(file)), { engine, facts: false })) {
      records.push(record);
    }
    const announced = records.find(({ server }) => server.port === port)!;
    expect(announced).toMatchObject(expected);
    const who = records.find(({ id }) => id === announced.evidence.flow);
    expect(who?.server.port).toBe(announcer);
  }
});

test("flows under way are kept in a bounded table, the newest of each end", () => {
  const told: number[] = [];
  const table = new Expectations(catalog, 4);
  const begins = (flow: number, port: number, seconds = 0) =>
    table.meet(
      {
        flow,
        key: keyOf([OTHER, 20000 + flow], [CLIENT, port], 17),
        fromB: false,
        seconds,
        nanoseconds: 0,
      },
      emptyExtras,
      () => told.push(flow),
    );
  const announces = (port: number, seconds = 1) =>
    table.learn({
      flow: 99,
      protocol: "sip",
      key: keyOf([CLIENT, 5060], [SERVER, 5060], 17),
      fromB: false,
      facts: [
        ["sip.media-address", CLIENT],
        ["sip.media-port", String(port)],
      ],
      seconds,
      nanoseconds: 0,
    });
  begins(1, 6000);
  begins(2, 6000);
  announces(6000);
  announces(6000);
  expect(told).toEqual([2]);
  for (const flow of [3, 4, 5]) begins(flow, 7000 + 10 * flow);
  for (const flow of [3, 4, 5]) announces(7000 + 10 * flow);
  expect(told).toEqual([2, 4, 5]);
});

test("announcements beyond the limit are counted", async () => {
  const { counters, records } = await run(
    [
      ...login(...control),
      segment(control[0], control[1], "EPSV\r\n", 19),
      segment(control[1], control[0], "229 Extended (|||50018|)\r\n", 55),
      segment(control[0], control[1], "EPSV 1\r\n", 25),
      segment(control[1], control[0], "229 Extended (|||50019|)\r\n", 81),
      opened,
    ],
    { maxExpectations: 1 },
  );
  expect(counters.expectationsEvicted).toBe(1);
  expect(records[1]!.protocol).toBeNull();
});

test("a call names its media", async () => {
  const invite = [
    "INVITE sip:b@198.51.100.2 SIP/2.0",
    "Content-Length: 62",
    "",
    "v=0",
    "c=IN IP4 192.0.2.1",
    "m=audio 6000 RTP/AVP 0",
    "a=rtcp:7001",
    "",
  ].join("\r\n");
  const { records } = await run([
    datagram([CLIENT, 5070], [SERVER, 5070], invite),
    datagram([SERVER, 9000], [CLIENT, 6000], "comfort"),
    datagram([SERVER, 9001], [CLIENT, 7001], "goodbye"),
    datagram([SERVER, 9001], [CLIENT, 6002], "nothing"),
  ]);
  expect(records.map(({ protocol, evidence: { flow } }) => [protocol, flow])).toEqual([
    ["sip", null],
    ["rtp", 1],
    ["rtcp", 1],
    [null, null],
  ]);
});
