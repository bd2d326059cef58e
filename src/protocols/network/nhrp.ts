import { protocol } from "../../language/vocabulary.js";

/** NHRP over IP. */
export default protocol({
  name: "nhrp",
  title: "NBMA Next Hop Resolution Protocol",
  category: "routing",
  source: "RFC 2332; RFC 1701; IANA Protocol Numbers",
  header: { ip: [54] },
});
