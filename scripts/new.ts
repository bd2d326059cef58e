/**
 * `npm run new -- mqtt [--family messaging] [--title "MQTT"]`: writes a protocol file to fill in and a lab
 * scenario beside it, and says what to do next.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nameProblem } from "../src/language/check.js";
import { nearest } from "../src/policy/suggest.js";
import { fileOf, protocolPaths } from "./protocols.js";
import { registration, scenario, template } from "./template.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const USAGE = `npm run new -- NAME [--family FAMILY] [--title TITLE]

  npm run new -- mqtt --family messaging
  npm run new -- coap --family infrastructure --title "Constrained Application Protocol"

NAME is the protocol's name in lower case, IANA's service name where there is one.`;

class Refusal extends Error {}

function create(): string {
  const { values, positionals } = readArguments();
  const [name, another] = positionals;
  if (name === undefined || another !== undefined) throw new Refusal(USAGE);
  const wrong = nameProblem(name);
  if (wrong) throw new Refusal(`"${name}": ${wrong.problem}; ${wrong.remedy}`);
  const paths = protocolPaths();
  const existing = paths.find((path) => path.split("/").at(-1) === name);
  if (existing !== undefined) {
    throw new Refusal(
      `${name} is there: ${fileOf({ path: existing })}; add a signature to it, or choose another name, such as ${name}-2`,
    );
  }
  const families = readdirSync("src/protocols", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const family = values.family ?? "unsorted";
  const wrongFamily = nameProblem(family);
  if (wrongFamily) {
    throw new Refusal(
      `the family "${family}": ${wrongFamily.problem}; there are ${families.join(", ")}`,
    );
  }
  const like = families.includes(family) ? undefined : nearest(family, families);
  if (like !== undefined) {
    throw new Refusal(
      `there is no family "${family}"; did you mean "${like}"? There are ${families.join(", ")}`,
    );
  }
  const title = values.title ?? (registration(name).title || name.toUpperCase());
  const file = fileOf({ path: `${family}/${name}` });
  const lab = `lab/scenarios/${name}.ts`;
  const written = [write(file, template(name, family, title)), write(lab, scenario(name))];
  return `${written.join("\n")}

Next:
  1. fill in ${file}: every TODO
  2. npm run try -- ${name}                 its samples, its bits, its collisions, in seconds
     npm run try -- ${name} capture.pcap    and what it names in a capture
  3. npm run generate                     its id, and the tables
  4. npm test -- protocols                all samples, through every engine
  5. fill in ${lab}, and npm run lab -- ${name}
${values.family === undefined ? `\nIt is in the family "unsorted"; there are ${families.join(", ")}. Move it when you know.\n` : ""}`;
}

function readArguments() {
  try {
    return parseArgs({
      options: { family: { type: "string" }, title: { type: "string" } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Refusal(`${(error as Error).message}\n\n${USAGE}`);
  }
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
