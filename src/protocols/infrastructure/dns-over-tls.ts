import { protocol } from "../../language/vocabulary.js";

/** DNS over TLS. On its own port a client need not say so; elsewhere what it offers does. */
export default protocol({
  name: "dns-over-tls",
  title: "DNS over TLS",
  category: "infrastructure",
  source: "RFC 7858 §3.1; IANA TLS ALPN Protocol IDs",
  ports: { tcp: [853] },
  refines: { protocol: "tls", addresses: [], alpn: ["dot"] },
});
