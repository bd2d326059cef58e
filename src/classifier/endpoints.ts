/** Where flows are expected, as keys of tables. */
import type { FlowKey } from "../flows/key.js";

/** Hosts of other contexts (VLANs, tunnels) with this address are other hosts. */
export const placeOf = (
  { context }: FlowKey,
  transport: number,
  address: string,
  port: number,
): string => `${context} ${transport} ${address} ${port}`;
