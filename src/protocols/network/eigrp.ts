import { protocol } from "../../language/vocabulary.js";

/** EIGRP. */
export default protocol({
  name: "eigrp",
  title: "Enhanced Interior Gateway Routing Protocol",
  category: "routing",
  source: "RFC 7868; IANA Protocol Numbers",
  header: { ip: [88] },
});
