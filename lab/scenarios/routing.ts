import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../netns.js";
import { type Lab, type Recording, scenario } from "../scenario.js";
import { frr } from "./industrial.js";
import { tcp, udp } from "./infrastructure.js";

function bird(host: Host, config: string): void {
  host.write("bird.conf", `router id ${host.ip4}; protocol device {}\n${config}`);
  host.quiet("mkdir -p /run/bird");
  host.start("bird -f -c bird.conf -s /run/bird/bird.ctl");
}

/** FRR on one host and BIRD on the other, recorded from their start. */
const pair = (
  lab: Lab,
  name: string,
  recording: Omit<Recording, "software" | "flows"> & Partial<Recording>,
  [config, daemons]: [string, string[]],
  birds: string,
  seconds: number,
) =>
  lab.part(name, async () => {
    const net = await lab.network();
    await lab.record(
      net,
      { software: ["frr", "bird2"], flows: [], filter: "not arp and not icmp6", ...recording },
      async () => {
        bird(net.server, birds);
        await frr(net.client, config, ["zebra", ...daemons]);
        await sleep(seconds * 1000);
      },
    );
  });

/** FRR on both hosts. */
const twins = (
  lab: Lab,
  name: string,
  recording: Omit<Recording, "software" | "flows"> & Partial<Recording>,
  config: (host: Host, other: Host) => string,
  daemons: string[],
  seconds: number,
) =>
  lab.part(name, async () => {
    const net = await lab.network();
    await lab.record(
      net,
      { software: ["frr"], flows: [], filter: "not arp and not icmp6", ...recording },
      async () => {
        for (const [host, other] of [
          [net.server, net.client],
          [net.client, net.server],
        ] as const)
          await frr(host, config(host, other), ["zebra", ...daemons]);
        await sleep(seconds * 1000);
      },
    );
  });

async function gateways(lab: Lab): Promise<void> {
  await pair(
    lab,
    "ospf",
    { file: "ospf/frr-bird.pcap", what: "Two routers become neighbours by OSPF 2." },
    [
      "router ospf\n ospf router-id 198.51.100.1\n network 198.51.100.0/24 area 0\n redistribute connected\ninterface eth0\n ip ospf hello-interval 1\n ip ospf dead-interval 4\n ip ospf network point-to-point\n",
      ["ospfd"],
    ],
    'protocol ospf v2 lab { ipv4 { export none; }; area 0 { interface "eth0" { type ptp; hello 1; dead 4; }; }; }\n',
    9,
  );

  await lab.part("ospf6", async () => {
    const net = await lab.network();
    await lab.record(
      net,
      {
        file: "ospf/bird-ipv6.pcap",
        what: "Two routers become neighbours by OSPF 3.",
        software: ["bird2"],
        filter: "not arp and not icmp6",
        flows: [],
      },
      async () => {
        for (const host of [net.server, net.client])
          bird(
            host,
            'protocol ospf v3 lab { ipv6 { export none; }; area 0 { interface "eth0" { type ptp; hello 1; dead 4; }; }; }\n',
          );
        await sleep(7000);
      },
    );
  });

  await pair(
    lab,
    "rip",
    {
      file: "rip/frr-bird.pcap",
      what: "Two routers ask each other for their routes and tell them.",
      flows: [udp(520, "rip")],
    },
    [
      "router rip\n version 2\n network eth0\n redistribute connected\n timers basic 5 30 30\n",
      ["ripd"],
    ],
    'protocol static { ipv4; route 203.0.113.0/24 blackhole; } protocol rip lab { ipv4 { import all; export all; }; interface "eth0" { version 2; update time 5; }; }\n',
    12,
  );

  await pair(
    lab,
    "rip1",
    {
      file: "rip/frr-bird-v1.pcap",
      what: "RIP 1, by broadcast.",
      flows: [udp(520, "rip")],
    },
    [
      "router rip\n version 1\n network eth0\n redistribute connected\n timers basic 5 30 30\n",
      ["ripd"],
    ],
    'protocol static { ipv4; route 203.0.113.0/24 blackhole; } protocol rip lab { ipv4 { import all; export all; }; interface "eth0" { version 1; update time 5; }; }\n',
    12,
  );

  await pair(
    lab,
    "ripng",
    {
      file: "ripng/frr-bird.pcap",
      what: "RIP for IPv6.",
      flows: [udp(521, "ripng")],
    },
    ["router ripng\n network eth0\n redistribute connected\n timers basic 5 30 30\n", ["ripngd"]],
    'protocol static { ipv6; route 2001:db8:1::/48 blackhole; } protocol rip ng lab { ipv6 { import all; export all; }; interface "eth0" { update time 5; }; }\n',
    12,
  );

  await pair(
    lab,
    "bfd",
    {
      file: "bfd/frr-bird.pcap",
      what: "Two routers watch the way between them, over IPv4 and IPv6.",
      flows: [udp(3784, "bfd")],
    },
    [
      "bfd\n peer 198.51.100.2\n  receive-interval 500\n  transmit-interval 500\n exit\n peer 2001:db8::2\n  receive-interval 500\n  transmit-interval 500\n exit\n",
      ["bfdd"],
    ],
    'protocol bfd lab { interface "eth0" { interval 500 ms; }; neighbor 198.51.100.1; neighbor 2001:db8::1; }\n',
    6,
  );

  await twins(
    lab,
    "bfd-multihop",
    {
      file: "bfd/frr-multihop.pcap",
      what: "Two routers watch the way between them as if it had several hops.",
      flows: [udp(4784, "bfd")],
    },
    (host, other) =>
      `bfd\n peer ${other.ip4} multihop local-address ${host.ip4}\n  receive-interval 500\n  transmit-interval 500\n exit\n`,
    ["bfdd"],
    5,
  );

  await twins(
    lab,
    "eigrp",
    { file: "eigrp/frr.pcap", what: "Two routers become neighbours by EIGRP." },
    () => "router eigrp 1\n network 198.51.100.0/24\ninterface eth0\n ip hello-interval eigrp 2\n",
    ["eigrpd"],
    10,
  );
}

async function multicast(lab: Lab): Promise<void> {
  await lab.part("pim", async () => {
    const net = await lab.network();
    const config = (host: Host) =>
      `ip pim rp 198.51.100.2 224.0.0.0/4\ninterface eth0\n ip pim\n ip pim hello 2\n${host === net.server ? " ip igmp\n ip igmp query-interval 3\n" : ""}`;
    await lab.record(
      net,
      {
        file: "pim/frr.pcap",
        what: "Two routers greet each other; a group is joined and left, and asked after.",
        software: ["frr", "socat", "openvswitch-switch", "iputils-ping"],
        filter: "not arp and not icmp6",
        flows: [],
      },
      async () => {
        for (const host of [net.server, net.client]) {
          host.quiet("sysctl -qw net.ipv4.conf.all.rp_filter=0 || true");
          await frr(host, config(host), ["zebra", "pimd"]);
        }
        await sleep(2000);
        await net.client.run(
          "socat -u UDP4-RECV:5001,ip-add-membership=232.1.1.1:198.51.100.1 /dev/null",
          { ok: [0, 124], seconds: 5 },
        );
        await sleep(3000);
      },
    );
  });

  await twins(
    lab,
    "msdp",
    {
      file: "msdp/frr.pcap",
      what: "Two routers keep a session over which sources would be told.",
      flows: [tcp(639, "msdp")],
    },
    (host, other) =>
      `ip pim rp ${host.ip4} 224.0.0.0/4\nip msdp timers 4 10 3\nip msdp peer ${other.ip4} source ${host.ip4}\ninterface eth0\n ip pim\n`,
    ["pimd"],
    16,
  );
}

async function redundancy(lab: Lab): Promise<void> {
  for (const [part, version, virtual, what] of [
    ["vrrp", 3, "198.51.100.99/24", "VRRP 3"],
    ["vrrp2", 2, "198.51.100.99/24", "VRRP 2"],
    ["vrrp6", 3, "fe80::99/64", "VRRP 3 over IPv6"],
  ] as const)
    await lab.part(part, async () => {
      const net = await lab.network();
      for (const [host, priority] of [
        [net.server, 150],
        [net.client, 100],
      ] as const)
        host.write(
          "keepalived.conf",
          `global_defs {
  vrrp_version ${version}
  enable_script_security
}
vrrp_instance lab {
  interface eth0
  state BACKUP
  virtual_router_id 12
  priority ${priority}
  advert_int 1
  virtual_ipaddress {
    ${virtual}
  }
}
`,
        );
      await lab.record(
        net,
        {
          file: `vrrp/keepalived-${part}.pcap`,
          what: `${what}: a router takes over from another, and gives back.`,
          software: ["keepalived"],
          filter: "ip proto 112 or ip6 proto 112",
          flows: [],
        },
        async () => {
          for (const host of [net.client, net.server]) {
            host.start("keepalived -n -l -P -f $PWD/keepalived.conf -p $PWD/p -r $PWD/v");
            await sleep(5000);
          }
          net.server.quiet("kill $(cat p)");
          await sleep(3000);
        },
      );
    });
}

async function carp(lab: Lab): Promise<void> {
  await lab.part("carp", async () => {
    const net = await lab.network();
    await lab.record(
      net,
      {
        file: "vrrp/ucarp.pcap",
        what: "CARP, which has VRRP's number: a host takes over from another.",
        software: ["ucarp"],
        filter: "ip proto 112",
        flows: [],
      },
      async () => {
        for (const [host, skew] of [
          [net.server, 0],
          [net.client, 50],
        ] as const)
          host.start(
            `ucarp -i eth0 -s ${host.ip4} -v 12 -p lab-secret -a 198.51.100.99 -k ${skew} -u /bin/true -d /bin/true -z`,
          );
        await sleep(6000);
        net.server.quiet("pkill -x ucarp");
        await sleep(4000);
      },
    );
  });
}

async function keys(lab: Lab): Promise<void> {
  for (const [part, exchange, more, what] of [
    ["ike2", "ikev2", "", "IKE 2"],
    [
      "ike2-nat",
      "ikev2",
      "forceencaps=yes",
      "IKE 2, which moves to port 4500 as if there were NAT",
    ],
    ["ike1", "ikev1", "", "IKE 1 in main mode"],
    ["ike1-aggressive", "ikev1", "aggressive=yes", "IKE 1 in aggressive mode"],
  ] as const)
    await lab.part(part, async () => {
      const net = await lab.network();
      for (const [host, other] of [
        [net.client, net.server],
        [net.server, net.client],
      ] as const) {
        host.quiet(
          `printf '${host.ip4} ${other.ip4} : PSK "lab-secret"\\n' > /etc/ipsec.secrets; mkdir -p /run /etc/ipsec.d; sed -i 's/^charon {/charon {\\n  i_dont_care_about_security_and_use_aggressive_mode_psk = yes/' /etc/strongswan.d/charon.conf`,
        );
        host.quiet(
          `printf 'config setup\\nconn lab\\n keyexchange=${exchange}\\n authby=secret\\n left=${host.ip4}\\n right=${other.ip4}\\n auto=add\\n dpdaction=clear\\n dpddelay=2\\n ${more}\\n' > /etc/ipsec.conf`,
        );
        host.start("ipsec start --nofork");
      }
      for (const host of [net.client, net.server]) await host.listening("udp", 4500);
      await sleep(1500);
      await lab.record(
        net,
        {
          file: `ipsec/strongswan-${part}.pcap`,
          what: `${what}, with a secret that both know.`,
          software: ["strongswan-charon"],
          filter: "udp or esp",
          flows: [udp(500, "ipsec"), udp(4500, "ipsec")],
        },
        async () => {
          await net.client.run("ipsec up lab", { ok: [0, 1, 7, 124], seconds: 10 });
          await sleep(4500);
          await net.client.run("ipsec down lab", { ok: [0, 1, 7, 124], seconds: 10 });
        },
      );
    });
}

/** A kernel may have no GRE: Open vSwitch speaks it in user space. */
async function switched(host: Host, other: Host, kinds: string[]): Promise<void> {
  const n = host.ip4.split(".")[3];
  host.quiet(
    "mkdir -p /run/openvswitch; ovsdb-tool create conf.db /usr/share/openvswitch/vswitch.ovsschema",
  );
  const place = (name: string) =>
    `--pidfile=/run/openvswitch/${name}.pid --unixctl=/run/openvswitch/${name}.ctl`;
  host.start(
    `ovsdb-server $PWD/conf.db --remote=punix:/run/openvswitch/db.sock ${place("ovsdb-server")}`,
  );
  await sleep(500);
  const vsctl = "ovs-vsctl --db=unix:/run/openvswitch/db.sock -t 10";
  host.quiet(`${vsctl} --no-wait init`);
  host.start(
    `ovs-vswitchd unix:/run/openvswitch/db.sock --disable-system ${place("ovs-vswitchd")}`,
  );
  host.quiet(`
    ${vsctl} add-br phy -- set bridge phy datapath_type=netdev other-config:hwaddr=02:00:5e:00:54:0${n} -- add-port phy eth0
    ip addr flush dev eth0; ip addr add ${host.ip4}/24 dev phy; ip link set phy up
  `);
  for (const [i, kind] of kinds.entries())
    host.quiet(`
      ${vsctl} add-br in${i} -- set bridge in${i} datapath_type=netdev other-config:hwaddr=02:00:5e:00:55:${i}${n} -- add-port in${i} t${i} -- set interface t${i} type=${kind} options:remote_ip=${other.ip4} options:key=${12 + i}
      ip addr add 192.0.2.${i * 16 + Number(n)}/28 dev in${i}; ip link set in${i} up
    `);
}

async function encapsulation(lab: Lab): Promise<void> {
  await lab.part("gre", async () => {
    const net = await lab.network();
    for (const [host, other] of [
      [net.server, net.client],
      [net.client, net.server],
    ] as const)
      await switched(host, other, ["gre"]);
    await sleep(2000);
    await lab.record(
      net,
      {
        file: "gre/openvswitch.pcap",
        what: "Ethernet over GRE with a key: echo requests.",
        software: ["openvswitch-switch", "iputils-ping"],
        filter: "ip proto 47 or arp",
        flows: [],
      },
      () => net.client.run("ping -c 3 -i 0.3 192.0.2.2", { ok: [0, 1] }),
    );
  });
}

export default scenario({
  name: "routing",
  packages: [
    "frr",
    "bird2",
    "keepalived",
    "ucarp",
    "strongswan-charon",
    "strongswan-starter",
    "socat",
    "openvswitch-switch",
    "iputils-ping",
  ],
  async run(lab) {
    await gateways(lab);
    await multicast(lab);
    await redundancy(lab);
    await carp(lab);
    await keys(lab);
    await encapsulation(lab);
  },
});
