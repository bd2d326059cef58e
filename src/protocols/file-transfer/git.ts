import {
  accept,
  byte,
  capture,
  client,
  either,
  except,
  oneOf,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
  textual,
} from "../../language/vocabulary.js";

const hexDigit = byte("0-9a-fA-F");
/** gitprotocol-common(5): the length in four hexadecimal digits. */
const length = ["0", hexDigit, hexDigit, hexDigit];
const lower = byte("0-9a-f");

/** gitprotocol-pack(5), "Git Transport": a command, a path, and the host that is meant. */
const request = step(
  length,
  oneOf("git-upload-pack ", "git-receive-pack ", "git-upload-archive "),
  run(textual),
  "\0",
  accept,
  opt("host=", capture("host", run(except("\0"), { max: 200 })), "\0"),
);

/** "Reference Discovery": version, first reference with its capabilities, or an error. */
const reply = step(
  length,
  either(
    ["version ", byte("12"), opt("\n")],
    ["ERR ", run(textual)],
    [
      Array.from({ length: 40 }, () => lower),
      run("0-9a-f", { min: 0, max: 24 }),
      " ",
      oneOf("HEAD", "refs/", "capabilities^{}"),
      run(textual, { min: 0 }),
      "\0",
    ],
  ),
  accept,
);

const ID = "7217a7c7e582c46cec22a130adf4b9d7d950fba0";

/** Git's own transport. Over SSH and HTTP those are seen. */
export default protocol({
  name: "git",
  title: "Git",
  category: "file-transfer",
  source: "gitprotocol-common(5); gitprotocol-pack(5)",
  ports: { tcp: [9418] },
  signatures: { request: { over: "tcp", client: [request], server: [reply] } },
  facts: { host: textFact("D4") },
  samples: {
    yes: [
      tcp(
        client("0033git-upload-pack /project.git\0host=git.example.org\0"),
        server(
          `009d${ID} HEAD\0multi_ack thin-pack side-band symref=HEAD:refs/heads/main agent=git/2.39.5\n0000`,
        ),
      ),
      tcp(
        client("003egit-receive-pack /p.git\0host=git.example.org\0\0version=1\0"),
        server("000eversion 1\n"),
      ),
    ],
    no: [
      tcp(client("0033git-fetch-pack /project.git\0host=git.example.org\0")),
      tcp(client("001e# service=git-upload-pack\n0000")),
      tcp(server(`${ID} HEAD\n`)),
    ],
  },
});
