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
        flows: [tcp(8888, "http")],
      },
      async () => {
        const proxy = "curl -sSk -o page --proxy http://198.51.100.2:8888";
        await client.run(`${proxy} http://198.51.100.2:8080/`);
        await client.run(`${proxy} --proxytunnel http://198.51.100.2:8080/`);
        await client.run(`${proxy} https://server.lab.example:8443/`, { ok: [0, 35, 56] });
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
  ],
  async run(lab) {
    await wireguard(lab);
    await openvpn(lab);
    await proxies(lab);
    await links(lab);
  },
});
