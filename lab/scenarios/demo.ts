import { setTimeout as sleep } from "node:timers/promises";
import { scenario } from "../scenario.js";
import { chronyConf, chronyd } from "./ntp.js";
import { dnsmasq } from "./dns.js";
import { ftpHome, vsftpd } from "./ftp.js";
import { nginx, site } from "./http.js";
import { receive, sendAudio } from "./rtp.js";
import { ssh, sshd, sshKeys } from "./ssh.js";
import { openSmtpd } from "./smtp.js";
import { receiver, rsyslogd } from "./syslog.js";
import { certificate } from "./tls.js";

export default scenario({
  name: "demo",
  packages: [
    "nginx-light",
    "curl",
    "openssh-server",
    "openssh-client",
    "vsftpd",
    "opensmtpd",
    "swaks",
    "dnsmasq",
    "chrony",
    "rsyslog",
    "bsdutils",
    "ffmpeg",
    "ngtcp2-server",
    "ngtcp2-client",
    "openssl",
  ],
  async run(lab) {
    await lab.part("demo", async () => {
      const net = await lab.network();
      const { client, server } = net;
      certificate(server, "rsa");
      sshKeys(net);
      ftpHome(server);
      server.quiet("chmod 600 key.pem; mkdir -p /var/spool/smtpd; chmod 711 /var/spool/smtpd");
      server.write("www/index.html", "<!doctype html><title>lab</title><p>clairvoie laboratory\n");
      server.write(
        "nginx.conf",
        nginx(
          `server { listen 80; ${site} } server { listen 443 ssl http2; ssl_certificate cert.pem; ssl_certificate_key key.pem; ${site} }`,
        ),
      );
      server.write("vsftpd.conf", vsftpd);
      server.write("dnsmasq.conf", dnsmasq);
      server.write("chrony.conf", chronyConf);
      server.write("rsyslog.conf", receiver());
      server.write("smtpd.conf", openSmtpd.replace(/"(cert|key)\.pem"/g, `"${server.dir}/$1.pem"`));
      receive(server, "m=audio 5004 RTP/AVP 0", server.ip4);
      const services: [string, "tcp" | "udp", number][] = [
        ["dnsmasq -C dnsmasq.conf --pid-file=", "udp", 53],
        ["nginx -e stderr -p . -c nginx.conf", "tcp", 80],
        [sshd, "tcp", 22],
        ["vsftpd $PWD/vsftpd.conf", "tcp", 21],
        ["smtpd -d -f smtpd.conf", "tcp", 25],
        [chronyd, "udp", 123],
        [rsyslogd, "udp", 514],
        ["gtlsserver -q -d www '*' 443 key.pem cert.pem", "udp", 443],
      ];
      for (const [command, transport, port] of services) {
        server.start(command);
        await server.listening(transport, port);
      }
      // Names come from the DNS here, so each application's question precedes its connection.
      client.quiet(
        "echo 127.0.0.1 localhost > /etc/hosts; echo nameserver 198.51.100.2 > /etc/resolv.conf; echo 'options single-request' >> /etc/resolv.conf",
      );
      const tcp = (port: number | [number, number], protocol: string) => ({
        transport: "tcp" as const,
        port,
        protocol,
      });
      const udp = (port: number, protocol: string) => ({
        transport: "udp" as const,
        port,
        protocol,
      });
      await lab.record(
        net,
        {
          file: "demo.pcapng",
          what: "A small office for three seconds: all ten protocols (ssh, ftp, smtp, http, tls, quic, dns, rtp, syslog and ntp) between one client and one server.",
          software: [
            "nginx-light",
            "curl",
            "openssh-server",
            "vsftpd",
            "opensmtpd",
            "swaks",
            "dnsmasq",
            "chrony",
            "rsyslog",
            "bsdutils",
            "ffmpeg",
            "ngtcp2-server",
            "ngtcp2-client",
          ],
          pcapng: true,
          flows: [
            udp(53, "dns"),
            {
              ...tcp(80, "http"),
              facts: { "http.host": "server.lab.example", "http.method": "GET" },
            },
            { ...tcp(443, "tls"), facts: { "tls.sni": "server.lab.example" } },
            { ...udp(443, "quic"), facts: { "tls.sni": "server.lab.example" } },
            tcp(22, "ssh"),
            { ...tcp(21, "ftp"), facts: { "ftp.user": "lab" } },
            tcp([50000, 50019], "ftp-data"),
            { ...tcp(25, "smtp"), facts: { "smtp.helo": "client.lab.example" } },
            udp(123, "ntp"),
            udp(514, "syslog"),
            { ...udp(5004, "rtp"), facts: { "rtp.payload-type": 0 } },
            udp(5005, "rtcp"),
          ],
        },
        async () => {
          const call = client.run(sendAudio(1.2, "rtp://198.51.100.2:5004"));
          const clock = client.run(
            "chronyd -Q -d -u root -t 4 'server server.lab.example iburst maxsamples 2' 'pidfile /run/q.pid' 'cmdport 0'",
            { ok: [0, 1] },
          );
          await client.run("logger --rfc5424 -d -n server.lab.example -t lab 'the day begins'");
          await client.run(
            "curl -4sS http://server.lab.example/ http://server.lab.example/missing",
          );
          await client.run("curl -4sSk https://server.lab.example/");
          await client.run(
            "gtlsclient -q --exit-on-all-streams-close --no-pmtud server.lab.example 443 https://server.lab.example/",
          );
          await client.run(`${ssh} -4 lab@server.lab.example uname`);
          await client.run("curl -4sS ftp://lab:lab-pass@server.lab.example/readme.txt");
          await client.run(
            "swaks -4 --to lab@lab.example --from alice@lab.example --helo client.lab.example --server server.lab.example --body 'The report is on the server.'",
          );
          await client.run("dig +tries=1 @198.51.100.2 lab.example MX");
          await client.run("logger --rfc3164 -d -n server.lab.example -t lab 'the day ends'");
          await Promise.all([call, clock]);
          await sleep(300);
        },
      );
    });
  },
});
