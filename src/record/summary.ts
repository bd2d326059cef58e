import { TUNNEL_TYPES, type Grade, type LooksKind } from "./record.js";

/** Totals of one protocol, over all records. */
export interface ProtocolTotal {
  /** null: flows whose protocol no evidence names. */
  name: string | null;
  /** The strongest grade that a flow of it was named with. */
  grade?: Grade;
  flows: number;
  packets: number;
  bytes: number;
}

/** Flows without a protocol by what they look like: sides that look alike count once a flow. */
export interface LooksTotal {
  kind: LooksKind;
  flows: number;
}

/**
 * Why no flow was made of a packet. The order is the engine's: code n of its unhandled rows is
 * element n − 1.
 */
export const UNHANDLED_KINDS = [
  "link-type",
  "ethertype",
  "ppp",
  "llc",
  "mpls",
  "ip-version",
  "arp",
  /** Cut off before a header was complete. */
  "truncated",
  /** A header contradicts itself. */
  "malformed",
  /** A loopback frame of an address family other than IP. */
  "family",
  /** In more tunnels than are followed; what carries it has its flows. */
  "depth",
  /** An IEEE 802.11 frame that holds no data, or sealed data. */
  "wlan",
  /** Frame Relay. */
  "nlpid",
] as const;
export type UnhandledKind = (typeof UNHANDLED_KINDS)[number];

/** Packets that no flow was made of, by reason. */
export interface Unhandled {
  kind: UnhandledKind;
  /** The number that was not understood; for `truncated` and `malformed`, the layer. */
  value: number;
  /** For people: `ethertype 0x88cc (LLDP)`. See {@link nameUnhandled}. */
  name: string;
  packets: number;
  bytes: number;
}

/** Everything that limits what the records say. All are 0 where all went well. */
export interface Counters {
  /** Packets that gave no flow at all; {@link Summary.unhandled} says why, and what inner packets gave none. */
  noFlow: number;
  /** Packets with a header that contradicts itself or the frame. */
  malformed: number;
  /** IP fragments of datagrams that were not put together, so far. */
  fragments: number;
  /** Datagrams whose fragments did not all come in time; what came was read. */
  datagramsIncomplete: number;
  /** Datagrams given up early: more came in fragments at one time than memory holds. */
  datagramsEvicted: number;
  /** IP fragments that contradict others of their datagram. */
  fragmentsOverlapping: number;
  /** TCP and UDP packets that are copies of one just before: a mirror port's. They are counted all the same. */
  duplicates: number;
  /** Packets earlier than one before them. */
  timeBackwards: number;
  /** Flows ended early because the flow table was full. */
  evicted: number;
  /** Announcements of flows, connection ids, and questions without an answer yet, forgotten early because there were too many. */
  expectationsEvicted: number;
  /** Addresses whose names were forgotten early because there were too many. */
  namesEvicted: number;
  /** Flows not inspected for lack of memory. */
  inspectionDenied: number;
  /** Directions whose first bytes were cut short for lack of memory. */
  prefixDenied: number;
  /** Facts that were not kept, and messages that did not wait, for lack of memory. */
  factsDenied: number;
  /** Packets of an interface, VLAN list or tunnel that the table had no more room for; they share one row. */
  contextOverflow: number;
  /** Packets whose reason did not fit the list of {@link Summary.unhandled}. */
  unhandledOverflow: number;
  /** TCP gaps that were given up while their flow was inspected. */
  gaps: number;
  /** TCP segments out of order that were not kept while their flow was inspected. */
  segmentsDropped: number;
  /** Matching programs ended by their step budget. */
  budget: number;
  /** Candidates dropped because a flow had too many. */
  candidatesDropped: number;
  /** Failures of the engine, which are bugs; after each another engine went on. */
  traps: number;
  /** Flows without a record, because an engine that failed had left their memory unbelievable. */
  flowsLost: number;
}

/** What a run read and found. */
export interface Summary {
  flows: number;
  packets: number;
  /** Frame lengths on the wire. */
  bytes: number;
  /** From the first packet to the last one, on capture time. */
  seconds: number;
  /** Most bytes first. */
  protocols: ProtocolTotal[];
  /** Most flows first; a flow whose sides differ stands under both. */
  looks: LooksTotal[];
  /** Most packets first. */
  unhandled: Unhandled[];
  counters: Counters;
}

/** LINKTYPE values: https://www.tcpdump.org/linktypes.html */
const linkTypes: Record<number, string> = {
  3: "AX.25",
  6: "IEEE 802.5",
  7: "ARCNET",
  8: "SLIP",
  10: "FDDI",
  100: "ATM RFC 1483",
  104: "Cisco HDLC",
  105: "IEEE 802.11",
  107: "Frame Relay",
  114: "LocalTalk",
  117: "PFLOG",
  119: "Prism",
  122: "IP over Fibre Channel",
  123: "SunATM",
  127: "radiotap",
  129: "ARCNET Linux",
  138: "IP over IEEE 1394",
  139: "MTP2 with header",
  140: "MTP2",
  141: "MTP3",
  142: "SCCP",
  143: "DOCSIS",
  144: "Linux IrDA",
  163: "IEEE 802.11 AVS",
  165: "BACnet MS/TP",
  166: "PPP pppd",
  169: "GPRS LLC",
  177: "Linux LAPD",
  187: "Bluetooth HCI H4",
  189: "USB Linux",
  192: "PPI",
  195: "IEEE 802.15.4",
  197: "ERF",
  201: "Bluetooth HCI H4 with header",
  203: "LAPD",
  204: "PPP with direction",
  205: "Cisco HDLC with direction",
  206: "Frame Relay with direction",
  212: "LIN",
  215: "IEEE 802.15.4 non-ASK",
  220: "USB Linux, memory-mapped",
  224: "FC-2",
  226: "ipnet",
  227: "SocketCAN",
  230: "IEEE 802.15.4 without FCS",
  231: "D-Bus",
  239: "NFLOG",
  242: "IP over InfiniBand",
  243: "MPEG-2 TS",
  245: "NFC LLCP",
  247: "InfiniBand",
  248: "SCTP",
  249: "USBPcap",
  251: "Bluetooth LE",
  253: "Netlink",
  254: "Bluetooth Linux monitor",
  256: "Bluetooth LE with header",
  258: "PKTAP",
  259: "EPON",
  266: "USB Darwin",
  271: "vsock",
  272: "Nordic BLE",
  274: "Ethernet mPacket",
  283: "IEEE 802.15.4 TAP",
};

/** IANA "IEEE 802 Numbers", EtherTypes. */
const ethertypes: Record<number, string> = {
  0x0600: "XNS IDP",
  0x0842: "Wake-on-LAN",
  0x22ea: "SRP",
  0x22f0: "AVTP",
  0x22f3: "TRILL",
  0x6002: "DEC MOP",
  0x6003: "DECnet",
  0x6558: "Transparent Ethernet Bridging",
  0x8035: "RARP",
  0x809b: "AppleTalk",
  0x80f3: "AARP",
  0x8137: "IPX",
  0x8808: "Ethernet flow control",
  0x8809: "slow protocols, LACP",
  0x8863: "PPPoE discovery",
  0x888e: "EAPOL, 802.1X",
  0x8892: "PROFINET",
  0x88a2: "ATA over Ethernet",
  0x88a4: "EtherCAT",
  0x88ab: "POWERLINK",
  0x88b5: "local experimental",
  0x88b6: "local experimental",
  0x88b7: "OUI extended",
  0x88b8: "GOOSE",
  0x88ba: "sampled values",
  0x88c7: "802.11 pre-authentication",
  0x88cc: "LLDP",
  0x88cd: "SERCOS III",
  0x88d9: "LLTD",
  0x88e1: "HomePlug AV",
  0x88e5: "MACsec",
  0x88e7: "provider backbone bridging",
  0x88f5: "MVRP",
  0x88f6: "MMRP",
  0x88f7: "PTP",
  0x88fb: "PRP",
  0x8902: "CFM",
  0x8906: "FCoE",
  0x890d: "802.11 management",
  0x8914: "FIP",
  0x8915: "RoCE",
  0x892f: "HSR",
  0x893a: "IEEE 1905.1",
  0x894f: "NSH",
  0x9000: "loopback",
};

/** IANA "PPP DLL Protocol Numbers". */
const pppProtocols: Record<number, string> = {
  0x0023: "OSI",
  0x002b: "IPX",
  0x002d: "compressed TCP/IP",
  0x0031: "bridging",
  0x003d: "multilink",
  0x00fd: "compressed",
  0x8021: "IPCP",
  0x8031: "bridging control",
  0x8057: "IPv6CP",
  0x80fd: "compression control",
  0x8281: "MPLS control",
  0xc021: "LCP",
  0xc023: "PAP",
  0xc025: "link quality",
  0xc223: "CHAP",
  0xc227: "EAP",
};

/** IANA "IEEE 802 Numbers", link service access points; DSAP << 8 | SSAP. */
const serviceAccessPoints: Record<number, string> = {
  0x0606: "IP",
  0x4242: "spanning tree",
  0xaaaa: "SNAP",
  0xe0e0: "NetWare",
  0xf0f0: "NetBIOS",
  0xfefe: "OSI, IS-IS",
  0xffff: "IPX",
};

/** The engine's LAYER_* codes; the value says in which header the packet ended, or went wrong. */
const layers: Record<number, string> = {
  1: "link-layer header",
  2: "VLAN tag",
  3: "MPLS label",
  4: "PPPoE header",
  5: "IPv4 header",
  6: "IPv6 header",
  7: "IPv6 extension header",
  8: "transport header",
  9: "ARP packet",
  10: "tunnel's header",
};

/** IEEE 802.11 §9.2.4.1.3; the value is type << 4 | subtype. */
const wlanTypes = ["management frame", "control frame", "frame without data", "extension frame"];
const WLAN_PROTECTED = 256;

/** ISO/IEC TR 9577. */
const networkLayers: Record<number, string> = {
  0x08: "Q.933",
  0x80: "SNAP",
  0x81: "CLNP",
  0x82: "ES-IS",
  0x83: "IS-IS",
  0xb0: "FRF.9 compression",
  0xb1: "FRF.12 fragmentation",
};

/**
 * Says what was not understood in words, with the name from its registry where it has one.
 * @example
 * nameUnhandled("ethertype", 0x88cc) // "ethertype 0x88cc (LLDP)"
 * nameUnhandled("link-type", 147)    // "link type 147 (USER0)"
 */
export function nameUnhandled(kind: UnhandledKind, value: number): string {
  const named = (text: string, name?: string) => (name === undefined ? text : `${text} (${name})`);
  const hex = value.toString(16).padStart(4, "0");
  switch (kind) {
    case "link-type": {
      const isUser = value >= 147 && value <= 162;
      return named(`link type ${value}`, isUser ? `USER${value - 147}` : linkTypes[value]);
    }
    case "ethertype":
      return named(`ethertype 0x${hex}`, ethertypes[value]);
    case "ppp":
      return named(`PPP protocol 0x${hex}`, pppProtocols[value]);
    case "llc":
      return named(`LLC 0x${hex}`, serviceAccessPoints[value]);
    case "mpls":
      return "MPLS payload other than IP";
    case "ip-version":
      return `IP version ${value}`;
    case "arp":
      return `ARP for protocol 0x${hex}`;
    case "truncated":
      return `cut off in the ${layers[value] ?? `header of layer ${value}`}`;
    case "family":
      return `address family ${value}`;
    case "depth":
      return named("carried by too many tunnels", TUNNEL_TYPES[value - 1]);
    case "wlan":
      return `IEEE 802.11 ${value < WLAN_PROTECTED ? wlanTypes[(value >>> 4) & 3] : "sealed frame"}`;
    case "nlpid":
      return named(`Frame Relay NLPID 0x${value.toString(16)}`, networkLayers[value]);
    case "malformed":
      return `malformed ${layers[value] ?? `header of layer ${value}`}`;
  }
}
