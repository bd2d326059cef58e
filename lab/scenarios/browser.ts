import { setTimeout as sleep } from "node:timers/promises";
import { scenario } from "../scenario.js";
import { certificate } from "./tls.js";

const chromium =
  "chromium --headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run " +
  "--disable-features=OptimizationHints,MediaRouter,NetworkTimeServiceQuerying --user-data-dir=profile --ignore-certificate-errors --virtual-time-budget=1500 --dump-dom " +
  "--host-resolver-rules='MAP server.lab.example 198.51.100.2, MAP * ~NOTFOUND'";

export default scenario({
  name: "browser",
  packages: ["chromium", "caddy", "openssl"],
  async run(lab) {
    const start = async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.write(
        "www/index.html",
        "<!doctype html><title>lab</title><link rel=icon href=data:,><p>clairvoie laboratory\n",
      );
      const { dir } = net.server;
      const tls = `tls ${dir}/cert.pem ${dir}/key.pem\n root * ${dir}/www\n file_server`;
      net.server.write(
        "Caddyfile",
        `{\n admin off\n auto_https off\n}\nhttp://server.lab.example {\n root * ${dir}/www\n file_server\n}\nhttps://server.lab.example {\n ${tls}\n}\n`,
      );
      net.server.start("caddy run --config Caddyfile --adapter caddyfile");
      await net.server.listening("udp", 443);
      await sleep(500);
      return net;
    };
    const software = ["chromium", "caddy"];
    const filter = "host 198.51.100.2";

    await lab.part("http", async () => {
      const net = await start();
      await lab.record(
        net,
        {
          file: "http/chromium-caddy.pcap",
          what: "A browser reads a page without TLS.",
          software,
          filter,
          flows: [
            {
              transport: "tcp",
              port: 80,
              protocol: "http",
              facts: { "http.host": "server.lab.example" },
            },
          ],
        },
        () =>
          net.client.run(
            `${chromium} --disable-features=HttpsUpgrades http://server.lab.example/`,
            { seconds: 40 },
          ),
      );
    });

    await lab.part("tls", async () => {
      const net = await start();
      await lab.record(
        net,
        {
          file: "tls/chromium-caddy.pcap",
          what: "A browser's ClientHello of two segments, with a post-quantum key share, GREASE and extensions in random order.",
          software,
          filter,
          flows: [
            {
              transport: "tcp",
              port: 443,
              protocol: "tls",
              facts: {
                "tls.sni": "server.lab.example",
                "tls.version": "TLS 1.3",
                "tls.alpn": "h2,http/1.1",
              },
            },
          ],
        },
        () =>
          net.client.run(`${chromium} --disable-quic https://server.lab.example/`, { seconds: 40 }),
      );
    });

    await lab.part("quic", async () => {
      const net = await start();
      const pin = net.server
        .quiet(
          "openssl x509 -in cert.pem -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64",
        )
        .trim();
      await lab.record(
        net,
        {
          file: "quic/chromium-caddy.pcap",
          what: "A browser's QUIC version 1 with a ClientHello that spans two Initial packets, in shuffled CRYPTO frames.",
          software,
          filter,
          flows: [
            {
              transport: "udp",
              port: 443,
              protocol: "quic",
              facts: {
                "tls.sni": "server.lab.example",
                "tls.alpn": "h3",
                "quic.version": "1",
              },
            },
            {
              transport: "tcp",
              port: 443,
              protocol: "tls",
              facts: { "tls.sni": "server.lab.example" },
            },
          ],
        },
        () =>
          net.client.run(
            `${chromium} --origin-to-force-quic-on=server.lab.example:443 --ignore-certificate-errors-spki-list=${pin} https://server.lab.example/`,
            {
              seconds: 40,
            },
          ),
      );
    });
  },
});
