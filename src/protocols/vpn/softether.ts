import {
  accept,
  client,
  derive,
  digits,
  hex,
  protocol,
  run,
  server,
  step,
  u32,
  udp,
  within,
} from "../../language/vocabulary.js";

/** What a NAT traversal server answers: the address and the port that it sees. */
const address = step("IP=", run("0-9.", { min: 7, max: 15 }), ",PORT=", run(digits, { max: 5 }));

/** A "pack": number of elements; a name of so many characters less one; type; number of values. */
const pack = step(
  u32({ min: 1, max: 64 }),
  u32("name", { min: 5, max: 64 }),
  derive("characters", { from: "name", plus: -1 }),
  within("characters", run("A-Za-z0-9_@.", { min: 4, max: 64 })),
  u32({ max: 4 }),
  u32({ min: 1, max: 16 }),
  accept,
);

/** SoftEther VPN: the exchanges with its NAT traversal service. The tunnel itself is TLS. */
export default protocol({
  name: "softether",
  title: "SoftEther VPN",
  category: "vpn",
  source:
    "SoftEtherVPN (Apache License 2.0): Mayaqua/Network.c, UDP NAT-T; Mayaqua/Pack.c, WritePack",
  ports: { udp: [5004] },
  signatures: {
    address: { over: "udp", server: [address] },
    pack: { over: "udp", first: [pack] },
  },
  samples: {
    yes: [
      udp(client("A"), server("IP=192.0.2.7,PORT=51381")),
      udp(client(hex("0000000c 0000000a"), "host_name", hex("00000002 00000001 00000003"), "vpn")),
    ],
    no: [
      udp(server("IP=192.0.2.7;PORT=51381")),
      udp(client(hex("0000000c 0000000b"), "host_name", hex("00000002 00000001 00000003"), "vpn")),
    ],
  },
});
