/** Sums made right again behind mutations: RFC 791 §3.1, RFC 9293 §3.1, RFC 768. */
import { internetChecksum, pseudoHeader, type Bytes, type Frame } from "../support/packets.js";
import { locate } from "./mutate.js";

const TCP = 6;
const UDP = 17;

function put(data: Bytes, at: number, covered: Bytes, field: number, pseudo?: Bytes): void {
  const copy = covered.slice();
  copy[field] = copy[field + 1] = 0;
  const before = pseudo ?? new Uint8Array();
  const summed = new Uint8Array(before.length + copy.length);
  summed.set(before);
  summed.set(copy, before.length);
  const sum = internetChecksum(summed);
  data[at + field] = sum >>> 8;
  data[at + field + 1] = sum & 0xff;
}

/** Of the outermost IP packets on Ethernet. */
export function mendChecksums(frames: readonly Frame[]): void {
  for (const { data } of frames) {
    const layers = locate(data);
    if (layers === undefined) continue;
    const { network, isIPv6, protocol, transport, end } = layers;
    if (!isIPv6) put(data, network, data.subarray(network, transport), 10);
    if (transport >= end || (protocol !== TCP && protocol !== UDP)) continue;
    const addresses = isIPv6 ? data.subarray(22, 54) : data.subarray(26, 34);
    const covered = data.subarray(transport, end);
    const field = protocol === TCP ? 16 : 6;
    if (covered.length < field + 2) continue;
    put(data, transport, covered, field, pseudoHeader(addresses, protocol, covered.length));
  }
}
