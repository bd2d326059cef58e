import { protocol } from "../../language/vocabulary.js";

/** DCCP. */
export default protocol({
  name: "dccp",
  title: "Datagram Congestion Control Protocol",
  category: "network",
  source: "RFC 4340; IANA Protocol Numbers",
  header: { ip: [33] },
});
