import { setTimeout as sleep } from "node:timers/promises";
import { scenario, type Lab } from "../scenario.js";
import { certificate } from "./tls.js";

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

/** A web server behind a tunnel or a proxy. */
const web = "python3 -m http.server --bind 198.51.100.2 8080 --directory srv";

async function wireguard(lab: Lab): Promise<void> {
  await lab.part("wireguard", async () => {
    const net = await lab.network();
    const { client, server } = net;
    for (const host of [client, server]) {
      host.quiet("wg genkey > private && wg pubkey < private > public && wg genpsk > psk");
      host.start("wireguard-go -f wg0");
    }
    await sleep(1000);
    const up = (mine: typeof client, other: typeof client, last: number, more: string) =>
      mine.quiet(
        `wg set wg0 listen-port 51820 private-key private peer $(cat ${other.dir}/public) allowed-ips 10.9.0.0/24 ${more} && ip addr add 10.9.0.${last}/24 dev wg0 && ip link set wg0 up`,
      );
    up(server, client, 2, "");
    await lab.record(
      net,
      {
        file: "wireguard/wireguard-go.pcap",
        what: "A handshake and three pings inside it.",
        software: ["wireguard-go", "wireguard-tools"],
        flows: [udp(51820, "wireguard")],
      },
      async () => {
        up(client, server, 1, "endpoint 198.51.100.2:51820");
        await client.run("ping -c 3 -i 0.3 10.9.0.2");
      },
    );
    client.quiet("ip link del wg0");
    client.start("wireguard-go -f wg0", { log: false });
    await sleep(1000);
    server.quiet("wg set wg0 listen-port 443");
    await lab.record(
      net,
      {
        file: "wireguard/other-port.pcap",
        what: "The same over IPv6 and UDP port 443, with a keepalive.",
        software: ["wireguard-go", "wireguard-tools"],
        flows: [udp(443, "wireguard")],
      },
      async () => {
        up(client, server, 1, "endpoint [2001:db8::2]:443 persistent-keepalive 1");
        await client.run("ping -c 2 -i 0.3 10.9.0.2");
        await sleep(1500);
      },
    );
  });
}

async function openvpn(lab: Lab): Promise<void> {
  const variants: [string, "udp" | "tcp", string, string][] = [
    ["udp", "udp", "", "without a key for the control channel"],
    ["udp-tls-auth", "udp", "--tls-auth ta.key", "with --tls-auth"],
    ["udp-tls-auth-sha512", "udp", "--auth SHA512 --tls-auth ta.key", "with --tls-auth, SHA-512"],
    ["udp-tls-crypt", "udp", "--tls-crypt ta.key", "with --tls-crypt"],
    ["tcp", "tcp", "", "over TCP"],
    ["tcp-tls-auth", "tcp", "--tls-auth ta.key", "over TCP with --tls-auth"],
    ["tcp-tls-crypt", "tcp", "--tls-crypt ta.key", "over TCP with --tls-crypt"],
  ];
  for (const [name, transport, options, what] of variants)
    await lab.part(`openvpn-${name}`, async () => {
      const net = await lab.network();
      const { client, server } = net;
      certificate(server);
      certificate(client);
      server.quiet("openvpn --genkey tls-crypt ta.key");
      client.quiet(`cp ${server.dir}/ta.key ta.key`);
      const print = (host: typeof client) =>
        host.quiet("openssl x509 -in cert.pem -noout -fingerprint -sha256 | cut -d= -f2").trim();
      const common = `--cert cert.pem --key key.pem --dev tun --verb 3 ${options}`;
      server.start(
        `openvpn ${common} --proto ${transport === "tcp" ? "tcp-server" : "udp"} --local 198.51.100.2 --port 1194 --server 10.8.0.0 255.255.255.0 --topology subnet --dh none --peer-fingerprint ${print(client)}`,
      );
      await server.listening(transport, 1194);
      await lab.record(
        net,
        {
          file: `openvpn/${name}.pcap`,
          what: `A tunnel ${what}, and three pings inside it.`,
          software: ["openvpn"],
          flows: [transport === "tcp" ? tcp(1194, "openvpn") : udp(1194, "openvpn")],
        },
        async () => {
          client.start(
            `openvpn ${common} --client --proto ${transport === "tcp" ? "tcp-client" : "udp"} --remote 198.51.100.2 1194 --nobind --peer-fingerprint ${print(server)}`,
          );
          await client.run(
            "for n in $(seq 40); do ip addr show dev tun0 2>/dev/null | grep -q 10.8.0 && break; sleep 0.25; done; ping -c 3 -i 0.3 10.8.0.1",
          );
        },
      );
    });
}

async function proxies(lab: Lab): Promise<void> {
  await lab.part("socks", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("mkdir -p srv && echo a page > srv/index.html");
    server.start(web);
    server.write(
      "danted.conf",
      `logoutput: stderr
internal: 198.51.100.2 port = 1080
internal: 2001:db8::2 port = 1080
external: eth0
clientmethod: none
socksmethod: none username
user.privileged: root
user.unprivileged: nobody
client pass { from: 0/0 to: 0/0 }
client pass { from: ::/0 to: ::/0 }
socks pass { from: 0/0 to: 0/0 }
socks pass { from: ::/0 to: ::/0 }
`,
    );
    server.start("danted -f danted.conf");
    await server.listening("tcp", 1080);
    await server.listening("tcp", 8080);
    const get = (scheme: string, more = "") =>
      client.run(`curl -sS --proxy ${scheme} ${more} http://198.51.100.2:8080/`, {
        ok: [0, 97],
      });
    const software = ["dante-server", "curl"];
    const flows = [tcp(1080, "socks")];
    await lab.record(
      net,
      { file: "socks/dante-4.pcap", what: "SOCKS 4 and 4a.", software, flows },
      async () => {
        await get("socks4://198.51.100.2:1080");
        await get("socks4a://198.51.100.2:1080");
        await client.run(
          "curl -sS --proxy socks4a://198.51.100.2:1080 http://server.lab.example:8080/",
          { ok: [0, 97] },
        );
      },
    );
    await lab.record(
      net,
      {
        file: "socks/dante-5.pcap",
        what: "SOCKS 5 without a login, with one, with a host name, over IPv6, and to a port where nobody listens.",
        software,
        flows,
      },
      async () => {
        await get("socks5://198.51.100.2:1080");
        await get("socks5://lab:lab-pass@198.51.100.2:1080");
        await client.run(
          "curl -sS --proxy socks5h://198.51.100.2:1080 http://server.lab.example:8080/",
          { ok: [0, 97] },
        );
        await get("'socks5://[2001:db8::2]:1080'");
        await client.run("curl -sS --proxy socks5://198.51.100.2:1080 http://198.51.100.2:9/", {
          ok: [97],
        });
      },
    );
  });

  await lab.part("microsocks", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("mkdir -p srv && echo a page > srv/index.html");
    server.start(web);
    server.start("microsocks -i 198.51.100.2 -p 9050 -u lab -P lab-pass");
    await server.listening("tcp", 9050);
    await lab.record(
      net,
      {
        file: "socks/microsocks-other-port.pcap",
        what: "SOCKS 5 with a login on another port, and a client without one that is refused.",
        software: ["microsocks", "curl"],
        flows: [tcp(9050, "socks")],
      },
      async () => {
        await client.run(
          "curl -sS --proxy socks5h://lab:lab-pass@198.51.100.2:9050 http://198.51.100.2:8080/",
        );
        await client.run("curl -sS --proxy socks5h://198.51.100.2:9050 http://198.51.100.2:8080/", {
          ok: [97],
        });
      },
    );
  });

  await lab.part("proxy", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("mkdir -p srv && echo a page > srv/index.html");
    server.start(web);
    certificate(server);
    server.start("openssl s_server -accept 8443 -cert cert.pem -key key.pem -www");
    server.write(
      "tinyproxy.conf",
      "User nobody\nGroup nogroup\nPort 8888\nListen 198.51.100.2\nTimeout 60\nMaxClients 10\n",
    );
    server.start("tinyproxy -d -c tinyproxy.conf");
    await server.listening("tcp", 8888);
    await lab.record(
      net,
      {
        file: "http/tinyproxy.pcap",
        what: "A page by a proxy, and tunnels made with CONNECT to a web server with and without TLS.",
        software: ["tinyproxy", "curl", "openssl"],
        flows: [
          { ...tcp(8888, "http"), clientPort: 41001, facts: { "http.host": "198.51.100.2:8080" } },
          { ...tcp(8888, "http"), clientPort: 41002, facts: { "http.method": "CONNECT" } },
          {
            ...tcp(8888, "tls"),
            clientPort: 41003,
            facts: { "tls.sni": "server.lab.example", "tls.alpn": "h2,http/1.1" },
          },
        ],
      },
      async () => {
        const proxy = (port: number) =>
          `curl -sSk -o page --local-port ${port} --proxy http://198.51.100.2:8888`;
        await client.run(`${proxy(41001)} http://198.51.100.2:8080/`);
        await client.run(`${proxy(41002)} --proxytunnel http://198.51.100.2:8080/`);
        await client.run(`${proxy(41003)} https://server.lab.example:8443/`, { ok: [0, 35, 56] });
      },
    );
  });

  await lab.part("stunnel", async () => {
    const net = await lab.network();
    const { client, server } = net;
    certificate(server);
    server.quiet("mkdir -p srv && echo a page > srv/index.html");
    server.start(web);
    server.write(
      "stunnel.conf",
      `foreground = yes\npid =\n[web]\naccept = 198.51.100.2:8443\nconnect = 198.51.100.2:8080\ncert = ${server.dir}/cert.pem\nkey = ${server.dir}/key.pem\n`,
    );
    client.write(
      "stunnel.conf",
      "foreground = yes\npid =\n[web]\nclient = yes\naccept = 127.0.0.1:8080\nconnect = 198.51.100.2:8443\n",
    );
    server.start("stunnel stunnel.conf");
    client.start("stunnel stunnel.conf");
    await server.listening("tcp", 8443);
    await client.listening("tcp", 8080);
    await lab.record(
      net,
      {
        file: "tls/stunnel.pcap",
        what: "A page by HTTP between two stunnels.",
        software: ["stunnel4", "curl"],
        flows: [tcp(8443, "tls")],
      },
      () => client.run("curl -sS http://127.0.0.1:8080/"),
    );
  });

  await lab.part("shadowsocks", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("mkdir -p srv && echo a page > srv/index.html");
    server.start(web);
    const options = "-p 8388 -k lab-pass -m chacha20-ietf-poly1305 -s 198.51.100.2";
    server.start(`ss-server ${options} -u`);
    client.start(`ss-local ${options} -l 1080 -b 127.0.0.1 -u`);
    await server.listening("tcp", 8388);
    await client.listening("tcp", 1080);
    await lab.record(
      net,
      {
        file: "opaque/shadowsocks.pcap",
        what: "A page by Shadowsocks, whose bytes all look random: it has no name.",
        software: ["shadowsocks-libev", "curl"],
        flows: [tcp(8388, null)],
      },
      async () => {
        for (let n = 0; n < 3; n++)
          await client.run("curl -sS --proxy socks5h://127.0.0.1:1080 http://198.51.100.2:8080/");
      },
    );
  });
}

/** A sender of our own: T-PDUs around echo requests, whose extension headers are given as bytes. */
const GTP_SENDER = `import socket, struct, sys

def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return 0xFFFF - total

def echo(number):
    icmp = struct.pack("!BBHHH8s", 8, 0, 0, 7, number, b"clairvoi")
    icmp = icmp[:2] + struct.pack("!H", checksum(icmp)) + icmp[4:]
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(icmp), number, 0, 64, 1, 0,
        socket.inet_aton("10.46.0.2"), socket.inet_aton("10.46.0.1"))
    return ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + icmp

# Flags, and what they announce: sequence number, N-PDU number, type of the first extension, extensions.
kinds = [
    (0x30, ""),
    (0x34, "0000 00 85  01 1009 00"),
    (0x34, "0000 00 85  01 0005 c0  01 1234 20  02 000000000000 00"),
    (0x32, "0001 00 00"),
    (0x34, "0000 00 85  00 1009 00"),
]
out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
out.bind(("", 2152))
for number, (flags, optional) in enumerate(kinds, 1):
    body = bytes.fromhex(optional) + echo(number)
    out.sendto(struct.pack("!BBHI", flags, 255, len(body), 0x1234) + body, (sys.argv[1], 2152))
`;

async function links(lab: Lab): Promise<void> {
  await lab.part("vxlan", async () => {
    const net = await lab.network();
    const { client, server } = net;
    const link = (host: typeof client, last: number, vni: number, net4: number, port: number) =>
      host.quiet(
        `ip link add vx${vni} type vxlan id ${vni} local 198.51.100.${last} remote 198.51.100.${3 - last} dstport ${port} && sysctl -qw net.ipv6.conf.vx${vni}.disable_ipv6=1 && ip addr add 10.${net4}.0.${last}/24 dev vx${vni} && ip link set vx${vni} up`,
      );
    for (const [host, last] of [
      [client, 1],
      [server, 2],
    ] as const) {
      link(host, last, 42, 42, 4789);
      link(host, last, 4711, 43, 8472);
    }
    await lab.record(
      net,
      {
        file: "vxlan/linux.pcap",
        what: "Pings by two VXLANs of the kernel, on IANA's port and on Linux's older one.",
        software: ["iproute2"],
        flows: [udp(4789, "vxlan"), udp(8472, "vxlan")],
      },
      async () => {
        await client.run("ping -c 3 -i 0.3 10.42.0.2");
        await client.run("ping -c 3 -i 0.3 10.43.0.2");
      },
    );
  });

  await lab.part("ovs", async () => {
    const net = await lab.network();
    // Open vSwitch in user space; a GTP-U tunnel of it carries packets without Ethernet, so it stays out.
    for (const [host, last] of [
      [net.client, 1],
      [net.server, 2],
    ] as const) {
      host.quiet(
        "mkdir -p /run/openvswitch && ovsdb-tool create conf.db /usr/share/openvswitch/vswitch.ovsschema",
      );
      host.start(
        "ovsdb-server conf.db --remote=punix:/run/openvswitch/db.sock --unixctl=/run/openvswitch/db.ctl",
      );
      await sleep(500);
      host.quiet("ovs-vsctl --no-wait init");
      host.start("ovs-vswitchd --unixctl=/run/openvswitch/switch.ctl");
      await sleep(700);
      const bridge = (name: string) =>
        `ovs-vsctl --timeout=10 add-br ${name} -- set bridge ${name} datapath_type=netdev`;
      const far = `options:remote_ip=198.51.100.${3 - last}`;
      host.quiet(
        `${bridge("phy")} other-config:hwaddr=02:00:5e:00:53:0${last} && ovs-vsctl --timeout=10 add-port phy eth0 && ip addr flush dev eth0 && ip addr add 198.51.100.${last}/24 dev phy && ip link set phy up`,
      );
      for (const [n, kind, more] of [
        [1, "geneve", "options:key=42"],
        [3, "vxlan", "options:key=42"],
      ] as const)
        host.quiet(
          `${bridge(`in${n}`)} && sysctl -qw net.ipv6.conf.in${n}.disable_ipv6=1; ovs-vsctl --timeout=10 add-port in${n} t${n} -- set interface t${n} type=${kind} ${far} ${more} && ip addr add 10.5${n}.0.${last}/24 dev in${n} && ip link set in${n} up mtu 1400`,
        );
    }
    await sleep(1000);
    await net.client.run("ping -c 2 198.51.100.2");
    for (const [n, file, what, filter, flows] of [
      [1, "geneve/openvswitch.pcap", "Pings by GENEVE.", "udp port 6081", [udp(6081, "geneve")]],
      [3, "vxlan/openvswitch.pcap", "Pings by VXLAN.", "udp port 4789", [udp(4789, "vxlan")]],
    ] as const)
      await lab.record(
        net,
        {
          file,
          what,
          software: ["openvswitch-switch"],
          filter,
          flows: [...flows],
        },
        () => net.client.run(`ping -c 3 -i 0.3 10.5${n}.0.2`),
      );
  });

  await lab.part("gtp", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "ggsn.cfg",
      `log stderr
ggsn ggsn0
 gtp state-dir ${server.dir}
 gtp bind-ip 198.51.100.2
 apn internet
  gtpu-mode tun
  tun-device tun4
  type-support v4
  ip prefix dynamic 10.46.0.0/24
  ip dns 0 198.51.100.2
  ip ifconfig 10.46.0.0/24
  no shutdown
 default-apn internet
 no shutdown ggsn
`,
    );
    server.start("osmo-ggsn -c ggsn.cfg");
    await server.listening("udp", 2123);
    for (const version of [1, 0])
      await lab.record(
        net,
        {
          file: `gtp/osmo-ggsn-v${version}.pcap`,
          what: `A PDP context of GTP version ${version}, and pings inside it.`,
          software: ["osmo-ggsn"],
          flows: [udp(2123, "gtp"), udp(2152, "gtp"), udp(3386, "gtp")],
        },
        () =>
          client.run(
            `sgsnemu --listen 198.51.100.1 --remote 198.51.100.2 --gtpversion ${version} --apn internet --timelimit 4 --contexts 1 --pinghost 10.46.0.1 --pingcount 3 --pingrate 1 --pingquiet --statedir ${client.dir} --pidfile ${client.dir}/pid`,
            { ok: [0, 1, 124], seconds: 12 },
          ),
      );
  });

  await lab.part("gtp-extensions", async () => {
    const net = await lab.network();
    const { client, server } = net;
    // osmo-ggsn sends no extension headers, as 5G's N3 has in every packet. 3GPP TS 29.281 §5.2.1.
    client.write("gtp.py", GTP_SENDER);
    server.write(
      "sink.py",
      'import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.bind(("198.51.100.2", 2152))\nwhile True:\n    s.recv(2048)\n',
    );
    server.start("python3 sink.py");
    await server.listening("udp", 2152);
    await lab.record(
      net,
      {
        file: "gtp/extensions.pcap",
        what: "Echo requests in GTP-U: with no extension header, a PDU session container, three headers, a sequence number; one whose extension has length 0.",
        software: ["python3"],
        flows: [udp(2152, "gtp")],
      },
      async () => {
        await client.run("python3 gtp.py 198.51.100.2");
        await sleep(500);
      },
    );
  });

  await lab.part("teredo", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("ip addr add 198.51.100.3/24 dev eth0");
    server.write(
      "server.conf",
      "Prefix 2001:0::\nInterfaceMTU 1280\nServerBindAddress 198.51.100.2\nServerBindAddress2 198.51.100.3\n",
    );
    server.start("miredo-server -f -u nobody -c $PWD/server.conf");
    await server.listening("udp", 3544);
    client.write("client.conf", "InterfaceName teredo\nServerAddress 198.51.100.2\n");
    await lab.record(
      net,
      {
        file: "teredo/miredo.pcap",
        what: "A client finds out what its NAT does, from both addresses of its server.",
        software: ["miredo", "miredo-server"],
        filter: "udp",
        flows: [udp(3544, "teredo")],
      },
      async () => {
        client.start("miredo -f -u nobody -c $PWD/client.conf");
        await sleep(12000);
      },
    );
  });
}

/** Their data needs PPP of the kernel, which the lab's has not: only what controls them is recorded. */
async function ppp(lab: Lab): Promise<void> {
  await lab.part("l2tp", async () => {
    const net = await lab.network();
    const { client, server } = net;
    for (const host of [client, server]) {
      host.quiet("mkdir -p /run/xl2tpd");
      host.write("secrets", "* * lab-pass\n");
      host.write("ppp", "noauth\n");
    }
    server.write(
      "lns.conf",
      `[global]
listen-addr = 198.51.100.2
auth file = ${server.dir}/secrets
[lns default]
ip range = 10.47.0.10-10.47.0.20
local ip = 10.47.0.1
require authentication = no
name = server
challenge = yes
pppoptfile = ${server.dir}/ppp
`,
    );
    client.write(
      "lac.conf",
      `[global]
auth file = ${client.dir}/secrets
[lac lab]
lns = 198.51.100.2
name = client
require authentication = no
pppoptfile = ${client.dir}/ppp
`,
    );
    server.start("xl2tpd -D -c lns.conf -p server.pid -C /run/xl2tpd/control");
    await server.listening("udp", 1701);
    client.start("xl2tpd -D -c lac.conf -p client.pid -C /run/xl2tpd/control");
    await client.listening("udp", 1701);
    await lab.record(
      net,
      {
        file: "l2tp/xl2tpd.pcap",
        what: "A tunnel with a challenge, and a session.",
        software: ["xl2tpd"],
        flows: [udp(1701, "l2tp")],
      },
      async () => {
        await client.run("xl2tpd-control -c /run/xl2tpd/control connect-lac lab", { ok: [0, 1] });
        await sleep(4000);
        await client.run("xl2tpd-control -c /run/xl2tpd/control disconnect-lac lab", {
          ok: [0, 1],
        });
        await sleep(1000);
      },
    );
  });

  await lab.part("pptp", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write("options", "noauth\n");
    server.write(
      "pptpd.conf",
      "localip 10.48.0.1\nremoteip 10.48.0.10-20\nlisten 198.51.100.2\nnoipparam\n",
    );
    server.start("pptpd --fg --conf pptpd.conf --option options");
    await server.listening("tcp", 1723);
    await lab.record(
      net,
      {
        file: "pptp/pptpd.pcap",
        what: "The control connection: its start, an outgoing call, and its end.",
        software: ["pptpd", "pptp-linux"],
        flows: [tcp(1723, "pptp")],
      },
      () =>
        client.run(
          "mkdir -p /run/pptp; (sleep 3) | pptp 198.51.100.2 --nolaunchpppd --loglevel 2",
          {
            ok: [0, 1, 124, 143],
            seconds: 6,
          },
        ),
    );
  });
}

/** A tunnel of TLS, and of DTLS. */
async function vpns(lab: Lab): Promise<void> {
  await lab.part("tinc", async () => {
    const net = await lab.network();
    const { client, server } = net;
    for (const [host, last] of [
      [client, 1],
      [server, 2],
    ] as const) {
      host.write(
        "tinc/tinc.conf",
        `Name = ${host.name}\nInterface = tinc0\n${last === 1 ? "ConnectTo = server\n" : ""}`,
      );
      host.write(
        "tinc/tinc-up",
        `#!/bin/sh\nip addr add 10.49.0.${last}/24 dev $INTERFACE\nip link set $INTERFACE up\n`,
        0o755,
      );
      host.write(
        `tinc/hosts/${host.name}`,
        `Subnet = 10.49.0.${last}/32\n${last === 2 ? "Address = 198.51.100.2\n" : ""}`,
      );
      host.quiet("tincd -c tinc -K2048 < /dev/null");
    }
    client.quiet(`cp ${server.dir}/tinc/hosts/server tinc/hosts/`);
    server.quiet(`cp ${client.dir}/tinc/hosts/client tinc/hosts/`);
    server.start("tincd -c tinc -D --pidfile=server.pid");
    await server.listening("tcp", 655);
    await lab.record(
      net,
      {
        file: "tinc/tincd.pcap",
        what: "Two daemons of tinc 1.0 and three pings. The data by UDP is encrypted from its first byte.",
        software: ["tinc"],
        flows: [tcp(655, "tinc"), udp(655, null)],
      },
      async () => {
        client.start("tincd -c tinc -D --pidfile=client.pid");
        await sleep(2500);
        await client.run("ping -c 3 -i 0.3 10.49.0.2");
      },
    );
  });

  await lab.part("openconnect", async () => {
    const net = await lab.network();
    const { client, server } = net;
    certificate(server);
    server.quiet("printf 'lab-pass\\nlab-pass\\n' | ocpasswd -c passwd lab");
    server.write(
      "ocserv.conf",
      `auth = "plain[passwd=${server.dir}/passwd]"
tcp-port = 443
udp-port = 443
listen-host = 198.51.100.2
run-as-user = nobody
run-as-group = nogroup
socket-file = /run/ocserv-socket
server-cert = ${server.dir}/cert.pem
server-key = ${server.dir}/key.pem
isolate-workers = false
device = vpns
ipv4-network = 10.50.0.0/24
max-clients = 8
default-domain = lab.example
tls-priorities = "NORMAL:%SERVER_PRECEDENCE"
cisco-client-compat = true
dtls-legacy = true
`,
    );
    client.write(
      "up",
      '#!/bin/sh\n[ "$reason" = connect ] && ip addr add $INTERNAL_IP4_ADDRESS/24 dev $TUNDEV && ip link set $TUNDEV up\ntrue\n',
      0o755,
    );
    server.start("ocserv -f -c ocserv.conf");
    await server.listening("tcp", 443);
    await lab.record(
      net,
      {
        file: "tls/openconnect.pcap",
        what: "A login by HTTPS, then a tunnel by DTLS with three pings.",
        software: ["ocserv", "openconnect"],
        flows: [tcp(443, "tls"), udp(443, "dtls")],
      },
      async () => {
        const pin = server
          .quiet(
            "openssl x509 -in cert.pem -noout -pubkey | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64",
          )
          .trim();
        client.start(
          `sh -c 'echo lab-pass | openconnect -u lab --passwd-on-stdin --servercert pin-sha256:${pin} -s ./up https://198.51.100.2'`,
        );
        await sleep(4000);
        await client.run("ping -c 3 -i 0.3 10.50.0.1");
      },
    );
  });

  await lab.part("iodine", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.start("iodined -f -c -P lab-pass 10.53.0.1 t.lab.example");
    await server.listening("udp", 53);
    for (const kind of ["NULL", "TXT"])
      await lab.record(
        net,
        {
          file: `dns/iodine-${kind.toLowerCase()}.pcap`,
          what: `A tunnel through DNS with records of type ${kind}, and two pings.`,
          software: ["iodine"],
          flows: [udp(53, "dns")],
        },
        async () => {
          client.start(
            `timeout 9 iodine -f -r -m 200 -T ${kind} -P lab-pass 198.51.100.2 t.lab.example`,
          );
          await client.run(
            "for n in $(seq 24); do ip addr show dev dns0 2>/dev/null | grep -q 10.53 && break; sleep 0.25; done; ping -c 2 -i 0.3 10.53.0.1",
            { ok: [0, 1] },
          );
          await sleep(1000);
        },
      );
  });

  await lab.part("tor", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("mkdir -m 700 tor");
    client.quiet("mkdir -m 700 tor");
    server.write(
      "torrc",
      `DataDirectory ${server.dir}/tor
SocksPort 0
ORPort 198.51.100.2:9001
BridgeRelay 1
BridgeDistribution none
PublishServerDescriptor 0
AssumeReachable 1
ServerTransportPlugin obfs4 exec /usr/bin/obfs4proxy
ServerTransportListenAddr obfs4 198.51.100.2:9443
ExtORPort auto
Address 198.51.100.2
`,
    );
    server.start("tor -f torrc");
    await server.listening("tcp", 9001);
    await server.listening("tcp", 9443);
    await sleep(1500);
    const cert = server
      .quiet("grep -o 'cert=.*' tor/pt_state/obfs4_bridgeline.txt | tail -n 1")
      .trim();
    const bridge = (line: string, more = "") =>
      client.write(
        "torrc",
        `DataDirectory ${client.dir}/tor\nSocksPort 0\nUseBridges 1\nBridge ${line}\n${more}`,
      );
    for (const [file, port, line, more, truth, what] of [
      ["tls/tor.pcap", 9001, "198.51.100.2:9001", "", "tls", "A client of Tor and its bridge."],
      [
        "opaque/obfs4.pcap",
        9443,
        `obfs4 198.51.100.2:9443 ${cert}`,
        "ClientTransportPlugin obfs4 exec /usr/bin/obfs4proxy\n",
        null,
        "A client of Tor and its bridge through obfs4, whose bytes all look random: it has no name.",
      ],
    ] as const) {
      bridge(line, more);
      await lab.record(
        net,
        { file, what, software: ["tor", "obfs4proxy"], flows: [tcp(port, truth)] },
        async () => {
          client.start("timeout 12 tor -f torrc");
          // A fixture has 64 KiB at most, and obfs4 pads.
          await sleep(truth === null ? 3000 : 8000);
        },
      );
      await sleep(5000);
    }
  });

  await lab.part("ipsec", async () => {
    const net = await lab.network();
    const { client, server } = net;
    for (const [host, last] of [
      [client, 1],
      [server, 2],
    ] as const) {
      host.write(
        "strongswan.conf",
        `charon { install_routes = yes
  load_modular = yes
  plugins {
    include /etc/strongswan.d/charon/*.conf
    kernel-libipsec { load = yes }
    vici { socket = unix:///run/charon.vici } } }
swanctl { load = pem pkcs1 x509 revocation constraints pubkey openssl random }
`,
      );
      host.quiet(`mkdir -p /etc/swanctl && ip addr add 10.54.${last}.1/24 dev lo`);
      host.start(`env STRONGSWAN_CONF=$PWD/strongswan.conf /usr/lib/ipsec/charon`);
      await host.listening("udp", 500);
      await sleep(1000);
    }
    const swanctl = "STRONGSWAN_CONF=$PWD/strongswan.conf swanctl";
    for (const [name, proposal, how] of [
      ["sealed", "aes128gcm16", "with AES-GCM"],
      ["null", "null-sha256", "that does not encrypt"],
    ] as const) {
      for (const [host, last] of [
        [client, 1],
        [server, 2],
      ] as const) {
        host.write(
          "swanctl/swanctl.conf",
          `connections { ${name} {
    version = 2
    local_addrs = 198.51.100.${last}
    remote_addrs = 198.51.100.${3 - last}
    encap = yes
    local { auth = psk
      id = ${host.name}.lab.example }
    remote { auth = psk }
    children { ${name} { esp_proposals = ${proposal}
        local_ts = 10.54.${last}.0/24
        remote_ts = 10.54.${3 - last}.0/24 } }
  } }
secrets { ike-lab { secret = lab-pass } }
`,
        );
        host.quiet(`cp swanctl/swanctl.conf /etc/swanctl/ && ${swanctl} --load-all --noprompt`);
      }
      await lab.record(
        net,
        {
          file: `ipsec/strongswan-esp-${name}.pcap`,
          what: `IKE 2 with a shared secret, then ESP ${how} in UDP with three pings.`,
          software: ["strongswan-charon", "libcharon-extra-plugins"],
          flows: [udp(500, "ipsec"), udp(4500, "ipsec")],
        },
        async () => {
          await client.run(`${swanctl} --initiate --child ${name}`);
          await client.run("ping -c 3 -i 0.3 -I 10.54.1.1 10.54.2.1", { ok: [0, 1] });
          await client.run(`${swanctl} --terminate --ike ${name}`, { ok: [0, 1] });
        },
      );
    }
  });

  await lab.part("nebula", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet(
      "nebula-cert ca -name lab && nebula-cert sign -name server -ip 10.55.0.2/24 && nebula-cert sign -name client -ip 10.55.0.1/24",
    );
    client.quiet(`cp ${server.dir}/ca.crt ${server.dir}/client.crt ${server.dir}/client.key .`);
    for (const host of [client, server])
      host.write(
        "config.yml",
        `pki:
  ca: ${host.dir}/ca.crt
  cert: ${host.dir}/${host.name}.crt
  key: ${host.dir}/${host.name}.key
static_host_map:
  "10.55.0.2": ["198.51.100.2:4242"]
lighthouse:
  am_lighthouse: ${host === server}
  hosts: [${host === server ? "" : '"10.55.0.2"'}]
listen:
  host: ${host.ip4}
  port: ${host === server ? 4242 : 0}
tun:
  dev: nebula1
firewall:
  outbound: [{ port: any, proto: any, host: any }]
  inbound: [{ port: any, proto: any, host: any }]
`,
      );
    server.start("nebula -config config.yml");
    await server.listening("udp", 4242);
    await lab.record(
      net,
      {
        file: "nebula/nebula.pcap",
        what: "A node and its lighthouse, and three pings.",
        software: ["nebula"],
        flows: [udp(4242, "nebula")],
      },
      async () => {
        client.start("nebula -config config.yml");
        await sleep(2000);
        await client.run("ping -c 3 -i 0.3 10.55.0.2");
      },
    );
  });
}

export default scenario({
  name: "tunnels",
  packages: [
    "iputils-ping",
    "wireguard-go",
    "wireguard-tools",
    "openvpn",
    "dante-server",
    "microsocks",
    "tinyproxy",
    "stunnel4",
    "shadowsocks-libev",
    "curl",
    "openssl",
    "python3",
    "openvswitch-switch",
    "osmo-ggsn",
    "miredo",
    "miredo-server",
    "xl2tpd",
    "pptpd",
    "pptp-linux",
    "tinc",
    "ocserv",
    "openconnect",
    "iodine",
    "tor",
    "obfs4proxy",
    "strongswan-charon",
    "strongswan-swanctl",
    "libcharon-extra-plugins",
    "libstrongswan-standard-plugins",
    "nebula",
  ],
  async run(lab) {
    await wireguard(lab);
    await openvpn(lab);
    await proxies(lab);
    await links(lab);
    await ppp(lab);
    await vpns(lab);
  },
});
