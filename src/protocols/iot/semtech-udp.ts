import {
  atEnd,
  client,
  hex,
  oneOf,
  protocol,
  remember,
  repeats,
  room,
  server,
  skip,
  step,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

const token = (relation: "remember" | "repeats") => [
  u16("token", { min: 256 }),
  relation === "remember" ? remember("token") : repeats("token"),
];

/** §3.2: version 1 or 2, a random token, PUSH_DATA (0), the gateway's EUI-64, JSON. */
const push = step(u8([1, 2]), skip(2), "\0", skip(8), '{"', oneOf("rxpk", "stat"), '":');
/** §5.2, §5.4, §5.5: PULL_DATA (2) and its answer; PULL_RESP (3) with a packet to send, TX_ACK (5). */
const pull = step(room(12), u8([1, 2]), token("remember"), "\x02", skip(8), atEnd);
const pulled = step(room(4), u8([1, 2]), token("repeats"), "\x04", atEnd);
const send = step(u8([1, 2]), skip(2), "\x03", '{"txpk":');

const EUI = "b827ebfffe5e3a91";

/** What LoRaWAN gateways and their network servers say, as Semtech's packet forwarder began it. */
export default protocol({
  name: "semtech-udp",
  title: "Semtech UDP (LoRaWAN)",
  category: "iot",
  source: "Lora-net/packet_forwarder (BSD): PROTOCOL.TXT §3, §5",
  ports: { udp: [1680, 1700] },
  signatures: {
    push: { over: "udp", client: [push] },
    pull: { over: "udp", client: [pull], server: [pulled] },
    send: { over: "udp", server: [send] },
  },
  samples: {
    yes: [
      udp(client(hex(`02 1a2b 00 ${EUI}`), '{"rxpk":[{"tmst":3512348611,"chan":2}]}')),
      udp(server(hex("02 1a2b 03"), '{"txpk":{"imme":true,"freq":864.123456}}')),
    ],
    weak: [udp(client(hex(`02 1a2b 02 ${EUI}`)), server(hex("02 1a2b 04")))],
    no: [
      udp(client(hex(`02 1a2b 00 ${EUI}`), '{"else":[]}')),
      udp(client(hex(`03 1a2b 00 ${EUI}`), '{"rxpk":[]}')),
    ],
  },
});
