/** Builds small captures, sound ones and others. */

/** Writes numbers in one byte order. */
export class Bytes {
  readonly #parts: number[] = [];

  constructor(readonly little = true) {}

  u8(...values: number[]): this {
    this.#parts.push(...values);
    return this;
  }

  u16(...values: number[]): this {
    for (const value of values) this.#number(value, 2);
    return this;
  }

  u32(...values: number[]): this {
    for (const value of values) this.#number(value, 4);
    return this;
  }

  bytes(values: Uint8Array | readonly number[]): this {
    for (const value of values) this.#parts.push(value);
    return this;
  }

  pad(multiple: number): this {
    while (this.#parts.length % multiple !== 0) this.#parts.push(0);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#parts);
  }

  #number(value: number, width: number): void {
    for (let n = 0; n < width; n++) {
      const shift = 8 * (this.little ? n : width - 1 - n);
      this.#parts.push(Math.floor(value / 2 ** shift) % 256);
    }
  }
}

export interface Packet {
  seconds: number;
  nanoseconds: number;
  wire: number;
  /** One character a byte: quick to compare. */
  data: string;
}

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

/** Packets of different lengths: `length(n)` bytes the n-th, each byte telling its packet. */
export function packets(count: number, length = (n: number) => 14 + n * 3): Packet[] {
  return Array.from({ length: count }, (_, n) => ({
    seconds: 1_700_000_000 + n,
    nanoseconds: n * 1000,
    wire: length(n) + 4,
    data: String.fromCharCode((n + 1) & 255).repeat(length(n)),
  }));
}

export interface PcapOptions {
  little?: boolean;
  nanoseconds?: boolean;
  version?: [number, number];
  linkType?: number;
  snaplen?: number;
}

export function pcap(list: readonly Packet[], options: PcapOptions = {}): Uint8Array {
  const { little = true, nanoseconds = false, version = [2, 4] } = options;
  const { linkType = 1, snaplen = 65535 } = options;
  const out = new Bytes(little).u32(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4);
  const parts = [
    out
      .u16(...version)
      .u32(0, 0, snaplen, linkType)
      .done(),
  ];
  for (const { seconds, nanoseconds: ns, wire, data } of list) {
    const head = new Bytes(little).u32(seconds, nanoseconds ? ns : Math.floor(ns / 1000));
    parts.push(head.u32(data.length, wire).done(), bytesOf(data));
  }
  return join(...parts);
}

/** A block of any type; `claimed` and `trailer` lie about its length. */
export function block(
  type: number,
  body: Uint8Array,
  options: { little?: boolean; claimed?: number; trailer?: number } = {},
): Uint8Array {
  const { little = true } = options;
  const size = 12 + Math.ceil(body.length / 4) * 4;
  const claimed = options.claimed ?? size;
  const head = new Bytes(little).u32(type, claimed).done();
  const tail = new Bytes(little).u32(options.trailer ?? claimed).done();
  return join(head, body, new Uint8Array(size - 12 - body.length), tail);
}

export function section(little = true, version: [number, number] = [1, 0]): Uint8Array {
  const body = new Bytes(little).u32(0x1a2b3c4d).u16(...version);
  return block(0x0a0d0d0a, body.u32(0xffffffff, 0xffffffff).done(), { little });
}

/** An interface option: its code, its bytes, and a length where it lies about it. */
export type Option = [code: number, value: readonly number[], claimed?: number];

export function interfaceBlock(
  options: { little?: boolean; linkType?: number; snaplen?: number; list?: Option[] } = {},
): Uint8Array {
  const { little = true, linkType = 1, snaplen = 0, list = [] } = options;
  const body = new Bytes(little).u16(linkType, 0).u32(snaplen);
  for (const [code, value, claimed] of list) {
    body
      .u16(code, claimed ?? value.length)
      .bytes(value)
      .pad(4);
  }
  return block(1, body.done(), { little });
}

/** An enhanced packet block; ticks are microseconds. */
export function packetBlock(packet: Packet, little = true, interfaceNumber = 0): Uint8Array {
  const ticks = packet.seconds * 1e6 + Math.floor(packet.nanoseconds / 1000);
  const body = new Bytes(little).u32(interfaceNumber, Math.floor(ticks / 2 ** 32), ticks % 2 ** 32);
  body.u32(packet.data.length, packet.wire);
  return block(6, join(body.done(), bytesOf(packet.data)), { little });
}

export function pcapng(list: readonly Packet[], little = true): Uint8Array {
  const blocks = list.map((packet) => packetBlock(packet, little));
  return join(section(little), interfaceBlock({ little }), ...blocks);
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
