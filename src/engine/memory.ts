import * as abi from "./abi.js";
import { HPACK_TABLE } from "./hpack-table.js";

/**
 * The memory map: which region lies where in the engine's one linear memory. Both engines and the
 * host use this map; nothing else computes an address of a region.
 *
 * Everything is laid out once, for the configured maxima, and never grows or moves: pages that are
 * never touched cost address space only (the kernel gives them on first touch), and views that
 * cannot detach need no renewal. Between regions stand {@link CANARY_SIZE} bytes that nobody may write.
 */
export interface MemoryOptions {
  /** Bytes of the window that capture bytes are read into. */
  windowSize: number;
  /** Flows live at one time. */
  maxFlows: number;
  /** Flows under inspection at one time. */
  maxInspections: number;
  /** Bytes kept for undecided flows, all together. */
  prefixMemory: number;
  /** Bytes of one direction kept for recognition. */
  prefixLimit: number;
  /** Bytes for datagrams that come in fragments. Default 0: they are not put together. */
  fragmentMemory?: number;
  /** Bytes of the recognition tables. */
  tableSize: number;
  /** Bytes of the applications' table; none by default. */
  hostsSize?: number;
}

export type RegionName =
  | "control"
  | "mask"
  | "interfaces"
  | "contexts"
  | "unhandled"
  | "tables"
  | "scratch"
  | "crypto"
  | "hpack"
  | "hosts"
  | "window"
  | "packets"
  | "descriptors"
  | "events"
  | "due"
  | "spans"
  | "message"
  | "inspections"
  | "prefixes"
  | "fragments"
  | "whole"
  | "rows"
  | "slots";

/** One region of the map. */
export interface Region {
  readonly name: RegionName;
  readonly address: number;
  readonly size: number;
}

export const CANARY_SIZE = 64;
export const CANARY_BYTE = 0xc5;

/** Rows of the smaller tables; each is a bound that the summary reports when it is reached. */
export const PACKETS_MAX = 8192;
/** A packet gives at most DESCRIPTORS_PER_PACKET descriptors, so these are full only when the packets are. */
export const DESCRIPTORS_PER_PACKET = 4;
export const DESCRIPTORS_MAX = PACKETS_MAX * 2;
export const EVENTS_MAX = 16384;
export const INTERFACES_MAX = 1024;
export const CONTEXTS_MAX = 4096;
export const UNHANDLED_MAX = 256;
export const DUE_MAX = 256;
export const SPANS_MAX = DUE_MAX * abi.CANDIDATES_MAX * abi.SPANS_PER_PROGRAM;
/** Where the host puts a message together that lay in several segments. */
export const MESSAGE_SIZE = 16384;
/** The mask, and HOST_FACTS behind it. */
export const MASK_SIZE = 1024;
/** Behind the last rows stand those of fragments that were held. */
const PACKETS_SIZE = (PACKETS_MAX + abi.HELD_ROWS_MAX) * abi.PACKET_SIZE;
const DESCRIPTORS_SIZE = (DESCRIPTORS_MAX + abi.HELD_ROWS_MAX) * abi.DESCRIPTOR_SIZE;
export const SCRATCH_SIZE = 65536;
/** Smallest slot table: 64 KiB, so that a small capture touches few pages. */
export const SLOTS_MIN = 1024;

function powerOfTwo(atLeast: number): number {
  let n = 1;
  while (n < atLeast) n *= 2;
  return n;
}

/** The map for given options: region addresses and the size of the whole in bytes (a multiple of 64 KiB). */
export class MemoryMap {
  readonly regions: readonly Region[];
  /** Region name → address. */
  readonly at: Readonly<Record<RegionName, number>>;
  readonly size: number;
  readonly slotsMax: number;

  constructor(readonly options: MemoryOptions) {
    this.slotsMax = Math.max(SLOTS_MIN, powerOfTwo(options.maxFlows * 2));
    const sizes: [RegionName, number][] = [
      ["control", abi.CONTROL_SIZE],
      ["mask", MASK_SIZE],
      ["interfaces", INTERFACES_MAX * abi.INTERFACE_SIZE],
      ["contexts", CONTEXTS_MAX * abi.CONTEXT_SIZE],
      ["unhandled", UNHANDLED_MAX * abi.UNHANDLED_SIZE],
      ["tables", options.tableSize],
      ["scratch", SCRATCH_SIZE],
      ["crypto", abi.CRYPTO_SIZE],
      ["hpack", abi.HPACK_SIZE],
      ["hosts", options.hostsSize ?? 0],
      // 64 bytes behind the last packet may be loaded (not used) by wide loads.
      ["window", options.windowSize + 64],
      ["packets", PACKETS_SIZE],
      ["descriptors", DESCRIPTORS_SIZE],
      ["events", EVENTS_MAX * abi.EVENT_SIZE],
      ["due", DUE_MAX * abi.DUE_SIZE],
      ["spans", SPANS_MAX * abi.SPAN_SIZE],
      // The machine may load words behind the last byte.
      ["message", MESSAGE_SIZE + 64],
      ["inspections", (options.maxInspections + 1) * abi.INSPECTION_SIZE],
      ["prefixes", options.prefixMemory],
      ["fragments", options.fragmentMemory ?? 0],
      ["whole", abi.WHOLE_COUNT * abi.WHOLE_SIZE],
      ["rows", (options.maxFlows + 1) * abi.ROW_SIZE],
      // The tables of 1,024, 2,048 … slots stand one behind the other.
      ["slots", (2 * this.slotsMax - SLOTS_MIN) * abi.SLOT_SIZE],
    ];
    const regions: Region[] = [];
    let address = abi.CONTROL;
    for (const [name, size] of sizes) {
      regions.push({ name, address, size });
      address = Math.ceil((address + size + CANARY_SIZE) / 64) * 64;
    }
    this.regions = regions;
    this.at = Object.fromEntries(regions.map((region) => [region.name, region.address])) as Record<
      RegionName,
      number
    >;
    this.size = Math.ceil(address / 65536) * 65536;
  }
}

/** The engine's memory as the host sees it: one buffer, one set of views, the map. */
export class EngineMemory {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly f64: Float64Array;
  readonly #gaps: readonly { name: string; begin: number; end: number }[];

  constructor(
    readonly map: MemoryMap,
    readonly buffer: ArrayBuffer,
  ) {
    if (buffer.byteLength < map.size) throw new RangeError("engine memory is smaller than its map");
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.#gaps = map.regions.map(({ name, address, size }, index) => ({
      name,
      begin: address + size,
      end: map.regions[index + 1]?.address ?? address + size + CANARY_SIZE,
    }));
    this.#writeControl();
    this.u8.set(HPACK_TABLE, map.at.hpack);
    for (const gap of this.#gaps) this.u8.fill(CANARY_BYTE, gap.begin, gap.end);
  }

  /** A u32 field of the control block. */
  control(field: number): number {
    return this.u32[(abi.CONTROL + field) >>> 2]!;
  }

  setControl(field: number, value: number): void {
    this.u32[(abi.CONTROL + field) >>> 2] = value;
  }

  /** An f64 field of the control block. */
  counter(field: number): number {
    return this.f64[(abi.CONTROL + field) >>> 3]!;
  }

  address(name: RegionName): number {
    return this.map.at[name];
  }

  /**
   * Zeroes everything that held traffic: the regions that are always small, and of the large ones
   * what was ever used, so that pages nobody touched stay untouched. All of it, where nobody knows what was.
   */
  wipe(): void {
    const { options, at } = this.map;
    if (this.isDamaged()) {
      this.u8.fill(0);
      return;
    }
    const used = (name: RegionName, bytes: number): void => {
      this.u8.fill(0, at[name], at[name] + bytes);
    };
    used("scratch", SCRATCH_SIZE);
    used("crypto", abi.CRYPTO_SIZE);
    used("window", options.windowSize + 64);
    used("packets", PACKETS_SIZE);
    used("descriptors", DESCRIPTORS_SIZE);
    used("events", EVENTS_MAX * abi.EVENT_SIZE);
    used("due", DUE_MAX * abi.DUE_SIZE);
    used("spans", SPANS_MAX * abi.SPAN_SIZE);
    used("message", MESSAGE_SIZE + 64);
    used("contexts", CONTEXTS_MAX * abi.CONTEXT_SIZE);
    used("inspections", (this.control(abi.C_INSPECTIONS_HIGH) + 1) * abi.INSPECTION_SIZE);
    used("prefixes", this.control(abi.C_PREFIX_BLOCKS_HIGH) * this.control(abi.C_PREFIX_BLOCK));
    used("fragments", this.control(abi.C_FRAGMENT_HIGH) * abi.FRAGMENT_SIZE);
    used("whole", abi.WHOLE_COUNT * abi.WHOLE_SIZE);
    used("rows", (this.control(abi.C_ROWS_HIGH) + 1) * abi.ROW_SIZE);
    const table = this.control(abi.C_SLOT_TABLE) - at.slots;
    used("slots", table + this.control(abi.C_SLOT_CAPACITY) * abi.SLOT_SIZE);
    used("control", abi.CONTROL_SIZE);
  }

  /** Has anything been written where nobody may: between regions, or behind a block's end? */
  isDamaged(): boolean {
    return this.counter(abi.C_CANARY) !== 0 || this.brokenCanaries().length > 0;
  }

  /** Names of the regions behind which a canary is broken; empty while all is well. */
  brokenCanaries(): string[] {
    const broken: string[] = [];
    for (const gap of this.#gaps) {
      for (let at = gap.begin; at < gap.end; at++) {
        if (this.u8[at] !== CANARY_BYTE) {
          broken.push(gap.name);
          break;
        }
      }
    }
    return broken;
  }

  #writeControl(): void {
    const { options } = this.map;
    this.setControl(abi.C_ABI_VERSION, abi.ABI_VERSION);
    const table: [RegionName, number, number, number][] = [
      ["window", abi.C_WINDOW, abi.C_WINDOW_SIZE, options.windowSize],
      ["packets", abi.C_PACKETS, abi.C_PACKETS_MAX, PACKETS_MAX],
      ["descriptors", abi.C_DESCRIPTORS, abi.C_DESCRIPTORS_MAX, DESCRIPTORS_MAX],
      ["events", abi.C_EVENTS, abi.C_EVENTS_MAX, EVENTS_MAX],
      ["interfaces", abi.C_INTERFACES, abi.C_INTERFACES_MAX, INTERFACES_MAX],
      ["contexts", abi.C_CONTEXTS, abi.C_CONTEXTS_MAX, CONTEXTS_MAX],
      ["unhandled", abi.C_UNHANDLED, abi.C_UNHANDLED_MAX, UNHANDLED_MAX],
      ["rows", abi.C_ROWS, abi.C_ROWS_MAX, options.maxFlows],
      ["slots", abi.C_SLOTS, abi.C_SLOTS_MAX, this.map.slotsMax],
      ["inspections", abi.C_INSPECTIONS, abi.C_INSPECTIONS_MAX, options.maxInspections],
      ["prefixes", abi.C_PREFIXES, abi.C_PREFIXES_SIZE, options.prefixMemory],
      ["fragments", abi.C_ARENA, abi.C_ARENA_SIZE, options.fragmentMemory ?? 0],
      ["spans", abi.C_SPANS, abi.C_SPANS_MAX, SPANS_MAX],
      ["due", abi.C_DUE, abi.C_DUE_MAX, DUE_MAX],
    ];
    for (const [name, base, max, value] of table) {
      this.setControl(base, this.address(name));
      this.setControl(max, value);
    }
    this.setControl(abi.C_SLOTS_MIN, SLOTS_MIN);
    this.setControl(abi.C_TABLES, this.address("tables"));
    this.setControl(abi.C_MASK, this.address("mask"));
    this.setControl(abi.C_SCRATCH, this.address("scratch"));
    this.setControl(abi.C_CRYPTO, this.address("crypto"));
    this.setControl(abi.C_HPACK, this.address("hpack"));
    this.setControl(abi.C_WHOLE, this.address("whole"));
    this.setControl(abi.C_HOSTS, this.address("hosts"));
    this.setControl(abi.C_PREFIX_LIMIT, options.prefixLimit);
    this.setControl(abi.C_DEADLINE, 0xffffffff);
  }
}
