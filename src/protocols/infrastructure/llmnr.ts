import { protocol } from "../../language/vocabulary.js";

/** Link-Local Multicast Name Resolution: DNS that is spoken to its own groups. */
export default protocol({
  name: "llmnr",
  title: "Link-Local Multicast Name Resolution",
  category: "infrastructure",
  source: "RFC 4795 §2",
  ports: { tcp: [5355], udp: [5355] },
  refines: { protocol: "dns", addresses: ["224.0.0.252", "ff02::1:3"] },
});
