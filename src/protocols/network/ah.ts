import { protocol } from "../../language/vocabulary.js";

/** IPsec: AH. */
export default protocol({
  name: "ah",
  title: "Authentication Header",
  category: "vpn",
  source: "RFC 4302; IANA Protocol Numbers",
  header: { ip: [51] },
});
