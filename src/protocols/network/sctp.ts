import { protocol } from "../../language/vocabulary.js";

/** SCTP, whatever it carries. */
export default protocol({
  name: "sctp",
  title: "Stream Control Transmission Protocol",
  category: "network",
  source: "RFC 9260; IANA Protocol Numbers",
  header: { ip: [132] },
});
