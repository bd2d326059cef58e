import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";
import { TUNNEL_TYPES, type Tunnel } from "../record/record.js";

/** What a key (the first 44 bytes of a slot or a descriptor) says. */
export interface FlowKey {
  network: "ipv4" | "ipv6" | "arp";
  protocol: number;
  addressA: string;
  addressB: string;
  portA: number;
  portB: number;
  context: number;
}

export function readKey(memory: EngineMemory, at: number): FlowKey {
  const code = memory.u8[at + abi.D_NETWORK]!;
  const network = code === abi.NETWORK_IPV6 ? "ipv6" : code === abi.NETWORK_ARP ? "arp" : "ipv4";
  return {
    network,
    protocol: memory.u8[at + abi.D_PROTOCOL]!,
    addressA: formatAddress(memory.u8, at + abi.D_ADDRESS_A, network === "ipv6"),
    addressB: formatAddress(memory.u8, at + abi.D_ADDRESS_B, network === "ipv6"),
    portA: memory.u16[(at + abi.D_PORT_A) >>> 1]!,
    portB: memory.u16[(at + abi.D_PORT_B) >>> 1]!,
    context: memory.u32[(at + abi.D_CONTEXT) >>> 2]!,
  };
}

/** VLAN ids of a context, outermost first. */
export function readVlans(memory: EngineMemory, context: number): number[] {
  const at = memory.address("contexts") + context * abi.CONTEXT_SIZE;
  const count = memory.u32[(at + abi.X_VLAN_COUNT) >>> 2]!;
  const vlans: number[] = [];
  for (let i = 0; i < count; i++) vlans.push(memory.u16[((at + abi.X_VLANS) >>> 1) + i]!);
  return vlans;
}

/** The tunnels of a context, outermost first. */
export function readTunnels(memory: EngineMemory, context: number): Tunnel[] {
  const tunnels: Tunnel[] = [];
  let next = context;
  for (;;) {
    const at = (memory.address("contexts") + next * abi.CONTEXT_SIZE) >>> 2;
    const kind = memory.u32[at + (abi.X_TUNNEL >>> 2)]!;
    if (kind === 0) return tunnels.toReversed();
    tunnels.push({ type: TUNNEL_TYPES[kind - 1]!, vni: memory.u32[at + (abi.X_VNI >>> 2)]! });
    next = memory.u32[at + (abi.X_OUTER >>> 2)]!;
  }
}

/** Dotted IPv4, or IPv6 as RFC 5952 §4 wants it: lower case, the longest run of zero groups as `::`. */
export function formatAddress(bytes: Uint8Array, at: number, v6: boolean): string {
  if (!v6) return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
  let bestStart = -1;
  let bestLength = 1; // §4.2.2: one zero group alone is not shortened
  let start = -1;
  for (let group = 0; group <= 8; group++) {
    const zero = group < 8 && bytes[at + 2 * group] === 0 && bytes[at + 2 * group + 1] === 0;
    if (zero && start < 0) start = group;
    if (!zero && start >= 0) {
      if (group - start > bestLength) {
        bestStart = start;
        bestLength = group - start;
      }
      start = -1;
    }
  }
  // §5: IPv4-mapped addresses end in dotted form.
  if (bestStart === 0 && bestLength === 5 && bytes[at + 10] === 0xff && bytes[at + 11] === 0xff) {
    return `::ffff:${formatAddress(bytes, at + 12, false)}`;
  }
  let text = "";
  for (let group = 0; group < 8; group++) {
    if (group === bestStart) {
      text += "::";
      group += bestLength - 1;
      continue;
    }
    if (text !== "" && !text.endsWith(":")) text += ":";
    text += ((bytes[at + 2 * group]! << 8) | bytes[at + 2 * group + 1]!).toString(16);
  }
  return text;
}
