/**
 * Readers: what becomes of bytes that a fact captured, where the language cannot say it. They run in
 * the host, on the bytes that the engine points to, and so only for facts that may be told.
 */
import { addressText, xorAddress, xorPort } from "./address.js";
import * as certificate from "./certificate.js";
import * as dns from "./dns.js";
import { ja3, ja3s } from "./ja3.js";
import { ja4 } from "./ja4.js";

/** A value, or several for a list; a number may have a name in the fact. Undefined: the bytes are not what it reads. */
type Reader = (bytes: Uint8Array) => string | readonly (string | number)[] | undefined;

export const readers = {
  ja3: (bytes) => ja3(bytes),
  ja3s: (bytes) => ja3s(bytes),
  "ja3-dtls": (bytes) => ja3(bytes, "dtls-client"),
  "ja3s-dtls": (bytes) => ja3s(bytes, "dtls-server"),
  "ja4-tcp": (bytes) => ja4(bytes, "t"),
  "ja4-quic": (bytes) => ja4(bytes, "q"),
  "ja4-dtls": (bytes) => ja4(bytes, "d"),
  "certificate-subject": certificate.toldSubject,
  "certificate-issuer": certificate.toldIssuer,
  "certificate-names": certificate.toldNames,
  "certificate-not-before": certificate.notBefore,
  "certificate-not-after": certificate.notAfter,
  "certificate-key": certificate.toldKey,
  "certificate-self-signed": certificate.selfSigned,
  "certificate-summary": certificate.summary,
  hexadecimal: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  address: addressText,
  "xor-address": xorAddress,
  "xor-port": xorPort,
  "dns-types": dns.types,
  "dns-addresses": dns.addresses,
  "dns-service": dns.service,
  "dns-question": dns.questionOf,
  "dns-learnt": dns.learnt,
} as const satisfies Record<string, Reader>;

export type ReaderName = keyof typeof readers;
