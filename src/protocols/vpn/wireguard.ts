import {
  accept,
  client,
  encrypted,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  room,
  server,
  skip,
  step,
  u32,
  u32le,
  udp,
} from "../../language/vocabulary.js";

/** §5.4.2: type 1 and three reserved zeros, the sender's index, an ephemeral key, what is encrypted, two MACs. */
const initiation = step(
  room(148),
  hex("01000000"),
  u32("sender"),
  remember("sender"),
  encrypted,
  encrypted,
  encrypted,
  encrypted,
);
/** §5.4.3: type 2, the sender's index, the index it answers to. */
const response = (...receiver: Parameters<typeof step>) =>
  step(room(92), hex("02000000"), skip(4), receiver, encrypted, encrypted, encrypted);
const answered = response(u32("receiver"), repeats("receiver", "sender"));
/** §5.4.7: type 3, the index it answers to, a nonce, a cookie. */
const cookie = step(room(64), hex("03000000"), skip(4), encrypted, encrypted, encrypted);

/** §5.4.6: type 4, the receiver's index, a counter that never gets far, at least a tag. */
const data = (...index: Parameters<typeof step>) =>
  step(
    room({ min: 32, max: 9000 }),
    hex("04000000"),
    u32("receiver"),
    index,
    u32le(),
    u32le({ max: 0x00ffffff }),
    encrypted,
    accept,
  );
const transport = [data(remember("receiver")), data(repeats("receiver"))];

const initiated = hex("01000000 5a3c91e2") + noise(124) + "\0".repeat(16);
const responded = hex("02000000 11d2a7f4 5a3c91e2") + noise(64) + "\0".repeat(16);
const sent = (counter: string, length = 96) =>
  hex(`04000000 5a3c91e2 ${counter}000000 00000000`) + noise(length, counter.charCodeAt(1));

/** WireGuard. */
export default protocol({
  name: "wireguard",
  title: "WireGuard",
  category: "vpn",
  source: "Donenfeld: WireGuard, Next Generation Kernel Network Tunnel, §5.4",
  ports: { udp: [51820] },
  signatures: {
    initiation: { over: "udp", first: [initiation], reply: [answered] },
    response: { over: "udp", first: [response(skip(4))] },
    cookie: { over: "udp", first: [cookie] },
    data: { over: "udp", first: transport },
  },
  samples: {
    yes: [
      udp(client(initiated), server(responded)),
      udp(server(responded)),
      udp(server(hex("03000000 5a3c91e2") + noise(56))),
      udp(client(sent("00")), client(sent("01", 32))),
    ],
    weak: [udp(client(sent("07", 16)))],
    no: [
      udp(client(`${initiated}\0`)),
      udp(client(hex("01000001") + noise(144))),
      udp(client(hex("01000000") + "\0".repeat(144))),
      udp(client(sent("00")), client(sent("01").replace("\x5a", "\x5b"))),
    ],
  },
});
