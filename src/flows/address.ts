/** Addresses that traffic says as text. */
import { formatAddress } from "./key.js";

/** No text of an address is longer: eight groups, the last two as dotted IPv4. */
const LONGEST = 45;

/**
 * The canonical text of an IPv4 or IPv6 address, as {@link formatAddress} gives it; undefined for what
 * is none. FTP has commas for dots (RFC 959 §4.1.2).
 */
export function parseAddress(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const bytes = text.includes(":") ? ipv6(text) : ipv4(text.replaceAll(",", "."));
  return bytes && formatAddress(Uint8Array.from(bytes), 0, bytes.length === 16);
}

function ipv4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** RFC 4291 §2.2. */
function ipv6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map(groups);
  if (left === undefined || (halves.length === 2 && right === undefined)) return undefined;
  if (right === undefined) return left.length === 16 ? left : undefined;
  const missing = 16 - left.length - right.length;
  return missing < 2 ? undefined : [...left, ...Array<number>(missing).fill(0), ...right];
}

function groups(text: string): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes(".")) {
      const dotted = ipv4(part);
      if (dotted === undefined) return undefined;
      bytes.push(...dotted);
    } else {
      if (!/^[0-9A-Fa-f]{1,4}$/.test(part)) return undefined;
      const group = Number.parseInt(part, 16);
      bytes.push(group >>> 8, group & 255);
    }
  }
  return bytes;
}
