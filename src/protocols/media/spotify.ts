import {
  accept,
  byte,
  client,
  hex,
  noise,
  protocol,
  skip,
  step,
  udp,
} from "../../language/vocabulary.js";

/** What Spotify's clients broadcast to find each other in a network: a name and its version, an id. */
const broadcast = step("SpotUdp", byte("0-9"), skip(8), accept);

/** Spotify's discovery of its own clients. */
export default protocol({
  name: "spotify",
  title: "Spotify discovery",
  category: "media",
  source: "Observed: datagrams to port 57621 begin with SpotUdp0",
  ports: { udp: [57621] },
  signatures: { broadcast: { over: "udp", first: [broadcast] } },
  samples: {
    yes: [udp(client("SpotUdp0", noise(8), hex("0001 0000"), noise(24)))],
    no: [udp(client("SpotUdpX", noise(30))), udp(client("SpotUdp0"))],
  },
});
