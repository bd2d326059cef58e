import {
  accept,
  client,
  hex,
  oneOf,
  protocol,
  server,
  step,
  udp,
} from "../../language/vocabulary.js";

/** Messages outside a connection begin with the sequence number -1, then a word. */
const OUT_OF_BAND = hex("ffffffff");
const asks = step(
  OUT_OF_BAND,
  oneOf("getinfo", "getstatus", "getchallenge", "getservers", "connect ", "rcon ", "heartbeat "),
  accept,
);
const answers = step(
  OUT_OF_BAND,
  oneOf(
    "infoResponse\n",
    "statusResponse\n",
    "challengeResponse ",
    "connectResponse",
    "getserversResponse",
    "getserversExtResponse",
    "print\n",
  ),
  accept,
);

/** Quake III Arena and what its engine drives: queries, answers, and how a connection begins. */
export default protocol({
  name: "quake3",
  title: "Quake III Arena",
  category: "gaming",
  source:
    'id Software, "Server commands howto" (Quake III Arena, docs/server.txt); ioquake3 wiki, OOB commands (http://wiki.ioquake3.org/OOB_commands)',
  ports: { udp: [27950, 27960] },
  signatures: {
    request: { over: "udp", client: [asks] },
    answer: { over: "udp", server: [answers] },
  },
  samples: {
    yes: [
      udp(
        client(OUT_OF_BAND, "getinfo xxx"),
        server(OUT_OF_BAND, "infoResponse\n\\protocol\\68\\hostname\\lab"),
      ),
      udp(client(OUT_OF_BAND, "getchallenge 1234 Quake3Arena")),
    ],
    no: [
      udp(client(OUT_OF_BAND, "TSource Engine Query\0")),
      udp(client(OUT_OF_BAND, "get")),
      udp(client(hex("fffffffe"), "getinfo xxx")),
    ],
  },
});
