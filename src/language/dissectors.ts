/** What the compiler and the evidence know of dissectors; what they do stands in the engines, and for the oracle in `dissect.ts`. */
import {
  DISSECTOR_DTLS,
  DISSECTOR_HTTP2,
  DISSECTOR_QUIC,
  DISSECTOR_QUIC_SERVER,
  DISSECTOR_TLS,
  DISSECTOR_TLS_HERE,
} from "../engine/abi.js";
import type { Dissector } from "./pattern.js";

/** `bits`: what it is worth that the dissector did not refuse. */
export const DISSECTORS: Readonly<Record<Dissector, { number: number; bits: number }>> = {
  "tls-handshake": { number: DISSECTOR_TLS, bits: 0 },
  "tls-handshake-here": { number: DISSECTOR_TLS_HERE, bits: 0 },
  "dtls-handshake": { number: DISSECTOR_DTLS, bits: 0 },
  // A tag of 128 bits was verified (RFC 9001 §5.3); eight packets are tried in a datagram, with two keys.
  "quic-initial": { number: DISSECTOR_QUIC, bits: 124 },
  "quic-answer": { number: DISSECTOR_QUIC_SERVER, bits: 0 },
  "http2-headers": { number: DISSECTOR_HTTP2, bits: 0 },
};
