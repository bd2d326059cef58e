import { registered } from "../generated/services.js";
import { perCatalog } from "./per-catalog.js";
import type { ServiceNames } from "./record.js";

/**
 * Service names by port: those of the system ports (0 … 1023) as IANA registers them ("Service Name
 * and Transport Protocol Port Number Registry"), and above them the ports of the protocols known here.
 */
export const serviceNames = perCatalog((catalog): ServiceNames => {
  const names = {
    tcp: new Map<number, string>(),
    udp: new Map<number, string>(),
    sctp: new Map<number, string>(),
  };
  for (const entry of registered.split(" ")) {
    const [port, tcp = "", udp = tcp] = entry.split("=");
    if (tcp !== "") names.tcp.set(Number(port), tcp);
    if (udp !== "") names.udp.set(Number(port), udp);
  }
  for (const { name, ports } of catalog.protocols) {
    for (const transport of ["tcp", "udp", "sctp"] as const) {
      for (const port of ports[transport]) {
        if (!names[transport].has(port)) names[transport].set(port, name);
      }
    }
  }
  return (transport, port) => names[transport].get(port) ?? null;
});
