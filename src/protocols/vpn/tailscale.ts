import {
  client,
  encrypted,
  hex,
  noise,
  protocol,
  room,
  step,
  udp,
} from "../../language/vocabulary.js";

/** "TS💬", the sender's disco key of 32 bytes, a nonce of 24, and at least a tag and a message of two bytes. */
const disco = step(room({ min: 80 }), hex("5453f09f92ac"), encrypted, encrypted);

/** Tailscale's discovery messages; the tunnel is WireGuard. */
export default protocol({
  name: "tailscale",
  title: "Tailscale",
  category: "vpn",
  source: "tailscale.com/tailscale/disco (BSD 3-Clause): Magic, message format",
  ports: { udp: [41641] },
  signatures: { disco: { over: "udp", first: [disco] } },
  samples: {
    yes: [udp(client(hex("5453f09f92ac"), noise(100)))],
    no: [udp(client(hex("5453f09f92ad"), noise(100))), udp(client(hex("5453f09f92ac"), noise(40)))],
  },
});
