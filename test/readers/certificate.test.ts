import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as certificate from "../../src/readers/certificate.js";

/** Made for this test with `openssl req -x509`. */
const DER = Buffer.from(
  "MIIB+zCCAaGgAwIBAgIUeq7ZcndsgB1usOdnu7+B0OrmqOwwCgYIKoZIzj0EAwIwOzELMAkGA1UEBhMCWFgxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xFDASBgNVBAMMC2V4YW1wbGUub3JnMCAXDTI2MTEyNDE1MzUxNVoYDzIwNTQwNDExMTUzNTE1WjA7MQswCQYDVQQGEwJYWDEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjEUMBIGA1UEAwwLZXhhbXBsZS5vcmcwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARQqr3ec12CW2NrpJwrLhlNscXvjmqYozQUb9Un7XH+oNtNyv58Mof7/KJ+6R20P4LYPazsSepxJwxrIUP+xLvKo4GAMH4wHQYDVR0OBBYEFC81DmAuyngoc2eklVezSmpVZ3LaMB8GA1UdIwQYMBaAFC81DmAuyngoc2eklVezSmpVZ3LaMA8GA1UdEwEB/wQFMAMBAf8wKwYDVR0RBCQwIoILZXhhbXBsZS5vcmeCDSouZXhhbXBsZS5vcmeHBMAAAgEwCgYIKoZIzj0EAwIDSAAwRQIgVJ+Au0Cb1R6IDEand21BNBwtOaEPru3vJCj+dAiB1zECIQCfPbVUXCC9vGzPv2wh0IWuVFORDArHgQfZXsH4uAfk9Q==",
  "base64",
);

describe("a certificate", () => {
  test("is told as node:crypto tells it", () => {
    const known = new X509Certificate(DER);
    const iso = (date: string) => new Date(date).toISOString().replace(".000", "");
    expect(certificate.toldSubject(DER)).toBe("CN=example.org,O=Example\\, Inc.");
    expect(certificate.toldIssuer(DER)).toBe(certificate.toldSubject(DER));
    expect(certificate.toldNames(DER)).toEqual(["example.org", "*.example.org"]);
    expect(certificate.notBefore(DER)).toBe(iso(known.validFrom));
    expect(certificate.notAfter(DER)).toBe(iso(known.validTo));
    expect(certificate.toldKey(DER)).toBe("EC P-256");
    expect(certificate.selfSigned(DER)).toBe("yes");
    expect(certificate.summary(DER)).toBe(
      `CN=example.org,O=Example\\, Inc.; ${iso(known.validFrom)} to ${iso(known.validTo)}; EC P-256; self-signed`,
    );
  });

  test.each([1024, 2048, 2047])("with an RSA key of %i bits", (modulusLength) => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength });
    const spki = publicKey.export({ type: "spki", format: "der" });
    // The key in the place of the other one.
    const old = new X509Certificate(DER).publicKey.export({ type: "spki", format: "der" });
    const at = DER.indexOf(old);
    const body = Buffer.concat([DER.subarray(8, at), spki, DER.subarray(at + old.length)]);
    const bodySize = DER.readUInt16BE(6) - old.length + spki.length;
    const long = (size: number) => Buffer.from([0x30, 0x82, size >> 8, size & 255]);
    const whole = Buffer.concat([long(body.length + 4), long(bodySize), body]);
    expect(certificate.toldKey(whole)).toBe(`RSA ${modulusLength}`);
  });

  test("that is cut or changed is read without a fault", () => {
    const all = Object.values(certificate);
    for (let at = 0; at < DER.length; at++) {
      for (const read of all) expect(read(DER.subarray(0, at))).toBeUndefined();
      for (const mask of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(DER);
        changed[at]! ^= mask;
        for (const read of all) expect(() => read(changed)).not.toThrow();
      }
    }
  });
});
