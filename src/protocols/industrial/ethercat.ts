import { protocol } from "../../language/vocabulary.js";

/** EtherCAT, in frames of its own. */
export default protocol({
  name: "ethercat",
  title: "EtherCAT",
  category: "industrial",
  source: "ETG.1000.4; IEC 61158-4-12; IEEE Ethertype registry",
  header: { ethertype: [0x88a4] },
});
