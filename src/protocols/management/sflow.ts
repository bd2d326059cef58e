import {
  accept,
  client,
  either,
  hex,
  noise,
  protocol,
  skip,
  step,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** Agent address: IPv4 or IPv6. */
const agent = either([u32(1), skip(4)], [u32(2), skip(16)]);
const inFours = { min: 4, max: 1400, mask: 3, bits: 0 };
/** How many records, and the first one's enterprise and format, and its length. */
const records = [u32({ min: 1, max: 64 }), u32({ max: 0xffffff }), u32(inFours)];
/**
 * Samples of enterprise 0, each with its length: a flow (sequence, source, rate, pool, drops, input, output),
 * counters (sequence, source), and both with sources of two words and interfaces of two words.
 */
const sample = either(
  [u32(1), u32(inFours), skip(28), records],
  [u32(2), u32(inFours), skip(8), records],
  [u32(3), u32(inFours), skip(40), records],
  [u32(4), u32(inFours), skip(12), records],
);

/** Version, agent, sub-agent, sequence, uptime, number of samples. */
const datagram = step(u32(5), agent, skip(12), u32({ min: 1, max: 256 }), sample, accept);

/**
 * Versions 2 and 4 (RFC 3176 §4): no sub-agent, samples without a length: a flow (as above) with a packet's header, of a
 * protocol (1 … 13) and two lengths, or with fields of IPv4 or IPv6; or counters of an interface, of seven kinds.
 */
const older = step(
  u32([2, 4]),
  agent,
  skip(8),
  u32({ min: 1, max: 256 }),
  either(
    [
      u32(1),
      skip(28),
      either(
        [
          u32(1),
          u32({ min: 1, max: 13 }),
          u32({ min: 14, max: 0xffff }),
          u32({ min: 14, max: 1400 }),
        ],
        [u32([2, 3]), u32({ min: 20, max: 0xffff }), u32({ max: 255 })],
      ),
    ],
    [u32(2), skip(8), u32({ max: 0xffff }), u32({ min: 1, max: 7 })],
  ),
  accept,
);

const head = "00000005 00000001 c0000201 00000001 0000019f 673dd710 00000001";

/** sFlow, versions 2, 4 and 5. */
export default protocol({
  name: "sflow",
  title: "sFlow",
  category: "management",
  source: "sFlow Version 5 (sflow.org, July 2004) §5; RFC 3176 §4",
  ports: { udp: [6343] },
  signatures: {
    datagram: { over: "udp", client: [datagram] },
    older: { over: "udp", client: [older] },
  },
  samples: {
    yes: [
      udp(
        client(
          hex("00000004 00000001 c0000201 0000019f 673dd710 00000001 00000001 0001e240 00000003"),
          hex("00000100 12d68700 00000000 00000003 00000004 00000001 00000001 00000052 0000004e"),
          noise(80),
        ),
      ),
      udp(
        client(
          hex("00000002 00000001 c0000201 000001a0 673dd710 00000001 00000002 0000040c 00000003"),
          hex("0000001e 00000001"),
          noise(88),
        ),
      ),
      udp(
        client(
          hex(`${head} 00000002 0000006c 00002125 0000040c 00000001 00000001 00000058 0000040c`),
          noise(84),
        ),
      ),
      udp(
        client(
          hex(
            `${head} 00000001 00000090 0001e240 00000003 00000100 12d68700 00000000 00000003 00000004 00000001`,
          ),
          hex("00000001 00000060 00000001 00000052 00000004 0000004e"),
          noise(80),
        ),
      ),
    ],
    no: [
      udp(client(hex(`${head} 00000007 0000006c 00002125 0000040c 00000001 00000001 00000058`))),
      udp(client(hex("00000006 00000001 c0000201 00000001 0000019f 673dd710 00000001 00000002"))),
    ],
  },
});
