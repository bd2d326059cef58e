/**
 * `npx tsx bench/tls-peers.ts DIRECTORY`: what the hellos of all captures in a directory say, by us and by tshark: JA3 and
 * JA3S, server names, application protocols. tshark is run as a program. Differences are listed, one a line, with the first
 * packet of the flow in which tshark saw it; `docs/tls-differences.md` judges them. Nothing of it runs in the tests.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { classify, openCapture } from "../src/node.js";
import type { FactValue } from "../src/record/index.js";

const directory = process.argv[2] ?? "captures";
const version = spawnSync("tshark", ["--version"], { encoding: "utf8" });
if (version.error) stop("tshark is not installed (Debian: apt-get install tshark)");
if (!existsSync(directory)) stop(`there is no directory ${directory}`);

function stop(why: string): never {
  console.log(`Nothing is compared: ${why}.`);
  process.exit(0);
}

/** Our fact, and the field of tshark that says the same of TLS (also within QUIC) and of DTLS. */
const COMPARED = [
  ["ja3", "tls.ja3", "tls.handshake.ja3", "dtls.handshake.ja3"],
  ["sni", "tls.sni", "tls.handshake.extensions_server_name"],
  ["alpn", "tls.alpn", "tls.handshake.extensions_alpn_str"],
  ["ja3s", "tls.ja3s", "tls.handshake.ja3s", "dtls.handshake.ja3s"],
] as const;

const ADDRESSES = ["ip.src", "ip.dst", "ipv6.src", "ipv6.dst"];
const PORTS = ["tcp.srcport", "tcp.dstport", "udp.srcport", "udp.dstport"];
const OWN = [
  ...COMPARED.flatMap(([, , ...fields]) => fields),
  "tls.handshake.type",
  "dtls.handshake.type",
];
const FIELDS = ["frame.number", ...ADDRESSES, ...PORTS, ...OWN];

/** What was seen of a flow: each value once, in order. */
interface Seen {
  packet: string;
  values: Map<string, string[]>;
}

const keyOf = (a: string, portA: string, b: string, portB: string) =>
  [`${a} ${portA}`, `${b} ${portB}`].sort().join(" – ");

const put = ({ values }: Seen, name: string, found: readonly string[]) => {
  const held = values.get(name) ?? [];
  for (const value of found) if (value !== "" && !held.includes(value)) held.push(value);
  values.set(name, held);
};

function bySharks(file: string): Map<string, Seen> {
  const output = execFileSync(
    "tshark",
    [
      ..."-n -T fields -E occurrence=a -E aggregator=| -r".split(" "),
      file,
      "-Y",
      "tls.handshake.type in {1, 2} or dtls.handshake.type in {1, 2}",
      ...FIELDS.flatMap((field) => ["-e", field]),
    ],
    { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "ignore"] },
  );
  const flows = new Map<string, Seen>();
  for (const line of output.split("\n").filter((each) => each !== "")) {
    const row = new Map(
      line.split("\t").map((value, index) => [FIELDS[index]!, value.split("|")] as const),
    );
    // Of nested headers the innermost.
    const last = (...names: string[]) =>
      names.map((name) => row.get(name)?.at(-1) ?? "").find((value) => value !== "") ?? "";
    const key = keyOf(
      last("ip.src", "ipv6.src"),
      last("tcp.srcport", "udp.srcport"),
      last("ip.dst", "ipv6.dst"),
      last("tcp.dstport", "udp.dstport"),
    );
    const seen = flows.get(key) ?? { packet: last("frame.number"), values: new Map() };
    flows.set(key, seen);
    for (const [name, , ...fields] of COMPARED) {
      for (const field of fields) put(seen, name, row.get(field) ?? []);
    }
  }
  return flows;
}

async function byUs(file: string): Promise<Map<string, Seen & { protocol: string }>> {
  const flows = new Map<string, Seen & { protocol: string }>();
  for await (const { client, server, facts, stack, protocol } of classify(openCapture(file))) {
    const key = keyOf(client.address, `${client.port}`, server.address, `${server.port}`);
    const seen = flows.get(key) ?? { packet: "", values: new Map(), protocol: "none" };
    flows.set(key, seen);
    if (protocol !== null) seen.protocol = stack.join("/");
    for (const [name, fact] of COMPARED) put(seen, name, listOf(facts[fact]));
  }
  return flows;
}

const listOf = (value: FactValue | undefined): string[] =>
  value === undefined ? [] : [value].flat().map(String);

console.log(`${version.stdout.split("\n", 1)[0]!}, ${directory}`);
const same: Record<string, number> = {};
let differing = 0;
for (const name of readdirSync(directory, { encoding: "utf8", recursive: true }).sort()) {
  if (!/\.(?:pcap|pcapng|cap)$/.test(name)) continue;
  const file = join(directory, name);
  let theirs: Map<string, Seen>;
  let ours: Awaited<ReturnType<typeof byUs>>;
  try {
    theirs = bySharks(file);
    if (theirs.size === 0) continue;
    ours = await byUs(file);
  } catch (error) {
    console.log(`${name}: ${String(error).split("\n", 1)[0]}`);
    continue;
  }
  for (const [key, seen] of theirs) {
    const own = ours.get(key);
    for (const [what] of COMPARED) {
      const [left, right] = [own?.values.get(what) ?? [], seen.values.get(what) ?? []];
      // The first of a flow's hellos is ours; tshark has them all.
      const isSame = left.every((value) => right.includes(value)) && left[0] === right[0];
      if (isSame) same[what] = (same[what] ?? 0) + 1;
      else {
        differing++;
        console.log(
          `${name} ${key} packet ${seen.packet} ${what} (${own?.protocol ?? "no flow"}): ` +
            `ours ${left.join(",") || "–"}, tshark ${right.join(",") || "–"}`,
        );
      }
    }
  }
}
console.log(
  `flows alike: ${Object.entries(same)
    .map(([what, count]) => `${what} ${count}`)
    .join(", ")}; values that differ: ${differing}`,
);
