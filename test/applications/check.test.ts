/** What the checker refuses, and what it says to write instead. */
import { expect, test } from "vitest";
import { surroundings } from "../../scripts/applications.js";
import { checkOperators } from "../../src/language/applications/check.js";
import {
  type Application,
  type Operator,
  operator,
} from "../../src/language/applications/vocabulary.js";

const application = (over: Partial<Application> = {}): Application => ({
  name: "mail",
  title: "Mail",
  category: "mail",
  hosts: ["mail.example.com"],
  ...over,
});

const acme = (over: Partial<Operator> = {}): Operator =>
  operator({
    name: "acme",
    title: "Acme",
    source: "https://example.com",
    applications: [application()],
    ...over,
  });

const check = (...operators: Operator[]) => checkOperators(operators, surroundings);
const withHosts = (...hosts: string[]) => acme({ applications: [application({ hosts })] });
const withRange = (...addresses: string[]) => acme({ applications: [application({ addresses })] });

test("what is right is accepted", () => {
  expect(() =>
    check(
      acme({
        applications: [
          application({
            hosts: [
              "example.com",
              "=example.org",
              "b.www.example.com",
              "eu.*.example.net",
              "_x.example.de",
            ],
          }),
          application({ name: "web", hosts: ["www.example.com"] }),
          application({
            name: "calls",
            hosts: ["calls.example.com", "=www.example.com", "a.b.www.example.com"],
            within: "mail",
            addresses: ["192.0.2.0/24", "2001:db8::/32"],
          }),
        ],
      }),
    ),
  ).not.toThrow();
});

const refusals: Readonly<Record<string, readonly [Operator[], string]>> = {
  "a suffix of two applications": [
    [
      withHosts("example.com"),
      acme({ name: "other", applications: [application({ name: "web", hosts: ["example.com"] })] }),
    ],
    'other/web: "example.com" stands here and in another place: it is acme/mail\'s already; leave it to one of the two',
  ],
  "a suffix twice": [
    [withHosts("example.com", "example.com")],
    'acme/mail: "example.com" stands here and in another place: leave one of the two out',
  ],
  "a name below one that stands there": [
    [withHosts("example.com", "www.example.com")],
    'acme/mail: "www.example.com" is found by "example.com", which stands here too: leave it out',
  ],
  "an exact name that its suffix finds": [
    [withHosts("example.com", "=example.com")],
    'acme/mail: "=example.com" is found by "example.com", which stands here too: leave it out',
  ],
  "a wildcard": [
    [withHosts("*.example.com")],
    'acme/mail: "*.example.com" has a wildcard: "example.com" is a suffix already: all names below it',
  ],
  "upper case": [
    [withHosts("Example.com")],
    'acme/mail: "Example.com" has upper-case letters: "example.com"; names of every case are found by it',
  ],
  "a dot at the end": [
    [withHosts("example.com.")],
    'acme/mail: "example.com." ends with a dot: "example.com"',
  ],
  "a label that is none": [
    [withHosts("exa mple.com")],
    'acme/mail: "exa mple.com" is no host name, its label "exa mple" is none: write it as in "www.example.com", international names in their xn-- form',
  ],
  "an empty label": [
    [withHosts("example..com")],
    'acme/mail: "example..com" is no host name, its label "" is none: write it as in "www.example.com", international names in their xn-- form',
  ],
  "a long label": [
    [withHosts(`${"a".repeat(64)}.com`)],
    `acme/mail: "${"a".repeat(64)}.com" is no host name`,
  ],
  "many labels": [
    [withHosts("a.b.c.d.e.f.g.example.com")],
    'acme/mail: "a.b.c.d.e.f.g.example.com" has more than 8 labels: the last of them say enough',
  ],
  "letters beyond ASCII": [[withHosts("exämple.com")], 'acme/mail: "exämple.com" is no host name'],
  "a URL": [[withHosts("https://example.com")], 'acme/mail: "https://example.com" is no host name'],
  "an address": [
    [withHosts("192.0.2.1")],
    'acme/mail: "192.0.2.1" is an address: put "192.0.2.1/32" into `addresses`',
  ],
  "a public suffix": [
    [withHosts("co.uk")],
    'acme/mail: anybody may have a name below "co.uk": name what is the operator\'s own, such as "example.co.uk"',
  ],
  "a top-level domain": [[withHosts("com")], 'acme/mail: anybody may have a name below "com"'],
  "no range": [
    [withRange("192.0.2.0")],
    'acme/mail: "192.0.2.0" is no range of addresses: write it as in "192.0.2.0/24" or "2001:db8::/32"',
  ],
  "a number too large": [
    [withRange("192.0.256.0/24")],
    'acme/mail: "192.0.256.0/24" is no range of addresses',
  ],
  "two gaps": [
    [withRange("2001::db8::/32")],
    'acme/mail: "2001::db8::/32" is no range of addresses',
  ],
  "bits behind the prefix": [
    [withRange("192.0.2.1/24")],
    'acme/mail: "192.0.2.1/24" has bits behind its prefix: write the range\'s first address',
  ],
  "half the world": [
    [withRange("0.0.0.0/1")],
    'acme/mail: "0.0.0.0/1" is wider than what one operator has: a prefix has 8 bits at least',
  ],
  "a range twice, written differently": [
    [withRange("2001:db8::/32", "2001:db8:0::/32")],
    'acme/mail: "2001:db8:0::/32" stands here and in another place: leave one of the two out',
  ],
  "a category that is none": [
    [acme({ applications: [application({ category: "fun" as "web" })] })],
    'acme/mail: there is no category "fun": one of advertising, ai,',
  ],
  "no source": [
    [acme({ source: " " })],
    "acme: it has no source: say in `source` where its hosts can be looked up",
  ],
  "an empty source": [
    [acme({ applications: [application({ source: "" })] })],
    "acme/mail: it has no source",
  ],
  "no title": [[acme({ title: "" })], "acme: the operator has no title"],
  "an application without a title": [
    [acme({ applications: [application({ title: "" })] })],
    "acme/mail: the application has no title: write what its operator calls it",
  ],
  "nothing to tell it by": [
    [acme({ applications: [application({ hosts: [] })] })],
    "acme/mail: nothing tells this application: list its `hosts`, or `addresses` that serve nothing else",
  ],
  "no application": [[acme({ applications: [] })], "acme: the operator has no application"],
  "a name with spaces": [
    [acme({ applications: [application({ name: "My Mail" })] })],
    "acme/My Mail: a name is lower-case letters, digits and hyphens, at most 64: for example my-mail",
  ],
  "two operators of one name": [[acme(), acme()], "acme: another operator has this name"],
  "two applications of one name": [
    [acme(), acme({ name: "other" })],
    "other/mail: there is an application of this name: it is acme/mail's already",
  ],
  "within what is not there": [
    [acme({ applications: [application({ within: "post" })] })],
    'acme/mail: within "post": unknown: name an application that exists',
  ],
};

for (const [what, [operators, message]] of Object.entries(refusals)) {
  test(`refused: ${what}`, () => {
    expect(() => check(...operators)).toThrow(message);
  });
}
