import { protocol } from "../../language/vocabulary.js";

/** ICMP. */
export default protocol({
  name: "icmp",
  title: "Internet Control Message Protocol",
  category: "network",
  source: "RFC 792; IANA Protocol Numbers",
  header: { ip: [1] },
});
