import {
  client,
  derive,
  hex,
  noise,
  protocol,
  remains,
  step,
  u16,
  udp,
} from "../../language/vocabulary.js";

/** The tag, a kind of telegram, a version, and the length of the whole. */
const telegram = step(
  "ESIO",
  u16({ max: 2 }),
  u16({ max: 255 }),
  u16("length", { min: 12, max: 1500 }),
  derive("left", { from: "length", plus: -10 }),
  remains("left"),
);

/** Ether-S-IO: SAIA controllers and their remote inputs and outputs. */
export default protocol({
  name: "ether-s-io",
  title: "SAIA Ether-S-IO",
  category: "industrial",
  source: "Observed: telegrams to UDP port 6060 begin with ESIO; no specification is public",
  ports: { udp: [6060] },
  signatures: { telegram: { over: "udp", first: [telegram] } },
  samples: {
    yes: [udp(client(hex("4553494f 0001 0000 0031 7616 0000 0018 0000 0000 0d01"), noise(27)))],
    no: [
      udp(client(hex("4553494f 0001 0000 0030 7616 0000 0018 0000 0000 0d01"), noise(27))),
      udp(client(hex("4553494e 0001 0000 0031 7616 0000 0018 0000 0000 0d01"), noise(27))),
    ],
  },
});
