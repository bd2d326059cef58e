/**
 * What one would write by hand in an afternoon: packets as events of npm's pcap-parser, an object per
 * packet, a Map of flows with string keys, a list of regular expressions that a flow's first payloads
 * go through, JSON.stringify at the end.
 *
 * FROZEN. It is a ruler: it was written as well as that style allows (views instead of copies, one
 * look-up a packet, patterns compiled once and anchored, the text made only for flows without a name)
 * and is not to be tuned afterwards, neither faster nor slower. It does less than clairvoie: no
 * reassembly, no time-outs, no tunnels, no fragments, no evidence, no care for hostile bytes.
 */
import { Readable } from "node:stream";
import { parse } from "pcap-parser";

/** Payload packets of a flow that are looked at before it is given up. */
const TRIES = 4;

/** Latin-1 text of the first payload bytes → protocol. */
const patterns = [
  {
    name: "http",
    transport: "tcp",
    pattern: /^(GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|CONNECT|TRACE) \S+ HTTP\/1\.[01]\r\n/,
  },
  { name: "http", transport: "tcp", pattern: /^HTTP\/1\.[01] \d{3} / },
  {
    name: "tls",
    transport: "tcp",
    pattern: /^\x16\x03[\x00-\x04][^]{2}[\x01\x02][^]{3}\x03[\x00-\x04]/,
  },
  { name: "ssh", transport: "tcp", pattern: /^SSH-(2\.0|1\.99|1\.5)-[\x20-\x7e]+\r?\n/ },
  { name: "smtp", transport: "tcp", pattern: /^220[ -][^\r\n]*E?SMTP[^\r\n]*\r\n/i },
  { name: "smtp", transport: "tcp", pattern: /^(EHLO|HELO) \S+\r\n/i },
  { name: "ftp", transport: "tcp", pattern: /^220[ -][^\r\n]*FTP[^\r\n]*\r\n/i },
  { name: "ftp", transport: "tcp", pattern: /^(USER \S+|AUTH TLS|FEAT)\r\n/i },
  { name: "imap", transport: "tcp", pattern: /^\* OK [^\r\n]*IMAP/i },
  { name: "pop3", transport: "tcp", pattern: /^\+OK [^\r\n]*\r\n/ },
  { name: "mqtt", transport: "tcp", pattern: /^\x10[^]{1,4}\x00\x04MQTT[\x03-\x05]/ },
  { name: "postgresql", transport: "tcp", pattern: /^\x00\x00[^]{2}\x00\x03\x00\x00user\x00/ },
  {
    name: "memcached",
    transport: "tcp",
    pattern: /^(get|gets|set|add|delete|incr|stats|version)\b[^\r\n]*\r\n/,
  },
  {
    name: "dns",
    transport: "tcp",
    pattern: /^[^]{2}[^]{2}[\x00-\x07\x80-\x87][^]\x00[\x01-\x03]\x00/,
  },
  {
    name: "dns",
    transport: "udp",
    pattern:
      /^[^]{2}[\x00-\x07\x28-\x2f\x80-\x87\xa8-\xaf][^]\x00\x01\x00[^]{5}([\x01-\x3f][^]+)?\x00\x00[^]\x00[\x01\x03\xff]/,
  },
  {
    name: "ntp",
    transport: "udp",
    pattern: /^[\x0b\x13\x1b\x23\x0c\x14\x1c\x24\xd9\xe3\xdb][\x00-\x10][\x00-\x11][^]{45}/,
  },
  {
    name: "quic",
    transport: "udp",
    pattern: /^[\xc0-\xff](\x00\x00\x00\x01|\x6b\x33\x43\xcf|\xff\x00\x00[^])[\x00-\x14]/,
  },
  {
    name: "syslog",
    transport: "udp",
    pattern: /^<\d{1,3}>(1 |[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )/,
  },
  {
    name: "syslog",
    transport: "tcp",
    pattern: /^(\d+ )?<\d{1,3}>(1 |[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )/,
  },
  { name: "rtp", transport: "udp", pattern: /^\x80[\x00-\x22\x60-\x7f\x80-\xa2\xe0-\xff][^]{10}/ },
];

/** @typedef {{ name: string, transport: string, pattern: RegExp }} Pattern */
/** @typedef {{ client: string, clientPort: number, server: string, serverPort: number, transport: string, start: number, end: number, packetsToServer: number, packetsToClient: number, bytesToServer: number, bytesToClient: number, protocol: string | null, tries: number, host?: string | undefined }} NaiveFlow */
/** @typedef {{ source: string, destination: string, sourcePort: number, destinationPort: number, transport: string, payload: Buffer }} NaivePacket */

/**
 * Flows of a capture: a path, or its bytes, which are streamed in the pieces that a file would be.
 * @param {string | Buffer} capture
 * @returns {Promise<{ flows: NaiveFlow[], packets: number, bytes: number }>}
 */
export function classifyNaively(capture) {
  return new Promise((resolve, reject) => {
    /** @type {Map<string, NaiveFlow>} */
    const flows = new Map();
    let packets = 0;
    let bytes = 0;
    const parser = parse(typeof capture === "string" ? capture : Readable.from(pieces(capture)));
    parser.on("packet", ({ header, data }) => {
      packets++;
      bytes += header.originalLength;
      const packet = decode(data);
      if (packet === null) return;
      const time = header.timestampSeconds + header.timestampMicroseconds / 1e6;
      count(flows, packet, time, header.originalLength);
    });
    parser.on("error", reject);
    parser.on("end", () => resolve({ flows: [...flows.values()], packets, bytes }));
  });
}

/** @param {Buffer} capture */
function* pieces(capture) {
  for (let at = 0; at < capture.length; at += 65536) yield capture.subarray(at, at + 65536);
}

/** @param {Buffer} data @returns {NaivePacket | null} */
function decode(data) {
  if (data.length < 14) return null;
  let ethertype = data.readUInt16BE(12);
  let at = 14;
  while (ethertype === 0x8100 && data.length >= at + 4) {
    ethertype = data.readUInt16BE(at + 2);
    at += 4;
  }
  if (ethertype === 0x0800 && data.length >= at + 20) {
    const source = `${data[at + 12]}.${data[at + 13]}.${data[at + 14]}.${data[at + 15]}`;
    const destination = `${data[at + 16]}.${data[at + 17]}.${data[at + 18]}.${data[at + 19]}`;
    const end = at + data.readUInt16BE(at + 2);
    const header = (/** @type {number} */ (data[at]) & 15) * 4;
    return decodeTransport(data, source, destination, data[at + 9], at + header, end);
  }
  if (ethertype === 0x86dd && data.length >= at + 40) {
    const source = formatIPv6(data, at + 8);
    const destination = formatIPv6(data, at + 24);
    const end = at + 40 + data.readUInt16BE(at + 4);
    return decodeTransport(data, source, destination, data[at + 6], at + 40, end);
  }
  return null;
}

/**
 * @param {Buffer} data @param {string} source @param {string} destination
 * @param {number | undefined} protocol @param {number} at @param {number} end
 * @returns {NaivePacket | null}
 */
function decodeTransport(data, source, destination, protocol, at, end) {
  if (protocol === 6 && data.length >= at + 20) {
    const header = (/** @type {number} */ (data[at + 12]) >> 4) * 4;
    return {
      source,
      destination,
      sourcePort: data.readUInt16BE(at),
      destinationPort: data.readUInt16BE(at + 2),
      transport: "tcp",
      payload: data.subarray(at + header, end),
    };
  }
  if (protocol === 17 && data.length >= at + 8) {
    return {
      source,
      destination,
      sourcePort: data.readUInt16BE(at),
      destinationPort: data.readUInt16BE(at + 2),
      transport: "udp",
      payload: data.subarray(at + 8, end),
    };
  }
  return {
    source,
    destination,
    sourcePort: 0,
    destinationPort: 0,
    transport: `ip-${protocol}`,
    payload: data.subarray(at, end),
  };
}

/** @param {Buffer} data @param {number} at */
function formatIPv6(data, at) {
  const groups = [];
  for (let group = 0; group < 8; group++)
    groups.push(data.readUInt16BE(at + group * 2).toString(16));
  return groups.join(":");
}

/** @param {Map<string, NaiveFlow>} flows @param {NaivePacket} packet @param {number} time @param {number} length */
function count(flows, packet, time, length) {
  const from = `${packet.source}:${packet.sourcePort}`;
  const to = `${packet.destination}:${packet.destinationPort}`;
  const key = from < to ? `${packet.transport} ${from} ${to}` : `${packet.transport} ${to} ${from}`;
  let flow = flows.get(key);
  if (flow === undefined) {
    flow = {
      client: packet.source,
      clientPort: packet.sourcePort,
      server: packet.destination,
      serverPort: packet.destinationPort,
      transport: packet.transport,
      start: time,
      end: time,
      packetsToServer: 0,
      packetsToClient: 0,
      bytesToServer: 0,
      bytesToClient: 0,
      protocol: null,
      tries: 0,
    };
    flows.set(key, flow);
  }
  flow.end = time;
  if (packet.source === flow.client && packet.sourcePort === flow.clientPort) {
    flow.packetsToServer++;
    flow.bytesToServer += length;
  } else {
    flow.packetsToClient++;
    flow.bytesToClient += length;
  }
  if (flow.protocol === null && flow.tries < TRIES && packet.payload.length > 0) {
    flow.tries++;
    recognise(flow, packet.payload);
  }
}

/** @param {NaiveFlow} flow @param {Buffer} payload */
function recognise(flow, payload) {
  const text = payload.toString("latin1", 0, 2048);
  const found = patterns.find(
    ({ transport, pattern }) => transport === flow.transport && pattern.test(text),
  );
  if (found === undefined) return;
  flow.protocol = found.name;
  if (found.name === "http") flow.host = /\r\nHost: *([^\r\n]+)/i.exec(text)?.[1];
  // The server_name extension, found by its shape.
  else if (found.name === "tls")
    flow.host = /\x00\x00\x00[^]\x00[^]\x00\x00[^]([a-z0-9.-]+)/.exec(text)?.[1];
}
