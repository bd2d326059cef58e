/**
 * Memory: where the regions of the one linear memory lie, read once from the control block.
 *
 * Globals instead of loads from the control block, because a global is a register's distance away.
 */
import * as abi from "./abi";

export let packets: usize = 0;
export let packetsMax: u32 = 0;
export let descriptors: usize = 0;
export let descriptorsMax: u32 = 0;
export let events: usize = 0;
export let eventsMax: u32 = 0;
export let interfaces: usize = 0;
export let interfacesMax: u32 = 0;
export let contexts: usize = 0;
export let contextsMax: u32 = 0;
export let unhandled: usize = 0;
export let unhandledMax: u32 = 0;
export let rows: usize = 0;
export let rowsMax: u32 = 0;
export let slots: usize = 0;
export let slotsMin: u32 = 0;
export let slotsMax: u32 = 0;
export let inspections: usize = 0;
export let inspectionsMax: u32 = 0;
export let prefixes: usize = 0;
export let prefixesSize: u32 = 0;
export let prefixLimit: u32 = 0;
export let arena: usize = 0;
export let arenaSize: u32 = 0;
export let whole: usize = 0;
export let tables: usize = 0;
export let spans: usize = 0;
export let spansMax: u32 = 0;
export let due: usize = 0;
export let dueMax: u32 = 0;
export let mask: usize = 0;
export let seed0: u32 = 0;
export let seed1: u32 = 0;
export let gapPackets: u32 = 0;
export let messageLimit: u32 = 0;
/** Scratch of recognition: the first 48 KiB. The last 16 KiB of the region are the context index. */
export let scratch: usize = 0;
export let crypto: usize = 0;
export let hpack: usize = 0;
export let hosts: usize = 0;

export const SCRATCH_SIZE: u32 = 49152;

export function control(field: i32): u32 {
  return load<u32>(abi.CONTROL + field);
}

export function setControl(field: i32, value: u32): void {
  store<u32>(abi.CONTROL + field, value);
}

/** Adds to an f64 counter of the control block. */
export function count(field: i32, amount: f64 = 1): void {
  store<f64>(abi.CONTROL + field, load<f64>(abi.CONTROL + field) + amount);
}

export function configureMemory(): void {
  packets = control(abi.C_PACKETS);
  packetsMax = control(abi.C_PACKETS_MAX);
  descriptors = control(abi.C_DESCRIPTORS);
  descriptorsMax = control(abi.C_DESCRIPTORS_MAX);
  events = control(abi.C_EVENTS);
  eventsMax = control(abi.C_EVENTS_MAX);
  interfaces = control(abi.C_INTERFACES);
  interfacesMax = control(abi.C_INTERFACES_MAX);
  contexts = control(abi.C_CONTEXTS);
  contextsMax = control(abi.C_CONTEXTS_MAX);
  unhandled = control(abi.C_UNHANDLED);
  unhandledMax = control(abi.C_UNHANDLED_MAX);
  rows = control(abi.C_ROWS);
  rowsMax = control(abi.C_ROWS_MAX);
  slots = control(abi.C_SLOTS);
  slotsMin = control(abi.C_SLOTS_MIN);
  slotsMax = control(abi.C_SLOTS_MAX);
  inspections = control(abi.C_INSPECTIONS);
  inspectionsMax = control(abi.C_INSPECTIONS_MAX);
  prefixes = control(abi.C_PREFIXES);
  prefixesSize = control(abi.C_PREFIXES_SIZE);
  prefixLimit = control(abi.C_PREFIX_LIMIT);
  arena = control(abi.C_ARENA);
  arenaSize = control(abi.C_ARENA_SIZE);
  whole = control(abi.C_WHOLE);
  tables = control(abi.C_TABLES);
  spans = control(abi.C_SPANS);
  spansMax = control(abi.C_SPANS_MAX);
  due = control(abi.C_DUE);
  dueMax = control(abi.C_DUE_MAX);
  mask = control(abi.C_MASK);
  seed0 = control(abi.C_SEED0);
  seed1 = control(abi.C_SEED1);
  gapPackets = control(abi.C_GAP_PACKETS);
  messageLimit = control(abi.C_MESSAGE_LIMIT);
  scratch = control(abi.C_SCRATCH);
  crypto = control(abi.C_CRYPTO);
  hpack = control(abi.C_HPACK);
  hosts = control(abi.C_HOSTS);
}
