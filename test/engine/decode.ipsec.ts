/** ESP that does not encrypt, and AH. ESP that is not right in everything is encrypted, for all that one can see. */
import * as abi from "../../src/engine/abi.js";
import {
  ah,
  be16,
  bytes,
  checked,
  esp,
  ethernet,
  extension,
  gre,
  hex,
  icmpEcho,
  ipv4,
  ipv4Address,
  ipv6,
  ipv6Address,
  pseudoHeader,
  tcp,
  TYPE_IPV4,
  TYPE_IPV6,
  udp,
  type Bytes,
  type EspHeader,
} from "../support/packets.js";
import type { Descriptor } from "./decode.harness.js";
import { V6_FROM, V6_TO } from "./decode.frames.js";
import {
  changed,
  counted,
  give4,
  give6,
  inner4,
  inner6,
  latin1,
  overIp,
  overUdp,
  portless,
  type TunnelCase,
} from "./tunnel-cases.js";

const { IP_IPV4, IP_IPV6, IP_TCP, IP_UDP } = abi;
const GRE = 47;
const ESP = 50;
const AH = 51;
const OSPF = 89;
const HEADER_CHECKSUM = 10;
const TCP_CHECKSUM = 16;
const UDP_CHECKSUM = 6;
const ICMP_CHECKSUM = 2;

const ends4 = bytes(ipv4Address("192.0.2.1"), ipv4Address("198.51.100.2"));
const ends6 = bytes(ipv6Address("2001:db8::1"), ipv6Address("2001:db8::2"));
const overPseudo = (ends: Bytes, protocol: number, content: Bytes, at: number) =>
  checked(content, at, pseudoHeader(ends, protocol, content.length));
const right4 = bytes(checked(inner4.slice(0, 20), HEADER_CHECKSUM), inner4.slice(20));
const segment = (ends = ends4, flags = "A") =>
  overPseudo(ends, IP_TCP, tcp({ flags }, "GET /"), TCP_CHECKSUM);
const query = udp({}, "question");
const datagram = (ends = ends4) => overPseudo(ends, IP_UDP, query, UDP_CHECKSUM);
const ping4 = checked(icmpEcho("ping"), ICMP_CHECKSUM);
const ping6 = overPseudo(ends6, 58, changed(icmpEcho("ping"), 0, 128), ICMP_CHECKSUM);
const hello = (version: number, length: number) =>
  bytes(version, 1, be16(length), new Uint8Array(length - 4));

const cleartext = (given: TunnelCase): TunnelCase => ({
  ...given,
  outer: { ...given.outer, marks: ["cleartext"] },
});
/** Named in the clear. */
const clear = (name: string, header: EspHeader, payload: Bytes, ...inner: Partial<Descriptor>[]) =>
  cleartext(overIp(`ESP-NULL: ${name}`, ESP, esp(header, payload), ...inner));
const encrypted = (name: string, content: Bytes): TunnelCase =>
  overIp(`ESP: ${name}: the outer flow only`, ESP, content);
const overIpv6 = (
  name: string,
  next: number,
  content: Bytes,
  ...inner: Partial<Descriptor>[]
): TunnelCase => ({
  name,
  frame: { data: ethernet(TYPE_IPV6, ipv6({ next }, content)) },
  outer: {
    network: abi.NETWORK_IPV6,
    protocol: next,
    from: "2001:db8:0:0:0:0:0:1 0",
    to: "2001:db8:0:0:0:0:0:2 0",
    length: content.length,
  },
  inner,
});

const within = { tunnels: ["esp-null 0"] };
const asTcp = { tcpFlags: 0x10, sequence: 1000, payload: "GET /" };
const asUdp = { protocol: IP_UDP, to: "198.51.100.2 53", payload: "question" };
const asIpv6 = { network: abi.NETWORK_IPV6, from: V6_FROM, to: V6_TO };
const asHost6 = { ...asIpv6, from: "2001:db8:0:0:0:0:0:1 0", to: "2001:db8:0:0:0:0:0:2 0" };

/** ESP-NULL around a packet, so many times. */
const nested = (times: number, packet: Bytes): Bytes => {
  const content = esp({ next: IP_IPV4 }, packet);
  if (times === 1) return content;
  const outer = ipv4({ protocol: ESP }, content);
  return nested(times - 1, bytes(checked(outer.slice(0, 20), HEADER_CHECKSUM), outer.slice(20)));
};
/** The flows of the ESP within, from the second on. */
const middles = (depth: number): Partial<Descriptor>[] =>
  Array.from({ length: depth }, (_, index) => ({
    ...portless,
    protocol: ESP,
    marks: ["cleartext"],
    payload: latin1(nested(depth - index, right4)),
    tunnels: Array<string>(index + 1).fill("esp-null 0"),
  }));

export const ipsec: readonly TunnelCase[] = [
  ...[12, 16, 24, 32].map((check) =>
    clear(`IPv4, ${check} bytes of check`, { next: IP_IPV4, check }, right4, give4("esp-null 0")),
  ),
  clear(
    "IPv4, GMAC",
    { next: IP_IPV4, vector: hex("0011223344556677"), check: 16 },
    right4,
    give4("esp-null 0"),
  ),
  clear("IPv6", { next: IP_IPV6 }, inner6, give6("esp-null 0")),
  clear(
    "more padding than is needed",
    {
      next: IP_IPV4,
      padding: Array.from({ length: (-(right4.length + 2) & 3) + 252 }, (_, n) => n + 1),
    },
    right4,
    give4("esp-null 0"),
  ),
  clear("TCP", { next: IP_TCP }, segment(), { ...asTcp, ...within }),
  clear("UDP", { next: IP_UDP }, datagram(), { ...asUdp, ...within }),
  clear("UDP without a checksum", { next: IP_UDP }, query, { ...asUdp, ...within }),
  clear("ICMP", { next: 1 }, ping4, {
    ...portless,
    protocol: 1,
    payload: latin1(ping4),
    ...within,
  }),
  clear("OSPF", { next: OSPF }, hello(2, 44), {
    ...portless,
    protocol: OSPF,
    payload: latin1(hello(2, 44)),
    ...within,
  }),
  clear(
    "GRE, and what that carries",
    { next: GRE },
    gre(TYPE_IPV4, { key: 7 }, inner4),
    {
      ...portless,
      protocol: GRE,
      payload: latin1(gre(TYPE_IPV4, { key: 7 }, inner4)),
      ...within,
    },
    give4("esp-null 0", "gre 7"),
  ),
  cleartext(
    overIpv6("ESP-NULL over IPv6: TCP", ESP, esp({ next: IP_TCP }, segment(ends6)), {
      ...asIpv6,
      to: V6_TO.replace("53", "80"),
      ...asTcp,
      ...within,
    }),
  ),
  cleartext(
    overIpv6("ESP-NULL over IPv6: UDP", ESP, esp({ next: IP_UDP }, datagram(ends6)), {
      ...asIpv6,
      protocol: IP_UDP,
      payload: "question",
      ...within,
    }),
  ),
  cleartext(
    overIpv6("ESP-NULL over IPv6: ICMPv6", ESP, esp({ next: 58 }, ping6), {
      ...asHost6,
      protocol: 58,
      payload: latin1(ping6),
      ...within,
    }),
  ),
  cleartext(
    overIpv6("ESP-NULL over IPv6: OSPFv3", ESP, esp({ next: OSPF }, hello(3, 36)), {
      ...asHost6,
      protocol: OSPF,
      payload: latin1(hello(3, 36)),
      ...within,
    }),
  ),
  cleartext(overUdp("ESP-NULL in UDP", 4500, esp({ next: IP_IPV4 }, right4), give4("esp-null 0"))),
  overUdp("IKE in UDP", 4500, bytes(hex("00000000"), esp({ next: IP_IPV4 }, right4))),
  // ── Not right ──
  encrypted("IPv4 with a wrong checksum", esp({ next: IP_IPV4 }, inner4)),
  encrypted("a reserved SPI", esp({ next: IP_IPV4, spi: 255 }, right4)),
  encrypted("padding of zeros", esp({ next: IP_IPV4, padding: [0] }, right4)),
  encrypted(
    "padding that is longer than all",
    changed(esp({ next: IP_IPV4 }, right4), 8 + right4.length + 1, 200),
  ),
  encrypted("a byte more", bytes(esp({ next: IP_IPV4 }, right4), 0)),
  encrypted("IPv4 behind another next header", esp({ next: IP_IPV6 }, right4)),
  encrypted("an unknown next header", esp({ next: 253 }, segment())),
  encrypted("a check value of 20 bytes", esp({ next: IP_IPV4, check: 20 }, right4)),
  encrypted("IPv4 that does not fill it", esp({ next: IP_IPV4 }, bytes(right4, hex("00000000")))),
  encrypted("IPv6 of another length", esp({ next: IP_IPV6 }, bytes(inner6, hex("00000000")))),
  encrypted("IPv6 with an unknown next header", esp({ next: IP_IPV6 }, ipv6({ next: 253 }))),
  encrypted("TCP between other addresses", esp({ next: IP_TCP }, segment(ends6))),
  encrypted("TCP with flags that cannot be", esp({ next: IP_TCP }, segment(ends4, "SFA"))),
  encrypted("TCP without an acknowledgement", esp({ next: IP_TCP }, segment(ends4, "P"))),
  encrypted("UDP of another length", esp({ next: IP_UDP }, udp({ length: 12 }, "question"))),
  encrypted("UDP with a wrong checksum", esp({ next: IP_UDP }, changed(query, 7, 1))),
  encrypted("ICMP with a wrong checksum", esp({ next: 1 }, icmpEcho("ping"))),
  encrypted(
    "ICMP of another type",
    esp({ next: 1 }, checked(changed(ping4, 0, 99), ICMP_CHECKSUM)),
  ),
  encrypted("ICMPv6 in IPv4", esp({ next: 58 }, ping6)),
  encrypted("OSPF of another version", esp({ next: OSPF }, hello(3, 44))),
  encrypted(
    "GRE with a reserved bit",
    esp({ next: GRE }, changed(gre(TYPE_IPV4, {}, inner4), 1, 8)),
  ),
  encrypted("nothing", hex("c7a1b23d 00000001")),
  encrypted("no room for a trailer", bytes(hex("c7a1b23d 00000001"), new Uint8Array(12))),
  overIpv6(
    "ESP over IPv6: UDP without a checksum: the outer flow only",
    ESP,
    esp({ next: IP_UDP }, query),
  ),
  overIpv6("ESP over IPv6: ICMP: the outer flow only", ESP, esp({ next: 1 }, ping4)),
  // ── Nested ──
  cleartext(
    overIp(
      "ESP-NULL in itself, three times",
      ESP,
      nested(3, right4),
      ...middles(2),
      give4("esp-null 0", "esp-null 0", "esp-null 0"),
    ),
  ),
  counted(
    cleartext(
      overIp("ESP-NULL in itself, once more: counted", ESP, nested(4, right4), ...middles(3)),
    ),
    abi.UNHANDLED_DEPTH,
    abi.TUNNEL_ESP_NULL,
  ),
  // ── AH ──
  overIp(
    "AH: IPv4",
    AH,
    ah(IP_IPV4, inner4),
    { ...portless, protocol: IP_IPV4, payload: latin1(inner4), tunnels: ["ah 0"] },
    give4("ah 0", "ipip 0"),
  ),
  overIp("AH: TCP", AH, ah(IP_TCP, tcp({}, "GET /")), { ...asTcp, tunnels: ["ah 0"] }),
  overIp(
    "AH: ESP-NULL",
    AH,
    ah(ESP, esp({ next: IP_TCP }, segment())),
    {
      ...portless,
      protocol: ESP,
      marks: ["cleartext"],
      payload: latin1(esp({ next: IP_TCP }, segment())),
      tunnels: ["ah 0"],
    },
    { ...asTcp, tunnels: ["ah 0", "esp-null 0"] },
  ),
  overIpv6(
    "AH over IPv6: UDP behind a destination header",
    AH,
    ah(60, extension(IP_UDP, 1, query)),
    {
      ...asIpv6,
      protocol: IP_UDP,
      payload: "question",
      tunnels: ["ah 0"],
    },
  ),
  ...[
    overIp("AH of less than 12 bytes", AH, changed(ah(IP_TCP, tcp({})), 1, 0)),
    overIp("AH with a reserved bit", AH, changed(ah(IP_TCP, tcp({})), 3, 1)),
    overIp("AH that is longer than its packet", AH, changed(ah(IP_TCP, tcp({})), 1, 200)),
    overIp("AH that ends in its header", AH, ah(IP_TCP).slice(0, 11)),
  ].map((wrong) => counted(wrong, abi.UNHANDLED_MALFORMED, abi.LAYER_TUNNEL, true)),
];
