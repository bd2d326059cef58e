/**
 * Contexts: the number that stands for a packet's interface, VLAN tags and tunnel in the key of its flow.
 *
 * Rows are dense and never leave. An index of u16 row numbers over them, open-addressed and never
 * more than half full, lies behind the scratch of recognition; 0 is empty, because row 0 (interface 0,
 * no tag) is never looked up.
 */
import * as abi from "../abi";
import {
  contexts,
  contextsMax,
  control,
  count,
  scratch,
  SCRATCH_SIZE,
  seed0,
  setControl,
} from "../memory";
import { Packet } from "./packet";

const INDEX_ENTRIES: u32 = 8192;

/** The context found last: packets of one interface and VLAN come in runs. */
let latestInterface: u32 = 0;
let latestCount: u32 = 0;
let latestLow: u64 = 0;
let latestHigh: u64 = 0;
let latest: u32 = 0;

export function configureContexts(): void {
  memory.fill(contexts, 0, abi.CONTEXT_SIZE);
  memory.fill(scratch + SCRATCH_SIZE, 0, INDEX_ENTRIES * 2);
  setControl(abi.C_CONTEXT_COUNT, 1);
  latestInterface = latestCount = latest = 0;
  latestLow = latestHigh = 0;
}

/** The context of a frame with at most one VLAN tag; `tagged` is 0 or 1. */
export function simpleContext(interfaceId: u32, tagged: u32, vlan: u32): u32 {
  return interfaceId == latestInterface && tagged == latestCount && <u64>vlan == latestLow
    ? latest
    : contextOf(interfaceId, tagged, vlan, 0);
}

/** The context of the current packet. */
export function packetContext(): u32 {
  return Packet.tunnel == 0
    ? contextOf(Packet.interfaceId, Packet.vlanCount, Packet.vlansLow, Packet.vlansHigh)
    : tunnelContext();
}

/** The context of what the packet's tunnel carries: not kept as the latest, for outer and inner alternate. */
function tunnelContext(): u32 {
  const context = intern(
    Packet.interfaceId,
    Packet.vlanCount,
    Packet.vlansLow,
    Packet.vlansHigh,
    Packet.tunnel,
    Packet.tunnelId,
    Packet.outer,
  );
  if (context != FULL) return context;
  count(abi.C_CONTEXT_OVERFLOW);
  return contextsMax - 1;
}

/** Gives the current packet what a context tells. */
export function enterContext(context: u32): void {
  const row = contexts + context * abi.CONTEXT_SIZE;
  Packet.interfaceId = load<u32>(row, abi.X_INTERFACE);
  Packet.vlanCount = load<u32>(row, abi.X_VLAN_COUNT);
  Packet.vlansLow = load<u64>(row, abi.X_VLANS);
  Packet.vlansHigh = load<u64>(row, abi.X_VLANS + 8);
  Packet.tunnel = load<u32>(row, abi.X_TUNNEL);
  Packet.tunnelId = load<u32>(row, abi.X_VNI);
  Packet.outer = load<u32>(row, abi.X_OUTER);
}

function contextOf(interfaceId: u32, vlans: u32, low: u64, high: u64): u32 {
  if (
    interfaceId == latestInterface &&
    vlans == latestCount &&
    low == latestLow &&
    high == latestHigh
  ) {
    return latest;
  }
  const context = (interfaceId | vlans) == 0 ? 0 : intern(interfaceId, vlans, low, high, 0, 0, 0);
  if (context == FULL) {
    count(abi.C_CONTEXT_OVERFLOW);
    return contextsMax - 1;
  }
  latestInterface = interfaceId;
  latestCount = vlans;
  latestLow = low;
  latestHigh = high;
  latest = context;
  return context;
}

const FULL: u32 = 0xffffffff;

function intern(
  interfaceId: u32,
  vlans: u32,
  low: u64,
  high: u64,
  tunnel: u32,
  tunnelId: u32,
  outer: u32,
): u32 {
  const index = scratch + SCRATCH_SIZE;
  let h = hash(interfaceId, vlans, low, high);
  h = mix(mix(mix(h, tunnel), tunnelId), outer);
  let entry = h & (INDEX_ENTRIES - 1);
  let context = <u32>load<u16>(index + (entry << 1));
  while (context != 0) {
    const row = contexts + context * abi.CONTEXT_SIZE;
    if (
      load<u32>(row, abi.X_INTERFACE) == interfaceId &&
      load<u32>(row, abi.X_VLAN_COUNT) == vlans &&
      load<u64>(row, abi.X_VLANS) == low &&
      load<u64>(row, abi.X_VLANS + 8) == high &&
      load<u32>(row, abi.X_TUNNEL) == tunnel &&
      load<u32>(row, abi.X_VNI) == tunnelId &&
      load<u32>(row, abi.X_OUTER) == outer
    ) {
      return context;
    }
    entry = (entry + 1) & (INDEX_ENTRIES - 1);
    context = <u32>load<u16>(index + (entry << 1));
  }
  context = control(abi.C_CONTEXT_COUNT);
  if (context == contextsMax) return FULL;
  setControl(abi.C_CONTEXT_COUNT, context + 1);
  store<u16>(index + (entry << 1), <u16>context);
  const row = contexts + context * abi.CONTEXT_SIZE;
  memory.fill(row, 0, abi.CONTEXT_SIZE);
  store<u32>(row, interfaceId, abi.X_INTERFACE);
  store<u32>(row, vlans, abi.X_VLAN_COUNT);
  store<u64>(row, low, abi.X_VLANS);
  store<u64>(row, high, abi.X_VLANS + 8);
  store<u32>(row, tunnel, abi.X_TUNNEL);
  store<u32>(row, tunnelId, abi.X_VNI);
  store<u32>(row, outer, abi.X_OUTER);
  return context;
}

function hash(interfaceId: u32, vlans: u32, low: u64, high: u64): u32 {
  let h = mix(seed0, interfaceId);
  h = mix(h, vlans);
  h = mix(h, <u32>low);
  h = mix(h, <u32>(low >> 32));
  h = mix(h, <u32>high);
  return mix(h, <u32>(high >> 32));
}

function mix(h: u32, word: u32): u32 {
  h = (h ^ word) * 0x9e3779b1;
  return h ^ (h >> 15);
}
