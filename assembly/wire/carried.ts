/** What a tunnel carries: its Ethertype says who goes on. */
import { ethernet } from "./ethernet";
import { ethertype } from "./ethertype";
import { Packet } from "./packet";
import { framedPpp } from "./ppp";
import { TYPE_ETHERNET, TYPE_PPP, TYPE_WLAN, TYPE_WLAN_SWAPPED } from "./tunnel";
import { wlan } from "./wlan";

export function carried(): void {
  const type = Packet.next;
  const at = Packet.nextAt;
  Packet.next = -1;
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
