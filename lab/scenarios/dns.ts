import { scenario } from "../scenario.js";

export const dnsmasq = `
no-resolv
no-hosts
no-daemon
no-dhcp-interface=eth0
domain-needed
local=/lab.example/
host-record=server.lab.example,198.51.100.2,2001:db8::2
host-record=www.lab.example,198.51.100.80
mx-host=lab.example,mail.lab.example,10
txt-record=lab.example,"v=spf1 -all"
cname=alias.lab.example,server.lab.example
srv-host=_xmpp-client._tcp.lab.example,server.lab.example,5222
ptr-record=2.100.51.198.in-addr.arpa,server.lab.example
`;

const zone = `
$TTL 3600
@ IN SOA server.lab.example. hostmaster.lab.example. 1 7200 900 1209600 300
@ IN NS server.lab.example.
@ IN MX 10 mail.lab.example.
@ IN TXT "v=spf1 -all"
@ IN CAA 0 issue "ca.example"
server IN A 198.51.100.2
server IN AAAA 2001:db8::2
mail IN A 198.51.100.25
alias IN CNAME server
${Array.from({ length: 60 }, (_, i) => `big IN A 203.0.113.${i + 1}`).join("\n")}
`;

const named = `
options {
  directory "."; pid-file none; session-keyfile none; recursion no; listen-on { 198.51.100.2; }; listen-on-v6 { 2001:db8::2; };
  allow-transfer { any; }; dnssec-validation no; notify no; version "lab"; server-id none; empty-zones-enable no;
};
controls {};
zone "lab.example" { type primary; file "zone"; };
`;

export default scenario({
  name: "dns",
  packages: ["dnsmasq", "bind9", "bind9-dnsutils"],
  async run(lab) {
    const udp = (facts?: Record<string, string>) => ({
      transport: "udp" as const,
      port: 53,
      protocol: "dns",
      ...(facts && { facts }),
    });
    const tcp = { transport: "tcp" as const, port: 53, protocol: "dns" };

    await lab.part("dnsmasq", async () => {
      const net = await lab.network();
      net.server.write("dnsmasq.conf", dnsmasq);
      net.server.start("dnsmasq -C dnsmasq.conf --pid-file=");
      await net.server.listening("udp", 53);
      const software = ["dnsmasq", "bind9-dnsutils"];
      const dig = "dig +tries=1 +time=2 @198.51.100.2";
      const ask = (port: number, name: string, type: string) => ({
        ...udp({ "dns.name": name, "dns.type": type }),
        clientPort: port,
      });
      const asked: [number, string, string][] = [
        [42001, "server.lab.example", "A"],
        [42002, "server.lab.example", "AAAA"],
        [42003, "lab.example", "MX"],
        [42004, "lab.example", "TXT"],
        [42005, "missing.lab.example", "A"],
        [42006, "alias.lab.example", "A"],
        [42007, "_xmpp-client._tcp.lab.example", "SRV"],
        [42008, "2.100.51.198.in-addr.arpa", "PTR"],
      ];
      await lab.record(
        net,
        {
          file: "dns/dnsmasq-udp.pcap",
          what: "Questions of eight kinds over UDP with EDNS; one name does not exist.",
          software,
          flows: asked.map((a) => ask(...a)),
        },
        async () => {
          for (const [port, name, type] of asked)
            await net.client.run(`${dig} -b 198.51.100.1#${port} ${name} ${type}`);
        },
      );
      await lab.record(
        net,
        {
          file: "dns/dnsmasq-plain-ipv6.pcap",
          what: "Questions without EDNS, over IPv6.",
          software,
          flows: [udp({ "dns.name": "server.lab.example" })],
        },
        () => net.client.run(`dig +noedns +noadflag +tries=1 @2001:db8::2 server.lab.example AAAA`),
      );
      await lab.record(
        net,
        {
          file: "dns/dnsmasq-tcp.pcap",
          what: "One question over TCP.",
          software,
          flows: [{ ...tcp, facts: { "dns.name": "lab.example", "dns.type": "MX" } }],
        },
        () => net.client.run(`${dig} +tcp lab.example MX`),
      );
    });

    await lab.part("named", async () => {
      const net = await lab.network();
      net.server.write("zone", zone);
      net.server.write("named.conf", named);
      net.server.start("named -g -c named.conf -n 1");
      await net.server.listening("udp", 53);
      const software = ["bind9", "bind9-dnsutils"];
      await lab.record(
        net,
        {
          file: "dns/named-truncated.pcap",
          what: "A reply that does not fit 512 bytes is truncated, and dig asks again over TCP; then a zone transfer.",
          software,
          flows: [udp({ "dns.name": "big.lab.example" }), tcp],
        },
        async () => {
          await net.client.run("dig +bufsize=512 +tries=1 @198.51.100.2 big.lab.example A");
          await net.client.run("dig @198.51.100.2 lab.example AXFR");
        },
      );
      await lab.record(
        net,
        {
          file: "dns/named-cookie.pcap",
          what: "EDNS with a cookie, a client subnet and NSID; then a refused name.",
          software,
          flows: [udp()],
        },
        async () => {
          await net.client.run(
            "dig +tries=1 +nsid +subnet=203.0.113.0/24 @198.51.100.2 lab.example CAA",
          );
          await net.client.run("dig +tries=1 @198.51.100.2 elsewhere.example A");
        },
      );
      await lab.record(
        net,
        {
          file: "dns/nsupdate.pcap",
          what: "A dynamic update (opcode 5) that the server refuses.",
          software,
          flows: [udp()],
        },
        () =>
          net.client.run(
            "printf 'server 198.51.100.2\\nzone lab.example\\nupdate add new.lab.example 60 A 198.51.100.9\\nsend\\n' | nsupdate",
            { ok: [0, 1, 2] },
          ),
      );
    });

    await lab.part("unanswered", async () => {
      const net = await lab.network();
      net.server.quiet("ip addr add 198.51.100.3/24 dev eth0");
      net.server.start("nc -u -l -k 198.51.100.3 53", { log: false });
      await net.server.listening("udp", 53);
      await lab.record(
        net,
        {
          file: "dns/unanswered.pcap",
          what: "A question that nobody answers, tried twice; then one to a host without a server, which answers with ICMP.",
          software: ["bind9-dnsutils"],
          flows: [udp({ "dns.name": "server.lab.example" })],
        },
        async () => {
          await net.client.run("dig +tries=2 +time=1 @198.51.100.3 server.lab.example A", {
            ok: [9],
          });
          await net.client.run("dig +tries=1 +time=1 @198.51.100.2 server.lab.example A", {
            ok: [9],
          });
        },
      );
    });

    await lab.part("offport", async () => {
      const net = await lab.network();
      net.server.write("dnsmasq.conf", dnsmasq);
      net.server.start("dnsmasq -C dnsmasq.conf --pid-file= --port=40053");
      await net.server.listening("udp", 40053);
      await lab.record(
        net,
        {
          file: "dns/dnsmasq-offport.pcap",
          what: "Questions over UDP and TCP on port 40053.",
          software: ["dnsmasq", "bind9-dnsutils"],
          flows: [
            { ...udp(), port: 40053 },
            { ...tcp, port: 40053 },
          ],
        },
        async () => {
          await net.client.run("dig +tries=1 -p 40053 @198.51.100.2 server.lab.example A");
          await net.client.run("dig +tcp -p 40053 @198.51.100.2 lab.example TXT");
        },
      );
    });
  },
});
