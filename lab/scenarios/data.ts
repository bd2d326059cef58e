import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../netns.js";
import { Npm } from "../npm.js";
import { type Lab, scenario } from "../scenario.js";
import { certificate } from "./tls.js";

const npm = new Npm("data", [
  "amqplib@0.10.4",
  "jackd@2.2.2",
  "mysql2@3.11.0",
  "nats@2.28.2",
  "rhea@3.0.3",
  "smpp@0.5.1",
  "stompit@1.0.0",
]);

const tcp = (port: number | [number, number], protocol: string | null) => ({
  transport: "tcp" as const,
  port,
  protocol,
});

/** RabbitMQ with all its folders in the host's own. */
function rabbitmq(server: Host): void {
  server.quiet("mkdir -p mnesia log; echo '[rabbitmq_stomp,rabbitmq_amqp1_0].' > plugins");
  server.write(
    "rabbitmq.conf",
    "listeners.tcp.1 = 198.51.100.2:5672\nstomp.listeners.tcp.1 = 198.51.100.2:61613\nloopback_users = none\n",
  );
  server.start(
    `env RABBITMQ_MNESIA_BASE=$PWD/mnesia RABBITMQ_LOG_BASE=$PWD/log RABBITMQ_LOGS=- RABBITMQ_CONFIG_FILE=$PWD/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$PWD/plugins RABBITMQ_NODENAME=rabbit@localhost LC_ALL=C.UTF-8 /usr/lib/rabbitmq/bin/rabbitmq-server`,
  );
}

async function queues(lab: Lab): Promise<void> {
  await lab.part("rabbitmq", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    rabbitmq(server);
    await server.listening("tcp", 5672, 60);
    await server.listening("tcp", 61613, 20);
    await sleep(1500);
    client.write(
      "amqplib.js",
      `const amqp = require("amqplib");
       (async () => { const c = await amqp.connect("amqp://guest:guest@198.51.100.2"); const ch = await c.createChannel();
         await ch.assertQueue("lab", { durable: false }); ch.sendToQueue("lab", Buffer.from("hello"));
         await ch.consume("lab", async (m) => { ch.ack(m); await ch.close(); await c.close(); process.exit(0); }); })();\n`,
    );
    client.write(
      "rhea.js",
      `const container = require("rhea"); const c = container.connect({ host: "198.51.100.2", port: 5672, username: "guest", password: "guest", container_id: "lab" });
       c.open_receiver("/queue/rhea"); c.open_sender("/queue/rhea");
       container.once("sendable", (e) => e.sender.send({ body: "hello" }));
       container.on("message", (e) => { e.connection.close(); }); container.on("connection_close", () => process.exit(0));\n`,
    );
    client.write(
      "stompit.js",
      `const stompit = require("stompit");
       stompit.connect({ host: "198.51.100.2", port: 61613, connectHeaders: { host: "/", login: "guest", passcode: "guest", "heart-beat": "5000,5000" } }, (e, c) => {
         if (e) { console.error(e); process.exit(1); }
         c.subscribe({ destination: "/queue/stomp", ack: "client-individual" }, (e, m) => m.readString("utf-8", () => { c.ack(m); c.disconnect(() => process.exit(0)); }));
         const f = c.send({ destination: "/queue/stomp", "content-type": "text/plain" }); f.write("hello"); f.end(); });\n`,
    );
    await lab.record(
      net,
      {
        file: "amqp/rabbitmq-0-9-1.pcap",
        what: "A queue is made, filled and emptied, by the command line's tools and by amqplib; a login fails.",
        software: ["rabbitmq-server", "amqp-tools", ...npm.versions("amqplib")],
        flows: [tcp(5672, "amqp")],
      },
      async () => {
        const url = "-u amqp://guest:guest@198.51.100.2";
        await client.run(`amqp-declare-queue ${url} -q tools`);
        await client.run(`amqp-publish ${url} -r tools -b hello`);
        await client.run(`amqp-get ${url} -q tools`);
        await client.run(npm.node("amqplib.js"));
        await client.run("amqp-get -u amqp://guest:wrong@198.51.100.2 -q tools", { ok: [1] });
      },
    );
    await lab.record(
      net,
      {
        file: "amqp/rabbitmq-1-0.pcap",
        what: "AMQP 1.0 with SASL from rhea.",
        software: ["rabbitmq-server", ...npm.versions("rhea")],
        flows: [tcp(5672, "amqp")],
      },
      () => client.run(npm.node("rhea.js")),
    );
    await lab.record(
      net,
      {
        file: "stomp/rabbitmq-stompit.pcap",
        what: "A message is sent to a queue and comes back.",
        software: ["rabbitmq-server", ...npm.versions("stompit")],
        flows: [tcp(61613, "stomp")],
      },
      () => client.run(npm.node("stompit.js")),
    );
  });

  await lab.part("amqp", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "server.js",
      `const container = require("rhea"); container.sasl_server_mechanisms.enable_anonymous();
       container.on("receiver_open", (e) => e.receiver.set_target({ address: e.receiver.remote.attach.target.address }));
       container.on("message", (e) => console.log(e.message.body)); container.listen({ host: "198.51.100.2", port: 5673 });\n`,
    );
    client.write(
      "client.js",
      `const container = require("rhea"); container.connect({ host: "198.51.100.2", port: 5673, container_id: "lab", ...(process.argv[2] === "sasl" && { username: "lab" }) }).open_sender("lab");
       container.once("sendable", (e) => e.sender.send({ message_id: "1", body: { room: 12, temperature: 21.5 } }));
       container.on("accepted", (e) => e.connection.close()); container.on("connection_close", () => process.exit(0));\n`,
    );
    server.start(npm.node("server.js"));
    await server.listening("tcp", 5673);
    await lab.record(
      net,
      {
        file: "amqp/rhea.pcap",
        what: "AMQP 1.0 without a broker: plain, and with anonymous SASL, on another port.",
        software: npm.versions("rhea"),
        flows: [tcp(5673, "amqp")],
      },
      async () => {
        await client.run(npm.node("client.js"));
        await client.run(npm.node("client.js sasl"));
      },
    );
  });

  await lab.part("activemq", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "activemq.xml",
      `<beans xmlns="http://www.springframework.org/schema/beans" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.springframework.org/schema/beans http://www.springframework.org/schema/beans/spring-beans.xsd http://activemq.apache.org/schema/core http://activemq.apache.org/schema/core/activemq-core.xsd">
<broker xmlns="http://activemq.apache.org/schema/core" brokerName="lab" persistent="false" useJmx="false" schedulerSupport="false">
<transportConnectors><transportConnector name="openwire" uri="tcp://198.51.100.2:61616"/></transportConnectors></broker></beans>
`,
    );
    const start =
      "java -Dactivemq.home=/usr/share/activemq -Dactivemq.base=$PWD -Dactivemq.data=$PWD -jar /usr/share/activemq/bin/activemq.jar";
    server.start(`${start} start xbean:file:$PWD/activemq.xml`);
    await server.listening("tcp", 61616, 40);
    await lab.record(
      net,
      {
        file: "openwire/activemq.pcap",
        what: "Three messages are produced and consumed.",
        software: ["activemq"],
        flows: [tcp(61616, "openwire")],
      },
      async () => {
        await client.run(
          `${start} producer --brokerUrl tcp://198.51.100.2:61616 --messageCount 3 --destination queue://lab`,
          { seconds: 30 },
        );
        await client.run(
          `${start} consumer --brokerUrl tcp://198.51.100.2:61616 --messageCount 3 --destination queue://lab`,
          { seconds: 30 },
        );
      },
    );
  });

  await lab.part("nats", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    server.start("nats-server -a 198.51.100.2 -p 4222 --name lab");
    await server.listening("tcp", 4222);
    client.write(
      "client.js",
      `const { connect, StringCodec } = require("nats"); const sc = StringCodec();
       (async () => { const c = await connect({ servers: "198.51.100.2:4222", name: "lab" });
         c.subscribe("room.*", { callback: (e, m) => m.respond(sc.encode("21.5")) });
         const r = await c.request("room.12", sc.encode("temperature?"), { timeout: 2000 }); await c.drain(); process.exit(0); })();\n`,
    );
    await lab.record(
      net,
      {
        file: "nats/nats-server.pcap",
        what: "A request and its answer on one connection.",
        software: ["nats-server", ...npm.versions("nats")],
        flows: [tcp(4222, "nats")],
      },
      () => client.run(npm.node("client.js")),
    );
  });

  await lab.part("gearman", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("mkdir -p /var/log/gearmand");
    server.start("gearmand -L 198.51.100.2 -l stderr --verbose=ERROR");
    await server.listening("tcp", 4730);
    await lab.record(
      net,
      {
        file: "gearman/jobs.pcap",
        what: "A worker, a job from a client, and the administrator's questions.",
        software: ["gearman-job-server", "gearman-tools"],
        flows: [tcp(4730, "gearman")],
      },
      async () => {
        client.start("gearman -h 198.51.100.2 -p 4730 -w -f count -- wc -l");
        await sleep(500);
        await client.run("printf 'one\\ntwo\\n' | gearman -h 198.51.100.2 -p 4730 -f count");
        await client.run("gearadmin --host=198.51.100.2 --port=4730 --status", { ok: [0, 1] });
        await client.run("gearadmin --host=198.51.100.2 --port=4730 --workers", { ok: [0, 1] });
      },
    );
  });

  await lab.part("beanstalkd", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    server.start("beanstalkd -l 198.51.100.2 -p 11300");
    await server.listening("tcp", 11300);
    client.write(
      "client.js",
      `const { JackdClient } = require("jackd"); const Jackd = JackdClient ?? require("jackd").default ?? require("jackd");
       (async () => { const c = new Jackd({ host: "198.51.100.2", port: 11300 }); if (c.connect) await c.connect({ host: "198.51.100.2", port: 11300 });
         await c.use("lab"); await c.put({ job: 1 }, { delay: 0 }); await c.watch("lab"); const { id } = await c.reserve(); await c.delete(id); await c.close?.(); process.exit(0); })().catch((e) => { console.error(e); process.exit(1); });\n`,
    );
    await lab.record(
      net,
      {
        file: "beanstalkd/beanstalkd.pcap",
        what: "A job is put, reserved and deleted.",
        software: ["beanstalkd", ...npm.versions("jackd")],
        flows: [tcp(11300, "beanstalkd")],
      },
      () => client.run(npm.node("client.js")),
    );
  });

  await lab.part("zeromq", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "server.py",
      `import zmq, zmq.auth, threading
from zmq.auth.thread import ThreadAuthenticator
c = zmq.Context()
auth = ThreadAuthenticator(c); auth.start(); auth.configure_plain("plain", {"lab": "lab-pass"}); auth.configure_curve(domain="*", location=zmq.auth.CURVE_ALLOW_ANY)
def serve(port, prepare):
    s = c.socket(zmq.REP); prepare(s); s.bind("tcp://198.51.100.2:%d" % port)
    while True: s.send(b"hello " + s.recv())
def plain(s): s.zap_domain = b"plain"; s.plain_server = True
public, secret = zmq.curve_keypair(); open("public", "wb").write(public)
def curve(s): s.curve_secretkey = secret; s.curve_publickey = public; s.curve_server = True
def publish():
    import time
    s = c.socket(zmq.PUB); s.bind("tcp://198.51.100.2:5558")
    while True: s.send_multipart([b"room.12", b"21.5"]); time.sleep(0.3)
for t in [lambda: serve(5555, lambda s: None), lambda: serve(5556, plain), lambda: serve(5557, curve), publish]: threading.Thread(target=t).start()
`,
    );
    client.write(
      "client.py",
      `import zmq, sys
c = zmq.Context()
def ask(port, prepare=lambda s: None):
    s = c.socket(zmq.REQ); prepare(s); s.connect("tcp://198.51.100.2:%d" % port); s.send(b"lab"); print(s.recv()); s.close()
def plain(s): s.plain_username = b"lab"; s.plain_password = b"lab-pass"
def curve(s): s.curve_publickey, s.curve_secretkey = zmq.curve_keypair(); s.curve_serverkey = open("../server/public", "rb").read()
ask(5555); ask(5556, plain); ask(5557, curve)
s = c.socket(zmq.SUB); s.subscribe(b"room"); s.connect("tcp://198.51.100.2:5558"); print(s.recv_multipart()); s.close()
`,
    );
    server.start("python3 server.py");
    await server.listening("tcp", 5557);
    await server.listening("tcp", 5558);
    await lab.record(
      net,
      {
        file: "zeromq/pyzmq.pcap",
        what: "Requests without security, with a password and with CURVE, and a subscription.",
        software: ["python3-zmq"],
        flows: [tcp([5555, 5558], "zeromq")],
      },
      () => client.run("python3 client.py"),
    );
  });

  await lab.part("nanomsg", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.start("nanocat --rep --bind tcp://198.51.100.2:5560 --data hello");
    server.start("nanocat --pub --bind tcp://198.51.100.2:5561 --data 21.5 --interval 1");
    await server.listening("tcp", 5560);
    await server.listening("tcp", 5561);
    await lab.record(
      net,
      {
        file: "nanomsg/nanocat.pcap",
        what: "A request and its answer, and a subscription.",
        software: ["nanomsg-utils"],
        flows: [tcp([5560, 5561], "nanomsg")],
      },
      async () => {
        await client.run("nanocat --req --connect tcp://198.51.100.2:5560 --data lab --ascii");
        await client.run("timeout 3 nanocat --sub --connect tcp://198.51.100.2:5561 --ascii", {
          ok: [0, 124],
        });
      },
    );
  });

  await lab.part("smpp", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "server.js",
      `const smpp = require("smpp");
       smpp.createServer((s) => { s.on("bind_transceiver", (p) => s.send(p.response())); s.on("bind_transmitter", (p) => s.send(p.response())); s.on("bind_receiver", (p) => s.send(p.response()));
         s.on("submit_sm", (p) => s.send(p.response({ message_id: "1" }))); s.on("enquire_link", (p) => s.send(p.response())); s.on("unbind", (p) => { s.send(p.response()); s.close(); }); s.on("error", () => {}); }).listen(2775);\n`,
    );
    client.write(
      "client.js",
      `const smpp = require("smpp"); const s = smpp.connect("smpp://198.51.100.2:2775", () => {
         s.bind_transceiver({ system_id: "lab", password: "lab-pass" }, () => s.submit_sm({ source_addr: "LAB", destination_addr: "000000", short_message: "hello" }, () => s.enquire_link({}, () => s.unbind({}, () => process.exit(0))))); });\n`,
    );
    client.write(
      "kannel.conf",
      `group = core
admin-port = 13000
admin-password = lab-pass
admin-allow-ip = "127.0.0.1"
smsbox-port = 13001
log-file = "kannel.log"
log-level = 1

group = smsc
smsc = smpp
smsc-id = lab
host = 198.51.100.2
port = 2775
smsc-username = lab
smsc-password = lab-pass
system-type = ""
transceiver-mode = true
enquire-link-interval = 1
`,
    );
    server.start(npm.node("server.js"));
    await server.listening("tcp", 2775);
    await lab.record(
      net,
      {
        file: "smpp/kannel.pcap",
        what: "A message from node-smpp; a gateway of Kannel that binds and asks whether the line is alive.",
        software: [...npm.versions("smpp"), "kannel"],
        flows: [tcp(2775, "smpp")],
      },
      async () => {
        await client.run(npm.node("client.js"));
        await client.run("timeout 4 bearerbox -v 4 kannel.conf", { ok: [0, 1, 124, 137] });
      },
    );
  });
}

async function databases(lab: Lab): Promise<void> {
  await lab.part("mysql", async () => {
    npm.install();
    const net = await lab.network();
    const { client, server } = net;
    certificate(server);
    server.quiet(
      "mkdir -p db && mariadb-install-db --no-defaults --datadir=$PWD/db --auth-root-authentication-method=normal --skip-test-db >/dev/null && chown -R mysql . && chmod 755 .",
    );
    server.write(
      "grant.sql",
      "create user lab@'%' identified by 'lab-pass'; grant all on *.* to lab@'%'; create database lab;",
    );
    server.start(
      `mariadbd --no-defaults --user=mysql --datadir=$PWD/db --bind-address=198.51.100.2 --socket=$PWD/socket --ssl-cert=$PWD/cert.pem --ssl-key=$PWD/key.pem`,
    );
    await server.listening("tcp", 3306, 30);
    server.quiet("mariadb --no-defaults -S $PWD/socket < grant.sql");
    client.write(
      "client.js",
      `const mysql = require("mysql2/promise");
       (async () => { const c = await mysql.createConnection({ host: "198.51.100.2", user: "lab", password: "lab-pass", database: "lab" });
         await c.execute("select ? as a", [12]); await c.query("show tables"); await c.end(); })();\n`,
    );
    const login = "mariadb --no-defaults -h 198.51.100.2 -u lab -plab-pass";
    await lab.record(
      net,
      {
        file: "mysql/mariadb.pcap",
        what: "Queries from the command line and from node, and a login that is refused.",
        software: ["mariadb-server", ...npm.versions("mysql2")],
        flows: [tcp(3306, "mysql")],
      },
      async () => {
        await client.run(
          `${login} --skip-ssl lab -e 'create table room (id int, t float); insert into room values (12, 21.5); select * from room'`,
        );
        await client.run(npm.node("client.js"));
        await client.run(
          "mariadb --no-defaults --skip-ssl -h 198.51.100.2 -u lab -pwrong -e 'select 1'",
          { ok: [1] },
        );
      },
    );
    await lab.record(
      net,
      {
        file: "mysql/mariadb-tls.pcap",
        what: "TLS after the greeting.",
        software: ["mariadb-server"],
        flows: [tcp(3306, "mysql")],
      },
      () => client.run(`${login} --ssl -e 'select 1'`),
    );
  });

  await lab.part("postgresql-tls", async () => {
    const net = await lab.network();
    const { client, server } = net;
    certificate(server);
    server.quiet(`
      export PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin); mkdir pg && cp cert.pem pg/server.crt && cp key.pem pg/server.key && mv pg pgtls && mkdir pg && chown lab pg pgtls pgtls/* && chmod 600 pgtls/server.key
      echo lab-pass > pw && chmod 644 pw
      runuser -u lab -- initdb -D pg -A scram-sha-256 --pwfile=pw -U lab >/dev/null && echo 'host all all 198.51.100.0/24 scram-sha-256' >> pg/pg_hba.conf
    `);
    server.start(
      `runuser -u lab -- $(ls -d /usr/lib/postgresql/*/bin)/postgres -D pg -c listen_addresses=198.51.100.2 -c unix_socket_directories= -c ssl=on -c ssl_cert_file=${server.dir}/pgtls/server.crt -c ssl_key_file=${server.dir}/pgtls/server.key`,
    );
    await server.listening("tcp", 5432);
    await sleep(500);
    const url = (mode: string) =>
      `'postgresql://lab:lab-pass@198.51.100.2/postgres?sslmode=${mode}'`;
    await lab.record(
      net,
      {
        file: "postgresql/psql-tls.pcap",
        what: "TLS after an SSLRequest.",
        software: ["postgresql-15"],
        flows: [tcp(5432, "postgresql")],
      },
      () => client.run(`psql ${url("require")} -c 'select 1'`),
    );
    await lab.record(
      net,
      {
        file: "postgresql/psql-scram.pcap",
        what: "SCRAM without an SSLRequest, COPY, and a query that is cancelled on a second connection.",
        software: ["postgresql-15"],
        flows: [tcp(5432, "postgresql")],
      },
      async () => {
        await client.run(
          `psql ${url("disable")} -c 'create table room (id int)' -c "copy room from stdin" < /dev/null`,
        );
        await client.run(`timeout -s INT 1 psql ${url("disable")} -c 'select pg_sleep(5)'`, {
          ok: [0, 1, 2, 124, 130],
        });
      },
    );
  });

  await lab.part("memcached-binary", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.start("memcached -u lab -l 198.51.100.2");
    await server.listening("tcp", 11211);
    await lab.record(
      net,
      {
        file: "memcached/binary.pcap",
        what: "A file is stored and read by the binary protocol.",
        software: ["memcached", "libmemcached-tools"],
        flows: [tcp(11211, "memcached")],
      },
      async () => {
        await client.run(
          "echo hello > room && memccp --binary --servers=198.51.100.2:11211 room && memccat --binary --servers=198.51.100.2:11211 room",
        );
      },
    );
  });

  await lab.part("tarantool", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "server.lua",
      `box.cfg{listen = "198.51.100.2:3301", log_level = 2}
box.schema.user.grant("guest", "read,write,execute", "universe")
box.schema.space.create("room"):create_index("primary")
`,
    );
    client.write(
      "client.lua",
      `local c = require("net.box").connect("198.51.100.2:3301")
c.space.room:insert({12, 21.5}); print(c.space.room:get(12)); print(c:eval("return 1 + 1")); c:ping(); c:close()
os.exit(0)
`,
    );
    server.start("tarantool server.lua");
    await server.listening("tcp", 3301);
    await sleep(800);
    await lab.record(
      net,
      {
        file: "tarantool/tarantool.pcap",
        what: "A row is inserted and read.",
        software: ["tarantool"],
        flows: [tcp(3301, "tarantool")],
      },
      () => client.run("tarantool client.lua"),
    );
  });

  await lab.part("clickhouse", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet(
      "mkdir -p ch/tmp ch/log; sed -e 's/<listen_host>.*//' /etc/clickhouse-server/config.xml > /dev/null",
    );
    server.write(
      "config.xml",
      `<yandex><logger><level>warning</level><console>1</console></logger><listen_host>198.51.100.2</listen_host><tcp_port>9000</tcp_port><http_port>8123</http_port>
<path>${server.dir}/ch/</path><tmp_path>${server.dir}/ch/tmp/</tmp_path><users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>1000000</mark_cache_size></yandex>
`,
    );
    server.write(
      "users.xml",
      `<yandex><profiles><default/></profiles><users><default><password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></default></users><quotas><default/></quotas></yandex>
`,
    );
    server.start("clickhouse-server --config-file=$PWD/config.xml");
    await server.listening("tcp", 9000, 20);
    await lab.record(
      net,
      {
        file: "clickhouse/clickhouse-client.pcap",
        what: "Two queries over the native protocol.",
        software: ["clickhouse-server", "clickhouse-client"],
        flows: [tcp(9000, "clickhouse")],
      },
      () =>
        client.run(
          "clickhouse-client --host 198.51.100.2 --query 'select 1' && clickhouse-client --host 198.51.100.2 --query 'select number from system.numbers limit 3'",
        ),
    );
  });

  await lab.part("drda", async () => {
    const net = await lab.network();
    const { client, server } = net;
    const java = "java -cp '/usr/share/java/*'";
    server.start(
      `${java} -Dderby.system.home=$PWD org.apache.derby.drda.NetworkServerControl start -h 198.51.100.2 -p 1527 -noSecurityManager`,
    );
    await server.listening("tcp", 1527, 30);
    client.write(
      "lab.sql",
      "connect 'jdbc:derby://198.51.100.2:1527/lab;create=true';\nvalues 1;\nexit;\n",
    );
    await lab.record(
      net,
      {
        file: "drda/derby.pcap",
        what: "A database is made and a query answered.",
        software: ["libderby-java", "derby-tools"],
        flows: [tcp(1527, "drda")],
      },
      () => client.run(`${java} org.apache.derby.tools.ij lab.sql`, { seconds: 40 }),
    );
  });

  await lab.part("zookeeper", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.write(
      "zoo.cfg",
      `tickTime=2000\ndataDir=${server.dir}/zk\nclientPort=2181\nclientPortAddress=198.51.100.2\nadmin.enableServer=false\n4lw.commands.whitelist=*\n`,
    );
    const java = "java -cp '/etc/zookeeper/conf:/usr/share/java/zookeeper.jar:/usr/share/java/*'";
    server.start(`${java} org.apache.zookeeper.server.quorum.QuorumPeerMain $PWD/zoo.cfg`);
    await server.listening("tcp", 2181, 30);
    await lab.record(
      net,
      {
        file: "zookeeper/zkcli.pcap",
        what: "A node is made and read; then the words of four letters.",
        software: ["zookeeper", "netcat-openbsd"],
        flows: [tcp(2181, "zookeeper")],
      },
      async () => {
        for (const command of ["create /lab hello", "get /lab"])
          await client.run(
            `${java} org.apache.zookeeper.ZooKeeperMain -server 198.51.100.2:2181 ${command}`,
            { seconds: 40 },
          );
        for (const word of ["ruok", "stat"])
          await client.run(`printf ${word} | nc -N -w 1 198.51.100.2 2181`);
      },
    );
  });
}

async function calls(lab: Lab): Promise<void> {
  await lab.part("erlang", async () => {
    const net = await lab.network();
    const { client, server } = net;
    const erl =
      "erl -noshell -setcookie lab -kernel inet_dist_listen_min 9100 inet_dist_listen_max 9100";
    server.start(`${erl} -name a@server.lab.example`);
    await server.listening("tcp", 9100);
    await sleep(500);
    await lab.record(
      net,
      {
        file: "erlang/otp.pcap",
        what: "A node asks another host's port mapper for a node, connects to it and calls a function.",
        software: ["erlang-base"],
        flows: [tcp(4369, "epmd"), tcp(9100, "erlang")],
      },
      async () => {
        await client.run(
          `${erl} -name b@client.lab.example -eval 'pong = net_adm:ping(list_to_atom("a@server.lab.example")), io:format("~p~n", [rpc:call(list_to_atom("a@server.lab.example"), erlang, node, [])]), io:format("~p~n", [net_adm:names("server.lab.example")]), halt().'`,
        );
      },
    );
  });

  await lab.part("giop", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.quiet("mkdir -p names");
    server.start(
      "omniNames -start 2809 -logdir $PWD/names -ignoreport -ORBendPoint giop:tcp:198.51.100.2:2809",
    );
    await server.listening("tcp", 2809);
    await lab.record(
      net,
      {
        file: "giop/omniorb.pcap",
        what: "A context is bound in a naming service and listed.",
        software: ["omniorb", "omniorb-nameserver"],
        flows: [tcp(2809, "giop")],
      },
      async () => {
        const names = "nameclt -ORBInitRef NameService=corbaname::198.51.100.2:2809";
        await client.run(`${names} bind_new_context lab`);
        await client.run(`${names} list`);
      },
    );
  });

  await lab.part("jrmi", async () => {
    const net = await lab.network();
    const { client, server } = net;
    server.start("rmiregistry -J-Djava.rmi.server.hostname=198.51.100.2 1099");
    await server.listening("tcp", 1099);
    client.write(
      "list.bsh",
      `String[] names = java.rmi.Naming.list("rmi://198.51.100.2:1099/"); print(names.length);
try { java.rmi.Naming.lookup("rmi://198.51.100.2:1099/lab"); } catch (Exception e) { print(e); }
`,
    );
    await lab.record(
      net,
      {
        file: "jrmi/rmiregistry.pcap",
        what: "A registry is listed and asked for a name that it does not have.",
        software: ["openjdk-17-jre-headless", "bsh"],
        flows: [tcp(1099, "jrmi")],
      },
      () =>
        client.run("java -cp /usr/share/java/bsh.jar bsh.Interpreter list.bsh", { seconds: 30 }),
    );
  });

  await lab.part("thrift", async () => {
    const net = await lab.network();
    const { client, server } = net;
    const idl = "service Room { double temperature(1: i32 number), void open(1: string who) }\n";
    for (const host of [client, server]) {
      host.write("lab.thrift", idl);
      host.quiet("thrift --gen py lab.thrift");
    }
    const imports = `import sys; sys.path.insert(0, "gen-py")
from lab import Room
from thrift.transport import TSocket, TTransport
from thrift.protocol import TBinaryProtocol, TCompactProtocol
from thrift.server import TServer
kinds = [(9090, TTransport.TBufferedTransportFactory, TBinaryProtocol.TBinaryProtocolFactory), (9091, TTransport.TFramedTransportFactory, TBinaryProtocol.TBinaryProtocolFactory), (9092, TTransport.TFramedTransportFactory, TCompactProtocol.TCompactProtocolFactory)]
`;
    server.write(
      "server.py",
      `${imports}
import threading
class Handler:
    def temperature(self, number): return 21.5
    def open(self, who): pass
for port, transport, protocol in kinds:
    s = TServer.TThreadedServer(Room.Processor(Handler()), TSocket.TServerSocket("198.51.100.2", port), transport(), protocol())
    threading.Thread(target=s.serve).start()
`,
    );
    client.write(
      "client.py",
      `${imports}
for port, transport, protocol in kinds:
    t = transport().getTransport(TSocket.TSocket("198.51.100.2", port)); c = Room.Client(protocol().getProtocol(t))
    t.open(); print(c.temperature(12)); c.open("lab"); t.close()
`,
    );
    server.start("python3 server.py");
    await server.listening("tcp", 9092);
    await lab.record(
      net,
      {
        file: "thrift/python.pcap",
        what: "Calls in the binary protocol, without and with frames, and in the compact protocol.",
        software: ["thrift-compiler", "python3-thrift"],
        flows: [tcp([9090, 9092], "thrift")],
      },
      () => client.run("python3 client.py"),
    );
  });
}

export default scenario({
  name: "data",
  packages: [
    "rabbitmq-server",
    "amqp-tools",
    "activemq",
    "nats-server",
    "gearman-job-server",
    "gearman-tools",
    "beanstalkd",
    "python3-zmq",
    "nanomsg-utils",
    "kannel",
    "mariadb-server",
    "mariadb-client",
    "postgresql-15",
    "postgresql-client-15",
    "memcached",
    "libmemcached-tools",
    "tarantool",
    "clickhouse-server",
    "clickhouse-client",
    "libderby-java",
    "derby-tools",
    "zookeeper",
    "netcat-openbsd",
    "erlang-base",
    "omniorb",
    "omniorb-nameserver",
    "openjdk-17-jre-headless",
    "bsh",
    "thrift-compiler",
    "python3-thrift",
  ],
  async run(lab) {
    await queues(lab);
    await databases(lab);
    await calls(lab);
  },
});
