// Reads every fixture again with Wireshark's dissectors and compares them with the manifest.
// The truth comes from what the lab started; this is a second opinion about it, and about the files' integrity.
import { createHash } from "node:crypto";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { conversations, largest } from "./capture.js";
import { fixtures, type Flow, readManifest } from "./fixtures.js";

const dissectors: Record<string, string> = {
  postgresql: "pgsql",
  memcached: "memcache",
  pop3: "pop",
  redis: "resp",
};
const fields: Record<string, string> = {
  "http.method": "http.request.method",
  "http.host": "http.host",
  "http.target": "http.request.uri",
  "http.status": "http.response.code",
  "tls.sni": "tls.handshake.extensions_server_name",
  "tls.alpn": "tls.handshake.extensions_alpn_str",
  "dns.name": "dns.qry.name",
  "ftp.user": "ftp.request.arg",
  "smtp.helo": "smtp.req.parameter",
  "smtp.from": "smtp.req.parameter",
  "smtp.to": "smtp.req.parameter",
  "syslog.host": "syslog.msg",
  "ntp.stratum": "ntp.stratum",
  "rtp.payload-type": "rtp.p_type",
  "quic.version": "quic.version",
  "ssh.software": "ssh.protocol",
};

/** Where Wireshark writes a value in other words. */
const wiresharkWords: Record<string, Record<string, string>> = {
  "quic.version": { "1": "0x00000001", "2 (draft)": "0x709a50c4" },
};

/** What can be asked for on a port of this transport: tshark lists it when it is asked for something else. */
function decodable(transport: string): Set<string> {
  const { stderr } = spawnSync("tshark", ["-d", `${transport}.port==1,?`], { encoding: "utf8" });
  return new Set(Array.from(stderr.matchAll(/^\t(\S+) \(/gm), ([, name]) => name!));
}
const onPorts = new Map(["tcp", "udp", "sctp"].map((each) => [each, decodable(each)]));
/** Names under which tshark can be told to recognise it by its looks: those that it does not refuse. */
const heuristics = new Map<string, string[]>();
function byLooks(name: string, transport: string, file: string): string[] {
  const known = heuristics.get(`${name}_${transport}`);
  if (known !== undefined) return known;
  const taken = [name, `${name}_${transport}`].filter(
    (each) => spawnSync("tshark", ["-r", file, "-c", "1", "--enable-heuristic", each]).status === 0,
  );
  heuristics.set(`${name}_${transport}`, taken);
  return taken;
}

type Packet = { ends: string; protocols: string[]; values: Record<string, string> };

const key = (...ends: string[]) => ends.sort().join(" ");

/** Each packet's two ends, what Wireshark sees in it, and the fields that the facts are compared with. */
function dissect(file: string, flows: Flow[]): Packet[] {
  const asked = flows
    .filter((f) => f.protocol && f.serverPort && f.payload !== 0)
    .filter((f) => !["ftp-data", "sctp", "tftp", "quic"].includes(f.protocol!))
    .map((f) => ({ ...f, name: dissectors[f.protocol!] ?? f.protocol! }));
  const isOnPort = ({ transport, name }: (typeof asked)[number]) =>
    onPorts.get(transport)?.has(name);
  const decode = asked
    .filter(isOnPort)
    .map((f) => `${f.transport}.port==${f.serverPort},${f.name}`);
  const looked = asked
    .filter((f) => !isOnPort(f))
    .flatMap((f) => byLooks(f.name, f.transport, file));
  const where = ["ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "tcp.srcport", "tcp.dstport"];
  where.push("udp.srcport", "udp.dstport", "sctp.srcport", "sctp.dstport");
  const names = [...new Set(Object.values(fields))];
  const columns = ["frame.protocols", ...where, ...names].flatMap((name) => ["-e", name]);
  const text = execFileSync(
    "tshark",
    [
      "-n",
      "-r",
      file,
      ...[...new Set(decode)].flatMap((d) => ["-d", d]),
      ...[...new Set(looked)].flatMap((name) => ["--enable-heuristic", name]),
      "-T",
      "fields",
      ...columns,
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 60_000, maxBuffer: 1 << 26 },
  );
  return text.split("\n").map((line) => {
    const cells = line.split("\t");
    const pick = (...at: number[]) => at.map((n) => cells[n]?.split(",")[0]).find((v) => v) ?? "";
    return {
      ends: key(`${pick(1, 3)} ${pick(5, 7, 9)}`, `${pick(2, 4)} ${pick(6, 8, 10)}`),
      protocols: cells[0]!.split(":"),
      values: Object.fromEntries(names.map((name, n) => [name, cells[11 + n] ?? ""])),
    };
  });
}

const problems: string[] = [];
const manifest = readManifest();
let flows = 0;
let facts = 0;
for (const fixture of manifest) {
  const file = join(fixtures, fixture.file);
  const data = readFileSync(file);
  const problem = (text: string) => problems.push(`${fixture.file}: ${text}`);
  if (data.length > largest) problem(`${data.length} bytes`);
  if (createHash("sha256").update(data).digest("hex") !== fixture.sha256)
    problem("another SHA-256");
  if (conversations(file).length !== fixture.flows.length) problem("another number of flows");
  const packets = dissect(file, fixture.flows);
  for (const flow of fixture.flows) {
    flows++;
    if (flow.clientPort === undefined || flow.payload === 0 || flow.protocol === null) continue;
    const told = `${flow.transport} ${flow.client}:${flow.clientPort} ${flow.server}:${flow.serverPort}`;
    const ends = key(`${flow.client} ${flow.clientPort}`, `${flow.server} ${flow.serverPort}`);
    const own = packets.filter((packet) => packet.ends === ends);
    const seen = new Set(own.flatMap((packet) => packet.protocols));
    if (!seen.has(dissectors[flow.protocol] ?? flow.protocol))
      problem(`${told} is ${flow.protocol}, Wireshark saw ${[...seen].join(" ")}`);
    for (const [name, value] of Object.entries(flow.facts ?? {})) {
      const field = fields[name];
      if (!field) continue;
      facts++;
      const wanted = wiresharkWords[name]?.[String(value)] ?? String(value);
      if (!own.some((packet) => packet.values[field]!.includes(wanted)))
        problem(`${told}: ${name} is not ${value}`);
    }
  }
}
const listed = new Set(manifest.map((f) => f.file));
for (const name of readdirSync(fixtures, { recursive: true }) as string[])
  if (/\.(pcap|pcapng|gz)$/.test(name) && !listed.has(name))
    problems.push(`${name}: not in the manifest`);
problems.forEach((text) => console.log(text));
console.log(
  `${manifest.length} fixtures, ${flows} flows, ${facts} facts, ${problems.length} problems`,
);
process.exit(problems.length > 0 ? 1 : 0);
