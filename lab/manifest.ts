import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { conversations, shapeOf, type Conversation } from "./capture.js";
import {
  type Facts,
  type Fixture,
  fixtures,
  type Flow,
  manifestOf,
  readManifest,
} from "./fixtures.js";

/** What we started: every conversation with this port (and, where said, these ends) carries this protocol. */
export interface Truth {
  protocol: string | null;
  transport: "tcp" | "udp" | "sctp";
  /** The server's port, or the first and last of a range. */
  port?: number | [number, number];
  server?: string;
  client?: string;
  clientPort?: number;
  facts?: Facts;
  transactions?: readonly string[];
}

export function versionOf(name: string): string {
  if (/^[a-z0-9+.-]+ \d/.test(name)) return name;
  const version = execFileSync("dpkg-query", ["-W", "-f", "${Version}", name], {
    encoding: "utf8",
  });
  const upstream = version
    .replace(/^\d+:/, "")
    .replace(/-[^-]*$/, "")
    .replace(/[+~](dfsg|ds)[\w.~+]*$/, "");
  return `${name.replace(/-(light|server|client|daemon|bin|utils|clients|core|15|switch|imapd|pop3d)$/, "")} ${upstream}`;
}

const portMatches = (wanted: Truth["port"], port: number | null) =>
  wanted === undefined ||
  (port !== null &&
    (Array.isArray(wanted) ? port >= wanted[0] && port <= wanted[1] : port === wanted));

function label(c: Conversation, truths: Truth[]): Flow {
  const flow = (
    swap: boolean,
    protocol: string | null,
    { facts, transactions }: Partial<Truth> = {},
  ): Flow => {
    const [client, clientPort, server, serverPort] = swap
      ? [c.b, c.bPort, c.a, c.aPort]
      : [c.a, c.aPort, c.b, c.bPort];
    return {
      transport: c.transport,
      client,
      ...(clientPort !== null && { clientPort }),
      server,
      ...(serverPort !== null && { serverPort }),
      ...(c.vlans.length > 0 && { vlans: c.vlans }),
      packets: c.packets,
      ...((c.transport === "tcp" || c.transport === "udp") && { payload: c.payload }),
      protocol,
      ...(facts && { facts }),
      ...(transactions && { transactions }),
    };
  };
  if (c.aPort === null) return flow(false, c.transport);
  for (const truth of truths) {
    if (truth.transport !== c.transport) continue;
    for (const swap of c.opened ? [false] : [false, true]) {
      const [client, clientPort, server, serverPort] = swap
        ? [c.b, c.bPort, c.a, c.aPort]
        : [c.a, c.aPort, c.b, c.bPort];
      if (!portMatches(truth.port, serverPort)) continue;
      if (truth.server !== undefined && truth.server !== server) continue;
      if (truth.client !== undefined && truth.client !== client) continue;
      if (truth.clientPort !== undefined && truth.clientPort !== clientPort) continue;
      return c.payload > 0 ? flow(swap, truth.protocol, truth) : flow(swap, null);
    }
  }
  console.warn(
    `  no truth for ${c.transport} ${c.a}:${c.aPort} ${c.b}:${c.bPort} (${c.packets} packets)`,
  );
  return flow(false, null);
}

export interface Description {
  file: string;
  what: string;
  software: string[];
  command: string[];
  snap?: number;
  flows: Truth[];
}

export function describe(d: Description, path: string): Fixture {
  const data = readFileSync(path);
  const shape = shapeOf(path);
  return {
    file: d.file,
    what: d.what,
    software: [...new Set(d.software.map(versionOf))],
    recorded: new Date().toISOString().slice(0, 10),
    command: d.command,
    linkType: [...new Set(shape.linkTypes)].join(","),
    format: shape.format,
    ...(shape.gzip && { gzip: true as const }),
    ...(d.snap !== undefined && { snap: d.snap }),
    sha256: createHash("sha256").update(data).digest("hex"),
    bytes: data.length,
    flows: conversations(path).map((c) => label(c, d.flows)),
  };
}

/** Put one fixture into its manifest; one line for each flow keeps the file readable and its differences small. */
export function enter(fixture: Fixture): void {
  const others = readManifest(fixture.file).filter(
    ({ file }) => file !== fixture.file && existsSync(join(fixtures, file)),
  );
  writeManifest(manifestOf(fixture.file), [...others, fixture]);
}

function writeManifest(path: string, all: Fixture[]): void {
  all.sort((a, b) => (a.file < b.file ? -1 : 1));
  const text = JSON.stringify(
    {
      fixtures: all.map((f) => ({
        ...f,
        command: f.command,
        flows: f.flows.map((flow) => `\u0001${JSON.stringify(flow)}\u0001`),
      })),
    },
    null,
    2,
  );
  writeFileSync(
    path,
    text.replace(
      /"\\u0001(.*)\\u0001"/g,
      (_, inner: string) => JSON.parse(`"${inner}"`) as string,
    ) + "\n",
  );
}
