/** What a tunnel carries: its Ethertype says who goes on. */
import * as abi from "../abi";
import { ethernet } from "./ethernet";
import { ethertype } from "./ethertype";
import { extensions } from "./ipv6";
import { Packet } from "./packet";
import { framedPpp } from "./ppp";
import { transport } from "./transport";
import { TYPE_ETHERNET, TYPE_PPP, TYPE_TRANSPORT, TYPE_WLAN, TYPE_WLAN_SWAPPED } from "./tunnel";
import { wlan } from "./wlan";

export function carried(): void {
  const type = Packet.next;
  const at = Packet.nextAt;
  Packet.next = -1;
  if (type >= TYPE_TRANSPORT) return transported(<u32>(type - TYPE_TRANSPORT), at);
  switch (type) {
    case TYPE_ETHERNET:
      return ethernet(at);
    case TYPE_PPP:
      return framedPpp(at);
    case TYPE_WLAN:
      return wlan(at, false, false);
    case TYPE_WLAN_SWAPPED:
      return wlan(at, false, true);
    default:
      ethertype(at, type);
  }
}

function transported(protocol: u32, at: usize): void {
  if (Packet.network == abi.NETWORK_IPV6) extensions(at, protocol);
  else transport(protocol, at);
}
