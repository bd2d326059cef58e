/** What the tables of tunnels share: what is carried, what carries it, and what comes of both. */
import * as abi from "../../src/engine/abi.js";
import * as build from "../support/packets.js";
import { ethernet, ipv4, ipv6, tcp, udp, type Bytes, type Frame } from "../support/packets.js";
import type { Descriptor } from "./decode.harness.js";
import { V6_FROM, V6_TO } from "./decode.frames.js";

const { IP_TCP, IP_UDP, NETWORK_IPV6 } = abi;
const { TYPE_IPV4, TYPE_IPV6 } = build;

export interface TunnelCase {
  name: string;
  frame: Frame;
  /** What is unlike TCP from 192.0.2.1:40000 to 198.51.100.2:80; its payload is not compared. */
  outer: Partial<Descriptor>;
  /** The other descriptors, as in `Case`. */
  inner: Partial<Descriptor>[];
  /** What is counted besides: kind and value. */
  unhandled?: readonly [number, number];
  malformed?: boolean;
}

// ── What is carried ──

export const asInner = {
  from: "10.0.0.1 40000",
  to: "10.0.0.2 80",
  tcpFlags: 0x10,
  sequence: 1000,
};
export const inner4 = ipv4(
  { protocol: IP_TCP, from: "10.0.0.1", to: "10.0.0.2" },
  tcp({ flags: "A" }, "GET /"),
);
export const inner6 = ipv6({ next: IP_UDP }, udp({}, "question"));
export const frame4 = ethernet(TYPE_IPV4, inner4);
export const frame6 = ethernet(TYPE_IPV6, inner6);
export const give4 = (...tunnels: string[]) => ({ ...asInner, payload: "GET /", tunnels });
export const give6 = (...tunnels: string[]) => ({
  network: NETWORK_IPV6,
  protocol: IP_UDP,
  from: V6_FROM,
  to: V6_TO,
  payload: "question",
  tunnels,
});

// ── What carries ──

export const portless = { from: "192.0.2.1 0", to: "198.51.100.2 0" };
export const onIp = (protocol: number, ...payload: Bytes[]): Frame => ({
  data: ethernet(TYPE_IPV4, ipv4({ protocol }, ...payload)),
});
export const onUdp = (to: number, ...payload: Bytes[]): Frame =>
  onIp(IP_UDP, udp({ to }, ...payload));

export const overIp = (
  name: string,
  protocol: number,
  payload: Bytes,
  ...inner: Partial<Descriptor>[]
): TunnelCase => ({
  name,
  frame: onIp(protocol, payload),
  outer: { ...portless, protocol, length: payload.length },
  inner,
});

export const overUdp = (
  name: string,
  port: number,
  payload: Bytes,
  ...inner: Partial<Descriptor>[]
): TunnelCase => ({
  name,
  frame: onUdp(port, payload),
  outer: { protocol: IP_UDP, to: `198.51.100.2 ${port}`, length: payload.length },
  inner,
});

export const onlyOuter = (name: string, port: number, payload: Bytes): TunnelCase =>
  overUdp(`${name}: the outer flow only`, port, payload);

export const counted = (
  base: TunnelCase,
  kind: number,
  value: number,
  malformed = false,
): TunnelCase => ({
  ...base,
  unhandled: [kind, value],
  malformed,
});
/** `content` with one byte that is another. */
export const changed = (content: Bytes, at: number, value: number): Bytes => {
  const copy = Uint8Array.from(content);
  copy[at] = value;
  return copy;
};

export const latin1 = (content: Bytes): string => Buffer.from(content).toString("latin1");
