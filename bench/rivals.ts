/**
 * `npm run bench:rivals`: our names, those of Debian's `ndpiReader` and of `tshark`, on the captures
 * of the lab, where the truth is known because we started both ends; as they are, and with every TCP
 * and UDP port replaced by another. Installs the Debian packages `libndpi-bin` and `tshark` if they are missing
 * (then it needs root). A name counts as right whatever it rests on; what is left of it with other ports
 * shows what that was.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classify, openCapture } from "../dist/node.js";
import { endsKey, fixtures, readManifest, type Flow } from "../lab/fixtures.js";
import { machine } from "./report.js";

/** What rivals call a protocol of ours, where it is not the same word. Lower case, without punctuation. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  amqp: ["rabbitmq"],
  bittorrent: ["btdht", "btutp", "bttracker", "btudp"],
  cassandra: ["cql"],
  dcerpc: ["rpc", "dcerpc"],
  dhcp: ["bootp"],
  dnp3: ["dnp3"],
  elasticsearch: ["elasticsearch"],
  enip: ["ethernetip"],
  ftp: ["ftpcontrol"],
  http: ["httpproxy", "httpconnect"],
  http2: ["http2"],
  ipsec: ["isakmp", "udpencap", "ipsec", "ike"],
  "iec60870-5-104": ["iec60870104", "iec60870", "iec608705104"],
  kerberos: ["kerberos", "krb5"],
  ldap: ["cldap"],
  llmnr: ["llmnr"],
  mongodb: ["mongo"],
  netbios: ["nbns", "nbdgm", "nbss"],
  netflow: ["cflow", "ipfix"],
  "onc-rpc": ["rpc", "portmap"],
  oracle: ["tns"],
  postgresql: ["pgsql", "postgres", "postgresql"],
  pop3: ["pop", "pop3"],
  quic: ["gquic"],
  radius: ["radius"],
  rdp: ["tpkt", "rdp"],
  rtmp: ["rtmpt"],
  rx: ["rxrpc"],
  smb: ["smb2", "smbv1", "smbv23", "smb1"],
  snmp: ["snmp"],
  slp: ["srvloc", "slp"],
  ssdp: ["ssdp"],
  stun: ["classicstun", "turn", "turnchannel"],
  "tacacs-plus": ["tacplus", "tacacs"],
  tds: ["mssqltds", "mssql"],
  tls: ["ssl", "tlsv1"],
  vnc: ["rfb", "vnc"],
  wireguard: ["wg", "wireguard"],
  "ws-discovery": ["wsd", "wsdiscovery"],
  x11: ["x11", "xproto"],
  xmpp: ["jabber", "xmpp"],
  zeromq: ["zmtp"],
  zookeeper: ["zookeeper"],
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** Whether one of the names that a rival gives says this protocol. */
function says(names: readonly string[], protocol: string): boolean {
  const wanted = [protocol, ...(OTHER_NAMES[protocol] ?? [])].map(plain);
  return names.some((name) => wanted.includes(plain(name)));
}

/** Names of a flow by its two ends. */
type Verdicts = Map<string, Set<string>>;

function add(verdicts: Verdicts, key: string, ...names: string[]): void {
  verdicts.set(key, new Set([...(verdicts.get(key) ?? []), ...names]));
}

async function ours(path: string): Promise<Verdicts> {
  const verdicts: Verdicts = new Map();
  for await (const { transport, client, server, protocol, stack } of classify(openCapture(path), {
    seed: 1,
  })) {
    if (protocol === null) continue;
    const key = endsKey(transport, [client.address, client.port], [server.address, server.port]);
    add(verdicts, key, protocol, ...stack);
  }
  return verdicts;
}

const TRANSPORTS: Readonly<Record<string, string>> = { 6: "tcp", 17: "udp" };

function ndpi(path: string): Verdicts {
  const output = join(folder, "ndpi.csv");
  spawnSync("ndpiReader", ["-q", "-i", path, "-C", output], { stdio: "ignore" });
  const verdicts: Verdicts = new Map();
  for (const line of readFileSync(output, "utf8").split("\n").slice(1)) {
    const [, protocol, , , , a, aPort, b, bPort, , name] = line.split(",");
    const transport = TRANSPORTS[protocol ?? ""];
    if (!transport || name === undefined || name === "Unknown") continue;
    add(verdicts, endsKey(transport, [a!, Number(aPort)], [b!, Number(bPort)]), ...name.split("."));
  }
  return verdicts;
}

/** Layers that are no name of what a flow carries. */
const CARRIERS = new Set(["data", "tcp", "udp", "ip", "ipv6", "eth", "ethertype", "frame"]);

function tshark(path: string): Verdicts {
  const fields =
    "frame.protocols ip.src ipv6.src ip.dst ipv6.dst tcp.srcport udp.srcport tcp.dstport udp.dstport";
  const text = execFileSync(
    "tshark",
    ["-n", "-r", path, "-T", "fields", ...fields.split(" ").flatMap((field) => ["-e", field])],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 },
  );
  const verdicts: Verdicts = new Map();
  for (const line of text.split("\n")) {
    const cells = line.split("\t").map((cell) => cell.split(",")[0]!);
    const [protocols, a4, a6, b4, b6, aTcp, aUdp, bTcp, bUdp] = cells;
    if (!protocols || !(aTcp || aUdp)) continue;
    const layers = protocols.split(":");
    const above = layers
      .slice(layers.findIndex((layer) => layer === "tcp" || layer === "udp") + 1)
      .filter((layer) => !CARRIERS.has(layer));
    const transport = aTcp ? "tcp" : "udp";
    add(
      verdicts,
      endsKey(transport, [a4 || a6!, Number(aTcp || aUdp)], [b4 || b6!, Number(bTcp || bUdp)]),
      ...above,
    );
  }
  return verdicts;
}

const folder = join(tmpdir(), `clairvoie-rivals-${process.pid}`);
mkdirSync(folder);

/** Another port for each, the same everywhere in a capture. */
const otherPort = (port: number): number => 20000 + ((port * 40503 + 977) % 40000);

const IPV4 = 0x0800;
const IPV6 = 0x86dd;

/** The capture with other ports; undefined where it is none that this reads, or nothing changed. */
function withOtherPorts(bytes: Buffer): Buffer | undefined {
  const isPlain = bytes.readUInt32LE(0) === 0xa1b2c3d4 && bytes.readUInt32LE(20) === 1;
  if (!isPlain) return undefined;
  const copy = Buffer.from(bytes);
  for (let record = 24; record + 16 <= copy.length;) {
    const captured = copy.readUInt32LE(record + 8);
    const frame = copy.subarray(record + 16, record + 16 + captured);
    record += 16 + captured;
    if (frame.length < 54) continue;
    const type = frame.readUInt16BE(12);
    if (type !== IPV4 && type !== IPV6) continue;
    if (type === IPV4 && (frame.readUInt16BE(20) & 0x3fff) !== 0) return undefined; // fragments
    const transport = type === IPV4 ? 14 + (frame[14]! & 15) * 4 : 54;
    const protocol = frame[type === IPV4 ? 23 : 20];
    if (protocol !== 6 && protocol !== 17) continue;
    for (const at of [transport, transport + 2]) {
      frame.writeUInt16BE(otherPort(frame.readUInt16BE(at)), at);
    }
  }
  return copy;
}

const RIVALS = { clairvoie: ours, ndpi, tshark };
type Rival = keyof typeof RIVALS;
const rivals = Object.keys(RIVALS) as Rival[];

interface Score {
  flows: number;
  right: Record<Rival, number>;
  /** Another name than the truth. */
  wrong: Record<Rival, number>;
}

const zeros = () => ({ clairvoie: 0, ndpi: 0, tshark: 0 });
const scores = { asIs: new Map<string, Score>(), otherPorts: new Map<string, Score>() };

async function score(
  into: Map<string, Score>,
  path: string,
  flows: readonly Flow[],
  port: (port: number) => number,
): Promise<void> {
  for (const rival of rivals) {
    const verdicts = await RIVALS[rival](path);
    for (const { transport, client, clientPort, server, serverPort, protocol } of flows) {
      if (protocol === null || (transport !== "tcp" && transport !== "udp")) continue;
      const key = endsKey(transport, [client, port(clientPort!)], [server, port(serverPort!)]);
      const of = into.get(protocol) ?? { flows: 0, right: zeros(), wrong: zeros() };
      into.set(protocol, of);
      if (rival === "clairvoie") of.flows++;
      const names = [...(verdicts.get(key) ?? [])];
      if (says(names, protocol)) of.right[rival]++;
      else if (names.length > 0) of.wrong[rival]++;
    }
  }
}

const isInstalled = (command: string): boolean =>
  spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
if (!isInstalled("ndpiReader") || !isInstalled("tshark")) {
  execFileSync(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", "libndpi-bin", "tshark"],
    {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
}

for (const { file, flows } of readManifest()) {
  if (!file.endsWith(".pcap")) continue;
  const scrambled = withOtherPorts(readFileSync(join(fixtures, file)));
  if (scrambled === undefined) continue;
  await score(scores.asIs, join(fixtures, file), flows, (port) => port);
  const path = join(folder, "other-ports.pcap");
  writeFileSync(path, scrambled);
  await score(scores.otherPorts, path, flows, otherPort);
}

const lines = [
  `| protocol | flows | clairvoie | nDPI | tshark | other ports: clairvoie | nDPI | tshark |`,
  `| --- | --: | --: | --: | --: | --: | --: | --: |`,
];
const cell = ({ right, wrong }: Score, rival: Rival): string =>
  `${right[rival]}${wrong[rival] > 0 ? ` (${wrong[rival]} other)` : ""}`;
const total = { asIs: zeros(), otherPorts: zeros(), flows: 0 };
for (const protocol of [...scores.asIs.keys()].sort()) {
  const [a, b] = [scores.asIs.get(protocol)!, scores.otherPorts.get(protocol)!];
  total.flows += a.flows;
  for (const rival of rivals) {
    total.asIs[rival] += a.right[rival];
    total.otherPorts[rival] += b.right[rival];
  }
  const cells = [
    ...rivals.map((rival) => cell(a, rival)),
    ...rivals.map((rival) => cell(b, rival)),
  ];
  lines.push(`| ${protocol} | ${a.flows} | ${cells.join(" | ")} |`);
}
const share = (count: number): string => `${((count / total.flows) * 100).toFixed(1)} %`;
lines.push(
  `| **all** | ${total.flows} | ${[total.asIs, total.otherPorts].flatMap((sums) => rivals.map((rival) => share(sums[rival]))).join(" | ")} |`,
);
const version = (command: string, flag: string): string =>
  /\d+\.\d+\.\d+/.exec(spawnSync(command, [flag], { encoding: "utf8" }).stdout)?.[0] ?? "?";
const date = new Date().toISOString().slice(0, 10);
const text = `# Names on the lab's captures, ${date}

nDPI ${version("ndpiReader", "-h")}, tshark ${version("tshark", "--version")}, both of Debian; ${machine.cpu}. Right names of flows whose truth is known
(\`npm run bench:rivals\`); in brackets those that got another name.

${lines.join("\n")}
`;
writeFileSync(`bench/record/rivals-${date}.md`, text);
console.log(text);
