/** How names look in records. */
import { expect, test } from "vitest";
import { hex, sized } from "../../src/language/vocabulary.js";
import { createClassifier } from "../support/classifier.js";
import { ethernet, ipv4, TYPE_IPV4, udp } from "../support/packets.js";

/** `dns.name` of a query for these labels (one byte a character). */
async function nameOf(...labels: string[]): Promise<unknown> {
  let name: unknown;
  const classifier = await createClassifier({
    onRecord: ({ facts }) => (name = facts["dns.name"]),
  });
  const question = labels.map((label) => sized(1, label)).join("") + hex("00 0001 0001");
  const query = hex("1a2b 0100 0001 0000 0000 0000") + question;
  classifier.push(
    ethernet(
      TYPE_IPV4,
      ipv4(
        { protocol: 17, from: "192.0.2.1", to: "198.51.100.2" },
        udp({ from: 40000, to: 53 }, query),
      ),
    ),
    { seconds: 1, nanoseconds: 0 },
  );
  classifier.finish();
  classifier.close();
  return name;
}

const latin = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

test("labels are joined by dots", async () => {
  expect(await nameOf("www", "example", "org")).toBe("www.example.org");
});

test("dots, backslashes and what is not printable are escaped", async () => {
  expect(await nameOf("a.b\\c d", "example")).toBe("a\\.b\\\\c\\032d.example");
});

test("UTF-8 stays readable, but for its control characters and what is none", async () => {
  expect(await nameOf(latin("Büro 2. Stock"), "local")).toBe("Büro\\0322\\.\\032Stock.local");
  expect(await nameOf("x\xff\xe5", "local")).toBe("x\\255\\229.local");
  expect(await nameOf(latin("x\u0085y"), "local")).toBe("x\\133y.local");
});
