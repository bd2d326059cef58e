import {
  byte,
  capture,
  client,
  either,
  hex,
  protocol,
  run,
  skip,
  step,
  textFact,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** A string ends with one to four zeros, up to a multiple of four; then the types. §"OSC Messages", "OSC Type Tag String". */
const types = [",", byte("ifsbhtdScrmTFNI[]"), run("ifsbhtdScrmTFNI[]", { min: 0, max: 31 }), "\0"];
const address = capture("address", "/", run("0-9A-Za-z_/.-", { min: 3, max: 120 }));
const message = step(
  address,
  either(["\0\0\0\0", types], ["\0\0\0", types], ["\0\0", types], ["\0", types]),
);
/** §"OSC Bundles": "#bundle", a time tag, elements with their size; a size is a multiple of four. */
const bundle = step(
  "#bundle\0",
  skip(8),
  u32({ min: 8, max: 65500, mask: 3, bits: 0 }),
  byte("/#"),
);

/** Open Sound Control. */
export default protocol({
  name: "osc",
  title: "Open Sound Control",
  category: "media",
  source: "OpenSoundControl Specification 1.0",
  ports: { udp: [57120] },
  signatures: {
    message: { over: "udp", first: [message] },
    bundle: { over: "udp", first: [bundle] },
  },
  facts: { address: textFact("D5", { bound: 64 }) },
  samples: {
    yes: [
      udp(client("/oscillator/4/frequency\0,f\0\0", hex("43dc0000"))),
      udp(
        client("#bundle\0", hex("0000000000000001 00000014"), "/mixer\0\0,f\0\0", hex("3f000000")),
      ),
    ],
    no: [
      udp(client("/oscillator/4/frequency,f\0\0")),
      udp(client("#bundles", hex("0000000000000001 00000014"), "/")),
    ],
  },
});
