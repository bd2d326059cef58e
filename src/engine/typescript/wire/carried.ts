/** What a tunnel carries: its Ethertype says who goes on. */
import * as abi from "../../abi.js";
import { ethernet } from "./ethernet.js";
import { ethertype } from "./ethertype.js";
import { extensions } from "./ipv6.js";
import type { Packet } from "./packet.js";
import { framedPpp } from "./ppp.js";
import { transport } from "./transport.js";
import { TYPE_ETHERNET, TYPE_PPP, TYPE_TRANSPORT, TYPE_WLAN, TYPE_WLAN_SWAPPED } from "./tunnel.js";
import { wlan } from "./wlan.js";

export function carried(packet: Packet): void {
  const { next: type, nextAt: at } = packet;
  packet.next = -1;
  if (type === TYPE_ETHERNET) ethernet(packet, at);
  else if (type === TYPE_PPP) framedPpp(packet, at);
  else if (type === TYPE_WLAN) wlan(packet, at, false, false);
  else if (type === TYPE_WLAN_SWAPPED) wlan(packet, at, false, true);
  else if (type < TYPE_TRANSPORT) ethertype(packet, at, type);
  else if (packet.network === abi.NETWORK_IPV6) extensions(packet, at, type - TYPE_TRANSPORT);
  else transport(packet, type - TYPE_TRANSPORT, at);
}
