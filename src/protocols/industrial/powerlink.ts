import { protocol } from "../../language/vocabulary.js";

/** POWERLINK, in frames of its own. */
export default protocol({
  name: "powerlink",
  title: "Ethernet POWERLINK",
  category: "industrial",
  source: "EPSG DS 301 §4.6; IEEE Ethertype registry",
  header: { ethertype: [0x88ab] },
});
