/**
 * A tunnel changes nothing of what it carries: one conversation, plain and inside tunnels of every kind,
 * has the same name and the same facts; and what carries it keeps its own flow.
 */
import { expect, test } from "vitest";
import { type FlowRecord, TUNNEL_TYPES } from "../../src/record/index.js";
import { openBytes } from "../../src/sources/bytes.js";
import { classify, engineKinds } from "../support/classifier.js";
import { packetsOf } from "../support/conversations.js";
import * as build from "../support/packets.js";
import { bytes, ethernet, hex, ipv4, ipv6, pcapFile, udp, type Bytes } from "../support/packets.js";

const { TYPE_IPV4, TYPE_VLAN } = build;

/** Ethernet frames of IPv4. */
const conversation = packetsOf(
  {
    transport: "tcp",
    messages: [
      { from: "client", bytes: "GET /index.html HTTP/1.1\r\nHost: www.example\r\n\r\n" },
      { from: "server", bytes: "HTTP/1.1 200 OK\r\nServer: test\r\nContent-Length: 2\r\n\r\nok" },
    ],
  },
  8080,
);
const packetOf = (frame: Bytes) => frame.slice(14);

interface Carrier {
  name: string;
  /** Puts an Ethernet frame of IPv4 into another. */
  wrap: (frame: Bytes) => Bytes;
  tunnels: string[];
}

const outer = { from: "203.0.113.1", to: "203.0.113.2" };
const onIp = (protocol: number, payload: Bytes) =>
  ethernet(TYPE_IPV4, ipv4({ ...outer, protocol }, payload));
const onUdp = (to: number, payload: Bytes) => onIp(17, udp({ to }, payload));
const overIp = (
  type: string,
  protocol: number,
  wrap: (frame: Bytes) => Bytes,
  vni = 0,
): Carrier => ({
  name: type,
  wrap: (frame) => onIp(protocol, wrap(frame)),
  tunnels: [`${type} ${vni}`],
});
const overUdp = (type: string, port: number, wrap: (frame: Bytes) => Bytes, vni = 0): Carrier => ({
  name: type,
  wrap: (frame) => onUdp(port, wrap(frame)),
  tunnels: [`${type} ${vni}`],
});
const pppOf = (frame: Bytes) => bytes(hex("ff03"), build.ppp(build.PPP_IPV4, packetOf(frame)));
const teredoAddress = "2001:0:cb00:7101::1";

const carriers: Carrier[] = [
  overIp("ipip", 4, packetOf),
  {
    ...overIp("ipv6-in-ip", 41, (frame) => ipv6({ next: 4 }, packetOf(frame))),
    tunnels: ["ipv6-in-ip 0", "ipip 0"],
  },
  overIp("gre", 47, (frame) => build.gre(TYPE_IPV4, { key: 77 }, packetOf(frame)), 77),
  overIp(
    "erspan",
    47,
    (frame) => build.gre(0x88be, { sequence: 1 }, hex("1001 0005 00000000"), frame),
    5,
  ),
  overIp("pptp", 47, (frame) => {
    const payload = pppOf(frame);
    return bytes(hex("3001 880b"), build.be16(payload.length), hex("0001 00000001"), payload);
  }),
  overIp("etherip", 97, (frame) => bytes(hex("3000"), frame)),
  overIp("l2tpv3", 115, (frame) => bytes(hex("00000009 00112233"), frame)),
  overIp("mpls-in-ip", 137, (frame) => build.mpls([20], packetOf(frame))),
  overUdp("l2tp", 1701, (frame) => bytes(hex("0002 0001 0002"), pppOf(frame))),
  overUdp("vxlan", 4789, (frame) => build.vxlan(4097, frame), 4097),
  overUdp("vxlan-gpe", 4790, (frame) => bytes(hex("0c000001 00000900"), packetOf(frame)), 9),
  overUdp("geneve", 6081, (frame) => build.geneve(8, build.TYPE_ETHERNET, [], frame), 8),
  overUdp("gtp", 2152, (frame) => build.gtp(0, [], packetOf(frame))),
  {
    ...overUdp("teredo", 3544, (frame) => ipv6({ next: 4, from: teredoAddress }, packetOf(frame))),
    tunnels: ["teredo 0", "ipip 0"],
  },
  overUdp("tzsp", 37008, (frame) => bytes(hex("0100 0001 01"), frame)),
  overUdp("capwap", 5247, (frame) => bytes(hex("00100000 00000000"), frame)),
];

const nameOf = ({ type, vni }: FlowRecord["tunnels"][number]) => `${type} ${vni}`;

async function recordsOf(frames: readonly Bytes[], engine: (typeof engineKinds)[number]) {
  const records: FlowRecord[] = [];
  const capture = pcapFile(frames.map((data, index) => ({ data, sec: index + 1 })));
  for await (const record of classify(openBytes(capture), { engine })) records.push(record);
  return records;
}

/** What must be the same: all but numbers, sizes, and where it was. */
const essence = (record: FlowRecord) => ({ ...record, id: 0, bytes: 0, tunnels: [], vlan: [] });

test("every kind of tunnel is tried", () => {
  expect(carriers.map(({ name }) => name).toSorted()).toEqual([...TUNNEL_TYPES].toSorted());
});

for (const engine of engineKinds) {
  test.each(carriers)(`${engine}: $name`, async ({ wrap, tunnels }) => {
    const [plain] = await recordsOf(conversation, engine);
    expect(plain).toMatchObject({ protocol: "http", facts: { "http.host": "www.example" } });
    const records = await recordsOf(
      conversation.map((frame) => wrap(frame)),
      engine,
    );
    expect(records).toHaveLength(tunnels.length + 1);
    const inner = records.find((record) => record.tunnels.length === tunnels.length)!;
    expect(inner.tunnels.map(nameOf)).toEqual(tunnels);
    expect(essence(inner)).toEqual(essence(plain!));
    const carrying = records.filter((record) => record !== inner);
    expect(carrying.map((record) => record.tunnels.length).toSorted()).toEqual(
      tunnels.map((__, depth) => depth),
    );
    for (const record of carrying) {
      expect(record.packets.toServer + record.packets.toClient).toBe(conversation.length);
    }
  });
}

test("VLANs of the inner frame come behind those of the outer one", async () => {
  const frames = conversation.map((frame) => {
    const inner = ethernet(TYPE_VLAN, build.vlan(20, TYPE_IPV4, packetOf(frame)));
    const carried = packetOf(onUdp(4789, build.vxlan(5, inner)));
    return ethernet(TYPE_VLAN, build.vlan(10, TYPE_IPV4, carried));
  });
  const records = await recordsOf(frames, "typescript");
  expect(records.map(({ vlan }) => vlan)).toEqual([[10], [10, 20]]);
});

test("flows of the same addresses in different tunnels are different flows", async () => {
  const frames = [5, 6].flatMap((vni) =>
    conversation.map((frame) => onUdp(4789, build.vxlan(vni, frame))),
  );
  const records = await recordsOf(frames, "typescript");
  expect(records.map(({ tunnels, protocol }) => [protocol, ...tunnels.map(nameOf)])).toEqual([
    ["vxlan"],
    ["http", "vxlan 5"],
    ["http", "vxlan 6"],
  ]);
});
