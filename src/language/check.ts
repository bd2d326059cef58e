/** What a definition must obey so that it can be compiled. Problems are told by the definition's name, with a remedy. */
import { REGISTERS } from "../engine/abi.js";
import { type Definition, readFacts, type Script, type Signature } from "./definition.js";
import { readers } from "../readers/index.js";
import { shortest } from "./dispatch.js";
import { DISSECTORS } from "./dissectors.js";
import { at, demand, type Say } from "./fault.js";
import { nearest } from "../policy/suggest.js";
import { all, inner, type Pattern, type PatternOf, type Sequence } from "./pattern.js";
import { sayText } from "./words.js";

export { at, DefinitionError } from "./fault.js";

/** The scripts of a signature, each with the role of who says it. */
export const scriptsOf = (signature: Signature) =>
  (["client", "server", "first", "reply"] as const).flatMap((role) => {
    const script = signature[role];
    return script ? [{ role, script }] : [];
  });

/** What is there already, for definitions that come behind it. */
export interface Known {
  readonly protocols: readonly { readonly name: string }[];
  readonly signatures: readonly { readonly name: string }[];
}

export function checkAll(
  definitions: readonly Definition[],
  before: Known = { protocols: [], signatures: [] },
): void {
  const builtIn = new Set(before.protocols.map(({ name }) => name));
  const names = new Set(builtIn);
  const signatureNames = new Set(before.signatures.map(({ name }) => name));
  for (const definition of definitions) {
    const { name } = definition;
    at(name, () => {
      demand(!builtIn.has(name), "a protocol of this name is built in", {
        path: ["name"],
        remedy: () =>
          `choose another name; where yours is a special case of ${name}, list its signatures in \`implies\``,
      });
      demand(!names.has(name), "another protocol has this name", {
        path: ["name"],
        remedy: () => "choose another name",
      });
      checkDefinition(definition);
    });
    names.add(name);
    for (const key of Object.keys(definition.signatures ?? {}))
      signatureNames.add(`${name}/${key}`);
  }
  for (const { name, refines, announces = [], signatures = {} } of definitions) {
    at(name, () => {
      announces.forEach(({ protocol }, index) =>
        demand(names.has(protocol), `announces "${protocol}": unknown`, {
          path: ["announces", index, "protocol"],
          remedy: () => "name a protocol that exists",
        }),
      );
      demand(!refines || names.has(refines.protocol), `refines "${refines?.protocol}": unknown`, {
        path: ["refines", "protocol"],
        remedy: () => "name a protocol that exists",
      });
      for (const [key, { implies = [] }] of Object.entries(signatures)) {
        implies.forEach((implied, index) => {
          demand(signatureNames.has(implied), `implies "${implied}": unknown`, {
            path: ["signatures", key, "implies", index],
            remedy: () => {
              const own = [...signatureNames].filter((each) =>
                each.startsWith(`${implied.split("/")[0]}/`),
              );
              return own.length > 0
                ? `there is ${own.join(", ")}`
                : "write protocol/signature, as `classify` shows it";
            },
          });
        });
      }
    });
  }
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const NAME_LONGEST = 64;

/** The nearest name that is one, or none. */
function asName(name: string): string {
  const tried = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, NAME_LONGEST);
  return NAME.test(tried) ? tried : "";
}

/** The remedy for something that is no name. */
const nameLike = (name: string) => () =>
  asName(name) === "" ? "choose one, such as acme-telemetry" : `for example ${asName(name)}`;

/** Why a text cannot be a protocol's name, or undefined. */
export function nameProblem(name: string): { problem: string; remedy: string } | undefined {
  return NAME.test(name) && name.length <= NAME_LONGEST
    ? undefined
    : {
        problem: `a name is lower-case letters, digits and hyphens, at most ${NAME_LONGEST}`,
        remedy: nameLike(name)(),
      };
}

function checkName(name: string, path: readonly (string | number)[]): void {
  const wrong = nameProblem(name);
  demand(wrong === undefined, wrong?.problem ?? "", { path, remedy: nameLike(name) });
}

function checkDefinition(definition: Definition): void {
  const { name, ports = {}, signatures = {}, facts = {}, inspects = {} } = definition;
  checkName(name, ["name"]);
  for (const [key, what] of [
    ["title", "what it is called"],
    ["category", "what kind of protocol it is"],
    ["source", "where it is specified"],
  ] as const) {
    demand(definition[key] !== "", `its ${key} is empty`, {
      path: [key],
      remedy: () => `say ${what}`,
    });
  }
  for (const transport of ["tcp", "udp", "sctp"] as const) {
    (ports[transport] ?? []).forEach((port, index) =>
      demand(Number.isInteger(port) && port > 0 && port <= 65535, `${port} is no port`, {
        path: ["ports", transport, index],
        remedy: () => "a port is a whole number from 1 to 65535",
      }),
    );
  }
  for (const key of Object.keys(inspects)) {
    demand(!Object.hasOwn(facts, key), `"${key}" is a fact and inspected`, {
      path: ["inspects", key],
      remedy: () => "give what is inspected a name of its own, and capture it twice",
    });
  }
  for (const [key, { most, bound, read }] of Object.entries(readFacts(definition))) {
    demand(
      read === undefined || Object.hasOwn(readers, read),
      `the fact "${key}" is read by "${read}", and there is no such reader`,
      { path: ["facts", key], remedy: () => `one of ${Object.keys(readers).join(", ")}` },
    );
    checkFactName(key);
    demand(
      [most, bound].every((each) => Number.isInteger(each) && each >= 1 && each <= 65535),
      `the fact "${key}" has no room for a value`,
      { path: ["facts", key], remedy: () => "its list and its bound are from 1 to 65535" },
    );
  }
  (definition.announces ?? []).forEach(({ port, when, address }, index) => {
    demand(
      (port === undefined) !== (when === undefined),
      "it announces a flow at no port, or at two",
      {
        path: ["announces", index],
        remedy: () => "say either `port` or `when`",
      },
    );
    for (const fact of [port, when, address]) {
      demand(
        fact === undefined || Object.hasOwn(inspects, fact),
        `it announces by "${fact}", which it does not inspect`,
        { path: ["announces", index], remedy: () => "declare it in `inspects`" },
      );
    }
  });
  for (const fact of Object.values(definition.exchange ?? {})) {
    demand(
      Object.hasOwn(inspects, fact),
      `its messages are paired by "${fact}", which it does not inspect`,
      { path: ["exchange"], remedy: () => "declare it in `inspects`" },
    );
  }
  const { key = [], response } = definition.transaction ?? {};
  for (const fact of [key, response].flat()) {
    demand(fact === undefined || fact in facts, `its transaction needs the fact "${fact}"`, {
      path: ["transaction"],
      remedy: () => "declare it in `facts`",
    });
  }
  for (const [signatureName, signature] of Object.entries(signatures)) {
    at(`${name}/${signatureName}`, () => {
      checkName(signatureName, ["signatures", signatureName]);
      checkSignature(signature, ["signatures", signatureName]);
      demand(!signature.implies?.includes(`${name}/${signatureName}`), "it implies itself", {
        path: ["signatures", signatureName, "implies"],
        remedy: () => "list signatures that match more than this one",
      });
    });
    const remembered = new Set<string>();
    for (const { role, script } of scriptsOf(signature)) {
      script.forEach((step, index) =>
        at(`${name}/${signatureName}, ${role} ${index + 1}`, () => {
          for (const pattern of all(step))
            if (pattern.kind === "remember") remembered.add(pattern.as);
          checkStep(step, definition);
        }),
      );
    }
    if (signature.watch) {
      at(`${name}/${signatureName}, watch`, () => checkStep(signature.watch!, definition));
    }
    for (const { script } of scriptsOf(signature)) {
      for (const pattern of script.flatMap((step) => [...all(step)])) {
        if (pattern.kind !== "repeats" && pattern.kind !== "advances") continue;
        at(`${name}/${signatureName}`, () =>
          demand(
            remembered.has(pattern.remembered),
            `"${pattern.remembered}" is compared but never remembered`,
            {
              pattern,
              remedy: (say) =>
                didYouMean(
                  pattern.remembered,
                  remembered,
                  `put ${say("remember", pattern.remembered)} into the message of this signature that says it first; each signature has a memory of its own`,
                ),
            },
          ),
        );
      }
    }
  }
}

/** A remedy, behind the name that was probably meant. */
function didYouMean(name: string, known: Iterable<string>, remedy: string): string {
  const near = nearest(name, known);
  return near === undefined ? remedy : `did you mean "${near}"? If not, ${remedy}`;
}

/** Its own name, or the full one of a fact of a protocol that this one carries. */
function checkFactName(key: string): void {
  demand(
    key.split(".").length <= 2 && key.split(".").every((part) => nameProblem(part) === undefined),
    `the fact "${key}" is not lower-case letters, digits and hyphens`,
    { path: ["facts", key], remedy: nameLike(key) },
  );
}

function checkSignature(signature: Signature, path: readonly string[]): void {
  const roles = scriptsOf(signature).map(({ role }) => role);
  demand(signature.over.length > 0, "it is over no transport, and can match nothing", {
    path: [...path, "over"],
    remedy: () => "name tcp, udp or sctp",
  });
  demand(roles.length > 0, "it has nothing to match", {
    path,
    remedy: () => "say what the `client` or the `server` says, or what is said `first`",
  });
  const isPeer = roles.includes("first");
  demand(isPeer || !roles.includes("reply"), "a reply needs what is said first", {
    path: [...path, "reply"],
    remedy: () => "add `first`, or call it `server`",
  });
  demand(
    !isPeer || !(roles.includes("client") || roles.includes("server")),
    "either client and server, or first and reply",
    { path, remedy: () => "use `first` and `reply` only where either side may begin" },
  );
  demand(!signature.both || roles.length === 2, "both sides can match only if both have a script", {
    path: [...path, "both"],
    remedy: () => "leave `both` out, or add the other side's script",
  });
  demand(
    !signature.told ||
      (roles.length === 2 && signature.server!.every(([first]) => first?.kind === "accept")),
    "what is only told are a server's steps behind those of a client, each behind `accept`",
    { path: [...path, "told"], remedy: () => "leave `told` out, or begin with `accept`" },
  );
  demand(
    !signature.again ||
      (![signature.over].flat().includes("tcp") &&
        scriptsOf(signature).some(({ script }) => script.length > 1)),
    "a first step is said again only of datagrams, and between others",
    { path: [...path, "again"], remedy: () => "leave `again` out" },
  );
  demand(
    signature.watch?.every(({ kind }) => kind !== "dissect") ?? true,
    "what is watched is not dissected",
    { path: [...path, "watch"], remedy: () => "dissect in a step of a script" },
  );
  for (const { role, script } of scriptsOf(signature)) checkScript(role, script, [...path, role]);
}

function checkScript(role: string, script: Script, path: readonly string[]): void {
  demand(script.length > 0 && script.length <= 255, `the script of ${role} needs 1 … 255 steps`, {
    path,
    remedy: (say) => `a script is a list of steps, each ${say("step", "…")}`,
  });
}

function checkStep(step: Sequence, definition: Definition): void {
  const facts = readFacts(definition);
  demand([...all(step)].length <= STEP_MAX, "a step is too long", {
    remedy: () => `at most ${STEP_MAX} patterns`,
  });
  demand(step.length > 0, "an empty step matches everything", {
    remedy: () => "put into it what the message begins with",
  });
  const accepts = [...all(step)].filter(({ kind }) => kind === "accept");
  const onTop = step.filter(({ kind }) => kind === "accept");
  demand(accepts.length === onTop.length, "accept stands only at the top of a step", {
    pattern: accepts.find((pattern) => !onTop.includes(pattern)) ?? accepts[0],
    remedy: () => "take it out of what surrounds it",
  });
  const dissects = [...all(step)].filter(({ kind }) => kind === "dissect");
  demand(
    dissects.every((each) => step.includes(each)),
    "dissect stands only at the top of a step",
    {
      pattern: dissects.find((pattern) => !step.includes(pattern)),
      remedy: () => "take it out of what surrounds it",
    },
  );
  demand(dissects.length <= 1, "a step is dissected once", {
    pattern: dissects[1],
    remedy: () => "keep one",
  });
  demand(accepts.length <= 1, "a step is accepted once", {
    pattern: accepts[1],
    remedy: () => "keep the one behind the last thing that must be there",
  });
  checkFields(step, new Set());
  checkRegisters(step);
  checkLoops(step, 1);
  for (const pattern of all(step)) {
    checkPattern(pattern);
    if (pattern.kind === "capture" || pattern.kind === "report") {
      const { fact: name } = pattern;
      const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
      demand(fact !== undefined, `the fact "${name}" is not declared`, {
        pattern,
        remedy: (say) =>
          didYouMean(
            name,
            Object.keys(facts),
            `add to \`facts\`: ${name}: ${say(pattern.kind === "report" ? "numberFact" : "textFact", "D5")}`,
          ),
      });
      demand(
        (fact.type === "number") === (pattern.kind === "report"),
        `the fact "${name}" is ${fact.type}`,
        {
          pattern,
          remedy: (say) =>
            fact.type === "number"
              ? `${say("report", name)} reports a field; text is declared with ${say("textFact", "D5")}`
              : `capture it around the words that take it, or declare it with ${say("numberFact", "D5")}`,
        },
      );
    }
  }
}

/** Patterns of a step, with those inside them. */
const STEP_MAX = 1000;

/** The names of fields that a sequence reads or makes. */
const fieldsOf = (sequence: Sequence): string[] =>
  [...all(sequence)].flatMap((pattern) =>
    (pattern.kind === "number" || pattern.kind === "run" || pattern.kind === "derive") &&
    pattern.field !== undefined
      ? [pattern.field]
      : [],
  );

function checkRegisters(step: Sequence): void {
  demand(
    new Set(fieldsOf(step)).size <= REGISTERS,
    `a step needs more than ${REGISTERS} registers`,
    { remedy: () => "give fields that are done with the same name again, or read less" },
  );
}

/** Most rounds that counted loops may go through, one in the other: the engine stops long before. */
const ROUNDS_MAX = 65534;

function checkLoops(sequence: Sequence, around: number): void {
  for (const pattern of sequence) {
    const rounds = around * (pattern.kind === "times" ? Math.max(1, pattern.most) : 1);
    demand(rounds <= ROUNDS_MAX, `loops in loops go round up to ${rounds} times`, {
      pattern,
      remedy: () => `say fewer: ${ROUNDS_MAX} together at most`,
    });
    for (const body of inner(pattern)) checkLoops(body, rounds);
  }
}

/** Every field is read before it is used, on every way that leads there. Returns those known afterwards. */
function checkFields(sequence: Sequence, known: ReadonlySet<string>): Set<string> {
  const fields = new Set(known);
  for (const pattern of sequence) {
    const use = (name: string | undefined) =>
      demand(
        name === undefined || fields.has(name),
        `the field "${name}" is used before it is read`,
        {
          pattern,
          remedy: (say) => didYouMean(name ?? "", fields, readBefore(pattern, name ?? "")(say)),
        },
      );
    switch (pattern.kind) {
      case "run":
      case "number":
        if (pattern.field !== undefined) fields.add(pattern.field);
        break;
      case "skip":
        if (typeof pattern.bytes === "string") use(pattern.bytes);
        break;
      case "derive":
        for (const name of [pattern.source, pattern.more, pattern.less]) use(name);
        demand(
          pattern.field === pattern.source ||
            (pattern.field !== pattern.more && pattern.field !== pattern.less),
          `"${pattern.field}" cannot be derived from itself that way`,
          { pattern, remedy: () => "give the new field a name of its own" },
        );
        fields.add(pattern.field);
        break;
      case "equal":
        use(pattern.left);
        use(pattern.right);
        break;
      case "check":
      case "remains":
      case "report":
      case "remember":
      case "repeats":
      case "advances":
        use(pattern.field);
        break;
      case "within":
        use(pattern.field);
        for (const name of checkFields(pattern.body, fields)) fields.add(name);
        break;
      case "capture":
      case "capped":
      case "after-lines":
        for (const name of checkFields(pattern.body, fields)) fields.add(name);
        break;
      case "times":
        use(pattern.count);
        checkFields(pattern.body, fields);
        break;
      case "repeat": {
        const inside = checkFields(pattern.body, fields);
        if (pattern.min > 0) for (const name of inside) fields.add(name);
        break;
      }
      case "not":
        checkFields(pattern.body, fields);
        break;
      case "either": {
        const ways = pattern.alternatives.map((each) => checkFields(each, fields));
        for (const name of ways[0] ?? []) {
          if (ways.every((way) => way.has(name))) fields.add(name);
        }
        break;
      }
    }
  }
  return fields;
}

/** The word that uses a field, and one that would read it. */
const readBefore =
  (pattern: Pattern, name: string) =>
  (say: Say): string =>
    `put ${say(pattern.kind === "report" ? "u8" : "u16", name)} (as wide as it is) before ${say(pattern.kind === "within" ? (pattern.loose ? "inside" : "within") : pattern.kind, name)}, on every way that leads there`;

const COUNT_MAX = 65534;
/** Longest number of bytes that a pattern may ask for: no message is longer. */
const BYTES_MAX = 65535;

const isCount = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

const minMax = (what: string, { min, max }: { min: number; max: number }): string =>
  min > max ? `${what}'s min is above its max` : `${what} cannot go from ${min} to ${max}`;

function checkPattern(pattern: Pattern): void {
  if (pattern.kind === "dissect") {
    demand(
      Object.hasOwn(DISSECTORS, pattern.dissector),
      `there is no dissector "${pattern.dissector}"`,
      { pattern, remedy: () => `one of ${Object.keys(DISSECTORS).join(", ")}` },
    );
  }
  const say = (holds: boolean, problem: string, remedy: string) =>
    demand(holds, problem, { pattern, remedy: () => remedy });
  switch (pattern.kind) {
    case "literal":
      say(pattern.text !== "", "an empty text matches everything", "leave it out");
      say(pattern.text.length <= 255, "a text has 255 bytes at most", "split it");
      say(
        ![...pattern.text].some((each) => each.charCodeAt(0) > 255),
        `"${pattern.text}" holds a character that is not one byte`,
        "write its bytes with hex",
      );
      break;
    case "byte":
      say(pattern.set.length > 0, "an empty set matches nothing", "say which bytes");
      break;
    case "run":
      say(pattern.set.length > 0, "an empty set matches nothing", "say which bytes");
      say(
        isCount(pattern.min, 0, BYTES_MAX) &&
          isCount(pattern.max, 1, BYTES_MAX) &&
          pattern.min <= pattern.max,
        minMax("a run", pattern),
        `0 ≤ min ≤ max ≤ ${BYTES_MAX}; without them it takes 1 … 255 bytes`,
      );
      break;
    case "few":
      say(
        isCount(pattern.of, 1, 255) && isCount(pattern.most, 0, pattern.of - 1),
        "a few of more than that",
        "most is less than of, and of is 255 at most",
      );
      break;
    case "skip":
      say(
        typeof pattern.bytes === "string" || isCount(pattern.bytes, 0, BYTES_MAX),
        `${pattern.bytes} bytes cannot be skipped`,
        `skip 0 … ${BYTES_MAX}, or as many as a field says`,
      );
      break;
    case "number":
      checkWhere(pattern, pattern.width);
      break;
    case "room":
    case "check":
      checkWhere(pattern, 4);
      break;
    case "derive":
      say(
        [pattern.and, pattern.shift, pattern.times].every((each) => isCount(each, 0, 0xffffffff)) &&
          Number.isInteger(pattern.plus) &&
          Math.abs(pattern.plus) <= 0xffffffff,
        "a field is derived with whole numbers of 32 bits",
        "((from & and) >>> shift) * times + plus",
      );
      break;
    case "either":
      checkAlternatives(pattern);
      break;
    case "repeat":
      say(
        isCount(pattern.min, 0, COUNT_MAX) &&
          isCount(pattern.max, 1, COUNT_MAX) &&
          pattern.min <= pattern.max,
        minMax("a repeat", pattern),
        `0 ≤ min ≤ max ≤ ${COUNT_MAX}`,
      );
      say(
        pattern.body.length === 0 || shortest(pattern.body) > 0,
        "what is repeated may take no bytes, and would be found again and again in one place",
        "make one of its words take a byte in any case",
      );
      break;
    case "times":
    case "after-lines":
      say(
        isCount(pattern.most, 0, COUNT_MAX),
        `at most ${COUNT_MAX} times`,
        "say how many there can be in a real message",
      );
      break;
    case "advances":
      say(
        isCount(pattern.most, 1, 65535),
        "a 16-bit field advances by 1 … 65535",
        "say how far two messages in a row are apart",
      );
      break;
    case "until":
      say(
        isCount(pattern.byte, 0, 255),
        "until needs one character that is one byte",
        'for example "\\n"',
      );
      say(
        isCount(pattern.most, 1, BYTES_MAX),
        `nothing can be found within ${pattern.most} bytes`,
        `say within how many it comes, 1 … ${BYTES_MAX}`,
      );
      break;
    case "capped":
      say(
        pattern.bits >= 0 && Number.isFinite(pattern.bits),
        "evidence is capped at a number of bits",
        "20 is less than any name needs",
      );
      break;
  }
  for (const body of inner(pattern)) {
    demand(
      body.length > 0 || pattern.kind === "either",
      `${pattern.kind} needs something to match`,
      {
        pattern,
        remedy: () => "put words into it",
      },
    );
  }
}

function checkWhere(pattern: PatternOf<"number" | "room" | "check">, width: number): void {
  const { ranges, mask, bits } = pattern.where;
  const most = 256 ** width - 1;
  const wrong = ranges
    .flat()
    .concat(mask, bits)
    .find((each) => !isCount(each, 0, most));
  demand(wrong === undefined, `${wrong} is no number of ${width} byte${width === 1 ? "" : "s"}`, {
    pattern,
    remedy: () => `whole numbers from 0 to ${most}`,
  });
  demand((bits & ~mask) === 0, "a condition that no number meets", {
    pattern,
    remedy: () => "all bits that are asked for must be in the mask",
  });
  demand(ranges.length > 0, "a condition that no number meets", {
    pattern,
    remedy: () => "the least must not be above the greatest, and what is `in` lies between them",
  });
}

/** The first alternative that matches stays: one that is the beginning of a later one would hide it. */
function checkAlternatives(pattern: PatternOf<"either">): void {
  const { alternatives } = pattern;
  demand(alternatives.length > 0, "either needs something to choose from", {
    pattern,
    remedy: () => "list the alternatives",
  });
  const texts: string[] = [];
  for (const [index, sequence] of alternatives.entries()) {
    demand(
      sequence.length > 0 || index === alternatives.length - 1,
      "behind an empty alternative no other is tried",
      { pattern, remedy: () => "put it last" },
    );
    const [only, ...others] = sequence;
    if (only?.kind !== "literal") continue;
    const text = only.nocase ? only.text.toLowerCase() : only.text;
    const hiding = texts.find((earlier) => text.startsWith(earlier));
    demand(
      hiding === undefined,
      `${sayText(hiding ?? "")} hides ${sayText(only.text)}, put the longer one first`,
      { pattern: only },
    );
    if (others.length === 0) texts.push(text);
  }
}
