import { protocol } from "../../language/vocabulary.js";

/** Sampled values, measurements within a substation, in frames of its own. */
export default protocol({
  name: "iec61850-sv",
  title: "IEC 61850 sampled values",
  category: "industrial",
  source: "IEC 61850-9-2; IEEE Ethertype registry",
  header: { ethertype: [0x88ba] },
});
