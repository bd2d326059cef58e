import {
  type Word,
  derive,
  either,
  hex,
  opt,
  remains,
  room,
  skip,
  u16,
  u8,
} from "../../language/vocabulary.js";

/** Protocols that travel in IP: ICMP, IGMP, IP, TCP, UDP, IPv6, GRE, ESP, AH, EIGRP, OSPF, PIM, VRRP, SCTP. */
const IP_PROTOCOLS = [1, 2, 4, 6, 17, 41, 47, 50, 51, 88, 89, 103, 112, 132];

/** The beginning of an IPv4 header (RFC 791 §3.1), unfragmented or the first fragment; `end` says how its length ends. */
const ipv4 = (...end: Word[]): Word[] => [
  u8([0x45, 0x46]),
  skip(1),
  u16("ip-length", { min: 20 }),
  derive("ip-rest", { from: "ip-length", plus: -4 }),
  ...end,
  skip(2),
  u16([0, 0x2000, 0x4000]),
  u8({ min: 1 }),
  u8(IP_PROTOCOLS),
  skip(2),
  // From a host, or from one that has no address yet (RFC 1122 §3.2.1.3), to a host or a group.
  either([u8({ min: 1, max: 223 }), skip(3)], hex("00000000")),
  u8({ min: 1, max: 255 }),
  skip(3),
];

/** IANA "IPv6 Global Unicast Address Assignments"; documentation (RFC 3849, RFC 9637) and the 6bone (RFC 2471) lie among them. */
const UNICAST = [0x20, 0x24, 0x26, 0x28, 0x2a, 0x2c, 0x3f];
/** RFC 4291 §2.4: global unicast, link-local, unique local (RFC 4193), NAT64 (RFC 6052), and more. */
const ipv6Address = (...more: string[]): Word =>
  either(
    [u8(UNICAST), skip(15)],
    [hex("fe80000000000000"), skip(8)],
    [u8([0xfc, 0xfd]), skip(15)],
    [hex("0064ff9b"), skip(12)],
    ...more,
  );

/** RFC 8200 §3. Next headers: extensions, what IPv4 carries too, ICMPv6 (58), nothing (59). */
const ipv6: Word[] = [
  u8({ min: 0x60, max: 0x6f }),
  skip(3),
  u16("ip-length"),
  derive("ip-rest", { from: "ip-length", plus: 34 }),
  remains("ip-rest"),
  u8([0, 43, 44, 58, 59, 60, 4, 6, 17, 41, 47, 50, 51, 89, 103, 132]),
  u8({ min: 1 }),
  ipv6Address("\0".repeat(16)),
  either(ipv6Address(), [hex("ff"), skip(15)]),
];

/** An IP packet's header, whose length ends where the datagram ends. */
export const ipPacket: Word = either(ipv4(remains("ip-rest")), ipv6);

/** An Ethernet frame that carries IP, ARP or a spanning tree, perhaps behind a VLAN tag, and to the end of the datagram. */
export const ethernetFrame: Word[] = [
  skip(6),
  u8({ mask: 1, bits: 0 }),
  skip(5),
  opt(u16([0x8100, 0x88a8]), skip(2)),
  either(
    // A frame is padded to 60 bytes.
    [u16(0x0800), ipv4(either(remains("ip-rest"), room({ max: 44 })))],
    [u16(0x86dd), ipv6],
    [u16(0x0806), hex("0001 0800 06 04 00"), u8([1, 2])],
    [u16({ max: 1500 }), hex("42 42 03 00 00")],
  ),
];
