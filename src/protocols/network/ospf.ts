import { protocol } from "../../language/vocabulary.js";

/** OSPF, versions 2 and 3. */
export default protocol({
  name: "ospf",
  title: "Open Shortest Path First",
  category: "routing",
  source: "RFC 2328; RFC 5340; IANA Protocol Numbers",
  header: { ip: [89] },
});
