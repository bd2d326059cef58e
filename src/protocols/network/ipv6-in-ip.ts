import { protocol } from "../../language/vocabulary.js";

/** IPv6 in IP (6in4, 6to4, ISATAP), where what it carries is not read. */
export default protocol({
  name: "ipv6-in-ip",
  title: "IPv6 in IP",
  category: "tunnel",
  source: "RFC 4213 §3; IANA Protocol Numbers",
  header: { ip: [41] },
});
