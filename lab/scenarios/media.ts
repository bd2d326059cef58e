import { setTimeout as sleep } from "node:timers/promises";
import { Npm } from "../npm.js";
import { type Lab, scenario } from "../scenario.js";
import { certificate } from "./tls.js";

const npm = new Npm("media", [
  "@xmpp/client@0.14.0",
  "irc-framework@4.14.0",
  "minecraft-protocol@1.66.0",
  "node-media-server@2.7.4",
  "nntp-server@3.1.0",
  "ws@8.18.0",
]);

const tcp = (port: number | [number, number], protocol: string | null) => ({
  transport: "tcp" as const,
  port,
  protocol,
});
const udp = (port: number | [number, number], protocol: string | null) => ({
  transport: "udp" as const,
  port,
  protocol,
});

/** A server that inetd would start, once for each connection. */
const inetd = (port: number, command: string) =>
  `socat TCP-LISTEN:${port},bind=198.51.100.2,reuseaddr,fork EXEC:'${command}'`;

const ffmpeg = "ffmpeg -nostdin -loglevel error";
const video = "-re -f lavfi -i testsrc=size=64x48:rate=5";
const h264 = "-c:v libx264 -preset ultrafast -tune zerolatency -b:v 20k -g 10 -pix_fmt yuv420p";

async function mail(lab: Lab): Promise<void> {
  await lab.part("pop3", async () => {
    const net = await lab.network();
    const { client, server } = net;
    // Two servers of POP3 may not be installed at once.
    server.unpack("popa3d");
    server.quiet(`
      id popa3d 2>/dev/null || useradd --system popa3d; mkdir -p /var/empty /var/lib/popa3d
      cp popa3d/etc/pam.d/popa3d /etc/pam.d/
      mkdir -p /var/mail && chmod 1777 /var/mail
      printf 'From alice@lab.example Thu Jan  1 00:00:00 2026\\nFrom: alice@lab.example\\nSubject: hello\\n\\nA mail.\\n\\n' > /var/mail/lab
      chown lab /var/mail/lab && chmod 600 /var/mail/lab
    `);
    server.start(inetd(110, "popa3d/usr/sbin/popa3d"));
    await server.listening("tcp", 110);
    await lab.record(
      net,
      {
        file: "pop3/popa3d-mpop.pcap",
        what: "A mail is fetched and deleted; then a password is wrong.",
        software: ["popa3d 1.0.3", "mpop", "curl"],
        flows: [tcp(110, "pop3")],
      },
      async () => {
        await client.run(
          "mpop --host=198.51.100.2 --user=lab --auth=user --passwordeval='echo lab-pass' --tls=off --delivery=mbox,$PWD/out --uidls-file=$PWD/uidls --keep=off",
        );
        await client.run("curl -4sS -u lab:wrong pop3://server.lab.example/1", { ok: [67] });
      },
    );
  });

  await lab.part("pop3-stls", async () => {
    const net = await lab.network();
    const { client, server } = net;
    certificate(server);
    server.write(
      "dovecot.conf",
      `base_dir = /run/dovecot
log_path = /dev/stderr
protocols = pop3
ssl = yes
ssl_cert = <${server.dir}/cert.pem
ssl_key = <${server.dir}/key.pem
ssl_min_protocol = TLSv1.2
mail_location = maildir:~/mail
default_internal_user = lab
default_login_user = lab
default_internal_group = lab
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
service pop3-login {
  chroot =
}
`,
    );
    server.start("dovecot -F -c dovecot.conf");
    await server.listening("tcp", 110);
    await lab.record(
      net,
      {
        file: "pop3/dovecot-stls.pcap",
        what: "CAPA, then STLS and TLS in the same connection.",
        software: ["dovecot-pop3d", "curl"],
        flows: [{ ...tcp(110, "pop3"), facts: { "tls.version": "TLS 1.3" } }],
      },
      () => client.run("curl -4sSk --ssl-reqd -u lab:lab-pass pop3://server.lab.example/"),
    );
  });
}

async function chat(lab: Lab): Promise<void> {
  await lab.part("irc", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "ngircd.conf",
      `[Global]
Name = irc.lab.example
Info = laboratory
AdminInfo1 = lab
AdminInfo2 = lab
AdminEMail = lab@lab.example
Listen = 198.51.100.2
Ports = 6667, 8067
MotdPhrase = Welcome to the lab
[Limits]
PingTimeout = 5
[Options]
DNS = no
Ident = no
PAM = no
`,
    );
    server.quiet("chmod 644 ngircd.conf");
    server.start("ngircd -n -f $PWD/ngircd.conf");
    await server.listening("tcp", 6667);
    client.write(
      "bot.js",
      `const { Client } = require("irc-framework"); const bot = new Client();
       bot.connect({ host: "198.51.100.2", port: 8067, nick: "robot" });
       bot.on("registered", () => bot.join("#lab"));
       bot.on("message", (e) => { e.reply("hello " + e.nick); setTimeout(() => bot.quit("bye"), 500); });
       bot.on("close", () => process.exit(0)); bot.on("socket close", () => process.exit(0));\n`,
    );
    await lab.record(
      net,
      {
        file: "irc/ngircd.pcap",
        what: "A person with ii and a robot, which begins with CAP on another port, talk in a channel.",
        software: ["ngircd", "ii", ...npm.versions("irc-framework")],
        flows: [tcp(6667, "irc"), tcp(8067, "irc")],
      },
      async () => {
        const bot = client.start(npm.node("bot.js"));
        client.start("ii -s 198.51.100.2 -n alice -i $PWD/irc");
        await sleep(2500);
        await client.run("echo '/j #lab' > irc/198.51.100.2/in");
        await sleep(800);
        await client.run("echo 'hello robot' > 'irc/198.51.100.2/#lab/in'");
        await bot.exited;
        await sleep(500);
      },
    );
  });

  await lab.part("xmpp", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    certificate(server);
    const config = (more: string) => `
daemonize = false
pidfile = "/run/prosody/prosody.pid"
data_path = "/run/prosody"
interfaces = { "198.51.100.2" }
modules_enabled = { "roster", "saslauth", "disco", "ping", "tls" }
modules_disabled = { "s2s" }
authentication = "internal_hashed"
log = { info = "*console" }
allow_unencrypted_plain_auth = true
c2s_require_encryption = false
${more}
VirtualHost "server.lab.example"
`;
    server.write(
      "plain.cfg.lua",
      config('c2s_ports = { 5222 }\nmodules_disabled = { "s2s", "tls" }'),
    );
    server.write(
      "tls.cfg.lua",
      config(
        `c2s_ports = { 5322 }\nssl = { certificate = "${server.dir}/cert.pem", key = "${server.dir}/key.pem" }`,
      ),
    );
    server.quiet(
      "mkdir -p /run/prosody && chown prosody /run/prosody && chmod -R a+rX . && prosodyctl --config $PWD/plain.cfg.lua register alice server.lab.example lab-pass && prosodyctl --config $PWD/plain.cfg.lua register bob server.lab.example lab-pass",
    );
    client.write(
      "talk.js",
      `const { client, xml } = require("@xmpp/client"); const [,, port] = process.argv; process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
       const open = (username) => client({ service: "xmpp://server.lab.example:" + port, domain: "server.lab.example", username, password: "lab-pass" });
       const alice = open("alice"), bob = open("bob"); alice.on("error", console.error); bob.on("error", console.error);
       bob.on("stanza", async (s) => { if (s.is("message")) { await alice.stop(); await bob.stop(); process.exit(0); } });
       (async () => { await bob.start(); await bob.send(xml("presence")); await alice.start(); await alice.send(xml("presence"));
         await alice.send(xml("message", { to: "bob@server.lab.example", type: "chat" }, xml("body", {}, "hello"))); })();\n`,
    );
    server.start("runuser -u prosody -- prosody -F --config $PWD/plain.cfg.lua");
    await server.listening("tcp", 5222);
    const software = ["prosody", ...npm.versions("@xmpp/client")];
    await lab.record(
      net,
      {
        file: "xmpp/prosody-plain.pcap",
        what: "Two clients log in without TLS and one writes to the other.",
        software,
        flows: [tcp(5222, "xmpp")],
      },
      () => client.run(npm.node("talk.js 5222")),
    );
    server.start("runuser -u prosody -- prosody -F --config $PWD/tls.cfg.lua");
    await server.listening("tcp", 5322);
    await lab.record(
      net,
      {
        file: "xmpp/prosody-starttls.pcap",
        what: "STARTTLS on a port of its own.",
        software: ["prosody", "go-sendxmpp"],
        flows: [{ ...tcp(5322, "xmpp"), facts: { "tls.version": "TLS 1.3" } }],
      },
      () =>
        client.run(
          "echo hello | go-sendxmpp -u alice@server.lab.example -p lab-pass -j server.lab.example:5322 --no-tls-verify bob@server.lab.example",
        ),
    );
  });

  await lab.part("nntp", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "server.js",
      `const Server = require("nntp-server");
       const group = { name: "lab.talk", description: "Talk of the lab", total: 2, min_index: 1, max_index: 2, created_ts: new Date("2026-01-01"), wildmat: "" };
       const articles = [1, 2].map((n) => ({ index: n, head: ["From: alice@lab.example", "Newsgroups: lab.talk", "Subject: Hello " + n, "Date: Thu, 01 Jan 2026 00:00:0" + n + " +0000", "Message-ID: <" + n + "@lab.example>"], body: ["Line 1", "Line 2"] }));
       const nntp = new Server("nntp://198.51.100.2");
       nntp._getGroups = async () => [group];
       nntp._getArticle = async (s, id) => articles.find((a) => String(a.index) === String(id) || "<" + a.index + "@lab.example>" === id) ?? null;
       nntp._getRange = async (s, first, last) => articles.filter((a) => a.index >= first && (!last || a.index <= last));
       nntp._selectGroup = async (s, name) => { if (name !== "lab.talk") return false; s.group = { ...group, current_article: 1 }; return true; };
       nntp._getNewNews = async () => []; 
       nntp._buildHead = (s, a) => a.head; nntp._buildBody = (s, a) => a.body;
       nntp._getOverviewFmt = () => ["Subject:", "From:", "Date:", "Message-ID:", "References:", ":bytes", ":lines", "Xref:full"];
       nntp._buildHeaderField = (s, a, f) => ({ ":bytes": "100", ":lines": "2" })[f] ?? (a.head.find((h) => h.toLowerCase().startsWith(f.toLowerCase() + ":")) || "").replace(/^[^:]*: */, "");
       nntp._getOverview = undefined;
       nntp.listen("nntp://198.51.100.2:119").then(() => console.log("ready"));\n`,
    );
    client.write(
      "reader.py",
      `import nntplib
s = nntplib.NNTP("198.51.100.2", 119)
print(s.getwelcome(), s.getcapabilities())
print(s.list())
print(s.group("lab.talk"))
print(s.head("1")); print(s.body("2"))
try: print(s.over((1, 2)))
except Exception as e: print(e)
s.quit()
`,
    );
    server.start(npm.node("server.js"));
    await server.listening("tcp", 119);
    await lab.record(
      net,
      {
        file: "nntp/nntp-server.pcap",
        what: "A group is selected and articles are read, by Python's nntplib and by slrn.",
        software: [...npm.versions("nntp-server"), "python3", "slrn"],
        flows: [tcp(119, "nntp")],
      },
      async () => {
        await client.run("python3 -W ignore reader.py");
        await client.run(
          "touch .jnewsrc .slrnrc; TERM=dumb NNTPSERVER=198.51.100.2 slrn -f .jnewsrc --create --debug log -w 2>&1 </dev/null | head -c 2000",
          { ok: [0, 1, 2, 124], seconds: 5 },
        );
      },
    );
  });
}

async function streams(lab: Lab): Promise<void> {
  await lab.part("rtsp", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "server.py",
      `import gi
gi.require_version("Gst", "1.0"); gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gst, GstRtspServer, GLib
Gst.init(None)
server = GstRtspServer.RTSPServer(); server.set_address("198.51.100.2"); server.set_service("8554")
factory = GstRtspServer.RTSPMediaFactory(); factory.set_shared(True)
factory.set_launch("( audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! opusenc bitrate=8000 frame-size=60 ! rtpopuspay name=pay0 pt=96 )")
server.get_mount_points().add_factory("/lab", factory); server.attach(None)
GLib.MainLoop().run()
`,
    );
    server.start("python3 server.py");
    await server.listening("tcp", 8554);
    const software = ["libgstrtspserver-1.0-0", "ffmpeg"];
    await lab.record(
      net,
      {
        file: "rtsp/gstreamer-udp.pcap",
        what: "Eight seconds of audio, with RTP and RTCP beside the connection.",
        software,
        filter: "not icmp",
        flows: [tcp(8554, "rtsp"), udp(5002, "rtp"), udp(5003, "rtcp")],
      },
      () =>
        client.run(
          `${ffmpeg} -rtsp_transport udp -min_port 5002 -max_port 5004 -i rtsp://198.51.100.2:8554/lab -t 8 -f null -`,
        ),
    );
    await lab.record(
      net,
      {
        file: "rtsp/gstreamer-interleaved.pcap",
        what: "Two seconds of audio within the connection.",
        software,
        flows: [tcp(8554, "rtsp")],
      },
      () =>
        client.run(`${ffmpeg} -rtsp_transport tcp -i rtsp://198.51.100.2:8554/lab -t 2 -f null -`),
    );
    await lab.record(
      net,
      {
        file: "rtsp/gstreamer-gst-play.pcap",
        what: "GStreamer's own client asks for what is there and plays it in the connection.",
        software: ["libgstrtspserver-1.0-0", "gstreamer1.0-rtsp"],
        flows: [tcp(8554, "rtsp")],
      },
      () =>
        client.run(
          "timeout 2 gst-launch-1.0 -q rtspsrc location=rtsp://198.51.100.2:8554/lab protocols=tcp ! fakesink",
          { ok: [0, 124] },
        ),
    );
  });

  await lab.part("rtmp", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "nginx.conf",
      `load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
daemon off; user root; pid ${server.dir}/nginx.pid; error_log stderr;
events {}
rtmp { server { listen 198.51.100.2:1935; application live { live on; } } }
`,
    );
    server.quiet("mkdir -p /var/log/nginx /var/lib/nginx");
    server.start("nginx -p $PWD -c $PWD/nginx.conf");
    await server.listening("tcp", 1935);
    await lab.record(
      net,
      {
        file: "rtmp/nginx-rtmp.pcap",
        what: "ffmpeg publishes a small picture, another ffmpeg looks at it.",
        software: ["libnginx-mod-rtmp", "ffmpeg"],
        flows: [tcp(1935, "rtmp")],
      },
      async () => {
        const publisher = client.start(
          `${ffmpeg} ${video} -t 5 ${h264} -f flv rtmp://198.51.100.2/live/lab`,
        );
        await sleep(1500);
        await client.run(`${ffmpeg} -i rtmp://198.51.100.2/live/lab -t 1 -f null -`, {
          ok: [0, 1, 124],
          seconds: 6,
        });
        await publisher.exited;
      },
    );
  });

  await lab.part("rtmp-node", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "server.js",
      `const NodeMediaServer = require("node-media-server");
       new NodeMediaServer({ logType: 0, rtmp: { port: 1936, chunk_size: 60000, gop_cache: true, ping: 30, ping_timeout: 60 } }).run();\n`,
    );
    server.start(npm.node("server.js"));
    await server.listening("tcp", 1936);
    await lab.record(
      net,
      {
        file: "rtmp/node-media-server.pcap",
        what: "Another server, on another port.",
        software: [...npm.versions("node-media-server"), "ffmpeg"],
        flows: [tcp(1936, "rtmp")],
      },
      () => client.run(`${ffmpeg} ${video} -t 3 ${h264} -f flv rtmp://198.51.100.2:1936/live/lab`),
    );
  });

  await lab.part("srt", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.start("srt-live-transmit -q srt://198.51.100.2:9000?mode=listener file://con");
    await server.listening("udp", 9000);
    await lab.record(
      net,
      {
        file: "srt/srt-live-transmit.pcap",
        what: "ffmpeg sends a small picture in MPEG-TS to a listener.",
        software: ["srt-tools", "ffmpeg"],
        count: 60,
        flows: [udp(9000, "srt")],
      },
      () =>
        client.run(
          `${ffmpeg} ${video} -t 2 -c:v mpeg2video -b:v 20k -f mpegts 'srt://198.51.100.2:9000?mode=caller&pkt_size=1316'`,
        ),
    );
    server.start(
      "srt-live-transmit -q 'srt://198.51.100.2:9001?mode=listener&passphrase=lab-password' file://con",
    );
    await server.listening("udp", 9001);
    await lab.record(
      net,
      {
        file: "srt/srt-encrypted.pcap",
        what: "The same with encryption and a stream id.",
        software: ["srt-tools", "ffmpeg"],
        count: 60,
        flows: [udp(9001, "srt")],
      },
      () =>
        client.run(
          `${ffmpeg} ${video} -t 2 -c:v mpeg2video -b:v 20k -f mpegts 'srt://198.51.100.2:9001?mode=caller&pkt_size=1316&passphrase=lab-password&streamid=lab'`,
        ),
    );
  });

  await lab.part("stun", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "turnserver.conf",
      `listening-ip=198.51.100.2
relay-ip=198.51.100.2
listening-port=3478
min-port=50000
max-port=50100
realm=lab.example
user=lab:lab-pass
lt-cred-mech
no-tls
no-dtls
no-cli
no-multicast-peers
userdb=${server.dir}/turndb
log-file=stdout
pidfile=${server.dir}/turn.pid
`,
    );
    server.start("turnserver -c turnserver.conf");
    await server.listening("udp", 3478);
    client.start("turnutils_peer -L 198.51.100.1 -p 3480");
    await client.listening("udp", 3480);
    await lab.record(
      net,
      {
        file: "stun/coturn-binding.pcap",
        what: "Binding requests, and how the server's second port answers.",
        software: ["coturn"],
        filter: "not icmp",
        flows: [udp(3478, "stun"), udp(3479, "stun")],
      },
      () => client.run("turnutils_stunclient -p 3478 198.51.100.2", { ok: [0, 255] }),
    );
    await lab.record(
      net,
      {
        file: "stun/coturn-turn-udp.pcap",
        what: "An allocation, channels and data through a relay; what the relay and the peer say to each other is known by the allocation alone.",
        software: ["coturn"],
        filter: "not icmp",
        flows: [
          udp(3478, "stun"),
          udp(3480, "stun"),
          { transport: "udp" as const, protocol: "stun" },
        ],
      },
      () =>
        client.run(
          "turnutils_uclient -u lab -w lab-pass -e 198.51.100.1 -r 3480 -n 3 -m 1 -l 100 198.51.100.2",
          { ok: [0, 255] },
        ),
    );
    await lab.record(
      net,
      {
        file: "stun/coturn-turn-tcp.pcap",
        what: "The same over TCP, with indications in place of channels.",
        software: ["coturn"],
        filter: "not icmp",
        flows: [
          tcp(3478, "stun"),
          udp(3480, "stun"),
          { transport: "udp" as const, protocol: "stun" },
        ],
      },
      () =>
        client.run(
          "turnutils_uclient -t -s -u lab -w lab-pass -e 198.51.100.1 -r 3480 -n 3 -m 1 -l 100 198.51.100.2",
          { ok: [0, 255] },
        ),
    );
  });

  await lab.part("websocket", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "server.js",
      `const { WebSocketServer } = require("ws"); const s = new WebSocketServer({ host: "198.51.100.2", port: 8080 });
       s.on("connection", (c) => { c.on("message", (m, isBinary) => c.send(m, { binary: isBinary })); c.send("welcome"); });\n`,
    );
    client.write(
      "client.js",
      `const WebSocket = require("ws"); const c = new WebSocket("ws://server.lab.example:8080/room/12", ["chat"]);
       c.on("open", () => { c.send("hello"); c.ping(); c.send(Buffer.alloc(300, 7)); setTimeout(() => c.close(1000, "bye"), 400); });
       c.on("close", () => process.exit(0));\n`,
    );
    server.start(npm.node("server.js"));
    await server.listening("tcp", 8080);
    await lab.record(
      net,
      {
        file: "websocket/ws.pcap",
        what: "Text, binary data and a ping, and what comes back.",
        software: npm.versions("ws"),
        flows: [{ ...tcp(8080, "websocket"), facts: { "websocket.host": "server.lab.example" } }],
      },
      () => client.run(npm.node("client.js")),
    );
  });
}

async function calls(lab: Lab): Promise<void> {
  await lab.part("sip-call", async () => {
    const net = await lab.network();
    const { client, server } = net;
    const configure = (host: typeof client, ports: string, more: string) => {
      host.write(
        "baresip/config",
        `sip_listen ${host.ip4}:5060
audio_source ausine,440
audio_player aubridge,null
audio_alert aubridge,null
rtp_ports ${ports}
net_interface eth0
module_path /usr/lib/baresip/modules
module ausine.so
module aubridge.so
module gsm.so
module_tmp account.so
module_app menu.so
`,
      );
      host.write("baresip/accounts", `<sip:${host.name}@${host.ip4}>;regint=0${more}\n`);
      host.write("baresip/contacts", "");
    };
    configure(server, "10000-10010", ";answermode=auto");
    configure(client, "20000-20010", "");
    server.start("baresip -f $PWD/baresip");
    await server.listening("udp", 5060);
    for (const transport of ["udp", "tcp"] as const) {
      await lab.record(
        net,
        {
          file: `sip/baresip-${transport}.pcap`,
          what: `A call over ${transport.toUpperCase()} that rings and is given up before there is audio.`,
          software: ["baresip-core"],
          filter: "not icmp and not arp",
          flows: [
            { transport, port: 5060, protocol: "sip" },
            ...[10000, 10002, 10004, 10006, 10008, 20000, 20002, 20004, 20006, 20008].flatMap(
              (port) => [udp(port, "rtp"), udp(port + 1, "rtcp")],
            ),
          ],
        },
        () =>
          client.run(
            `timeout -s INT 5 baresip -f $PWD/baresip -e '/dial sip:server@198.51.100.2;transport=${transport}'`,
            { ok: [0, 124], seconds: 8 },
          ),
      );
    }
  });
}

async function broadcasts(lab: Lab): Promise<void> {
  await lab.part("mpeg-ts", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.start(`${ffmpeg} -i udp://198.51.100.2:1234 -f null -`);
    await server.listening("udp", 1234);
    await lab.record(
      net,
      {
        file: "mpeg-ts/ffmpeg.pcap",
        what: "A small picture in MPEG-TS over UDP.",
        software: ["ffmpeg"],
        filter: "not icmp",
        flows: [udp(1234, "mpeg-ts")],
      },
      () =>
        client.run(
          `${ffmpeg} ${video} -t 2 -c:v mpeg2video -b:v 20k -f mpegts 'udp://198.51.100.2:1234?pkt_size=1316'`,
        ),
    );
  });

  await lab.part("sap", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.start(`${ffmpeg} -i sap:// -f null -`);
    await lab.record(
      net,
      {
        file: "sap-announcement/ffmpeg.pcap",
        what: "A session is announced to everybody, and its audio is sent.",
        software: ["ffmpeg"],
        filter: "udp",
        flows: [udp(9875, "sap-announcement"), udp(5004, "rtp"), udp(5005, "rtcp")],
      },
      () =>
        client.run(
          `${ffmpeg} -re -f lavfi -i sine=frequency=440:sample_rate=8000 -t 7 -ac 1 -c:a libopus -b:a 8k -f sap 'sap://239.1.1.1:5004?announce_addr=224.2.127.254'`,
        ),
    );
  });
}

async function games(lab: Lab): Promise<void> {
  await lab.part("quake3", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.start(
      "/usr/games/openarena-server +set net_ip 198.51.100.2 +set dedicated 1 +set sv_hostname lab +map oa_dm1",
    );
    await server.listening("udp", 27960);
    await sleep(4000);
    await lab.record(
      net,
      {
        file: "quake3/openarena-qstat.pcap",
        what: "What a server says of itself and of its rules.",
        software: ["openarena-server", "qstat"],
        flows: [udp(27960, "quake3")],
      },
      () => client.run("quakestat -R -P -q3s 198.51.100.2:27960"),
    );
  });

  await lab.part("minecraft", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "server.js",
      `const mc = require("minecraft-protocol"); const s = mc.createServer({ "online-mode": false, host: "198.51.100.2", port: 25565, version: "1.16.5", motd: "lab" });
       s.on("login", (c) => setTimeout(() => c.end("bye"), 300));\n`,
    );
    client.write(
      "client.js",
      `const mc = require("minecraft-protocol");
       mc.ping({ host: "198.51.100.2", port: 25565, version: "1.16.5" }, () => { const c = mc.createClient({ host: "198.51.100.2", port: 25565, username: "lab", version: "1.16.5", auth: "offline" });
         c.on("end", () => process.exit(0)); c.on("error", () => {}); });\n`,
    );
    server.start(npm.node("server.js"));
    await server.listening("tcp", 25565);
    await lab.record(
      net,
      {
        file: "minecraft/minecraft-protocol.pcap",
        what: "The state of a server, then a login.",
        software: npm.versions("minecraft-protocol"),
        flows: [tcp(25565, "minecraft")],
      },
      () => client.run(npm.node("client.js")),
    );
  });
}

async function others(lab: Lab): Promise<void> {
  await lab.part("finger", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("usermod -c Laboratory lab");
    server.start(inetd(79, "in.fingerd"));
    await server.listening("tcp", 79);
    await lab.record(
      net,
      {
        file: "finger/user.pcap",
        what: "What there is to know of one user.",
        software: ["fingerd", "finger"],
        flows: [tcp(79, "finger")],
      },
      async () => {
        await client.run("finger lab@198.51.100.2");
      },
    );
  });

  await lab.part("daytime", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.unpack("xinetd");
    const service = (type: string, wait: string, socket: string) =>
      `service daytime\n{\n type = INTERNAL\n id = daytime-${type}\n socket_type = ${socket}\n protocol = ${type}\n user = root\n wait = ${wait}\n disable = no\n}\n`;
    server.write("xinetd.conf", service("tcp", "no", "stream") + service("udp", "yes", "dgram"));
    server.start("xinetd/usr/sbin/xinetd -dontfork -f xinetd.conf -inetd_ipv6");
    await server.listening("tcp", 13);
    await lab.record(
      net,
      {
        file: "daytime/xinetd.pcap",
        what: "The time over TCP and over UDP.",
        software: ["xinetd 2.3.15", "netcat-openbsd"],
        flows: [tcp(13, "daytime"), udp(13, "daytime")],
      },
      async () => {
        await client.run("nc -d -w 1 198.51.100.2 13");
        await client.run("echo | nc -u -w 1 198.51.100.2 13", { ok: [0, 1] });
      },
    );
  });
}

export default scenario({
  name: "media",
  packages: [
    "mpop",
    "dovecot-pop3d",
    "curl",
    "socat",
    "ngircd",
    "ii",
    "prosody",
    "go-sendxmpp",
    "slrn",
    "gir1.2-gst-rtsp-server-1.0",
    "python3-gi",
    "gstreamer1.0-rtsp",
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-plugins-good",
    "gstreamer1.0-tools",
    "libnginx-mod-rtmp",
    "srt-tools",
    "coturn",
    "ffmpeg",
    "baresip-core",
    "openarena-server",
    "qstat",
    "fingerd",
    "finger",
    "netcat-openbsd",
  ],
  async run(lab) {
    await mail(lab);
    await chat(lab);
    await streams(lab);
    await calls(lab);
    await broadcasts(lab);
    await games(lab);
    await others(lab);
  },
});
