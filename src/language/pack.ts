/**
 * Packs the recognition tables into text for the generated catalog. Nearly all of them are dispatch
 * bitsets that repeat from byte value to byte value, so runs of equal 16-byte units are written once:
 * 160 KiB of tables become some 10 KiB. No other coding: a browser unpacks it without help, and at once.
 */
const UNIT = 16;
const RUNS_MAX = 0x7fff;
/** Header bit: the count is one of different units that follow, not of times that one unit is repeated. */
const DIFFERENT = 0x8000;

const unitAt = (bytes: Uint8Array, unit: number): string =>
  bytes.subarray(unit * UNIT, (unit + 1) * UNIT).join();

/** The length of `bytes` must be a multiple of 16. */
export function pack(bytes: Uint8Array): string {
  const units = bytes.length / UNIT;
  const packed: number[] = [];
  const write = (header: number, first: number, count: number) => {
    packed.push(header & 255, header >> 8);
    // One by one: half a megabyte is too much for the arguments of one call.
    for (const byte of bytes.subarray(first * UNIT, (first + count) * UNIT)) packed.push(byte);
  };
  let different = 0; // first of the units not written yet
  const flush = (end: number) => {
    while (different < end) {
      const count = Math.min(end - different, RUNS_MAX);
      write(DIFFERENT | count, different, count);
      different += count;
    }
  };
  for (let unit = 0; unit < units;) {
    let end = unit + 1;
    const same = unitAt(bytes, unit);
    while (end < units && end - unit < RUNS_MAX && unitAt(bytes, end) === same) end++;
    if (end - unit > 1) {
      flush(unit);
      write(end - unit, unit, 1);
      different = end;
    }
    unit = end;
  }
  flush(units);
  let text = "";
  for (const byte of packed) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The bytes that {@link pack} was given. */
export function unpack(text: string, length: number): Uint8Array {
  const packed = atob(text);
  const bytes = new Uint8Array(length);
  let to = 0;
  for (let from = 0; from < packed.length;) {
    const header = packed.charCodeAt(from) | (packed.charCodeAt(from + 1) << 8);
    from += 2;
    const count = header & RUNS_MAX;
    const copied = header & DIFFERENT ? count * UNIT : UNIT;
    for (let index = 0; index < copied; index++)
      bytes[to + index] = packed.charCodeAt(from + index);
    if (!(header & DIFFERENT)) {
      for (let time = 1; time < count; time++) bytes.copyWithin(to + time * UNIT, to, to + UNIT);
    }
    from += copied;
    to += count * UNIT;
  }
  return bytes;
}
