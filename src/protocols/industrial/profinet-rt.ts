import { protocol } from "../../language/vocabulary.js";

/** PROFINET's cyclic data, alarms and DCP, in frames of its own. */
export default protocol({
  name: "profinet-rt",
  title: "PROFINET real-time",
  category: "industrial",
  source: "IEC 61158-6-10; IEEE Ethertype registry",
  header: { ethertype: [0x8892] },
});
