/**
 * Packets and captures, built by hand: each function puts a header before what it is given. Checksums
 * are 0, for nothing here reads them. Everything that a header says can be overridden, to make it lie.
 */

export type Bytes = Uint8Array;
export type Part = Bytes | string | number | readonly number[];

/** Parts in a row: a string is its Latin-1 bytes, a number one byte. */
export function bytes(...parts: readonly Part[]): Bytes {
  const sized = parts.map((part) => (typeof part === "number" ? [part] : part));
  const all = new Uint8Array(sized.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of sized) {
    if (typeof part === "string") Buffer.from(all.buffer).write(part, at, "latin1");
    else all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Big-endian numbers. */
export const be16 = (value: number): Bytes => bytes((value >>> 8) & 0xff, value & 0xff);
export const be32 = (value: number): Bytes => bytes(be16(value >>> 16), be16(value));

/** Hexadecimal digits, spaced as one likes. */
export const hex = (digits: string): Bytes => bytes(Buffer.from(digits.replace(/\s/g, ""), "hex"));

// ── Links ────────────────────────────────────────────────────────────────────────────────────────

export const TYPE_IPV4 = 0x0800;
export const TYPE_ARP = 0x0806;
export const TYPE_VLAN = 0x8100;
export const TYPE_QINQ = 0x88a8;
export const TYPE_IPV6 = 0x86dd;
export const TYPE_MPLS = 0x8847;
export const TYPE_PPPOE = 0x8864;

/** `type` may also be a length (IEEE 802.3). */
export const ethernet = (type: number, ...payload: Part[]): Bytes =>
  bytes(hex("020000000001 020000000002"), be16(type), ...payload);

/** What follows TYPE_VLAN, or TYPE_QINQ. `control` is the VLAN id, with priority bits if one likes. */
export const vlan = (control: number, type: number, ...payload: Part[]): Bytes =>
  bytes(be16(control), be16(type), ...payload);

/** What follows a length in place of an Ethertype. */
export const snap = (type: number, ...payload: Part[]): Bytes =>
  bytes(hex("aaaa03 000000"), be16(type), ...payload);

export const mpls = (labels: readonly number[], ...payload: Part[]): Bytes =>
  bytes(
    ...labels.map((label, index) =>
      be32(((label << 12) | (index === labels.length - 1 ? 0x100 : 0) | 64) >>> 0),
    ),
    ...payload,
  );

export const PPP_IPV4 = 0x0021;
export const PPP_IPV6 = 0x0057;
export const PPP_MPLS = 0x0281;

export const ppp = (protocol: number, ...payload: Part[]): Bytes =>
  bytes(be16(protocol), ...payload);

export const pppoe = (session: Bytes, length = session.length): Bytes =>
  bytes(hex("1100 0007"), be16(length), session);

export const cookedV1 = (type: number, ...payload: Part[]): Bytes =>
  bytes(hex("0000 0001 0006 020000000001 0000"), be16(type), ...payload);

export const cookedV2 = (type: number, ...payload: Part[]): Bytes =>
  bytes(be16(type), hex("0000 00000002 0001 00 06 020000000001 0000"), ...payload);

// ── Tunnels ──────────────────────────────────────────────────────────────────────────────────────

/** Transparent Ethernet bridging. */
export const TYPE_ETHERNET = 0x6558;
export const TYPE_PPP = 0x880b;
export const TYPE_NSH = 0x894f;

export interface GreHeader {
  checksum?: boolean;
  key?: number;
  sequence?: number;
}

export function gre(type: number, header: GreHeader, ...payload: Part[]): Bytes {
  const { checksum = false, key, sequence } = header;
  const flags =
    (checksum ? 0x8000 : 0) |
    (key === undefined ? 0 : 0x2000) |
    (sequence === undefined ? 0 : 0x1000);
  return bytes(
    be16(flags),
    be16(type),
    checksum ? be32(0xabcd0000) : [],
    key === undefined ? [] : be32(key),
    sequence === undefined ? [] : be32(sequence),
    ...payload,
  );
}

export const vxlan = (vni: number, ...payload: Part[]): Bytes =>
  bytes(hex("08000000"), be32((vni << 8) >>> 0), ...payload);

/** `options` are whole ones. */
export const geneve = (vni: number, type: number, options: Part = [], ...payload: Part[]): Bytes =>
  bytes(bytes(options).length / 4, 0, be16(type), be32((vni << 8) >>> 0), options, ...payload);

/** A T-PDU; `optional` is what the flags announce. */
export function gtp(flags: number, optional: Part, ...payload: Part[]): Bytes {
  const body = bytes(optional, ...payload);
  return bytes(0x30 | flags, 255, be16(body.length), be32(0x01020304), body);
}

// ── IP ───────────────────────────────────────────────────────────────────────────────────────────

/** "192.0.2.1" */
export const ipv4Address = (text: string): Bytes => bytes(text.split(".").map(Number));

/** "2001:db8::1" */
export function ipv6Address(text: string): Bytes {
  const [head = "", tail] = text.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(missing).fill("0"), ...groups(tail ?? "")];
  return bytes(...all.map((group) => be16(parseInt(group, 16))));
}

export interface IPv4Header {
  protocol: number;
  from?: string;
  to?: string;
  /** Padded to a multiple of four bytes. */
  options?: Bytes;
  identification?: number;
  /** In units of 8 bytes. */
  fragmentOffset?: number;
  moreFragments?: boolean;
  version?: number;
  headerLength?: number;
  totalLength?: number;
}

export function ipv4(header: IPv4Header, ...payload: Part[]): Bytes {
  const { protocol, from = "192.0.2.1", to = "198.51.100.2", version = 4 } = header;
  const { identification = 1, fragmentOffset = 0, moreFragments = false } = header;
  const options = padded(header.options ?? bytes(), 4);
  const body = bytes(...payload);
  const { headerLength = 20 + options.length } = header;
  const { totalLength = 20 + options.length + body.length } = header;
  const start = bytes(
    (version << 4) | (headerLength / 4),
    0,
    be16(totalLength),
    be16(identification),
  );
  const fragment = be16(fragmentOffset | (moreFragments ? 0x2000 : 0));
  const addresses = bytes(ipv4Address(from), ipv4Address(to));
  return bytes(start, fragment, 64, protocol, be16(0), addresses, options, body);
}

export interface IPv6Header {
  next: number;
  from?: string;
  to?: string;
  version?: number;
  payloadLength?: number;
}

export function ipv6(header: IPv6Header, ...payload: Part[]): Bytes {
  const { next, from = "2001:db8::1", to = "2001:db8::2", version = 6 } = header;
  const body = bytes(...payload);
  const { payloadLength = body.length } = header;
  const fixed = bytes(version << 4, 0, be16(0), be16(payloadLength), next, 64);
  return bytes(fixed, ipv6Address(from), ipv6Address(to), body);
}

/** An extension header of `units` × 8 bytes. */
export const extension = (next: number, units: number, ...payload: Part[]): Bytes =>
  bytes(next, units - 1, new Uint8Array(units * 8 - 2), ...payload);

/** `offset` in units of 8 bytes. */
export const fragmentHeader = (
  next: number,
  offset: number,
  more: boolean,
  ...payload: Part[]
): Bytes => bytes(next, 0, be16((offset << 3) | Number(more)), be32(7), ...payload);

// ── Checksums ────────────────────────────────────────────────────────────────────────────────────

/** What makes the 16-bit words of `content` add up to 0xffff (RFC 1071). */
export function internetChecksum(content: Bytes): number {
  let sum = 0;
  for (const [index, byte] of content.entries()) sum += index % 2 === 0 ? byte * 256 : byte;
  return 0xffff - (sum === 0 ? 0 : sum % 0xffff || 0xffff);
}

/** `content` with its checksum at `at`, behind `pseudo`, which is only counted. */
export function checked(content: Bytes, at: number, pseudo: Bytes = bytes()): Bytes {
  const begin = bytes(content.slice(0, at), be16(0), content.slice(at + 2));
  const even = bytes(pseudo, begin);
  return bytes(begin.slice(0, at), be16(internetChecksum(even)), begin.slice(at + 2));
}

/** What TCP, UDP and ICMPv6 count besides themselves: addresses, length, protocol (RFC 9293 §3.1, RFC 8200 §8.1). */
export const pseudoHeader = (addresses: Bytes, protocol: number, length: number): Bytes =>
  bytes(addresses, be32(length), be32(protocol));

// ── IPsec ────────────────────────────────────────────────────────────────────────────────────────

export interface EspHeader {
  next: number;
  spi?: number;
  vector?: Part;
  /** Other padding than 1, 2, 3 … up to a multiple of four. */
  padding?: Part;
  /** Bytes of the integrity check value. */
  check?: number;
}

/** ESP that does not encrypt. */
export function esp(header: EspHeader, payload: Bytes): Bytes {
  const { next, spi = 0xc7a1b23d, vector = [], check = 12 } = header;
  const missing = -(payload.length + 2) & 3;
  const padding = bytes(header.padding ?? [1, 2, 3].slice(0, missing));
  const start = bytes(be32(spi), be32(1), vector, payload, padding, padding.length, next);
  return bytes(start, new Uint8Array(check).fill(0xc5));
}

/** AH with a check value of 12 bytes. */
export const ah = (next: number, ...payload: Part[]): Bytes =>
  bytes(next, 4, be16(0), be32(0xc7a1b23d), be32(1), new Uint8Array(12).fill(0xc5), ...payload);

// ── Transports ───────────────────────────────────────────────────────────────────────────────────

export interface Ports {
  from?: number;
  to?: number;
}

export interface TcpHeader extends Ports {
  sequence?: number;
  acknowledgement?: number;
  /** Letters of FIN, SYN, RST, PSH, ACK: "SA". */
  flags?: string;
  /** Padded to a multiple of four bytes. */
  options?: Bytes;
  headerLength?: number;
}

export function tcp(header: TcpHeader, ...payload: Part[]): Bytes {
  const { from = 40000, to = 80, sequence = 1000, acknowledgement = 0, flags = "A" } = header;
  const options = padded(header.options ?? bytes(), 4);
  const { headerLength = 20 + options.length } = header;
  const flagBits = [...flags].reduce((bits, letter) => bits | (1 << "FSRPA".indexOf(letter)), 0);
  return bytes(
    be16(from),
    be16(to),
    be32(sequence),
    be32(acknowledgement),
    (headerLength / 4) << 4,
    flagBits,
    be16(65535),
    be32(0),
    options,
    ...payload,
  );
}

export function udp(header: Ports & { length?: number }, ...payload: Part[]): Bytes {
  const { from = 40000, to = 53 } = header;
  const body = bytes(...payload);
  return bytes(be16(from), be16(to), be16(header.length ?? 8 + body.length), be16(0), body);
}

export const sctp = ({ from = 40000, to = 3868 }: Ports, ...chunks: Part[]): Bytes =>
  bytes(be16(from), be16(to), be32(1), be32(0), ...chunks);

/** A DATA chunk with a whole message: its payload protocol identifier, and what it says. */
export function sctpData(message: Part, { flags = 3, length = 0 } = {}): Bytes {
  const body = bytes(message);
  const padding = new Uint8Array((4 - (body.length % 4)) % 4);
  return bytes(
    0,
    flags,
    be16(length || 12 + body.length),
    be32(7),
    be16(0),
    be16(0),
    body,
    padding,
  );
}

export const icmpEcho = (...data: Part[]): Bytes => bytes(8, 0, be16(0), be32(1), ...data);

export const arp = (from = "192.0.2.1", to = "192.0.2.9", operation = 1): Bytes =>
  bytes(
    hex("0001 0800 06 04"),
    be16(operation),
    hex("020000000002"),
    ipv4Address(from),
    new Uint8Array(6),
    ipv4Address(to),
  );

function padded(content: Bytes, to: number): Bytes {
  return bytes(content, new Uint8Array(-content.length & (to - 1)));
}

// ── Capture records ──────────────────────────────────────────────────────────────────────────────

/** One captured packet. */
export interface Frame {
  data: Bytes;
  sec?: number;
  ns?: number;
  /** Length on the wire: that of `data`, unless it was snapped. */
  wire?: number;
  interfaceId?: number;
}

/** A frame as an Ethernet capture would have it, snapped to `snapLength` bytes. */
export const snapped = (data: Bytes, snapLength: number): Frame => ({
  data: data.slice(0, snapLength),
  wire: data.length,
});

export interface ByteOrder {
  bigEndian?: boolean;
}

export interface PcapOptions extends ByteOrder {
  nanoseconds?: boolean;
  linkType?: number;
  snapLength?: number;
}

const word = (value: number, { bigEndian = false }: ByteOrder): Bytes =>
  bigEndian ? be32(value) : be32(value).toReversed();
const half = (value: number, { bigEndian = false }: ByteOrder): Bytes =>
  bigEndian ? be16(value) : be16(value).toReversed();

export function pcapHeader(options: PcapOptions = {}): Bytes {
  const { nanoseconds = false, linkType = 1, snapLength = 262144 } = options;
  const u32 = (value: number) => word(value, options);
  const magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
  const version = [half(2, options), half(4, options)];
  return bytes(u32(magic), ...version, u32(0), u32(0), u32(snapLength), u32(linkType));
}

export function pcapRecord(frame: Frame, options: PcapOptions = {}): Bytes {
  const { data, sec = 1, ns = 0, wire = data.length } = frame;
  const u32 = (value: number) => word(value, options);
  const fraction = options.nanoseconds ? ns : Math.floor(ns / 1000);
  return bytes(u32(sec), u32(fraction), u32(data.length), u32(wire), data);
}

export const pcapFile = (frames: readonly Frame[], options: PcapOptions = {}): Bytes =>
  bytes(pcapHeader(options), ...frames.map((frame) => pcapRecord(frame, options)));

/** A packet as the host pushes it. */
export function nativeRecord(frame: Frame): Bytes {
  const { data, sec = 1, ns = 0, wire = data.length, interfaceId = 0 } = frame;
  const header = [sec, ns, data.length, wire, interfaceId, 0].map((value) => word(value, {}));
  return bytes(...header, padded(data, 8));
}

/** A pcapng block. `totalLength` and `trailer` say its length, before the body and behind it. */
export function block(
  type: number,
  body: Bytes,
  options: ByteOrder & { totalLength?: number; trailer?: number } = {},
): Bytes {
  const content = padded(body, 4);
  const { totalLength = content.length + 12, trailer = totalLength } = options;
  return bytes(word(type, options), word(totalLength, options), content, word(trailer, options));
}

export const sectionHeader = (options: ByteOrder = {}): Bytes =>
  block(
    0x0a0d0d0a,
    bytes(
      word(0x1a2b3c4d, options),
      half(1, options),
      half(0, options),
      new Uint8Array(8).fill(0xff),
    ),
    options,
  );

export interface InterfaceOptions extends ByteOrder {
  linkType?: number;
  snapLength?: number;
  /** The byte of if_tsresol; none: microseconds. */
  resolution?: number;
  /** if_tsoffset, in seconds. */
  offset?: bigint;
}

export function interfaceBlock(options: InterfaceOptions = {}): Bytes {
  const { linkType = 1, snapLength = 0, resolution, offset } = options;
  const option = (code: number, value: Bytes) =>
    bytes(half(code, options), half(value.length, options), padded(value, 4));
  const parts = [half(linkType, options), half(0, options), word(snapLength, options)];
  if (resolution !== undefined) parts.push(option(9, bytes(resolution)));
  if (offset !== undefined) parts.push(option(14, doubleWord(offset, options)));
  if (parts.length > 3) parts.push(option(0, bytes()));
  return block(1, bytes(...parts), options);
}

function doubleWord(value: bigint, options: ByteOrder): Bytes {
  const unsigned = BigInt.asUintN(64, value);
  const words = [Number(unsigned >> 32n), Number(unsigned & 0xffffffffn)];
  const [high, low] = words.map((part) => word(part, options)) as [Bytes, Bytes];
  return options.bigEndian ? bytes(high, low) : bytes(low, high);
}

export interface BlockOptions extends ByteOrder {
  /** The timestamp as it stands, high word first; microseconds of `sec` and `ns` unless said. */
  ticks?: bigint;
  captured?: number;
  /** Options behind the data, as bytes. */
  options?: Bytes;
}

export const enhancedBlock = (frame: Frame, options: BlockOptions = {}): Bytes =>
  block(6, bytes(word(frame.interfaceId ?? 0, options), packetBody(frame, options)), options);

/** The Packet Block that came before the enhanced one. */
export const obsoleteBlock = (frame: Frame, options: BlockOptions = {}): Bytes => {
  const start = bytes(half(frame.interfaceId ?? 0, options), half(0xffff, options));
  return block(2, bytes(start, packetBody(frame, options)), options);
};

export const simpleBlock = (frame: Frame, options: ByteOrder = {}): Bytes =>
  block(3, bytes(word(frame.wire ?? frame.data.length, options), padded(frame.data, 4)), options);

function packetBody(frame: Frame, options: BlockOptions): Bytes {
  const { data, sec = 1, ns = 0, wire = data.length } = frame;
  const { ticks = BigInt(sec) * 1000000n + BigInt(ns) / 1000n, captured = data.length } = options;
  const words = [Number(ticks >> 32n), Number(ticks & 0xffffffffn), captured, wire];
  const header = words.map((value) => word(value, options));
  return bytes(...header, padded(data, 4), options.options ?? bytes());
}

export const pcapngFile = (frames: readonly Frame[], options: InterfaceOptions = {}): Bytes =>
  bytes(
    sectionHeader(options),
    interfaceBlock(options),
    ...frames.map((frame) => enhancedBlock(frame, options)),
  );
