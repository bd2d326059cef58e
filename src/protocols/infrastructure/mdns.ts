import { protocol } from "../../language/vocabulary.js";

/** Multicast DNS: DNS that is spoken to its own groups. */
export default protocol({
  name: "mdns",
  title: "Multicast DNS",
  category: "infrastructure",
  source: "RFC 6762 §3",
  ports: { udp: [5353] },
  refines: { protocol: "dns", addresses: ["224.0.0.251", "ff02::fb"] },
});
