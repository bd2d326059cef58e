import { protocol } from "../../language/vocabulary.js";

<<<<<<< HEAD
/** PGM, reliable multicast. */
=======
/** PGM. */
>>>>>>> p1
export default protocol({
  name: "pgm",
  title: "Pragmatic General Multicast",
  category: "network",
<<<<<<< HEAD
  source: "RFC 3208 §8; IANA Protocol Numbers",
=======
  source: "RFC 3208; IANA Protocol Numbers",
>>>>>>> p1
  header: { ip: [113] },
});
