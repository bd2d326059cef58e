/**
 * A tunnel changes nothing of what it carries: one conversation, plain and inside tunnels of every kind,
 * has the same name and the same facts; and what carries it keeps its own flow.
 */
import { expect, test } from "vitest";
import { type FlowRecord, TUNNEL_TYPES } from "../../src/record/index.js";
import { openBytes } from "../../src/sources/bytes.js";
import { carriers, onUdp, packetOf } from "../support/carriers.js";
import { classify, engineKinds, fixtureBytes } from "../support/classifier.js";
import { packetsOf } from "../support/conversations.js";
import * as build from "../support/packets.js";
import { ethernet, pcapFile, type Bytes } from "../support/packets.js";

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

test.each(["null", "sealed"])(
  "strongSwan's ESP, %s: only what is not encrypted is seen",
  async (how) => {
    const records: FlowRecord[] = [];
    const capture = openBytes(fixtureBytes(`ipsec/strongswan-esp-${how}.pcap`));
    for await (const record of classify(capture, { engine: "wasm" })) records.push(record);
    const outer = records.find(({ server }) => server.port === 4500)!;
    expect(outer).toMatchObject({ protocol: "ipsec", tunnels: [] });
    expect(outer.flags.includes("cleartext")).toBe(how === "null");
    const inner = records.filter(({ tunnels }) => tunnels.length > 0);
    expect(
      inner.map(({ protocol, client, tunnels }) => [protocol, client.address, tunnels]),
    ).toEqual(how === "null" ? [["icmp", "10.54.1.1", [{ type: "esp-null", vni: 0 }]]] : []);
  },
);
