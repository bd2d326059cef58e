import { scenario } from "../scenario.js";
import { certificate } from "./tls.js";
import type { Host } from "../netns.js";

export const vsftpd = `
listen=NO
listen_ipv6=YES
background=NO
anonymous_enable=YES
anon_root=/home/lab
no_anon_password=NO
local_enable=YES
write_enable=YES
chroot_local_user=YES
allow_writeable_chroot=YES
pam_service_name=vsftpd
secure_chroot_dir=/run/vsftpd/empty
ftpd_banner=server.lab.example FTP server ready.
connect_from_port_20=YES
port_enable=YES
pasv_min_port=50000
pasv_max_port=50019
seccomp_sandbox=NO
xferlog_enable=NO
`;

export function ftpHome(host: Host): void {
  host.quiet(`
    mkdir -p /run/vsftpd/empty /srv
    rm -f ~lab/.[a-z]*; printf 'a file of the laboratory\\n' > ~lab/readme.txt; seq 1 400 > ~lab/numbers.txt; chown -R lab ~lab; chmod 755 ~lab
  `);
}

export default scenario({
  name: "ftp",
  packages: ["vsftpd", "curl", "lftp", "tnftp", "openssl"],
  async run(lab) {
    const software = ["vsftpd", "curl"];
    const login = { "ftp.user": "lab" };
    const url = "ftp://lab:lab-pass@server.lab.example";

    await lab.part("vsftpd", async () => {
      const net = await lab.network();
      ftpHome(net.server);
      net.server.write("vsftpd.conf", vsftpd);
      net.server.start("vsftpd $PWD/vsftpd.conf");
      await net.server.listening("tcp", 21);
      const passive = {
        transport: "tcp" as const,
        port: [50000, 50019] as [number, number],
        protocol: "ftp-data",
      };
      await lab.record(
        net,
        {
          file: "ftp/vsftpd-passive.pcap",
          what: "A login, then LIST and RETR in passive mode (PASV) over IPv4.",
          software,
          flows: [{ transport: "tcp", port: 21, protocol: "ftp", facts: login }, passive],
        },
        () => net.client.run(`curl -4sS --disable-epsv ${url}/ ${url}/readme.txt`),
      );
      await lab.record(
        net,
        {
          file: "ftp/vsftpd-epsv-ipv6.pcap",
          what: "STOR and RETR in extended passive mode (EPSV) over IPv6.",
          software,
          flows: [{ transport: "tcp", port: 21, protocol: "ftp", facts: login }, passive],
        },
        async () => {
          await net.client.run(`seq 1 50 | curl -6sS -T - ${url}/upload.txt`);
          await net.client.run(`curl -6sS ${url}/upload.txt`);
        },
      );
      await lab.record(
        net,
        {
          file: "ftp/vsftpd-active.pcap",
          what: "LIST and RETR in active mode: PORT first, then EPRT; the server opens the data connections from port 20.",
          software,
          flows: [
            { transport: "tcp", port: 21, protocol: "ftp", facts: login },
            { transport: "tcp", client: net.server.ip4, clientPort: 20, protocol: "ftp-data" },
          ],
        },
        async () => {
          await net.client.run(`curl -4sS --disable-eprt -P - ${url}/`);
          await net.client.run(`curl -4sS -P - ${url}/numbers.txt`);
        },
      );
      await lab.record(
        net,
        {
          file: "ftp/vsftpd-clients.pcap",
          what: "Other clients: lftp as user lab, and the BSD client as an anonymous user; one login fails.",
          software: ["vsftpd", "lftp", "tnftp", "curl"],
          flows: [{ transport: "tcp", port: 21, protocol: "ftp" }, passive],
        },
        async () => {
          await net.client.run(
            `lftp -c 'set ftp:ssl-allow no; set net:timeout 5; open -u lab,lab-pass 198.51.100.2; ls; get readme.txt -o readme.lftp; bye'`,
          );
          await net.client.run(`tnftp -4 -V -o readme.tnftp ftp://198.51.100.2/readme.txt`);
          await net.client.run(`curl -4sS ftp://lab:wrong@server.lab.example/`, { ok: [67] });
        },
      );
    });

    await lab.part("offport", async () => {
      const net = await lab.network();
      ftpHome(net.server);
      certificate(net.server);
      net.server.write(
        "vsftpd.conf",
        `${vsftpd}listen_port=40021\nssl_enable=YES\nforce_local_logins_ssl=NO\nforce_local_data_ssl=NO\nrequire_ssl_reuse=NO\nrsa_cert_file=cert.pem\nrsa_private_key_file=key.pem\n`,
      );
      net.server.start("vsftpd $PWD/vsftpd.conf");
      await net.server.listening("tcp", 40021);
      const data = (clientPort?: number) => ({
        transport: "tcp" as const,
        port: [50000, 50019] as [number, number],
        ...(clientPort && { clientPort }),
        protocol: "ftp-data",
      });
      await lab.record(
        net,
        {
          file: "ftp/vsftpd-offport.pcap",
          what: "A control connection on port 40021, in clear text.",
          software,
          flows: [{ transport: "tcp", port: 40021, protocol: "ftp", facts: login }, data()],
        },
        () => net.client.run(`curl -4sS ${url}:40021/readme.txt`),
      );
      await lab.record(
        net,
        {
          file: "ftp/vsftpd-auth-tls.pcap",
          what: "AUTH TLS: the control connection begins as FTP and goes on inside TLS; the data connection is TLS from its first byte.",
          software: [...software, "openssl"],
          flows: [{ transport: "tcp", port: 40021, protocol: "ftp" }, data()],
        },
        () => net.client.run(`curl -4sSk --ssl-reqd ${url}:40021/readme.txt`),
      );
    });
  },
});
