/** Datagrams in pieces: what stands behind the IP header, cut where one likes. */
import {
  be16,
  be32,
  bytes,
  ethernet,
  ipv4,
  ipv6,
  TYPE_IPV4,
  TYPE_IPV6,
  TYPE_VLAN,
  vlan,
  type Bytes,
  type Part,
} from "./packets.js";

const IPV6_FRAGMENT = 44;

export interface FragmentOptions {
  version?: 4 | 6;
  protocol?: number;
  identification?: number;
  from?: string;
  to?: string;
  tag?: number;
}

/** The frame of one fragment: `payload` stands at `offset` bytes of the datagram. */
export function fragment(
  offset: number,
  more: boolean,
  payload: Part,
  options: FragmentOptions = {},
): Bytes {
  const { version = 4, protocol = 17, identification = 1, tag, ...ends } = options;
  const type = version === 4 ? TYPE_IPV4 : TYPE_IPV6;
  const field = be16(offset | Number(more));
  const packet =
    version === 4
      ? ipv4(
          {
            protocol,
            identification,
            fragmentOffset: offset / 8,
            moreFragments: more,
            ...ends,
          },
          payload,
        )
      : ipv6({ next: IPV6_FRAGMENT, ...ends }, protocol, 0, field, be32(identification), payload);
  return tag === undefined ? ethernet(type, packet) : ethernet(TYPE_VLAN, vlan(tag, type, packet));
}

/** The frames of a datagram that is cut at these offsets, multiples of 8. */
export function fragments(
  datagram: Bytes,
  cuts: readonly number[],
  options: FragmentOptions = {},
): Bytes[] {
  const ends = [...cuts, datagram.length];
  return ends.map((end, index) => {
    const begin = index === 0 ? 0 : ends[index - 1]!;
    return fragment(begin, index < ends.length - 1, datagram.slice(begin, end), options);
  });
}

/** All offsets at which pieces of `size` bytes begin, but for the first. */
export const every = (size: number, length: number): number[] =>
  Array.from({ length: Math.ceil(length / size) - 1 }, (_, index) => (index + 1) * size);

/** As many bytes, each telling where it stands. */
export const counted = (length: number): Bytes =>
  bytes(Array.from({ length }, (_, index) => (index * 7 + (index >>> 8)) & 0xff));
