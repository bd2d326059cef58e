import { protocol } from "../../language/vocabulary.js";

/** ICMP for IPv6, with neighbour discovery. */
export default protocol({
  name: "icmpv6",
  title: "ICMP for IPv6",
  category: "network",
  source: "RFC 4443; IANA Protocol Numbers",
  header: { ip: [58] },
});
