/** Mutations of packets that know where the headers are: what chance alone would take ages to hit. */
import * as build from "../support/packets.js";
import type { Bytes, Frame } from "../support/packets.js";
import { concatenate } from "./case.js";
import type { Random } from "./random.js";

/** Where the headers of an Ethernet frame with IPv4 or IPv6 begin. */
interface Layers {
  network: number;
  isIPv6: boolean;
  protocol: number;
  transport: number;
  payload: number;
  /** End of the payload, by the IP header. */
  end: number;
}

export function locate(data: Bytes): Layers | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  if (data.length < 34) return undefined;
  const type = view.getUint16(12);
  if (type !== build.TYPE_IPV4 && type !== build.TYPE_IPV6) return undefined;
  const isIPv6 = type === build.TYPE_IPV6;
  if (isIPv6 && data.length < 54) return undefined;
  const transport = isIPv6 ? 54 : 14 + (data[14]! & 15) * 4;
  const protocol = isIPv6 ? data[20]! : data[23]!;
  const total = isIPv6 ? 54 + view.getUint16(18) : 14 + view.getUint16(16);
  const isTcp = protocol === 6;
  if (transport + (isTcp ? 20 : 8) > data.length) return undefined;
  const header = isTcp ? (data[transport + 12]! >> 4) * 4 : 8;
  const end = Math.min(total, data.length);
  return {
    network: 14,
    isIPv6,
    protocol,
    transport,
    payload: Math.min(transport + header, end),
    end,
  };
}

type Mutation = (random: Random, frames: Frame[], at: number) => void;

const edges = [
  0, 1, 7, 8, 19, 20, 21, 0x7f, 0x80, 0xff, 0x100, 0x5dc, 0x7fff, 0x8000, 0xfffe, 0xffff,
];

function setHalf(data: Bytes, at: number, value: number): void {
  if (at + 2 <= data.length)
    new DataView(data.buffer, data.byteOffset).setUint16(at, value & 0xffff);
}

function addToWord(data: Bytes, at: number, value: number): void {
  const view = new DataView(data.buffer, data.byteOffset);
  if (at + 4 <= data.length) view.setUint32(at, (view.getUint32(at) + value) >>> 0);
}

/** A copy of a frame with other payload; the lengths say so. */
function withPayload(frame: Frame, layers: Layers, payload: Uint8Array, advance: number): Frame {
  const data = concatenate([frame.data.subarray(0, layers.payload), payload]);
  if (layers.isIPv6) setHalf(data, 18, data.length - 54);
  else setHalf(data, 16, data.length - 14);
  if (layers.protocol === 17) setHalf(data, layers.transport + 4, data.length - layers.transport);
  else if (layers.protocol === 6) addToWord(data, layers.transport + 4, advance);
  return { ...frame, data, wire: data.length };
}

/** Frames whose layers are known, with them. */
function layered(
  frames: readonly Frame[],
  at: number,
): { frame: Frame; layers: Layers } | undefined {
  const frame = frames[at]!;
  const layers = locate(frame.data);
  return layers === undefined ? undefined : { frame, layers };
}

const onFrames: readonly Mutation[] = [
  function flipBits(random, frames, at) {
    const { data } = frames[at]!;
    for (let count = random.between(1, 4); count > 0 && data.length > 0; count--) {
      data[random.below(data.length)]! ^= 1 << random.below(8);
    }
  },
  function setEdge(random, frames, at) {
    const { data } = frames[at]!;
    if (data.length > 0) setHalf(data, random.below(data.length), random.pick(edges));
  },
  function snap(random, frames, at) {
    const frame = frames[at]!;
    const wire = frame.wire ?? frame.data.length;
    frames[at] = { ...frame, wire, data: frame.data.slice(0, random.below(frame.data.length + 1)) };
  },
  function lieAboutWire(random, frames, at) {
    const wire = random.pick([0, 1, 0xffff, 0x40000, 0x7fffffff, 0xffffffff]);
    frames[at] = { ...frames[at]!, wire };
  },
  function repeat(random, frames, at) {
    const { data, ...rest } = frames[at]!;
    for (let count = random.between(1, 6); count > 0; count--) {
      frames.splice(random.between(at, frames.length), 0, { ...rest, data: data.slice() });
    }
  },
  function drop(_random, frames, at) {
    if (frames.length > 1) frames.splice(at, 1);
  },
  function swap(random, frames, at) {
    const other = Math.min(frames.length - 1, at + random.between(1, 5));
    [frames[at], frames[other]] = [frames[other]!, frames[at]!];
  },
  function jump(random, frames, at) {
    const seconds = random.pick([-100000, -3, -1, 1, 2, 6, 11, 61, 121, 1801, 0x7fffffff]);
    for (let index = at; index < frames.length; index++) {
      const frame = frames[index]!;
      frames[index] = { ...frame, sec: ((frame.sec ?? 1) + seconds) >>> 0 };
    }
  },
  function oddFraction(random, frames, at) {
    frames[at] = { ...frames[at]!, ns: random.pick([999_999_999, 1_000_000_000, 4_294_967_295]) };
  },
  function rest(random, frames, at) {
    // Everything from here on a second time: a capture that was made on two sides.
    const copies = frames.slice(at).map((frame) => ({ ...frame, data: frame.data.slice() }));
    if (frames.length < 200) frames.splice(random.between(at, frames.length), 0, ...copies);
  },
];

const onHeaders: readonly Mutation[] = [
  function ipLength(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined) return;
    const { frame, layers } = found;
    const field = layers.isIPv6 ? 18 : 16;
    const now = (frame.data[field]! << 8) | frame.data[field + 1]!;
    const value = random.once(2) ? random.pick(edges) : now + random.between(-30, 30);
    setHalf(frame.data, field, value);
  },
  function ipHeader(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined) return;
    const { data } = found.frame;
    if (found.layers.isIPv6) {
      data[random.pick([14, 20])] = random.pick([
        0x60, 0x40, 0, 6, 17, 43, 44, 50, 51, 59, 60, 135,
      ]);
    } else if (random.once(2)) data[14] = random.below(256);
    else data[23] = random.pick([0, 1, 2, 6, 17, 33, 41, 47, 50, 51, 58, 132, 136, 255]);
  },
  function fragment(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined || found.layers.isIPv6) return;
    setHalf(found.frame.data, 20, random.pick([0x2000, 0x2001, 1, 185, 0x1fff, 0x4000, 0x8000]));
  },
  /** All pieces of a packet, most often; now and then one again, or one that says something else. */
  function pieces(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined || found.layers.isIPv6 || found.frame.data[14] !== 0x45) return;
    const { frame } = found;
    const begin = 34;
    const body = frame.data.subarray(begin);
    const size = 8 * random.between(1, 20);
    if (body.length <= size || body.length > 40 * size) return;
    const cut: Frame[] = [];
    for (let offset = 0; offset < body.length; offset += size) {
      if (random.once(20)) continue;
      const more = offset + size < body.length;
      const data = concatenate([
        frame.data.subarray(0, begin),
        body.subarray(offset, offset + size),
      ]);
      setHalf(data, 16, data.length - 14);
      setHalf(data, 20, (offset >>> 3) | (more ? 0x2000 : 0));
      if (random.once(20)) setHalf(data, 20, random.below(0x4000));
      cut.push({ ...frame, data, wire: data.length });
      if (random.once(20)) cut.push({ ...frame, data: data.slice(), wire: data.length });
    }
    if (random.once(3)) cut.reverse();
    if (cut.length > 0 && frames.length < 200) frames.splice(at, 1, ...cut);
  },
  function extensions(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined || !found.layers.isIPv6) return;
    const { frame, layers } = found;
    let next = frame.data[20]!;
    const headers: Uint8Array[] = [];
    for (let count = random.between(1, 9); count > 0; count--) {
      const units = random.pick([1, 1, 2, 3]);
      const kind = random.pick([0, 43, 60, 60, 60, 135, 139, 140, 44, 51]);
      const isFragment = kind === 44;
      headers.unshift(
        isFragment
          ? build.fragmentHeader(next, random.pick([0, 0, 1, 100]), random.once(2))
          : build.extension(next, units),
      );
      next = kind;
    }
    const data = concatenate([frame.data.subarray(0, 54), ...headers, frame.data.subarray(54)]);
    data[20] = next;
    setHalf(data, 18, data.length - 54);
    frames[at] = {
      ...frame,
      data,
      wire: data.length + Math.max(0, layers.end - frame.data.length),
    };
  },
  function tcpHeader(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined || found.layers.protocol !== 6) return;
    const { data } = found.frame;
    const tcp = found.layers.transport;
    switch (random.below(3)) {
      case 0:
        data[tcp + 12] = random.below(256);
        break;
      case 1:
        data[tcp + 13] = random.pick([0, 1, 2, 4, 0x10, 0x11, 0x12, 0x14, 0x18, 0x19, 0x3f, 0xff]);
        break;
      default: {
        const far = [0x40000000, 0x3fffffff, 0x80000000, 0x7fffffff, 0xc0000000];
        addToWord(data, tcp + 4, random.once(3) ? random.pick(far) : random.between(-2000, 2000));
      }
    }
  },
  function udpLength(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined || found.layers.protocol !== 17) return;
    setHalf(found.frame.data, found.layers.transport + 4, random.pick(edges));
  },
  function ports(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined) return;
    const port = random.pick([0, 21, 22, 25, 53, 80, 123, 443, 514, 5004, 5353, 40000, 65535]);
    setHalf(found.frame.data, found.layers.transport + random.pick([0, 2]), port);
  },
  function turnRound(_random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined) return;
    const { data } = found.frame;
    const { isIPv6, transport } = found.layers;
    const [from, length] = isIPv6 ? [22, 16] : [26, 4];
    const source = data.slice(from, from + length);
    data.copyWithin(from, from + length, from + 2 * length);
    data.set(source, from + length);
    const port = data.slice(transport, transport + 2);
    data.copyWithin(transport, transport + 2, transport + 4);
    data.set(port, transport + 2);
  },
  function encapsulate(random, frames, at) {
    const frame = frames[at]!;
    if (frame.data.length < 14) return;
    const type = (frame.data[12]! << 8) | frame.data[13]!;
    const rest = frame.data.subarray(14);
    const isIPv6 = type === build.TYPE_IPV6;
    const id = random.pick([0, 1, 100, 4095, 0xffff]);
    const wraps = [
      () => build.ethernet(build.TYPE_VLAN, build.vlan(id, type, rest)),
      () =>
        build.ethernet(build.TYPE_QINQ, build.vlan(id, build.TYPE_VLAN, build.vlan(7, type, rest))),
      () => build.ethernet(build.TYPE_MPLS, build.mpls([16, id & 0xfffff], rest)),
      () =>
        build.ethernet(
          build.TYPE_PPPOE,
          build.pppoe(build.ppp(isIPv6 ? build.PPP_IPV6 : build.PPP_IPV4, rest)),
        ),
      () => build.ethernet(rest.length + 8, build.snap(type, rest)),
      () => build.ethernet(random.pick([0x88cc, 0x0842, 0x05dd, 1500, 3, type]), rest),
    ];
    const data = random.pick(wraps)();
    frames[at] = { ...frame, data, wire: data.length };
  },
];

/** Tokens that programs look for, and what they stumble over. */
const tokens = [
  "HTTP/1.1 200 OK\r\n",
  "GET / HTTP/1.1\r\n",
  "Host: ",
  "SSH-2.0-",
  "220 ",
  "\r\n",
  "\n",
  "\0",
  "\0\0\0\0",
  "\x16\x03\x01",
  "\x16\x03\x03\x00\xff\x01",
  "\xc0\x0c",
  "\x3f",
  "\xff\xff\xff\xff",
  "EHLO ",
  "USER ",
  "* OK ",
  "<13>",
  "1 2026-",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "\x00\x00\x00\x01",
  "\x80\x60",
  "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
  "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
  "%PDF-1.7\n",
  "Content-Length: 4294967296\r\n",
  "Transfer-Encoding: chunked\r\n\r\n",
  "HTTP/1.1 101 Switching Protocols\r\n",
].map((text) => Uint8Array.from(Buffer.from(text, "latin1")));

const onPayloads: readonly Mutation[] = [
  function edit(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined) return;
    const { frame, layers } = found;
    const payload = frame.data.slice(layers.payload, layers.end);
    const place = random.below(Math.min(payload.length, 400) + 1);
    const inserted = random.once(3) ? random.bytes(random.between(1, 8)) : random.pick(tokens);
    const skipped = random.once(2) ? 0 : random.below(16);
    const parts = [payload.subarray(0, place), inserted, payload.subarray(place + skipped)];
    frames[at] = withPayload(frame, layers, concatenate(parts), 0);
  },
  function setByte(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined) return;
    const { frame, layers } = found;
    if (layers.payload >= layers.end) return;
    // The first bytes are those that matter most.
    const within = Math.min(layers.end - layers.payload, random.pick([4, 16, 64, 4096]));
    const place = layers.payload + random.below(within);
    const near = frame.data[place]! + random.pick([-1, 1]);
    frame.data[place] = random.pick([near, 0, 0xff, random.below(256)]);
  },
  function cutShort(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined) return;
    const { frame, layers } = found;
    const payload = frame.data.slice(layers.payload, layers.end);
    frames[at] = withPayload(
      frame,
      layers,
      payload.subarray(0, random.below(payload.length + 1)),
      0,
    );
  },
  function grow(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined) return;
    const { frame, layers } = found;
    const payload = frame.data.slice(layers.payload, layers.end);
    const more = new Uint8Array(random.pick([1, 100, 1400, 5000])).fill(
      random.pick([0, 0x20, 0x41]),
    );
    frames[at] = withPayload(frame, layers, concatenate([payload, more]), 0);
  },
  function exchange(random, frames, at) {
    const found = layered(frames, at);
    const other = layered(frames, random.below(frames.length));
    if (found === undefined || other === undefined) return;
    const payload = other.frame.data.slice(other.layers.payload, other.layers.end);
    frames[at] = withPayload(found.frame, found.layers, payload, 0);
  },
  function resegment(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined || found.layers.protocol !== 6) return;
    const { frame, layers } = found;
    const payload = frame.data.slice(layers.payload, layers.end);
    const segments: Frame[] = [];
    const most = random.pick([1, 3, 20, 200, 600]);
    for (let from = 0; from < payload.length && segments.length < 40;) {
      const length = random.between(1, most);
      const overlap = random.once(5) ? random.below(Math.min(from, 10) + 1) : 0;
      const part = payload.slice(from - overlap, from + length);
      // Who repeats a byte may say something else: the first one counts.
      if (overlap > 0 && random.once(2)) part[0]! ^= 0x20;
      segments.push(withPayload(frame, layers, part, from - overlap));
      from += length;
    }
    if (segments.length < 2) return;
    for (let count = random.pick([0, 0, 1, 3, 20]); count > 0; count--) {
      const from = random.below(segments.length);
      const to = Math.min(segments.length - 1, from + random.between(1, 4));
      [segments[from], segments[to]] = [segments[to]!, segments[from]!];
    }
    if (random.once(4)) segments.splice(random.below(segments.length), 1);
    frames.splice(at, 1, ...segments);
  },
];

/** Numbers in a payload that say how many bytes are behind them: of records, messages, lists, strings. */
function lengthsIn(payload: Bytes): { at: number; size: number; isLittle: boolean }[] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const found: { at: number; size: number; isLittle: boolean }[] = [];
  for (let at = 0; at + 1 < payload.length && at < 300; at++) {
    const behind = payload.length - at;
    if (payload[at] === behind - 1) found.push({ at, size: 1, isLittle: false });
    if (behind < 3) continue;
    for (const isLittle of [false, true]) {
      if (view.getUint16(at, isLittle) === behind - 2) found.push({ at, size: 2, isLittle });
      if (behind > 4 && view.getUint32(at, isLittle) === behind - 4) {
        found.push({ at, size: 4, isLittle });
      }
    }
  }
  return found;
}

function setNumber(
  payload: Bytes,
  { at, size, isLittle }: { at: number; size: number; isLittle: boolean },
  value: number,
): void {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  if (size === 1) view.setUint8(at, value & 0xff);
  else if (size === 2) view.setUint16(at, value & 0xffff, isLittle);
  else view.setUint32(at, value >>> 0, isLittle);
}

/** A frame whose payload says how long something is. */
function withLengths(frames: Frame[], at: number) {
  const found = layered(frames, at);
  if (found === undefined) return undefined;
  const { frame, layers } = found;
  const payload = frame.data.subarray(layers.payload, layers.end);
  const lengths = lengthsIn(payload);
  return lengths.length === 0 ? undefined : { frame, layers, payload, lengths };
}

const onLengths: readonly Mutation[] = [
  /** Bytes come or go, and every length in front of them that said how many there are says so again. */
  function believed(random, frames, at) {
    const found = withLengths(frames, at);
    if (found === undefined) return;
    const { frame, layers, payload, lengths } = found;
    const first = random.pick(lengths);
    const from = first.at + first.size;
    const place = from + random.below(payload.length - from + 1);
    const removed = random.once(2) ? 0 : random.below(Math.min(20, payload.length - place) + 1);
    const added = random.bytes(random.pick([0, 1, 1, 2, 4, 30]));
    const changed = concatenate([
      payload.subarray(0, place),
      added,
      payload.subarray(place + removed),
    ]);
    for (const length of lengths) {
      if (length.at + length.size <= place) {
        setNumber(changed, length, changed.length - length.at - length.size);
      }
    }
    frames[at] = withPayload(frame, layers, changed, 0);
  },
  /** A length that was right says a little more or less, or far too much. */
  function lie(random, frames, at) {
    const found = withLengths(frames, at);
    if (found === undefined) return;
    const { payload, lengths } = found;
    const length = random.pick(lengths);
    const right = payload.length - length.at - length.size;
    const far = random.pick([0, 1, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff]);
    setNumber(payload, length, random.once(3) ? far : right + random.pick([-4, -2, -1, 1, 2, 4]));
  },
  /** Two bytes that DNS reads as a pointer: to themselves, behind them, in front of them, round and round. */
  function pointer(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined) return;
    const { data } = found.frame;
    const { payload, end } = found.layers;
    if (end - payload < 14) return;
    for (let count = random.between(1, 3); count > 0; count--) {
      const place = random.between(12, Math.min(end - payload, 200) - 2);
      const target = random.pick([place, place - 2, place + 2, 12, 0, random.below(place), 0x3fff]);
      setHalf(data, payload + place, 0xc000 | target);
    }
  },
];

/** Options of IPv4 or of TCP: kinds and lengths that are right, too long, too short, or cut off. */
function optionsOf(random: Random): Bytes {
  const parts: Uint8Array[] = [];
  for (let count = random.between(1, 5); count > 0; count--) {
    const size = random.pick([0, 2, 4, 8, 10]);
    const kind = random.pick([0, 1, 2, 3, 4, 5, 7, 8, 68, 131, 137, 148, 30, 254]);
    const length = random.once(4) ? random.pick([0, 1, 2, 39, 255]) : size + 2;
    parts.push(
      kind < 2
        ? Uint8Array.of(kind)
        : concatenate([[kind, length], random.bytes(size)].map((part) => Uint8Array.from(part))),
    );
  }
  const all = concatenate(parts).subarray(0, 40);
  return concatenate([all, new Uint8Array(-all.length & 3)]);
}

const onOptions: readonly Mutation[] = [
  function networkOptions(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined || found.layers.isIPv6) return;
    const { frame, layers } = found;
    const options = optionsOf(random);
    const data = concatenate([
      frame.data.subarray(0, 34),
      options,
      frame.data.subarray(layers.transport),
    ]);
    data[14] = 0x40 | (5 + options.length / 4);
    setHalf(data, 16, data.length - 14);
    frames[at] = { ...frame, data, wire: data.length };
  },
  function transportOptions(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined || found.layers.protocol !== 6) return;
    const { frame, layers } = found;
    const options = optionsOf(random);
    const data = concatenate([
      frame.data.subarray(0, layers.transport + 20),
      options,
      frame.data.subarray(layers.payload),
    ]);
    data[layers.transport + 12] = (5 + options.length / 4) << 4;
    setHalf(data, layers.isIPv6 ? 18 : 16, data.length - (layers.isIPv6 ? 54 : 14));
    frames[at] = { ...frame, data, wire: data.length };
  },
  /** The same over IPv6. */
  function overIPv6(_random, frames) {
    for (const [index, frame] of frames.entries()) {
      const layers = locate(frame.data);
      if (layers === undefined || layers.isIPv6) continue;
      const { data } = frame;
      const mapped = (from: number) =>
        build.bytes(build.hex("20010db8 00000000 00000000"), data.slice(from, from + 4));
      const behind = data.slice(layers.transport);
      const header = build.bytes(
        build.hex("60000000"),
        build.be16(behind.length),
        layers.protocol,
        64,
        mapped(26),
        mapped(30),
      );
      const whole = build.ethernet(build.TYPE_IPV6, header, behind);
      frames[index] = { ...frame, data: whole, wire: whole.length };
    }
  },
  /** IPv6 fragments, cut as IPv4's are. */
  function sixthPieces(random, frames, at) {
    const found = layered(frames, at);
    if (found === undefined || !found.layers.isIPv6) return;
    const { frame } = found;
    const body = frame.data.subarray(54);
    const size = 8 * random.between(1, 20);
    if (body.length <= size || body.length > 40 * size) return;
    const cut: Frame[] = [];
    for (let offset = 0; offset < body.length; offset += size) {
      if (random.once(20)) continue;
      const more = offset + size < body.length;
      const header = build.fragmentHeader(frame.data[20]!, offset >>> 3, more);
      const data = concatenate([
        frame.data.subarray(0, 54),
        header,
        body.subarray(offset, offset + size),
      ]);
      data[20] = 44;
      setHalf(data, 18, data.length - 54);
      cut.push({ ...frame, data, wire: data.length });
      if (random.once(20)) cut.push({ ...frame, data: data.slice(), wire: data.length });
    }
    if (random.once(3)) cut.reverse();
    if (cut.length > 0 && frames.length < 200) frames.splice(at, 1, ...cut);
  },
];

/** What is inside a tunnel or behind tags has headers too: small numbers and lengths somewhere in the first bytes. */
const onInner: readonly Mutation[] = [
  function innerByte(random, frames, at) {
    const { data } = frames[at]!;
    if (data.length < 40) return;
    const place = random.between(14, Math.min(data.length, 140) - 1);
    data[place] = random.pick([data[place]! ^ (1 << random.below(8)), 0, 0xff, data[place]! + 1]);
  },
  function innerLength(random, frames, at) {
    const { data } = frames[at]!;
    const inner = data.subarray(Math.min(34, data.length));
    const lengths = lengthsIn(inner);
    if (lengths.length === 0) return;
    const length = random.pick(lengths);
    const right = inner.length - length.at - length.size;
    setNumber(inner, length, right + random.pick([-20, -8, -4, -1, 1, 4, 8, 20]));
  },
  function innerCut(random, frames, at) {
    const frame = frames[at]!;
    if (frame.data.length < 40) return;
    const data = frame.data.slice(0, random.between(14, frame.data.length));
    const layers = locate(data);
    if (layers !== undefined) {
      setHalf(data, layers.isIPv6 ? 18 : 16, data.length - (layers.isIPv6 ? 54 : 14));
      if (layers.protocol === 17)
        setHalf(data, layers.transport + 4, data.length - layers.transport);
    }
    frames[at] = { ...frame, data, wire: data.length };
  },
];

const groups = [onFrames, onHeaders, onPayloads, onPayloads, onLengths, onOptions, onInner];

/** Mutates frames in place, a few times. */
export function mutateFrames(random: Random, frames: Frame[]): void {
  for (let count = random.pick([0, 1, 1, 2, 3, 5, 8]); count > 0; count--) {
    random.pick(random.pick(groups))(random, frames, random.below(frames.length));
  }
}

/** Other link types: the frame without its Ethernet header, behind another one. */
export function relink(
  random: Random,
  frames: readonly Frame[],
): { frames: Frame[]; linkType: number } {
  const linkType = random.pick([
    101, 12, 228, 229, 113, 276, 0, 108, 9, 50, 147, 6, 104, 105, 107, 117, 122, 127, 138, 239, 258,
    281, 289,
  ]);
  const wrap = (type: number, rest: Bytes): Bytes => {
    const isIPv6 = type === build.TYPE_IPV6;
    switch (linkType) {
      case 113:
        return build.cookedV1(type, rest);
      case 276:
        return build.cookedV2(type, rest);
      case 0:
      case 108: {
        const family = build.be32(isIPv6 ? random.pick([10, 24, 28, 30]) : 2);
        return build.bytes(linkType === 0 && random.once(2) ? family.toReversed() : family, rest);
      }
      case 9:
      case 50: {
        const ppp = build.ppp(isIPv6 ? build.PPP_IPV6 : build.PPP_IPV4, rest);
        const form = random.below(3);
        return form === 0 ? build.bytes(0xff, 0x03, ppp) : form === 1 ? ppp : ppp.slice(1);
      }
      default:
        return rest.slice();
    }
  };
  const relinked = frames.map((frame) => {
    if (frame.data.length < 14) return frame;
    const data = wrap((frame.data[12]! << 8) | frame.data[13]!, frame.data.slice(14));
    const cut = Math.max(0, (frame.wire ?? frame.data.length) - frame.data.length);
    return { ...frame, data, wire: data.length + cut };
  });
  return { frames: relinked, linkType };
}
