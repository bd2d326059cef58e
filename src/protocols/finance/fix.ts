import {
  accept,
  capture,
  client,
  digits,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
} from "../../language/vocabulary.js";

const SOH = "\x01";
/** BeginString, BodyLength: always the first two fields (§ "Message format"). Some exchanges put their own name for FIX. */
const message = step(
  "8=",
  capture("version", run("A-Za-z0-9.", { max: 12 })),
  SOH,
  "9=",
  run(digits, { max: 9 }),
  SOH,
  accept,
);

const body = (...fields: string[]) =>
  `8=FIX.4.4\x019=${fields.join(SOH).length}\x01${fields.join(SOH)}\x01`;

/** FIX, the tag and value encoding; FIXT and compressed sessions begin the same way. */
export default protocol({
  name: "fix",
  title: "Financial Information Exchange",
  category: "finance",
  source: "FIX Trading Community, FIX TagValue Encoding (tags 8, 9); FIXT 1.1",
  signatures: { message: { over: "tcp", first: [message] } },
  facts: { version: textFact("D5", { bound: 12 }) },
  samples: {
    yes: [
      tcp(client(body("35=A", "49=ME", "56=YOU", "34=1", "98=0", "108=30"))),
      tcp(server("8=FIXT.1.1\x019=65\x0135=0\x01")),
    ],
    no: [tcp(client("8=FIX.4.4|9=65|35=A|")), tcp(client("9=65\x018=FIX.4.4\x0135=A\x01"))],
  },
});
