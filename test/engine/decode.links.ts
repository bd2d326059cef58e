/** Links other than Ethernet's usual ones: what kernels, switches and other media put before a packet. */
import * as abi from "../../src/engine/abi.js";
import * as build from "../support/packets.js";
import {
  be16,
  bytes,
  ethernet,
  hex,
  ipv4,
  ipv6,
  TYPE_IPV4,
  TYPE_IPV6,
  udp,
  vlan,
  type Bytes,
} from "../support/packets.js";
import type { Case, Refusal } from "./decode.frames.js";
import type { Descriptor } from "./decode.harness.js";

const question = udp({}, "question");
const udp4 = ipv4({ protocol: abi.IP_UDP }, question);
const udp6 = ipv6({ next: abi.IP_UDP }, question);
const snap4 = build.snap(TYPE_IPV4, udp4);
const frame4 = ethernet(TYPE_IPV4, udp4);
const zeros = (size: number) => new Uint8Array(size);

const ends4 = {
  network: abi.NETWORK_IPV4,
  from: "192.0.2.1 40000",
  to: "198.51.100.2 53",
};
const ends6 = {
  network: abi.NETWORK_IPV6,
  from: "2001:db8:0:0:0:0:0:1 40000",
  to: "2001:db8:0:0:0:0:0:2 53",
};
const gives = (ends: Partial<Descriptor>, vlans: number[] = []) => ({
  ...ends,
  protocol: abi.IP_UDP,
  payload: "question",
  vlans,
});
const on = (linkType: number, name: string, data: Bytes, vlans: number[] = []): Case => ({
  name: `link type ${linkType}: ${name}`,
  linkType,
  frame: { data },
  gives: gives(ends4, vlans),
});
const on6 = (linkType: number, name: string, data: Bytes): Case => ({
  ...on(linkType, name, data),
  gives: gives(ends6),
});
const refused = (
  linkType: number,
  name: string,
  data: Bytes,
  kind: number,
  value: number,
): Refusal => ({ name: `link type ${linkType}: ${name}`, linkType, frame: { data }, kind, value });

const ring = (control: string, source: string, ...rest: Bytes[]) =>
  bytes(hex(control), zeros(6), hex(source), zeros(5), ...rest);
const pktap = (linkType: number, frame: Bytes, type = 1) =>
  bytes(be32le(108), be32le(type), be32le(linkType), zeros(96), frame);
const be32le = (value: number) => bytes(value & 255, value >>> 8, 0, 0);
const wlan = (control: string, more = 0) => bytes(hex(control), zeros(22 + more));
/** IEEE 802.11 padded to a multiple of four, which only radiotap's flags tell: QoS has 26 bytes. */
const padded = bytes(wlan("8802", 4), snap4);
const tight = bytes(wlan("8802", 2), snap4);

export const links: readonly Case[] = [
  on(6, "Token Ring", ring("1040", "02", snap4)),
  on(6, "Token Ring, a route of 6 bytes", ring("1040", "82", hex("0600 0011 0020"), snap4)),
  on(117, "PFLOG, 61 bytes and three more", bytes(61, 2, zeros(62), udp4)),
  on6(117, "PFLOG, 100 bytes", bytes(100, 24, zeros(98), udp6)),
  on(122, "Fibre Channel", bytes(zeros(16), snap4)),
  on(138, "IEEE 1394", bytes(zeros(16), be16(TYPE_IPV4), udp4)),
  on(205, "Cisco HDLC behind a direction", bytes(1, hex("0f00 0800"), udp4)),
  on(206, "Frame Relay behind a direction", bytes(0, hex("1841 03 cc"), udp4)),
  on(226, "IPNET", bytes(hex("01 02"), zeros(22), udp4)),
  on6(226, "IPNET, IPv6", bytes(hex("01 1a"), zeros(22), udp6)),
  on(241, "NetAnalyzer with preamble", bytes(zeros(4), hex("55555555555555d5"), frame4)),
  on6(242, "InfiniBand", bytes(zeros(40), be16(TYPE_IPV6), zeros(2), udp6)),
  on(258, "PKTAP, Ethernet", pktap(1, frame4)),
  on(258, "PKTAP, raw IP as macOS numbers it", pktap(12, udp4)),
  on(281, "Broadcom's tag", bytes(zeros(12), hex("20000001"), be16(TYPE_IPV4), udp4)),
  on(282, "Broadcom's tag in front", bytes(hex("20000001"), frame4)),
  on(284, "Marvell's tag", bytes(zeros(12), hex("c0180000"), be16(TYPE_IPV4), udp4)),
  on(284, "Marvell's tag, a VLAN", bytes(zeros(12), hex("e018a005"), be16(TYPE_IPV4), udp4), [5]),
  on(
    285,
    "Marvell's longer tag, a VLAN and a tag of it",
    bytes(zeros(12), hex("dada 0000 e0180fff"), be16(build.TYPE_VLAN), vlan(7, TYPE_IPV4, udp4)),
    [4095, 7],
  ),
  on(289, "ALP", bytes(0, udp4.length, udp4)),
  on(289, "ALP, a stream", bytes(8, udp4.length, hex("02 07"), udp4)),
  on(289, "ALP, a stream and an extension", bytes(8, udp4.length, hex("03 07 01 02 aabbcc"), udp4)),
  // ── Tags in Ethernet ──
  on(
    1,
    "VN-Tag, VLAN",
    ethernet(0x8926, hex("00000001"), be16(build.TYPE_VLAN), vlan(9, TYPE_IPV4, udp4)),
    [9],
  ),
  on(1, "E-TAG", ethernet(0x893f, zeros(6), be16(TYPE_IPV4), udp4)),
  on(
    1,
    "a backbone's frame",
    ethernet(build.TYPE_QINQ, vlan(100, 0x88e7, zeros(4), frame4)),
    [100],
  ),
  on(
    1,
    "MACsec that signs",
    ethernet(0x88e5, hex("02 00 00000001"), be16(TYPE_IPV4), udp4, zeros(16)),
  ),
  on(
    1,
    "MACsec with a channel",
    ethernet(0x88e5, hex("22 00 00000001"), zeros(8), be16(TYPE_IPV4), udp4, zeros(16)),
  ),
  // ── radiotap: what tells whether the header of the frame is padded ──
  on(127, "radiotap, flags alone, padded", bytes(hex("0000 0900 02000000 20"), padded)),
  on(127, "radiotap, flags without padding", bytes(hex("0000 0900 02000000 10"), tight)),
  on(127, "radiotap, no flags", bytes(hex("0000 0900 04000000 20"), tight)),
  on(127, "radiotap, time without flags", bytes(hex("0000 1000 01000000 2020202020202020"), tight)),
  on(
    127,
    "radiotap, time and flags, padded",
    bytes(hex("0000 1100 03000000 0011223344556677 20"), padded),
  ),
  on(
    127,
    "radiotap, flags behind its own and a vendor's namespace, padded",
    bytes(hex("0000 1800 020000a0 000000e0 01000000 20 00 001122 00 0200"), zeros(0), padded),
  ),
  on(
    127,
    "radiotap, more words than it has: not padded",
    bytes(hex("0000 0c00 02000080 ffffffff"), tight),
  ),
  on(127, "radiotap, flags beyond its end: not padded", bytes(hex("0000 0800 02000000"), tight)),
  ...["0801", "0802", "0800"].map((control) =>
    on(105, `data, ${control}`, bytes(wlan(control), snap4)),
  ),
  on(105, "four addresses and quality of service", bytes(wlan("8803", 8), snap4)),
  on(105, "four addresses, quality of service, HT control", bytes(wlan("8883", 12), snap4)),
];

export const linkRefusals: readonly Refusal[] = [
  refused(6, "a frame of the medium's own", ring("1000", "02", snap4), abi.UNHANDLED_LINK_TYPE, 6),
  refused(
    6,
    "a route of 1 byte",
    ring("1040", "82", hex("01"), snap4),
    abi.UNHANDLED_MALFORMED,
    abi.LAYER_LINK,
  ),
  refused(
    6,
    "a route cut off",
    ring("1040", "82", hex("06")),
    abi.UNHANDLED_TRUNCATED,
    abi.LAYER_LINK,
  ),
  refused(
    117,
    "PFLOG of 44 bytes",
    bytes(44, zeros(43), udp4),
    abi.UNHANDLED_MALFORMED,
    abi.LAYER_LINK,
  ),
  refused(117, "PFLOG cut off", bytes(61, zeros(60)), abi.UNHANDLED_TRUNCATED, abi.LAYER_LINK),
  refused(258, "PKTAP in PKTAP", pktap(258, pktap(1, frame4)), abi.UNHANDLED_LINK_TYPE, 258),
  refused(
    258,
    "PKTAP, another record",
    pktap(1, frame4, 0),
    abi.UNHANDLED_MALFORMED,
    abi.LAYER_LINK,
  ),
  refused(258, "PKTAP, Bluetooth", pktap(201, zeros(9)), abi.UNHANDLED_LINK_TYPE, 201),
  refused(289, "ALP, signalling", bytes(0x80, 4, zeros(4)), abi.UNHANDLED_LINK_TYPE, 289),
  refused(289, "ALP, a segment", bytes(0x10, 4, zeros(4)), abi.UNHANDLED_LINK_TYPE, 289),
  ...[
    [8, 1],
    [8, 1, 2],
    [8, 1, 1, 7],
    [8, 1, 1, 7, 200],
  ].map((header) =>
    refused(
      289,
      `ALP, header cut off at ${header.length}`,
      bytes(header),
      abi.UNHANDLED_TRUNCATED,
      abi.LAYER_LINK,
    ),
  ),
  ...[
    [6, 13],
    [117, 0],
    [122, 15],
    [138, 17],
    [205, 0],
    [206, 0],
    [226, 23],
    [241, 11],
    [242, 43],
    [258, 11],
    [281, 17],
    [282, 3],
    [284, 17],
    [285, 21],
    [289, 1],
  ].map(([linkType, size]) =>
    refused(linkType!, `of ${size} bytes`, zeros(size!), abi.UNHANDLED_TRUNCATED, abi.LAYER_LINK),
  ),
  refused(
    1,
    "MACsec that encrypts",
    ethernet(0x88e5, hex("2c 00 00000001"), zeros(60)),
    abi.UNHANDLED_ETHERTYPE,
    0x88e5,
  ),
  ...[0x8926, 0x893f, 0x88e7, 0x88e5].map((type) =>
    refused(
      1,
      `a tag 0x${type.toString(16)} cut off`,
      ethernet(type, hex("00000001")),
      abi.UNHANDLED_TRUNCATED,
      abi.LAYER_VLAN,
    ),
  ),
];
