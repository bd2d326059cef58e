import {
  accept,
  blank,
  capture,
  client,
  either,
  find,
  oneOf,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
} from "../../language/vocabulary.js";

const colon = ['":', blank, '"'];

/** JSON-RPC of one line: Stratum's methods, those of Ethereum's pools, and the login of CryptoNote's, which says an agent. */
const call = step(
  "{",
  find(
    400,
    '"method',
    colon,
    either(
      [
        "mining.",
        oneOf("subscribe", "authorize", "configure", "submit", "extranonce", "notify", "set_"),
      ],
      oneOf("eth_submitLogin", "eth_getWork", "eth_submitWork", "eth_submitHashrate"),
    ),
  ),
  accept,
);
const login = step(
  "{",
  find(400, '"method', colon, 'login"'),
  find(600, '"agent', colon, capture("software", run("A-Za-z0-9./_-"))),
  accept,
);
/** A pool's answer to a subscription. */
const answer = step(
  "{",
  find(200, '"mining.', oneOf("notify", "set_difficulty", "set_target")),
  accept,
);

/** Stratum and its kin: what miners and their pools say, as lines of JSON. */
export default protocol({
  name: "mining",
  title: "Stratum mining",
  category: "cryptocurrency",
  source:
    "Bitcoin Wiki, Stratum mining protocol; BIP 310; EthereumStratum; xmrig-proxy STRATUM.md (message format)",
  ports: { tcp: [3333, 4444] },
  signatures: {
    call: { over: "tcp", first: [call] },
    login: { over: "tcp", client: [login] },
    answer: { over: "tcp", server: [answer] },
  },
  facts: { software: textFact("D5") },
  samples: {
    yes: [
      tcp(client('{"id": 1, "method": "mining.subscribe", "params": ["cgminer/4.10.0"]}\n')),
      tcp(
        client(
          '{"id":1,"jsonrpc":"2.0","method":"login","params":{"login":"x","pass":"y","agent":"XMRig/6.20.0 (Linux x86_64)"}}\n',
        ),
      ),
      tcp(
        client('{"id":1,"method":"eth_submitLogin","params":["0x1234"]}\n'),
        server('{"id":null,"result":[[["mining.notify","ae68"]],"08000002",4],"error":null}\n'),
      ),
    ],
    no: [
      tcp(client('{"id":1,"method":"eth_blockNumber","params":[]}\n')),
      tcp(client('{"id":1,"method":"login","params":{"user":"x"}}\n')),
      tcp(client('{"id":1,"method":"mining","params":[]}\n')),
    ],
  },
});
