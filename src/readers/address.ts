/** Addresses as bytes: as they are, and as STUN hides them. */

const be16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;

/** The text of an IPv4 or IPv6 address. */
export function addressText(bytes: Uint8Array): string | undefined {
  if (bytes.length === 4) return bytes.join(".");
  return bytes.length === 16 ? ipv6(bytes) : undefined;
}

/** As RFC 5952 §4 and §5 write it. */
function ipv6(data: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => be16(data, 2 * index));
  const text = groups.map((group) => group.toString(16));
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return `::ffff:${data.subarray(12).join(".")}`;
  // The longest run of zeros, the first of equal ones, but not one zero alone.
  let [longest, at, run] = [1, -1, 0];
  groups.forEach((group, index) => {
    run = group === 0 ? run + 1 : 0;
    if (run > longest) [longest, at] = [run, index + 1 - run];
  });
  if (at < 0) return text.join(":");
  return `${text.slice(0, at).join(":")}::${text.slice(at + longest).join(":")}`;
}

/** Family (1: IPv4, 2: IPv6), port, address, behind a type and a length: RFC 8489 §14.1. */
const LENGTHS = [
  [1, 8],
  [2, 20],
] as const;

/**
 * RFC 8489 §14.2: the port is hidden by the cookie, the address by the cookie and the transaction. So the bytes are those
 * of a message from its cookie on; they end with the attribute.
 */
function hidden(bytes: Uint8Array): { port: number; address: Uint8Array } | undefined {
  for (const [family, length] of LENGTHS) {
    const at = bytes.length - length;
    if (at < 20 || be16(bytes, at - 2) !== length || be16(bytes, at) !== family) continue;
    return {
      port: be16(bytes, at + 2) ^ be16(bytes, 0),
      address: bytes.slice(at + 4).map((byte, index) => byte ^ bytes[index]!),
    };
  }
  return undefined;
}

export function xorAddress(bytes: Uint8Array): string | undefined {
  const found = hidden(bytes);
  return found && addressText(found.address);
}

export const xorPort = (bytes: Uint8Array): string | undefined => hidden(bytes)?.port.toString();
