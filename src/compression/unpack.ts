/** Bytes that a generated module holds as text: deflated (RFC 1951), then base64. */
import { Inflate, INFLATE_DONE } from "./inflate.js";

/** The `length` bytes that scripts/generate.ts packed. 750 KB of recognition tables take about 10 ms. */
export function unpack(text: string, length: number): Uint8Array {
  const packed = atob(text);
  const inflate = new Inflate();
  inflate.input = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const bytes = new Uint8Array(length + 1); // one more, so that it sees its end
  const stop = inflate.run(bytes);
  if (stop !== INFLATE_DONE || inflate.written !== length)
    throw new Error("the tables are damaged");
  return bytes.subarray(0, length);
}
