/**
 * `npm run new -- mqtt --family messaging [--title "MQTT"]`: writes a protocol file to fill in and a lab
 * scenario beside it, and says what to do next.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nameProblem } from "../src/language/check.js";
import { nearest, suggestion } from "../src/policy/suggest.js";
import { families, fileOf, FORMATS, protocolPaths } from "./protocols.js";
import { registration, scenario, template } from "./template.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const USAGE = `npm run new -- NAME --family FAMILY [--title TITLE]

  npm run new -- mqtt --family messaging
  npm run new -- coap --family infrastructure --title "Constrained Application Protocol"

NAME is the protocol's name in lower case, IANA's service name where there is one.`;

const OPTIONS = ["family", "title"] as const;

class Refusal extends Error {}

function create(): string {
  const { values, positionals } = readArguments();
  const [name, another] = positionals;
  if (name === undefined) throw new Refusal(USAGE);
  if (another !== undefined) {
    throw new Refusal(
      `"${another}" stands beside "${name}"; did you mean: npm run new -- ${name} --family ${another}\n(npm takes --family for itself where no -- stands before the name)`,
    );
  }
  const wrong = nameProblem(name);
  if (wrong) throw new Refusal(`"${name}": ${wrong.problem}; ${wrong.remedy}`);
  const paths = protocolPaths();
  const existing = paths.find((path) => path.split("/").at(-1) === name);
  if (existing !== undefined) {
    throw new Refusal(
      `${name} is there: ${fileOf({ path: existing })}; add a signature to it, or choose another name, such as ${name}-2`,
    );
  }
  const known = families();
  const { family } = values;
  if (family === undefined) {
    throw new Refusal(`which family? Add --family and one of ${known.join(", ")}, or a new one`);
  }
  if (family === FORMATS) {
    throw new Refusal(
      `"${FORMATS}" holds what several protocols have in common; families are ${known.join(", ")}`,
    );
  }
  const wrongFamily = nameProblem(family);
  if (wrongFamily) {
    throw new Refusal(
      `the family "${family}": ${wrongFamily.problem}; there are ${known.join(", ")}`,
    );
  }
  const like = known.includes(family) ? undefined : nearest(family, known);
  if (like !== undefined) {
    throw new Refusal(
      `there is no family "${family}"; did you mean "${like}"? There are ${known.join(", ")}`,
    );
  }
  const title = values.title ?? (registration(name).title || "TODO: its full name");
  const file = fileOf({ path: `${family}/${name}` });
  const lab = `lab/scenarios/${name}.ts`;
  const written = [write(file, template(name, family, title)), write(lab, scenario(name))];
  return `${written.join("\n")}

Next:
  1. fill in ${file}: every TODO
  2. npm run try -- ${name}                 its samples, its bits, its collisions, in seconds
     npm run try -- ${name} capture.pcap    and what it names in a capture
  3. npm run build                        its id, the tables, the command
  4. npm test -- test/protocols -t ${name}   its samples, through every engine
  5. npm run format && npm run lint && npm run typecheck
  6. fill in ${lab}, and npm run lab -- ${name}`;
}

function readArguments() {
  try {
    return parseArgs({
      options: Object.fromEntries(OPTIONS.map((name) => [name, { type: "string" as const }])),
      allowPositionals: true,
    });
  } catch (error) {
    throw new Refusal(wrongOption(error as Error) + USAGE);
  }
}

function wrongOption({ message }: Error): string {
  const [, given] = /--?([\w-]+)/.exec(message) ?? [];
  if (given === undefined || given === "help") return "";
  const isKnown = OPTIONS.some((each) => each === given);
  const what = isKnown ? `--${given} needs a value` : `there is no option --${given}`;
  return `${what}${isKnown ? "" : suggestion(given, OPTIONS)}\n\n`;
}

/** @returns what was done */
function write(path: string, text: string): string {
  if (existsSync(path)) return `kept   ${path}, which was there`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return `wrote  ${path}`;
}

try {
  console.log(create());
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
