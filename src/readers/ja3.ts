/**
 * JA3 and JA3S: digests of what a hello offers, in its order. Salesforce, "JA3: A method for profiling
 * SSL/TLS clients", https://github.com/salesforce/ja3 (BSD 3-Clause): the decimal values of the version,
 * the ciphers, the extensions, the groups and the point formats, without those of RFC 8701.
 */
import { type HelloForm, isGrease, listOf, readHello } from "./hello.js";
import { md5 } from "./md5.js";

const GROUPS = 10;
const POINT_FORMATS = 11;

const joined = (values: readonly number[]): string =>
  values.filter((value) => !isGrease(value)).join("-");

/**
 * @example ja3(clientHello) // "cd08e31494f9531f560d64c695473da9"
 */
export function ja3(
  bytes: Uint8Array,
  form: HelloForm & `${string}client` = "client",
): string | undefined {
  const hello = readHello(bytes, form);
  if (!hello) return undefined;
  const formats = hello.extensions.find(({ type }) => type === POINT_FORMATS);
  return md5(
    [
      hello.legacyVersion,
      joined(hello.ciphers),
      joined(hello.extensions.map(({ type }) => type)),
      joined(listOf(hello, GROUPS, 2)),
      formats ? [...bytes.subarray(formats.from + 1, formats.to)].join("-") : "",
    ].join(","),
  );
}

/** The version, the cipher and the extensions that a server chose. */
export function ja3s(
  bytes: Uint8Array,
  form: HelloForm & `${string}server` = "server",
): string | undefined {
  const hello = readHello(bytes, form);
  if (!hello) return undefined;
  const types = hello.extensions.map(({ type }) => type);
  return md5([hello.legacyVersion, joined(hello.ciphers), joined(types)].join(","));
}
