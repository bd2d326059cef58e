import { client, hex, noise, protocol, room, step, u8, udp } from "../../language/vocabulary.js";

/** CAN frames in datagrams, as gateways (CAN-ETH) send them: the standard's number, version 1, the number of frames. */
const frames = step(room({ min: 18, max: 1472 }), "ISO11898\x01", u8({ min: 1, max: 32 }));

/** CAN over UDP. */
export default protocol({
  name: "can",
  title: "Controller Area Network over UDP",
  category: "industrial",
  source:
    "proconX, CAN-ETH: frame format (https://www.proconx.com/assets/files/products/caneth/canframe.pdf)",
  ports: { udp: [11898] },
  signatures: { frames: { over: "udp", first: [frames] } },
  samples: {
    yes: [udp(client("ISO11898", hex("01 01"), noise(19)))],
    no: [udp(client("ISO11898", hex("02 01"), noise(19))), udp(client("ISO11898", hex("01 01")))],
  },
});
