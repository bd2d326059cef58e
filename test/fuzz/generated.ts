/** Cases out of nothing: packets put together header by header, some of which lie. They shrink. */
import fc from "fast-check";
import * as build from "../support/packets.js";
import type { Bytes, Frame } from "../support/packets.js";
import { drawFile, drawOptions, type Case } from "./case.js";
import { Random } from "./random.js";

const text = (content: string): Bytes => build.bytes(content);

/** First words of protocols, cut anywhere, and noise. */
const payload: fc.Arbitrary<Bytes> = fc.oneof(
  fc.constant(build.bytes()),
  fc.uint8Array({ maxLength: 120 }),
  fc
    .tuple(
      fc.constantFrom(
        text("GET /index.html HTTP/1.1\r\nHost: www.lab.example\r\nAccept: */*\r\n\r\n"),
        text("HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 2\r\n\r\nok"),
        text("SSH-2.0-OpenSSH_9.2\r\n"),
        text("220 mail.lab.example ESMTP ready\r\n"),
        text("EHLO client.lab.example\r\n"),
        text("USER anonymous\r\n"),
        text("<34>1 2026-11-24T09:00:00.000Z host.lab.example app 1 - - text"),
        text("<13>Nov 24 09:00:00 host app: text"),
        build.hex("1a2b 0100 0001 0000 0000 0000 03777777 036c6162 076578616d706c65 00 0001 0001"),
        build.hex(
          "1a2b 8180 0001 0001 0000 0000 03777777 036c6162 00 0001 0001 c00c 0001 0001 0000003c 0004 c0000201",
        ),
        build.hex(
          "23000000 00000000 00000000 00000000 0000000000000000 0000000000000000 0000000000000000 eb5f5c0011223344",
        ),
        build.hex("16030100 2f 010000 2b 0303").slice(),
        build.hex("8060 0001 00000001 12345678 00010203"),
        build.hex("c000000001 08 0102030405060708 00 00 4480"),
      ),
      fc.nat(80),
    )
    .map(([bytes, cut]) => bytes.slice(0, Math.max(0, bytes.length - Math.max(0, cut - 40)))),
);

/** Mostly the truth. */
const lie = (most: number): fc.Arbitrary<number | undefined> =>
  fc.option(fc.nat(most), { nil: undefined, freq: 8 });

const set = <K extends string>(name: K, value: number | undefined): { [P in K]?: number } =>
  (value === undefined ? {} : { [name]: value }) as { [P in K]?: number };

interface Segment {
  transport: Bytes;
  protocol: number;
}

const host = fc.nat(2);
const flags = fc.constantFrom("S", "SA", "A", "PA", "PA", "PA", "FA", "R", "RA", "");

const segment = (fromClient: boolean, flow: number): fc.Arbitrary<Segment> => {
  const ports = fromClient ? { from: 40000 + flow, to: 80 } : { from: 80, to: 40000 + flow };
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .record({
          sequence: fc.oneof(fc.nat(200), fc.constantFrom(0xffffffff, 0x80000000, 0x40000000)),
          flags,
          options: fc.uint8Array({ maxLength: 12 }),
          headerLength: lie(60),
          payload,
        })
        .map(({ sequence, flags: letters, options, headerLength, payload: data }) => ({
          protocol: 6,
          transport: build.tcp(
            {
              ...ports,
              sequence,
              flags: letters,
              options,
              ...set("headerLength", headerLength && headerLength & ~3),
            },
            data,
          ),
        })),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(lie(200), payload).map(([length, data]) => ({
        protocol: 17,
        transport: build.udp({ ...ports, ...set("length", length) }, data),
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom(1, 2, 33, 47, 50, 51, 58, 59, 132, 136, 255),
          fc.uint8Array({ maxLength: 40 }),
        )
        .map(([protocol, transport]) => ({ protocol, transport })),
    },
  );
};

/** An IP packet and its Ethertype. */
const ip: fc.Arbitrary<[number, Bytes]> = fc
  .record({ isIPv6: fc.boolean(), fromClient: fc.boolean(), flow: host })
  .chain(({ isIPv6, fromClient, flow }) =>
    segment(fromClient, flow).chain(({ transport, protocol }): fc.Arbitrary<[number, Bytes]> => {
      if (!isIPv6) {
        const [from, to] = fromClient
          ? ["192.0.2.1", "198.51.100.2"]
          : ["198.51.100.2", "192.0.2.1"];
        return fc
          .record({
            options: fc.uint8Array({ maxLength: 8 }),
            fragmentOffset: fc.option(fc.nat(0x1fff), { nil: 0, freq: 12 }),
            moreFragments: fc.nat(12).map((chance) => chance === 0),
            version: fc.option(fc.nat(15), { nil: 4, freq: 30 }),
            headerLength: lie(60),
            totalLength: lie(300),
          })
          .map(({ headerLength, totalLength, ...rest }) => [
            build.TYPE_IPV4,
            build.ipv4(
              {
                ...rest,
                protocol,
                from: from!,
                to: to!,
                ...set("headerLength", headerLength && headerLength & ~3),
                ...set("totalLength", totalLength),
              },
              transport,
            ),
          ]);
      }
      const [from, to] = fromClient
        ? ["2001:db8::1", "2001:db8::2"]
        : ["2001:db8::2", "2001:db8::1"];
      return fc
        .record({
          chain: fc.array(fc.constantFrom(0, 43, 44, 60, 135, 139, 140), { maxLength: 3 }),
          units: fc.integer({ min: 1, max: 3 }),
          offset: fc.constantFrom(0, 0, 0, 5),
          more: fc.boolean(),
          payloadLength: lie(300),
        })
        .map(({ chain, units, offset, more, payloadLength }) => {
          let next = protocol;
          let body = transport;
          for (const kind of chain) {
            const wrapped: Bytes =
              kind === 44
                ? build.fragmentHeader(next, offset, more, body)
                : build.extension(next, units, body);
            body = wrapped;
            next = kind;
          }
          return [
            build.TYPE_IPV6,
            build.ipv6(
              { next, from: from!, to: to!, ...set("payloadLength", payloadLength) },
              body,
            ),
          ];
        });
    }),
  );

/** Frames on Ethernet, with whatever may stand between it and IP. */
const link: fc.Arbitrary<Bytes> = fc.oneof(
  {
    weight: 8,
    arbitrary: ip.map(([type, packet]) => build.ethernet(type, packet)),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(ip, fc.nat(5), fc.nat(0xffff)).map(([[type, packet], kind, id]) => {
      const isIPv6 = type === build.TYPE_IPV6;
      const ppp = build.ppp(isIPv6 ? build.PPP_IPV6 : build.PPP_IPV4, packet);
      const forms = [
        () => build.ethernet(build.TYPE_VLAN, build.vlan(id, type, packet)),
        () =>
          build.ethernet(
            build.TYPE_QINQ,
            build.vlan(id, build.TYPE_VLAN, build.vlan(9, type, packet)),
          ),
        () => build.ethernet(build.TYPE_MPLS, build.mpls([id, 17], packet)),
        () => build.ethernet(build.TYPE_PPPOE, build.pppoe(ppp)),
        () => build.ethernet(packet.length + 8, build.snap(type, packet)),
        () => build.ethernet(id, packet),
      ];
      return forms[kind]!();
    }),
  },
  { weight: 1, arbitrary: fc.constant(build.ethernet(build.TYPE_ARP, build.arp())) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
);

const frame: fc.Arbitrary<Frame> = fc
  .record({
    data: link,
    padding: fc.constantFrom(0, 0, 0, 6),
    cut: fc.option(fc.nat(60), { nil: 0, freq: 10 }),
    sec: fc.oneof(fc.constant(0), fc.nat(3), fc.constantFrom(11, 121, 2000)),
  })
  .map(({ data, padding, cut, sec }) => {
    const whole = build.bytes(data, new Uint8Array(padding));
    return { data: whole.slice(0, Math.max(0, whole.length - cut)), wire: whole.length, sec };
  });

/** Seconds add up: time goes on, and sometimes jumps. */
export const generatedCase: fc.Arbitrary<Case> = fc
  .tuple(fc.array(frame, { minLength: 1, maxLength: 24 }), fc.nat(0x7fffffff))
  .map(([frames, seed]) => {
    const random = new Random(seed, 0);
    let clock = 1_790_000_000;
    const timed = frames.map((one) => ({ ...one, sec: (clock += one.sec ?? 0) }));
    const options = drawOptions(random);
    const { capture, isPlain } = drawFile(random, timed, 1);
    const pieces = random.word();
    return {
      capture,
      options,
      pieces,
      ...(isPlain && { packets: { frames: timed, linkType: 1 } }),
    };
  });
