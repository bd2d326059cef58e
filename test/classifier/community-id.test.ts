/** Community ID against the baseline of its specification: github.com/corelight/community-id-spec, `baseline/`. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha1, SHA1_MOST } from "../../src/readers/sha1.js";
import { createClassifier } from "../support/classifier.js";
import {
  arp,
  be16,
  be32,
  bytes,
  ethernet,
  ipv4,
  ipv6,
  sctp,
  tcp,
  TYPE_ARP,
  TYPE_IPV4,
  TYPE_IPV6,
  udp,
} from "../support/packets.js";

test("SHA-1 of all lengths that fit a block is that of node:crypto", () => {
  const digest = new Uint8Array(20);
  const text = Uint8Array.from({ length: SHA1_MOST }, (_, index) => (index * 37) & 0xff);
  for (let length = 0; length <= SHA1_MOST; length++) {
    sha1(text, length, digest);
    const expected = createHash("sha1").update(text.subarray(0, length)).digest("hex");
    expect(Buffer.from(digest).toString("hex")).toBe(expected);
  }
});

type Row = readonly [
  protocol: number,
  source: string,
  target: string,
  one: number | null,
  two: number | null,
  id: string,
  seeded: string,
];

const A6 = "fe80:0001:0203:0405:0607:0809:0A0B:0C0D";
const B6 = "fe80:1011:1213:1415:1617:1819:1A1B:1C1D";

/** Of `baseline/README.md`; of ICMP, type and code of one message. */
// oxfmt-ignore
const table: readonly Row[] = [
  [6, "1.2.3.4", "5.6.7.8", 1122, 3344, "1:wCb3OG7yAFWelaUydu0D+125CLM=", "1:HhA1B+6CoLbiKPEs5nhNYN4XWfk="],
  [6, "5.6.7.8", "1.2.3.4", 3344, 1122, "1:wCb3OG7yAFWelaUydu0D+125CLM=", "1:HhA1B+6CoLbiKPEs5nhNYN4XWfk="],
  [17, "1.2.3.4", "5.6.7.8", 1122, 3344, "1:0Mu9InQx6z4ZiCZM/7HXi2WMhOg=", "1:OShq+iKDAMVouh/4bMxB9Sz4amw="],
  [17, "5.6.7.8", "1.2.3.4", 3344, 1122, "1:0Mu9InQx6z4ZiCZM/7HXi2WMhOg=", "1:OShq+iKDAMVouh/4bMxB9Sz4amw="],
  [132, "1.2.3.4", "5.6.7.8", 1122, 3344, "1:EKt4MsxuyaE6mL+hmrEkQ9csDD8=", "1:uitchpn5MMGAQKBJh7bIr/bAr7s="],
  [132, "5.6.7.8", "1.2.3.4", 3344, 1122, "1:EKt4MsxuyaE6mL+hmrEkQ9csDD8=", "1:uitchpn5MMGAQKBJh7bIr/bAr7s="],
  [1, "1.2.3.4", "5.6.7.8", 8, 0, "1:crodRHL2FEsHjbv3UkRrfbs4bZ0=", "1:9pr4ZGTICiuZoIh90RRYE2RyXpU="],
  [1, "5.6.7.8", "1.2.3.4", 0, 0, "1:crodRHL2FEsHjbv3UkRrfbs4bZ0=", "1:9pr4ZGTICiuZoIh90RRYE2RyXpU="],
  [1, "1.2.3.4", "5.6.7.8", 11, 0, "1:f/YiSyWqczrTgfUCZlBUnvHRcPk=", "1:1DD7cWGC/Yg91YGsQeni8du3pIA="],
  [58, A6, B6, 128, 0, "1:0bf7hyMJUwt3fMED7z8LIfRpBeo=", "1:IO27GQzPuCtNnwFvjWALMHu5tJE="],
  [58, B6, A6, 129, 0, "1:0bf7hyMJUwt3fMED7z8LIfRpBeo=", "1:IO27GQzPuCtNnwFvjWALMHu5tJE="],
  [58, A6, B6, 146, 0, "1:fYC8+pz24E+EhANP1EZhpX0Dw10=", "1:Cv4IKJe56BNkF0MBW2YxQ3Nwc3s="],
  [46, "1.2.3.4", "5.6.7.8", null, null, "1:ikv3kmf89luf73WPz1jOs49S768=", "1:/buhqeOmaRCopOZFy9HnoJd5XW8="],
  [46, "5.6.7.8", "1.2.3.4", null, null, "1:ikv3kmf89luf73WPz1jOs49S768=", "1:/buhqeOmaRCopOZFy9HnoJd5XW8="],
  [46, A6, B6, null, null, "1:wQ/2mwrnXP4lmJcHdGL5ePjR+e0=", "1:j6EyyfBzL4vWKHFXgUqb5Az3OxM="],
  [46, B6, A6, null, null, "1:wQ/2mwrnXP4lmJcHdGL5ePjR+e0=", "1:j6EyyfBzL4vWKHFXgUqb5Az3OxM="],
  // Of `baseline_deflt.json` and `baseline_seed1.json`: the type that answers stands there for the code.
  [58, "fe80::200:86ff:fe05:80da", "fe80::260:97ff:fe07:69ea", 135, 0, "1:dGHyGvjMfljg6Bppwm3bg0LO8TY=", "1:kHa1FhMYIT6Ym2Vm2AOtoOARDzY="],
  [58, "fe80::260:97ff:fe07:69ea", "fe80::200:86ff:fe05:80da", 136, 0, "1:dGHyGvjMfljg6Bppwm3bg0LO8TY=", "1:kHa1FhMYIT6Ym2Vm2AOtoOARDzY="],
  [58, "fe80::260:97ff:fe07:69ea", "fe80::200:86ff:fe05:80da", 135, 0, "1:zavyT/cezQr1fmImYCwYnMXbgck=", "1:2hSqmsDZ2kdcY9kbiUzOEBic0iM="],
  [58, "fe80::200:86ff:fe05:80da", "fe80::260:97ff:fe07:69ea", 136, 0, "1:zavyT/cezQr1fmImYCwYnMXbgck=", "1:2hSqmsDZ2kdcY9kbiUzOEBic0iM="],
  [58, "3ffe:501:1800:2345::2", "3ffe:507:0:1:200:86ff:fe05:80da", 3, 0, "1:2ObVBgIn28oZvibYZhZMBgh7WdQ=", "1:lVEtCZpYu84Xqaa++3lXFyuu2n4="],
  [58, "3ffe:501:410:0:2c0:dfff:fe47:33e", "3ffe:507:0:1:200:86ff:fe05:80da", 1, 4, "1:hLZd0XGWojozrvxqE0dWB1iM6R0=", "1:W8MHwXpWzpoSTD+cGcaJr4u0ys8="],
  [58, "3ffe:507:0:1:200:86ff:fe05:80da", "3ffe:501:0:1001::2", 128, 0, "1:+TW+HtLHvV1xnGhV1lv7XoJrqQg=", "1:GfZxjAkDk2MkegpBYHV6tadtFXQ="],
  [58, "fe80::200:86ff:fe05:80da", "ff02::2", 133, 0, "1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0=", "1:L7Ka0ZMYu+J3bL4ulW2PrqyXNo8="],
  [58, "fe80::260:97ff:fe07:69ea", "ff02::1", 134, 0, "1:pkvHqCL88/tg1k4cPigmZXUtL00=", "1:K/ee5UCqAMAQXDorP5nSa2CGLjc="],
  [1, "192.168.0.1", "192.168.0.89", 0, 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk=", "1:03g6IloqVBdcZlPyX8r0hgoE7kA="],
  [1, "10.0.0.1", "10.0.0.2", 11, 0, "1:YHxtAirCG//0OzkcVAukqKQN9xM=", "1:XjUibYHaafLQ3pxQeiMI8g25q20="],
  [6, "2001:470:e5bf:dead:4957:2174:e82c:4887", "2607:f8b0:400c:c03::1a", 63943, 25, "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=", "1:eJYTW6AOzFLlSUoESovMjnu7rMw="],
  [132, "192.168.170.56", "192.168.170.8", 7, 7, "1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=", "1:5w3ZRjeKBzqT3zsaEECDGjUbYeg="],
  [6, "66.35.250.204", "128.232.110.120", 80, 34855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=", "1:3V71V58M3Ksw/yuFALMcW0LAHvc="],
  [17, "192.168.1.52", "8.8.8.8", 54585, 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ=", "1:Q9We8WO3piVF8yEQBNJF4uiSVrI="],
  [46, "10.1.12.1", "10.1.12.2", null, null, "1:KHlLkgoJW7ifUTyTSgyVfkFHzKw=", "1:rYir8gphR31noO9iDRQmF/BteEI="],
];

function frame([protocol, from, to, one, two]: Row): Uint8Array {
  const ports = { from: one ?? 0, to: two ?? 0 };
  const body =
    protocol === 1 || protocol === 58
      ? bytes(one!, two!, be16(0), be32(0))
      : protocol === 6
        ? tcp({ ...ports, flags: "S" })
        : protocol === 17
          ? udp(ports)
          : protocol === 132
            ? sctp(ports)
            : new Uint8Array(8);
  return from.includes(":")
    ? ethernet(TYPE_IPV6, ipv6({ next: protocol, from, to }, body))
    : ethernet(TYPE_IPV4, ipv4({ protocol, from, to }, body));
}

async function idOf(packet: Uint8Array, communityIdSeed: number): Promise<string | null> {
  const ids: (string | null)[] = [];
  const classifier = await createClassifier({
    engine: "typescript",
    communityIdSeed,
    onRecord: ({ communityId }) => ids.push(communityId),
  });
  classifier.push(packet, { seconds: 1, nanoseconds: 0 });
  classifier.finish();
  classifier.close();
  expect(ids).toHaveLength(1);
  return ids[0]!;
}

test.each(table)("protocol %i, %s → %s, %s %s", async (...row) => {
  expect(await idOf(frame(row), 0)).toBe(row[5]);
  expect(await idOf(frame(row), 1)).toBe(row[6]);
});

test("a message without an answer keeps its direction", async () => {
  const there = await idOf(frame([1, "1.2.3.4", "5.6.7.8", 11, 0, "", ""]), 0);
  const back = await idOf(frame([1, "5.6.7.8", "1.2.3.4", 11, 0, "", ""]), 0);
  const input = Buffer.from([0, 0, 5, 6, 7, 8, 1, 2, 3, 4, 1, 0, 0, 11, 0, 0]);
  expect(back).toBe(`1:${createHash("sha1").update(input).digest("base64")}`);
  expect(back).not.toBe(there);
});

test("what is not IP has none, and an ICMP message that was cut off", async () => {
  expect(await idOf(ethernet(TYPE_ARP, arp()), 0)).toBeNull();
  expect(await idOf(ethernet(TYPE_IPV4, ipv4({ protocol: 1 })), 0)).toBeNull();
});

test("a seed is 16 bits", async () => {
  await expect(createClassifier({ communityIdSeed: 65536 })).rejects.toThrow(
    "communityIdSeed: 65536 is not a whole number from 0 to 65535",
  );
});
