import { protocol } from "../../language/vocabulary.js";

/** GOOSE, events between devices of a substation, in frames of its own. */
export default protocol({
  name: "goose",
  title: "GOOSE",
  category: "industrial",
  source: "IEC 61850-8-1 annex C; IEEE Ethertype registry",
  header: { ethertype: [0x88b8] },
});
