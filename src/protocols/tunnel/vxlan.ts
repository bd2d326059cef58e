import {
  accept,
  client,
  either,
  hex,
  noise,
  numberFact,
  protocol,
  report,
  step,
  u16,
  u24,
  udp,
} from "../../language/vocabulary.js";
import { ethernetFrame, ipPacket } from "../formats/inner-packet.js";

/** §5: the I flag alone, reserved zeros, the network's number, another zero; then an Ethernet frame. */
const plain = step(hex("08000000"), u24("vni"), "\0", ethernetFrame, accept, report("vni"));
/** draft-smith-vxlan-group-policy: G is set too, policy bits, a group. */
const group = step(
  hex("88"),
  either("\0", "\x08", "\x40", "\x48"),
  u16(),
  u24("vni"),
  "\0",
  ethernetFrame,
  accept,
  report("vni"),
);
/** draft-ietf-nvo3-vxlan-gpe §3: P is set, and the next protocol is given: IPv4, IPv6, Ethernet. */
const generic = step(
  either(hex("0c000001"), hex("0c000002")),
  u24("vni"),
  "\0",
  ipPacket,
  accept,
  report("vni"),
);

const MACS = "02005e005301 02005e005302";
const ip = (length: string) => `45 00 00${length} 1a2b 4000 40 11 0000 c0000201 c0000202`;
const frame = hex(`${MACS} 0800 ${ip("2c")}`) + noise(24);

/** VXLAN: an Ethernet frame in UDP. */
export default protocol({
  name: "vxlan",
  title: "VXLAN",
  category: "tunnel",
  source: "RFC 7348 §5; draft-smith-vxlan-group-policy-05 §2.1; draft-ietf-nvo3-vxlan-gpe-13 §3",
  ports: { udp: [4789, 8472] },
  signatures: {
    plain: { over: "udp", client: [plain] },
    group: { over: "udp", client: [group] },
    generic: { over: "udp", client: [generic] },
  },
  facts: { vni: numberFact("D5") },
  samples: {
    yes: [
      udp(client(hex(`0c000001 00002a 00 ${ip("2c")}`), noise(24))),
      udp(client(hex("08000000 00002a 00"), frame)),
      udp(
        client(
          hex(`08000000 00002a 00 ffffffffffff 02005e005301 0806 0001 0800 06 04 0001`) + noise(20),
        ),
      ),
      udp(client(hex("88080064 00002a 00"), frame)),
    ],
    no: [
      udp(client(hex("08000000 00002a 01"), frame)),
      udp(client(hex("08000001 00002a 00"), frame)),
      udp(client(hex("08000000 00002a 00"), noise(60))),
    ],
  },
});
