/** L2TP over UDP: data messages of version 2 (RFC 2661 §3.1) and of version 3 (RFC 3931 §4.1.2). */
import * as abi from "../abi";
import { l2tpv3 } from "./l2tpv3";
import { available, be16, be32, endAfter, Packet } from "./packet";
import { isPpp } from "./plausible";
import { tunnel, TYPE_PPP } from "./tunnel";

/** Type, length, sequence, offset, priority; four bits of version. */
const CONTROL: u32 = 0x8000;
const LENGTH: u32 = 0x4000;
const SEQUENCE: u32 = 0x0800;
const OFFSET: u32 = 0x0200;
const RESERVED: u32 = 0x34f0;
const VERSION: u32 = 0x000f;
/** Flags, tunnel and session. */
const SIZE: u32 = 6;
const VERSION_3: u32 = 0x00030000;

export function l2tp(at: usize): void {
  if (available(at) < SIZE) return;
  if (be32(at) == VERSION_3) return l2tpv3(at + 4);
  const flags = be16(at);
  if (flags & (CONTROL | RESERVED) || (flags & VERSION) != 2) return;
  let size = SIZE;
  if (flags & LENGTH) {
    const length = be16(at + 2);
    if (length < SIZE || length > <u32>(Packet.wireEnd - at)) return;
    endAfter(at, length);
    size += 2;
  }
  if (flags & SEQUENCE) size += 4;
  if (flags & OFFSET) {
    if (available(at) < size + 2) return;
    size += 2 + be16(at + size);
  }
  // Tunnel and session ids differ between the directions.
  if (available(at) >= size && isPpp(at + size)) tunnel(abi.TUNNEL_L2TP, 0, TYPE_PPP, at + size);
}
