import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../netns.js";
import { type Lab, scenario } from "../scenario.js";
import { tcp, udp } from "./infrastructure.js";

/** Implementations from npm, in a folder of their own. */
const NPM = "/var/tmp/clairvoie-lab-discovery";
const PACKAGES = ["node-ssdp@4.0.1"];
function installed(): void {
  if (existsSync(`${NPM}/installed`)) return;
  const npm = ["--prefix", NPM, "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", [...npm, "install", "--ignore-scripts", ...PACKAGES], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  execFileSync("touch", [`${NPM}/installed`]);
}
/** How a script that uses them is run. */
const node = (script: string) => `env NODE_PATH=${NPM}/node_modules node ${script}`;

/** A name server of NetBIOS: Samba's nmbd with folders of its own. */
function nmbd(host: Host, name: string, more: string): void {
  const { dir } = host;
  host.quiet("mkdir -p lock state cache private pid ncalrpc /run/samba /var/log/samba");
  host.write(
    "smb.conf",
    `[global]
  workgroup = LAB
  netbios name = ${name}
  interfaces = ${host.ip4}/24
  bind interfaces only = yes
  lock directory = ${dir}/lock
  state directory = ${dir}/state
  cache directory = ${dir}/cache
  private dir = ${dir}/private
  pid directory = ${dir}/pid
  ncalrpc dir = ${dir}/ncalrpc
  log file = ${dir}/log.%m
  ${more}
`,
  );
}

async function discovery(lab: Lab): Promise<void> {
  await lab.part("netbios", async () => {
    const net = await lab.network();
    nmbd(net.server, "SERVER", "wins support = yes");
    nmbd(net.client, "CLIENT", "wins server = 198.51.100.2");
    net.server.start("nmbd -F --no-process-group -s $PWD/smb.conf");
    await net.server.listening("udp", 137);
    await sleep(3000);
    await lab.record(
      net,
      {
        file: "netbios/samba-wins.pcap",
        what: "A host registers its names with a WINS server and by broadcast; names and a host's status are asked for.",
        software: ["samba"],
        filter: "udp",
        // The datagrams carry SMB's announcements.
        flows: [udp(137, "netbios"), udp(138, "smb")],
      },
      async () => {
        const other = net.client.start("nmbd -F --no-process-group -s $PWD/smb.conf");
        await sleep(6000);
        const look = "nmblookup -s $PWD/smb.conf";
        await net.client.run(`${look} -B 198.51.100.255 SERVER`, { ok: [0, 1] });
        await net.client.run(`${look} -R -U 198.51.100.2 CLIENT`, { ok: [0, 1] });
        await net.client.run(`${look} -A 198.51.100.2`, { ok: [0, 1] });
        await net.client.run(`${look} -B 198.51.100.255 NOBODY`, { ok: [0, 1] });
        net.client.quiet("kill $(cat pid/nmbd.pid)");
        await other.exited;
      },
    );
  });

  await lab.part("ssdp", async () => {
    installed();
    const net = await lab.network();
    net.server.write(
      "minidlna.conf",
      `network_interface=eth0
friendly_name=laboratory
media_dir=${net.server.dir}/media
db_dir=${net.server.dir}/db
log_dir=${net.server.dir}
notify_interval=3
uuid=00000000-0000-4000-8000-00000000000c
`,
    );
    net.server.quiet("mkdir -p media db");
    net.client.write(
      "search.js",
      `const { Client, Server } = require("node-ssdp");
       const server = new Server({ location: "http://198.51.100.1:8080/d.xml", adInterval: 1000 });
       server.addUSN("urn:schemas-upnp-org:device:Basic:1"); server.start();
       const client = new Client(); client.search("ssdp:all");
       setTimeout(() => { client.stop(); server.stop(); }, 2500); setTimeout(() => process.exit(0), 3000);\n`,
    );
    await lab.record(
      net,
      {
        file: "ssdp/minidlna.pcap",
        what: "A media server announces itself; miniupnpc searches for gateways, and node-ssdp for it.",
        software: ["minidlna", "miniupnpc", "node-ssdp 4.0.1"],
        flows: [udp(1900, "ssdp"), tcp(8200, "http")],
      },
      async () => {
        const server = net.server.start(
          "minidlnad -S -f $PWD/minidlna.conf -P $PWD/minidlna.pid -p 8200",
        );
        await net.server.listening("tcp", 8200);
        await net.client.run("upnpc -m eth0 -l", { ok: [0, 1, 2] });
        await net.client.run(node("search.js"));
        net.server.quiet("kill $(cat minidlna.pid)");
        await server.exited;
      },
    );
  });

  await lab.part("nat-pmp", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet(
      "ip link add ext0 type veth peer name ext1; ip addr add 203.0.113.9/24 dev ext0; ip link set ext0 up; ip link set ext1 up",
    );
    server.write(
      "miniupnpd.conf",
      "ext_ifname=ext0\nlistening_ip=eth0\nhttp_port=5000\nenable_natpmp=yes\nenable_upnp=yes\nuuid=00000000-0000-4000-8000-00000000000d\nallow 1024-65535 198.51.100.0/24 1024-65535\n",
    );
    server.start("miniupnpd -d -f miniupnpd.conf -P $PWD/pid");
    await server.listening("udp", 5351);
    await lab.record(
      net,
      {
        file: "nat-pmp/miniupnpd.pcap",
        what: "The address outside is asked for, and mappings; then the same by UPnP.",
        software: ["miniupnpd", "natpmpc", "miniupnpc"],
        flows: [udp(5351, "nat-pmp"), udp(1900, "ssdp"), tcp(5000, "http")],
      },
      async () => {
        await client.run("natpmpc -g 198.51.100.2", { ok: [0, 1] });
        await client.run("natpmpc -g 198.51.100.2 -a 8080 8080 tcp 60", { ok: [0, 1] });
        await client.run("natpmpc -g 198.51.100.2 -a 8081 8081 udp 60", { ok: [0, 1] });
        await client.run("upnpc -m eth0 -s", { ok: [0, 1, 2] });
      },
    );
  });

  await lab.part("ws-discovery", async () => {
    const net = await lab.network();
    await lab.record(
      net,
      {
        file: "ws-discovery/wsdd.pcap",
        what: "A host says hello, is searched for by another, answers, and says bye; its description is fetched by HTTP.",
        software: ["wsdd"],
        filter: "udp or tcp",
        flows: [
          udp(3702, "ws-discovery"),
          { transport: "udp", clientPort: 3702, protocol: "ws-discovery" },
          tcp(5357, "http"),
        ],
      },
      async () => {
        const watcher = net.client.start("wsdd -i eth0 -D -l 5359 -s --no-host -n CLIENT");
        await sleep(2500);
        const host = net.server.start("wsdd -i eth0 -n SERVER -w LAB & echo $! > wsdd.pid; wait");
        await sleep(4000);
        await net.client.run("printf 'probe\\n' | nc -w 1 127.0.0.1 5359", { ok: [0, 1] });
        await sleep(3000);
        net.server.quiet("kill -INT $(cat wsdd.pid)");
        await Promise.race([host.exited, sleep(3000)]);
        watcher.child.kill();
      },
    );
  });

  await lab.part("ptp", async () => {
    const net = await lab.network();
    // The clock of the machine is let alone.
    const config = "[global]\nfree_running 1\ntime_stamping software\ntx_timestamp_timeout 50\n";
    for (const host of [net.client, net.server]) host.write("ptp.conf", config);
    for (const [file, option] of [
      ["end-to-end", "-E -4"],
      ["peer-to-peer", "-P -4"],
      ["ipv6", "-E -6"],
    ] as const)
      await lab.record(
        net,
        {
          file: `ptp/linuxptp-${file}.pcap`,
          what: `A clock follows another (ptp4l ${option}).`,
          software: ["linuxptp"],
          filter: "udp",
          flows: [udp([319, 320], "ptp")],
        },
        async () => {
          const clocks = [
            net.server.start(`ptp4l -f ptp.conf -S -i eth0 ${option} -m --priority1=100`),
            net.client.start(`ptp4l -f ptp.conf -S -i eth0 ${option} -m -s`),
          ];
          await sleep(12_000);
          for (const host of [net.client, net.server]) host.quiet("pkill -x ptp4l || true");
          await Promise.all(clocks.map((each) => each.exited));
        },
      );
  });
}

export default scenario({
  name: "discovery",
  packages: [
    "samba",
    "minidlna",
    "miniupnpc",
    "miniupnpd",
    "natpmpc",
    "wsdd",
    "netcat-openbsd",
    "linuxptp",
  ],
  run: discovery,
});
