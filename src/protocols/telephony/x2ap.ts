import { protocol } from "../../language/vocabulary.js";
import { applicationPart } from "../formats/application-part.js";

/** X2AP: between base stations of 4G. */
export default protocol({
  name: "x2ap",
  title: "X2 Application Protocol",
  category: "telephony",
  source: "3GPP TS 36.423 §9; IANA SCTP Payload Protocol Identifiers; X.691 §11.9",
  ports: { sctp: [36422] },
  ...applicationPart(27, { procedures: 80, sample: 0x06 }),
});
