/**
 * Datagrams that were put together, and whose fragments may come once more: a mirror port gives each
 * twice, and the copies of the last ones come when all is done. The last WHOLE_COUNT are remembered, for as long
 * as a datagram may take. A fragment within the length of one, and with its first bytes if it is the first, counts
 * in its flow and no more. Anything else of that key is another datagram: the identification came round.
 */
import * as abi from "../abi";
import { control, count, descriptors, setControl, whole } from "../memory";
import { available, Packet } from "./packet";

const START: u32 = 8;

export function forgetWhole(): void {
  memory.fill(whole, 0, abi.WHOLE_COUNT * abi.WHOLE_SIZE);
  setControl(abi.C_WHOLE_NEXT, 0);
}

/** `descriptor` is the one that carries what was put together in `slot`. */
export function rememberWhole(slot: usize, total: u32, descriptor: usize): void {
  const next = control(abi.C_WHOLE_NEXT);
  setControl(abi.C_WHOLE_NEXT, (next + 1) % abi.WHOLE_COUNT);
  const entry = whole + <usize>next * abi.WHOLE_SIZE;
  memory.copy(entry, slot + abi.F_ID, abi.WHOLE_KEY_SIZE);
  store<u32>(entry, control(abi.C_FRAGMENT_CLOCK), abi.W_SECOND);
  store<u32>(entry, total, abi.W_TOTAL);
  store<u64>(entry, load<u64>(slot, abi.F_BYTES), abi.W_START);
  memory.copy(entry + abi.W_DESCRIPTOR, descriptor, abi.DESCRIPTOR_SIZE);
}

/** Describes the fragment at `at`, up to `end` of its datagram, if it was there before. */
export function wasWhole(
  protocol: u32,
  id: u32,
  context: u32,
  at: usize,
  offset: u32,
  end: u32,
  more: bool,
): bool {
  const entry = find(protocol, id, context);
  if (entry == 0) return false;
  const total = load<u32>(entry, abi.W_TOTAL);
  const isLate =
    control(abi.C_FRAGMENT_CLOCK) - load<u32>(entry, abi.W_SECOND) >= <u32>abi.FRAGMENT_TIMEOUT;
  const isWithin = more ? end < total : end == total;
  const isStart =
    offset != 0 || available(at) < START || load<u64>(at) == load<u64>(entry, abi.W_START);
  if (isLate || !isWithin || !isStart) {
    store<u32>(entry, 0, abi.W_TOTAL);
    return false;
  }
  const row = descriptors + (Packet.descriptorCount++ << 6);
  memory.copy(row, entry + abi.W_DESCRIPTOR, abi.DESCRIPTOR_SIZE);
  const flags = (<u32>load<u8>(row, abi.D_FLAGS) & abi.D_FLAG_REVERSED) | abi.D_FLAG_TWICE;
  store<u8>(row, <u8>flags, abi.D_FLAGS);
  store<u8>(row, 0, abi.D_TCP_FLAGS);
  store<u32>(row, <u32>min(at, Packet.end), abi.D_PAYLOAD);
  store<u32>(row, 0, abi.D_CAPTURED);
  store<u32>(row, 0, abi.D_LENGTH);
  store<u32>(row, Packet.index, abi.D_PACKET);
  if (Packet.depth == 0) count(abi.C_TWICE_PACKETS);
  return true;
}

/** The latest one of this key: an older one's number has come round. */
function find(protocol: u32, id: u32, context: u32): usize {
  const size: usize = Packet.network == abi.NETWORK_IPV6 ? 16 : 4;
  const next = control(abi.C_WHOLE_NEXT);
  for (let back: u32 = 1; back <= <u32>abi.WHOLE_COUNT; back++) {
    const index = (next + abi.WHOLE_COUNT - back) % abi.WHOLE_COUNT;
    const entry = whole + <usize>index * abi.WHOLE_SIZE;
    // The fields of a slot, from F_ID on.
    const key = entry - abi.F_ID;
    if (
      load<u32>(entry, abi.W_TOTAL) != 0 &&
      load<u32>(key, abi.F_ID) == id &&
      load<u32>(key, abi.F_CONTEXT) == context &&
      load<u32>(key, abi.F_TRAITS) == (protocol | (Packet.network << 8)) &&
      memory.compare(key + abi.F_SOURCE, Packet.source, size) == 0 &&
      memory.compare(key + abi.F_TARGET, Packet.target, size) == 0
    ) {
      return entry;
    }
  }
  return 0;
}
