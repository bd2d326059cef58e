import {
  derive,
  hex,
  noise,
  protocol,
  server,
  skip,
  step,
  tcp,
  u16,
  u8,
} from "../../language/vocabulary.js";

/** Preamble D3, six zero bits and a length of ten; messages 1001 … 1304 and 4001 … 4095 in twelve bits; a checksum of three bytes. */
const frame = step(
  u8(0xd3),
  u16("length", { min: 8, max: 1023 }),
  u16({ min: 0x3e90, max: 0x518f }),
  derive("left", { from: "length", plus: 1 }),
  skip("left"),
);
const message = (length: string, first: string, rest: number) =>
  hex(`d3 ${length} ${first}`) + noise(rest);

/** RTCM 3, corrections for satellite navigation: three frames in a row. */
export default protocol({
  name: "rtcm",
  title: "RTCM 3",
  category: "iot",
  source: "RTCM 10403.3 §4 (transport layer), table 3.5-1",
  signatures: { frames: { over: "tcp", first: [frame, frame, frame] } },
  samples: {
    yes: [
      tcp(
        server(
          message("0013", "3ed0", 20),
          message("0013", "3ed0", 20),
          message("0040", "4350", 65),
        ),
      ),
    ],
    no: [
      tcp(
        server(
          message("0013", "3ed0", 20),
          message("0413", "3ed0", 20),
          message("0040", "4350", 65),
        ),
      ),
    ],
  },
});
