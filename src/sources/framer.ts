/**
 * Drives the engine's decoder over one capture: recognises the format, keeps the window filled,
 * reads what packets need to be understood (sections, interfaces), skips the rest, and says where
 * and why a capture cannot be read further. Packets stay where the source put them.
 */
import {
  C_CONSUMED,
  C_DESCRIPTOR_COUNT,
  C_FORMAT,
  C_INTERFACE,
  C_INTERFACES,
  C_INTERFACES_MAX,
  C_INTERFACE_COUNT,
  C_PACKET_COUNT,
  C_STOP_DETAIL,
  C_STOP_VALUE,
  C_WINDOW,
  C_WINDOW_SIZE,
  CORRUPT_BLOCK,
  CORRUPT_INTERFACE,
  CORRUPT_LENGTH,
  FORMAT_PCAPNG_BE,
  FORMAT_PCAPNG_LE,
  I_LINK_TYPE,
  I_OFFSET_HIGH,
  I_OFFSET_LOW,
  I_SNAPLEN,
  I_TICK_BINARY,
  I_TICK_EXPONENT,
  INTERFACE_SIZE,
  MAX_PACKET,
  STOP_BLOCK,
  STOP_CORRUPT,
  STOP_DATA,
} from "../engine/abi.js";
import { CaptureError, ClairvoieError } from "../record/errors.js";
import { describeForeign, hex } from "./formats.js";
import {
  isLittleEndian,
  PCAP_HEADER,
  PCAP_RECORD_CAPTURED,
  PCAP_RECORD_HEADER,
  pcapFormat,
  readPcapHeader,
} from "./pcap.js";
import {
  BLOCK_LENGTH,
  BLOCK_MIN,
  blockLength,
  checkInterfaceLength,
  checkSection,
  INTERFACE_DESCRIPTION,
  readInterface,
  SECTION_HEADER,
  SECTION_READ,
  sectionIsLittleEndian,
} from "./pcapng.js";
import { proceed, type ByteSource } from "./source.js";

/** What a framer needs of an engine; every engine has it. */
export interface Decoder {
  readonly memory: {
    readonly u8: Uint8Array;
    readonly u32: Uint32Array;
    control(field: number): number;
    setControl(field: number, value: number): void;
  };
  decode(begin: number, end: number): number;
}

/** What is known of the interface that packets were captured on; I_* of the ABI. */
export interface InterfaceDescription {
  linkType: number;
  snaplen: number;
  tickBinary: number;
  tickExponent: number;
  offsetLow: number;
  offsetHigh: number;
}

type FaultCode = "NOT_A_CAPTURE" | "TRUNCATED" | "CORRUPT" | "UNSUPPORTED";

/** Throws the capture's error, at the record or block that is being read. */
export type Fail = (code: FaultCode, reason: string) => never;

/**
 * One capture on its way through the engine. One framer at a time may use an engine.
 * @example
 * ```ts
 * const framer = new Framer(engine, source.name);
 * let packets = 0;
 * do {
 *   while (framer.next()) packets += engine.memory.control(C_PACKET_COUNT);
 * } while ((await framer.fill(source)) > 0);
 * framer.end();
 * // packets === 118
 * ```
 */
export class Framer {
  #engine: Decoder;
  /** Of the capture. */
  readonly name: string;
  #view: DataView;
  readonly #window: number;
  readonly #windowEnd: number;
  /** Offset in the capture of the byte at the window's start. */
  #base = 0;
  /** Addresses of the bytes in the window that were not consumed. */
  #begin: number;
  #end: number;
  /** Nothing more can be done with the bytes in the window. */
  #hungry = true;
  #fault: CaptureError | undefined;
  #format: "unknown" | "pcap" | "pcapng" = "unknown";
  #little = true;
  /** The batch that was decoded last: where it begins, and the packets of the capture in front of it. */
  #batch: number;
  #packetsBefore = 0;
  /** Packets in the batch. */
  #packets = 0;
  /** Records that an engine failed at, by address, ascending: they are passed over. */
  #barred: number[] = [];
  #settled = 0;
  /** What the engine knows of the capture, for an engine that takes its place. */
  #formatCode = 0;
  #interfaces: InterfaceDescription[] = [];
  /** A pcapng block at `#begin` that the host must read or skip. */
  #block = false;
  /** The block being skipped: its offset, its total length, and the bytes left but for the trailer. */
  #skipOffset = 0;
  #skipLength = 0;
  #skipLeft = 0;

  constructor(engine: Decoder, name: string) {
    this.#engine = engine;
    this.name = name;
    this.#view = new DataView(engine.memory.u8.buffer);
    this.#window = engine.memory.control(C_WINDOW);
    this.#windowEnd = this.#window + engine.memory.control(C_WINDOW_SIZE);
    this.#begin = this.#end = this.#batch = this.#window;
  }

  /** Address of the last record of the batch that an engine before this one had settled, or 0. */
  get settled(): number {
    return this.#settled;
  }

  /**
   * Moves what is left to the window's start and reads on. Returns the bytes read, 0 at the end of
   * the source. Packet rows and payload addresses of an earlier {@link next} end here.
   */
  fill(source: ByteSource): number | Promise<number> {
    const { u8 } = this.#engine.memory;
    if (this.#begin > this.#window) {
      u8.copyWithin(this.#window, this.#begin, this.#end);
      this.#barred = this.#barred.map((at) => at - this.#begin + this.#window);
      this.#base += this.#begin - this.#window;
      this.#end -= this.#begin - this.#window;
      this.#begin = this.#window;
    }
    this.#settled = 0;
    if (this.#end === this.#windowEnd) {
      throw new ClairvoieError("ENGINE", "the window is full: call next() until it is false");
    }
    return proceed(source.read(u8.subarray(this.#end, this.#windowEnd)), (count) => {
      this.#end += count;
      if (count > 0) this.#hungry = false;
      return count;
    });
  }

  /**
   * Decodes on. True: packet rows and descriptors are ready in the engine's memory. False: call
   * {@link fill}. Throws a `CaptureError`, once everything in front of the fault was handed out.
   */
  next(): boolean {
    if (this.#fault) throw this.#fault;
    while (!this.#hungry) {
      if (this.#skipLength > 0) this.#skip();
      else if (this.#block) this.#readBlock();
      else if (this.#format === "unknown") this.#readHeader(PCAP_HEADER);
      else if (this.#decode()) return true;
      else if (this.#fault) throw this.#fault;
    }
    return false;
  }

  /** The source has ended: throws where the capture may not end here. */
  end(): void {
    if (this.#fault) throw this.#fault;
    const left = this.#end - this.#begin;
    if (this.#skipLength > 0) {
      const there = this.#skipLength - this.#skipLeft - 4 + left;
      this.#fail("TRUNCATED", `block of ${this.#skipLength} bytes ends after ${there}`);
    }
    if (this.#format === "unknown") {
      if (left === 0) this.#fail("NOT_A_CAPTURE", "empty");
      if (left >= 4) this.#readHeader(left);
      this.#fail("NOT_A_CAPTURE", `only ${left} bytes, too few for a capture`);
    }
    if (left > 0) this.#fail("TRUNCATED", this.#describeRest(left));
  }

  /** Recognises the format once `wanted` bytes are there. */
  #readHeader(wanted: number): void {
    const left = this.#end - this.#begin;
    if (left < wanted) {
      this.#hungry = true;
      return;
    }
    const at = this.#begin;
    const format = pcapFormat(this.#view, at);
    if (format !== undefined) this.#readPcap(format, left);
    else if (this.#view.getUint32(at) === SECTION_HEADER) this.#openPcapng(left);
    else {
      const start = this.#engine.memory.u8.subarray(at, at + Math.min(left, 16));
      const foreign = describeForeign(start);
      if (foreign !== undefined) this.#fail("UNSUPPORTED", foreign);
      const digits = hex(start.subarray(0, 4));
      const remedy = "if Wireshark opens it, convert it: editcap -F pcapng <file> <new file>";
      this.#fail("NOT_A_CAPTURE", `neither pcap nor pcapng (it begins with ${digits}); ${remedy}`);
    }
  }

  #readPcap(format: number, left: number): void {
    if (left < PCAP_HEADER) {
      this.#fail("TRUNCATED", `file header ends after ${left} of ${PCAP_HEADER} bytes`);
    }
    const description = readPcapHeader(this.#view, this.#begin, format, this.#fail);
    this.#format = "pcap";
    this.#little = isLittleEndian(format);
    this.#setFormat(format);
    this.#addInterface(description);
    this.#begin += PCAP_HEADER;
  }

  #openPcapng(left: number): void {
    // A text of line ends has this "block type" too.
    if (left >= BLOCK_MIN && sectionIsLittleEndian(this.#view, this.#begin) === undefined) {
      this.#fail("NOT_A_CAPTURE", "begins like pcapng, but has no byte-order magic");
    }
    if (left < PCAP_HEADER) this.#fail("TRUNCATED", `section header ends after ${left} bytes`);
    this.#format = "pcapng";
    this.#block = true;
  }

  /** Lets the engine decode; true where it found packets. */
  #decode(): boolean {
    const { memory } = this.#engine;
    while (this.#begin === this.#barred[0]) if (!this.#passOver()) return false;
    this.#batch = this.#begin;
    this.#packetsBefore += this.#packets;
    this.#packets = 0;
    const stop = this.#engine.decode(this.#begin, this.#barred[0] ?? this.#end);
    this.#begin = memory.control(C_CONSUMED);
    this.#packets = memory.control(C_PACKET_COUNT);
    if (stop === STOP_DATA) this.#hungry = this.#begin !== this.#barred[0];
    else if (stop === STOP_BLOCK) this.#block = true;
    else if (stop === STOP_CORRUPT) this.#fault = this.#error("CORRUPT", this.#describeCorrupt());
    // Fragments that time out are told of in front of the packet that proves it.
    return memory.control(C_PACKET_COUNT) > 0 || memory.control(C_DESCRIPTOR_COUNT) > 0;
  }

  #readBlock(): void {
    const at = this.#begin;
    const left = this.#end - at;
    // The engine names a block when its first 12 bytes are there.
    const isSection = this.#view.getUint32(at, this.#little) === SECTION_HEADER;
    if (isSection) {
      if (left < SECTION_READ) {
        this.#hungry = true;
        return;
      }
      const little = sectionIsLittleEndian(this.#view, at);
      if (little === undefined) {
        const digits = hex(this.#engine.memory.u8.subarray(at + 8, at + 12));
        return this.#fail("CORRUPT", `section header has byte-order magic ${digits}`);
      }
      this.#little = little;
    }
    const length = blockLength(this.#view, at, this.#little, this.#fail);
    if (isSection) this.#enterSection(length);
    else if (this.#view.getUint32(at, this.#little) === INTERFACE_DESCRIPTION) {
      checkInterfaceLength(length, this.#fail);
      if (left < length) {
        this.#hungry = true;
        return;
      }
      this.#addInterface(readInterface(this.#view, at, length, this.#little, this.#fail));
    }
    this.#block = false;
    this.#skipOffset = this.#offset(at);
    this.#skipLength = length;
    this.#skipLeft = length - 4;
  }

  /** A section numbers its interfaces from 0 again. */
  #enterSection(length: number): void {
    checkSection(this.#view, this.#begin, length, this.#little, this.#fail);
    this.#setFormat(this.#little ? FORMAT_PCAPNG_LE : FORMAT_PCAPNG_BE);
  }

  /** Of what comes; its interfaces are described behind this. */
  #setFormat(code: number): void {
    const { memory } = this.#engine;
    memory.setControl(C_FORMAT, code);
    memory.setControl(C_INTERFACE, 0);
    memory.setControl(C_INTERFACE_COUNT, 0);
    this.#formatCode = code;
    this.#interfaces = [];
  }

  #addInterface(description: InterfaceDescription): void {
    const { memory } = this.#engine;
    const number = memory.control(C_INTERFACE_COUNT);
    const most = memory.control(C_INTERFACES_MAX);
    if (number >= most) this.#fail("CORRUPT", `more than ${most} interfaces in one section`);
    const row = memory.control(C_INTERFACES) + number * INTERFACE_SIZE;
    const { u32 } = memory;
    u32.fill(0, row >>> 2, (row + INTERFACE_SIZE) >>> 2);
    u32[(row + I_LINK_TYPE) >>> 2] = description.linkType;
    u32[(row + I_TICK_BINARY) >>> 2] = description.tickBinary;
    u32[(row + I_TICK_EXPONENT) >>> 2] = description.tickExponent;
    u32[(row + I_OFFSET_LOW) >>> 2] = description.offsetLow;
    u32[(row + I_OFFSET_HIGH) >>> 2] = description.offsetHigh;
    u32[(row + I_SNAPLEN) >>> 2] = description.snaplen;
    memory.setControl(C_INTERFACE_COUNT, number + 1);
    this.#interfaces.push(description);
  }

  /**
   * The record of the batch that stands at an address: where in the capture. Undefined where none begins there; no more of
   * the engine's memory is believed than the window.
   */
  locate(address: number): { packet: number; offset: number } | undefined {
    let packet = this.#packetsBefore + 1;
    for (let at = this.#batch; at <= address; packet++) {
      if (at === address) return { packet, offset: this.#offset(at) };
      const length = this.#recordLength(at);
      if (length === undefined) return undefined;
      at += length;
      if (this.#barred.includes(at)) return undefined;
    }
    return undefined;
  }

  /** The first record of the batch behind an address. */
  recordBehind(address: number): number {
    let at = this.#batch;
    while (at <= address && at < this.#end) at += this.#recordLength(at) ?? Infinity;
    return at;
  }

  /**
   * Goes on with an engine in place of the one that failed; its memory is mapped alike. The batch is decoded again.
   * @param settled address of the last record that has taken effect: {@link settled}
   * @param barred address of a record that is passed over
   */
  resume(engine: Decoder, settled: number, barred: number | undefined): void {
    const { u8 } = this.#engine.memory;
    engine.memory.u8.set(u8.subarray(this.#batch, this.#end), this.#batch);
    this.#engine = engine;
    this.#view = new DataView(engine.memory.u8.buffer);
    const interfaces = this.#interfaces;
    this.#setFormat(this.#formatCode);
    for (const description of interfaces) this.#addInterface(description);
    this.#begin = this.#batch;
    this.#packets = 0;
    this.#settled = settled;
    if (barred !== undefined && !this.#barred.includes(barred)) {
      this.#barred = [...this.#barred, barred].sort((a, b) => a - b);
    }
    this.#hungry = this.#block = false;
    this.#fault = undefined;
  }

  /** Bytes of a packet's record, as it says itself; undefined where the window ends before that. */
  #recordLength(at: number): number | undefined {
    const left = this.#end - at;
    const isPcap = this.#format === "pcap";
    if (left < (isPcap ? PCAP_RECORD_HEADER : BLOCK_MIN)) return undefined;
    return isPcap
      ? this.#view.getUint32(at + PCAP_RECORD_CAPTURED, this.#little) + PCAP_RECORD_HEADER
      : Math.max(this.#view.getUint32(at + BLOCK_LENGTH, this.#little), BLOCK_MIN);
  }

  /** Passes over a record that an engine failed at, once it is there; false: not yet. */
  #passOver(): boolean {
    const length = this.#recordLength(this.#begin);
    if (length !== undefined && length > this.#windowEnd - this.#window) {
      this.#fail("CORRUPT", `the engine failed at a record that claims ${length} bytes`);
    }
    if (length === undefined || this.#begin + length > this.#end) {
      this.#hungry = true;
      return false;
    }
    this.#begin += length;
    this.#barred.shift();
    this.#packetsBefore += this.#packets + 1;
    this.#packets = 0;
    return true;
  }

  /** Drops a block, over as many windows as it takes, and checks the length that it ends with. */
  #skip(): void {
    const dropped = Math.min(this.#skipLeft, this.#end - this.#begin);
    this.#begin += dropped;
    this.#skipLeft -= dropped;
    if (this.#skipLeft > 0 || this.#end - this.#begin < 4) {
      this.#hungry = true;
      return;
    }
    const trailer = this.#view.getUint32(this.#begin, this.#little);
    if (trailer !== this.#skipLength) this.#fail("CORRUPT", this.#describeTrailer(trailer));
    this.#begin += 4;
    this.#skipLength = 0;
  }

  #describeTrailer(trailer: number): string {
    return `block ends with another length than it begins with: ${trailer}`;
  }

  #describeCorrupt(): string {
    const value = this.#engine.memory.control(C_STOP_VALUE);
    switch (this.#engine.memory.control(C_STOP_DETAIL)) {
      case CORRUPT_LENGTH:
        return value > MAX_PACKET
          ? `record claims ${value} captured bytes; the most is ${MAX_PACKET}`
          : `record claims ${value} captured bytes, more than its block has`;
      case CORRUPT_INTERFACE: {
        const count = this.#engine.memory.control(C_INTERFACE_COUNT);
        return `packet of interface ${value}, but ${count} are described before it`;
      }
      case CORRUPT_BLOCK:
        return `block claims a length of ${value} bytes, which it cannot have`;
      default:
        return this.#describeTrailer(value);
    }
  }

  /** The record or block that the capture ends in. */
  #describeRest(left: number): string {
    const isPcap = this.#format === "pcap";
    const header = isPcap ? PCAP_RECORD_HEADER : BLOCK_MIN;
    const what = isPcap ? "record" : "block";
    if (left < header) return `${what} ends after ${left} bytes, inside its header`;
    const at = this.#begin + (isPcap ? PCAP_RECORD_CAPTURED : 4);
    const length = this.#view.getUint32(at, this.#little) + (isPcap ? PCAP_RECORD_HEADER : 0);
    return `${what} of ${length} bytes ends after ${left}`;
  }

  #offset(address: number): number {
    return this.#base + address - this.#window;
  }

  #error(code: FaultCode, reason: string): CaptureError {
    const offset = this.#skipLength > 0 ? this.#skipOffset : this.#offset(this.#begin);
    return new CaptureError(code, this.name, offset, reason);
  }

  readonly #fail: Fail = (code, reason) => {
    this.#fault = this.#error(code, reason);
    throw this.#fault;
  };
}
