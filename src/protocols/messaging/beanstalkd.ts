import {
  accept,
  capped,
  client,
  digits,
  either,
  oneOf,
  protocol,
  run,
  server,
  step,
  tcp,
} from "../../language/vocabulary.js";

const number = run(digits, { max: 20 });
const END = "\r\n";
const tube = run("A-Za-z0-9+/;.$_()-", { max: 200 });
/** protocol.txt: what a client asks … */
const put = step("put ", number, " ", number, " ", number, " ", number, END, accept);
const asked = step(
  capped(
    20,
    either(
      [oneOf("use ", "watch ", "ignore ", "stats-tube "), tube],
      [oneOf("delete ", "reserve-with-timeout ", "stats-job "), number],
      oneOf("reserve", "stats", "list-tubes", "peek-ready"),
    ),
    END,
  ),
);
/** … and what it is answered. */
const answered = step(
  either(
    [oneOf("INSERTED ", "WATCHING ", "BURIED ", "KICKED "), number, END],
    [oneOf("RESERVED ", "FOUND "), number, " ", number, END],
    ["USING ", tube, END],
    ["OK ", number, "\r\n---\n"],
    [oneOf("DELETED", "TIMED_OUT", "NOT_IGNORED", "DEADLINE_SOON"), END],
  ),
);
const told = step(
  either(
    [oneOf("INSERTED ", "WATCHING "), number, END],
    ["RESERVED ", number, " ", number, END],
    ["USING ", tube, END],
  ),
);

/** beanstalkd, a work queue. */
export default protocol({
  name: "beanstalkd",
  title: "beanstalkd",
  category: "messaging",
  source: "beanstalkd doc/protocol.txt",
  ports: { tcp: [11300] },
  signatures: {
    put: { over: "tcp", client: [put] },
    exchange: { over: "tcp", client: [asked], server: [answered], both: true },
    told: { over: "tcp", server: [told] },
  },
  samples: {
    yes: [
      tcp(client("put 0 0 60 5\r\nhello\r\n"), server("INSERTED 1\r\n")),
      tcp(client("stats\r\n"), server("OK 923\r\n---\ncurrent-jobs-urgent: 0\n")),
      tcp(server("USING rooms\r\n")),
    ],
    weak: [tcp(client("reserve\r\n"))],
    no: [
      tcp(client("put 0 0 60 x\r\nhello\r\n")),
      tcp(client("stats\r\n"), server("STAT pid 7\r\n")),
      tcp(server("USING the rooms\r\n")),
    ],
  },
});
