import { protocol } from "../../language/vocabulary.js";

/** UDP-Lite. */
export default protocol({
  name: "udp-lite",
  title: "UDP-Lite",
  category: "network",
  source: "RFC 3828; IANA Protocol Numbers",
  header: { ip: [136] },
});
