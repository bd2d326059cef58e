import { spawn, execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "./netns.js";

export const largest = 64 * 1024;

export interface CaptureOptions {
  /** Where to listen; the client's eth0 when not said. */
  on?: Host;
  /** One interface for tcpdump; two or more are recorded together by dumpcap into pcapng. */
  interface?: string | string[];
  filter?: string;
  nanoseconds?: boolean;
  pcapng?: boolean;
  snap?: number;
  linkType?: "LINUX_SLL" | "LINUX_SLL2";
  /** Stop after so many packets. */
  count?: number;
}

/** Start tcpdump or dumpcap and wait until it is listening; the returned function ends it. */
export async function startCapture(
  host: Host,
  file: string,
  options: CaptureOptions,
): Promise<() => Promise<void>> {
  const links = [options.interface ?? "eth0"].flat();
  const args =
    options.pcapng || links.length > 1
      ? [
          "dumpcap",
          "-q",
          "-n",
          ...links.flatMap((l) => ["-i", l]),
          ...(options.snap ? ["-s", String(options.snap)] : []),
          "-w",
          file,
        ]
      : [
          "tcpdump",
          "-i",
          links[0]!,
          "-U",
          "--immediate-mode",
          "-Z",
          "root",
          "-w",
          file,
          "-s",
          String(options.snap ?? 262144),
        ];
  if (args[0] === "tcpdump") {
    if (options.nanoseconds) args.push("--time-stamp-precision=nano");
    if (options.linkType) args.push("-y", options.linkType);
    if (options.count) args.push("-c", String(options.count));
    if (options.filter) args.push(options.filter);
  } else {
    if (options.count) args.push("-c", String(options.count));
    if (options.filter) args.push("-f", options.filter);
  }
  const child = spawn(
    "setpriv",
    ["--pdeathsig", "KILL", "nsenter", "-t", String(host.pid), "-n", "--", ...args],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stderr.on("data", (d) => {
      said += d;
      if (/listening on|File: /.test(said)) resolve();
    });
    void ended.then(() => reject(new Error(`${args.join(" ")}: ${said}`)));
  });
  await sleep(args[0] === "dumpcap" ? 800 : 200);
  return async () => {
    await sleep(args[0] === "dumpcap" ? 1200 : 400);
    child.kill("SIGINT");
    await ended;
  };
}

export interface Shape {
  format: "pcap-usec" | "pcap-nsec" | "pcapng";
  gzip: boolean;
  linkTypes: string[];
}

const linkNames: Record<number, string> = {
  0: "NULL",
  1: "EN10MB",
  101: "RAW",
  113: "LINUX_SLL",
  228: "IPV4",
  229: "IPV6",
  276: "LINUX_SLL2",
};

export function shapeOf(file: string): Shape {
  const raw = readFileSync(file);
  const gzip = raw.readUInt16BE(0) === 0x1f8b;
  const data = gzip ? gunzipSync(raw) : raw;
  const name = (n: number) => linkNames[n] ?? String(n);
  const magic = data.readUInt32LE(0);
  if (magic === 0xa1b2c3d4)
    return { format: "pcap-usec", gzip, linkTypes: [name(data.readUInt32LE(20))] };
  if (magic === 0xa1b23c4d)
    return { format: "pcap-nsec", gzip, linkTypes: [name(data.readUInt32LE(20))] };
  if (magic !== 0x0a0d0d0a) throw new Error(`${file}: not a capture`);
  const linkTypes: string[] = [];
  for (let at = 0; at < data.length; at += data.readUInt32LE(at + 4))
    if (data.readUInt32LE(at) === 1) linkTypes.push(name(data.readUInt16LE(at + 8)));
  return { format: "pcapng", gzip, linkTypes };
}

/** Make the finished file beside a recording, unless that is empty or larger than a fixture may be. */
export function finish(recording: string): string {
  const data = withoutMachine(readFileSync(recording));
  if (data.length <= 24) throw new Error(`${recording}: no packet was recorded`);
  const to = join(dirname(recording), `finished-${basename(recording)}`);
  writeFileSync(to, to.endsWith(".gz") ? gzipSync(data) : data);
  const { size } = statSync(to);
  if (size > largest) throw new Error(`${recording}: ${size} bytes, more than ${largest}`);
  return to;
}

/** dumpcap writes the processor and the kernel of the machine into a pcapng file; a fixture has no use for them. */
function withoutMachine(data: Buffer): Buffer {
  if (data.readUInt32LE(0) !== 0x0a0d0d0a) return data;
  const blocks: Buffer[] = [];
  for (let at = 0; at < data.length; at += data.readUInt32LE(at + 4)) {
    const block = data.subarray(at, at + data.readUInt32LE(at + 4));
    const kind = block.readUInt32LE(0);
    const section = kind === 0x0a0d0d0a;
    if (!section && kind !== 1) {
      blocks.push(block);
      continue;
    }
    const parts = [block.subarray(0, section ? 24 : 16)];
    for (let o = parts[0]!.length; o < block.length - 4;) {
      const code = block.readUInt16LE(o);
      const size = 4 + ((block.readUInt16LE(o + 2) + 3) & ~3);
      const machine = section ? code === 2 || code === 3 : code === 12 || code === 15;
      if (!machine) parts.push(block.subarray(o, o + size));
      o += size;
    }
    parts.push(Buffer.alloc(4));
    const made = Buffer.concat(parts);
    made.writeUInt32LE(made.length, 4);
    made.writeUInt32LE(made.length, made.length - 4);
    blocks.push(made);
  }
  return Buffer.concat(blocks);
}

export interface Conversation {
  transport: string;
  a: string;
  aPort: number | null;
  b: string;
  bPort: number | null;
  vlans: number[];
  packets: number;
  /** Bytes above TCP or UDP; for SCTP only whether there was data. */
  payload: number;
  /** A TCP connection whose first SYN is in the recording: then `a` opened it. */
  opened: boolean;
}

/** Wireshark's names of what stands on IP (and of ARP), and ours. */
const transports: Record<string, string> = {
  tcp: "tcp",
  udp: "udp",
  sctp: "sctp",
  icmp: "icmp",
  icmpv6: "icmpv6",
  arp: "arp",
  igmp: "igmp",
  ah: "ah",
  carp: "vrrp",
  eigrp: "eigrp",
  esp: "esp",
  gre: "gre",
  ospf: "ospf",
  pgm: "pgm",
  pim: "pim",
  vrrp: "vrrp",
};

/** Who spoke with whom, from addresses and ports alone. `a` sent the first packet that was recorded. */
export function conversations(file: string): Conversation[] {
  const fields = [
    "frame.protocols",
    "ip.src",
    "ip.dst",
    "ipv6.src",
    "ipv6.dst",
    "tcp.srcport",
    "tcp.dstport",
    "tcp.flags.syn",
    "tcp.flags.ack",
  ];
  fields.push(
    "udp.srcport",
    "udp.dstport",
    "sctp.srcport",
    "sctp.dstport",
    "arp.src.proto_ipv4",
    "arp.dst.proto_ipv4",
    "tcp.len",
    "udp.length",
    "sctp.data_payload_proto_id",
  );
  const tshark = (names: string[], occurrence: string) =>
    execFileSync(
      "tshark",
      [
        "-n",
        "-r",
        file,
        "-T",
        "fields",
        "-E",
        `occurrence=${occurrence}`,
        ...names.flatMap((f) => ["-e", f]),
      ],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 1 << 26,
      },
    ).split("\n");
  const tags = tshark(["frame.number", "vlan.id"], "a").map((line) => line.split("\t")[1] ?? "");
  const found = new Map<string, Conversation>();
  tshark(fields, "f").forEach((line, n) => {
    const v = line.split("\t");
    const transport = (v[0] ?? "").split(":").flatMap((p) => transports[p] ?? [])[0];
    if (!transport) return;
    const port = { tcp: 5, udp: 9, sctp: 11 }[transport];
    const address = transport === "arp" ? 13 : v[1] !== "" ? 1 : 3;
    const [a, b] = [v[address]!, v[address + 1]!];
    const [aPort, bPort] = port ? [Number(v[port]), Number(v[port + 1])] : [null, null];
    const vlans = tags[n] ? tags[n].split(",").map(Number) : [];
    const ends = [`${a} ${aPort}`, `${b} ${bPort}`].sort();
    const key = [transport, ...ends, vlans.join()].join("|");
    const opening = transport === "tcp" && /^(1|True)$/.test(v[7]!) && !/^(1|True)$/.test(v[8]!);
    const payload =
      transport === "tcp" ? Number(v[15]) : transport === "udp" ? Number(v[16]) - 8 : v[17] ? 1 : 0;
    const known = found.get(key);
    if (known) {
      known.packets++;
      known.payload += payload;
    } else
      found.set(key, {
        transport,
        a,
        aPort,
        b,
        bPort,
        vlans,
        packets: 1,
        payload,
        opened: opening,
      });
  });
  return [...found.values()];
}

export function scratch(host: Host, file: string): string {
  return join(dirname(host.dir), file.replaceAll("/", "-"));
}
