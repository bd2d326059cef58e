// Reads every fixture again with Wireshark's dissectors and compares them with the manifest.
// The truth comes from what the lab started; this is a second opinion about it, and about the files' integrity.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { conversations, largest } from "./capture.js";
import { fixtures, readManifest, type Flow } from "./manifest.js";

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
  "tls.alpn.offered": "tls.handshake.extensions_alpn_str",
  "dns.question": "dns.qry.name",
  "ftp.user": "ftp.request.arg",
  "smtp.helo": "smtp.req.parameter",
  "smtp.from": "smtp.req.parameter",
  "smtp.to": "smtp.req.parameter",
  "syslog.host": "syslog.msg",
  "ntp.stratum": "ntp.stratum",
  "rtp.payload": "rtp.p_type",
  "quic.version": "quic.version",
  "ssh.client": "ssh.protocol",
  "ssh.server": "ssh.protocol",
};

function tshark(file: string, flow: Flow, field: string): string {
  const port = flow.protocol === "ftp-data" ? undefined : flow.serverPort;
  const protocol = flow.protocol ?? "data";
  const decode =
    port && !["sctp", "tftp", "quic"].includes(protocol)
      ? ["-d", `${flow.transport}.port==${port},${dissectors[protocol] ?? protocol}`]
      : [];
  const address = flow.client.includes(":") ? "ipv6.addr" : "ip.addr";
  const filter = `${address}==${flow.client} && ${address}==${flow.server} && ${flow.transport}.port==${flow.clientPort} && ${flow.transport}.port==${flow.serverPort}`;
  return execFileSync(
    "tshark",
    [
      "-n",
      "-r",
      file,
      ...decode,
      "-o",
      "rtp.heuristic_rtp:TRUE",
      "-Y",
      filter,
      "-T",
      "fields",
      "-e",
      field,
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
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
  for (const flow of fixture.flows) {
    flows++;
    if (flow.clientPort === undefined || !flow.payload || flow.protocol === null) continue;
    const told = `${flow.transport} ${flow.client}:${flow.clientPort} ${flow.server}:${flow.serverPort}`;
    const seen = new Set(tshark(file, flow, "frame.protocols").trim().split(/[\n:]/));
    if (!seen.has(dissectors[flow.protocol] ?? flow.protocol))
      problem(`${told} is ${flow.protocol}, Wireshark saw ${[...seen].join(" ")}`);
    for (const [name, value] of Object.entries(flow.facts ?? {})) {
      const field = fields[name];
      if (!field) continue;
      facts++;
      if (!tshark(file, flow, field).includes(String(value)))
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
