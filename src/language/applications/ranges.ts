/** Ranges of addresses as text, and the intervals they are cut into. */

export interface Range {
  readonly size: 4 | 6;
  readonly value: bigint;
  readonly prefix: number;
}

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const IPV6_GROUPS = 8;

/** `192.0.2.0/24` or `2001:db8::/32`, or undefined for anything else. */
export function parseRange(text: string): Range | undefined {
  const [, address, length] = /^([0-9a-f:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address === undefined) return undefined;
  const size = address.includes(":") ? 6 : 4;
  const value = size === 6 ? parseIpv6(address) : parseIpv4(address);
  const prefix = Number(length);
  if (value === undefined || prefix > (size === 6 ? 128 : 32)) return undefined;
  return { size, value, prefix };
}

function parseIpv4(text: string): bigint | undefined {
  const bytes = IPV4.exec(text)?.slice(1).map(Number);
  if (!bytes || bytes.some((byte) => byte > 255)) return undefined;
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = IPV6_GROUPS - left!.length - (right?.length ?? 0);
  if (right ? missing < 1 : missing !== 0) return undefined;
  const groups = [...left!, ...Array<string>(missing).fill("0"), ...(right ?? [])];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

export interface Interval {
  readonly first: bigint;
  /** 0 where no range lies. */
  readonly application: number;
}

/**
 * Intervals that say of every address which range with the longest prefix holds it. Each ends where the
 * next begins, the first begins at 0.
 */
export function intervalsOf(
  ranges: readonly { range: Range; application: number }[],
  size: 4 | 6,
): Interval[] {
  const bits = size === 4 ? 32 : 128;
  const mine = ranges.filter(({ range }) => range.size === size);
  const end = ({ value, prefix }: Range) => value + (1n << BigInt(bits - prefix));
  const edges = [...new Set([0n, ...mine.flatMap(({ range }) => [range.value, end(range)])])]
    .filter((edge) => edge < 1n << BigInt(bits))
    .sort((a, b) => (a < b ? -1 : 1));
  const intervals = edges.map((first): Interval => {
    const around = mine
      .filter(({ range }) => range.value <= first && first < end(range))
      .sort((a, b) => b.range.prefix - a.range.prefix);
    return { first, application: around[0]?.application ?? 0 };
  });
  return intervals.filter(
    ({ application }, index) => index === 0 || application !== intervals[index - 1]!.application,
  );
}
