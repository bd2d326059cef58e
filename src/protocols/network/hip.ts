import { protocol } from "../../language/vocabulary.js";

/** HIP. */
export default protocol({
  name: "hip",
  title: "Host Identity Protocol",
  category: "security",
  source: "RFC 7401; IANA Protocol Numbers",
  header: { ip: [139] },
});
