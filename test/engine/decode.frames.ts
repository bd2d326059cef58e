/** Frames of every kind, and what each gives: a descriptor, or a row of what is unhandled. */
import * as abi from "../../src/engine/abi.js";
import * as build from "../support/packets.js";
import {
  bytes,
  ethernet,
  extension,
  fragmentHeader,
  hex,
  ipv4,
  ipv6,
  ppp,
  snapped,
  tcp,
  udp,
  vlan,
  type Bytes,
  type Frame,
} from "../support/packets.js";
import type { Descriptor } from "./decode.harness.js";

const { IP_TCP, IP_UDP, NETWORK_ARP, NETWORK_IPV6 } = abi;
const { PPP_IPV4, PPP_IPV6, PPP_MPLS } = build;
const { TYPE_ARP, TYPE_IPV4, TYPE_IPV6, TYPE_MPLS, TYPE_PPPOE, TYPE_QINQ, TYPE_VLAN } = build;

/** The builder's IPv6 endpoints with its ports for UDP. */
export const V6_FROM = "2001:db8:0:0:0:0:0:1 40000";
export const V6_TO = "2001:db8:0:0:0:0:0:2 53";

const ICMP = 1;
const DCCP = 33;
const ESP = 50;
const SCTP = 132;
const UDP_LITE = 136;

export interface Case {
  name: string;
  /** 1 = Ethernet. */
  linkType?: number;
  frame: Frame;
  /** What is unlike TCP from 192.0.2.1:40000 to 198.51.100.2:80, or UDP over IPv6 (`V6_FROM`, `V6_TO`). */
  gives: Partial<Descriptor>;
  /** Counted as such. */
  malformed?: boolean;
  fragments?: boolean;
}

const question = udp({}, "question");
const asQuestion = { protocol: IP_UDP, to: "198.51.100.2 53", payload: "question" };
const asSctp = { protocol: SCTP, to: "198.51.100.2 2905" };
const udp4 = ipv4({ protocol: IP_UDP }, question);
const udp6 = ipv6({ next: IP_UDP }, question);
const asQuestion6 = { network: NETWORK_IPV6, protocol: IP_UDP, payload: "question" };
const asPortless = { from: "192.0.2.1 0", to: "198.51.100.2 0" };
const asPortless6 = {
  network: NETWORK_IPV6,
  from: "2001:db8:0:0:0:0:0:1 0",
  to: "2001:db8:0:0:0:0:0:2 0",
};
const overIPv4 = (...payload: Parameters<typeof ipv4>): Frame => ({
  data: ethernet(TYPE_IPV4, ipv4(...payload)),
});
const overIPv6 = (...payload: Parameters<typeof ipv6>): Frame => ({
  data: ethernet(TYPE_IPV6, ipv6(...payload)),
});
const onLink = (linkType: number, name: string, data: Bytes, gives: Partial<Descriptor>): Case => ({
  name: `link type ${linkType}: ${name}`,
  linkType,
  frame: { data },
  gives,
});
const snap4 = build.snap(TYPE_IPV4, udp4);
/** A header of IEEE 802.11 with `more` bytes behind its three addresses. */
const wlan = (control: string, more = 0) => bytes(hex(control), new Uint8Array(22 + more));
/** An Ethernet frame behind service chains, each in a frame of its own. */
const chains = (count: number, frame: Bytes): Bytes =>
  count === 0
    ? frame
    : ethernet(build.TYPE_NSH, hex("0fc2 02 03 000001ff"), chains(count - 1, frame));
const tcpOptions = hex("020405b4 01030307");
const ipOptions = hex("94040000"); // router alert
const family = (number: number, ...rest: Bytes[]) =>
  bytes(build.be32(number).toReversed(), ...rest);

export const frames: readonly Case[] = [
  // ── TCP ──
  {
    name: "TCP",
    frame: overIPv4({ protocol: IP_TCP }, tcp({ flags: "PA", sequence: 7 }, "hello")),
    gives: { tcpFlags: 0x18, sequence: 7, payload: "hello" },
  },
  {
    name: "TCP from the higher endpoint",
    frame: overIPv4(
      { protocol: IP_TCP, from: "198.51.100.2", to: "192.0.2.1" },
      tcp({ from: 80, to: 40000 }, "reply"),
    ),
    gives: {
      from: "198.51.100.2 80",
      to: "192.0.2.1 40000",
      aIsTarget: true,
      tcpFlags: 0x10,
      sequence: 1000,
      payload: "reply",
    },
  },
  {
    name: "TCP SYN with options: its payload begins one later",
    frame: overIPv4({ protocol: IP_TCP }, tcp({ flags: "S", options: tcpOptions, sequence: 7 })),
    gives: { tcpFlags: abi.TCP_SYN, sequence: 8 },
  },
  {
    name: "TCP SYN at the end of sequence space, with payload",
    frame: overIPv4({ protocol: IP_TCP }, tcp({ flags: "S", sequence: 0xffffffff }, "early")),
    gives: { tcpFlags: abi.TCP_SYN, sequence: 0, payload: "early" },
  },
  {
    name: "the same behind IP options",
    frame: overIPv4(
      { protocol: IP_TCP, options: ipOptions },
      tcp({ flags: "S", sequence: 0xffffffff }, "early"),
    ),
    gives: { tcpFlags: abi.TCP_SYN, sequence: 0, payload: "early" },
  },
  {
    name: "TCP, padded by Ethernet",
    frame: { data: bytes(overIPv4({ protocol: IP_TCP }, tcp({ flags: "A" })).data, hex("000000")) },
    gives: { tcpFlags: 0x10, sequence: 1000 },
  },
  {
    name: "TCP, payload snapped",
    frame: snapped(overIPv4({ protocol: IP_TCP }, tcp({}, "long payload")).data, 54 + 4),
    gives: { tcpFlags: 0x10, sequence: 1000, payload: "long", length: 12, marks: ["snapped"] },
  },
  {
    name: "TCP, options snapped",
    frame: snapped(
      overIPv4({ protocol: IP_TCP }, tcp({ options: tcpOptions }, "payload")).data,
      34 + 22,
    ),
    gives: { tcpFlags: 0x10, sequence: 1000, length: 7, marks: ["snapped"] },
  },
  {
    name: "TCP, snapped in front of the flags",
    frame: snapped(overIPv4({ protocol: IP_TCP }, tcp({}, "payload")).data, 34 + 13),
    gives: { marks: ["snapped"] },
  },
  {
    name: "TCP that ends in front of the flags",
    frame: overIPv4({ protocol: IP_TCP }, tcp({}).slice(0, 13)),
    gives: { marks: ["malformed"] },
    malformed: true,
  },
  {
    name: "TCP with a data offset below 5",
    frame: overIPv4({ protocol: IP_TCP }, tcp({ headerLength: 16 }, "payload")),
    gives: { tcpFlags: 0x10, sequence: 1000, marks: ["malformed"] },
    malformed: true,
  },
  {
    name: "TCP with a data offset beyond the packet",
    frame: overIPv4({ protocol: IP_TCP }, tcp({ headerLength: 28 }, "payload")),
    gives: { tcpFlags: 0x10, sequence: 1000, marks: ["malformed"] },
    malformed: true,
  },
  // ── UDP ──
  {
    name: "UDP",
    frame: { data: ethernet(TYPE_IPV4, udp4) },
    gives: asQuestion,
  },
  {
    name: "UDP without payload",
    frame: overIPv4({ protocol: IP_UDP }, udp({})),
    gives: { ...asQuestion, payload: "" },
  },
  {
    name: "UDP shorter than its packet",
    frame: overIPv4({ protocol: IP_UDP }, udp({ length: 12 }, "question")),
    gives: { ...asQuestion, payload: "ques" },
  },
  {
    name: "UDP longer than its packet",
    frame: overIPv4({ protocol: IP_UDP }, udp({ length: 17 }, "question")),
    gives: { ...asQuestion, marks: ["malformed"] },
    malformed: true,
  },
  {
    name: "UDP with length 0 has what its packet has",
    frame: overIPv4({ protocol: IP_UDP }, udp({ length: 0 }, "question")),
    gives: asQuestion,
  },
  {
    name: "UDP with a length below its header's",
    frame: overIPv4({ protocol: IP_UDP }, udp({ length: 7 }, "question")),
    gives: { ...asQuestion, payload: "", marks: ["malformed"] },
    malformed: true,
  },
  {
    name: "UDP, header snapped",
    frame: snapped(ethernet(TYPE_IPV4, udp4), 34 + 7),
    gives: { ...asQuestion, payload: "", marks: ["snapped"] },
  },
  {
    name: "UDP that ends in its header",
    frame: overIPv4({ protocol: IP_UDP }, question.slice(0, 7)),
    gives: { ...asQuestion, payload: "", marks: ["malformed"] },
    malformed: true,
  },
  // ── Other transports ──
  {
    name: "SCTP that opens an association",
    frame: overIPv4({ protocol: SCTP }, build.sctp({ to: 2905 }, hex("0100 0006 abcd 0000"))),
    gives: { ...asSctp, payload: "" },
  },
  {
    name: "SCTP: a message behind an acknowledgement, from its protocol identifier on",
    frame: overIPv4(
      { protocol: SCTP },
      build.sctp({ to: 2905 }, hex("0300 0005 01 000000"), build.sctpData("\0\0\0\x03hello")),
    ),
    gives: { ...asSctp, payload: "\0\0\0\x03hello" },
  },
  {
    name: "SCTP: the middle of a message is none",
    frame: overIPv4(
      { protocol: SCTP },
      build.sctp({ to: 2905 }, build.sctpData("\0\0\0\x03hello", { flags: 0 })),
    ),
    gives: { ...asSctp, payload: "" },
  },
  ...[3, 15, 400].map((length) => ({
    name: `SCTP: a chunk that says it has ${length} bytes`,
    frame: overIPv4(
      { protocol: SCTP },
      build.sctp({ to: 2905 }, build.sctpData("\0\0\0\x03hello", { length })),
    ),
    gives: { ...asSctp, payload: "", marks: ["malformed" as const] },
    malformed: true,
  })),
  {
    name: "SCTP that ends in its header",
    frame: overIPv4({ protocol: SCTP }, build.sctp({ to: 2905 }).slice(0, 11)),
    gives: { ...asSctp, payload: "", marks: ["malformed"] },
    malformed: true,
  },
  ...[DCCP, UDP_LITE].map((protocol) => ({
    name: `protocol ${protocol}, which has ports`,
    frame: overIPv4({ protocol }, hex("0001 0002 03")),
    gives: {
      protocol,
      from: "192.0.2.1 1",
      to: "198.51.100.2 2",
      payload: "\x00\x01\x00\x02\x03",
    },
  })),
  {
    name: "ICMP",
    frame: overIPv4({ protocol: ICMP }, build.icmpEcho("ping")),
    gives: { ...asPortless, protocol: ICMP, payload: latin1(build.icmpEcho("ping")) },
  },
  {
    name: "a protocol without a payload",
    frame: overIPv4({ protocol: 255 }),
    gives: { ...asPortless, protocol: 255 },
  },
  // ── IPv4 ──
  {
    name: "IPv4 with options",
    frame: overIPv4({ protocol: IP_UDP, options: ipOptions }, question),
    gives: asQuestion,
  },
  {
    name: "IPv4 with total length 0 has what the frame has",
    frame: overIPv4({ protocol: IP_UDP, totalLength: 0 }, udp({ length: 0 }, "question")),
    gives: asQuestion,
  },
  {
    name: "IPv4 longer than its frame",
    frame: overIPv4({ protocol: IP_UDP, totalLength: 37 }, question),
    gives: { ...asQuestion, marks: ["malformed"] },
    malformed: true,
  },
  {
    name: "IPv4 longer than its frame, and snapped",
    frame: { ...snapped(overIPv4({ protocol: ICMP, totalLength: 99 }, "abcdef").data, 38) },
    gives: {
      ...asPortless,
      protocol: ICMP,
      payload: "abcd",
      length: 6,
      marks: ["snapped", "malformed"],
    },
    malformed: true,
  },
  {
    name: "IPv4, first fragment",
    frame: overIPv4({ protocol: IP_UDP, moreFragments: true }, udp({ length: 3000 }, "question")),
    gives: { ...asQuestion, marks: ["fragment"] },
    fragments: true,
  },
  {
    name: "IPv4, later fragment",
    frame: overIPv4({ protocol: IP_UDP, fragmentOffset: 185 }, "not a header"),
    gives: { ...asPortless, protocol: IP_UDP, marks: ["fragment"] },
    fragments: true,
  },
  {
    name: "IPv4, a later fragment that is not the last",
    frame: overIPv4({ protocol: IP_TCP, fragmentOffset: 1, moreFragments: true }, "?"),
    gives: { ...asPortless, marks: ["fragment"] },
    fragments: true,
  },
  // ── IPv6 ──
  {
    name: "IPv6",
    frame: { data: ethernet(TYPE_IPV6, udp6) },
    gives: asQuestion6,
  },
  {
    name: "IPv6, padded by Ethernet",
    frame: { data: ethernet(TYPE_IPV6, udp6, "padding") },
    gives: asQuestion6,
  },
  {
    name: "IPv6 with payload length 0 has what the frame has",
    frame: overIPv6({ next: IP_UDP, payloadLength: 0 }, question),
    gives: asQuestion6,
  },
  {
    name: "IPv6 jumbogram",
    frame: overIPv6({ next: 0, payloadLength: 0 }, extension(IP_UDP, 1, udp({ length: 0 }, "x"))),
    gives: { ...asQuestion6, payload: "x" },
  },
  {
    name: "IPv6 longer than its frame",
    frame: overIPv6({ next: IP_UDP, payloadLength: 17 }, question),
    gives: { ...asQuestion6, marks: ["malformed"] },
    malformed: true,
  },
  ...[0, 43, 60, 135, 139, 140].map((next) => ({
    name: `IPv6 with extension header ${next}`,
    frame: overIPv6({ next }, extension(60, 3, extension(IP_UDP, 1, question))),
    gives: asQuestion6,
  })),
  {
    name: "IPv6 with eight extension headers",
    frame: overIPv6(
      { next: 60 },
      ...Array.from({ length: 7 }, () => extension(60, 1)),
      extension(IP_UDP, 1, question),
    ),
    gives: asQuestion6,
  },
  {
    name: "IPv6 with nine extension headers",
    frame: overIPv6(
      { next: 60 },
      ...Array.from({ length: 8 }, () => extension(60, 1)),
      extension(IP_UDP, 1, question),
    ),
    gives: { ...asPortless6, protocol: 60, marks: ["malformed"] },
    malformed: true,
  },
  {
    name: "IPv6, first fragment",
    frame: overIPv6(
      { next: 44 },
      fragmentHeader(IP_UDP, 0, true, udp({ length: 3000 }, "question")),
    ),
    gives: { ...asQuestion6, marks: ["fragment"] },
    fragments: true,
  },
  {
    name: "IPv6, later fragment",
    frame: overIPv6({ next: 0 }, extension(44, 1, fragmentHeader(IP_UDP, 185, false, "rest"))),
    gives: { ...asPortless6, protocol: IP_UDP, marks: ["fragment"] },
    fragments: true,
  },
  {
    name: "IPv6, the only fragment (RFC 6946)",
    frame: overIPv6({ next: 44 }, fragmentHeader(IP_UDP, 0, false, question)),
    gives: asQuestion6,
  },
  {
    name: "IPv6 with two fragment headers counts as a fragment once",
    frame: overIPv6({ next: 44 }, fragmentHeader(44, 0, true, fragmentHeader(6, 1, false))),
    gives: { ...asPortless6, protocol: IP_TCP, marks: ["fragment"] },
    fragments: true,
  },
  {
    name: "IPv6 with ESP, which is not walked",
    frame: overIPv6({ next: 60 }, extension(ESP, 1, "\x06\x04sealed")),
    gives: { ...asPortless6, protocol: ESP, payload: "\x06\x04sealed" },
  },
  {
    name: "IPv6 without a next header",
    frame: overIPv6({ next: 60 }, extension(59, 1, "ignored")),
    gives: { ...asPortless6, protocol: 59 },
  },
  // ── Behind the Ethertype ──
  {
    name: "ARP",
    frame: { data: ethernet(TYPE_ARP, build.arp()) },
    gives: { network: NETWORK_ARP, protocol: 0, from: "192.0.2.1 0", to: "192.0.2.9 0" },
  },
  {
    name: "ARP reply, padded by Ethernet, with a VLAN tag",
    frame: {
      data: ethernet(
        TYPE_VLAN,
        vlan(7, TYPE_ARP, build.arp("192.0.2.9", "192.0.2.1", 2), new Uint8Array(18)),
      ),
    },
    gives: {
      network: NETWORK_ARP,
      protocol: 0,
      from: "192.0.2.9 0",
      to: "192.0.2.1 0",
      aIsTarget: true,
      vlans: [7],
    },
  },
  ...[TYPE_VLAN, TYPE_QINQ, 0x9100, 0x9200].map((type) => ({
    name: `VLAN tag of type ${type.toString(16)}`,
    frame: { data: ethernet(type, vlan(4094, TYPE_IPV4, udp4)) },
    gives: { ...asQuestion, vlans: [4094] },
  })),
  {
    name: "two VLAN tags",
    frame: { data: ethernet(TYPE_QINQ, vlan(100, TYPE_VLAN, vlan(200, TYPE_IPV6, udp6))) },
    gives: { ...asQuestion6, vlans: [100, 200] },
  },
  {
    name: "eight VLAN tags",
    frame: { data: ethernet(TYPE_VLAN, tags(1, 8), vlan(8, TYPE_IPV4, udp4)) },
    gives: { ...asQuestion, vlans: [1, 2, 3, 4, 5, 6, 7, 8] },
  },
  {
    name: "MPLS, one label",
    frame: { data: ethernet(TYPE_MPLS, build.mpls([3], udp4)) },
    gives: asQuestion,
  },
  {
    name: "MPLS multicast, sixteen labels, IPv6",
    frame: { data: ethernet(0x8848, build.mpls(Array<number>(16).fill(3), udp6)) },
    gives: asQuestion6,
  },
  {
    name: "MPLS, a pseudowire",
    frame: { data: ethernet(TYPE_MPLS, build.mpls([3], ethernet(TYPE_IPV4, udp4))) },
    gives: asQuestion,
  },
  {
    name: "MPLS, a pseudowire with a control word, and a VLAN tag",
    frame: {
      data: ethernet(
        TYPE_MPLS,
        build.mpls([3], hex("00000001"), ethernet(TYPE_VLAN, vlan(8, TYPE_IPV4, udp4))),
      ),
    },
    gives: { ...asQuestion, vlans: [8] },
  },
  ...[1, 2].map((type) => ({
    name: `NSH, metadata of type ${type}`,
    frame: {
      data: ethernet(
        build.TYPE_NSH,
        hex(type === 1 ? "0fc6 01 01 000001ff" : "0fc2 02 01 000001ff"),
        new Uint8Array(type === 1 ? 16 : 0),
        udp4,
      ),
    },
    gives: asQuestion,
  })),
  {
    name: "PPPoE",
    frame: { data: ethernet(TYPE_PPPOE, build.pppoe(ppp(PPP_IPV4, udp4)), "padding") },
    gives: asQuestion,
  },
  {
    name: "PPPoE, padding behind an offloaded IPv4 packet",
    frame: {
      data: ethernet(
        TYPE_PPPOE,
        build.pppoe(ppp(PPP_IPV4, ipv4({ protocol: ICMP, totalLength: 0 }, "ping"))),
        "padding",
      ),
    },
    gives: { ...asPortless, protocol: ICMP, payload: "ping" },
  },
  {
    name: "PPPoE longer than its frame",
    frame: { data: ethernet(TYPE_PPPOE, build.pppoe(ppp(PPP_IPV6, udp6), 999)) },
    gives: { ...asQuestion6, marks: ["malformed"] },
    malformed: true,
  },
  {
    name: "PPPoE, MPLS",
    frame: {
      data: ethernet(TYPE_PPPOE, build.pppoe(ppp(PPP_MPLS, build.mpls([5, 6], udp4)))),
    },
    gives: asQuestion,
  },
  {
    name: "SNAP in an IEEE 802.3 frame",
    frame: { data: ethernet(8 + udp4.length, build.snap(TYPE_IPV4, udp4)) },
    gives: asQuestion,
  },
  {
    name: "SNAP behind a VLAN tag",
    frame: { data: ethernet(TYPE_VLAN, vlan(5, 8 + udp6.length, build.snap(TYPE_IPV6, udp6))) },
    gives: { ...asQuestion6, vlans: [5] },
  },
  // ── Other links ──
  onLink(113, "cooked v1, IPv4", build.cookedV1(TYPE_IPV4, udp4), asQuestion),
  onLink(113, "cooked v1, LLC", build.cookedV1(4, build.snap(TYPE_IPV4, udp4)), asQuestion),
  onLink(113, "cooked v1, VLAN", build.cookedV1(TYPE_VLAN, vlan(3, TYPE_IPV4, udp4)), {
    ...asQuestion,
    vlans: [3],
  }),
  onLink(276, "cooked v2, IPv6", build.cookedV2(TYPE_IPV6, udp6), asQuestion6),
  ...[101, 12, 14].flatMap((linkType) => [
    onLink(linkType, "raw IPv4", udp4, asQuestion),
    onLink(linkType, "raw IPv6", udp6, asQuestion6),
  ]),
  onLink(228, "IPv4", udp4, asQuestion),
  onLink(229, "IPv6", udp6, asQuestion6),
  onLink(0, "loopback, little-endian IPv4", family(2, udp4), asQuestion),
  onLink(0, "loopback, big-endian IPv4", bytes(build.be32(2), udp4), asQuestion),
  ...[10, 23, 24, 28, 30].map((number) =>
    onLink(0, `loopback, family ${number}`, family(number, udp6), asQuestion6),
  ),
  onLink(108, "loopback, network order", bytes(build.be32(24), udp6), asQuestion6),
  ...[9, 50].flatMap((linkType) => [
    onLink(linkType, "PPP, framed", bytes(hex("ff03"), ppp(PPP_IPV4, udp4)), asQuestion),
    onLink(linkType, "PPP, bare", ppp(PPP_IPV6, udp6), asQuestion6),
    onLink(linkType, "PPP, compressed", bytes(0x21, udp4), asQuestion),
    onLink(linkType, "PPP, framed and compressed", bytes(hex("ff03"), 0x57, udp6), asQuestion6),
  ]),
  onLink(51, "PPPoE", build.pppoe(ppp(PPP_IPV4, udp4)), asQuestion),
  onLink(204, "PPP, direction", bytes(1, hex("ff03"), ppp(PPP_IPV4, udp4)), asQuestion),
  onLink(166, "PPP, direction for an address", bytes(hex("0103"), ppp(PPP_IPV4, udp4)), asQuestion),
  onLink(106, "ATM, IPv6", udp6, asQuestion6),
  onLink(8, "SLIP", bytes(new Uint8Array(16), udp4), asQuestion),
  onLink(109, "ENC", bytes(hex("02000000 00000001 00000000"), udp4), asQuestion),
  onLink(10, "FDDI", bytes(0x50, new Uint8Array(12), snap4), asQuestion),
  onLink(123, "SunATM", bytes(hex("02000020"), snap4), asQuestion),
  onLink(100, "ATM", snap4, asQuestion),
  onLink(240, "NetAnalyzer", bytes(hex("00000000"), ethernet(TYPE_IPV4, udp4)), asQuestion),
  onLink(
    239,
    "NFLOG",
    bytes(hex("0200 0000 0500 0a00 61 000000"), 4 + udp4.length, hex("00 0900"), udp4),
    asQuestion,
  ),
  ...["0f00", "8f00"].map((start) =>
    onLink(104, `Cisco HDLC ${start}`, bytes(hex(`${start} 0800`), udp4), asQuestion),
  ),
  onLink(107, "Frame Relay, IPv4", bytes(hex("1841 03 cc"), udp4), asQuestion),
  onLink(107, "Frame Relay, IPv6, padded", bytes(hex("1841 03 00 8e"), udp6), asQuestion6),
  onLink(107, "Frame Relay, PPP", bytes(hex("1841 03 cf 0021"), udp4), asQuestion),
  onLink(107, "Frame Relay, SNAP", bytes(hex("1841 03 00 80 000000 0800"), udp4), asQuestion),
  onLink(
    107,
    "Frame Relay, Ethernet, four bytes of address",
    bytes(hex("18404001 03 00 80 0080c2 0007"), ethernet(TYPE_IPV4, udp4)),
    asQuestion,
  ),
  onLink(107, "Frame Relay, Cisco's way", bytes(hex("1841 0800"), udp4), asQuestion),
  // ── IEEE 802.11 ──
  onLink(105, "data", bytes(wlan("0801"), snap4), asQuestion),
  onLink(105, "data with four addresses", bytes(wlan("0803", 6), snap4), asQuestion),
  onLink(105, "data with quality of service", bytes(wlan("8802", 2), snap4), asQuestion),
  onLink(105, "data with HT control", bytes(wlan("8882", 6), snap4), asQuestion),
  onLink(
    105,
    "several frames in one",
    bytes(wlan("8802"), hex("8000"), new Uint8Array(14), snap4),
    asQuestion,
  ),
  onLink(127, "radiotap", bytes(hex("0000 0800 00000000"), wlan("0802"), snap4), asQuestion),
  onLink(
    127,
    "radiotap, flags behind two words and the time, padded",
    bytes(hex("0000 1900 03000080 00000000 00000000 0011223344556677 20"), wlan("8802", 4), snap4),
    asQuestion,
  ),
  onLink(119, "Prism", bytes(hex("44000000 90000000"), new Uint8Array(136), wlan("0802"), snap4), {
    ...asQuestion,
  }),
  onLink(119, "AVS", bytes(hex("80211001 00000040"), new Uint8Array(56), wlan("0802"), snap4), {
    ...asQuestion,
  }),
  onLink(163, "AVS", bytes(hex("80211002 00000040"), new Uint8Array(56), wlan("0802"), snap4), {
    ...asQuestion,
  }),
  onLink(192, "PPI", bytes(hex("0000 0c00 69000000 00000000"), wlan("0802"), snap4), asQuestion),
  onLink(
    192,
    "PPI, Ethernet",
    bytes(hex("0000 0800 01000000"), ethernet(TYPE_IPV4, udp4)),
    asQuestion,
  ),
];

export interface Refusal {
  name: string;
  linkType?: number;
  frame: Frame;
  kind: number;
  value: number;
}

const refused = (
  name: string,
  data: Bytes,
  kind: number,
  value: number,
  linkType = 1,
): Refusal => ({ name, linkType, frame: { data }, kind, value });
const { UNHANDLED_TRUNCATED: TRUNCATED, UNHANDLED_MALFORMED: MALFORMED } = abi;
const llc = (...header: number[]) => ethernet(50, bytes(...header), new Uint8Array(40));

export const refusals: readonly Refusal[] = [
  refused("USB", bytes("whatever"), abi.UNHANDLED_LINK_TYPE, 189, 189),
  refused("a beacon", wlan("8000"), abi.UNHANDLED_WLAN, 8, 105),
  refused("an acknowledgement", hex("d400"), abi.UNHANDLED_WLAN, 0x1d, 105),
  refused("a frame without data", wlan("4801"), abi.UNHANDLED_WLAN, 0x24, 105),
  refused("sealed data", wlan("0841"), abi.UNHANDLED_WLAN, 0x20 + abi.WLAN_PROTECTED, 105),
  refused(
    "a later fragment of data",
    bytes(hex("0801"), new Uint8Array(20), 1, 0, snap4),
    abi.UNHANDLED_WLAN,
    0x20,
    105,
  ),
  refused("IEEE 802.11 of another version", wlan("0901"), abi.UNHANDLED_WLAN, 0x20, 105),
  ...[0, 1].map((size) =>
    refused(`IEEE 802.11 of ${size} bytes`, new Uint8Array(size), TRUNCATED, abi.LAYER_LINK, 105),
  ),
  refused("data cut off", wlan("0801").slice(0, 23), TRUNCATED, abi.LAYER_LINK, 105),
  refused("radiotap, version 1", hex("0100 0800 00000000 08"), MALFORMED, abi.LAYER_LINK, 127),
  refused("radiotap, 7 bytes", hex("0000 0700 00000000 08"), MALFORMED, abi.LAYER_LINK, 127),
  refused("radiotap cut off", hex("0000 0900 00000000"), TRUNCATED, abi.LAYER_LINK, 127),
  refused("Prism, 7 bytes", hex("44000000 07000000"), MALFORMED, abi.LAYER_LINK, 119),
  refused("Prism cut off", hex("44000000 90000000"), TRUNCATED, abi.LAYER_LINK, 119),
  refused("PPI, Bluetooth", hex("0000 0800 c9000000"), abi.UNHANDLED_LINK_TYPE, 201, 192),
  refused("Cisco HDLC, keep-alive", hex("8f00 8035"), abi.UNHANDLED_ETHERTYPE, 0x8035, 104),
  refused("Cisco HDLC, another address", hex("ff00 0800"), MALFORMED, abi.LAYER_LINK, 104),
  refused("Frame Relay, Q.933", hex("0001 03 08 00"), abi.UNHANDLED_NLPID, 8, 107),
  refused("Frame Relay, CDP", hex("1841 2000 01"), abi.UNHANDLED_ETHERTYPE, 0x2000, 107),
  refused(
    "Frame Relay, another OUI",
    hex("1841 03 00 80 00000c 2000"),
    abi.UNHANDLED_NLPID,
    0x80,
    107,
  ),
  refused("Frame Relay, an endless address", hex("18404000 03 cc"), MALFORMED, abi.LAYER_LINK, 107),
  refused("Frame Relay cut off", hex("1841 03"), TRUNCATED, abi.LAYER_LINK, 107),
  refused("NFLOG, bridge", hex("0700 0000"), abi.UNHANDLED_FAMILY, 7, 239),
  refused("NFLOG without a packet", hex("0200 0000"), TRUNCATED, abi.LAYER_LINK, 239),
  refused(
    "NFLOG, an attribute of 3 bytes",
    hex("0200 0000 0300 0900"),
    MALFORMED,
    abi.LAYER_LINK,
    239,
  ),
  refused("NFLOG, a packet too long", hex("0200 0000 ff00 0900"), MALFORMED, abi.LAYER_LINK, 239),
  ...[8, 10, 109, 123, 166, 204, 240].map((linkType) =>
    refused(`link type ${linkType}, nothing`, bytes(), TRUNCATED, abi.LAYER_LINK, linkType),
  ),
  refused("nothing at all", bytes(), TRUNCATED, abi.LAYER_LINK),
  refused("LLDP", ethernet(0x88cc, "lldp"), abi.UNHANDLED_ETHERTYPE, 0x88cc),
  refused(
    "behind a VLAN tag",
    ethernet(TYPE_VLAN, vlan(1, 0x88cc)),
    abi.UNHANDLED_ETHERTYPE,
    0x88cc,
  ),
  refused("neither length nor Ethertype", ethernet(1501, "?"), abi.UNHANDLED_ETHERTYPE, 1501),
  refused("spanning tree", llc(0x42, 0x42, 3), abi.UNHANDLED_LLC, 0x4242),
  refused(
    "SNAP with Cisco's OUI",
    llc(0xaa, 0xaa, 3, 0, 0, 0x0c, 0x20, 0),
    abi.UNHANDLED_LLC,
    0xaaaa,
  ),
  refused("SNAP SAPs without UI", llc(0xaa, 0xaa, 0x7f, 0, 0, 0, 8, 0), abi.UNHANDLED_LLC, 0xaaaa),
  refused("LLC cut off", ethernet(3, bytes(0x42, 0x42)), TRUNCATED, abi.LAYER_LINK),
  refused("SNAP cut off", ethernet(7, hex("aaaa0300000008")), TRUNCATED, abi.LAYER_LINK),
  refused(
    "nine VLAN tags",
    ethernet(TYPE_VLAN, tags(1, 9), vlan(9, TYPE_IPV4, udp4)),
    MALFORMED,
    abi.LAYER_VLAN,
  ),
  refused(
    "seventeen labels",
    ethernet(TYPE_MPLS, build.mpls(Array<number>(17).fill(3), udp4)),
    MALFORMED,
    abi.LAYER_MPLS,
  ),
  refused(
    "a pseudowire with what is not known",
    ethernet(TYPE_MPLS, build.mpls([3], ethernet(0x88cc, udp4))),
    abi.UNHANDLED_MPLS,
    0,
  ),
  refused(
    "four service chains in each other",
    chains(4, ethernet(TYPE_IPV4, udp4)),
    abi.UNHANDLED_DEPTH,
    0,
  ),
  refused(
    "nothing below the labels",
    ethernet(TYPE_MPLS, build.mpls([3])),
    TRUNCATED,
    abi.LAYER_MPLS,
  ),
  refused(
    "PPPoE discovery's code",
    ethernet(TYPE_PPPOE, hex("1109 0000 0000 0021")),
    MALFORMED,
    abi.LAYER_PPPOE,
  ),
  refused(
    "PPPoE version 2",
    ethernet(TYPE_PPPOE, hex("2100 0000 0000 0021")),
    MALFORMED,
    abi.LAYER_PPPOE,
  ),
  refused("PPP LCP", bytes(hex("ff03c021"), "lcp"), abi.UNHANDLED_PPP, 0xc021, 9),
  refused("PPP cut off", hex("ff0300"), TRUNCATED, abi.LAYER_PPPOE, 9),
  refused("cooked v1, CAN", build.cookedV1(12, "can"), abi.UNHANDLED_ETHERTYPE, 12, 113),
  refused(
    "cooked v2 cut off",
    build.cookedV2(TYPE_IPV4).slice(0, 19),
    TRUNCATED,
    abi.LAYER_LINK,
    276,
  ),
  refused("loopback, ISO", family(7, udp4), abi.UNHANDLED_FAMILY, 7, 0),
  refused("loopback, no family", hex("ffffffff 45"), abi.UNHANDLED_FAMILY, 0xffffffff, 0),
  refused("raw IP of version 5", bytes(0x55, udp4), abi.UNHANDLED_IP_VERSION, 5, 101),
  refused("IPv4 of another version", ethernet(TYPE_IPV4, udp6), MALFORMED, abi.LAYER_IPV4),
  refused(
    "IPv4 with 4 words of header",
    overIPv4({ protocol: 17, headerLength: 16 }, question).data,
    MALFORMED,
    abi.LAYER_IPV4,
  ),
  refused(
    "IPv4 shorter than its header",
    overIPv4({ protocol: 17, totalLength: 19 }, question).data,
    MALFORMED,
    abi.LAYER_IPV4,
  ),
  refused(
    "IPv4 options longer than the packet",
    overIPv4({ protocol: 17, headerLength: 40 }, question).data,
    MALFORMED,
    abi.LAYER_IPV4,
  ),
  refused(
    "IPv6 of another version",
    ethernet(TYPE_IPV6, udp4, new Uint8Array(20)),
    MALFORMED,
    abi.LAYER_IPV6,
  ),
  refused(
    "IPv6 extension longer than the packet",
    overIPv6({ next: 60 }, extension(17, 2).slice(0, 15)).data,
    MALFORMED,
    abi.LAYER_EXTENSION,
  ),
  refused(
    "IPv6 extension of 7 bytes",
    overIPv6({ next: 0 }, extension(17, 1).slice(0, 7)).data,
    MALFORMED,
    abi.LAYER_EXTENSION,
  ),
  refused(
    "IPv6 fragment header of 7 bytes",
    overIPv6({ next: 44 }, extension(17, 1).slice(0, 7)).data,
    MALFORMED,
    abi.LAYER_EXTENSION,
  ),
  ...[IP_TCP, IP_UDP, SCTP, DCCP, UDP_LITE].map((protocol) =>
    refused(
      `protocol ${protocol} of 3 bytes`,
      overIPv4({ protocol }, "abc").data,
      MALFORMED,
      abi.LAYER_TRANSPORT,
    ),
  ),
  refused("ARP for IPX", ethernet(TYPE_ARP, patchedArp(2, 0x8137)), abi.UNHANDLED_ARP, 0x8137),
  refused("ARP over ATM", ethernet(TYPE_ARP, patchedArp(0, 19)), abi.UNHANDLED_ARP, 0x0800),
  refused(
    "ARP with long addresses",
    ethernet(TYPE_ARP, patchedArp(4, 0x0610)),
    abi.UNHANDLED_ARP,
    0x0800,
  ),
];

/** Tags `from` … `below` − 1, each announcing another. */
function tags(from: number, below: number): Bytes {
  const ids = Array.from({ length: below - from }, (_, index) => from + index);
  return bytes(...ids.map((id) => vlan(id, TYPE_VLAN)));
}

function patchedArp(at: number, value: number): Bytes {
  const packet = build.arp();
  packet.set(build.be16(value), at);
  return packet;
}

function latin1(content: Bytes): string {
  return Buffer.from(content).toString("latin1");
}
