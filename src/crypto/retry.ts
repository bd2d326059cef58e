/**
 * Verifies QUIC Retry packets: RFC 9001 §5.8 (version 1; drafts 33 and 34 have the same), RFC 9369 §3.3.3
 * (version 2), draft-ietf-quic-v2-01 to -04 §3.3.3, draft-ietf-quic-tls-25 to -32 §5.8. The tag covers the connection id that the client chose
 * first, so only who saw that can send one. Addresses are bytes of `u8`.
 */
import { forgetCipher, open } from "./gcm.js";
import { isRetry } from "./initial.js";

const TAG = 16;
/** First byte, version and the lengths of two ids: RFC 9000, §17.2.5. */
const HEADER = 7;
const ID_MAX = 20;

const key = (first: number, last: number, keyDigits: string, ...nonce: number[]) => ({
  first,
  last,
  key: Uint8Array.from(keyDigits.match(/../g)!, (digits) => parseInt(digits, 16)),
  nonce: Int32Array.from(nonce),
});

/** The first and the last version that have them. */
const KEYS = [
  key(1, 1, "be0c690b9f66575a1d766b54e368c84e", 0x461599d3, 0x5d632bf2, 0x239825bb),
  key(
    0xff000021,
    0xff000022,
    "be0c690b9f66575a1d766b54e368c84e",
    0x461599d3,
    0x5d632bf2,
    0x239825bb,
  ),
  key(
    0x6b3343cf,
    0x6b3343cf,
    "8fb4b01b56ac48e260fbcbcead7ccc92",
    0xd86969bc,
    0x2d7c6d99,
    0x90efb04a,
  ),
  key(
    0x709a50c4,
    0x709a50c4,
    "ba858dc7b43de5dbf87617ff4ab253db",
    0x141b99c2,
    0x39b03e78,
    0x5d6a2e9f,
  ),
  key(
    0xff00001d,
    0xff000020,
    "ccce187ed09a09d05728155a6cb96be1",
    0xe54930f9,
    0x7f2136f0,
    0x530a8c1c,
  ),
  key(
    0xff000019,
    0xff00001c,
    "4d32ecdb2a2133c841e4043df27d4430",
    0x4d1611d0,
    0x5513a552,
    0xc587d575,
  ),
];

/**
 * Is it a Retry packet that answers the packet with this id? `length`: to the end of the datagram, for
 * no other can follow. `into` has room for `length` bytes and the id with its length; zeros are left there.
 */
export function verifyRetry(
  u8: Uint8Array,
  packet: number,
  length: number,
  id: number,
  idLength: number,
  version: number,
  into: number,
): boolean {
  const known = KEYS.find(({ first, last }) => version >= first && version <= last);
  if (length < HEADER + TAG || !isRetry(u8[packet]!, version) || known === undefined) return false;
  // RFC 9000, §17.2.
  const first = u8[packet + 5]!;
  if (first > ID_MAX || HEADER + first + TAG > length) return false;
  const second = u8[packet + 6 + first]!;
  if (second > ID_MAX || HEADER + first + second + TAG > length) return false;
  u8[into] = idLength;
  u8.copyWithin(into + 1, id, id + idLength);
  u8.copyWithin(into + 1 + idLength, packet, packet + length);
  const size = 1 + idLength + length;
  const tag = into + size - TAG;
  const isRight = open(u8, known.key, 0, known.nonce, into, size - TAG, tag, 0, tag);
  u8.fill(0, into, into + size);
  forgetCipher();
  return isRight;
}
