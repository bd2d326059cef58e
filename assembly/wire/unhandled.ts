/** What no flow is made of: counted by kind and value, in a table that is small and may overflow. */
import * as abi from "../abi";
import { control, count, setControl, unhandled as table, unhandledMax } from "../memory";
import { Packet } from "./packet";

/** The latest row found: frames of one odd kind come in runs. */
let latest: usize = 0;

export function configureUnhandled(): void {
  setControl(abi.C_UNHANDLED_COUNT, 0);
  latest = 0;
}

export function unhandled(kind: u32, value: u32): void {
  // What carries it may have given a flow.
  if (Packet.descriptorCount == Packet.firstDescriptor) count(abi.C_NO_FLOW);
  const row = rowOf(kind, value);
  if (row == 0) {
    count(abi.C_UNHANDLED_OVERFLOW);
    return;
  }
  store<f64>(row, load<f64>(row, abi.N_PACKETS) + 1, abi.N_PACKETS);
  store<f64>(row, load<f64>(row, abi.N_BYTES) + <f64>Packet.wire, abi.N_BYTES);
}

/** The frame was cut off before this layer's header was complete. */
export function truncated(layer: u32): void {
  unhandled(abi.UNHANDLED_TRUNCATED, layer);
}

/** This layer's header contradicts itself, or what carries it. */
export function malformed(layer: u32): void {
  countMalformed();
  unhandled(abi.UNHANDLED_MALFORMED, layer);
}

/** Once a packet. */
export function countMalformed(): void {
  if (!Packet.isMalformed) count(abi.C_MALFORMED);
  Packet.isMalformed = true;
}

/** 0 where the table is full. */
function rowOf(kind: u32, value: u32): usize {
  if (latest != 0 && isRowOf(latest, kind, value)) return latest;
  const rowCount = control(abi.C_UNHANDLED_COUNT);
  const end = table + rowCount * abi.UNHANDLED_SIZE;
  for (let row = table; row < end; row += abi.UNHANDLED_SIZE) {
    if (isRowOf(row, kind, value)) return (latest = row);
  }
  if (rowCount == unhandledMax) return 0;
  setControl(abi.C_UNHANDLED_COUNT, rowCount + 1);
  store<u32>(end, kind, abi.N_KIND);
  store<u32>(end, value, abi.N_VALUE);
  store<f64>(end, 0, abi.N_PACKETS);
  store<f64>(end, 0, abi.N_BYTES);
  return (latest = end);
}

function isRowOf(row: usize, kind: u32, value: u32): bool {
  return load<u32>(row, abi.N_KIND) == kind && load<u32>(row, abi.N_VALUE) == value;
}
