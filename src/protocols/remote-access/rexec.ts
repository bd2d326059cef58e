import { protocol } from "../../language/vocabulary.js";

/** The remote execution of BSD: what rsh says, with a password in the place of the second name, on a port of its own. */
export default protocol({
  name: "rexec",
  title: "BSD remote execution",
  category: "remote-access",
  source: "4.4BSD rexecd(8): the protocol, steps 1 to 7; IANA: exec",
  ports: { tcp: [512] },
  refines: { protocol: "rsh", addresses: [] },
});
