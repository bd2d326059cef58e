/**
 * What HPACK knows from the start: its Huffman code and its static table (RFC 7541, appendices A and B),
 * as one region of HPACK_SIZE bytes that both engines read.
 */
import * as abi from "./abi.js";

/**
 * Lengths in bits of the codes of 0 … 255 and of EOS, as runs of `length` or `length x count`. The
 * code is canonical: codes of one length ascend with their symbols, and longer ones stand behind.
 */
const RUNS =
  "13 23 28x7 24 30 28x2 30 28x8 30 28x9 " +
  "6 10x2 12 13 6 8 11 10x2 8 11 8 6x3 5x3 6x7 7 8 15 6 12 10 " +
  "13 6 7x22 8 7 8 13 19 13 14 6 " +
  "15 5 6 5 6 5 6x3 5 7x2 6x3 5 6 7 6 5x2 6 7x5 15 11 14 13 28 " +
  "20 22 20x2 22x3 23 22 23x5 24 23 24x2 22 23 24 23x4 21 22 23 22 23x2 24 " +
  "22 21 20 22x2 23x2 21 23 22x2 24 21 22 23x2 21x2 22 21 23 22 23x2 20 22x3 23 22x2 23 " +
  "26x2 20 19 22 23 22 25 26x3 27x2 26 24 25 19 21 26 27x2 26 27 24 21x2 26x2 28 27x3 " +
  "20 24 20 21 22 21x2 23 22x2 25x2 24x2 26 23 26 27 26x2 27x5 28 27x5 26 30";

export const HUFFMAN_LENGTHS: readonly number[] = RUNS.split(" ").flatMap((run) => {
  const [length, count = 1] = run.split("x").map(Number);
  return Array.from({ length: count }, () => length!);
});

const FIELDS = `:authority
:method GET
:method POST
:path /
:path /index.html
:scheme http
:scheme https
:status 200
:status 204
:status 206
:status 304
:status 400
:status 404
:status 500
accept-charset
accept-encoding gzip, deflate
accept-language
accept-ranges
accept
access-control-allow-origin
age
allow
authorization
cache-control
content-disposition
content-encoding
content-language
content-length
content-location
content-range
content-type
cookie
date
etag
expect
expires
from
host
if-match
if-modified-since
if-none-match
if-range
if-unmodified-since
last-modified
link
location
max-forwards
proxy-authenticate
proxy-authorization
range
referer
refresh
retry-after
server
set-cookie
strict-transport-security
transfer-encoding
user-agent
vary
via
www-authenticate`;

/** Name and value of each field, the first of which has the index 1. */
export const STATIC_FIELDS: readonly (readonly [name: string, value: string])[] = FIELDS.split(
  "\n",
).map((field) => {
  const blank = field.indexOf(" ");
  return blank < 0 ? [field, ""] : [field.slice(0, blank), field.slice(blank + 1)];
});

export const HPACK_TABLE: Uint8Array = makeTable();

function makeTable(): Uint8Array {
  const bytes = new Uint8Array(abi.HPACK_SIZE);
  const view = new DataView(bytes.buffer);
  let symbols = abi.HPACK_SYMBOLS;
  for (let length = 0; length < 32; length++) {
    let count = 0;
    for (const [symbol, own] of HUFFMAN_LENGTHS.entries()) {
      if (own !== length) continue;
      view.setUint16(symbols, symbol, true);
      symbols += 2;
      count++;
    }
    view.setUint16(abi.HPACK_COUNTS + length * 2, count, true);
  }
  let text = abi.HPACK_TEXT;
  for (const [index, [name, value]] of STATIC_FIELDS.entries()) {
    const word = text | (name.length << 16) | (value.length << 24);
    view.setUint32(abi.HPACK_STATIC + index * 4, word, true);
    for (const character of name + value) bytes[text++] = character.charCodeAt(0);
  }
  return bytes;
}
