import { protocol } from "../../language/vocabulary.js";

/** PGM, reliable multicast. */
export default protocol({
  name: "pgm",
  title: "Pragmatic General Multicast",
  category: "network",
  source: "RFC 3208 §8; IANA Protocol Numbers",
  header: { ip: [113] },
});
