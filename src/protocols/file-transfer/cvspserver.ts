import {
  accept,
  client,
  lineEnd,
  oneOf,
  protocol,
  server,
  step,
  tcp,
} from "../../language/vocabulary.js";

/** CVS client/server protocol, "Connection and Authentication"; what follows is a root, a name and a password. */
const request = step(
  oneOf("BEGIN AUTH REQUEST", "BEGIN VERIFICATION REQUEST", "BEGIN GSSAPI REQUEST"),
  lineEnd,
  accept,
);
const answer = step(oneOf("I LOVE YOU", "I HATE YOU"), lineEnd, accept);

/** CVS's password server. */
export default protocol({
  name: "cvspserver",
  title: "CVS pserver",
  category: "file-transfer",
  source: "Client/Server Interface to CVS (cvsclient), §4",
  ports: { tcp: [2401] },
  signatures: { authentication: { over: "tcp", client: [request], server: [answer] } },
  samples: {
    yes: [
      tcp(
        client("BEGIN AUTH REQUEST\n/cvs\nanoncvs\nA\nEND AUTH REQUEST\n"),
        server("I LOVE YOU\n"),
      ),
      tcp(client("BEGIN VERIFICATION REQUEST\n/cvs\n")),
    ],
    no: [tcp(client("BEGIN REQUEST\n")), tcp(server("I LOVE YOU TOO\n"))],
  },
});
