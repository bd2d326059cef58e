import { protocol } from "../../language/vocabulary.js";
import { applicationPart } from "../formats/application-part.js";

/** S1AP: between a base station of 4G and the core. */
export default protocol({
  name: "s1ap",
  title: "S1 Application Protocol",
  category: "telephony",
  source: "3GPP TS 36.413 §9; IANA SCTP Payload Protocol Identifiers; X.691 §11.9",
  ports: { sctp: [36412] },
  ...applicationPart(18, { procedures: 80, sample: 0x11 }),
});
