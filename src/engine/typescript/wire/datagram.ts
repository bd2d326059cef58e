/**
 * Datagrams that carry another packet. A port is only a hint: a header must be right in every bit,
 * and what it carries must look like it; otherwise the datagram is a flow and no more.
 */
import * as abi from "../../abi.js";
import { capwap } from "./capwap.js";
import { esp } from "./esp.js";
import { geneve } from "./geneve.js";
import { gtp } from "./gtp.js";
import { l2tp } from "./l2tp.js";
import type { Packet } from "./packet.js";
import { teredo } from "./teredo.js";
import { tzsp } from "./tzsp.js";
import { vxlan, vxlanAnywhere, vxlanGpe } from "./vxlan.js";

type Header = (packet: Packet, at: number) => void;

const headers = new Map<number, Header>([
  [1701, l2tp],
  [2152, gtp],
  [3544, teredo],
  [4500, esp], // RFC 3948: ESP, or IKE behind four zeros
  [4789, vxlan],
  [4790, vxlanGpe],
  [5247, capwap],
  [6081, geneve],
  [8472, vxlan], // Linux's, from before there was a registered one
  [37008, tzsp],
]);

/** 1 where a port is in the list: asked for every datagram. */
const isTunnel = new Uint8Array(65536);
for (const port of headers.keys()) isTunnel[port] = 1;

/** VXLAN's first four bytes. */
const VXLAN_START = 0x08000000;

/** False where a look into the datagram is not worth it. Loads four bytes, whatever they are. */
export function mayCarry(packet: Packet, source: number, target: number, at: number): boolean {
  if ((isTunnel[source]! | isTunnel[target]!) === 1) return true;
  return packet.view.getUint32(at) === VXLAN_START;
}

export function datagram(
  packet: Packet,
  source: number,
  target: number,
  at: number,
  length: number,
): void {
  // What a first fragment carries is not whole.
  if ((packet.flags & abi.D_FLAG_FRAGMENT) !== 0) return;
  packet.endAfter(at, length);
  const header = headers.get(target) ?? headers.get(source) ?? vxlanAnywhere;
  header(packet, at);
}
