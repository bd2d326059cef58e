import { protocol } from "../../language/vocabulary.js";

/** Ethernet in IP. */
export default protocol({
  name: "etherip",
  title: "EtherIP",
  category: "tunnel",
  source: "RFC 3378; IANA Protocol Numbers",
  header: { ip: [97] },
});
