import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Bench, type Scenario } from "./scenario.js";

const tools = [
  "iproute2",
  "util-linux",
  "procps",
  "passwd",
  "tcpdump",
  "tshark",
  "wireshark-common",
  "ethtool",
  "openssl",
];
const folder = join(import.meta.dirname, "scenarios");
const names = readdirSync(folder)
  .filter((f) => f.endsWith(".ts"))
  .map((f) => f.slice(0, -3))
  .sort();
const parts = process.argv.slice(2).map((word) => word.split("/"));
const wanted = [...new Set(parts.map(([name]) => name!))];
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0)
  fail(`no such scenario: ${unknown.join(", ")}; there are: ${names.join(", ")}`);
if (process.getuid?.() !== 0)
  fail("the lab makes network namespaces and installs servers: run it as root on a Debian machine");

function fail(text: string): never {
  console.error(text);
  process.exit(2);
}

function installed(name: string): boolean {
  try {
    return (
      execFileSync("dpkg-query", ["-W", "-f", "${db:Status-Status}", name], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }) === "installed"
    );
  } catch {
    return false;
  }
}

let updated = false;
function install(packages: string[]): void {
  const missing = packages.filter((name) => !installed(name));
  if (missing.length === 0) return;
  const apt = (...args: string[]) =>
    execFileSync("flock", ["/run/lock/clairvoie-lab", "apt-get", "-qq", ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "pipe"],
    });
  // Debian starts a server when it is installed; here servers run inside the lab only.
  const policy = "/usr/sbin/policy-rc.d";
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    if (!updated) apt("update");
    updated = true;
    apt("install", "-y", "--no-install-recommends", ...missing);
  } finally {
    if (ours) rmSync(policy);
  }
}

install(tools);
const failures: string[] = [];
for (const name of wanted.length > 0 ? wanted : names) {
  console.log(name);
  const scenario = ((await import(`./scenarios/${name}.ts`)) as { default: Scenario }).default;
  const bench = new Bench(
    scenario,
    parts.flatMap(([word, part]) => (word === name && part ? [part] : [])),
  );
  await bench.attempt("start", async () => {
    install(scenario.packages);
    await scenario.run(bench);
  });
  failures.push(...bench.failures);
}
for (const failure of failures) console.log(`not recorded: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
