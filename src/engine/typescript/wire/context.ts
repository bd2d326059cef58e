/**
 * Contexts: the number that stands for a packet's interface, VLAN tags and tunnel in the key of its flow.
 *
 * Rows are dense and never leave. An index of u16 row numbers over them, open-addressed and never
 * more than half full, takes the last 16 KiB of the scratch region; 0 is empty, because row 0
 * (interface 0, no tag) is never looked up.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";

const INDEX_ADDRESS = 49152;
const INDEX_ENTRIES = 8192;

const ROW_WORDS = abi.CONTEXT_SIZE >>> 2;
const INTERFACE = abi.X_INTERFACE >>> 2;
const VLAN_COUNT = abi.X_VLAN_COUNT >>> 2;
const TUNNEL = abi.X_TUNNEL >>> 2;
const TUNNEL_ID = abi.X_VNI >>> 2;
const OUTER = abi.X_OUTER >>> 2;

/** The words of a row that are looked up: interface, number of tags, tags, tunnel with its number, and what carries it. */
const KEY_WORDS = OUTER + 1;
const FULL = -1;

export class Contexts {
  readonly #memory: EngineMemory;
  /** The current packet's key, as its row would have it; and the key found last, with its number. */
  readonly #key = new Uint32Array(KEY_WORDS);
  readonly #vlans = new Uint16Array(this.#key.buffer, abi.X_VLANS, abi.VLANS_MAX);
  /** The current packet's key, while another's stands in its place. */
  readonly #kept = new Uint32Array(KEY_WORDS);
  readonly #latestKey = new Uint32Array(KEY_WORDS);
  #latest = 0;
  /** Word index of row 0, index of the first u16 of the index. */
  #rows = 0;
  #most = 0;
  #index = 0;
  #seed = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  configure(): void {
    const memory = this.#memory;
    this.#rows = memory.control(abi.C_CONTEXTS) >>> 2;
    this.#most = memory.control(abi.C_CONTEXTS_MAX);
    this.#index = (memory.control(abi.C_SCRATCH) + INDEX_ADDRESS) >>> 1;
    this.#seed = memory.control(abi.C_SEED0);
    this.#latestKey.fill(0);
    this.#latest = 0;
    memory.u32.fill(0, this.#rows, this.#rows + ROW_WORDS);
    memory.u16.fill(0, this.#index, this.#index + INDEX_ENTRIES);
    memory.setControl(abi.C_CONTEXT_COUNT, 1);
  }

  /** Begins a packet. */
  open(interfaceId: number): void {
    const key = this.#key;
    if (key[VLAN_COUNT] !== 0 || key[TUNNEL] !== 0) key.fill(0);
    key[INTERFACE] = interfaceId;
  }

  /** False when the packet has all the tags it may have. */
  addVlan(id: number): boolean {
    const vlanCount = this.#key[VLAN_COUNT]!;
    if (vlanCount === abi.VLANS_MAX) return false;
    this.#vlans[vlanCount] = id;
    this.#key[VLAN_COUNT] = vlanCount + 1;
    return true;
  }

  /** Takes another context's key for the packet's, until {@link leave}. */
  enter(context: number): void {
    this.#kept.set(this.#key);
    const row = this.#rows + context * ROW_WORDS;
    this.#key.set(this.#memory.u32.subarray(row, row + KEY_WORDS));
  }

  leave(): void {
    this.#key.set(this.#kept);
  }

  /** What follows is carried by a tunnel, whose own context is the one until here. */
  enterTunnel(kind: number, id: number): void {
    const outer = this.find();
    this.#key[TUNNEL] = kind;
    this.#key[TUNNEL_ID] = id;
    this.#key[OUTER] = outer;
  }

  /** The number of the packet's context. */
  find(): number {
    const key = this.#key;
    const latestKey = this.#latestKey;
    let word = 0;
    while (word < KEY_WORDS && key[word] === latestKey[word]) word++;
    if (word === KEY_WORDS) return this.#latest;
    const isRowZero = (key[INTERFACE]! | key[VLAN_COUNT]! | key[TUNNEL]!) === 0;
    const context = isRowZero ? 0 : this.#intern();
    if (context === FULL) {
      this.#memory.f64[(abi.CONTROL + abi.C_CONTEXT_OVERFLOW) >>> 3]! += 1;
      return this.#most - 1;
    }
    latestKey.set(key);
    this.#latest = context;
    return context;
  }

  #intern(): number {
    const memory = this.#memory;
    const { u16, u32 } = memory;
    let entry = this.#hash() & (INDEX_ENTRIES - 1);
    for (let found = u16[this.#index + entry]!; found !== 0; found = u16[this.#index + entry]!) {
      if (this.#isRow(this.#rows + found * ROW_WORDS)) return found;
      entry = (entry + 1) & (INDEX_ENTRIES - 1);
    }
    const context = memory.control(abi.C_CONTEXT_COUNT);
    if (context === this.#most) return FULL;
    memory.setControl(abi.C_CONTEXT_COUNT, context + 1);
    u16[this.#index + entry] = context;
    const row = this.#rows + context * ROW_WORDS;
    u32.fill(0, row, row + ROW_WORDS);
    u32.set(this.#key, row);
    return context;
  }

  #isRow(row: number): boolean {
    const { u32 } = this.#memory;
    for (let word = 0; word < KEY_WORDS; word++) {
      if (u32[row + word] !== this.#key[word]) return false;
    }
    return true;
  }

  #hash(): number {
    let hash = this.#seed;
    for (const word of this.#key) {
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  }
}
