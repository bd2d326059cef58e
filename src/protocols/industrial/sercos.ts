import { protocol } from "../../language/vocabulary.js";

/** SERCOS III, in frames of its own. */
export default protocol({
  name: "sercos",
  title: "SERCOS III",
  category: "industrial",
  source: "IEC 61158-4-19; IEEE Ethertype registry",
  header: { ethertype: [0x88cd] },
});
