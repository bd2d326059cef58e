import { setTimeout as sleep } from "node:timers/promises";
import { scenario } from "../scenario.js";

/** No kernel log and no system socket: only what `logger` writes to our own socket is forwarded. */
const sender = (transport: string, template: string, port = 514, more = "") => `
global(workDirectory="." localHostname="client.lab.example")
module(load="imuxsock" sysSock.use="off")
input(type="imuxsock" socket="/run/lab-log")
action(type="omfwd" target="198.51.100.2" port="${port}" protocol="${transport}" template="${template}" ${more})
`;

export const receiver = (port = 514) => `
module(load="imudp") module(load="imtcp")
input(type="imudp" port="${port}") input(type="imtcp" port="${port}")
*.* action(type="omfile" file="received")
`;

export const rsyslogd = "rsyslogd -n -i NONE -f rsyslog.conf";

export default scenario({
  name: "syslog",
  packages: ["rsyslog", "bsdutils"],
  async run(lab) {
    const kinds = [
      ["rfc3164-udp", "udp", "RSYSLOG_TraditionalForwardFormat", "RFC 3164 (BSD)", ""],
      ["rfc3164-tcp", "tcp", "RSYSLOG_TraditionalForwardFormat", "RFC 3164 (BSD)", ""],
      ["rfc5424-udp", "udp", "RSYSLOG_SyslogProtocol23Format", "RFC 5424", ""],
      [
        "rfc5424-tcp-octets",
        "tcp",
        "RSYSLOG_SyslogProtocol23Format",
        "RFC 5424 with octet counting",
        'TCP_Framing="octet-counted"',
      ],
    ] as const;
    for (const [name, transport, template, form, more] of kinds) {
      await lab.part(name, async () => {
        const net = await lab.network();
        net.server.write("rsyslog.conf", receiver());
        net.client.write("rsyslog.conf", sender(transport, template, 514, more));
        net.server.start(rsyslogd);
        await net.server.listening("tcp", 514);
        await lab.record(
          net,
          {
            file: `syslog/rsyslog-${name}.pcap`,
            what: `rsyslog forwards the messages of logger over ${transport.toUpperCase()} in the form of ${form}.`,
            software: ["rsyslog", "bsdutils"],
            flows: [
              {
                transport,
                port: 514,
                protocol: "syslog",
                facts: { "syslog.host": "client.lab.example" },
              },
            ],
          },
          async () => {
            net.client.start(rsyslogd);
            await sleep(1000);
            await net.client.run(
              "logger -u /run/lab-log -t backup -p daemon.notice 'backup of 12 files finished'",
            );
            await net.client.run(
              "logger -u /run/lab-log -t door -p auth.warning 'login refused for user guest'",
            );
            await net.client.run(
              "logger -u /run/lab-log -t disk -p local3.err 'disk 2 is 91% full'",
            );
            await sleep(500);
          },
        );
      });
    }

    await lab.part("logger", async () => {
      const net = await lab.network();
      net.server.write(
        "rsyslog.conf",
        `${receiver()}input(type="imudp" port="40514") input(type="imtcp" port="40514")\n`,
      );
      net.server.start(rsyslogd);
      await net.server.listening("tcp", 40514);
      await lab.record(
        net,
        {
          file: "syslog/logger.pcap",
          what: "logger itself sends in both forms, over UDP and TCP, to port 514 and to port 40514, once over IPv6.",
          software: ["rsyslog", "bsdutils"],
          flows: [
            { transport: "udp", port: 514, protocol: "syslog" },
            { transport: "udp", port: 40514, protocol: "syslog" },
            { transport: "tcp", port: 40514, protocol: "syslog" },
          ],
        },
        async () => {
          await net.client.run(
            "logger --rfc3164 -d -n 198.51.100.2 -t lab 'a message in the old form'",
          );
          await net.client.run(
            "logger --rfc5424 -d -n 2001:db8::2 -t lab --msgid ID7 --sd-id lab@32473 --sd-param 'room=\"12\"' 'a message with structured data'",
          );
          await net.client.run(
            "logger --rfc3164 -d -n 198.51.100.2 -P 40514 -t lab 'off the usual port'",
          );
          await net.client.run(
            "logger --rfc5424=notq -T -n 198.51.100.2 -P 40514 -t lab 'off the usual port over TCP'",
          );
          await net.client.run(
            "logger --rfc5424=notq -T --octet-count -n 198.51.100.2 -P 40514 -t lab 'counted octets'",
          );
        },
      );
    });
  },
});
