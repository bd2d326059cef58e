/** The packets of a sample conversation, from one client to a server on the protocol's own port. */
import type { Conversation } from "../../src/language/definition.js";
import { type Bytes, ethernet, ipv4, sctp, sctpData, tcp, TYPE_IPV4, udp } from "./packets.js";

const CLIENT = { address: "192.0.2.1", port: 40000 };
const SERVER_ADDRESS = "198.51.100.2";

export function packetsOf({ transport, messages }: Conversation, serverPort = 9): Bytes[] {
  const sequence = { client: 1000, server: 5000 };
  const packet = (from: "client" | "server", protocol: number, make: (ports: Ports) => Bytes) => {
    const [source, target] =
      from === "client" ? [CLIENT.address, SERVER_ADDRESS] : [SERVER_ADDRESS, CLIENT.address];
    const ports =
      from === "client"
        ? { from: CLIENT.port, to: serverPort }
        : { from: serverPort, to: CLIENT.port };
    return ethernet(TYPE_IPV4, ipv4({ protocol, from: source, to: target }, make(ports)));
  };
  const segment = (from: "client" | "server", flags: string, text = "") => {
    const made = packet(from, 6, (ports) =>
      tcp({ ...ports, flags, sequence: sequence[from] }, text),
    );
    sequence[from] += text.length + (flags.includes("S") ? 1 : 0);
    return made;
  };
  if (transport === "udp") {
    return messages.map(({ from, bytes }) => packet(from, 17, (ports) => udp(ports, bytes)));
  }
  if (transport === "sctp") {
    return messages.map(({ from, bytes }) =>
      packet(from, 132, (ports) => sctp(ports, sctpData(bytes))),
    );
  }
  return [
    segment("client", "S"),
    segment("server", "SA"),
    ...messages.map(({ from, bytes }) => segment(from, "A", bytes)),
  ];
}

interface Ports {
  from: number;
  to: number;
}
