import { scenario } from "../scenario.js";

// -x and -Q: chronyd never touches this machine's clock.
export const chronyd = "chronyd -x -d -u root -f chrony.conf";
export const chronyConf =
  "local stratum 8\nallow\ncmdport 0\nbindcmdaddress /run/chronyd.sock\npidfile /run/chronyd.pid\n";

export default scenario({
  name: "ntp",
  packages: ["chrony", "ntpsec-ntpdate", "netcat-openbsd"],
  async run(lab) {
    const ntp = { transport: "udp" as const, port: 123, protocol: "ntp" };
    await lab.part("chrony", async () => {
      const net = await lab.network();
      net.server.write("chrony.conf", chronyConf);
      net.server.start(chronyd);
      await net.server.listening("udp", 123);
      await lab.record(
        net,
        {
          file: "ntp/chrony.pcap",
          what: "chronyd asks a chronyd server over IPv4 and IPv6, four times each.",
          software: ["chrony"],
          flows: [{ ...ntp, facts: { "ntp.version": 4, "ntp.stratum": 8 } }],
        },
        async () => {
          for (const address of [net.server.ip4, net.server.ip6])
            await net.client.run(
              `chronyd -Q -d -u root -t 10 'server ${address} iburst' 'pidfile /run/q.pid' 'cmdport 0'`,
              { ok: [0, 1] },
            );
        },
      );
      await lab.record(
        net,
        {
          file: "ntp/ntpdate.pcap",
          what: "ntpdate asks a chronyd server.",
          software: ["chrony", "ntpsec-ntpdate"],
          flows: [ntp],
        },
        () => net.client.run("ntpdate -q -4 198.51.100.2", { ok: [0, 1] }),
      );
    });

    await lab.part("unanswered", async () => {
      const net = await lab.network();
      net.server.start("nc -u -l -k 198.51.100.2 123", { log: false });
      await net.server.listening("udp", 123);
      await lab.record(
        net,
        {
          file: "ntp/unanswered.pcap",
          what: "Requests that nobody answers.",
          software: ["chrony"],
          flows: [ntp],
        },
        () =>
          net.client.run(
            "chronyd -Q -d -u root -t 3 'server 198.51.100.2 iburst maxsamples 1' 'pidfile /run/q.pid' 'cmdport 0'",
            { ok: [0, 1] },
          ),
      );
    });
  },
});
