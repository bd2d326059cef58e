import { protocol } from "../../language/vocabulary.js";

/** batman-adv, mesh routing on layer 2. */
export default protocol({
  name: "batman",
  title: "B.A.T.M.A.N. advanced",
  category: "routing",
  source:
    "Linux, include/uapi/linux/batadv_packet.h (Ethertype of batman-adv); IEEE Ethertype registry",
  header: { ethertype: [0x4305] },
});
