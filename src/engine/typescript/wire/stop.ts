/** Why decoding stops: what a record reader gives in place of a record. */

/** No stop: a record was read. The others are STOP_* of the ABI. */
export const RECORD = 4;

/** For C_STOP_DETAIL and C_STOP_VALUE. */
export class Stop {
  detail = 0;
  value = 0;

  /** `code` is a STOP_*. */
  because(code: number, detail: number, value: number): number {
    this.detail = detail;
    this.value = value;
    return code;
  }
}
