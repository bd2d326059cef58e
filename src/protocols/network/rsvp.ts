import { protocol } from "../../language/vocabulary.js";

/** RSVP. */
export default protocol({
  name: "rsvp",
  title: "Resource Reservation Protocol",
  category: "network",
  source: "RFC 2205; IANA Protocol Numbers",
  header: { ip: [46] },
});
