import { protocol } from "../../language/vocabulary.js";

/** IS-IS in IPv4. */
export default protocol({
  name: "isis-over-ip",
  title: "IS-IS over IPv4",
  category: "routing",
  source: "draft-ietf-isis-wg-over-ip-02; IANA Protocol Numbers",
  header: { ip: [124] },
});
