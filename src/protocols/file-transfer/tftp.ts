import {
  accept,
  advances,
  atEnd,
  capture,
  client,
  digits,
  either,
  except,
  hex,
  not,
  oneOfNocase,
  printable,
  protocol,
  remember,
  repeat,
  repeats,
  room,
  run,
  server,
  step,
  textFact,
  textual,
  u16,
  udp,
} from "../../language/vocabulary.js";

/** RFC 2347, RFC 2348, RFC 2349, RFC 7440; what other options are called is anybody's affair. */
const name = oneOfNocase("blksize", "timeout", "tsize", "windowsize", "multicast", "rollover");
const option = either(
  [name, "\0", run("0-9.,:", { min: 0, max: 64 }), "\0"],
  [run("0-9A-Za-z_-", { max: 32 }), "\0", run(except("\0"), { min: 0, max: 64 }), "\0"],
);

/** RFC 1350 §5: read or write request, a file name (some send none), a mode. */
const request = step(
  u16([1, 2]),
  run(textual, { min: 0, max: 255 }),
  "\0",
  capture("mode", oneOfNocase("octet", "netascii", "mail")),
  "\0",
  repeat(0, 8, option),
  atEnd,
);

/** RFC 2347: options that the server accepts. */
const accepted = step(
  u16(6),
  name,
  "\0",
  run(digits, { max: 10 }),
  "\0",
  repeat(0, 6, option),
  atEnd,
);

/** A code of 0 … 8 and a message (RFC 1350 Appendix, RFC 2347). */
const error = step(u16(5), u16({ max: 8 }), run(printable, { min: 4, max: 255 }), "\0", atEnd);

/** Data in blocks of 512 bytes or as agreed (8 … 65,464), and its acknowledgement of four bytes, by the block's number. */
/** STUN's Allocate (RFC 5766 §13) begins with the same number: its cookie is none of a file. */
const block = [room({ min: 4, max: 65468 }), u16(3), u16("block"), not(hex("2112a442"))];
const acknowledgement = [u16(4), u16("block")];
const data = step(block, remember("block"), accept);
/** The next block, or the same one again. */
const moreData = step(block, either(advances("block", 1), repeats("block")), remember("block"));
const sent = step(acknowledgement, repeats("block"), atEnd);
/** A write begins with block 0 acknowledged, unless options are. */
const ready = step(u16(4), u16("block", 0), remember("block"), atEnd);

const get = (mode: string, ...more: string[]) =>
  hex("0001") + ["boot.cfg", mode, ...more].map((text) => `${text}\0`).join("");
const dataBlock = (number: string, length = 512) => hex(`0003 ${number}`) + "x".repeat(length);

/** TFTP. The answer to a request comes from another port, so data and acknowledgements are a flow of their own. */
export default protocol({
  name: "tftp",
  title: "Trivial File Transfer Protocol",
  category: "file-transfer",
  source: "RFC 1350 §2, §5; RFC 2347; RFC 2348; RFC 2349; RFC 7440",
  ports: { udp: [69] },
  signatures: {
    request: { over: "udp", client: [request], watch: request },
    options: { over: "udp", first: [accepted] },
    transfer: {
      over: "udp",
      first: [data, moreData, moreData, moreData],
      reply: [sent, sent, sent, sent],
    },
    write: {
      over: "udp",
      first: [ready, sent, sent],
      reply: [moreData, moreData, moreData],
    },
    error: { over: "udp", first: [error] },
  },
  // RFC 1350 §4: the server answers from a port that it chooses.
  inspects: { mode: textFact("D5", { bound: 8 }) },
  announces: [{ protocol: "tftp", over: "udp", when: "mode" }],
  samples: {
    yes: [
      udp(client(get("octet"))),
      udp(client(get("NetASCII", "tsize", "0", "blksize", "1428"))),
      udp(client(hex("0006"), "tsize\0", "1842\0")),
      udp(
        server(hex("0004 0000")),
        client(dataBlock("0001")),
        server(hex("0004 0001")),
        client(dataBlock("0002")),
        client(dataBlock("0002")),
        server(hex("0004 0002")),
      ),
      udp(
        client(dataBlock("0001")),
        server(hex("0004 0001")),
        client(dataBlock("0002")),
        server(hex("0004 0002")),
        client(dataBlock("0003")),
        server(hex("0004 0003")),
        client(dataBlock("0004", 17)),
        server(hex("0004 0004")),
      ),
    ],
    weak: [
      udp(server(hex("0005 0001"), "File not found\0")),
      udp(client(dataBlock("0001")), server(hex("0004 0001"))),
    ],
    no: [
      udp(client(get("binary"))),
      udp(client(get("octet").slice(0, -1))),
      udp(client(hex("0003 0001"), "octet\0")),
      udp(client(dataBlock("0001")), server(hex("0004 0001 00"))),
    ],
  },
});
