/**
 * The flows of an engine that trapped, as far as its memory can be believed: a row, its slot and its
 * context are looked at, and nothing else. What they count of packets that another engine will read again is taken off.
 */
import * as abi from "../engine/abi.js";
import { CONTEXTS_MAX, type EngineMemory, SLOTS_MIN } from "../engine/memory.js";
import { GRADES, TUNNEL_TYPES } from "../record/record.js";
import type { LiveFlows } from "./live.js";
import type { Progress } from "./progress.js";

/** A flow that can be told of. */
export interface Rescued {
  readonly row: number;
  /** Address of its key. */
  readonly keyAt: number;
}

/** `R_SLOT` of a row whose key belongs to a newer flow. */
const NO_SLOT = 0xffffffff;
const HISTORY_MOST = 16;

/**
 * In the order in which they began; `lost` are those whose memory contradicts itself. Where a canary is broken, none is believed.
 * @param hasEvents the events of the last pass are whole
 */
export function rescue(
  live: LiveFlows,
  progress: Progress,
  hasEvents: boolean,
): { flows: Rescued[]; lost: number } {
  const { memory, rows } = live;
  const most = Math.min(memory.control(abi.C_ROWS_HIGH), memory.map.options.maxFlows);
  const isBroken = memory.isDamaged();
  const superseded = hasEvents && !isBroken ? supersededBehind(live, progress.settled) : [];
  const flows: Rescued[] = [];
  let lost = 0;
  for (let row = 1; row <= most; row++) {
    if (rows.u8(row, abi.R_STATE) === abi.STATE_FREE) continue;
    const id = rows.f64(row, abi.R_ID);
    // Nobody has heard of it; if its packets are read again, it begins again.
    if (!isBroken && id >= progress.nextId) continue;
    const keyAt = isBroken ? undefined : keyOf(live, row, superseded);
    if (keyAt !== undefined && isBelievable(live, row, keyAt)) flows.push({ row, keyAt });
    else lost++;
  }
  takeOff(live, progress, flows, superseded);
  flows.sort((a, b) => rows.f64(a.row, abi.R_ID) - rows.f64(b.row, abi.R_ID));
  return { flows, lost };
}

/** A flow that a newer one has taken the key of, and nobody was told yet. */
interface Superseded {
  readonly row: number;
  /** The newer one's first descriptor. */
  readonly descriptor: number;
}

function supersededBehind({ memory }: LiveFlows, settled: number): Superseded[] {
  const { u32 } = memory;
  const found: Superseded[] = [];
  const count = memory.control(abi.C_EVENT_COUNT);
  for (let event = 0; event < count; event++) {
    const at = (memory.address("events") + event * abi.EVENT_SIZE) >>> 2;
    const descriptor = u32[at + (abi.E_DESCRIPTOR >>> 2)]!;
    if (u32[at] === abi.EVENT_SUPERSEDED && descriptor >= settled) {
      found.push({ row: u32[at + (abi.E_ROW >>> 2)]!, descriptor });
    }
  }
  return found;
}

/** Where a row's key stands, if both say so. */
function keyOf(
  live: LiveFlows,
  row: number,
  superseded: readonly Superseded[],
): number | undefined {
  const { memory, rows } = live;
  const slot = rows.u32(row, abi.R_SLOT);
  if (slot === NO_SLOT) {
    const found = superseded.find((each) => each.row === row);
    return found && live.descriptor(found.descriptor);
  }
  const capacity = memory.control(abi.C_SLOT_CAPACITY);
  const table = memory.address("slots") + (capacity - SLOTS_MIN) * abi.SLOT_SIZE;
  const isTable =
    capacity >= SLOTS_MIN &&
    capacity <= memory.map.slotsMax &&
    (capacity & (capacity - 1)) === 0 &&
    memory.control(abi.C_SLOT_TABLE) === table;
  if (!isTable || slot >= capacity) return undefined;
  const at = table + slot * abi.SLOT_SIZE;
  return memory.u32[(at + abi.S_ROW) >>> 2] === row ? at : undefined;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function isBelievable({ memory, rows, catalog }: LiveFlows, row: number, keyAt: number): boolean {
  const counts = [abi.R_PACKETS_A, abi.R_PACKETS_B, abi.R_BYTES_A, abi.R_BYTES_B];
  const network = memory.u8[keyAt + abi.D_NETWORK]!;
  return (
    isCount(rows.f64(row, abi.R_ID)) &&
    counts.every((field) => isCount(rows.f64(row, field))) &&
    [abi.NETWORK_ARP, abi.NETWORK_IPV4, abi.NETWORK_IPV6].includes(network) &&
    isContext(memory, memory.u32[(keyAt + abi.D_CONTEXT) >>> 2]!) &&
    rows.u32(row, abi.R_FIRST_NS) < 1e9 &&
    rows.u32(row, abi.R_LAST_NS) < 1e9 &&
    rows.u32(row, abi.R_PART) > 0 &&
    memory.u16[(rows.address(row) + abi.R_HISTORY_COUNT) >>> 1]! <= HISTORY_MOST &&
    rows.protocol(row) < catalog.protocols.length &&
    rows.signature(row) < catalog.signatures.length &&
    rows.u8(row, abi.R_VERDICT_GRADE) < GRADES.length
  );
}

/** Its list of tunnels ends, and all in it have names. */
function isContext({ u32, map }: EngineMemory, number: number): boolean {
  let next = number;
  for (let depth = 0; depth <= abi.TUNNELS_MAX; depth++) {
    if (next >= CONTEXTS_MAX) return false;
    const at = (map.at.contexts + next * abi.CONTEXT_SIZE) >>> 2;
    if (u32[at + (abi.X_VLAN_COUNT >>> 2)]! > abi.VLANS_MAX) return false;
    const tunnel = u32[at + (abi.X_TUNNEL >>> 2)]!;
    if (tunnel === 0) return true;
    if (tunnel > TUNNEL_TYPES.length) return false;
    next = u32[at + (abi.X_OUTER >>> 2)]!;
  }
  return false;
}

/** Takes the packets that have not taken effect off the rows that count them. */
function takeOff(
  live: LiveFlows,
  { settled, tracked }: Progress,
  flows: readonly Rescued[],
  superseded: readonly Superseded[],
): void {
  if (settled >= tracked) return;
  const { memory, rows } = live;
  const byKey = new Map(flows.map(({ row, keyAt }) => [keyText(memory, keyAt), row]));
  const older = superseded.map((each) => ({
    ...each,
    key: keyText(memory, live.descriptor(each.descriptor)),
  }));
  for (let index = settled; index < tracked; index++) {
    const at = live.descriptor(index);
    const key = keyText(memory, at);
    const isOlder = (each: (typeof older)[number]) => each.key === key && index < each.descriptor;
    const row = older.find(isOlder)?.row ?? byKey.get(key);
    if (row === undefined) continue;
    const direction = (memory.u8[at + abi.D_FLAGS]! & abi.D_FLAG_REVERSED) === 0 ? 0 : 8;
    const packet =
      memory.address("packets") + memory.u32[(at + abi.D_PACKET) >>> 2]! * abi.PACKET_SIZE;
    const less = (field: number, amount: number) =>
      rows.setF64(row, field + direction, Math.max(0, rows.f64(row, field + direction) - amount));
    less(abi.R_PACKETS_A, 1);
    less(abi.R_BYTES_A, memory.u32[(packet + abi.P_WIRE) >>> 2]!);
  }
}

/** A key as text: of a slot, or of a descriptor, whose flags are no part of it. */
function keyText({ u32 }: EngineMemory, at: number): string {
  const words = Array.from(u32.subarray(at >>> 2, (at + 44) >>> 2));
  words[abi.D_PROTOCOL >>> 2]! &= 0xffff;
  return words.join();
}
