import { protocol } from "../../language/vocabulary.js";

/** IPsec: ESP. */
export default protocol({
  name: "esp",
  title: "Encapsulating Security Payload",
  category: "vpn",
  source: "RFC 4303; IANA Protocol Numbers",
  header: { ip: [50] },
});
