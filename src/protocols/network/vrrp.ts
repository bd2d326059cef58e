import { protocol } from "../../language/vocabulary.js";

/** VRRP; CARP has the same number. */
export default protocol({
  name: "vrrp",
  title: "Virtual Router Redundancy Protocol",
  category: "routing",
  source: "RFC 9568; IANA Protocol Numbers",
  header: { ip: [112] },
});
