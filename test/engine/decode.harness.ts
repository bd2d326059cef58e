/** What the tests of the decode room share: bytes in, packets and descriptors read back in words. */
import * as abi from "../../src/engine/abi.js";
import type { Engine } from "../../src/engine/engine.js";
import { type EngineMemory, MemoryMap } from "../../src/engine/memory.js";
import { readTunnels } from "../../src/flows/key.js";
import { bytes, nativeRecord, type Bytes, type Frame } from "../support/packets.js";

/** Makes an engine in a memory of its own. */
export type CreateEngine = (map: MemoryMap) => Promise<Engine>;

export const WINDOW_SIZE = 1 << 20;

export const map = (fragmentMemory = 0): MemoryMap =>
  new MemoryMap({
    fragmentMemory,
    windowSize: WINDOW_SIZE,
    maxFlows: 64,
    maxInspections: 16,
    prefixMemory: 65536,
    prefixLimit: 4096,
    tableSize: 65536,
  });

export interface InterfaceRow {
  linkType?: number;
  binary?: boolean;
  exponent?: number;
  offset?: bigint;
  snapLength?: number;
}

export interface PacketRow {
  sec: number;
  ns: number;
  wire: number;
  /** Offset of the record in the window. */
  record: number;
}

/** A descriptor, told from the packet's point of view. */
export interface Descriptor {
  network: number;
  protocol: number;
  /** "192.0.2.1 40000": address in the words of `formatAddress`, port. */
  from: string;
  to: string;
  /** Names, in the order of their bits. REVERSED is told by `aIsTarget`. */
  marks: string[];
  /** The packet's target is endpoint A. */
  aIsTarget: boolean;
  tcpFlags: number;
  sequence: number;
  /** The payload bytes that are there, as Latin-1. */
  payload: string;
  /** Those that were on the wire. */
  length: number;
  interfaceId: number;
  vlans: number[];
  /** "vxlan 7": type and number, outermost first. */
  tunnels: string[];
  packet: number;
}

export interface Decoded {
  stop: number;
  detail: number;
  value: number;
  /** Bytes consumed. */
  consumed: number;
  packets: PacketRow[];
  descriptors: Descriptor[];
}

const marks: readonly [number, string][] = [
  [abi.D_FLAG_SNAPPED, "snapped"],
  [abi.D_FLAG_MALFORMED, "malformed"],
  [abi.D_FLAG_FRAGMENT, "fragment"],
  [abi.D_FLAG_TWICE, "twice"],
  [abi.D_FLAG_CLEARTEXT, "cleartext"],
];

export class DecodeHarness {
  readonly memory: EngineMemory;
  readonly #window: number;

  constructor(readonly engine: Engine) {
    this.memory = engine.memory;
    this.#window = this.memory.address("window");
    this.memory.setControl(abi.C_SEED0, 0x243f6a88);
    this.reset();
  }

  /** As at the beginning: one Ethernet interface, no contexts, nothing counted. */
  reset(): void {
    const counters = (abi.CONTROL + abi.C_TOTAL_PACKETS) >>> 3;
    this.memory.f64.fill(0, counters, (abi.CONTROL + abi.CONTROL_SIZE) >>> 3);
    this.memory.setControl(abi.C_INTERFACE, 0);
    this.setInterfaces({});
    this.engine.configure();
  }

  static async create(create: CreateEngine, fragmentMemory = 0): Promise<DecodeHarness> {
    return new DecodeHarness(await create(map(fragmentMemory)));
  }

  setInterfaces(...rows: readonly InterfaceRow[]): void {
    const { memory } = this;
    memory.setControl(abi.C_INTERFACE_COUNT, rows.length);
    for (const [index, row] of rows.entries()) {
      const { linkType = 1, binary = false, exponent = 6, offset = 0n, snapLength = 0 } = row;
      const unsigned = BigInt.asUintN(64, offset);
      const offsetWords = [Number(unsigned & 0xffffffffn), Number(unsigned >> 32n)];
      const words = [linkType, Number(binary), exponent, ...offsetWords, snapLength, 0, 0];
      memory.u32.set(words, (memory.address("interfaces") + index * abi.INTERFACE_SIZE) >>> 2);
    }
  }

  /** Decodes a window of these bytes, `at` bytes behind its beginning. */
  decode(content: Bytes, format: number = abi.FORMAT_NATIVE, at = 0): Decoded {
    const begin = this.#window + at;
    this.memory.u8.set(content, begin);
    return this.decodeAgain(format, at, at + content.length);
  }

  /** Decodes what stands in the window. */
  decodeAgain(format: number, from: number, to: number): Decoded {
    const { memory } = this;
    memory.setControl(abi.C_FORMAT, format);
    const stop = this.engine.decode(this.#window + from, this.#window + to);
    const rows = <T>(count: number, read: (index: number) => T) =>
      Array.from({ length: memory.control(count) }, (_, index) => read(index));
    return {
      stop,
      detail: memory.control(abi.C_STOP_DETAIL),
      value: memory.control(abi.C_STOP_VALUE),
      consumed: memory.control(abi.C_CONSUMED) - this.#window - from,
      packets: rows(abi.C_PACKET_COUNT, (index) => this.#packet(index)),
      descriptors: rows(abi.C_DESCRIPTOR_COUNT, (index) => this.#descriptor(index)),
    };
  }

  /** Decodes one frame of interface 0. */
  frame(frame: Frame): Decoded {
    return this.decode(nativeRecord(frame));
  }

  /** What no flow was made of: [kind, value, packets, bytes]. */
  unhandled(): number[][] {
    const { memory } = this;
    return Array.from({ length: memory.control(abi.C_UNHANDLED_COUNT) }, (_, index) => {
      const at = memory.address("unhandled") + index * abi.UNHANDLED_SIZE;
      return [
        memory.u32[(at + abi.N_KIND) >>> 2]!,
        memory.u32[(at + abi.N_VALUE) >>> 2]!,
        memory.f64[(at + abi.N_PACKETS) >>> 3]!,
        memory.f64[(at + abi.N_BYTES) >>> 3]!,
      ];
    });
  }

  #packet(index: number): PacketRow {
    const at = (this.memory.address("packets") + index * abi.PACKET_SIZE) >>> 2;
    const [sec, ns, wire, record] = this.memory.u32.subarray(at, at + 4);
    return { sec: sec!, ns: ns!, wire: wire!, record: record! - this.#window };
  }

  #descriptor(index: number): Descriptor {
    const { u8, u16, u32 } = this.memory;
    const at = this.memory.address("descriptors") + index * abi.DESCRIPTOR_SIZE;
    const network = u8[at + abi.D_NETWORK]!;
    const flags = u8[at + abi.D_FLAGS]!;
    const endpoint = (address: number, port: number) =>
      `${formatAddress(u8.subarray(at + address, at + address + 16), network)} ${u16[(at + port) >>> 1]}`;
    const a = endpoint(abi.D_ADDRESS_A, abi.D_PORT_A);
    const b = endpoint(abi.D_ADDRESS_B, abi.D_PORT_B);
    const aIsTarget = (flags & abi.D_FLAG_REVERSED) !== 0;
    const payload = u32[(at + abi.D_PAYLOAD) >>> 2]!;
    const captured = u32[(at + abi.D_CAPTURED) >>> 2]!;
    const context =
      this.memory.address("contexts") + u32[(at + abi.D_CONTEXT) >>> 2]! * abi.CONTEXT_SIZE;
    const vlans = (context + abi.X_VLANS) >>> 1;
    return {
      network,
      protocol: u8[at + abi.D_PROTOCOL]!,
      from: aIsTarget ? b : a,
      to: aIsTarget ? a : b,
      marks: marks.flatMap(([bit, name]) => ((flags & bit) === 0 ? [] : [name])),
      aIsTarget,
      tcpFlags: u8[at + abi.D_TCP_FLAGS]!,
      sequence: u32[(at + abi.D_SEQ) >>> 2]!,
      payload: Buffer.from(u8.subarray(payload, payload + captured)).toString("latin1"),
      length: u32[(at + abi.D_LENGTH) >>> 2]!,
      interfaceId: u32[(context + abi.X_INTERFACE) >>> 2]!,
      vlans: [...u16.subarray(vlans, vlans + u32[(context + abi.X_VLAN_COUNT) >>> 2]!)],
      tunnels: readTunnels(this.memory, u32[(at + abi.D_CONTEXT) >>> 2]!).map(
        ({ type, vni }) => `${type} ${vni}`,
      ),
      packet: u32[(at + abi.D_PACKET) >>> 2]!,
    };
  }
}

/** IPv4 in decimals; IPv6 as eight groups, not shortened. Says so where bytes behind an IPv4 address are not 0. */
function formatAddress(address: Uint8Array, network: number): string {
  if (network === abi.NETWORK_IPV6) {
    const groups = Array.from(
      { length: 8 },
      (_, i) => (address[i * 2]! << 8) | address[i * 2 + 1]!,
    );
    return groups.map((group) => group.toString(16)).join(":");
  }
  const rest = address.subarray(4).some((byte) => byte !== 0) ? " and more" : "";
  return address.subarray(0, 4).join(".") + rest;
}

/** Frames one behind the other, as native records. */
export const nativeRecords = (frames: readonly Frame[]): Bytes =>
  bytes(...frames.map((frame) => nativeRecord(frame)));
