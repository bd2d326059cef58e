/** Keys: comparing one in a descriptor with one in a slot, and copying it there. */
import * as abi from "../abi";

/** A descriptor and a slot name the same flow: bytes 0 … 37 and 40 … 43 agree. */
export function sameKey(descriptor: usize, slot: usize): bool {
  if (ASC_FEATURE_SIMD) {
    const low = v128.xor(v128.load(descriptor), v128.load(slot));
    const high = v128.xor(v128.load(descriptor, 16), v128.load(slot, 16));
    const rest = v128.and(
      v128.xor(v128.load(descriptor, 32), v128.load(slot, 32)),
      i32x4(-1, 0xffff, -1, 0), // without the descriptor's flags and payload address
    );
    return !v128.any_true(v128.or(v128.or(low, high), rest));
  }
  return (
    ((load<u64>(descriptor) ^ load<u64>(slot)) |
      (load<u64>(descriptor, 8) ^ load<u64>(slot, 8)) |
      (load<u64>(descriptor, 16) ^ load<u64>(slot, 16)) |
      (load<u64>(descriptor, 24) ^ load<u64>(slot, 24)) |
      ((load<u64>(descriptor, 32) ^ load<u64>(slot, 32)) << 16) |
      <u64>(load<u32>(descriptor, abi.D_CONTEXT) ^ load<u32>(slot, abi.D_CONTEXT))) ==
    0
  );
}

/** Writes a descriptor's key into an empty slot, the flags left 0. */
export function copyKey(slot: usize, descriptor: usize): void {
  store<u64>(slot, load<u64>(descriptor));
  store<u64>(slot, load<u64>(descriptor, 8), 8);
  store<u64>(slot, load<u64>(descriptor, 16), 16);
  store<u64>(slot, load<u64>(descriptor, 24), 24);
  store<u32>(slot, load<u32>(descriptor, abi.D_PORT_A), abi.D_PORT_A);
  store<u32>(slot, load<u16>(descriptor, abi.D_PROTOCOL), abi.D_PROTOCOL);
  store<u32>(slot, load<u32>(descriptor, abi.D_CONTEXT), abi.D_CONTEXT);
}
