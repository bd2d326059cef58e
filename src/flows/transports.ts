/**
 * Names of IP protocols: IANA's keywords in lower case, "Assigned Internet Protocol Numbers"
 * (https://www.iana.org/assignments/protocol-numbers); `icmpv6` for IPv6-ICMP and `ospf` for OSPFIGP, as
 * everybody says.
 */
const KEYWORDS: Readonly<Record<number, string>> = {
  0: "hopopt",
  1: "icmp",
  2: "igmp",
  3: "ggp",
  4: "ipv4",
  5: "st",
  6: "tcp",
  7: "cbt",
  8: "egp",
  9: "igp",
  17: "udp",
  27: "rdp",
  33: "dccp",
  41: "ipv6",
  46: "rsvp",
  47: "gre",
  50: "esp",
  51: "ah",
  58: "icmpv6",
  59: "ipv6-nonxt",
  88: "eigrp",
  89: "ospf",
  94: "ipip",
  97: "etherip",
  98: "encap",
  103: "pim",
  108: "ipcomp",
  112: "vrrp",
  113: "pgm",
  115: "l2tp",
  124: "isis",
  131: "pipe",
  132: "sctp",
  133: "fc",
  135: "mobility-header",
  136: "udplite",
  137: "mpls-in-ip",
  138: "manet",
  139: "hip",
  140: "shim6",
  141: "wesp",
  142: "rohc",
  143: "ethernet",
  144: "aggfrag",
  145: "nsh",
};

/** Transports whose payload is looked at. */
export type InspectedTransport = "tcp" | "udp" | "sctp";

const INSPECTED: Readonly<Record<number, InspectedTransport>> = {
  6: "tcp",
  17: "udp",
  132: "sctp",
};

/** Undefined for an IP protocol whose payload is not looked at. */
export const inspectedTransport = (protocol: number): InspectedTransport | undefined =>
  INSPECTED[protocol];

/** Keyword of an IP protocol number, `ip-N` where IANA gives none. */
export function transportName(protocol: number): string {
  return KEYWORDS[protocol] ?? `ip-${protocol}`;
}
