/** IEEE 802.11 data frames: their LLC header stands behind three or four addresses. IEEE 802.11 §9.2.4 and §9.3.2. */
import * as abi from "../abi";
import { ethertype } from "./ethertype";
import { available } from "./packet";
import { truncated, unhandled } from "./unhandled";

// Frame control: version, type and subtype, then flags.
const FLAGS: usize = 1;
const SIZE: u32 = 24;
const CONTROL_SIZE: u32 = 2;
const TYPE_DATA: u32 = 2;
const SUBTYPE_NO_DATA: u32 = 4;
const SUBTYPE_QOS: u32 = 8;
const BOTH_SYSTEMS: u32 = 3;
const PROTECTED: u32 = 0x40;
const ORDER: u32 = 0x80;
const FOURTH_ADDRESS: u32 = 6;
const HT_CONTROL: u32 = 4;
/** Several frames in one: the first begins with addresses and a length. */
const AGGREGATED: u32 = 0x80;
const AGGREGATE_HEADER: u32 = 14;
/** Low four bits of the sequence control: a later fragment. */
const SEQUENCE_CONTROL: usize = 22;

/** `isPadded`: the header's length was rounded up to a multiple of four. `isSwapped`: flags come first. */
export function wlan(at: usize, isPadded: bool, isSwapped: bool): void {
  if (available(at) < CONTROL_SIZE) return truncated(abi.LAYER_LINK);
  const first = <u32>load<u8>(at + (isSwapped ? FLAGS : 0));
  const flags = <u32>load<u8>(at + (isSwapped ? 0 : FLAGS));
  const type = (first >> 2) & 3;
  const subtype = first >> 4;
  let kind = (type << 4) | subtype;
  if (flags & PROTECTED) kind |= abi.WLAN_PROTECTED;
  const isReadable = type == TYPE_DATA && !(subtype & SUBTYPE_NO_DATA) && !(flags & PROTECTED);
  if ((first & 3) != 0 || !isReadable) return unhandled(abi.UNHANDLED_WLAN, kind);
  let size = SIZE;
  if ((flags & BOTH_SYSTEMS) == BOTH_SYSTEMS) size += FOURTH_ADDRESS;
  const qosAt = size;
  if (subtype & SUBTYPE_QOS) size += flags & ORDER ? 2 + HT_CONTROL : 2;
  if (available(at) < size) return truncated(abi.LAYER_LINK);
  if (load<u8>(at + SEQUENCE_CONTROL) & 15) return unhandled(abi.UNHANDLED_WLAN, kind);
  const isAggregated = subtype & SUBTYPE_QOS && load<u8>(at + qosAt) & AGGREGATED;
  if (isPadded) size = (size + 3) & ~3;
  if (isAggregated) size += AGGREGATE_HEADER;
  if (available(at) < size) return truncated(abi.LAYER_LINK);
  ethertype(at + size, 0);
}
