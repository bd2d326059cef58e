import { scenario } from "../scenario.js";
import { certificate } from "./tls.js";

const smtpd = (listen: string) => `
pki server.lab.example cert "cert.pem"
pki server.lab.example key "key.pem"
${listen}
action "local" maildir "/home/lab/mail"
match from any for domain "lab.example" action "local"
`;

export const openSmtpd = smtpd(
  "listen on eth0 port 25 hostname server.lab.example tls pki server.lab.example",
);

const exim = `
primary_hostname = server.lab.example
spool_directory = DIR/spool
log_file_path = DIR/spool/%s.log
pid_file_path = DIR/spool/exim.pid
keep_environment =
exim_user = Debian-exim
exim_group = Debian-exim
local_interfaces = 198.51.100.2
host_lookup =
rfc1413_query_timeout = 0s
tls_advertise_hosts = *
tls_certificate = DIR/cert.pem
tls_privatekey = DIR/key.pem
tls_on_connect_ports = 465
auth_advertise_hosts = *
acl_smtp_rcpt = accept
acl_smtp_data = accept
queue_only = true
begin acl
accept:
  accept
begin routers
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if eq{$auth3}{lab-pass}}
  server_set_id = $auth2
`;

export default scenario({
  name: "smtp",
  packages: [
    "opensmtpd",
    "swaks",
    "curl",
    "python3",
    "python3-aiosmtpd",
    "libnet-ssleay-perl",
    "libio-socket-inet6-perl",
    "libidn12",
    "openssl",
  ],
  async run(lab) {
    await lab.part("opensmtpd", async () => {
      const net = await lab.network();
      certificate(net.server, "rsa");
      net.server.quiet("chmod 600 key.pem; mkdir -p /var/spool/smtpd; chmod 711 /var/spool/smtpd");
      net.server.write(
        "smtpd.conf",
        openSmtpd
          .replaceAll('"cert.pem"', `"${net.server.dir}/cert.pem"`)
          .replaceAll('"key.pem"', `"${net.server.dir}/key.pem"`),
      );
      net.server.start("smtpd -d -f smtpd.conf");
      await net.server.listening("tcp", 25);
      const mail =
        "--to lab@lab.example --from alice@lab.example --helo client.lab.example --server server.lab.example";
      const facts = {
        "smtp.helo": "client.lab.example",
        "smtp.from": "alice@lab.example",
        "smtp.to": "lab@lab.example",
      };
      await lab.record(
        net,
        {
          file: "smtp/opensmtpd-swaks.pcap",
          what: "A mail sent by swaks over IPv4, one over IPv6, and one to a recipient that is refused.",
          software: ["opensmtpd", "swaks"],
          flows: [{ transport: "tcp", port: 25, protocol: "smtp" }],
        },
        async () => {
          await net.client.run(
            `swaks -4 ${mail} --header 'Subject: from the laboratory' --body 'A mail without a secret.'`,
          );
          await net.client.run(`swaks -6 ${mail} --body 'A mail without a secret.'`);
          await net.client.run(
            `swaks -4 ${mail.replace("lab@lab.example", "nobody@other.example")}`,
            { ok: [24] },
          );
        },
      );
      await lab.record(
        net,
        {
          file: "smtp/opensmtpd-curl.pcap",
          what: "A mail sent by curl.",
          software: ["opensmtpd", "curl"],
          flows: [{ transport: "tcp", port: 25, protocol: "smtp", facts }],
        },
        () =>
          net.client.run(
            "curl -4sS --mail-from alice@lab.example --mail-rcpt lab@lab.example -T - smtp://server.lab.example/client.lab.example",
            { input: "Subject: from curl\r\n\r\nA mail without a secret.\r\n" },
          ),
      );
    });

    // Exim's package conflicts with OpenSMTPD's, so it is unpacked only.
    await lab.part("exim", async () => {
      const net = await lab.network();
      net.server.unpack("exim4-daemon-light");
      certificate(net.server, "rsa");
      net.server.write("exim.conf", exim.replaceAll("DIR", net.server.dir));
      net.server.quiet(
        "useradd --system Debian-exim; mkdir -p spool && chmod 777 spool; chown root exim.conf; mv $PWD/exim.conf /etc/exim.conf; chown Debian-exim key.pem",
      );
      net.server.start("exim4-daemon-light/usr/sbin/exim4 -C /etc/exim.conf -bdf -oX 25:465");
      await net.server.listening("tcp", 25);
      const mail =
        "--to lab@lab.example --from alice@lab.example --helo client.lab.example --server server.lab.example";
      await lab.record(
        net,
        {
          file: "smtp/exim-starttls.pcap",
          what: "STARTTLS: the connection begins as SMTP and goes on inside TLS.",
          software: ["exim 4.96", "swaks"],
          flows: [
            {
              transport: "tcp",
              port: 25,
              protocol: "smtp",
              facts: { "smtp.helo": "client.lab.example", "tls.version": "TLS 1.3" },
            },
          ],
        },
        () => net.client.run(`swaks -4 ${mail} --tls`),
      );
      await lab.record(
        net,
        {
          file: "smtp/exim-login.pcap",
          what: "AUTH PLAIN in clear text, pipelined commands and two mails in one connection.",
          software: ["exim 4.96", "curl", "swaks"],
          flows: [{ transport: "tcp", port: 25, protocol: "smtp" }],
        },
        async () => {
          await net.client.run(
            `swaks -4 ${mail} --auth PLAIN --auth-user lab --auth-password lab-pass`,
          );
          await net.client.run(`swaks -4 ${mail} --pipeline --body 'pipelined'`);
        },
      );
      await lab.record(
        net,
        {
          file: "smtp/exim-implicit-tls.pcap",
          what: "SMTP inside TLS from the first byte, on port 465: on the wire it is TLS.",
          software: ["exim 4.96", "swaks"],
          flows: [{ transport: "tcp", port: 465, protocol: "tls" }],
        },
        () => net.client.run(`swaks -4 ${mail} --tls-on-connect --port 465`),
      );
    });

    await lab.part("python", async () => {
      const net = await lab.network();
      net.server.start("python3 -m aiosmtpd -n -l 198.51.100.2:40025");
      await net.server.listening("tcp", 40025);
      await lab.record(
        net,
        {
          file: "smtp/aiosmtpd-offport.pcap",
          what: "Python's smtplib sends a mail to aiosmtpd on port 40025.",
          software: ["python3-aiosmtpd", "python3"],
          flows: [
            {
              transport: "tcp",
              port: 40025,
              protocol: "smtp",
              facts: { "smtp.from": "alice@lab.example", "smtp.to": "lab@lab.example" },
            },
          ],
        },
        () =>
          net.client.run(
            `python3 -c 'import smtplib; s = smtplib.SMTP("198.51.100.2", 40025); s.sendmail("alice@lab.example", ["lab@lab.example"], "Subject: python\\r\\n\\r\\nhello\\r\\n"); s.quit()'`,
          ),
      );
    });
  },
});
