/** The second source: what it adds to application files, and what it leaves to them. */
import { expect, test } from "vitest";
import { surroundings } from "../../scripts/applications.js";
import { listedOperators, type ThirdParty } from "../../scripts/third-parties.js";
import { checkOperators } from "../../src/language/applications/check.js";
import { operator } from "../../src/language/applications/vocabulary.js";

const own = [
  operator({
    name: "acme",
    title: "Acme",
    source: "https://acme.example",
    applications: [
      { name: "acme", title: "Acme", category: "web", hosts: ["acme.com", "acme.net"] },
      { name: "carrier", title: "Carrier", category: "cdn", shared: true, hosts: ["carrier.net"] },
    ],
  }),
];

function listed(...entities: ThirdParty[]) {
  const operators = listedOperators(own, entities, surroundings);
  checkOperators([...own, ...operators], surroundings);
  return operators.flatMap(({ applications }) => applications);
}

const entity = (name: string, ...domains: string[]): ThirdParty => ({
  name,
  category: "analytics",
  domains,
});

test("an entity is an application: its domains are suffixes, its category one of ours", () => {
  expect(listed(entity("Count & Co.", "*.count.com", "www.count.org"))).toEqual([
    {
      name: "count-co",
      title: "Count & Co.",
      category: "analytics",
      hosts: ["count.com", "www.count.org"],
    },
  ]);
});

test("what application files cover is left to them", () => {
  expect(listed(entity("Acme", "*.acme.com", "www.acme.net"))).toEqual([]);
});

test("a host below a carrier's name is the more specific one, unless the entity is a carrier", () => {
  const hosts = ["d1.carrier.net", "count.com"];
  expect(listed(entity("Count", ...hosts))[0]?.hosts).toEqual(hosts);
  expect(listed({ ...entity("Count", ...hosts), category: "cdn" })[0]).toMatchObject({
    hosts: ["count.com"],
    shared: true,
  });
  expect(listed(entity("Carrier", "js.carrier.net"))).toEqual([]);
});

test("hosts beside those of an application are a part of it; a name alone says nothing", () => {
  expect(listed(entity("Acme", "acme.com", "acme.org"))).toMatchObject([
    { name: "acme-web", within: "acme", hosts: ["acme.org"] },
  ]);
  expect(listed(entity("Acme", "acme.org"))[0]).not.toHaveProperty("within");
  expect(listed(entity("Other", "acme.com", "a.org", "b.org", "c.org"))[0]).not.toHaveProperty(
    "within",
  );
});

test("addresses, public suffixes, and what another entity has are left out", () => {
  expect(
    listed(entity("Odd", "192.0.2.1", "co.uk", "b.count.com", "*.count.com"))[0]?.hosts,
  ).toEqual(["count.com"]);
  expect(listed(entity("One", "count.com"), entity("Two", "www.count.com")).length).toBe(1);
});
