import { setTimeout as sleep } from "node:timers/promises";
import type { Network } from "../netns.js";
import { scenario } from "../scenario.js";

/** A key pair for the user `lab`, and a host key for the server. */
export function sshKeys({ client, server }: Network): void {
  client.quiet("ssh-keygen -q -t ed25519 -N '' -C lab -f id");
  const key = client.quiet("cat id.pub");
  server.write("authorized_keys", key);
  server.quiet(`
    ssh-keygen -q -t ed25519 -N '' -C lab -f hostkey
    mkdir -p /run/sshd ~lab/.ssh && cp authorized_keys ~lab/.ssh/ && chown -R lab ~lab && chmod 700 ~lab ~lab/.ssh
  `);
}

export const ssh =
  "ssh -q -F none -i id -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null";
export const sshd = "$(which sshd) -D -e -f /dev/null -h $PWD/hostkey -o PidFile=none -o UsePAM=no";

export default scenario({
  name: "ssh",
  packages: ["openssh-server", "openssh-client", "dropbear-bin"],
  async run(lab) {
    const software = ["openssh-server", "openssh-client"];
    await lab.part("openssh", async () => {
      const net = await lab.network();
      sshKeys(net);
      net.server.start(`${sshd} -p 22 -p 40022`);
      await net.server.listening("tcp", 40022);
      await lab.record(
        net,
        {
          file: "ssh/openssh.pcap",
          what: "A login by key over IPv4 and one over IPv6, each of which runs a command.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 22,
              protocol: "ssh",
              facts: { "ssh.software": "OpenSSH" },
            },
          ],
        },
        async () => {
          await net.client.run(`${ssh} -4 lab@server.lab.example uname`);
          await net.client.run(`${ssh} -6 lab@server.lab.example uname`);
        },
      );
      await lab.record(
        net,
        {
          file: "ssh/openssh-offport.pcap",
          what: "A login by key on port 40022.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 40022,
              protocol: "ssh",
              facts: { "ssh.software": "OpenSSH" },
            },
          ],
        },
        () => net.client.run(`${ssh} -4 -p 40022 lab@server.lab.example uname`),
      );
      await lab.record(
        net,
        {
          file: "ssh/keyscan.pcap",
          what: "ssh-keyscan reads the host keys and leaves without a login.",
          software,
          flows: [{ transport: "tcp", port: 22, protocol: "ssh" }],
        },
        () => net.client.run("ssh-keyscan -4 -t ed25519 server.lab.example"),
      );
      const session = net.client.start(`${ssh} -4 lab@server.lab.example cat`);
      await sleep(1500);
      await lab.record(
        net,
        {
          file: "ssh/midstream.pcap",
          what: "A session whose beginning was not recorded: encrypted packets only.",
          software,
          flows: [{ transport: "tcp", port: 22, protocol: "ssh" }],
        },
        async () => {
          for (let i = 0; i < 10; i++) {
            session.type(`line ${i}\n`);
            await sleep(50);
          }
        },
      );
    });

    await lab.part("dropbear", async () => {
      const net = await lab.network();
      sshKeys(net);
      net.server.quiet("dropbearkey -t ed25519 -f dropbearkey");
      net.client.quiet("dropbearkey -t ed25519 -f id_dropbear | grep ^ssh- > id_dropbear.pub");
      net.server.write("authorized_keys", net.client.quiet("cat id_dropbear.pub"));
      net.server.quiet("cat authorized_keys >> ~lab/.ssh/authorized_keys");
      net.server.start("dropbear -F -E -m -r dropbearkey -p 2222 -P dropbear.pid");
      await net.server.listening("tcp", 2222);
      await lab.record(
        net,
        {
          file: "ssh/dropbear.pcap",
          what: "Dropbear's server on port 2222, asked by its own client and by OpenSSH.",
          software: ["dropbear-bin", "openssh-client"],
          flows: [
            {
              transport: "tcp",
              port: 2222,
              protocol: "ssh",
              facts: { "ssh.software": "dropbear" },
            },
          ],
        },
        async () => {
          await net.client.run("dbclient -y -i id_dropbear -p 2222 lab@server.lab.example uname");
          await net.client.run(`${ssh} -p 2222 lab@server.lab.example uname`);
        },
      );
    });
  },
});
