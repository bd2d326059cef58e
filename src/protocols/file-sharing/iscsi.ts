import {
  type Condition,
  accept,
  capture,
  check,
  client,
  derive,
  either,
  except,
  hex,
  not,
  oneOf,
  protocol,
  repeat,
  run,
  server,
  skip,
  step,
  tcp,
  textFact,
  u16,
  u24,
  u32,
  u8,
  visible,
} from "../../language/vocabulary.js";

const key = [run(except("\0"), { max: 255 }), "\0"];

/** Transit or not, continued or not, current and next stage (0, 1, 3; §11.12.1 … §11.12.3). */
const stages = [0x00, 0x04, 0x40, 0x44, 0x81, 0x83, 0x87];

/** RFC 7143 §11.12: immediate Login Request of version 0 without additional headers, and text that tells who asks. */
const login = step(
  u8(0x43),
  u8(stages),
  u16(0),
  u8(0),
  u24({ min: 8, max: 8192 }),
  skip(6 + 2 + 4 + 2),
  u16(0),
  skip(4 + 4),
  hex("00".repeat(16)),
  oneOf("InitiatorName=", "AuthMethod=", "SessionType=", "TargetName=", "CHAP_", "HeaderDigest="),
  accept,
  repeat(0, 24, not("TargetName="), key),
  "TargetName=",
  capture("target", run(visible, { max: 223 })),
);

/** §11.13: Login Response, version 0, and text or none; a status of those in §11.13.5. */
const response = (size: Condition) => [
  u8(0x23),
  u8(stages),
  u16(0),
  u8(0),
  u24(size),
  skip(6 + 2 + 4),
  u32(0),
  skip(4),
  // What it expects next, and the last that it takes: the one before, or so many more (§4.2.2.1).
  u32("expected"),
  u32("last"),
  derive("window", { from: "last", plus: 1, less: "expected" }),
  check("window", { max: 0xffff }),
  either([u8(0), u8(0)], [u8(1), u8([1, 2])], [u8(2), u8({ max: 0x0b })], [u8(3), u8({ max: 2 })]),
  u16(0),
  hex("00".repeat(8)),
];
const answer = step(response({ max: 8192 }), accept);
/** §13: with keys that a target answers. */
const telling = step(
  response({ min: 8, max: 8192 }),
  oneOf(
    "TargetPortalGroupTag=",
    "TargetAlias=",
    "AuthMethod=",
    "CHAP_",
    "HeaderDigest=",
    "DataDigest=",
    "MaxRecvDataSegmentLength=",
    "InitialR2T=",
    "ImmediateData=",
    "MaxBurstLength=",
    "FirstBurstLength=",
    "MaxConnections=",
    "DefaultTime2",
    "ErrorRecoveryLevel=",
  ),
  accept,
);

const loginRequest =
  hex(
    `43 87 0000 00 000048 400001370000 0000 00000000 0001 0000 00000001 00000000 ${"00".repeat(16)}`,
  ) + "InitiatorName=iqn.1993-08.org.debian:01:ab\0TargetName=iqn.2003-01.org.x\0";
const loginResponse = hex(`
  23 87 0000 00 000000 400001370000 0001 00000000 00000000 00000001 00000001 00000040 00 00 0000 ${"00".repeat(8)}
`);

/** iSCSI, from its login on. */
export default protocol({
  name: "iscsi",
  title: "iSCSI",
  category: "file-sharing",
  source: "RFC 7143 §11.12, §11.13, §13",
  ports: { tcp: [3260] },
  signatures: {
    login: { over: "tcp", client: [login] },
    "login-response": { over: "tcp", server: [answer] },
    "login-text": { over: "tcp", server: [telling], implies: ["iscsi/login-response"] },
  },
  facts: { target: textFact("D4") },
  samples: {
    weak: [tcp(server(loginResponse))],
    yes: [
      tcp(client(loginRequest), server(loginResponse)),
      tcp(
        server(
          loginResponse.slice(0, 5) + hex("000017") + loginResponse.slice(8),
          "TargetPortalGroupTag=1\0\0",
        ),
      ),
    ],
    no: [
      tcp(client(loginRequest.replace("InitiatorName", "OriginatorName"))),
      tcp(client(loginRequest.replace("\x43", "\x41"))),
      tcp(server(loginResponse.slice(1))),
    ],
  },
});
