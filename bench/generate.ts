/**
 * Larger captures made of small ones: flows of `fixtures/`, each many times over with other
 * addresses, ports and times, interleaved as on a busy link, filled up with bulk data to a given mean
 * frame length. The same arguments always give the same bytes. Checksums are those of the fixtures:
 * nothing here reads them.
 */
import { readFileSync } from "node:fs";
import { readManifest } from "../lab/fixtures.js";
import { CaptureWriter, readFrames, type Frame } from "./capture.js";

/** What to make. */
export interface Recipe {
  packets: number;
  /** Shares of flows by protocol; `scan` is a SYN and the RST that answers it. */
  mix: Readonly<Record<string, number>>;
  /** Mean frame length that bulk data fill up to, and the frame lengths of bulk data. */
  mean?: number;
  bulk?: readonly number[];
  /** Flows that go on at one time. */
  concurrent: number;
  /** Microseconds from packet to packet. */
  step: number;
}

/** A capture, and what is true of it. */
export interface Generated {
  bytes: Buffer;
  packets: number;
  /** Frame lengths on the wire. */
  wireBytes: number;
  flows: number;
  /** Flows by protocol name. */
  protocols: Record<string, number>;
  seconds: number;
}

const root = new URL("../fixtures/", import.meta.url);

/** Recordings in which both sides are heard from their first packet on. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  dns: ["dns/dnsmasq-udp.pcap", "dns/dnsmasq-plain-ipv6.pcap", "dns/named-cookie.pcap"],
  ftp: ["ftp/vsftpd-passive.pcap", "ftp/vsftpd-clients.pcap"],
  http: ["http/nginx-curl.pcap", "http/nginx-keepalive-ipv6.pcap", "http/python-offport.pcap"],
  ntp: ["ntp/chrony.pcap", "ntp/ntpdate.pcap"],
  quic: ["quic/ngtcp2.pcap", "quic/caddy.pcap"],
  rtp: ["rtp/ffmpeg-opus.pcap", "rtp/ffmpeg-h264-ipv6.pcap"],
  smtp: ["smtp/opensmtpd-swaks.pcap", "smtp/opensmtpd-curl.pcap"],
  ssh: ["ssh/openssh.pcap", "ssh/dropbear.pcap"],
  syslog: ["syslog/rsyslog-rfc5424-udp.pcap", "syslog/rsyslog-rfc3164-udp.pcap"],
  tls: ["tls/nginx-tls13-h2.pcap", "tls/nginx-tls12-http11.pcap", "tls/gnutls-client.pcap"],
};

interface TemplateFrame {
  bytes: Uint8Array;
  fromClient: boolean;
  /** Where the transport header begins. */
  transport: number;
  isIPv6: boolean;
  isTcp: boolean;
  /** TCP: carries FIN or RST. */
  isLast: boolean;
}

interface Template {
  protocol: string;
  frames: TemplateFrame[];
  /** Bulk data go in front of this frame. */
  bulkAt: number;
  /** Whose header bulk data have: the last frame with payload from the server. */
  bulkModel: TemplateFrame | undefined;
}

/** A flow on its way through the generator. */
interface Running {
  template: Template;
  number: number;
  next: number;
  /** Frame lengths of the bulk data still to come, and bytes of it sent. */
  bulk: number[];
  sent: number;
}

/** A generator of numbers, small and good enough: Marsaglia's xorshift32. */
export function xorshift(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

export function generate(recipe: Recipe): Generated {
  const random = xorshift(0x9e3779b9);
  const templates = loadTemplates(Object.keys(recipe.mix));
  const shares = Object.entries(recipe.mix).flatMap(([protocol, share]) =>
    Array.from({ length: share }, () => templates[protocol]!),
  );
  const noise = Buffer.alloc(65536);
  for (let at = 0; at < noise.length; at++) noise[at] = random(256);

  const writer = new CaptureWriter(recipe.packets * ((recipe.mean ?? 120) + 32));
  const start = 1_790_000_000 * 1e6;
  const result = { packets: 0, wireBytes: 0, flows: 0, protocols: {} as Record<string, number> };
  /** Counted when a flow begins, so that the mean is that of whole flows. */
  const planned = { packets: 0, bytes: 0 };
  const running: Running[] = [];

  const begin = (): Running => {
    const choices = shares[random(shares.length)]!;
    const chosen = choices[random(choices.length)]!;
    const { protocol } = chosen;
    result.protocols[protocol] = (result.protocols[protocol] ?? 0) + 1;
    planned.packets += chosen.frames.length;
    for (const { bytes } of chosen.frames) planned.bytes += bytes.length;
    const bulk: number[] = [];
    const { mean = 0, bulk: lengths = [] } = recipe;
    const most = chosen.bulkModel !== undefined && lengths.length > 0 ? 64 : 0;
    while (bulk.length < most && planned.bytes < planned.packets * mean) {
      const length = lengths[random(lengths.length)]!;
      bulk.push(length);
      planned.packets++;
      planned.bytes += length;
    }
    return { template: chosen, number: result.flows++, next: 0, bulk, sent: 0 };
  };

  for (;;) {
    while (planned.packets < recipe.packets && running.length < recipe.concurrent) {
      running.push(begin());
    }
    if (running.length === 0) break;
    const index = random(running.length);
    const flow = running[index]!;
    const time = start + result.packets * recipe.step;
    const length =
      flow.bulk.length > 0 && flow.next === flow.template.bulkAt
        ? writeBulk(writer, flow, time, noise, random(32768))
        : writeNext(writer, flow, time);
    result.packets++;
    result.wireBytes += length;
    if (flow.next === flow.template.frames.length && flow.bulk.length === 0) {
      running[index] = running.at(-1)!;
      running.pop();
    }
  }
  const seconds = Math.ceil((result.packets * recipe.step) / 1e6);
  return { bytes: writer.finish(), ...result, seconds };
}

function writeNext(writer: CaptureWriter, flow: Running, time: number): number {
  const frame = flow.template.frames[flow.next++]!;
  const out = writer.reserve(time, frame.bytes.length);
  out.set(frame.bytes);
  rename(out, frame, flow.number);
  if (frame.isTcp && flow.sent > 0) {
    const field = frame.transport + (frame.fromClient ? 8 : 4);
    out.writeUInt32BE((out.readUInt32BE(field) + flow.sent) >>> 0, field);
  }
  return out.length;
}

/** One frame of bulk data from the server; the smallest are acknowledgements from the client. */
function writeBulk(
  writer: CaptureWriter,
  flow: Running,
  time: number,
  noise: Buffer,
  from: number,
): number {
  const model = flow.template.bulkModel!;
  const wanted = flow.bulk.pop()!;
  const header = headersOf(model);
  const length = Math.max(wanted, header);
  const out = writer.reserve(time, length);
  out.set(model.bytes.subarray(0, header));
  noise.copy(out, header, from, from + length - header);
  rename(out, model, flow.number);
  const network = 14;
  if (model.isIPv6) out.writeUInt16BE(length - network - 40, network + 4);
  else out.writeUInt16BE(length - network, network + 2);
  if (model.isTcp) {
    const sequence = out.readUInt32BE(model.transport + 4) + payloadOf(model) + flow.sent;
    out.writeUInt32BE(sequence % 2 ** 32, model.transport + 4);
    flow.sent += length - header;
  } else {
    out.writeUInt16BE(length - model.transport, model.transport + 4);
    // Short header, fixed bit: what QUIC sends after its handshake.
    if (length > header) out[header] = 0x40 | (out[header]! & 0x3f);
  }
  return length;
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** Bytes in front of a frame's payload. */
const headersOf = ({ bytes, transport, isTcp }: TemplateFrame): number =>
  transport + (isTcp ? (bytes[transport + 12]! >> 4) * 4 : 8);

/** Payload bytes of a frame. */
function payloadOf(frame: TemplateFrame): number {
  const view = asBuffer(frame.bytes);
  const end = frame.isIPv6 ? 14 + 40 + view.readUInt16BE(18) : 14 + view.readUInt16BE(16);
  return end - headersOf(frame);
}

/** Other addresses and another client port for each flow; server ports stay. */
function rename(out: Buffer, frame: TemplateFrame, number: number): void {
  const client = 0x0a000001 + (number % 5000);
  const server = 0xc6120001 + (number % 997);
  const port = 1024 + ((Math.floor(number / 5000) * 7) % 60000);
  const [source, destination] = frame.isIPv6 ? [14 + 20, 14 + 36] : [14 + 12, 14 + 16];
  out.writeUInt32BE(frame.fromClient ? client : server, source);
  out.writeUInt32BE(frame.fromClient ? server : client, destination);
  out.writeUInt16BE(port, frame.transport + (frame.fromClient ? 0 : 2));
}

function loadTemplates(protocols: readonly string[]): Record<string, Template[]> {
  const manifest = readManifest();
  const templates: Record<string, Template[]> = {};
  for (const protocol of protocols) {
    if (protocol === "scan") {
      templates[protocol] = [scanTemplate()];
      continue;
    }
    const files = SOURCES[protocol] ?? [];
    templates[protocol] = files.flatMap((file) => {
      const flows = manifest.find((fixture) => fixture.file === file)?.flows ?? [];
      const frames = readFrames(readFileSync(new URL(file, root)));
      const servers = flows.filter((flow) => flow.protocol === protocol);
      const ports = new Set(
        servers.map(({ transport, serverPort }) => `${transport} ${serverPort}`),
      );
      return conversations(frames, ports)
        .map((own) => template(protocol, own))
        .filter(isComplete);
    });
    if (templates[protocol].length === 0)
      throw new Error(`no fixture has a whole ${protocol} flow`);
  }
  return templates;
}

/** From the client's first packet on (TCP: its SYN), with payload. */
const isComplete = ({ frames }: Template): boolean => {
  const [first] = frames;
  if (first === undefined || !first.fromClient) return false;
  const isOpening = !first.isTcp || (first.bytes[first.transport + 13]! & 0x12) === 0x02;
  return isOpening && frames.some((frame) => payloadOf(frame) > 0);
};

/** Frames by flow, of those that go to or come from one of these server ports. */
function conversations(frames: readonly Frame[], servers: ReadonlySet<string>): TemplateFrame[][] {
  const flows = new Map<string, TemplateFrame[]>();
  for (const { bytes } of frames) {
    const frame = dissect(bytes);
    if (frame === undefined) continue;
    const view = asBuffer(bytes);
    const [from, to] = [view.readUInt16BE(frame.transport), view.readUInt16BE(frame.transport + 2)];
    const transport = frame.isTcp ? "tcp" : "udp";
    const fromClient = servers.has(`${transport} ${to}`);
    if (!fromClient && !servers.has(`${transport} ${from}`)) continue;
    const key = `${frame.isIPv6} ${fromClient ? from : to} ${fromClient ? to : from}`;
    const own = flows.get(key) ?? [];
    own.push({ ...frame, fromClient });
    flows.set(key, own);
  }
  return [...flows.values()];
}

function template(protocol: string, own: TemplateFrame[]): Template {
  const last = own.findIndex(({ isLast }) => isLast);
  const carriesBulk = ["tls", "http", "quic", "ssh", "ftp", "smtp"].includes(protocol);
  const bulkAt = last < 0 ? own.length : last;
  const models = own.slice(0, bulkAt).filter((frame) => !frame.fromClient && payloadOf(frame) > 0);
  const bulkModel = carriesBulk ? models.at(-1) : undefined;
  return { protocol, frames: own, bulkAt, bulkModel };
}

/** Ethernet, IPv4 or IPv6, TCP or UDP; undefined for all else. */
function dissect(bytes: Uint8Array): Omit<TemplateFrame, "fromClient"> | undefined {
  if (bytes.length < 42) return undefined;
  const ethertype = (bytes[12]! << 8) | bytes[13]!;
  const isIPv6 = ethertype === 0x86dd;
  if (!isIPv6 && ethertype !== 0x0800) return undefined;
  const protocol = isIPv6 ? bytes[20]! : bytes[23]!;
  if (protocol !== 6 && protocol !== 17) return undefined;
  const transport = isIPv6 ? 54 : 14 + (bytes[14]! & 15) * 4;
  const isTcp = protocol === 6;
  const isLast = isTcp && (bytes[transport + 13]! & 0x05) !== 0;
  return { bytes, transport, isIPv6, isTcp, isLast };
}

/** A closed port: SYN, and RST with ACK. */
function scanTemplate(): Template {
  const frame = (fromClient: boolean, flags: number): TemplateFrame => {
    const bytes = Buffer.alloc(60);
    bytes.write("020000000002020000000001080045000028", "hex");
    bytes[22] = 64;
    bytes[23] = 6;
    bytes.writeUInt16BE(fromClient ? 40000 : 8443, 34);
    bytes.writeUInt16BE(fromClient ? 8443 : 40000, 36);
    bytes[46] = 0x50;
    bytes[47] = flags;
    return {
      bytes,
      fromClient,
      transport: 34,
      isIPv6: false,
      isTcp: true,
      isLast: (flags & 0x05) !== 0,
    };
  };
  const frames = [frame(true, 0x02), frame(false, 0x14)];
  return { protocol: "scan", frames, bulkAt: 1, bulkModel: undefined };
}
