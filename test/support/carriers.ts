/** A tunnel of every kind that we look into, to put a frame in. */
import * as build from "./packets.js";
import { bytes, ethernet, hex, ipv4, ipv6, udp, type Bytes } from "./packets.js";

const { TYPE_IPV4 } = build;

export interface Carrier {
  name: string;
  /** Puts an Ethernet frame of IPv4 into another. */
  wrap: (frame: Bytes) => Bytes;
  tunnels: string[];
}

const outer = { from: "203.0.113.1", to: "203.0.113.2" };
const onIp = (protocol: number, payload: Bytes) =>
  ethernet(TYPE_IPV4, ipv4({ ...outer, protocol }, payload));
export const onUdp = (to: number, payload: Bytes) => onIp(17, udp({ to }, payload));
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
/** What stands behind the Ethernet header. */
export const packetOf = (frame: Bytes): Bytes => frame.slice(14);
const pppOf = (frame: Bytes) => bytes(hex("ff03"), build.ppp(build.PPP_IPV4, packetOf(frame)));
const teredoAddress = "2001:0:cb00:7101::1";

export const carriers: Carrier[] = [
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
  overIp("esp-null", 50, (frame) => {
    const packet = packetOf(frame);
    const size = 4 * (packet[0]! & 15);
    const header = build.checked(packet.slice(0, size), 10);
    return build.esp({ next: 4 }, bytes(header, packet.slice(size)));
  }),
  {
    ...overIp("ah", 51, (frame) => build.ah(4, packetOf(frame))),
    tunnels: ["ah 0", "ipip 0"],
  },
];
