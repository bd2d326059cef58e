import {
  accept,
  byte,
  client,
  either,
  oneOf,
  protocol,
  run,
  server,
  set,
  step,
  tcp,
  udp,
  visible,
} from "../../language/vocabulary.js";

/** Everything but the `|` that ends a command, and the line end. */
const word = set("\x20-{}~\x80-\xff");

/** NMDC §"$Lock": a challenge and the maker's key; a peer says its name first. */
const lock = step(
  either(["$MyNick ", run(word, { max: 64 }), "|$Lock "], "$Lock "),
  run(visible, { min: 5, max: 200 }),
  oneOf(" Pk=", "|"),
  accept,
);
/** What a client says to the hub first. */
const answer = step(
  either(["$Supports ", run("A-Za-z0-9 ", { max: 200 }), "|$Key "], "$Key "),
  accept,
);
/** ADC §5.3.2: SUP with the features, each behind AD; of a client to its hub, the hub, or clients among themselves. */
const supports = step(
  byte("HIC"),
  "SUP",
  oneOf(" ADBAS", " ADBLO", " ADZLI", " ADTIG", " ADUCM", " ADPIN"),
);
/** NMDC §"$SR": a result over UDP. ADC §5.3.6: RES from a client's id in base 32. */
const result = step(
  either(
    ["$SR ", run(word, { min: 3, max: 255 }), "\x05"],
    ["URES ", run("A-Z2-7", { min: 39, max: 39 }), " "],
  ),
);

/** Direct Connect: NMDC and ADC, hubs and peers. */
export default protocol({
  name: "direct-connect",
  title: "Direct Connect",
  category: "file-sharing",
  source:
    "NeoModus Direct Connect protocol 1.3 (nmdc.sourceforge.io); Advanced Direct Connect 1.0.3 §5.3",
  ports: { tcp: [411, 412, 1511], udp: [412] },
  signatures: {
    lock: { over: "tcp", first: [lock] },
    key: { over: "tcp", client: [answer] },
    adc: { over: "tcp", first: [supports] },
    result: { over: "udp", first: [result] },
  },
  samples: {
    yes: [
      tcp(
        server("$Lock EXTENDEDPROTOCOLABCABCABCABC Pk=YnHub1.036|$HubName a hub|"),
        client("$Supports UserCommand NoGetINFO NoHello UserIP2 TTHSearch |$Key \x14\xd1\xb0|"),
      ),
      tcp(client("$MyNick someone|$Lock EXTENDEDPROTOCOLABCABC Pk=DCPLUSPLUS0.782|")),
      tcp(client("HSUP ADBASE ADTIGR\n"), server("ISUP ADBASE ADTIGR ADUCM\nISID AAAB\n")),
      udp(client("$SR someone files\\readme.txt\x05437 1/4\x05A hub (192.0.2.9:411)|")),
    ],
    no: [
      tcp(server("$Lock x|")),
      tcp(client("HSUP BASE\n")),
      udp(client("$SR someone files 1/4 A hub|")),
    ],
  },
});
