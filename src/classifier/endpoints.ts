/** Where flows are expected, as keys of tables. */
import type { FlowKey } from "../flows/key.js";

/** System Ports are the ones below (RFC 6335 §6): services have them. */
export const USER_PORTS = 1024;

/** Hosts of other contexts (VLANs, tunnels) with this address are other hosts. */
export const placeOf = (
  { context }: FlowKey,
  transport: number,
  address: string,
  port: number,
): string => `${context} ${transport} ${address} ${port}`;
