import { setTimeout as sleep } from "node:timers/promises";
import { scenario } from "../scenario.js";
import { certificate } from "./tls.js";

export default scenario({
  name: "quic",
  packages: ["ngtcp2-client", "ngtcp2-server", "caddy", "openssl"],
  async run(lab) {
    const facts = {
      "tls.sni": "server.lab.example",
      "tls.alpn": "h3",
      "quic.version": "1",
    };

    await lab.part("ngtcp2", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.write("www/index.html", "<!doctype html><title>lab</title>\n");
      net.server.start("gtlsserver -q -d www '*' 443 key.pem cert.pem");
      net.server.start("gtlsserver -q -d www '*' 40443 key.pem cert.pem");
      await net.server.listening("udp", 40443);
      const client = "gtlsclient -q --exit-on-all-streams-close --no-pmtud";
      const software = ["ngtcp2-server", "ngtcp2-client"];
      await lab.record(
        net,
        {
          file: "quic/ngtcp2.pcap",
          what: "HTTP/3 over QUIC version 1, over IPv4 and IPv6.",
          software,
          flows: [
            { transport: "udp", port: 443, server: net.server.ip4, protocol: "quic", facts },
            {
              transport: "udp",
              port: 443,
              protocol: "quic",
              facts: { ...facts, "tls.sni": "server6.lab.example" },
            },
          ],
        },
        async () => {
          await net.client.run(`${client} server.lab.example 443 https://server.lab.example/`);
          await net.client.run(`${client} server6.lab.example 443 https://server6.lab.example/`);
        },
      );
      await lab.record(
        net,
        {
          file: "quic/ngtcp2-offport.pcap",
          what: "QUIC version 1 on port 40443.",
          software,
          flows: [{ transport: "udp", port: 40443, protocol: "quic", facts }],
        },
        () => net.client.run(`${client} server.lab.example 40443 https://server.lab.example/`),
      );
      await lab.record(
        net,
        {
          file: "quic/ngtcp2-v2draft.pcap",
          what: "The draft of QUIC version 2, with its own numbers for packet types.",
          software,
          flows: [
            {
              transport: "udp",
              port: 443,
              protocol: "quic",
              facts: { "quic.version": "2 (draft)" },
            },
          ],
        },
        () =>
          net.client.run(
            `${client} -v v2draft --other-versions v2draft,v1 server.lab.example 443 https://server.lab.example/`,
          ),
      );
    });

    await lab.part("retry", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.write("www/index.html", "<!doctype html><title>lab</title>\n");
      net.server.start("gtlsserver -q -V -d www '*' 443 key.pem cert.pem");
      await net.server.listening("udp", 443);
      await lab.record(
        net,
        {
          file: "quic/ngtcp2-retry.pcap",
          what: "QUIC version 1 with a Retry packet, and a version that the server does not know (version negotiation).",
          software: ["ngtcp2-server", "ngtcp2-client"],
          flows: [{ transport: "udp", port: 443, protocol: "quic" }],
        },
        async () => {
          await net.client.run(
            "gtlsclient -q --exit-on-all-streams-close --no-pmtud server.lab.example 443 https://server.lab.example/",
          );
          await net.client.run(
            "gtlsclient -q --exit-on-all-streams-close --no-pmtud -v 0xff0000ff server.lab.example 443 https://server.lab.example/",
            { ok: [0, 1, 124], seconds: 3 },
          );
        },
      );
    });

    await lab.part("moving", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.write("www/index.html", "<!doctype html><title>lab</title>\n");
      net.server.start("gtlsserver -q -d www '*' 443 key.pem cert.pem");
      await net.server.listening("udp", 443);
      const client =
        "gtlsclient -q --exit-on-all-streams-close --no-pmtud --change-local-addr=200ms --delay-stream=500ms";
      const software = ["ngtcp2-server", "ngtcp2-client"];
      const flows = [{ transport: "udp" as const, port: 443, protocol: "quic" }];
      await lab.record(
        net,
        {
          file: "quic/ngtcp2-rebinding.pcap",
          what: "QUIC version 1 whose client's port changes behind the handshake, as by a translator: the connection id stays.",
          software,
          flows,
        },
        () =>
          net.client.run(
            `${client} --nat-rebinding server.lab.example 443 https://server.lab.example/`,
            { ok: [0, 1, 124], seconds: 8 },
          ),
      );
      await lab.record(
        net,
        {
          file: "quic/ngtcp2-migration.pcap",
          what: "QUIC version 1 whose client moves to another port with a connection id that it was given encrypted.",
          software,
          flows,
        },
        () =>
          net.client.run(`${client} server.lab.example 443 https://server.lab.example/`, {
            ok: [0, 1, 124],
            seconds: 8,
          }),
      );
    });

    await lab.part("early", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.write("www/index.html", "<!doctype html><title>lab</title>\n");
      net.server.start("gtlsserver -q -d www '*' 443 key.pem cert.pem");
      await net.server.listening("udp", 443);
      const client =
        "gtlsclient -q --exit-on-all-streams-close --no-pmtud --session-file=session --tp-file=parameters";
      await lab.record(
        net,
        {
          file: "quic/ngtcp2-early-data.pcap",
          what: "QUIC version 1, and a second connection that resumes the first with 0-RTT; the longest first id that ngtcp2 takes, and none of its own.",
          software: ["ngtcp2-server", "ngtcp2-client"],
          flows: [{ transport: "udp", port: 443, protocol: "quic", facts }],
        },
        async () => {
          await net.client.run(`${client} server.lab.example 443 https://server.lab.example/`);
          await net.client.run(
            `${client} --dcid=${"5a".repeat(18)} --scid= server.lab.example 443 https://server.lab.example/`,
          );
        },
      );
    });

    await lab.part("drafts", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.write("www/index.html", "<!doctype html><title>lab</title>\n");
      net.server.start("gtlsserver -q -V -d www '*' 443 key.pem cert.pem");
      await net.server.listening("udp", 443);
      await lab.record(
        net,
        {
          file: "quic/ngtcp2-drafts.pcap",
          what: "QUIC of draft 29, and the draft of version 2, each with a Retry.",
          software: ["ngtcp2-server", "ngtcp2-client"],
          flows: [{ transport: "udp", port: 443, protocol: "quic" }],
        },
        async () => {
          for (const version of ["0xff00001d", "v2draft"]) {
            await net.client.run(
              `gtlsclient -q --exit-on-all-streams-close --no-pmtud -v ${version} --other-versions ${version},v1 server.lab.example 443 https://server.lab.example/`,
              { ok: [0, 1, 124], seconds: 5 },
            );
          }
        },
      );
    });

    await lab.part("unanswered", async () => {
      const net = await lab.network();
      net.server.start("nc -u -l -k 198.51.100.2 443", { log: false });
      await net.server.listening("udp", 443);
      await lab.record(
        net,
        {
          file: "quic/unanswered.pcap",
          what: "Initial packets that nobody answers.",
          software: ["ngtcp2-client"],
          flows: [{ transport: "udp", port: 443, protocol: "quic", facts }],
        },
        () =>
          net.client.run(
            "gtlsclient -q --handshake-timeout=2s server.lab.example 443 https://server.lab.example/",
            { ok: [0, 1, 124], seconds: 3 },
          ),
      );
    });

    await lab.part("caddy", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.write("www/index.html", "<!doctype html><title>lab</title>\n");
      const { dir } = net.server;
      net.server.write(
        "Caddyfile",
        `{\n admin off\n auto_https disable_redirects\n}\nhttps://server.lab.example {\n tls ${dir}/cert.pem ${dir}/key.pem\n root * ${dir}/www\n file_server\n}\n`,
      );
      net.server.start("caddy run --config Caddyfile --adapter caddyfile");
      await net.server.listening("udp", 443);
      await sleep(500);
      await lab.record(
        net,
        {
          file: "quic/caddy.pcap",
          what: "HTTP/3 between Caddy (quic-go) and ngtcp2's client.",
          software: ["caddy", "ngtcp2-client"],
          flows: [{ transport: "udp", port: 443, protocol: "quic", facts }],
        },
        () =>
          net.client.run(
            "gtlsclient -q --exit-on-all-streams-close --no-pmtud server.lab.example 443 https://server.lab.example/",
          ),
      );
    });
  },
});
