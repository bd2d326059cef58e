import {
  accept,
  capture,
  client,
  digits,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
  set,
  textual,
} from "../../language/vocabulary.js";

const blanks = run(set(" \n"), { min: 1, max: 4 });
const capabilities = [run("a-z0-9-", { max: 40 }), blanks];

/** Subversion's protocol document, §2.1: least and greatest version, no mechanisms, capabilities. */
const greeting = step(
  "( success ( ",
  run(digits, { max: 2 }),
  " ",
  run(digits, { max: 2 }),
  " (",
  blanks,
  opt("ANONYMOUS "),
  ") ( ",
  capabilities,
  accept,
);

/** The version, what the client can, the URL and perhaps its name. */
const response = step(
  "( ",
  run(digits, { max: 2 }),
  " ( ",
  run("a-z0-9 -", { max: 255 }),
  ") ",
  run(digits, { max: 4 }),
  ":svn",
  opt("+", run("a-z", { max: 16 })),
  "://",
  accept,
  run("!-~", { max: 255 }),
  " ",
  run(digits, { max: 3 }),
  ":",
  capture("client", run(textual, { max: 64 })),
);

/** Subversion's own protocol, as svnserve speaks it. */
export default protocol({
  name: "svn",
  title: "Subversion",
  category: "file-transfer",
  source: "Subversion: subversion/libsvn_ra_svn/protocol §1, §2",
  ports: { tcp: [3690] },
  signatures: { greeting: { over: "tcp", server: [greeting], client: [response] } },
  facts: { client: textFact("D5", { bound: 64 }) },
  samples: {
    yes: [
      tcp(
        server("( success ( 2 2 ( ) ( edit-pipeline svndiff1 absent-entries ) ) ) "),
        client(
          "( 2 ( edit-pipeline svndiff1 ) 26:svn://svn.example.org/repo 16:SVN/1.14.2 (x86) ( ) ) ",
        ),
      ),
      tcp(client("( 2 ( edit-pipeline svndiff1 ) 26:svn://svn.example.org/repo ")),
    ],
    no: [
      tcp(server("( failure ( ( 210001 0: 0: 0 ) ) ) ")),
      tcp(client("( 2 ( edit-pipeline svndiff1 ) 26:http://svn.example.org/ ")),
    ],
  },
});
