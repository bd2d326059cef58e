/** The fixtures and what is known of them: `fixtures/<folder>/manifest.json`, beside the captures. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export const fixtures = join(import.meta.dirname, "..", "fixtures");

export type Facts = Record<string, string | number | boolean>;

export interface Flow {
  transport: string;
  client: string;
  clientPort?: number;
  server: string;
  serverPort?: number;
  vlans?: number[];
  packets: number;
  /** Bytes that TCP or UDP carried. */
  payload?: number;
  /** Null where the truth is not known, or where a connection carried nothing that could tell it. */
  protocol: string | null;
  facts?: Facts;
  /** Requests that were sent, in order, with the status of their answers: `GET / 200`. */
  transactions?: readonly string[];
}

export interface Fixture {
  file: string;
  what: string;
  software: string[];
  recorded: string;
  command: string[];
  linkType: string;
  format: string;
  gzip?: true;
  snap?: number;
  sha256: string;
  bytes: number;
  flows: Flow[];
}

/** The manifest of a capture stands beside it: what records another protocol touches another file. */
export const manifestOf = (file: string): string => join(fixtures, dirname(file), "manifest.json");

/** The fixtures of one folder (that of `file`), or all, by file name. */
export function readManifest(file?: string): Fixture[] {
  const paths =
    file === undefined
      ? readdirSync(fixtures, { recursive: true, encoding: "utf8" })
          .filter((path) => basename(path) === "manifest.json")
          .map((path) => join(fixtures, path))
      : [manifestOf(file)].filter(existsSync);
  return paths
    .flatMap((path) => (JSON.parse(readFileSync(path, "utf8")) as { fixtures: Fixture[] }).fixtures)
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/**
 * A key of both ends that does not depend on their order, so that truth and record meet whoever is
 * called client. Ports count where the transport has them.
 */
export function endsKey(
  transport: string,
  [a, aPort]: readonly [string, number | null | undefined],
  [b, bPort]: readonly [string, number | null | undefined],
): string {
  const isPorted = transport === "tcp" || transport === "udp";
  const both = [`${a}#${(isPorted && aPort) || 0}`, `${b}#${(isPorted && bPort) || 0}`];
  return [transport, ...both.sort()].join(" ");
}

export const keyOfTruth = (flow: Flow): string =>
  endsKey(flow.transport, [flow.client, flow.clientPort], [flow.server, flow.serverPort]);
