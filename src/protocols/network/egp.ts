import { protocol } from "../../language/vocabulary.js";

/** EGP. */
export default protocol({
  name: "egp",
  title: "Exterior Gateway Protocol",
  category: "routing",
  source: "RFC 904; IANA Protocol Numbers",
  header: { ip: [8] },
});
