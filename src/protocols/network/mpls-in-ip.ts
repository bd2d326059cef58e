import { protocol } from "../../language/vocabulary.js";

/** MPLS in IP, where what it carries is not read. */
export default protocol({
  name: "mpls-in-ip",
  title: "MPLS in IP",
  category: "tunnel",
  source: "RFC 4023 §3; IANA Protocol Numbers",
  header: { ip: [137] },
});
