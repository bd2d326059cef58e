import { protocol } from "../../language/vocabulary.js";

/** ARP. */
export default protocol({
  name: "arp",
  title: "Address Resolution Protocol",
  category: "network",
  source: "RFC 826; IANA IEEE 802 Numbers",
  header: { ethertype: [0x0806] },
});
