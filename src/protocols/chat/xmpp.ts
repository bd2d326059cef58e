import {
  accept,
  byte,
  capture,
  client,
  either,
  not,
  oneOf,
  opt,
  protocol,
  repeat,
  run,
  server,
  set,
  step,
  tcp,
  textFact,
  until,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

const space = run(" \t\r\n", { min: 0, max: 16 });
/** RFC 6120 §11.7: an XML declaration may come first. */
const declaration = opt("<?xml", run(" !-;=@-~", { max: 80 }), "?>", space);
const quote = byte("'\"");
const value = [quote, run(set(" !#-&(-;=?-~"), { min: 0, max: 255 }), quote];
const attribute = [
  space,
  either(
    [oneOf("to=", "from="), quote, capture("host", run("0-9A-Za-z._-", { max: 255 })), quote],
    [run("a-zA-Z:", { max: 32 }), space, "=", space, value],
  ),
];

/** RFC 6120 §4.7, §4.8: the stream's root element, its attributes in any order. */
const root = [
  space,
  declaration,
  either("<stream:stream", ["<", run("a-z", { max: 8 }), ":stream"]),
  byte(" \t\r\n"),
];
const stream = step(
  root,
  accept,
  repeat(0, 12, attribute),
  // §5.4.2.1: then the client speaks TLS.
  space,
  ">",
  space,
  "<starttls",
  until(">", 120),
  ">",
  space,
  startedTls,
);
/** §5.4.2.3: the other's stream, its features, and that TLS may begin. Whatever it is, it is no evidence. */
const answer = step(
  accept,
  root,
  until(">"),
  ">",
  repeat(0, 60, not("</stream:features>"), until(">"), ">"),
  "</stream:features>",
  space,
  "<proceed",
  until(">", 120),
  ">",
  answeredTls,
);

const known = [
  run(" \t\r\n", { max: 16 }),
  oneOf("id=", "type=", "to=", "from=", "xmlns=", "xml:lang="),
  value,
];
/** §8: a session joined midway: a stanza with two attributes, or a stream's own elements (§4.9, §5.4, §6.4). */
const stanza = step(
  space,
  either(
    [oneOf("<iq", "<message", "<presence"), known, known],
    [
      oneOf(
        "<stream:features",
        "<stream:error",
        "</stream:stream>",
        "<starttls xmlns=",
        "<proceed xmlns=",
        "<auth xmlns=",
        "<success xmlns=",
      ),
      opt(quote, "urn:ietf:params:xml:ns:xmpp-"),
    ],
  ),
  accept,
);

/** XMPP (Jabber), client to server and server to server, until TLS begins. */
export default protocol({
  name: "xmpp",
  title: "Extensible Messaging and Presence Protocol",
  category: "chat",
  source: "RFC 6120 §4.7, §4.8, §5.4, §6.4, §8, §11.7; RFC 6121",
  ports: { tcp: [5222, 5269] },
  signatures: {
    stream: { over: "tcp", first: [stream], reply: [answer] },
    stanza: { over: "tcp", first: [stanza] },
  },
  facts: { host: textFact("D4"), ...startedTlsFacts },
  samples: {
    yes: [
      tcp(
        client(
          "<?xml version='1.0'?><stream:stream to='im.example.org' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>",
        ),
        server(
          "<?xml version='1.0'?>\n<stream:stream from='im.example.org' id='a1' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'><stream:features>",
        ),
      ),
      tcp(
        client("<stream:stream to='im.example.org' xmlns='jabber:client'>"),
        server(
          "<?xml version='1.0'?><stream:stream from='im.example.org' id='a1'><stream:features><starttls/></stream:features>",
        ),
        client("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
        server("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(client('<stream:stream xmlns="jabber:server" to="example.org">')),
      tcp(client("<iq type='set' id='bind_1'><bind/></iq>")),
      tcp(server("<stream:features><starttls/></stream:features>")),
    ],
    no: [
      tcp(client("<?xml version='1.0'?><methodCall><methodName>x</methodName></methodCall>")),
      tcp(client("<streams:streamer to='example.org'>")),
      tcp(client("<iq/>")),
      tcp(client("<message><id>7</id></message>")),
    ],
  },
});
