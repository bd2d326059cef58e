import {
  accept,
  client,
  encrypted,
  noise,
  protocol,
  remember,
  repeats,
  room,
  server,
  skip,
  step,
  u32,
  udp,
} from "../../language/vocabulary.js";

const half = (name: string) => u32(name);

/** §"Client queries over UDP": the resolver's magic number of 8 bytes, a public key of 32, half a nonce of 12, at least 256 bytes in all. */
const query = step(
  room({ min: 256 }),
  skip(8),
  encrypted,
  encrypted,
  half("nonce"),
  remember("nonce"),
  half("nonce-end"),
  remember("nonce-end"),
  accept,
);
/** §"Server responses": a fixed magic number, and the nonce, which begins with the client's. */
const response = step(
  "r6fnvWj8",
  half("nonce"),
  repeats("nonce"),
  half("nonce-end"),
  repeats("nonce-end"),
  accept,
);

/** DNSCrypt version 2. Certificates are fetched by DNS. A query alone looks like random bytes. */
export default protocol({
  name: "dnscrypt",
  title: "DNSCrypt",
  category: "infrastructure",
  source: "draft-denis-dprive-dnscrypt §5, §6",
  ports: { udp: [443] },
  signatures: { exchange: { over: "udp", client: [query], server: [response] } },
  samples: {
    yes: [
      udp(client(noise(256)), server("r6fnvWj8", noise(256).slice(40, 52), noise(200, 3))),
      udp(server("r6fnvWj8", noise(212, 3))),
    ],
    no: [
      udp(client(noise(256)), server("r6fnvWj9", noise(256).slice(40, 52), noise(200, 3))),
      udp(client(noise(256)), server("r6fnvWj8", noise(212, 3))),
    ],
  },
});
