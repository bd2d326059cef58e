import { protocol } from "../../language/vocabulary.js";

/** GRE, whatever it carries. */
export default protocol({
  name: "gre",
  title: "Generic Routing Encapsulation",
  category: "tunnel",
  source: "RFC 2784; IANA Protocol Numbers",
  header: { ip: [47] },
});
