import { protocol } from "../../language/vocabulary.js";

/** IGMP. */
export default protocol({
  id: 15,
  name: "igmp",
  title: "Internet Group Management Protocol",
  category: "network",
  source: "RFC 9776; IANA Protocol Numbers",
  header: { ip: [2] },
});
