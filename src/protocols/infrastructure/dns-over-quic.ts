import { protocol } from "../../language/vocabulary.js";

/** Names of drafts: draft-ietf-dprive-dnsoquic-00 §4.1.1 and those that followed it. */
const DRAFTS = Array.from({ length: 13 }, (_, each) => `doq-i${String(each).padStart(2, "0")}`);

/** DNS over dedicated QUIC connections. */
export default protocol({
  name: "dns-over-quic",
  title: "DNS over QUIC",
  category: "infrastructure",
  source: "RFC 9250 §4.1; draft-ietf-dprive-dnsoquic-00 … 12 §4.1.1; IANA TLS ALPN Protocol IDs",
  ports: { udp: [853] },
  refines: { protocol: "quic", addresses: [], alpn: ["doq", ...DRAFTS] },
});
