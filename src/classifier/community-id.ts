/**
 * Community ID, version 1: a flow's name that other monitors compute alike.
 * https://github.com/corelight/community-id-spec
 *
 * Base64 of SHA-1 of seed, addresses, protocol and ports, the lower endpoint first: the order of our
 * keys. Ports are those of TCP, UDP and SCTP; ICMP has its message types in their place; other
 * protocols have none. What a tunnel carries has the id that it would have outside.
 */
import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";
import { sha1 } from "../readers/sha1.js";

const ICMP = 1;
const ICMPV6 = 58;

/** Do messages of a transport stand where the specification wants ports? */
export const isIcmp = (protocol: number): boolean => protocol === ICMP || protocol === ICMPV6;

/**
 * Messages and their answers: RFC 792 (echo, timestamp, information), RFC 950 (mask). A router's
 * advertisement answers a solicitation (RFC 1256), but comes unasked too and stands alone.
 */
const ANSWERS: ReadonlyMap<number, number> = pairs([8, 0], [13, 14], [15, 16], [17, 18]).set(10, 9);
/** RFC 4443 (echo), RFC 2710 (listener), RFC 4861 (router, neighbour), RFC 4620 (node), RFC 6275 (home agent). */
const ANSWERS_V6 = pairs([128, 129], [130, 131], [133, 134], [135, 136], [139, 140], [144, 145]);

function pairs(...list: [number, number][]): Map<number, number> {
  return new Map(
    list.flatMap(([one, other]) => [
      [one, other],
      [other, one],
    ]),
  );
}

/** The first message of an ICMP flow, as a row keeps it: type, code, and that they are known. */
export const icmpMessage = (type: number, code: number): number => 0x10000 | (code << 8) | type;

const input = new Uint8Array(40);
const digest = new Uint8Array(20);
const text = new Uint8Array(30);
text.set([0x31, 0x3a]); // "1:"
text[29] = 0x3d; // "=": 20 bytes leave one over
const base64 = Uint8Array.from(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
  (character) => character.charCodeAt(0),
);

/**
 * The Community ID of the flow whose key stands at `keyAt`; null where the specification has none: for
 * what is not IP, and for ICMP whose first message was cut off.
 * @param message of an ICMP flow, as {@link icmpMessage} gives it
 * @param fromB endpoint B sent that message
 */
export function communityId(
  { u8, u16 }: EngineMemory,
  keyAt: number,
  seed: number,
  message: number,
  fromB: boolean,
): string | null {
  const network = u8[keyAt + abi.D_NETWORK];
  if (network === abi.NETWORK_ARP) return null;
  const protocol = u8[keyAt + abi.D_PROTOCOL]!;
  const size = network === abi.NETWORK_IPV6 ? 16 : 4;
  let isSwapped = false;
  let first = -1;
  let second = 0;
  if (protocol === abi.IP_TCP || protocol === abi.IP_UDP || protocol === abi.IP_SCTP) {
    first = u16[(keyAt + abi.D_PORT_A) >>> 1]!;
    second = u16[(keyAt + abi.D_PORT_B) >>> 1]!;
  } else if (isIcmp(protocol)) {
    if (message === 0) return null;
    const type = message & 0xff;
    const answer = (protocol === ICMP ? ANSWERS : ANSWERS_V6).get(type);
    // A message that has no answer goes from source to destination, whichever is lower.
    isSwapped = answer === undefined && fromB;
    first = type;
    second = answer ?? (message >>> 8) & 0xff;
    if (answer !== undefined && isAnswerFirst(u8, keyAt, size, fromB, type, answer)) {
      first = answer;
      second = type;
    }
  }
  let length = 2;
  input[0] = seed >>> 8;
  input[1] = seed;
  for (const end of isSwapped ? ADDRESSES_SWAPPED : ADDRESSES) {
    for (let i = 0; i < size; i++) input[length++] = u8[keyAt + end + i]!;
  }
  input[length++] = protocol;
  input[length++] = 0;
  if (first >= 0) {
    input[length++] = first >>> 8;
    input[length++] = first;
    input[length++] = second >>> 8;
    input[length++] = second;
  }
  sha1(input, length, digest);
  return encode();
}

const ADDRESSES = [abi.D_ADDRESS_A, abi.D_ADDRESS_B];
const ADDRESSES_SWAPPED = [abi.D_ADDRESS_B, abi.D_ADDRESS_A];

/** Does the answer's type stand first: B sent the message, or, between equal addresses, it is the lower number? */
function isAnswerFirst(
  u8: Uint8Array,
  keyAt: number,
  size: number,
  fromB: boolean,
  type: number,
  answer: number,
): boolean {
  for (let i = 0; i < size; i++) {
    if (u8[keyAt + abi.D_ADDRESS_A + i] !== u8[keyAt + abi.D_ADDRESS_B + i]) return fromB;
  }
  return answer < type;
}

/** "1:" and the digest in base64: six times three bytes, and two. */
function encode(): string {
  let to = 2;
  for (let at = 0; at < 18; at += 3) {
    const word = (digest[at]! << 16) | (digest[at + 1]! << 8) | digest[at + 2]!;
    text[to++] = base64[word >>> 18]!;
    text[to++] = base64[(word >>> 12) & 63]!;
    text[to++] = base64[(word >>> 6) & 63]!;
    text[to++] = base64[word & 63]!;
  }
  const rest = (digest[18]! << 8) | digest[19]!;
  text[to++] = base64[rest >>> 10]!;
  text[to++] = base64[(rest >>> 4) & 63]!;
  text[to] = base64[(rest & 15) << 2]!;
  return String.fromCharCode.apply(null, text as unknown as number[]);
}
