import { protocol } from "../../language/vocabulary.js";

/** IGMP. */
export default protocol({
  name: "igmp",
  title: "Internet Group Management Protocol",
  category: "network",
  source: "RFC 9776; IANA Protocol Numbers",
  header: { ip: [2] },
});
