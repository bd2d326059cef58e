import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Lab, scenario } from "../scenario.js";
import type { Network } from "../netns.js";

/** Implementations from npm, in a folder of their own. */
const NPM = "/var/tmp/clairvoie-lab-industrial";
const PACKAGES = [
  "jsmodbus@5.0.0",
  "modbus-serial@8.0.25",
  "node-opcua@2.186.4",
  "node-bacnet@0.2.4",
  "node-snap7@1.0.9",
  "nodes7@0.3.18",
  "dmxnet@0.9.0",
  "sacn@4.6.2",
  "rtpmidi@1.0.0",
  "tplink-smarthome-api@5.0.0",
  "tplink-smarthome-simulator@5.0.1",
  "tuyapi@7.7.1",
  "@tuyapi/stub@0.3.0",
];
const npm = (...args: string[]) =>
  execFileSync("npm", ["--prefix", NPM, "--no-audit", "--no-fund", "--loglevel=error", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
  });
function installed(): void {
  if (existsSync(`${NPM}/installed`)) return;
  npm("install", "--ignore-scripts", ...PACKAGES);
  npm("rebuild", "node-snap7");
  execFileSync("touch", [`${NPM}/installed`]);
}
/** How a script that uses them is run. */
const node = (script: string) => `env NODE_PATH=${NPM}/node_modules node ${script}`;
const versioned = (...names: string[]) =>
  names.map((name) =>
    PACKAGES.find((each) => each.startsWith(`${name}@`))!
      .replace(/@([\d.]+)$/, " $1")
      .replace(/^@.*\//, ""),
  );

const tcp = (port: number, protocol: string) => ({ transport: "tcp" as const, port, protocol });
const udp = (port: number, protocol: string) => ({ transport: "udp" as const, port, protocol });

/** FRR's daemons, each with its own socket folder and without a shell of its own. */
export async function frr(
  host: Network["client"],
  config: string,
  daemons: string[],
): Promise<void> {
  host.quiet(
    "mkdir -p /run/frr && chown -R frr:frr /run/frr; sysctl -qw net.ipv4.ip_forward=1 || true",
  );
  host.write("frr.conf", `hostname ${host.name}\nlog file /run/frr/log\n${config}`);
  host.quiet("chmod 644 frr.conf");
  for (const daemon of daemons) {
    const module = daemon === "bgpd" ? "-M bmp" : "";
    host.start(
      `/usr/lib/frr/${daemon} -f $PWD/frr.conf -u frr -g frr -i /run/frr/${daemon}.pid ${module} -l 198.51.100.${host.ip4.split(".")[3]}`.replace(
        / -l \S+$/,
        daemon === "bgpd" ? " -p 179" : "",
      ),
    );
    await sleep(daemon === "zebra" ? 1200 : 300);
  }
}

async function fieldbuses(lab: Lab): Promise<void> {
  await lab.part("modbus", async () => {
    installed();
    const net = await lab.network();
    net.server.write(
      "server.js",
      `const modbus = require("jsmodbus"); const net = require("net").createServer();
       const holding = Buffer.alloc(200); for (let i = 0; i < 100; i++) holding.writeUInt16BE(i * 7, i * 2);
       new modbus.server.TCP(net, { holding, coils: Buffer.alloc(32, 0x5a), discrete: Buffer.alloc(32, 0x33), input: Buffer.alloc(200, 1) });
       net.listen(502);\n`,
    );
    net.client.write(
      "client.js",
      `const ModbusRTU = require("modbus-serial"); const c = new ModbusRTU();
       (async () => { await c.connectTCP("198.51.100.2", { port: 502 }); c.setID(1);
         await c.readHoldingRegisters(5, 10); await c.readCoils(0, 13); await c.readInputRegisters(2, 4); await c.readDiscreteInputs(0, 9);
         await c.writeRegisters(5, [0, 0xffff]); await c.writeCoil(3, true); await c.readHoldingRegisters(5, 2);
         c.close(() => process.exit(0)); })().catch((e) => { console.error(e); process.exit(1); });\n`,
    );
    net.server.start(node("server.js"));
    await net.server.listening("tcp", 502);
    await lab.record(
      net,
      {
        file: "modbus/jsmodbus.pcap",
        what: "A server of jsmodbus is read and written by modbus-serial, and polled by mbpoll.",
        software: [...versioned("jsmodbus", "modbus-serial"), "mbpoll"],
        flows: [tcp(502, "modbus")],
      },
      async () => {
        await net.client.run(node("client.js"));
        await net.client.run("mbpoll -m tcp -1 -0 -r 10 -c 5 198.51.100.2");
      },
    );
  });

  await lab.part("opc-ua", async () => {
    installed();
    const net = await lab.network();
    net.server.write(
      "server.js",
      `const { OPCUAServer, Variant, DataType, OPCUACertificateManager } = require("node-opcua");
       (async () => { const manager = new OPCUACertificateManager({ rootFolder: process.cwd() + "/pki", automaticallyAcceptUnknownCertificate: true });
         const server = new OPCUAServer({ port: 4840, hostname: "server.lab.example", serverCertificateManager: manager, userCertificateManager: manager });
         await server.initialize(); const space = server.engine.addressSpace; const names = space.getOwnNamespace();
         const device = names.addObject({ organizedBy: space.rootFolder.objects, browseName: "Kiln" });
         names.addVariable({ componentOf: device, nodeId: "s=temperature", browseName: "Temperature", dataType: "Double", value: { get: () => new Variant({ dataType: DataType.Double, value: 812.5 }) } });
         await server.start(); console.log("ready"); })().catch((e) => { console.error(e); process.exit(1); });\n`,
    );
    net.client.write(
      "client.js",
      `const { OPCUAClient, AttributeIds, MessageSecurityMode, SecurityPolicy, OPCUACertificateManager } = require("node-opcua");
       (async () => { const manager = new OPCUACertificateManager({ rootFolder: process.cwd() + "/pki", automaticallyAcceptUnknownCertificate: true });
         const client = OPCUAClient.create({ endpointMustExist: false, clientCertificateManager: manager, securityMode: MessageSecurityMode.None, securityPolicy: SecurityPolicy.None, connectionStrategy: { maxRetry: 1 } });
         await client.connect("opc.tcp://server.lab.example:4840"); const session = await client.createSession();
         await session.browse("RootFolder"); await session.read({ nodeId: "ns=1;s=temperature", attributeId: AttributeIds.Value });
         await session.close(); await client.disconnect(); process.exit(0); })().catch((e) => { console.error(e); process.exit(1); });\n`,
    );
    net.server.start(node("server.js"));
    await net.server.listening("tcp", 4840, 90);
    await net.client.run(node("client.js"), { seconds: 90, ok: [0, 1] });
    await lab.record(
      net,
      {
        file: "opc-ua/node-opcua.pcap",
        what: "A session without security browses the root and reads a variable.",
        software: versioned("node-opcua"),
        flows: [tcp(4840, "opc-ua")],
      },
      () => net.client.run(node("client.js"), { seconds: 90 }),
    );
  });

  await lab.part("bacnet", async () => {
    installed();
    const net = await lab.network();
    net.server.write(
      "device.js",
      `const Bacnet = require("node-bacnet"); const b = new Bacnet({ interface: "0.0.0.0", apduTimeout: 3000 });
       b.on("whoIs", () => b.iAmResponse(null, 4711, Bacnet.enum.Segmentation.NO_SEGMENTATION, 999));
       b.on("readProperty", (d) => b.readPropertyResponse(d.header.sender, d.invokeId, d.payload.objectId, d.payload.property, [{ type: Bacnet.enum.ApplicationTag.CHARACTER_STRING, value: "Boiler" }]));
       b.on("writeProperty", (d) => b.simpleAckResponse(d.header.sender, d.service, d.invokeId));\n`,
    );
    net.client.write(
      "client.js",
      `const Bacnet = require("node-bacnet"); const b = new Bacnet({ interface: "0.0.0.0", broadcastAddress: "198.51.100.255", apduTimeout: 3000 });
       const server = { address: "198.51.100.2" };
       setTimeout(() => b.whoIs(), 300);
       setTimeout(() => b.readProperty(server, { type: 8, instance: 4711 }, 77, {}, (e, v) => {
         b.writeProperty(server, { type: 8, instance: 4711 }, 28, [{ type: Bacnet.enum.ApplicationTag.CHARACTER_STRING, value: "lab" }], {}, () => setTimeout(() => process.exit(0), 200)); }), 900);\n`,
    );
    net.server.start(node("device.js"));
    await net.server.listening("udp", 47808);
    await lab.record(
      net,
      {
        file: "bacnet/node-bacnet.pcap",
        what: "Who-Is to everybody and I-Am, then a property is read and written.",
        software: versioned("node-bacnet"),
        flows: [udp(47808, "bacnet")],
      },
      () => net.client.run(node("client.js"), { ok: [0, 124] }),
    );
  });

  await lab.part("s7comm", async () => {
    installed();
    const net = await lab.network();
    net.server.write(
      "plc.js",
      `const snap7 = require("node-snap7"); const s = new snap7.S7Server(); const db = Buffer.alloc(100, 7);
       s.RegisterArea(s.srvAreaDB, 1, db); s.RegisterArea(s.srvAreaMK, Buffer.alloc(64)); s.StartTo("198.51.100.2"); setInterval(() => {}, 1000);\n`,
    );
    net.client.write(
      "client.js",
      `const nodes7 = require("nodes7"); const c = new nodes7({ silent: true });
       c.initiateConnection({ port: 102, host: "198.51.100.2", rack: 0, slot: 1 }, (e) => { if (e) process.exit(1);
         c.setTranslationCB((t) => ({ A: "DB1,INT4", B: "DB1,REAL8" })[t]); c.addItems(["A", "B"]);
         c.readAllItems(() => c.writeItems("A", 42, () => c.readAllItems(() => c.dropConnection(() => process.exit(0))))); });\n`,
    );
    net.client.write(
      "snap.js",
      `const snap7 = require("node-snap7"); const c = new snap7.S7Client();
       c.ConnectTo("198.51.100.2", 0, 1, (e) => { if (e) process.exit(1); c.DBRead(1, 0, 16, () => { c.GetCpuInfo(() => { c.Disconnect(); process.exit(0); }); }); });\n`,
    );
    net.server.start(node("plc.js"));
    await net.server.listening("tcp", 102);
    await lab.record(
      net,
      {
        file: "s7comm/snap7.pcap",
        what: "A controller of Snap7 is read and written by nodes7, and read by Snap7's own client.",
        software: versioned("node-snap7", "nodes7"),
        flows: [tcp(102, "s7comm")],
      },
      async () => {
        await net.client.run(node("client.js"));
        await net.client.run(node("snap.js"));
      },
    );
  });

  await lab.part("knx", async () => {
    const net = await lab.network();
    net.server.start("knxd -e 0.0.1 -E 0.0.2:8 -DTRS -b dummy:");
    await net.server.listening("udp", 3671);
    await lab.record(
      net,
      {
        file: "knxnet-ip/knxd.pcap",
        what: "knxd connects to another one by a tunnel; a group is written to and read from.",
        software: ["knxd", "knxd-tools"],
        flows: [udp(3671, "knxnet-ip")],
      },
      async () => {
        net.client.start("knxd -e 1.1.1 -E 1.1.2:8 -u /run/knx -b ipt:198.51.100.2");
        await sleep(1500);
        await net.client.run("knxtool groupswrite local:/run/knx 1/0/1 1");
        await net.client.run("knxtool groupread local:/run/knx 1/0/1");
        await sleep(1000);
      },
    );
  });

  await lab.part("gvcp", async () => {
    const net = await lab.network();
    await lab.record(
      net,
      {
        file: "gvcp/aravis.pcap",
        what: "A tool asks everybody which cameras there are; none answers.",
        software: ["aravis-tools-cli"],
        filter: "udp port 3956",
        flows: [udp(3956, "gvcp")],
      },
      () => net.client.run("arv-tool-0.8", { ok: [0, 1] }),
    );
  });
}

async function routing(lab: Lab): Promise<void> {
  await lab.part("bgp", async () => {
    const net = await lab.network();
    net.server.write(
      "bird.conf",
      `router id 198.51.100.2; protocol device {} protocol static { ipv4; route 203.0.113.0/24 blackhole; }
       protocol bgp lab { local 198.51.100.2 as 65002; neighbor 198.51.100.1 as 65001; hold time 30; ipv4 { import all; export all; }; }\n`,
    );
    net.server.quiet("mkdir -p /run/bird");
    net.server.start("bird -f -c bird.conf -s /run/bird/bird.ctl");
    await net.server.listening("tcp", 179);
    await lab.record(
      net,
      {
        file: "bgp/frr-bird.pcap",
        what: "A session between FRR and BIRD over which routes are told.",
        software: ["frr", "bird2"],
        flows: [{ ...tcp(179, "bgp") }],
      },
      async () => {
        await frr(
          net.client,
          "router bgp 65001\n bgp router-id 198.51.100.1\n no bgp ebgp-requires-policy\n timers bgp 10 30\n neighbor 198.51.100.2 remote-as 65002\n neighbor 198.51.100.2 timers connect 2\n address-family ipv4 unicast\n  network 192.0.2.0/24\n exit-address-family\n",
          ["zebra", "bgpd"],
        );
        await sleep(8000);
      },
    );
  });

  await lab.part("bmp", async () => {
    const net = await lab.network();
    net.server.write(
      "pmbmpd.conf",
      "bmp_daemon_ip: 198.51.100.2\nbmp_daemon_port: 11019\nbmp_daemon_msglog_file: /run/bmp.log\n",
    );
    net.server.start("pmbmpd -f pmbmpd.conf");
    await net.server.listening("tcp", 11019);
    await lab.record(
      net,
      {
        file: "bmp/frr-pmacct.pcap",
        what: "A router of FRR tells a station of pmacct about itself.",
        software: ["frr", "pmacct"],
        flows: [tcp(11019, "bmp")],
      },
      async () => {
        await frr(
          net.client,
          "router bgp 65001\n bgp router-id 198.51.100.1\n no bgp ebgp-requires-policy\n neighbor 198.51.100.9 remote-as 65002\n address-family ipv4 unicast\n  network 192.0.2.0/24\n exit-address-family\n bmp targets lab\n  bmp monitor ipv4 unicast post-policy\n  bmp connect 198.51.100.2 port 11019 min-retry 500 max-retry 1000\n exit\n",
          ["zebra", "bgpd"],
        );
        await sleep(5000);
      },
    );
  });

  await lab.part("ldp", async () => {
    const net = await lab.network();
    await lab.record(
      net,
      {
        file: "ldp/frr.pcap",
        what: "Hellos, and the session that follows.",
        software: ["frr"],
        flows: [tcp(646, "ldp"), udp(646, "ldp")],
      },
      async () => {
        for (const host of [net.server, net.client])
          await frr(
            host,
            `mpls ldp\n router-id ${host.ip4}\n address-family ipv4\n  discovery transport-address ${host.ip4}\n  interface eth0\n  exit\n exit-address-family\n`,
            ["zebra", "ldpd"],
          );
        await sleep(9000);
      },
    );
  });

  await lab.part("babel", async () => {
    const net = await lab.network();
    await lab.record(
      net,
      {
        file: "babel/babeld.pcap",
        what: "babeld and BIRD hear each other and exchange routes.",
        software: ["babeld", "bird2"],
        flows: [udp(6696, "babel")],
      },
      async () => {
        net.server.write(
          "bird.conf",
          'router id 198.51.100.2; protocol device {} protocol direct { ipv4; ipv6; } protocol babel { ipv4 { export all; }; ipv6 { export all; }; interface "eth0" { type wired; hello interval 1 s; update interval 2 s; }; }\n',
        );
        net.server.quiet("mkdir -p /run/bird");
        net.server.start("bird -f -c bird.conf -s /run/bird/bird.ctl");
        net.client.start(
          "babeld -I /run/babeld.pid -S /run/babel-state -h 1 -H 1 -C 'redistribute local ip 0.0.0.0/0 allow' eth0",
        );
        await sleep(6000);
      },
    );
  });
}

async function exporters(lab: Lab): Promise<void> {
  const traffic = async (net: Network) => {
    for (let count = 0; count < 4; count++)
      await net.client.run("ping -c 1 -W 1 198.51.100.2", { ok: [0, 1] });
  };
  for (const [name, version] of [
    ["v5", "5"],
    ["v9", "9"],
    ["ipfix", "10"],
  ] as const)
    await lab.part(`netflow-${name}`, async () => {
      const net = await lab.network();
      net.server.quiet("mkdir -p flows");
      net.server.start("nfcapd -l flows -p 2055 -b 198.51.100.2");
      await net.server.listening("udp", 2055);
      net.client.write(
        "pmacct.conf",
        `daemonize: false\npcap_interface: eth0\nplugins: nfprobe\naggregate: src_host,dst_host,src_port,dst_port,proto,tos\nnfprobe_receiver: 198.51.100.2:2055\nnfprobe_version: ${version}\nnfprobe_timeouts: icmp=1:general=1:maxlife=1:expint=1\npcap_filter: icmp\n`,
      );
      await lab.record(
        net,
        {
          file: `netflow/pmacct-${name}.pcap`,
          what: `pmacct exports flows to nfcapd as ${version === "10" ? "IPFIX" : `NetFlow version ${version}`}.`,
          software: ["pmacct", "nfdump"],
          filter: "udp port 2055",
          flows: [udp(2055, "netflow")],
        },
        async () => {
          net.client.start("pmacctd -f pmacct.conf");
          await sleep(1500);
          for (let count = 0; count < 3; count++) {
            await traffic(net);
            await sleep(3000);
          }
        },
      );
    });

  await lab.part("sflow", async () => {
    const net = await lab.network();
    net.server.quiet("mkdir -p flows");
    net.server.start("sfcapd -l flows -p 6343 -b 198.51.100.2");
    await net.server.listening("udp", 6343);
    net.client.write(
      "pmacct.conf",
      "daemonize: false\npcap_interface: eth0\nplugins: sfprobe\nsfprobe_receiver: 198.51.100.2:6343\nsfprobe_agentip: 198.51.100.1\nsampling_rate: 1\npcap_filter: icmp\n",
    );
    await lab.record(
      net,
      {
        file: "sflow/pmacct.pcap",
        what: "pmacct samples every packet of some pings for sfcapd.",
        software: ["pmacct", "nfdump"],
        filter: "udp port 6343",
        flows: [udp(6343, "sflow")],
      },
      async () => {
        net.client.start("pmacctd -f pmacct.conf");
        await sleep(1500);
        await traffic(net);
        await sleep(3000);
      },
    );
  });

  await lab.part("openflow", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("mkdir -p /run/openvswitch");
    server.start(
      "ovs-testcontroller -v ptcp:6653 --pidfile=/run/openvswitch/c.pid --unixctl=/run/openvswitch/c.ctl",
    );
    await server.listening("tcp", 6653);
    client.quiet(
      "mkdir -p /run/openvswitch; ovsdb-tool create conf.db /usr/share/openvswitch/vswitch.ovsschema",
    );
    client.start(
      "ovsdb-server $PWD/conf.db --remote=punix:/run/openvswitch/db.sock --remote=ptcp:6640:198.51.100.1 --pidfile=/run/openvswitch/db.pid --unixctl=/run/openvswitch/db.ctl",
    );
    await client.listening("tcp", 6640);
    await lab.record(
      net,
      {
        file: "openflow/openvswitch.pcap",
        what: "A switch connects to a controller by OpenFlow, and its database is asked from the other host.",
        software: ["openvswitch-switch", "openvswitch-testcontroller"],
        filter: "tcp port 6653 or tcp port 6640",
        flows: [tcp(6653, "openflow"), { ...tcp(6640, "ovsdb"), server: client.ip4 }],
      },
      async () => {
        client.start(
          "ovs-vswitchd unix:/run/openvswitch/db.sock --enable-dummy=override --disable-system --pidfile=/run/openvswitch/v.pid --unixctl=/run/openvswitch/v.ctl",
        );
        await client.run(
          "ovs-vsctl --db=unix:/run/openvswitch/db.sock --no-wait -- add-br br0 -- set bridge br0 datapath_type=dummy -- set-controller br0 tcp:198.51.100.2:6653",
        );
        await sleep(4000);
        await server.run("ovsdb-client list-dbs tcp:198.51.100.1:6640");
        await server.run(
          `ovsdb-client transact tcp:198.51.100.1:6640 '["Open_vSwitch",{"op":"select","table":"Bridge","where":[],"columns":["name"]}]'`,
        );
      },
    );
  });

  await lab.part("iperf", async () => {
    const net = await lab.network();
    net.server.start("iperf3 -s");
    await net.server.listening("tcp", 5201);
    await lab.record(
      net,
      {
        file: "iperf/iperf3.pcap",
        what: "A slow test over TCP and one over UDP.",
        software: ["iperf3"],
        flows: [tcp(5201, "iperf"), udp(5201, "iperf")],
      },
      async () => {
        await net.client.run("iperf3 -c 198.51.100.2 -t 1 -b 60k -l 1200");
        await net.client.run("iperf3 -u -c 198.51.100.2 -t 1 -b 60k -l 1200");
      },
    );
  });
}

async function lights(lab: Lab): Promise<void> {
  await lab.part("wol", async () => {
    const net = await lab.network();
    await lab.record(
      net,
      {
        file: "wol/wakeonlan.pcap",
        what: "A magic packet to everybody and one to a host.",
        software: ["wakeonlan"],
        filter: "udp",
        flows: [udp(9, "wol"), udp(7, "wol")],
      },
      async () => {
        await net.client.run("wakeonlan -i 198.51.100.255 02:00:5e:00:53:02");
        await net.client.run("wakeonlan -i 198.51.100.2 -p 7 02:00:5e:00:53:02");
        await sleep(300);
      },
    );
  });

  await lab.part("art-net", async () => {
    installed();
    const net = await lab.network();
    const receiver = `const { dmxnet } = require("dmxnet"); const d = new dmxnet({ log: { level: "error" } }); d.newReceiver({ subnet: 0, universe: 0, net: 0 });\n`;
    net.server.write("receiver.js", receiver);
    net.client.write(
      "sender.js",
      `const { dmxnet } = require("dmxnet"); const d = new dmxnet({ log: { level: "error" } }); const s = d.newSender({ ip: "198.51.100.2", base_refresh_interval: 500 });
       s.setChannel(1, 200); setTimeout(() => s.fillChannels(10, 20, 99), 400); setTimeout(() => process.exit(0), 4000);\n`,
    );
    net.server.start(node("receiver.js"));
    await net.server.listening("udp", 6454);
    await lab.record(
      net,
      {
        file: "art-net/dmxnet.pcap",
        what: "Channels are set, and nodes look for each other.",
        software: versioned("dmxnet"),
        flows: [udp(6454, "art-net")],
      },
      () => net.client.run(node("sender.js")),
    );
  });

  await lab.part("acn", async () => {
    installed();
    const net = await lab.network();
    net.server.write(
      "receiver.js",
      `const { Receiver } = require("sacn"); new Receiver({ universes: [1], iface: "198.51.100.2" });\n`,
    );
    net.client.write(
      "sender.js",
      `const { Sender } = require("sacn"); const s = new Sender({ universe: 1, iface: "198.51.100.1", reuseAddr: true, minRefreshRate: 3 });
       const u = new Sender({ universe: 2, useUnicastDestination: "198.51.100.2" });
       (async () => { for (let i = 0; i < 3; i++) { await s.send({ payload: { 1: 100, 2: i * 10 }, sourceName: "lab" }); await u.send({ payload: { 1: 50 }, sourceName: "lab" }); }
         setTimeout(() => process.exit(0), 800); })();\n`,
    );
    net.server.start(node("receiver.js"));
    await net.server.listening("udp", 5568);
    await lab.record(
      net,
      {
        file: "acn/sacn.pcap",
        what: "Streaming ACN, to a group and to one host.",
        software: versioned("sacn"),
        filter: "udp",
        flows: [udp(5568, "acn")],
      },
      () => net.client.run(node("sender.js")),
    );
  });

  await lab.part("osc", async () => {
    const net = await lab.network();
    net.server.start("oscdump 7770");
    await net.server.listening("udp", 7770);
    await lab.record(
      net,
      {
        file: "osc/liblo.pcap",
        what: "Messages of several types.",
        software: ["liblo-tools"],
        flows: [udp(7770, "osc")],
      },
      async () => {
        await net.client.run("oscsend 198.51.100.2 7770 /mixer/channel/1/gain f 0.5");
        await net.client.run("oscsend 198.51.100.2 7770 /play is 7 chorus");
      },
    );
  });

  await lab.part("tplink-smarthome", async () => {
    installed();
    const net = await lab.network();
    net.server.write(
      "plug.js",
      `const { Device, UdpServer } = require("tplink-smarthome-simulator");
       const d = new Device({ port: 9999, address: "198.51.100.2", model: "hs110", data: { alias: "Kettle", mac: "02:00:5e:00:53:02", deviceId: "A110" } });
       d.start().then(() => UdpServer.start());\n`,
    );
    net.client.write(
      "client.js",
      `const { Client } = require("tplink-smarthome-api"); const c = new Client();
       (async () => { const d = await c.getDevice({ host: "198.51.100.2" }); await d.setPowerState(true); await d.getSysInfo({ transport: "udp" });
         c.startDiscovery({ broadcast: "198.51.100.255", discoveryInterval: 500, discoveryTimeout: 1500 }); setTimeout(() => process.exit(0), 2000); })().catch((e) => { console.error(e); process.exit(1); });\n`,
    );
    net.server.start(node("plug.js"));
    await net.server.listening("tcp", 9999);
    await sleep(500);
    await lab.record(
      net,
      {
        file: "tplink-smarthome/simulator.pcap",
        what: "A plug is found, asked and switched.",
        software: versioned("tplink-smarthome-simulator", "tplink-smarthome-api"),
        flows: [tcp(9999, "tplink-smarthome"), udp(9999, "tplink-smarthome")],
      },
      () => net.client.run(node("client.js")),
    );
  });

  await lab.part("tuya", async () => {
    installed();
    const net = await lab.network();
    net.server.write(
      "device.js",
      `const TuyaStub = require("@tuyapi/stub"); const s = new TuyaStub({ id: "22325186db4a2217dc8e", key: "4226aa407d5c1e2b", ip: "198.51.100.2", state: { 1: false, 2: true } });
       s.startServer(6668); setTimeout(() => { try { s.startUDPBroadcast({ interval: 1 }); } catch (e) { console.error(e); } }, 100);\n`,
    );
    net.client.write(
      "client.js",
      `const TuyAPI = require("tuyapi"); const d = new TuyAPI({ id: "22325186db4a2217dc8e", key: "4226aa407d5c1e2b", ip: "198.51.100.2", port: 6668 });
       (async () => { await d.connect(); await d.get({ schema: true }); await d.set({ set: true }); d.disconnect(); setTimeout(() => process.exit(0), 200); })().catch((e) => { console.error(e); process.exit(1); });\n`,
    );
    net.server.start(node("device.js"));
    await net.server.listening("tcp", 6668);
    await lab.record(
      net,
      {
        file: "tuya-lp/stub.pcap",
        what: "A device is asked for its state and switched.",
        software: versioned("@tuyapi/stub", "tuyapi"),
        flows: [tcp(6668, "tuya-lp"), udp(6666, "tuya-lp"), udp(6667, "tuya-lp")],
      },
      () => net.client.run(node("client.js"), { ok: [0, 1, 124], seconds: 8 }),
    );
  });

  await lab.part("apple-midi", async () => {
    installed();
    const net = await lab.network();
    net.server.write(
      "session.js",
      `const rtpmidi = require("rtpmidi"); const s = rtpmidi.manager.createSession({ localName: "server", bonjourName: "server", port: 5004 }); setInterval(() => {}, 1000);\n`,
    );
    net.client.write(
      "client.js",
      `const rtpmidi = require("rtpmidi"); const s = rtpmidi.manager.createSession({ localName: "client", bonjourName: "client", port: 5104 });
       setTimeout(() => s.connect({ address: "198.51.100.2", port: 5004 }), 300);
       setTimeout(() => s.sendMessage(0, [0x90, 60, 100]), 2500); setTimeout(() => process.exit(0), 4500);\n`,
    );
    net.server.start(node("session.js"));
    await net.server.listening("udp", 5004);
    await lab.record(
      net,
      {
        file: "apple-midi/rtpmidi.pcap",
        what: "A session is opened, clocks are compared, and a note is played.",
        software: versioned("rtpmidi"),
        filter: "udp portrange 5004-5005",
        count: 40,
        flows: [udp(5004, "apple-midi"), udp(5005, "apple-midi")],
      },
      () => net.client.run(node("client.js")),
    );
  });
}

async function others(lab: Lab): Promise<void> {
  await lab.part("rtps", async () => {
    const net = await lab.network();
    await lab.record(
      net,
      {
        file: "rtps/cyclonedds.pcap",
        what: "Two participants find each other; one sends pings that the other returns.",
        software: ["cyclonedds-tools"],
        filter: "udp",
        flows: [
          // A datagram of one zero byte, by which it finds out whether it may send to the group.
          { transport: "udp", port: 7401, server: "239.255.0.1", protocol: null },
          { transport: "udp", port: [7400, 7500], protocol: "rtps" },
          { transport: "udp", protocol: "rtps" },
        ],
      },
      async () => {
        net.server.start("timeout 5 ddsperf -D 4 pong");
        await net.client.run("timeout 5 ddsperf -D 3 ping 5Hz", { ok: [0, 1, 124] });
      },
    );
  });

  await lab.part("ntrip", async () => {
    const net = await lab.network();
    const sentence = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n";
    net.server.write("log.nmea", sentence.repeat(40));
    net.server.start("str2str -in file://log.nmea -out ntripc://:2101/LAB:STR -b 0");
    net.server.start("str2str -in file://log.nmea -out tcpsvr://:10110");
    await net.server.listening("tcp", 2101);
    await lab.record(
      net,
      {
        file: "ntrip/rtklib.pcap",
        what: "A client of RTKLIB asks its caster for a mount point; sentences of NMEA 0183 come over plain TCP.",
        software: ["rtklib", "netcat-openbsd"],
        flows: [tcp(2101, "ntrip"), tcp(10110, "nmea-0183")],
      },
      async () => {
        await net.client.run(
          "timeout 3 str2str -in ntrip://lab:lab-pass@198.51.100.2:2101/LAB -out file://out",
          { ok: [0, 1, 124] },
        );
        await net.client.run("timeout 2 nc -d 198.51.100.2 10110", { ok: [0, 124] });
      },
    );
  });
}

export default scenario({
  name: "industrial",
  packages: [
    "mbpoll",
    "knxd",
    "knxd-tools",
    "aravis-tools-cli",
    "frr",
    "bird2",
    "babeld",
    "pmacct",
    "nfdump",
    "nfdump-sflow",
    "openvswitch-switch",
    "openvswitch-testcontroller",
    "iperf3",
    "wakeonlan",
    "liblo-tools",
    "cyclonedds-tools",
    "rtklib",
    "netcat-openbsd",
    "iputils-ping",
  ],
  async run(lab) {
    await fieldbuses(lab);
    await routing(lab);
    await exporters(lab);
    await lights(lab);
    await others(lab);
  },
});
