/** Every protocol's samples, through the oracle and through every engine: each is named, and only by its own name. */
import { describe, expect, test } from "vitest";
import { engineKinds } from "../../src/engine/index.js";
import { catalog } from "../../src/generated/catalog.js";
import { protocols } from "../../src/generated/protocols.js";
import { Namer } from "../../src/language/collisions.js";
import { converse, type Naming } from "../../src/language/conversation.js";
import { type Conversation, factName } from "../../src/language/definition.js";
import { testEngine } from "../support/engines.js";
import { mapFor, Speaker } from "./harness.js";

interface Sample {
  readonly protocol: string;
  readonly title: string;
  readonly kind: "yes" | "weak" | "no";
  readonly conversation: Conversation;
}

const samples: Sample[] = protocols.flatMap(({ name, samples: own = {} }) =>
  (["yes", "weak", "no"] as const).flatMap((kind) =>
    (own[kind] ?? []).map((conversation, index) => ({
      protocol: name,
      title: `${name}, ${kind} ${index + 1}`,
      kind,
      conversation,
    })),
  ),
);

/** What a more specific signature implies is no second name. */
const namesOf = (namings: readonly Naming[]) => {
  const named = namings.filter((naming) => naming.named);
  const implied = new Set(named.flatMap(({ signature }) => impliedBy(signature)));
  const own = named.filter(({ signature }) => !implied.has(signature));
  return [...new Set(own.map(({ protocol }) => protocol))];
};
const impliedBy = (name: string) =>
  catalog.signatures
    .find((signature) => signature.name === name)!
    .implies.map((index) => catalog.signatures[index]!.name);

describe("oracle", () => {
  test.each(samples)("$title", ({ protocol, kind, conversation }) => {
    const namings = converse(protocols, conversation);
    const names = namesOf(namings);
    if (kind === "yes") expect(names).toEqual([protocol]);
    else expect(names).not.toContain(protocol);
    if (kind === "weak") expect(namings.map((naming) => naming.protocol)).toContain(protocol);
  });

  test.each(samples.filter(({ kind }) => kind === "yes"))(
    "$title, joined without its beginning known",
    ({ protocol, conversation }) => {
      expect(namesOf(converse(protocols, conversation, { opened: false }))).toEqual([protocol]);
    },
  );

  test("every signature has a sample that it matches to its end", () => {
    const complete = new Set(
      samples.flatMap(({ conversation }) =>
        converse(protocols, conversation)
          .filter((naming) => naming.complete)
          .map(({ signature }) => signature),
      ),
    );
    expect(
      catalog.signatures.map(({ name }) => name).filter((name) => !complete.has(name)),
    ).toEqual([]);
  });

  test("every protocol that is told by payload has samples and near misses", () => {
    const lacking = protocols.filter(
      ({ signatures, samples: own = {} }) =>
        signatures && !((own.yes ?? own.weak)?.length && own.no?.length),
    );
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });
});

const namer = new Namer(protocols);
const told = new Map<string, unknown>();

/** What the oracle makes of a sample; asked once, whatever the engine and the segments. */
function oracleCandidates(conversation: Conversation, opened: boolean, key: string): unknown {
  const known = told.get(key);
  if (known !== undefined) return known;
  const candidates = namer
    .name(conversation, { opened })
    .map(({ signature, protocol, evidence, facts }) => ({
      signature,
      evidence,
      facts: facts.map(({ fact, value }) => `${factName(protocol, fact)}=${value}`).sort(),
    }))
    .sort((a, b) => (a.signature < b.signature ? -1 : 1));
  told.set(key, candidates);
  return candidates;
}

describe.each(engineKinds)("engine %s", (kind) => {
  for (const segment of [1400, 7, 1]) {
    test(`agrees with the oracle, in segments of ${segment}`, async () => {
      const speaker = new Speaker(await testEngine(kind, mapFor(catalog)), catalog);
      for (const { title, conversation } of samples) {
        const isStream = conversation.transport === "tcp";
        for (const opened of isStream ? [true, false] : [false]) {
          const found = speaker
            .say(conversation, { opened, segment })
            .map(({ signature, evidence, facts }) => ({ signature, evidence, facts }));
          const wanted = oracleCandidates(conversation, opened, `${title} ${opened}`);
          expect({ title, opened, found }).toEqual({ title, opened, found: wanted });
        }
      }
    });
  }
});
