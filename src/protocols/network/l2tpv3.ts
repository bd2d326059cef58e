import { protocol } from "../../language/vocabulary.js";

/** L2TPv3 over IP. */
export default protocol({
  name: "l2tpv3",
  title: "Layer Two Tunneling Protocol, version 3",
  category: "tunnel",
  source: "RFC 3931 §4.1.1; IANA Protocol Numbers",
  header: { ip: [115] },
});
