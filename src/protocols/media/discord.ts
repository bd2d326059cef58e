import {
  capped,
  client,
  hex,
  protocol,
  remember,
  repeats,
  room,
  run,
  server,
  step,
  u16,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** IP discovery: request 1 or response 2, 70 bytes, the stream; an address in 64 bytes, ended by zeros, and a port. */
const request = step(
  room(74),
  hex("0001 0046"),
  u32("ssrc", { min: 1 }),
  remember("ssrc"),
  capped(8, "\0".repeat(66)),
);
const response = step(
  room(74),
  hex("0002 0046"),
  u32("ssrc", { min: 1 }),
  repeats("ssrc"),
  run("0-9.", { min: 7, max: 15 }),
  run("\0", { min: 49, max: 57 }),
  u16({ min: 1 }),
);

/** Discord's voice: how a client learns its address. What follows is RTP, encrypted. */
export default protocol({
  name: "discord",
  title: "Discord voice",
  category: "media",
  source: "Discord developer documentation: Voice, IP discovery",
  ports: { udp: [50001] },
  signatures: { discovery: { over: "udp", client: [request], server: [response] } },
  samples: {
    yes: [
      udp(
        client(hex("0001 0046 0000a1b2") + "\0".repeat(66)),
        server(hex("0002 0046 0000a1b2") + "192.0.2.99".padEnd(64, "\0") + hex("c3a1")),
      ),
    ],
    weak: [udp(client(hex("0001 0046 0000a1b2") + "\0".repeat(66)))],
    no: [
      udp(client(hex("0001 0046 0000a1b2") + "\0".repeat(60))),
      udp(
        client(hex("0001 0046 0000a1b2") + "\0".repeat(66)),
        server(hex("0002 0046 0000a1b3") + "192.0.2.99".padEnd(64, "\0") + hex("c3a1")),
      ),
    ],
  },
});
