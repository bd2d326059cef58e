import {
  accept,
  client,
  either,
  hex,
  noise,
  protocol,
  server,
  step,
  u8,
  udp,
  skip,
} from "../../language/vocabulary.js";

/** DDSI-RTPS 2.5 §8.3.3, §9.4.4: "RTPS" (or RTPX of OpenDDS), version 2.x or 1.x, vendor, participant. */
const message = step(either("RTPS", "RTPX"), u8([1, 2]), u8({ max: 9 }), skip(2), accept);

/** RTPS, the wire protocol of DDS. */
export default protocol({
  name: "rtps",
  title: "Real-Time Publish-Subscribe (DDS)",
  category: "messaging",
  source: "OMG DDSI-RTPS 2.5 §8.3.3, §9.4.4, §9.6.2",
  ports: { udp: [7400, 7401, 7410, 7411] },
  signatures: { message: { over: "udp", first: [message], reply: [message] } },
  samples: {
    yes: [
      udp(
        client(
          "RTPS",
          hex("0203 0102"),
          noise(12),
          hex("09 01 0800"),
          noise(8),
          hex("15 05 1c00"),
          noise(28),
        ),
        server("RTPS", hex("0201 0101"), "NDDSPING"),
      ),
    ],
    no: [
      udp(client("RTPT", hex("0203 0102"), noise(12))),
      udp(client("RTPS", hex("0303 0102"), noise(12))),
    ],
  },
});
