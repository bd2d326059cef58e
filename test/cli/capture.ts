/** A capture for the command's tests: ARP, SSH, HTTP, and one packet that makes no flow. */
import {
  arp,
  bytes,
  ethernet,
  ipv4,
  pcapFile,
  tcp,
  TYPE_ARP,
  TYPE_IPV4,
  type Frame,
} from "../support/packets.js";

/** Protocols of its flows, in order of first packets. */
export const protocols = ["arp", "ssh", "http"];

const client = "192.0.2.1";
const server = "198.51.100.2";

/** A connection that says these things in turn. */
function conversation(port: number, turns: readonly (readonly ["client" | "server", string])[]) {
  const next = { client: 1001, server: 5001 };
  const packet = (side: "client" | "server", flags: string, sequence: number, text = "") => {
    const [from, to] = side === "client" ? [client, server] : [server, client];
    const ports = side === "client" ? { from: 40000, to: port } : { from: port, to: 40000 };
    const segment = tcp({ ...ports, sequence, flags }, text);
    return ethernet(TYPE_IPV4, ipv4({ protocol: 6, from, to }, segment));
  };
  return [
    packet("client", "S", 1000),
    packet("server", "SA", 5000),
    ...turns.map(([side, text]) => {
      next[side] += text.length;
      return packet(side, "PA", next[side] - text.length, text);
    }),
  ];
}

const packets = [
  ethernet(TYPE_ARP, arp(client, server)),
  ...conversation(2222, [
    ["server", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["client", "SSH-2.0-PuTTY_Release_0.80\r\n"],
  ]),
  ethernet(0x88cc, new Uint8Array(46)),
  ...conversation(8080, [
    ["client", "GET / HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: test/1.0\r\n\r\n"],
    ["server", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"],
  ]),
];

export const frames = packets.map((data, index): Frame => ({ data, sec: 1_700_000_000 + index }));

export const capture = bytes(pcapFile(frames));
