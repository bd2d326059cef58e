/** Tunnels of every kind: the outer flow, and what each carries. Those that are not right have the outer one only. */
import * as abi from "../../src/engine/abi.js";
import * as build from "../support/packets.js";
import {
  be16,
  bytes,
  ethernet,
  geneve,
  gre,
  gtp,
  hex,
  ipv4,
  ipv6,
  udp,
  ppp,
  vlan,
  vxlan,
  type Bytes,
} from "../support/packets.js";
import { V6_FROM, V6_TO } from "./decode.frames.js";
import { ipsec } from "./decode.ipsec.js";
import {
  changed,
  counted,
  frame4,
  frame6,
  give4,
  give6,
  inner4,
  inner6,
  latin1,
  onIp,
  onlyOuter,
  onUdp,
  overIp,
  overUdp,
  portless,
  type TunnelCase,
} from "./tunnel-cases.js";

const { IP_UDP, NETWORK_ARP, NETWORK_IPV6 } = abi;
const { PPP_IPV4, PPP_IPV6, TYPE_ARP, TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6, TYPE_MPLS } = build;
const { TYPE_NSH, TYPE_PPP, TYPE_VLAN } = build;
const { UNHANDLED_ETHERTYPE, UNHANDLED_MALFORMED, UNHANDLED_TRUNCATED } = abi;

const pptp = (flags: string, fields: string, payload: Bytes, length = payload.length): Bytes =>
  bytes(hex(flags), be16(TYPE_PPP), be16(length), hex(`0007 ${fields}`), payload);
const framed = (protocol: number, payload: Bytes) => bytes(hex("ff03"), ppp(protocol, payload));
const teredo6 = (from: string) =>
  ipv6({ next: IP_UDP, from, to: "2001:db8::2" }, udp({}, "question"));
const teredoAddress = "2001:0:c000:201::1";
const giveTeredo = {
  ...give6("teredo 0"),
  from: "2001:0:c000:201:0:0:0:1 40000",
};
const nsh = (next: number, payload: Bytes) =>
  bytes(hex(`0fc601 0${next} 000001ff`), new Uint8Array(16), payload);
const wlanHeader = (control: string, rest = "") =>
  bytes(hex(`${control} 0000`), new Uint8Array(18), hex(`0000 ${rest}`));
export const tunnels: readonly TunnelCase[] = [
  // ── IP protocols ──
  overIp("IPv4 in IPv4", 4, inner4, give4("ipip 0")),
  overIp("IPv6 in IPv4", 41, inner6, give6("ipv6-in-ip 0")),
  ...[
    ["IPv4 in IPv6", 4, inner4, give4("ipip 0")] as const,
    ["IPv6 in IPv6", 41, inner6, give6("ipv6-in-ip 0")] as const,
  ].map(([name, next, payload, gives]) => ({
    name,
    frame: { data: ethernet(TYPE_IPV6, ipv6({ next }, payload)) },
    outer: {
      network: NETWORK_IPV6,
      protocol: next,
      from: "2001:db8:0:0:0:0:0:1 0",
      to: "2001:db8:0:0:0:0:0:2 0",
      length: payload.length,
    },
    inner: [gives],
  })),
  {
    name: "VLAN tags of the outer and of the inner frame",
    frame: {
      data: ethernet(
        TYPE_VLAN,
        vlan(
          5,
          TYPE_IPV4,
          ipv4({ protocol: 97 }, hex("3000"), ethernet(TYPE_VLAN, vlan(6, TYPE_IPV4, inner4))),
        ),
      ),
    },
    outer: { ...portless, protocol: 97, length: 2 + frame4.length + 4, vlans: [5] },
    inner: [{ ...give4("etherip 0"), vlans: [5, 6] }],
  },
  counted(
    overIp("IPv4 in IPv4, of another version", 4, inner6),
    UNHANDLED_MALFORMED,
    abi.LAYER_IPV4,
    true,
  ),
  counted(overIp("IPv6 in IPv4, nothing", 41, bytes()), UNHANDLED_TRUNCATED, abi.LAYER_IPV6),
  {
    name: "IPv4 in IPv4, longer than what carries it",
    frame: onIp(4, ipv4({ protocol: 17, totalLength: 99 }, udp({}, "question"))),
    outer: { ...portless, protocol: 4, length: 36 },
    inner: [
      {
        protocol: 17,
        to: "198.51.100.2 53",
        payload: "question",
        tunnels: ["ipip 0"],
        marks: ["malformed"],
      },
    ],
    malformed: true,
  },
  {
    name: "IPv4 in IPv4, a first fragment: the outer flow only",
    frame: {
      data: ethernet(TYPE_IPV4, ipv4({ protocol: 4, moreFragments: true }, inner4)),
    },
    outer: { ...portless, protocol: 4, marks: ["fragment"], length: inner4.length },
    inner: [],
  },
  {
    name: "a later fragment within a tunnel",
    frame: onIp(4, ipv4({ protocol: 17, fragmentOffset: 3 }, "rest")),
    outer: { ...portless, protocol: 4, length: 24 },
    inner: [{ ...portless, protocol: 17, marks: ["fragment"], tunnels: ["ipip 0"] }],
  },
  // ── GRE ──
  overIp("GRE, IPv4", 47, gre(TYPE_IPV4, {}, inner4), give4("gre 0")),
  overIp(
    "GRE, IPv6, key",
    47,
    gre(TYPE_IPV6, { key: 0xdeadbeef }, inner6),
    give6("gre 3735928559"),
  ),
  overIp(
    "GRE, Ethernet, checksum, key and sequence",
    47,
    gre(TYPE_ETHERNET, { checksum: true, key: 9, sequence: 1 }, frame4),
    give4("gre 9"),
  ),
  overIp("GRE, checksum only", 47, gre(TYPE_IPV4, { checksum: true }, inner4), give4("gre 0")),
  overIp("GRE, MPLS", 47, gre(TYPE_MPLS, {}, build.mpls([17], inner4)), give4("gre 0")),
  overIp("GRE, PPP", 47, gre(TYPE_PPP, {}, framed(PPP_IPV6, inner6)), give6("gre 0")),
  overIp("GRE, NSH, Ethernet", 47, gre(TYPE_NSH, {}, nsh(3, frame4)), give4("gre 0")),
  overIp("PPTP", 47, pptp("3001", "00000001", framed(PPP_IPV4, inner4)), give4("pptp 0")),
  overIp(
    "PPTP, acknowledged, PPP compressed",
    47,
    pptp("3081", "00000001 00000002", bytes(0x21, inner4)),
    give4("pptp 0"),
  ),
  overIp("PPTP, only an acknowledgement", 47, pptp("2081", "00000001", bytes())),
  counted(
    overIp("PPTP, LCP", 47, pptp("3001", "00000001", framed(0xc021, bytes("lcp")))),
    abi.UNHANDLED_PPP,
    0xc021,
  ),
  counted(overIp("GRE, a keepalive", 47, gre(0, {})), UNHANDLED_ETHERTYPE, 0),
  counted(overIp("GRE, LLDP", 47, gre(0x88cc, {}, frame4)), UNHANDLED_ETHERTYPE, 0x88cc),
  ...[
    overIp("GRE that ends in its header", 47, hex("200008")),
    overIp("GRE that ends in front of its key", 47, hex("20000800 000000")),
    overIp("GRE with source routes", 47, bytes(hex("40000800"), inner4)),
    overIp("GRE, version 2", 47, bytes(hex("00020800"), inner4)),
    overIp("PPTP without PPP", 47, bytes(hex("30010800 00050007 00000001"), inner4)),
    overIp("PPTP, longer than its packet", 47, pptp("3001", "00000001", inner4, 999)),
    overIp("EtherIP, version 4", 97, bytes(hex("4000"), frame4)),
    overIp("EtherIP of one byte", 97, hex("30")),
    overIp(
      "ERSPAN II, version 2",
      47,
      gre(0x88be, { sequence: 1 }, hex("2000 0005 00000000"), frame4),
    ),
    overIp("ERSPAN III, cut", 47, gre(0x22eb, { sequence: 1 }, hex("2000 0005 00000000"))),
    overIp(
      "ERSPAN III, not Ethernet",
      47,
      gre(0x22eb, { sequence: 1 }, hex("2000 0005 00000000 00000800"), frame4),
    ),
    overIp("GRE, NSH with nothing known", 47, gre(TYPE_NSH, {}, nsh(9, frame4))),
    overIp("GRE, NSH cut off", 47, gre(TYPE_NSH, {}, nsh(3, frame4).slice(0, 20))),
  ].map((wrong) => counted(wrong, UNHANDLED_MALFORMED, abi.LAYER_TUNNEL, true)),
  overIp("ERSPAN I", 47, gre(0x88be, {}, frame4), give4("erspan 0")),
  overIp(
    "ERSPAN II",
    47,
    gre(0x88be, { sequence: 1 }, hex("1001 0405 00000000"), frame4),
    give4("erspan 5"),
  ),
  overIp(
    "ERSPAN III",
    47,
    gre(0x22eb, { sequence: 1 }, hex("2001 0006 00000000 00000000"), frame6),
    give6("erspan 6"),
  ),
  overIp(
    "ERSPAN III with a subheader",
    47,
    gre(0x22eb, { sequence: 1 }, hex("2001 0006 00000000 00000001 0000000000000000"), frame4),
    give4("erspan 6"),
  ),
  overIp("EtherIP, ARP", 97, bytes(hex("3000"), ethernet(TYPE_ARP, build.arp())), {
    network: NETWORK_ARP,
    protocol: 0,
    from: "192.0.2.1 0",
    to: "192.0.2.9 0",
    tunnels: ["etherip 0"],
  }),
  overIp("MPLS in IP", 137, build.mpls([16, 17], inner6), give6("mpls-in-ip 0")),
  overIp("L2TPv3, Ethernet", 115, bytes(hex("00000009"), frame4), give4("l2tpv3 0")),
  ...[4, 8, 12].map((size) =>
    overIp(
      `L2TPv3, Ethernet behind ${size} bytes`,
      115,
      bytes(hex("00000009"), new Uint8Array(size).fill(0xc5), frame6),
      give6("l2tpv3 0"),
    ),
  ),
  overIp("L2TPv3, PPP", 115, bytes(hex("00000009"), framed(PPP_IPV4, inner4)), give4("l2tpv3 0")),
  overIp("L2TPv3, control", 115, bytes(hex("00000000"), frame4)),
  overIp("L2TPv3, something else", 115, hex("00000009 01020304")),
  // ── Datagrams ──
  overUdp("VXLAN", 4789, vxlan(7, frame4), give4("vxlan 7")),
  overUdp(
    "VXLAN, the highest number, IPv6",
    8472,
    vxlan(0xffffff, frame6),
    give6("vxlan 16777215"),
  ),
  overUdp("VXLAN on another port", 9999, vxlan(7, frame4), give4("vxlan 7")),
  overUdp(
    "VXLAN on another tunnel's port modulo 64",
    4789 + 64,
    vxlan(7, frame4),
    give4("vxlan 7"),
  ),
  overUdp("VXLAN, group policy", 4789, bytes(hex("8848 1234 00000700"), frame4), give4("vxlan 7")),
  overUdp(
    "VXLAN, SNAP",
    4789,
    vxlan(7, ethernet(8 + inner4.length, build.snap(TYPE_IPV4, inner4))),
    give4("vxlan 7"),
  ),
  {
    ...overUdp("VXLAN, an answer", 4789, vxlan(7, frame4), give4("vxlan 7")),
    frame: onIp(IP_UDP, udp({ from: 4789, to: 40001 }, vxlan(7, frame4))),
    outer: {
      protocol: IP_UDP,
      from: "192.0.2.1 4789",
      to: "198.51.100.2 40001",
      length: 8 + frame4.length,
    },
  },
  {
    ...overUdp("VXLAN over IPv6", 4789, vxlan(7, frame4), give4("vxlan 7")),
    frame: {
      data: ethernet(TYPE_IPV6, ipv6({ next: IP_UDP }, udp({ to: 4789 }, vxlan(7, frame4)))),
    },
    outer: {
      network: NETWORK_IPV6,
      protocol: IP_UDP,
      from: V6_FROM,
      to: V6_TO.replace("53", "4789"),
      length: 8 + frame4.length,
    },
  },
  {
    ...overUdp("VXLAN, padded by Ethernet", 4789, vxlan(7, frame4), give4("vxlan 7")),
    frame: { data: bytes(onUdp(4789, vxlan(7, frame4)).data, "padding") },
  },
  onlyOuter("VXLAN without a number", 4789, changed(vxlan(7, frame4), 0, 0)),
  onlyOuter("VXLAN, a reserved bit", 4789, changed(vxlan(7, frame4), 0, 0x0a)),
  onlyOuter("VXLAN, the last byte", 4789, changed(vxlan(7, frame4), 7, 1)),
  onlyOuter("VXLAN, policy on another port", 9999, bytes(hex("8848 1234 00000700"), frame4)),
  onlyOuter("VXLAN, another Ethertype", 4789, vxlan(7, ethernet(0x88cc, inner4))),
  onlyOuter("VXLAN, IPv4 of another version", 4789, vxlan(7, ethernet(TYPE_IPV4, inner6))),
  onlyOuter("VXLAN, IPv4 too long", 4789, vxlan(7, ethernet(TYPE_IPV4, inner4.slice(0, -1)))),
  onlyOuter("VXLAN, IPv6 too long", 4789, vxlan(7, ethernet(TYPE_IPV6, inner6.slice(0, -1)))),
  onlyOuter("VXLAN, nothing", 4789, vxlan(7)),
  onlyOuter("VXLAN, seven bytes", 4789, vxlan(7).slice(0, 7)),
  overUdp("VXLAN-GPE, IPv4", 4790, bytes(hex("0c000001 00000700"), inner4), give4("vxlan-gpe 7")),
  overUdp("VXLAN-GPE, IPv6", 4790, bytes(hex("0c000002 00000700"), inner6), give6("vxlan-gpe 7")),
  overUdp(
    "VXLAN-GPE, Ethernet",
    4790,
    bytes(hex("0e000003 00000700"), frame4),
    give4("vxlan-gpe 7"),
  ),
  overUdp(
    "VXLAN-GPE, no next protocol",
    4790,
    bytes(hex("08000000 00000700"), frame4),
    give4("vxlan-gpe 7"),
  ),
  overUdp(
    "VXLAN-GPE, NSH",
    4790,
    bytes(hex("0c000004 00000700"), nsh(1, inner4)),
    give4("vxlan-gpe 7"),
  ),
  overUdp(
    "VXLAN-GPE, MPLS",
    4790,
    bytes(hex("0c000005 00000700"), build.mpls([3], inner4)),
    give4("vxlan-gpe 7"),
  ),
  onlyOuter("VXLAN-GPE, OAM", 4790, bytes(hex("0d000001 00000700"), inner4)),
  onlyOuter("VXLAN-GPE, version 1", 4790, bytes(hex("1c000001 00000700"), inner4)),
  onlyOuter("VXLAN-GPE, another protocol", 4790, bytes(hex("0c000007 00000700"), inner4)),
  onlyOuter(
    "VXLAN-GPE, a protocol that is not announced",
    4790,
    bytes(hex("08000003 00000700"), frame4),
  ),
  overUdp("Geneve, Ethernet", 6081, geneve(7, TYPE_ETHERNET, [], frame4), give4("geneve 7")),
  overUdp(
    "Geneve, options, IPv6",
    6081,
    geneve(7, TYPE_IPV6, hex("0102 03 01 aabbccdd 0102 04 00"), inner6),
    give6("geneve 7"),
  ),
  overUdp(
    "Geneve, critical, IPv4",
    6081,
    changed(geneve(7, TYPE_IPV4, [], inner4), 1, 0x40),
    give4("geneve 7"),
  ),
  onlyOuter("Geneve, control", 6081, changed(geneve(7, TYPE_IPV4, [], inner4), 1, 0x80)),
  onlyOuter("Geneve, version 1", 6081, changed(geneve(7, TYPE_IPV4, [], inner4), 0, 0x40)),
  onlyOuter(
    "Geneve, an option beyond the others",
    6081,
    geneve(7, TYPE_IPV4, hex("0102 03 01"), inner4),
  ),
  onlyOuter("Geneve, more options than bytes", 6081, changed(geneve(7, TYPE_IPV4), 0, 63)),
  onlyOuter("Geneve, another type", 6081, geneve(7, 0x88cc, [], inner4)),
  overUdp("GTP-U, IPv4", 2152, gtp(0, [], inner4), give4("gtp 0")),
  overUdp("GTP-U, sequence number, IPv6", 2152, gtp(2, hex("00010000"), inner6), give6("gtp 0")),
  overUdp(
    "GTP-U, two extension headers",
    2152,
    gtp(4, hex("00000085 01 001085 01 001000"), inner4),
    give4("gtp 0"),
  ),
  overUdp("GTP-U, Ethernet", 2152, gtp(0, [], frame4), give4("gtp 0")),
  onlyOuter("GTP-U, another message", 2152, changed(gtp(0, [], inner4), 1, 1)),
  onlyOuter("GTP-U, version 2", 2152, changed(gtp(0, [], inner4), 0, 0x50)),
  onlyOuter("GTP-U, GTP'", 2152, changed(gtp(0, [], inner4), 0, 0x20)),
  onlyOuter("GTP-U, too long", 2152, changed(gtp(0, [], inner4), 3, 0xff)),
  onlyOuter("GTP-U, an extension of length 0", 2152, gtp(4, hex("00000085 00001000"), inner4)),
  onlyOuter(
    "GTP-U, an extension that is not there",
    2152,
    gtp(4, hex("00000085 ff001000"), inner4),
  ),
  overUdp(
    "GTP-U, eight extension headers of different lengths",
    2152,
    gtp(
      4,
      bytes(
        hex("00000085"),
        ...Array.from({ length: 8 }, (_, index) =>
          bytes(index + 1, new Uint8Array((index + 1) * 4 - 2), index === 7 ? 0 : 0x85),
        ),
      ),
      inner4,
    ),
    give4("gtp 0"),
  ),
  onlyOuter(
    "GTP-U, nine extension headers",
    2152,
    gtp(
      4,
      bytes(hex("00000085"), ...Array<Bytes>(8).fill(hex("01000085")), hex("01000000")),
      inner4,
    ),
  ),
  onlyOuter(
    "GTP-U, an extension that ends within the packet it carries",
    2152,
    gtp(4, hex("00000085 02001000"), inner4),
  ),
  onlyOuter("GTP-U, nothing", 2152, gtp(0, [])),
  onlyOuter("GTP-U, no IP", 2152, gtp(0, [], "something else altogether")),
  overUdp("L2TP", 1701, bytes(hex("0002 0001 0002"), framed(PPP_IPV4, inner4)), give4("l2tp 0")),
  overUdp(
    "L2TP, length, sequence and offset",
    1701,
    bytes(
      hex("4b02"),
      be16(18 + 4 + inner6.length),
      hex("0001 0002 0005 0006 0004 00000000"),
      framed(PPP_IPV6, inner6),
    ),
    give6("l2tp 0"),
  ),
  overUdp("L2TP, PPP compressed", 1701, bytes(hex("0002 0001 0002 21"), inner4), give4("l2tp 0")),
  overUdp("L2TPv3 over UDP", 1701, bytes(hex("00030000 00000009"), frame4), give4("l2tpv3 0")),
  ...[4, 8].map((size) =>
    overUdp(
      `L2TPv3 over UDP, a cookie of ${size} bytes`,
      1701,
      bytes(hex("00030000 00000009"), new Uint8Array(size).fill(0xc5), frame4),
      give4("l2tpv3 0"),
    ),
  ),
  onlyOuter(
    "L2TPv3 over UDP, a cookie of 6 bytes",
    1701,
    bytes(hex("00030000 00000009 c5c5c5c5c5c5"), frame4),
  ),
  onlyOuter("L2TPv3 over UDP, control", 1701, bytes(hex("00030000 00000000"), frame4)),
  onlyOuter("L2TPv3 over UDP, a reserved bit", 1701, bytes(hex("00030001 00000009"), frame4)),
  onlyOuter("L2TP, control", 1701, bytes(hex("8002 0001 0002"), framed(PPP_IPV4, inner4))),
  onlyOuter("L2TP, a reserved bit", 1701, bytes(hex("0012 0001 0002"), framed(PPP_IPV4, inner4))),
  onlyOuter("L2TP, too long", 1701, bytes(hex("4002 ffff 0001 0002"), framed(PPP_IPV4, inner4))),
  onlyOuter(
    "L2TP, an offset beyond the end",
    1701,
    bytes(hex("0202 0001 0002 ffff"), framed(PPP_IPV4, inner4)),
  ),
  onlyOuter("L2TP, LCP", 1701, bytes(hex("0002 0001 0002"), framed(0xc021, bytes("lcp")))),
  overUdp("Teredo", 3544, teredo6(teredoAddress), giveTeredo),
  overUdp(
    "Teredo, authenticated, with an origin",
    3544,
    bytes(hex("0001 02 01 aaaa bb 0011223344556677 00 0000 1234 c0000201"), teredo6(teredoAddress)),
    giveTeredo,
  ),
  overUdp("Teredo, a bubble", 3544, ipv6({ next: 59, from: "fe80::1", to: teredoAddress }), {
    network: NETWORK_IPV6,
    protocol: 59,
    from: "fe80:0:0:0:0:0:0:1 0",
    to: "2001:0:c000:201:0:0:0:1 0",
    aIsTarget: true,
    tunnels: ["teredo 0"],
  }),
  onlyOuter("Teredo without a Teredo address", 3544, inner6),
  onlyOuter(
    "Teredo, authentication that is not all there",
    3544,
    bytes(hex("0001 ff ff"), teredo6(teredoAddress)),
  ),
  onlyOuter("Teredo, IPv4", 3544, inner4),
  overUdp(
    "TZSP, Ethernet",
    37008,
    bytes(hex("0100 0001 00 0a 02 abcd 01"), frame4),
    give4("tzsp 0"),
  ),
  overUdp(
    "TZSP, IEEE 802.11",
    37008,
    bytes(hex("0100 0012 01"), wlanHeader("0801"), build.snap(TYPE_IPV4, inner4)),
    give4("tzsp 0"),
  ),
  onlyOuter("TZSP, another version", 37008, bytes(hex("0200 0001 01"), frame4)),
  onlyOuter("TZSP, no end of tags", 37008, hex("0100 0001 00 0a 02 abcd")),
  onlyOuter("TZSP, a tag beyond the end", 37008, bytes(hex("0100 0001 0a ff"), frame4)),
  onlyOuter("TZSP, keep-alive", 37008, hex("0104 0000 01")),
  overUdp("CAPWAP", 5247, bytes(hex("00100000 00000000"), frame4), give4("capwap 0")),
  overUdp(
    "CAPWAP, radio MAC address",
    5247,
    bytes(hex("00200010 00000000 06 020000000009 00"), frame4),
    give4("capwap 0"),
  ),
  overUdp(
    "CAPWAP, IEEE 802.11",
    5247,
    bytes(hex("00100300 00000000"), wlanHeader("8801", "0000"), build.snap(TYPE_IPV4, inner4)),
    give4("capwap 0"),
  ),
  overUdp(
    "CAPWAP, IEEE 802.11, frame control swapped",
    5247,
    bytes(hex("00100300 00000000"), wlanHeader("0108"), build.snap(TYPE_IPV4, inner4)),
    give4("capwap 0"),
  ),
  counted(
    overUdp("CAPWAP, a beacon", 5247, bytes(hex("00100300 00000000"), wlanHeader("8000"))),
    abi.UNHANDLED_WLAN,
    8,
  ),
  onlyOuter("CAPWAP, sealed", 5247, bytes(hex("01000000 00000000"), frame4)),
  onlyOuter("CAPWAP, a fragment", 5247, bytes(hex("00100080 00000000"), frame4)),
  onlyOuter("CAPWAP, the last fragment", 5247, bytes(hex("001000c0 00010008"), frame4)),
  onlyOuter("CAPWAP, another binding", 5247, bytes(hex("00100500 00000000"), frame4)),
  onlyOuter("CAPWAP, a header beyond the end", 5247, bytes(hex("00f80000 00000000"), frame4)),
  counted(
    overUdp(
      "CAPWAP, sealed IEEE 802.11",
      5247,
      bytes(hex("00100300 00000000"), wlanHeader("0841"), build.snap(TYPE_IPV4, inner4)),
    ),
    abi.UNHANDLED_WLAN,
    0x20 + abi.WLAN_PROTECTED,
  ),
  onlyOuter("CAPWAP, keep-alive", 5247, bytes(hex("00100008 00000000"), frame4)),
  onlyOuter("CAPWAP, no length", 5247, bytes(hex("00000000 00000000"), frame4)),
  // ── Nested ──
  overIp(
    "GRE in IPv4 in IPv4",
    4,
    ipv4({ protocol: 47 }, gre(TYPE_IPV4, { key: 3 }, inner4)),
    {
      ...portless,
      protocol: 47,
      length: 8 + inner4.length,
      tunnels: ["ipip 0"],
      payload: latin1(gre(TYPE_IPV4, { key: 3 }, inner4)),
    },
    give4("ipip 0", "gre 3"),
  ),
  ...[false, true].map((isDeeper) => {
    const deepest = isDeeper ? ipv4({ protocol: 4 }, inner4) : inner4;
    const third = udp({ to: 2152 }, gtp(0, [], deepest));
    const second = gre(TYPE_IPV4, { key: 3 }, ipv4({ protocol: IP_UDP }, third));
    const first = vxlan(7, ethernet(TYPE_IPV4, ipv4({ protocol: 47 }, second)));
    const middle = [
      { ...portless, protocol: 47, payload: latin1(second), tunnels: ["vxlan 7"] },
      {
        protocol: IP_UDP,
        to: "198.51.100.2 2152",
        payload: latin1(third.slice(8)),
        tunnels: ["vxlan 7", "gre 3"],
      },
    ];
    const carriers = ["vxlan 7", "gre 3", "gtp 0"];
    return isDeeper
      ? counted(
          overUdp("four tunnels in each other: the last is counted", 4789, first, ...middle, {
            ...portless,
            protocol: 4,
            payload: latin1(inner4),
            tunnels: carriers,
          }),
          abi.UNHANDLED_DEPTH,
          abi.TUNNEL_IPIP,
        )
      : overUdp("three tunnels in each other", 4789, first, ...middle, give4(...carriers));
  }),
  ...ipsec,
];
