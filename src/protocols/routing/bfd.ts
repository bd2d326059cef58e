import {
  accept,
  client,
  derive,
  either,
  hex,
  numbered,
  numberFact,
  protocol,
  remember,
  repeats,
  report,
  server,
  step,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/**
 * RFC 5880 §4.1: state (0 … 3), poll, final, control plane independent, authentication present, demand; multipoint
 * is 0. Never both poll and final (§6.5), and administratively down only with nothing else.
 */
const flags = (authenticated: boolean) => ({
  in: [1, 2, 3].flatMap((state) =>
    [0, 1, 2].flatMap((ask) =>
      [0, 1, 2, 3].map(
        (more) =>
          (state << 6) |
          (ask << 4) |
          ((more & 2) << 2) |
          (authenticated ? 4 : 0) |
          ((more & 1) << 1),
      ),
    ),
  ),
});
/** Version 1; diagnostics 0 … 9 (IANA). Times are in microseconds: four minutes at most. */
const first = u8({ min: 0x20, max: 0x29 });
const multiplier = u8({ min: 1, max: 100 });
const interval = u32({ min: 1000, max: 0x0fffffff });
const fields = [
  u32("mine", { min: 1 }),
  u32(),
  interval,
  u32({ max: 0x0fffffff }),
  u32({ max: 0x0fffffff }),
];
const state = [derive("state", { from: "flags", shift: 6 }), report("state")];

const control = [
  first,
  either(
    [u8("flags", flags(false)), multiplier, u8(24)],
    [u8("flags", flags(true)), multiplier, u8("length", { min: 28, max: 60 })],
  ),
  fields,
];
/** Each side's discriminator stays (§6.3). */
const hello = step(control, remember("mine"), accept, state);
const next = step(control, repeats("mine"), accept, state);

const packet = (flag: string, mine: string, yours: string) =>
  hex(`20 ${flag} 03 18 ${mine} ${yours} 000f4240 000f4240 00000000`);

/** BFD: two systems tell each other that they are there. */
export default protocol({
  name: "bfd",
  title: "Bidirectional Forwarding Detection",
  category: "routing",
  source: "RFC 5880 §4.1, §6.3; RFC 5881 §4; RFC 5883 §5",
  ports: { udp: [3784, 4784, 6784] },
  signatures: { control: { over: "udp", first: [hello, next] } },
  facts: {
    state: numberFact("D5", { names: numbered("0 AdminDown, 1 Down, 2 Init, 3 Up") }),
  },
  samples: {
    yes: [
      udp(
        client(packet("c0", "3a91f2c4", "5b10c0de")),
        client(packet("c0", "3a91f2c4", "5b10c0de")),
      ),
      udp(
        server(packet("48", "00000001", "00000000")),
        server(packet("88", "00000001", "00000002")),
      ),
    ],
    weak: [udp(client(packet("c0", "3a91f2c4", "5b10c0de")))],
    no: [
      udp(
        client(packet("c0", "3a91f2c4", "5b10c0de")),
        client(packet("c0", "3a91f2c5", "5b10c0de")),
      ),
      udp(
        client(packet("f0", "3a91f2c4", "5b10c0de")),
        client(packet("f0", "3a91f2c4", "5b10c0de")),
      ),
      udp(
        client(packet("c0", "00000000", "5b10c0de")),
        client(packet("c0", "00000000", "5b10c0de")),
      ),
    ],
  },
});
