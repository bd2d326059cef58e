import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../netns.js";
import { scenario } from "../scenario.js";

const bus = "dbus-daemon --system --nofork --nopidfile";

const avahi = (name: string) => `
[server]
host-name=${name}
allow-interfaces=eth0
[publish]
publish-hinfo=no
publish-workstation=no
[wide-area]
enable-wide-area=no
`;

const service = `<?xml version="1.0"?><!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group><name>laboratory</name><service><type>_http._tcp</type><port>80</port><txt-record>path=/</txt-record></service></service-group>
`;

async function startBus(host: Host): Promise<void> {
  host.quiet("mkdir -p /run/dbus /run/avahi-daemon");
  host.start(bus, { log: false });
  await sleep(400);
}

export default scenario({
  name: "mdns",
  packages: ["avahi-daemon", "avahi-utils", "dbus"],
  async run(lab) {
    const multicast = ["224.0.0.251", "ff02::fb"];
    const mdns = (facts?: Record<string, string>) => ({
      transport: "udp" as const,
      port: 5353,
      protocol: "mdns",
      ...(facts && { facts }),
    });

    await lab.part("avahi", async () => {
      const net = await lab.network();
      for (const host of [net.client, net.server]) {
        host.write("avahi.conf", avahi(host.name));
        host.quiet("rm -f /etc/avahi/services/*");
        await startBus(host);
      }
      net.server.write("laboratory.service", service);
      net.server.quiet("cp laboratory.service /etc/avahi/services/");
      const daemon = "avahi-daemon --no-drop-root --no-chroot --no-rlimits -f avahi.conf";
      net.client.start(daemon);
      await sleep(2500);
      await lab.record(
        net,
        {
          file: "mdns/avahi.pcap",
          what: "Avahi announces a host and a web service; another Avahi resolves the name and browses the services.",
          software: ["avahi-daemon", "avahi-utils"],
          flows: multicast.map((server) => ({ ...mdns(), server })),
        },
        async () => {
          net.server.start(daemon);
          await sleep(2500);
          await net.client.run("avahi-resolve -4 -n server.local", { ok: [0, 1] });
          await net.client.run("avahi-browse -t -r _http._tcp");
        },
      );
      await lab.record(
        net,
        {
          file: "mdns/dig.pcap",
          what: "A question from an ordinary port to the multicast address; the answer comes back as unicast.",
          software: ["avahi-daemon", "bind9-dnsutils"],
          flows: [{ ...mdns({ "dns.name": "server.local" }) }],
        },
        () =>
          net.client.run("dig +noedns +tries=1 +time=2 -p 5353 @224.0.0.251 server.local A", {
            ok: [0, 9],
          }),
      );
    });

    // The package systemd-resolved takes over /etc/resolv.conf when it is installed, so it is unpacked only.
    await lab.part("llmnr", async () => {
      const net = await lab.network();
      for (const host of [net.client, net.server]) {
        host.unpack("systemd-resolved");
        host.write(
          "resolved.conf",
          "[Resolve]\nLLMNR=yes\nMulticastDNS=no\nDNSSEC=no\nDNSStubListener=no\nDNS=\nFallbackDNS=\n",
        );
        host.quiet(`
          useradd --system systemd-resolve 2>/dev/null || true
          mkdir -p /etc/systemd && cp resolved.conf /etc/systemd/
          cp systemd-resolved/usr/share/dbus-1/system.d/org.freedesktop.resolve1.conf /etc/dbus-1/system.d/
          hostname ${host.name}
          mkdir -p /run/systemd/system
        `);
        await startBus(host);
        host.start("systemd-resolved/lib/systemd/systemd-resolved");
      }
      await net.server.listening("udp", 5355);
      await sleep(3000);
      await lab.record(
        net,
        {
          file: "llmnr/systemd-resolved.pcap",
          what: "Link-local name resolution of the single-label name `server`, and of a name that nobody has.",
          software: ["systemd-resolved 252.39"],
          flows: [
            { transport: "udp", port: 5355, protocol: "llmnr" },
            { transport: "tcp", port: 5355, protocol: "llmnr" },
          ],
        },
        async () => {
          await net.client.run("systemd-resolved/usr/bin/resolvectl query --protocol=llmnr server");
          await net.client.run(
            "systemd-resolved/usr/bin/resolvectl query --protocol=llmnr nobody",
            { ok: [1] },
          );
        },
      );
    });
  },
});
