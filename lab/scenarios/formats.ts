import { setTimeout as sleep } from "node:timers/promises";
import type { Host, Network } from "../netns.js";
import { scenario, type Lab } from "../scenario.js";
import { dnsmasq } from "./dns.js";
import { nginx, site } from "./http.js";

const software = ["nginx-light", "curl", "dnsmasq", "bind9-dnsutils"];
const flows = [
  {
    transport: "tcp" as const,
    port: 80,
    protocol: "http",
    facts: { "http.method": "GET", "http.target": "/" },
  },
  {
    transport: "udp" as const,
    port: 53,
    protocol: "dns",
    facts: { "dns.name": "server.lab.example" },
  },
];

async function serve(host: Host): Promise<void> {
  host.write("www/index.html", "<!doctype html><title>lab</title><p>clairvoie laboratory\n");
  host.write("www/large.bin", "0123456789abcdef".repeat(2500));
  host.write(
    "nginx.conf",
    nginx(`server { listen 80; listen [::]:80; ${site} }`).replace("gzip on;", "gzip off;"),
  );
  host.write("dnsmasq.conf", dnsmasq);
  host.start("nginx -e stderr -p . -c nginx.conf");
  host.start("dnsmasq -C dnsmasq.conf --pid-file=");
  await host.listening("tcp", 80);
  await host.listening("udp", 53);
}

async function talk(from: Host, address = "198.51.100.2"): Promise<void> {
  await from.run(`dig +tries=1 @${address} server.lab.example A`);
  await from.run(`curl -4sS http://${address}/`);
}

export default scenario({
  name: "formats",
  packages: [
    "nginx-light",
    "curl",
    "dnsmasq",
    "bind9",
    "bind9-dnsutils",
    "socat",
    "iputils-ping",
    "openvswitch-switch",
  ],
  async run(lab) {
    await lab.part("shapes", async () => {
      const net = await lab.network();
      await serve(net.server);
      const variety = [
        {
          file: "formats/nanoseconds.pcap",
          what: "Classic pcap with nanoseconds.",
          nanoseconds: true,
        },
        {
          file: "formats/one-interface.pcapng",
          what: "pcapng by dumpcap with one interface.",
          pcapng: true,
        },
        { file: "formats/compressed.pcap.gz", what: "Classic pcap, compressed by gzip." },
        {
          file: "formats/snapped.pcap",
          what: "Only the first 96 bytes of each packet were kept (tcpdump -s 96).",
          snap: 96,
        },
        {
          file: "formats/cooked-v1.pcap",
          what: "Recorded on all interfaces: Linux cooked capture, version 1.",
          interface: "any",
          linkType: "LINUX_SLL" as const,
        },
        {
          file: "formats/cooked-v2.pcap",
          what: "Recorded on all interfaces: Linux cooked capture, version 2.",
          interface: "any",
          linkType: "LINUX_SLL2" as const,
        },
      ];
      for (const v of variety)
        await lab.record(net, { ...v, software, flows }, () => talk(net.client));
      await lab.record(
        net,
        {
          file: "formats/loopback.pcap",
          what: "The loopback interface of the server.",
          software,
          flows,
          on: net.server,
          interface: "lo",
        },
        () => talk(net.server, "127.0.0.1"),
      );
      await lab.record(
        net,
        {
          file: "formats/two-interfaces.pcapng",
          what: "pcapng with two interfaces at once: the server's eth0 and its loopback.",
          software,
          flows,
          on: net.server,
          interface: ["eth0", "lo"],
        },
        async () => {
          await talk(net.client);
          await talk(net.server, "127.0.0.1");
        },
      );
    });

    await lab.part("tun", async () => {
      const net = await lab.network();
      await serve(net.server);
      net.server.start("socat UDP-LISTEN:11443 TUN:203.0.113.2/24,up,tun-name=tun0,iff-no-pi");
      await net.server.listening("udp", 11443);
      net.client.start(
        "socat UDP:198.51.100.2:11443 TUN:203.0.113.1/24,up,tun-name=tun0,iff-no-pi",
      );
      await sleep(800);
      // The listening socat knows its peer, and opens its tun, with the first datagram.
      await net.client.run("ping -c 3 -i 0.3 203.0.113.2", { ok: [0, 1] });
      await lab.record(
        net,
        {
          file: "formats/raw-ip.pcap",
          what: "Raw IP without a link header, recorded on a tun interface.",
          software: [...software, "socat"],
          flows,
          interface: "tun0",
        },
        () => talk(net.client, "203.0.113.2"),
      );
    });

    await lab.part("offload", async () => {
      const net = await lab.network();
      await serve(net.server);
      for (const host of [net.client, net.server])
        host.quiet(
          "ethtool -K eth0 rx on tx on sg on tso on gso on gro on >/dev/null 2>&1 || true",
        );
      await lab.record(
        net,
        {
          file: "formats/offload.pcap",
          what: "A download with segmentation offload: packets larger than the MTU, with checksums that the network card would fill in.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 80,
              protocol: "http",
              facts: { "http.method": "GET", "http.target": "/large.bin", "http.status": 200 },
            },
          ],
        },
        () => net.client.run("curl -4sS -o large.bin http://198.51.100.2/large.bin"),
      );
    });

    await lab.part("fragments", async () => {
      const net = await lab.network({ mtu: 576 });
      net.server.write(
        "zone",
        `$TTL 60\n@ IN SOA server hostmaster 1 7200 900 1209600 300\n@ IN NS server\nserver IN A 198.51.100.2\n${Array.from({ length: 70 }, (_, i) => `big IN A 203.0.113.${i + 1}`).join("\n")}\n`,
      );
      net.server.write(
        "named.conf",
        'options { directory "."; pid-file none; session-keyfile none; recursion no; listen-on { 198.51.100.2; }; listen-on-v6 { none; }; max-udp-size 4096; edns-udp-size 4096; empty-zones-enable no; };\ncontrols {};\nzone "lab.example" { type primary; file "zone"; };\n',
      );
      net.server.start("named -g -c named.conf -n 1");
      await net.server.listening("udp", 53);
      await lab.record(
        net,
        {
          file: "formats/fragments.pcap",
          what: "A DNS reply and an echo request that IP divides into fragments, since the link's MTU is 576.",
          software: ["bind9", "bind9-dnsutils", "iputils-ping"],
          flows: [
            {
              transport: "udp",
              port: 53,
              protocol: "dns",
              facts: { "dns.name": "big.lab.example" },
            },
          ],
        },
        async () => {
          await net.client.run(
            "dig +tries=1 +bufsize=4096 +ignore @198.51.100.2 big.lab.example A",
            { ok: [0, 9] },
          );
          await net.client.run("ping -c 1 -s 1400 198.51.100.2");
        },
      );
    });

    // Tags come from Open vSwitch in user space: many kernels (this lab's first one too) have no 802.1Q of their own.
    await lab.part("vlan", async () => {
      const net = await lab.network({ switched: true });
      await openVSwitch(net);
      net.switch!.quiet(`
        ip link add t1 type veth peer name t2; ip link set t1 up; ip link set t2 up
        for b in a b; do ovs-vsctl add-br $b -- set bridge $b datapath_type=netdev; done
        ovs-vsctl add-port a left tag=10 -- add-port a t1 trunks=10 -- add-port b right tag=10 -- add-port b t2 trunks=10
      `);
      await recordSwitched(
        lab,
        net,
        "formats/vlan.pcap",
        "The trunk between two switches: VLAN 10 (802.1Q).",
        "t1",
      );
    });

    await lab.part("qinq", async () => {
      const net = await lab.network({ switched: true });
      await openVSwitch(net);
      net.switch!.quiet(`
        for n in 1 3 5; do ip link add t$n type veth peer name t$((n+1)); ip link set t$n up; ip link set t$((n+1)) up; done
        for b in a b c d; do ovs-vsctl add-br $b -- set bridge $b datapath_type=netdev; done
        ovs-vsctl add-port a left tag=10 -- add-port a t1 trunks=10
        ovs-vsctl add-port b t2 vlan_mode=dot1q-tunnel tag=200 -- add-port b t3 trunks=200
        ovs-vsctl add-port c t4 trunks=200 -- add-port c t5 vlan_mode=dot1q-tunnel tag=200
        ovs-vsctl add-port d t6 trunks=10 -- add-port d right tag=10
      `);
      await recordSwitched(
        lab,
        net,
        "formats/qinq.pcap",
        "A provider's trunk: VLAN 10 inside VLAN 200 (802.1ad).",
        "t3",
      );
    });
  },
});

async function openVSwitch(net: Network): Promise<void> {
  const host = net.switch!;
  host.quiet(
    "mkdir -p /run/openvswitch /var/log/openvswitch; ovsdb-tool create /run/openvswitch/conf.db /usr/share/openvswitch/vswitch.ovsschema",
  );
  host.start("ovsdb-server /run/openvswitch/conf.db --remote=punix:/run/openvswitch/db.sock", {
    log: false,
  });
  await sleep(600);
  host.quiet(
    "ovs-vsctl --no-wait init; ovs-vsctl --no-wait set Open_vSwitch . other_config:vlan-limit=2",
  );
  host.start("ovs-vswitchd");
  await sleep(800);
  await serve(net.server);
}

async function recordSwitched(
  lab: Lab,
  net: Network,
  file: string,
  what: string,
  link: string,
): Promise<void> {
  // IPv6 would add the reports of every port that the bridges have.
  await net.client.run("ping -c 5 -i 0.3 198.51.100.2", { ok: [0, 1] });
  await lab.record(
    net,
    {
      file,
      what,
      software: [...software, "openvswitch-switch"],
      flows,
      on: net.switch!,
      interface: link,
      filter: "not ip6 and not (vlan and ip6)",
    },
    () => talk(net.client),
  );
}
