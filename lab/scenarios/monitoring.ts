import { setTimeout as sleep } from "node:timers/promises";
import { type Lab, scenario } from "../scenario.js";
import { tcp, udp } from "./infrastructure.js";

async function metrics(lab: Lab): Promise<void> {
  for (const [part, level, what] of [
    ["collectd", "None", "Load and memory are told to another collectd"],
    ["collectd-sign", "Sign", "The same, signed"],
    ["collectd-encrypt", "Encrypt", "The same, encrypted"],
  ] as const)
    await lab.part(part, async () => {
      const net = await lab.network();
      const { client, server } = net;
      const common = (dir: string) =>
        `BaseDir "${dir}"\nPIDFile "${dir}/pid"\nInterval 1\nTypesDB "/usr/share/collectd/types.db"\nLoadPlugin network\n`;
      server.write(
        "collectd.conf",
        `Hostname "server"\n${common(server.dir)}<Plugin network>\n <Listen "198.51.100.2" "25826">\n  SecurityLevel ${level}\n  AuthFile "${server.dir}/keys"\n </Listen>\n</Plugin>\n`,
      );
      server.write("keys", "lab: lab-secret\n");
      client.write(
        "collectd.conf",
        `Hostname "client"\n${common(client.dir)}LoadPlugin load\nLoadPlugin memory\nLoadPlugin uptime\n<Plugin network>\n <Server "198.51.100.2" "25826">\n  SecurityLevel ${level}\n  Username "lab"\n  Password "lab-secret"\n </Server>\n</Plugin>\n`,
      );
      server.start("collectd -f -C collectd.conf");
      await server.listening("udp", 25826);
      await lab.record(
        net,
        {
          file: `collectd/${part}.pcap`,
          what: `${what}.`,
          software: ["collectd-core"],
          flows: [udp(25826, "collectd")],
        },
        async () => {
          const collector = client.start("collectd -f -C collectd.conf");
          await sleep(9000);
          client.quiet("pkill -x collectd");
          await collector.exited;
        },
      );
    });

  // Short lines of text that have no signature: they must not get another protocol's name.
  await lab.part("statsd", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "collectd.conf",
      `Hostname "server"\nBaseDir "${server.dir}"\nPIDFile "${server.dir}/pid"\nInterval 1\nTypesDB "/usr/share/collectd/types.db"\nLoadPlugin statsd\n<Plugin statsd>\n Host "198.51.100.2"\n Port "8125"\n</Plugin>\n`,
    );
    client.write(
      "client.py",
      `import statsd
c = statsd.StatsClient("198.51.100.2", 8125, prefix="lab")
for i in range(5):
    c.incr("kiln.opened"); c.timing("kiln.heat", 320 + i); c.gauge("kiln.temperature", 812.5)
with c.pipeline() as p:
    p.incr("a"); p.incr("b", 2, rate=1)
`,
    );
    server.start("collectd -f -C collectd.conf");
    await server.listening("udp", 8125);
    await lab.record(
      net,
      {
        file: "statsd/collectd.pcap",
        what: "Counters, timers and gauges, one in a datagram and several.",
        software: ["collectd-core", "python3-statsd"],
        flows: [udp(8125, "statsd")],
      },
      () => client.run("python3 client.py"),
    );
  });

  await lab.part("graphite", async () => {
    const net = await lab.network();
    const { client, server } = net;
    const { dir } = server;
    server.write(
      "conf/carbon.conf",
      `[cache]\nSTORAGE_DIR = ${dir}\nCONF_DIR = ${dir}/conf\nLOG_DIR = ${dir}\nPID_DIR = ${dir}\nLOCAL_DATA_DIR = ${dir}/whisper\nLINE_RECEIVER_INTERFACE = 198.51.100.2\nENABLE_LOGROTATION = False\nPICKLE_RECEIVER_INTERFACE = 198.51.100.2\nCACHE_QUERY_INTERFACE = 127.0.0.1\nUSE_FLOW_CONTROL = True\n`,
    );
    server.write("conf/storage-schemas.conf", "[all]\npattern = .*\nretentions = 1s:60s\n");
    client.write(
      "collectd.conf",
      `Hostname "client"\nBaseDir "${client.dir}"\nPIDFile "${client.dir}/pid"\nInterval 1\nTypesDB "/usr/share/collectd/types.db"\nLoadPlugin load\nLoadPlugin write_graphite\n<Plugin write_graphite>\n <Node "lab">\n  Host "198.51.100.2"\n  Port "2003"\n </Node>\n</Plugin>\n`,
    );
    server.start(
      `env GRAPHITE_ROOT=${dir} carbon-cache --config=${dir}/conf/carbon.conf --nodaemon start`,
    );
    await server.listening("tcp", 2003);
    await lab.record(
      net,
      {
        file: "graphite/collectd-carbon.pcap",
        what: "Load averages, as lines.",
        software: ["collectd-core", "graphite-carbon"],
        flows: [tcp(2003, "graphite")],
      },
      async () => {
        const collector = client.start("collectd -f -C collectd.conf");
        await sleep(5000);
        client.quiet("pkill -x collectd");
        await collector.exited;
      },
    );
  });
}

async function agents(lab: Lab): Promise<void> {
  await lab.part("zabbix", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("chown lab .");
    server.write(
      "proxy.conf",
      `ProxyMode=1\nServer=198.51.100.1\nHostname=proxy\nListenIP=198.51.100.2\nListenPort=10051\nLogType=console\nPidFile=${server.dir}/pid\nSocketDir=${server.dir}\nDBName=${server.dir}/proxy.db\nUser=lab\nStartVMwareCollectors=0\nCacheSize=2M\n`,
    );
    client.write(
      "agent.conf",
      `Server=198.51.100.2\nServerActive=198.51.100.2\nHostname=client\nLogType=console\nPidFile=${client.dir}/pid\nUser=lab\nListenIP=198.51.100.1\nRefreshActiveChecks=60\n`,
    );
    client.quiet("chown lab .");
    server.start("zabbix_proxy -f -c $PWD/proxy.conf");
    await server.listening("tcp", 10051);
    await lab.record(
      net,
      {
        file: "zabbix/zabbix.pcap",
        what: "An agent asks for its checks and a sender delivers values, to a proxy that knows neither.",
        software: ["zabbix-agent", "zabbix-proxy-sqlite3"],
        flows: [tcp(10051, "zabbix"), tcp(10050, "zabbix")],
      },
      async () => {
        client.start("zabbix_agentd -f -c $PWD/agent.conf");
        await sleep(3000);
        await client.run("zabbix_sender -vv -z 198.51.100.2 -s client -k kiln.temperature -o 812", {
          ok: [0, 2],
        });
        await client.run("zabbix_get -s 198.51.100.1 -k agent.ping", { ok: [0, 1, 127] });
      },
    );
  });

  await lab.part("munin", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "munin-node.conf",
      `log_file ${server.dir}/node.log\npid_file ${server.dir}/pid\nbackground 0\nsetsid 0\nuser root\ngroup root\nallow .*\nhost 198.51.100.2\nport 4949\nhost_name server.lab.example\n`,
    );
    server.quiet(
      "mkdir -p /var/run/munin; rm -f /etc/munin/plugins/*; for p in load uptime; do ln -s /usr/share/munin/plugins/$p /etc/munin/plugins/; done",
    );
    server.start("munin-node --config $PWD/munin-node.conf");
    await server.listening("tcp", 4949);
    client.quiet("mkdir -p db html log run && chown -R munin . && chmod a+rx .");
    client.write(
      "munin.conf",
      ["db", "html", "log", "run"].map((each) => `${each}dir ${client.dir}/${each}\n`).join("") +
        "[server.lab.example]\n address 198.51.100.2\n",
    );
    await lab.record(
      net,
      {
        file: "munin/munin.pcap",
        what: "A node is asked for its values.",
        software: ["munin-node", "munin"],
        flows: [tcp(4949, "munin")],
      },
      () =>
        client.run(
          "runuser -u munin -- /usr/share/munin/munin-update --nofork --config $PWD/munin.conf",
          { ok: [0, 1, 2] },
        ),
    );
  });

  await lab.part("nrpe", async () => {
    const net = await lab.network();
    net.server.write(
      "nrpe.cfg",
      `server_port=5666\nserver_address=198.51.100.2\nnrpe_user=lab\nnrpe_group=lab\nallowed_hosts=198.51.100.1\npid_file=${net.server.dir}/pid\ncommand[hello]=/bin/echo hello\n`,
    );
    net.server.start("nrpe -c $PWD/nrpe.cfg -f -n");
    await net.server.listening("tcp", 5666);
    await lab.record(
      net,
      {
        file: "nrpe/nrpe.pcap",
        what: "A check without TLS by the packets of version 2, 3 and 4.",
        software: ["nagios-nrpe-server", "nagios-nrpe-plugin"],
        flows: [tcp(5666, "nrpe")],
      },
      async () => {
        for (const version of ["-2", "-3", ""])
          await net.client.run(
            `/usr/lib/nagios/plugins/check_nrpe -H 198.51.100.2 -n ${version} -c hello`,
            { ok: [0, 3] },
          );
      },
    );
  });

  await lab.part("gearman", async () => {
    const net = await lab.network();
    net.server.start("gearmand -l stderr -L 198.51.100.2 -p 4730");
    await net.server.listening("tcp", 4730);
    await lab.record(
      net,
      {
        file: "gearman/gearmand.pcap",
        what: "A worker offers to count lines, a client has some counted, and the server is asked for its state.",
        software: ["gearman-job-server", "gearman-tools"],
        flows: [tcp(4730, "gearman")],
      },
      async () => {
        net.client.start("gearman -h 198.51.100.2 -w -f count -- wc -l");
        await sleep(800);
        await net.client.run("gearman -h 198.51.100.2 -f count", { input: "one\ntwo\nthree\n" });
        await net.client.run("gearman -h 198.51.100.2 -b -f count", { input: "four\n" });
        await net.client.run("gearadmin -h 198.51.100.2 --status --workers --server-version");
      },
    );
  });

  await lab.part("ipmi", async () => {
    const net = await lab.network();
    net.server.write(
      "lan.conf",
      `name "lab"
set_working_mc 0x20
  startlan 1
    addr 198.51.100.2 623
    priv_limit admin
    allowed_auths_callback none md2 md5 straight
    allowed_auths_user none md2 md5 straight
    allowed_auths_operator none md2 md5 straight
    allowed_auths_admin none md2 md5 straight
    guid a123456789abcdefa123456789abcdef
  endlan
  user 1 true "" "lab-pass" user 10 none md2 md5 straight
  user 2 true "lab" "lab-pass" admin 10 none md2 md5 straight
`,
    );
    net.server.write(
      "lab.emu",
      "mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr\nmc_enable 0x20\n",
    );
    net.server.start("ipmi_sim -n -c lan.conf -f lab.emu -s $PWD");
    await net.server.listening("udp", 623);
    await lab.record(
      net,
      {
        file: "rmcp/openipmi-ipmitool.pcap",
        what: "A ping, and the identity of a controller by IPMI 1.5 and 2.0.",
        software: ["openipmi", "ipmitool"],
        flows: [udp(623, "rmcp")],
      },
      async () => {
        await net.client.run("rmcp_ping 198.51.100.2", { ok: [0, 1, 124], seconds: 4 });
        for (const kind of ["lan", "lanplus"])
          await net.client.run(
            `ipmitool -I ${kind} -H 198.51.100.2 -U lab -P lab-pass ${kind === "lanplus" ? "-C 3" : ""} mc info`,
            { ok: [0, 1] },
          );
      },
    );
  });

  await lab.part("diameter", async () => {
    const net = await lab.network();
    for (const [host, other] of [
      [net.server, net.client],
      [net.client, net.server],
    ] as const) {
      const { dir } = host;
      host.quiet(
        `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 3650 -subj /CN=${host.name}.lab.example 2>/dev/null`,
      );
      host.write("acl.conf", `ALLOW_IPSEC ${other.name}.lab.example\n`);
      host.write(
        "fd.conf",
        `Identity = "${host.name}.lab.example";\nRealm = "lab.example";\nPort = 3868;\nSecPort = 0;\nNo_SCTP;\nListenOn = "${host.ip4}";\nTwTimer = 6;\nTLS_Cred = "${dir}/cert.pem", "${dir}/key.pem";\nTLS_CA = "${dir}/cert.pem";\nLoadExtension = "acl_wl.fdx" : "${dir}/acl.conf";\n` +
          (host === net.client
            ? `ConnectPeer = "server.lab.example" { ConnectTo = "198.51.100.2"; No_TLS; No_IPv6; };\n`
            : ""),
      );
    }
    net.server.start("freeDiameterd -c $PWD/fd.conf");
    await net.server.listening("tcp", 3868);
    await lab.record(
      net,
      {
        file: "diameter/freediameter.pcap",
        what: "Two peers exchange capabilities, watch each other and part.",
        software: ["freediameterd"],
        flows: [tcp(3868, "diameter")],
      },
      async () => {
        const peer = net.client.start("freeDiameterd -c $PWD/fd.conf & echo $! > pid; wait");
        await sleep(14_000);
        net.client.quiet("kill $(cat pid)");
        await Promise.race([peer.exited, sleep(4000)]);
      },
    );
  });
}

export default scenario({
  name: "monitoring",
  packages: [
    "collectd-core",
    "python3-statsd",
    "graphite-carbon",
    "zabbix-agent",
    "zabbix-proxy-sqlite3",
    "munin-node",
    "munin",
    "nagios-nrpe-server",
    "nagios-nrpe-plugin",
    "gearman-job-server",
    "gearman-tools",
    "openipmi",
    "ipmitool",
    "freediameterd",
    "freediameter",
    "openssl",
  ],
  async run(lab) {
    await metrics(lab);
    await agents(lab);
  },
});
