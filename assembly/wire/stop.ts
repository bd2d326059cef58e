/** Why decoding stops: what a record reader returns in place of a record. */

/** No stop: a record was read. The others are STOP_* of the ABI. */
export const RECORD: u32 = 4;

// oxlint-disable-next-line unicorn/no-static-only-class, typescript/no-extraneous-class
export class Stop {
  /** For C_STOP_DETAIL and C_STOP_VALUE. */
  static detail: u32 = 0;
  static value: u32 = 0;
}

/** `code` is a STOP_*. */
export function stop(code: u32, detail: u32, value: u32): u32 {
  Stop.detail = detail;
  Stop.value = value;
  return code;
}
