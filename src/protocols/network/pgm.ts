import { protocol } from "../../language/vocabulary.js";

/** PGM. */
export default protocol({
  name: "pgm",
  title: "Pragmatic General Multicast",
  category: "network",
  source: "RFC 3208; IANA Protocol Numbers",
  header: { ip: [113] },
});
