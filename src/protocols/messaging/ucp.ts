import {
  accept,
  byte,
  client,
  digits,
  oneOf,
  protocol,
  server,
  step,
  tcp,
} from "../../language/vocabulary.js";

const digit = byte(digits);
/** STX, transaction, length, operation or result, its kind (EMI/UCP §3). */
const message = step(
  "\x02",
  digit,
  digit,
  "/",
  digit,
  digit,
  digit,
  digit,
  digit,
  "/",
  oneOf("O", "R"),
  "/",
  oneOf("01", "02", "03", "30", "31", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61"),
  "/",
  accept,
);

/** EMI/UCP, by which short messages are handed to a centre. */
export default protocol({
  name: "ucp",
  title: "Universal Computer Protocol",
  category: "messaging",
  source: "Short Message Service Centre EMI/UCP interface 4.6, §3 and §4",
  signatures: { message: { over: "tcp", first: [message] } },
  samples: {
    yes: [
      tcp(
        client("\x0200/00070/O/60/5000/6/5/1/6C61627061737/ /0100//////86\x03"),
        server("\x0200/00019/R/60/A//6D\x03"),
      ),
    ],
    no: [tcp(client("\x0200/0070/O/60/")), tcp(client("\x0200/00070/X/60/"))],
  },
});
