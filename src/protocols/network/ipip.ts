import { protocol } from "../../language/vocabulary.js";

/** IPv4 in IP, where what it carries is not read. */
export default protocol({
  name: "ipip",
  title: "IP in IP",
  category: "tunnel",
  source: "RFC 2003; IANA Protocol Numbers",
  header: { ip: [4] },
});
