/** What a definition must obey so that it can be compiled. Problems are told by the definition's name. */
import type { Definition, Script, Signature } from "./definition.js";
import { all, inner, type Pattern, type Sequence } from "./pattern.js";

/** A protocol definition that cannot be compiled, and why. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";
  constructor(
    /** `ssh`, `ssh/banner`, or `ssh/banner, server 1`. */
    readonly where: string,
    readonly problem: string,
  ) {
    super(`${where}: ${problem}`);
  }
}

/** Runs `work`, and names the place in what it throws. */
export function at<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new DefinitionError(where, error.message);
    throw error;
  }
}

function demand(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new RangeError(problem);
}

/** The scripts of a signature, each with the role of who says it. */
export const scriptsOf = (signature: Signature) =>
  (["client", "server", "first", "reply"] as const).flatMap((role) => {
    const script = signature[role];
    return script ? [{ role, script }] : [];
  });

export function checkAll(definitions: readonly Definition[]): void {
  const names = new Set<string>();
  const signatureNames = new Set<string>();
  for (const definition of definitions) {
    const { name } = definition;
    at(name, () => {
      demand(!names.has(name), "another protocol has this name");
      checkDefinition(definition);
    });
    names.add(name);
    for (const key of Object.keys(definition.signatures ?? {}))
      signatureNames.add(`${name}/${key}`);
  }
  for (const { name, refines, signatures = {} } of definitions) {
    at(name, () => {
      demand(!refines || names.has(refines.protocol), `refines "${refines?.protocol}": unknown`);
      for (const { implies = [] } of Object.values(signatures)) {
        for (const implied of implies) {
          demand(signatureNames.has(implied), `implies "${implied}": unknown`);
        }
      }
    });
  }
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const FACT_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function checkDefinition(definition: Definition): void {
  const { name, title, category, source, ports = {}, signatures = {}, facts = {} } = definition;
  demand(NAME.test(name), "a name is lower-case letters, digits and hyphens");
  demand(title !== "" && category !== "" && source !== "", "title, category and source are needed");
  for (const port of [ports.tcp, ports.udp, ports.sctp].flatMap((each) => each ?? [])) {
    demand(Number.isInteger(port) && port > 0 && port <= 65535, `${port} is no port`);
  }
  for (const [key, { most, bound }] of Object.entries(facts)) {
    demand(FACT_NAME.test(key), `the fact "${key}" is not lower-case letters, digits and hyphens`);
    demand(most >= 1 && bound >= 1, `the fact "${key}" has no room for a value`);
  }
  const { key, response } = definition.transaction ?? {};
  for (const fact of [key, response]) {
    demand(fact === undefined || fact in facts, `its transaction needs the fact "${fact}"`);
  }
  for (const [signatureName, signature] of Object.entries(signatures)) {
    at(`${name}/${signatureName}`, () => {
      demand(NAME.test(signatureName), "a name is lower-case letters, digits and hyphens");
      checkSignature(signature);
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
          ),
        );
      }
    }
  }
}

function checkSignature(signature: Signature): void {
  const roles = scriptsOf(signature).map(({ role }) => role);
  demand(roles.length > 0, "it has nothing to match");
  const isPeer = roles.includes("first");
  demand(isPeer || !roles.includes("reply"), "a reply needs what is said first");
  demand(
    !isPeer || !(roles.includes("client") || roles.includes("server")),
    "either client and server, or first and reply",
  );
  demand(!signature.both || roles.length === 2, "both sides can match only if both have a script");
  for (const { role, script } of scriptsOf(signature)) checkScript(role, script);
}

function checkScript(role: string, script: Script): void {
  demand(script.length > 0 && script.length <= 255, `the script of ${role} needs 1 … 255 steps`);
}

function checkStep(step: Sequence, { facts = {} }: Definition): void {
  demand(step.length > 0, "an empty step matches everything");
  const accepts = [...all(step)].filter(({ kind }) => kind === "accept");
  const onTop = step.filter(({ kind }) => kind === "accept");
  demand(accepts.length === onTop.length, "accept stands only at the top of a step");
  demand(accepts.length <= 1, "a step is accepted once");
  checkFields(step, new Set());
  for (const pattern of all(step)) {
    checkPattern(pattern);
    if (pattern.kind === "capture" || pattern.kind === "report") {
      const fact = facts[pattern.fact];
      demand(fact !== undefined, `the fact "${pattern.fact}" is not declared`);
      demand(
        (fact.type === "number") === (pattern.kind === "report"),
        `the fact "${pattern.fact}" is ${fact.type}: ${fact.type === "number" ? "report" : "capture"} it`,
      );
    }
  }
}

/** Every field is read before it is used, on every way that leads there. Returns those known afterwards. */
function checkFields(sequence: Sequence, known: ReadonlySet<string>): Set<string> {
  const fields = new Set(known);
  const use = (name: string | undefined) =>
    demand(name === undefined || fields.has(name), `the field "${name}" is used before it is read`);
  for (const pattern of sequence) {
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

const COUNT_MAX = 65534;

function checkPattern(pattern: Pattern): void {
  switch (pattern.kind) {
    case "literal":
      demand(pattern.text !== "", "an empty text matches everything");
      demand(pattern.text.length <= 255, "a text has 255 bytes at most");
      break;
    case "byte":
      demand(pattern.set.length > 0, "an empty set matches nothing");
      break;
    case "run":
      demand(pattern.set.length > 0, "an empty set matches nothing");
      demand(pattern.min >= 0 && pattern.min <= pattern.max, "a run's min is above its max");
      break;
    case "few":
      demand(pattern.most >= 0 && pattern.most < pattern.of, "a few of more than that");
      break;
    case "number":
    case "room":
    case "check": {
      const { ranges, mask, bits } = pattern.where;
      demand(ranges.length > 0 && (bits & ~mask) === 0, "a condition that no number meets");
      break;
    }
    case "either":
      checkAlternatives(pattern.alternatives);
      break;
    case "repeat":
      demand(pattern.min >= 0 && pattern.min <= pattern.max, "a repeat's min is above its max");
      demand(pattern.max > 0 && pattern.max <= COUNT_MAX, `at most ${COUNT_MAX} times`);
      break;
    case "times":
    case "after-lines":
      demand(pattern.most >= 0 && pattern.most <= COUNT_MAX, `at most ${COUNT_MAX} times`);
      break;
    case "advances":
      demand(pattern.most >= 1 && pattern.most <= 65535, "a 16-bit field advances by 1 … 65535");
      break;
    case "until":
      demand(pattern.most >= 1, "nothing can be found within no bytes");
      break;
  }
  for (const body of inner(pattern)) {
    demand(
      body.length > 0 || pattern.kind === "either",
      `${pattern.kind} needs something to match`,
    );
  }
}

/** The first alternative that matches stays: one that is the beginning of a later one would hide it. */
function checkAlternatives(alternatives: readonly Sequence[]): void {
  demand(alternatives.length > 0, "either needs something to choose from");
  const texts: string[] = [];
  for (const [index, sequence] of alternatives.entries()) {
    demand(
      sequence.length > 0 || index === alternatives.length - 1,
      "behind an empty alternative no other is tried",
    );
    const [only, ...others] = sequence;
    if (only?.kind !== "literal") continue;
    const text = only.nocase ? only.text.toLowerCase() : only.text;
    const hiding = texts.find((earlier) => text.startsWith(earlier));
    demand(hiding === undefined, `"${hiding}" hides "${only.text}", put the longer one first`);
    if (others.length === 0) texts.push(text);
  }
}
