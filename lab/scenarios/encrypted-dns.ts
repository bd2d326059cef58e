import { Npm } from "../npm.js";
import { scenario } from "../scenario.js";
import { certificate } from "./tls.js";

const zone = `
  local-zone: "lab.example." static
  local-data: "server.lab.example. 3600 IN A 198.51.100.2"
  local-data: "server.lab.example. 3600 IN AAAA 2001:db8::2"
  local-data: "web.lab.example. 300 IN HTTPS 1 . alpn=h3,h2 port=8443 ipv4hint=198.51.100.2"
`;

const unbound = (more: string) => `
server:
  chroot: ""
  username: ""
  directory: "."
  pidfile: ""
  use-syslog: no
  do-daemonize: no
  interface: 198.51.100.2@53
  interface: 198.51.100.2@853
  interface: 198.51.100.2@40853
  interface: 198.51.100.2@443
  tls-port: 853
  additional-tls-port: 40853
  https-port: 443
  tls-service-key: "key.pem"
  tls-service-pem: "cert.pem"
  access-control: 0.0.0.0/0 allow
  module-config: "iterator"
${more}
remote-control:
  control-enable: no
`;

/** dnsdist answers by itself, and makes the provider's key and the resolver's certificate when it starts. */
const dnsdist = `
setLocal("198.51.100.2:5300")
addACL("0.0.0.0/0")
generateDNSCryptProviderKeys("public.key", "private.key")
generateDNSCryptCertificate("private.key", "resolver.cert", "resolver.key", 1, os.time() - 3600, os.time() + 86400 * 3650, DNSCryptExchangeVersion.VERSION1)
addDNSCryptBind("198.51.100.2:443", "2.dnscrypt-cert.lab.example", "resolver.cert", "resolver.key")
addDNSCryptBind("198.51.100.2:40443", "2.dnscrypt-cert.lab.example", "resolver.cert", "resolver.key")
addAction(AllRule(), SpoofAction({"198.51.100.2"}))
`;

/**
 * Debian has no client of DNSCrypt, so this one is the lab's own (draft-denis-dprive-dnscrypt §4, §5): it asks for the certificate, and
 * then, in what TweetNaCl seals, for a name.
 */
const dnscrypt = `
const nacl = require("tweetnacl");
const [port, transport] = process.argv.slice(2);
const question = (name, type) => Buffer.concat([
  Buffer.from("1a2b01000001000000000000", "hex"),
  ...name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
  Buffer.from([0, 0, type, 0, 1]),
]);
const overUdp = (message) => new Promise((resolve, reject) => {
  const socket = require("node:dgram").createSocket("udp4");
  const timer = setTimeout(() => reject(new Error("no answer")), 3000);
  socket.on("message", (answer) => { clearTimeout(timer); socket.close(); resolve(answer); });
  socket.send(message, +port, "198.51.100.2");
});
const overTcp = (message) => new Promise((resolve, reject) => {
  const socket = require("node:net").connect(+port, "198.51.100.2");
  let held = Buffer.alloc(0);
  socket.on("error", reject);
  socket.on("data", (more) => {
    held = Buffer.concat([held, more]);
    if (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) { socket.end(); resolve(held.subarray(2)); }
  });
  socket.write(Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message]));
});
const ask = transport === "tcp" ? overTcp : overUdp;
(async () => {
  const told = await overUdp(question("2.dnscrypt-cert.lab.example", 16));
  const certificate = told.subarray(told.indexOf("DNSC"));
  const [resolverKey, magic] = [certificate.subarray(72, 104), certificate.subarray(104, 112)];
  const keys = nacl.box.keyPair();
  const nonce = Buffer.concat([Buffer.from(nacl.randomBytes(12)), Buffer.alloc(12)]);
  const plain = question("server.lab.example", 1);
  const padded = Buffer.concat([plain, Buffer.from([0x80]), Buffer.alloc(255)]).subarray(0, 256);
  const sealed = nacl.box(padded, nonce, resolverKey, keys.secretKey);
  const answer = await ask(Buffer.concat([magic, keys.publicKey, nonce.subarray(0, 12), sealed]));
  const opened = nacl.box.open(answer.subarray(32), answer.subarray(8, 32), resolverKey, keys.secretKey);
  if (!opened) throw new Error("the answer does not open");
})().catch((error) => { console.error(error); process.exit(1); });
`;

export default scenario({
  name: "encrypted-dns",
  packages: ["unbound", "knot-dnsutils", "dnsdist", "openssl", "bind9-dnsutils"],
  async run(lab) {
    await lab.part("unbound", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.write("unbound.conf", unbound(zone));
      net.server.start("unbound -d -c unbound.conf");
      await net.server.listening("tcp", 853);
      const software = ["unbound", "knot-dnsutils"];
      const over = (port: number, protocol: string, facts: Record<string, string>) => ({
        transport: "tcp" as const,
        port,
        protocol,
        facts,
      });
      const kdig = "kdig +retry=0 +timeout=3 @198.51.100.2";
      await lab.record(
        net,
        {
          file: "dns-over-tls/unbound.pcap",
          what: "Two questions over TLS on the registered port.",
          software,
          flows: [over(853, "dns-over-tls", { "tls.sni": "server.lab.example" })],
        },
        () =>
          net.client.run(
            `${kdig} +tls +tls-sni=server.lab.example server.lab.example A server.lab.example AAAA`,
          ),
      );
      await lab.record(
        net,
        {
          file: "dns-over-tls/unbound-offport.pcap",
          what: "A question over TLS on port 40853; the client offers what it is about to speak.",
          software,
          flows: [over(40853, "dns-over-tls", { "tls.alpn": "dot" })],
        },
        () => net.client.run(`${kdig} -p 40853 +tls server.lab.example A`),
      );
      await lab.record(
        net,
        {
          file: "tls/unbound-doh.pcap",
          what: "Questions over HTTPS, by POST and by GET: nothing in front of the encryption says that it is DNS.",
          software,
          flows: [over(443, "tls", { "tls.sni": "server.lab.example", "tls.alpn": "h2" })],
        },
        async () => {
          for (const how of ["+https", "+https-get"]) {
            await net.client.run(`${kdig} ${how} +tls-sni=server.lab.example server.lab.example A`);
          }
        },
      );
      await lab.record(
        net,
        {
          file: "dns/unbound-https-record.pcap",
          what: "A question for an HTTPS record, which promises protocols, a port and an address; DNSSEC is asked for.",
          software: ["unbound", "bind9-dnsutils"],
          flows: [
            {
              transport: "udp",
              port: 53,
              protocol: "dns",
              facts: { "dns.type": "HTTPS", "dns.name": "web.lab.example" },
            },
          ],
        },
        () => net.client.run("dig +tries=1 +dnssec @198.51.100.2 web.lab.example TYPE65"),
      );
    });

    await lab.part("quic", async () => {
      const net = await lab.network();
      await lab.record(
        net,
        {
          file: "dns-over-quic/kdig-unanswered.pcap",
          what: "A client of DNS over QUIC whom nobody answers, on a port of no meaning.",
          software: ["knot-dnsutils"],
          filter: "udp",
          flows: [
            {
              transport: "udp",
              port: 40853,
              protocol: "dns-over-quic",
              facts: { "tls.alpn": "doq" },
            },
          ],
        },
        () =>
          net.client.run(
            "kdig +retry=0 +timeout=1 -p 40853 @198.51.100.2 +quic server.lab.example A || true",
          ),
      );
    });

    await lab.part("dnscrypt", async () => {
      const npm = new Npm("encrypted-dns", ["tweetnacl@1.0.3"]);
      npm.install();
      const net = await lab.network();
      net.server.write("dnsdist.conf", dnsdist);
      net.server.start("dnsdist --supervised --disable-syslog -C dnsdist.conf");
      await net.server.listening("udp", 443);
      net.client.write("dnscrypt.js", dnscrypt);
      const software = ["dnsdist", ...npm.versions("tweetnacl")];
      for (const transport of ["udp", "tcp"] as const) {
        for (const [name, port] of [
          ["dnsdist", 443],
          ["dnsdist-offport", 40443],
        ] as const) {
          await lab.record(
            net,
            {
              file: `dnscrypt/${name}-${transport}.pcap`,
              what: `The resolver's certificate over UDP, and a sealed question and answer over ${transport.toUpperCase()}.`,
              software,
              flows: [
                { transport: "udp", port, protocol: "dnscrypt" },
                ...(transport === "tcp" ? [{ transport, port, protocol: "dnscrypt" }] : []),
              ],
            },
            () => net.client.run(npm.node(`dnscrypt.js ${port} ${transport}`)),
          );
        }
      }
    });
  },
});
