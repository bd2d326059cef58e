import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { scenario, type Lab } from "../scenario.js";
import type { Network } from "../netns.js";

/** Implementations from npm, in a folder of their own. */
const NPM = "/var/tmp/clairvoie-lab-sharing";
const PACKAGES = [
  "@ethereumjs/devp2p@10.0.0",
  "libp2p@3.3.11",
  "@libp2p/tcp@11.0.28",
  "@chainsafe/libp2p-noise@17.0.0",
  "@chainsafe/libp2p-yamux@8.0.1",
  "@libp2p/ping@3.1.13",
  "bittorrent-dht@11.0.12",
  "bittorrent-tracker@11.2.3",
];
function installed(): void {
  if (existsSync(`${NPM}/installed`)) return;
  execFileSync(
    "npm",
    ["--prefix", NPM, "--no-audit", "--no-fund", "install", "--ignore-scripts", ...PACKAGES],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  execFileSync("touch", [`${NPM}/installed`]);
}
const versioned = (...names: string[]) =>
  names.map((name) =>
    PACKAGES.find((each) => each.startsWith(`${name}@`))!
      .replace(/@([\d.]+)$/, " $1")
      .replace(/^@.*\//, ""),
  );
/** A module's packages are looked for beside it. */
function script(host: Network["client"], name: string, text: string): string {
  host.quiet(`ln -sfn ${NPM}/node_modules node_modules`);
  host.write(`${name}.mjs`, text);
  return `node ${name}.mjs`;
}

const tcp = (port: number, protocol: string | null) => ({
  transport: "tcp" as const,
  port,
  protocol,
});
const udp = (port: number, protocol: string | null) => ({
  transport: "udp" as const,
  port,
  protocol,
});

async function bittorrent(lab: Lab): Promise<void> {
  const torrent = (server: Network["client"], tracker: string) =>
    server.quiet(
      `mkdir -p seed && head -c 16000 /dev/urandom > seed/file.bin && transmission-create -o file.torrent ${tracker} seed/file.bin`,
    );

  for (const [kind, tracker, flows] of [
    ["http", "http://198.51.100.2:6969/announce", [tcp(6969, "bittorrent")]],
    ["udp", "udp://198.51.100.2:6969", [udp(6969, "bittorrent"), udp(6891, "bittorrent")]],
  ] as const)
    await lab.part(`bittorrent-${kind}`, async () => {
      const net = await lab.network();
      const { client, server } = net;
      // aria2 speaks to UDP trackers from the port of the DHT.
      const dht = (port: number) => (kind === "udp" ? `true --dht-listen-port=${port}` : "false");
      torrent(server, `-t ${tracker}`);
      client.quiet(`cp ${server.dir}/file.torrent .`);
      server.quiet(
        "transmission-show file.torrent | grep -o 'Hash: .*' | cut -c7- > whitelist; chmod a+r whitelist",
      );
      server.start("opentracker -i 198.51.100.2 -p 6969 -P 6969 -u nobody -d $PWD -w /whitelist");
      await server.listening("tcp", 6969);
      server.start(
        `aria2c --dir=seed --check-integrity=true --seed-ratio=0.0 --listen-port=6881 --enable-dht=${dht(6891)} --bt-enable-lpd=false --disable-ipv6=true --bt-external-ip=198.51.100.2 file.torrent`,
      );
      await server.listening("tcp", 6881);
      await sleep(2500);
      await lab.record(
        net,
        {
          file: `bittorrent/aria2-${kind}.pcap`,
          what: `A small file from one peer, found by a tracker over ${kind.toUpperCase()}.`,
          software: ["aria2", "opentracker"],
          flows: [...flows, tcp(6881, "bittorrent")],
        },
        () =>
          client.run(
            `aria2c --seed-time=0 --listen-port=6882 --enable-dht=${dht(6892)} --bt-enable-lpd=false --disable-ipv6=true --bt-stop-timeout=12 file.torrent`,
            { ok: [0, 7, 124], seconds: 15 },
          ),
      );
    });

  await lab.part("bittorrent-transmission", async () => {
    const net = await lab.network();
    const { client, server } = net;
    torrent(server, "");
    client.quiet(`cp ${server.dir}/file.torrent . && mkdir down`);
    const start = (host: typeof client, port: number, folder: string) => {
      host.write(
        "config/settings.json",
        JSON.stringify({
          "dht-enabled": false,
          "lpd-enabled": true,
          "utp-enabled": true,
          "pex-enabled": true,
          "peer-port": port,
          "bind-address-ipv4": host.ip4,
          "rpc-enabled": false,
          "port-forwarding-enabled": false,
          encryption: 0,
          "download-dir": `${host.dir}/${folder}`,
        }),
      );
      host.start(
        `transmission-cli -g config -w ${folder} -p ${port} --encryption-tolerated -M file.torrent`,
      );
    };
    await lab.record(
      net,
      {
        file: "bittorrent/transmission-utp.pcap",
        what: "Two peers find each other by local discovery; a small file over uTP or TCP.",
        software: ["transmission-cli"],
        filter: "udp or tcp",
        flows: [
          udp(6771, "bittorrent"),
          tcp(51413, "bittorrent"),
          udp(51413, "bittorrent"),
          tcp(51414, "bittorrent"),
          udp(51414, "bittorrent"),
        ],
      },
      async () => {
        start(server, 51413, "seed");
        await sleep(2500);
        start(client, 51414, "down");
        await sleep(14000);
      },
    );
  });

  await lab.part("dht", async () => {
    installed();
    const net = await lab.network();
    const { client, server } = net;
    const node = (host: typeof client, bootstrap: string, more: string) =>
      script(
        host,
        "dht",
        `import { Client } from "bittorrent-dht";
const dht = new Client({ bootstrap: ${bootstrap}, host: "${host.ip4}" });
dht.listen(${host === server ? 6881 : 6882}, "${host.ip4}", () => { ${more} });
`,
      );
    server.start(node(server, "false", ""));
    await server.listening("udp", 6881);
    await lab.record(
      net,
      {
        file: "bittorrent/dht.pcap",
        what: "A node of the DHT joins, announces a hash and asks for it.",
        software: versioned("bittorrent-dht"),
        flows: [udp(6881, "bittorrent")],
      },
      () =>
        client.run(
          node(
            client,
            '["198.51.100.2:6881"]',
            'dht.once("ready", () => { const hash = "5e".repeat(20); dht.announce(hash, 6882, () => dht.lookup(hash, () => setTimeout(() => process.exit(), 300))); })',
          ),
          { ok: [0, 124], seconds: 8 },
        ),
    );
  });
}

async function coins(lab: Lab): Promise<void> {
  await lab.part("litecoin", async () => {
    const net = await lab.network();
    const { client, server } = net;
    const common = "-regtest -server=0 -dnsseed=0 -upnp=0 -datadir=$PWD";
    server.start(`sh -c 'litecoind ${common} -bind=198.51.100.2:19444 -listenonion=0'`);
    await server.listening("tcp", 19444);
    await lab.record(
      net,
      {
        file: "bitcoin/litecoind.pcap",
        what: "Two nodes of Litecoin, whose messages are Bitcoin's: versions and pings.",
        software: ["litecoind"],
        flows: [tcp(19444, "bitcoin")],
      },
      async () => {
        client.start(`sh -c 'litecoind ${common} -listen=0 -connect=198.51.100.2:19444'`);
        await sleep(6000);
      },
    );
  });

  await lab.part("ethereum", async () => {
    installed();
    const net = await lab.network();
    const { client, server } = net;
    const node = (host: typeof client, text: string) =>
      script(
        host,
        "node",
        `import { randomBytes } from "node:crypto";
import { DPT, RLPx, ETH } from "@ethereumjs/devp2p";
import { Common, Mainnet } from "@ethereumjs/common";
const common = new Common({ chain: Mainnet });
const key = new Uint8Array(randomBytes(32));
const dpt = new DPT(key, { endpoint: { address: "${host.ip4}", udpPort: 30303, tcpPort: 30303 }, timeout: 4000 });
const rlpx = new RLPx(key, { dpt, maxPeers: 5, capabilities: [ETH.eth68], common, listenPort: 30303 });
for (const each of [dpt, rlpx]) each.events.on("error", (e) => console.error(String(e)));
rlpx.events.on("peer:error", (p, e) => console.error(String(e)));
process.on("uncaughtException", (e) => console.error(String(e)));
rlpx.listen(30303, "${host.ip4}"); dpt.bind(30303, "${host.ip4}");
${text}`,
      );
    server.start(node(server, ""));
    await server.listening("udp", 30303);
    await lab.record(
      net,
      {
        file: "ethereum/ethereumjs.pcap",
        what: "Discovery v4 by UDP between two nodes, and an RLPx connection.",
        software: versioned("@ethereumjs/devp2p"),
        flows: [udp(30303, "ethereum"), tcp(30303, "ethereum")],
      },
      async () => {
        client.start(
          node(
            client,
            'await dpt.addPeer({ address: "198.51.100.2", udpPort: 30303, tcpPort: 30303 }).then((peer) => dpt.refresh?.());',
          ),
        );
        await sleep(7000);
      },
    );
  });

  await lab.part("libp2p", async () => {
    installed();
    const net = await lab.network();
    const { client, server } = net;
    const node = (host: typeof client, text: string) =>
      script(
        host,
        "node",
        `Promise.withResolvers ??= () => { const made = {}; made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject })); return made; };
import { createLibp2p } from "libp2p"; import { tcp } from "@libp2p/tcp";
import { noise } from "@chainsafe/libp2p-noise"; import { yamux } from "@chainsafe/libp2p-yamux"; import { ping } from "@libp2p/ping";
const node = await createLibp2p({ addresses: { listen: ["/ip4/${host.ip4}/tcp/4001"] }, transports: [tcp()], connectionEncrypters: [noise()], streamMuxers: [yamux()], services: { ping: ping() } });
${text}`,
      );
    server.start(
      node(
        server,
        'import("node:fs").then((fs) => fs.writeFileSync("address", node.getMultiaddrs()[0].toString()));',
      ),
    );
    await server.listening("tcp", 4001);
    await sleep(1500);
    const address = server.quiet("cat address").trim();
    await lab.record(
      net,
      {
        file: "libp2p/noise-yamux.pcap",
        what: "A ping between two nodes: multistream-select, Noise, yamux.",
        software: versioned("libp2p", "@chainsafe/libp2p-noise", "@chainsafe/libp2p-yamux"),
        flows: [tcp(4001, "libp2p")],
      },
      () =>
        client.run(
          node(
            client,
            `const { multiaddr } = await import("@multiformats/multiaddr");
console.log(await node.services.ping.ping(multiaddr("${address}"))); await node.stop(); process.exit();`,
          ),
          { ok: [0, 1, 124], seconds: 10 },
        ),
    );
  });
}

async function files(lab: Lab): Promise<void> {
  await lab.part("syncthing", async () => {
    const net = await lab.network();
    const { client, server } = net;
    const id = new Map<typeof client, string>();
    for (const host of [client, server]) {
      host.quiet(
        "mkdir -p share && echo hello > share/hello.txt && syncthing generate --home=home --no-default-folder",
      );
      id.set(host, host.quiet("syncthing --home=home --device-id").trim().split("\n").at(-1)!);
    }
    for (const [host, other] of [
      [client, server],
      [server, client],
    ] as const) {
      host.quiet(
        `sed -i -e 's|<globalAnnounceEnabled>true|<globalAnnounceEnabled>false|; s|<relaysEnabled>true|<relaysEnabled>false|; s|<natEnabled>true|<natEnabled>false|; s|<crashReportingEnabled>true|<crashReportingEnabled>false|; s|<listenAddress>default|<listenAddress>tcp://${host.ip4}:22000|' -e 's|</configuration>|<device id="${id.get(other)}" name="${other.name}"><address>dynamic</address></device></configuration>|' home/config.xml`,
      );
    }
    server.start("syncthing serve --home=home --no-browser --no-upgrade --no-restart");
    await server.listening("tcp", 22000, 30);
    await lab.record(
      net,
      {
        file: "syncthing/pair.pcap",
        what: "Two peers find each other by local discovery and connect; what they say is TLS.",
        software: ["syncthing"],
        filter: "tcp or udp",
        flows: [udp(21027, "syncthing"), tcp(22000, "tls")],
      },
      async () => {
        client.start("syncthing serve --home=home --no-browser --no-upgrade --no-restart");
        await sleep(16000);
      },
    );
  });

  await lab.part("direct-connect", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write("uhub/uhub.conf", "server_bind_addr=198.51.100.2\nserver_port=1511\n");
    server.start("uhub -c uhub/uhub.conf -v");
    await server.listening("tcp", 1511);
    client.write(
      "dc/DCPlusPlus.xml",
      '<?xml version="1.0"?><dcpp><Settings><Nick type="string">lab</Nick><IncomingConnections type="int">0</IncomingConnections><ExternalIp type="string">198.51.100.1</ExternalIp></Settings></dcpp>',
    );
    client.write(
      "dc/Favorites.xml",
      '<?xml version="1.0"?><Favorites><Hubs><Hub Name="lab" Connect="1" Nick="lab" Server="adc://198.51.100.2:1511"/></Hubs></Favorites>',
    );
    await lab.record(
      net,
      {
        file: "direct-connect/adc.pcap",
        what: "A client at a hub that speaks ADC.",
        software: ["uhub", "eiskaltdcpp-daemon"],
        flows: [tcp(1511, "direct-connect")],
      },
      async () => {
        client.start("eiskaltdcpp-daemon -v --confdir=$PWD/dc/ --localdir=$PWD/dc/");
        await sleep(6000);
      },
    );
  });
}

export default scenario({
  name: "sharing",
  packages: [
    "transmission-cli",
    "aria2",
    "opentracker",
    "litecoind",
    "syncthing",
    "uhub",
    "eiskaltdcpp-daemon",
  ],
  async run(lab) {
    await bittorrent(lab);
    await coins(lab);
    await files(lab);
  },
});
