import { protocol } from "../../language/vocabulary.js";

/** IGRP, which has the number of any private interior gateway. */
export default protocol({
  name: "igrp",
  title: "Interior Gateway Routing Protocol",
  category: "routing",
  source: "Cisco, An Introduction to IGRP; IANA Protocol Numbers",
  header: { ip: [9] },
});
