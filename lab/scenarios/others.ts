import { setTimeout as sleep } from "node:timers/promises";
import { scenario } from "../scenario.js";
import { certificate } from "./tls.js";

const dovecot = `
base_dir = /run/dovecot
log_path = /dev/stderr
protocols = imap pop3
ssl = no
disable_plaintext_auth = no
mail_location = maildir:~/mail
default_internal_user = lab
default_login_user = lab
default_internal_group = lab
first_valid_uid = 1000
passdb {
  driver = static
  args = password=lab-pass
}
userdb {
  driver = static
  args = uid=4000 gid=4000 home=/home/lab
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
}
service pop3-login {
  chroot =
}
`;

/** A call of one second, with the tone of a key that sip-tester brings along. */
const tonesCall = `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="tones">
<send retrans="500"><![CDATA[

INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: sipp <sip:sipp@[local_ip]:[local_port]>;tag=[call_number]
To: sut <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: sip:sipp@[local_ip]:[local_port]
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=user1 53655765 2353687637 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[local_ip_type] [local_ip]
t=0 0
m=audio [auto_media_port] RTP/AVP 0 101
a=rtpmap:101 telephone-event/8000

]]></send>
<recv response="100" optional="true"></recv>
<recv response="180" optional="true"></recv>
<recv response="200" rrs="true"></recv>
<send><![CDATA[

ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: sipp <sip:sipp@[local_ip]:[local_port]>;tag=[call_number]
To: sut <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Content-Length: 0

]]></send>
<nop><action><exec play_pcap_audio="/usr/share/sip-tester/dtmf_2833_1.pcap"/></action></nop>
<pause milliseconds="1000"/>
<send retrans="500"><![CDATA[

BYE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: sipp <sip:sipp@[local_ip]:[local_port]>;tag=[call_number]
To: sut <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 BYE
Content-Length: 0

]]></send>
<recv response="200" crlf="true"></recv>
</scenario>
`;

export default scenario({
  name: "others",
  packages: [
    "iputils-ping",
    "redis-server",
    "redis-tools",
    "postgresql-15",
    "postgresql-client-15",
    "mosquitto",
    "mosquitto-clients",
    "memcached",
    "dovecot-imapd",
    "dovecot-pop3d",
    "curl",
    "netcat-openbsd",
    "openssl",
    "libusrsctp-examples",
    "tftpd-hpa",
    "tftp-hpa",
    "snmpd",
    "snmp",
    "libcoap3-bin",
    "sip-tester",
    "telnet",
    "iperf3",
  ],
  async run(lab) {
    await lab.part("ping", async () => {
      const net = await lab.network();
      await lab.record(
        net,
        {
          file: "icmp/ping.pcap",
          what: "ARP and neighbour discovery, then echo requests over ICMP and ICMPv6.",
          software: ["iputils-ping"],
          flows: [],
        },
        async () => {
          await net.client.run("ping -c 3 -i 0.2 198.51.100.2");
          await net.client.run("ping -c 3 -i 0.2 2001:db8::2");
        },
      );
    });

    await lab.part("redis", async () => {
      const net = await lab.network();
      net.server.start("redis-server --bind 198.51.100.2 --protected-mode no --save ''");
      await net.server.listening("tcp", 6379);
      await lab.record(
        net,
        {
          file: "redis/redis-cli.pcap",
          what: "SET, GET, LPUSH and an unknown command.",
          software: ["redis-server"],
          flows: [{ transport: "tcp", port: 6379, protocol: "redis" }],
        },
        async () => {
          for (const command of [
            "SET room 12",
            "GET room",
            "LPUSH list a b c",
            "LRANGE list 0 -1",
            "NOSUCH",
          ])
            await net.client.run(`redis-cli -h 198.51.100.2 ${command}`, { ok: [0, 1] });
        },
      );
    });

    await lab.part("postgresql", async () => {
      const net = await lab.network();
      net.server.quiet(`
        export PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin); mkdir pg && chown lab pg
        runuser -u lab -- initdb -D pg -A trust -U lab >/dev/null && echo 'host all all 198.51.100.0/24 trust' >> pg/pg_hba.conf
      `);
      net.server.start(
        "runuser -u lab -- $(ls -d /usr/lib/postgresql/*/bin)/postgres -D pg -c listen_addresses=198.51.100.2 -c unix_socket_directories=",
      );
      await net.server.listening("tcp", 5432);
      await sleep(500);
      await lab.record(
        net,
        {
          file: "postgresql/psql.pcap",
          what: "An SSLRequest that is refused, a login and two queries.",
          software: ["postgresql-15"],
          flows: [{ transport: "tcp", port: 5432, protocol: "postgresql" }],
        },
        () =>
          net.client.run(
            `psql -h 198.51.100.2 -U lab postgres -c 'select 1 as one' -c 'select nothing'`,
            { ok: [0, 1] },
          ),
      );
    });

    await lab.part("mqtt", async () => {
      const net = await lab.network();
      net.server.write("mosquitto.conf", "listener 1883 198.51.100.2\nallow_anonymous true\n");
      net.server.start("mosquitto -c mosquitto.conf");
      await net.server.listening("tcp", 1883);
      await lab.record(
        net,
        {
          file: "mqtt/mosquitto.pcap",
          what: "A subscriber and a publisher, MQTT 3.1.1 and 5.",
          software: ["mosquitto"],
          flows: [{ transport: "tcp", port: 1883, protocol: "mqtt" }],
        },
        async () => {
          const subscriber = net.client.start(
            "mosquitto_sub -h 198.51.100.2 -i watcher -t room/+ -C 2",
          );
          await sleep(400);
          await net.client.run("mosquitto_pub -h 198.51.100.2 -i sensor -t room/12 -m 21.5");
          await net.client.run(
            "mosquitto_pub -V 5 -q 1 -h 198.51.100.2 -i sensor -t room/12 -m 21.6",
          );
          await subscriber.exited;
        },
      );
    });

    await lab.part("memcached", async () => {
      const net = await lab.network();
      net.server.start("memcached -u lab -l 198.51.100.2 -U 11211");
      await net.server.listening("tcp", 11211);
      await lab.record(
        net,
        {
          file: "memcached/text.pcap",
          what: "The text protocol over TCP and over UDP.",
          software: ["memcached", "netcat-openbsd"],
          flows: [
            { transport: "tcp", port: 11211, protocol: "memcached" },
            { transport: "udp", port: 11211, protocol: "memcached" },
          ],
        },
        async () => {
          await net.client.run("nc -N -w 1 198.51.100.2 11211", {
            input: "set room 0 60 2\r\n12\r\nget room\r\nversion\r\nquit\r\n",
          });
          await net.client.run("nc -u -w 1 198.51.100.2 11211", {
            input: "\0\x01\0\0\0\x01\0\0get room\r\n",
          });
        },
      );
    });

    await lab.part("mailbox", async () => {
      const net = await lab.network();
      net.server.write("dovecot.conf", dovecot);
      net.server.quiet(
        "mkdir -p ~lab/mail/new ~lab/mail/cur ~lab/mail/tmp; printf 'From: alice@lab.example\\nSubject: hello\\n\\nA mail.\\n' > ~lab/mail/new/1.lab; chown -R lab ~lab",
      );
      net.server.start("dovecot -F -c dovecot.conf");
      await net.server.listening("tcp", 143);
      await lab.record(
        net,
        {
          file: "imap/dovecot.pcap",
          what: "A login by IMAP that lists the mailbox and fetches a mail, and a login by POP3 that fetches the same mail.",
          software: ["dovecot-imapd", "curl"],
          flows: [
            { transport: "tcp", port: 143, protocol: "imap" },
            { transport: "tcp", port: 110, protocol: "pop3" },
          ],
        },
        async () => {
          await net.client.run(
            "curl -4sS -u lab:lab-pass 'imap://server.lab.example/INBOX;MAILINDEX=1'",
          );
          await net.client.run("curl -4sS -u lab:lab-pass pop3://server.lab.example/1");
        },
      );
    });

    await lab.part("dtls", async () => {
      const net = await lab.network();
      certificate(net.server);
      net.server.start(
        "openssl s_server -dtls -listen -accept 198.51.100.2:4433 -cert cert.pem -key key.pem",
      );
      await net.server.listening("udp", 4433);
      await lab.record(
        net,
        {
          file: "dtls/openssl.pcap",
          what: "DTLS 1.2 over UDP.",
          software: ["openssl"],
          flows: [{ transport: "udp", port: 4433, protocol: "dtls" }],
        },
        () =>
          net.client.run(
            "(echo hello; sleep 1) | openssl s_client -dtls -connect 198.51.100.2:4433 -servername server.lab.example",
            { ok: [0, 1, 124], seconds: 4 },
          ),
      );
    });

    // This kernel may have no SCTP: usrsctp speaks it in user space over a raw socket.
    await lab.part("sctp", async () => {
      const net = await lab.network();
      const tools = "/usr/lib/usrsctp";
      net.server.start(`${tools}/daytime_server`);
      await sleep(800);
      await lab.record(
        net,
        {
          file: "sctp/usrsctp-daytime.pcap",
          what: "An SCTP association with the daytime service.",
          software: ["libusrsctp-examples"],
          filter: "ip proto 132 or arp",
          flows: [{ transport: "sctp", port: 13, protocol: "sctp" }],
        },
        () =>
          net.client.run(`${tools}/client 198.51.100.2 13 0 0 0`, { ok: [0, 1, 124], seconds: 3 }),
      );
    });

    await lab.part("tftp", async () => {
      const net = await lab.network();
      net.server.quiet("mkdir -p srv && seq 1 300 > srv/boot.cfg && chmod -R a+rX srv");
      net.server.start("/usr/sbin/in.tftpd -L -u lab -a 198.51.100.2:69 -s $PWD/srv");
      await net.server.listening("udp", 69);
      await lab.record(
        net,
        {
          file: "tftp/tftp-hpa.pcap",
          what: "A read request on port 69; the data comes from another port of the server.",
          software: ["tftpd-hpa", "tftp-hpa"],
          flows: [
            { transport: "udp", port: 69, protocol: "tftp" },
            { transport: "udp", client: net.server.ip4, protocol: "tftp" },
          ],
        },
        () => net.client.run("tftp -4 198.51.100.2 -c get boot.cfg"),
      );
    });

    await lab.part("snmp", async () => {
      const net = await lab.network();
      net.server.write(
        "snmpd.conf",
        "agentAddress udp:198.51.100.2:161\nrocommunity public\nsysName server.lab.example\nsysLocation laboratory\nsysContact lab@lab.example\nsysDescr laboratory\n",
      );
      net.server.start("snmpd -f -Le -C -c snmpd.conf -I -smux,hr_system");
      await net.server.listening("udp", 161);
      await lab.record(
        net,
        {
          file: "snmp/net-snmp.pcap",
          what: "SNMP versions 1 and 2c: get, and walk of the system group.",
          software: ["snmpd"],
          flows: [{ transport: "udp", port: 161, protocol: "snmp" }],
        },
        async () => {
          await net.client.run("snmpget -v1 -c public 198.51.100.2 1.3.6.1.2.1.1.5.0");
          await net.client.run("snmpbulkget -v2c -c public 198.51.100.2 1.3.6.1.2.1.1.4 ");
        },
      );
    });

    await lab.part("coap", async () => {
      const net = await lab.network();
      net.server.start("coap-server-notls -A 198.51.100.2");
      await net.server.listening("udp", 5683);
      await lab.record(
        net,
        {
          file: "coap/libcoap.pcap",
          what: "CoAP: the list of resources and the time.",
          software: ["libcoap3-bin"],
          flows: [{ transport: "udp", port: 5683, protocol: "coap" }],
        },
        async () => {
          await net.client.run("coap-client-notls -m get coap://198.51.100.2/.well-known/core");
          await net.client.run("coap-client-notls -m get coap://198.51.100.2/time");
        },
      );
    });

    await lab.part("sip", async () => {
      const net = await lab.network();
      net.server.start("sipp -sn uas -i 198.51.100.2 -p 5060 -nostdin -m 1");
      await net.server.listening("udp", 5060);
      await lab.record(
        net,
        {
          file: "sip/sipp.pcap",
          what: "One call by SIP over UDP with SDP, without media.",
          software: ["sip-tester"],
          flows: [{ transport: "udp", port: 5060, protocol: "sip" }],
        },
        () =>
          net.client.run(
            "sipp -sn uac 198.51.100.2:5060 -i 198.51.100.1 -p 5061 -nostdin -m 1 -d 300",
            { ok: [0, 1, 97, 99] },
          ),
      );
    });

    await lab.part("sip-media", async () => {
      const net = await lab.network();
      net.client.write("call.xml", tonesCall);
      net.server.start("sipp -sn uas -i 198.51.100.2 -p 5070 -rtp_echo -mp 7000 -nostdin -m 2");
      await net.server.listening("udp", 5070);
      await lab.record(
        net,
        {
          file: "sip/sipp-media.pcap",
          what: "Two calls by SIP off its port: in the first, a key's tone in ten packets of RTP (RFC 2833), which are echoed; in the second, one packet, from a port that nobody announced to one that was.",
          software: ["sip-tester"],
          filter: "not arp and not icmp",
          flows: [
            { transport: "udp", port: 5070, protocol: "sip" },
            { transport: "udp", port: 7000, protocol: "rtp" },
          ],
        },
        async () => {
          await net.client.run(
            "sipp -sf call.xml 198.51.100.2:5070 -i 198.51.100.1 -p 5071 -mp 6000 -nostdin -m 1",
          );
          await net.client.run(
            "sed -i '/play_pcap/d' call.xml; (sleep 0.5; printf '\\200\\000\\000\\001\\000\\000\\000\\240\\000\\001\\342\\100%0160d' 0 | socat -u - UDP:198.51.100.2:7000,bind=198.51.100.1:6200) & sipp -sf call.xml 198.51.100.2:5070 -i 198.51.100.1 -p 5071 -mp 6100 -nostdin -m 1",
          );
        },
      );
    });

    await lab.part("opaque", async () => {
      const net = await lab.network();
      net.server.start("nc -l -k 198.51.100.2 40001");
      net.server.start("nc -u -l -k 198.51.100.2 40002", { log: false });
      await net.server.listening("udp", 40002);
      await lab.record(
        net,
        {
          file: "opaque/random.pcap",
          what: "Random bytes over TCP and UDP, a text that is no protocol, and a connection without data: nothing here has a name.",
          software: ["netcat-openbsd"],
          filter: "not icmp",
          flows: [
            { transport: "tcp", port: 40001, protocol: null },
            { transport: "udp", port: 40002, protocol: null },
          ],
        },
        async () => {
          await net.client.run("head -c 3000 /dev/urandom | nc -N -w 1 198.51.100.2 40001");
          await net.client.run(
            "printf 'dear diary,\\nnothing happened today.\\n' | nc -N -w 1 198.51.100.2 40001",
          );
          await net.client.run("nc -z 198.51.100.2 40001");
          await net.client.run(
            "for i in 1 2 3 4 5; do head -c 200 /dev/urandom | nc -u -p 40777 -w 1 198.51.100.2 40002; done",
            { ok: [0, 1] },
          );
        },
      );
      await lab.record(
        net,
        {
          file: "opaque/refused.pcap",
          what: "Connections to ports where nobody listens: 22, 80 and 443.",
          software: ["netcat-openbsd"],
          flows: [{ transport: "tcp", protocol: null }],
        },
        async () => {
          for (const port of [22, 80, 443])
            await net.client.run(`nc -z 198.51.100.2 ${port}`, { ok: [1] });
        },
      );
    });

    await lab.part("wrongport", async () => {
      const net = await lab.network();
      net.server.start("redis-server --bind 198.51.100.2 --port 80 --protected-mode no --save ''");
      net.server.start("memcached -u root -l 198.51.100.2 -p 22");
      await net.server.listening("tcp", 80);
      await net.server.listening("tcp", 22);
      await lab.record(
        net,
        {
          file: "opaque/wrong-ports.pcap",
          what: "Servers on other services' ports: redis on 80 and memcached on 22.",
          software: ["redis-server", "memcached", "netcat-openbsd"],
          flows: [
            { transport: "tcp", port: 80, protocol: "redis" },
            { transport: "tcp", port: 22, protocol: "memcached" },
          ],
        },
        async () => {
          await net.client.run("redis-cli -h 198.51.100.2 -p 80 SET room 12");
          await net.client.run("nc -N -w 1 198.51.100.2 22", {
            input: "set room 0 60 2\r\n12\r\nget room\r\nquit\r\n",
          });
        },
      );
    });
  },
});
