import {
  accept,
  client,
  hex,
  noise,
  protocol,
  step,
  tcp,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** Local Discovery v4: the magic number, then protobuf: the device id (field 1) of 32 bytes. */
const announcement = step(hex("2ea7d90b 0a20"));
/** Local Discovery v3: its magic number, and XDR: a device id of 32 bytes. */
const older = step(hex("9d79bc40 00000020"));
/** Relay v1: the magic number, one of seven messages, a length; the data are TLS. */
const relay = step(hex("9e79bc40"), u32({ max: 7 }), u32({ max: 1024 }), accept);

/** Syncthing: discovery on the local network, and joining a session of a relay. What peers say is TLS. */
export default protocol({
  name: "syncthing",
  title: "Syncthing",
  category: "file-sharing",
  source: "docs.syncthing.net/specs: Local Discovery Protocol v4, v3; Relay Protocol v1",
  ports: { tcp: [22067], udp: [21027] },
  signatures: {
    discovery: { over: "udp", client: [announcement] },
    "discovery-v3": { over: "udp", client: [older] },
    relay: { over: "tcp", first: [relay] },
  },
  samples: {
    yes: [
      udp(client(hex("2ea7d90b 0a20"), noise(32), hex("1213"), "tcp://0.0.0.0:22000")),
      udp(client(hex("9d79bc40 00000020"), noise(32))),
      tcp(client(hex("9e79bc40 00000003 00000024 00000020"), noise(32))),
    ],
    no: [
      udp(client(hex("2ea7d90b 0a21"), noise(32))),
      tcp(client(hex("9e79bc40 00000009 00000024 00000020"), noise(32))),
    ],
  },
});
