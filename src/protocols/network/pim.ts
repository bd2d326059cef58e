import { protocol } from "../../language/vocabulary.js";

/** PIM. */
export default protocol({
  name: "pim",
  title: "Protocol Independent Multicast",
  category: "routing",
  source: "RFC 7761; IANA Protocol Numbers",
  header: { ip: [103] },
});
