import { protocol } from "../../language/vocabulary.js";
import { applicationPart } from "../formats/application-part.js";

/** NGAP: between a base station of 5G and the core. */
export default protocol({
  name: "ngap",
  title: "NG Application Protocol",
  category: "telephony",
  source: "3GPP TS 38.413 §9; IANA SCTP Payload Protocol Identifiers; X.691 §11.9",
  ports: { sctp: [38412] },
  ...applicationPart(60, { procedures: 100, sample: 0x15 }),
});
