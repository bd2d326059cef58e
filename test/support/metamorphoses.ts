/**
 * The same conversation told in another way: captures that say what another capture says, to whoever reads
 * them as their receivers would. Frames are Ethernet; one that is neither IPv4 nor IPv6 is left as it is.
 */
import { every, fragments } from "./fragments.js";
import { be16, be32, bytes, ethernet, hex, mpls, TYPE_MPLS, TYPE_VLAN, vlan } from "./packets.js";
import { TYPE_IPV4, TYPE_IPV6, TYPE_QINQ, type Bytes, type Frame } from "./packets.js";

/** What a frame holds, and where: offsets from its begin. */
interface Parsed {
  type: number;
  ip: number;
  protocol: number;
  transport: number;
  /** End of the IP packet. */
  end: number;
  isFragment: boolean;
}

const u16 = (data: Bytes, at: number) => (data[at]! << 8) | data[at + 1]!;
const u32 = (data: Bytes, at: number) => ((u16(data, at) << 16) | u16(data, at + 2)) >>> 0;

/** Nothing where the frame is no whole IP packet right behind Ethernet. */
function parse(data: Bytes): Parsed | undefined {
  const type = u16(data, 12);
  const ip = 14;
  if (type === TYPE_IPV4 && data.length >= 34) {
    const end = ip + u16(data, ip + 2);
    const transport = ip + (data[ip]! & 15) * 4;
    const isFragment = (u16(data, ip + 6) & 0x3fff) !== 0;
    if (end > data.length) return undefined;
    return { type, ip, protocol: data[ip + 9]!, transport, end, isFragment };
  }
  if (type === TYPE_IPV6 && data.length >= 54) {
    const end = ip + 40 + u16(data, ip + 4);
    if (end > data.length) return undefined;
    return { type, ip, protocol: data[ip + 6]!, transport: ip + 40, end, isFragment: false };
  }
  return undefined;
}

interface Segment extends Parsed {
  payload: number;
  /** Both ends, the sender first. */
  way: string;
  isSyn: boolean;
}

const TCP = 6;
const SYN = 2;

function segmentOf(data: Bytes): Segment | undefined {
  const parsed = parse(data);
  if (parsed?.protocol !== TCP || parsed.isFragment) return undefined;
  const { ip, transport, end, type } = parsed;
  if (transport + 20 > end) return undefined;
  const payload = transport + (data[transport + 12]! >>> 4) * 4;
  if (payload > end) return undefined;
  const addresses = type === TYPE_IPV4 ? data.slice(ip + 12, ip + 20) : data.slice(ip + 8, ip + 40);
  const way = `${addresses.join(".")} ${data.slice(transport, transport + 4).join(".")}`;
  return { ...parsed, payload, way, isSyn: (data[transport + 13]! & SYN) !== 0 };
}

/** The same packet with another payload, `skipped` bytes later in the stream. */
function withPayload(data: Bytes, segment: Segment, payload: Bytes, skipped: number): Bytes {
  const { ip, transport, type } = segment;
  const out = bytes(data.slice(0, segment.payload), payload);
  const length = out.length - ip - (type === TYPE_IPV4 ? 0 : 40);
  out.set(be16(length), ip + (type === TYPE_IPV4 ? 2 : 4));
  out.set(be32((u32(data, transport + 4) + skipped) >>> 0), transport + 4);
  return out;
}

const again = (frame: Frame, data: Bytes): Frame => ({ ...frame, data, wire: data.length });

/** Each TCP segment cut into pieces of `size` bytes; of long ones, only the first `most` bytes are cut. */
export function segmented(frames: readonly Frame[], size: number, most: number): Frame[] {
  return frames.flatMap((frame) => {
    const segment = segmentOf(frame.data);
    if (!segment || segment.end - segment.payload <= size || segment.isSyn) return [frame];
    const payload = frame.data.slice(segment.payload, segment.end);
    const cuts = [0];
    for (let at = size; at < payload.length && at <= most; at += size) cuts.push(at);
    return cuts.map((from, index) =>
      again(
        frame,
        withPayload(
          frame.data,
          segment,
          payload.slice(from, cuts[index + 1] ?? payload.length),
          from,
        ),
      ),
    );
  });
}

/** Neighbours of one side of a TCP connection that both carry bytes change places, two by two. */
export function reordered(frames: readonly Frame[]): Frame[] {
  const out = [...frames];
  const waiting = new Map<string, number>();
  out.forEach(({ data }, index) => {
    const segment = segmentOf(data);
    if (!segment) return;
    const { way, payload, end, isSyn } = segment;
    // What the other side says between two segments may answer the first: they stay in order.
    const sides = way.split(" ");
    for (const held of waiting.keys()) {
      if (held !== way && isSameConnection(held.split(" "), sides)) waiting.delete(held);
    }
    if (end === payload || isSyn) return;
    const before = waiting.get(way);
    if (before === undefined) {
      waiting.set(way, index);
      return;
    }
    waiting.delete(way);
    const earlier = out[before]!;
    const later = out[index]!;
    out[before] = { ...earlier, data: later.data };
    out[index] = { ...later, data: earlier.data };
  });
  return out;
}

const half = (text: string, first: boolean): string => {
  const parts = text.split(".");
  return (first ? parts.slice(0, parts.length / 2) : parts.slice(parts.length / 2)).join(".");
};

/** The other direction: addresses and ports change places. */
const isSameConnection = (a: readonly string[], b: readonly string[]): boolean =>
  [0, 1].every(
    (part) =>
      half(a[part]!, true) === half(b[part]!, false) &&
      half(a[part]!, false) === half(b[part]!, true),
  );

/** Each frame twice, as a switch's mirror port sends what it receives and what it passes on. */
export const duplicated = (frames: readonly Frame[]): Frame[] =>
  frames.flatMap((frame) => [frame, frame]);

/** What stands behind the IP header in fragments of `size` bytes, at most `most` of a packet. */
export function fragmented(frames: readonly Frame[], size: number, most: number): Frame[] {
  let identification = 0;
  return frames.flatMap((frame) => {
    const parsed = parse(frame.data);
    if (!parsed || parsed.isFragment) return [frame];
    const { type, ip, protocol, transport, end } = parsed;
    const length = end - transport;
    if (length <= size || length / size > most) return [frame];
    identification++;
    const version = type === TYPE_IPV4 ? 4 : 6;
    const pieces = fragments(frame.data.slice(transport, end), every(size, length), {
      version,
      protocol,
      identification,
    });
    // Between the addresses of the packet, whose text the builder would ask for.
    const [from, bytesOfAddresses] = version === 4 ? [12, 8] : [8, 32];
    const addresses = frame.data.slice(ip + from, ip + from + bytesOfAddresses);
    return pieces.map((data) => {
      data.set(addresses, 14 + from);
      data.set(frame.data.slice(0, 12), 0);
      return again(frame, data);
    });
  });
}

/** TCP from the first byte on, without the packets that open it. */
export function withoutHandshake(frames: readonly Frame[]): Frame[] {
  return frames.filter(({ data }) => !segmentOf(data)?.isSyn);
}

export const wrapped = (frames: readonly Frame[], wrap: (frame: Bytes) => Bytes): Frame[] =>
  frames.map((frame) => (parse(frame.data) ? again(frame, wrap(frame.data.slice())) : frame));

export const isIPv4 = (frame: Bytes): boolean => u16(frame, 12) === TYPE_IPV4;

/** What stands between Ethernet and IP in a provider's network. */
export const linkWraps: Record<string, (frame: Bytes) => Bytes> = {
  vlan: (frame) => ethernet(TYPE_VLAN, vlan(7, u16(frame, 12), frame.slice(14))),
  qinq: (frame) =>
    ethernet(TYPE_QINQ, vlan(7, TYPE_VLAN, vlan(8, u16(frame, 12), frame.slice(14)))),
  mpls: (frame) => ethernet(TYPE_MPLS, mpls([20, 30], frame.slice(14))),
  pppoe: (frame) =>
    ethernet(
      0x8864,
      hex("1100 0007"),
      be16(frame.length - 12),
      be16(isIPv4(frame) ? 0x21 : 0x57),
      frame.slice(14),
    ),
};
