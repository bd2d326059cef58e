import { setTimeout as sleep } from "node:timers/promises";
import { Npm } from "../npm.js";
import { scenario } from "../scenario.js";

const npm = new Npm("http", ["@grpc/grpc-js@1.14.7"]);

export const nginx = (servers: string) => `
daemon off; pid nginx.pid; error_log stderr; user lab;
events {}
http {
  access_log off; server_tokens on; default_type text/plain;
  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
  gzip on; gzip_http_version 1.1; gzip_min_length 100; gzip_types *;
  ${servers}
}
`;

export const site = "root www; location = /api { return 201 '{\"stored\":true}\\n'; }";

/** Speaks HTTP/1.1 by sockets alone: a library would wait for each answer. */
const pipeliningClient = `
import socket, time

def request(line, *fields, body=""):
    return "\\r\\n".join([line + " HTTP/1.1", "Host: server.lab.example", *fields, "", body]).encode()

def connect(port):
    connection = socket.create_connection(("server.lab.example", 80), source_address=("", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection

def finish(connection):
    while connection.recv(65536): pass
    connection.close()

CHUNKS = "Accept-Encoding: gzip"
one = connect(41101)
one.sendall(request("GET /?first"))
one.recv(65536)
one.sendall(
    request("GET /long.txt", CHUNKS)
    + request("HEAD /long.txt")
    + request("GET /index.html", "If-None-Match: *")
    + request("GET /none")
    + request("POST /api", "Content-Length: 10", body="name=value")
    + request("POST /api?chunked", "Transfer-Encoding: chunked", body="5\\r\\nname=\\r\\n5\\r\\nvalue\\r\\n0\\r\\n\\r\\n")
)
rest = (
    request("DELETE /", "Content-Length: 0")
    + request("GET /missing")
    + request("HEAD /missing")
    + request("GET /?close", "Connection: close")
)
for at in range(0, len(rest), 9):
    one.sendall(rest[at:at + 9])
    time.sleep(0.005)
finish(one)

two = connect(41102)
two.sendall(request("HEAD /") + request("GET /long.txt", CHUNKS) + request("GET /none") + request("GET /", CHUNKS, "Connection: close"))
finish(two)
`;

export default scenario({
  name: "http",
  packages: ["nginx-light", "curl", "python3", "nghttp2-proxy", "nghttp2-client"],
  async run(lab) {
    const start = async () => {
      const net = await lab.network();
      net.server.write(
        "www/index.html",
        "<!doctype html><title>lab</title><p>clairvoie laboratory\n",
      );
      net.server.write(
        "www/long.txt",
        Array.from({ length: 200 }, (_, i) => `line ${i} of a text that gzip makes shorter\n`).join(
          "",
        ),
      );
      net.server.write("nginx.conf", nginx(`server { listen 80; listen [::]:80; ${site} }`));
      return net;
    };
    const serve = async () => {
      const net = await start();
      net.server.start("nginx -e stderr -p . -c nginx.conf");
      await net.server.listening("tcp", 80);
      return net;
    };
    const software = ["nginx-light", "curl"];

    await lab.part("nginx", async () => {
      const net = await serve();
      await lab.record(
        net,
        {
          file: "http/nginx-curl.pcap",
          what: "Four HTTP/1.1 connections over IPv4: GET, POST, HEAD and a request that is answered 404.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 80,
              clientPort: 41001,
              protocol: "http",
              facts: {
                "http.method": "GET",
                "http.host": "server.lab.example",
                "http.target": "/",
                "http.status": 200,
              },
            },
            {
              transport: "tcp",
              port: 80,
              clientPort: 41002,
              protocol: "http",
              facts: {
                "http.method": "POST",
                "http.host": "server.lab.example",
                "http.target": "/api",
                "http.status": 201,
              },
            },
            {
              transport: "tcp",
              port: 80,
              clientPort: 41003,
              protocol: "http",
              facts: {
                "http.method": "HEAD",
                "http.host": "server.lab.example",
                "http.target": "/long.txt",
                "http.status": 200,
              },
            },
            {
              transport: "tcp",
              port: 80,
              clientPort: 41004,
              protocol: "http",
              facts: {
                "http.method": "GET",
                "http.host": "server.lab.example",
                "http.target": "/missing",
                "http.status": 404,
              },
            },
          ],
        },
        async () => {
          await net.client.run("curl -4sS --local-port 41001 http://server.lab.example/");
          await net.client.run(
            "curl -4sS --local-port 41002 -d name=value http://server.lab.example/api",
          );
          await net.client.run(
            "curl -4sS --local-port 41003 -I http://server.lab.example/long.txt",
          );
          await net.client.run("curl -4sS --local-port 41004 http://server.lab.example/missing");
        },
      );
      await lab.record(
        net,
        {
          file: "http/nginx-keepalive-ipv6.pcap",
          what: "One HTTP/1.1 connection over IPv6 that carries three requests, one with a chunked gzip reply.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 80,
              protocol: "http",
              facts: {
                "http.host": "server.lab.example",
                "http.method": "GET",
                "http.target": "/",
              },
            },
          ],
        },
        () =>
          net.client.run(
            "curl -6sS --compressed http://server.lab.example/ http://server.lab.example/long.txt http://server.lab.example/missing",
          ),
      );
      await lab.record(
        net,
        {
          file: "http/nginx-http10.pcap",
          what: "HTTP/1.0 without a Host header.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 80,
              protocol: "http",
              facts: { "http.method": "GET", "http.target": "/", "http.status": 200 },
            },
          ],
        },
        () => net.client.run("curl -4sS --http1.0 -H Host: http://server.lab.example/"),
      );
      await lab.record(
        net,
        {
          file: "http/client-only.pcap",
          what: "An HTTP request of which only the client's packets were recorded.",
          software,
          filter: "src host 198.51.100.1 and tcp",
          flows: [
            {
              transport: "tcp",
              port: 80,
              protocol: "http",
              facts: {
                "http.method": "GET",
                "http.host": "server.lab.example",
                "http.target": "/",
              },
            },
          ],
        },
        () => net.client.run("curl -4sS http://server.lab.example/"),
      );
      await lab.record(
        net,
        {
          file: "http/server-only.pcap",
          what: "An HTTP request of which only the server's packets were recorded.",
          software,
          filter: "src host 198.51.100.2 and tcp",
          flows: [{ transport: "tcp", port: 80, protocol: "http", facts: { "http.status": 200 } }],
        },
        () => net.client.run("curl -4sS http://server.lab.example/"),
      );
    });

    await lab.part("pipelined", async () => {
      const net = await start();
      const locations = `${site} location = /none { return 204; }`;
      net.server.write("nginx.conf", nginx(`server { listen 80; ${locations} }`));
      net.server.start("nginx -e stderr -p . -c nginx.conf");
      await net.server.listening("tcp", 80);
      net.client.write("client.py", pipeliningClient);
      await lab.record(
        net,
        {
          file: "http/nginx-pipelined.pcap",
          what: "Two kept-alive HTTP/1.1 connections: requests one by one, several at once, and in pieces; bodies in chunks, HEAD, 204, 304.",
          software: ["nginx-light", "python3"],
          flows: [
            {
              transport: "tcp",
              port: 80,
              clientPort: 41101,
              protocol: "http",
              facts: { "http.method": "GET", "http.target": "/?first", "http.status": 200 },
              transactions: [
                "GET /?first 200",
                "GET /long.txt 200",
                "HEAD /long.txt 200",
                "GET /index.html 304",
                "GET /none 204",
                "POST /api 201",
                "POST /api?chunked 201",
                "DELETE / 405",
                "GET /missing 404",
                "HEAD /missing 404",
                "GET /?close 200",
              ],
            },
            {
              transport: "tcp",
              port: 80,
              clientPort: 41102,
              protocol: "http",
              facts: { "http.method": "HEAD", "http.target": "/", "http.status": 200 },
              transactions: ["HEAD / 200", "GET /long.txt 200", "GET /none 204", "GET / 200"],
            },
          ],
        },
        () => net.client.run("python3 client.py"),
      );
    });

    await lab.part("midstream", async () => {
      const net = await serve();
      const urls =
        "http://server.lab.example/ http://server.lab.example/?second http://server.lab.example/?third";
      const client = net.client.start(`curl -4sS --rate 30/m ${urls}`);
      await sleep(1000);
      await lab.record(
        net,
        {
          file: "http/midstream.pcap",
          what: "A kept-alive HTTP connection whose beginning was not recorded: the first packet is the second request.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 80,
              protocol: "http",
              facts: { "http.host": "server.lab.example" },
            },
          ],
        },
        () => client.exited,
      );
    });

    await lab.part("h2c", async () => {
      const net = await start();
      net.server.write("nginx.conf", nginx(`server { listen 8081 http2; ${site} }`));
      net.server.start("nginx -e stderr -p . -c nginx.conf");
      await net.server.listening("tcp", 8081);
      await lab.record(
        net,
        {
          file: "http/nginx-h2c.pcap",
          what: "HTTP/2 without TLS, with prior knowledge.",
          software,
          flows: [
            {
              transport: "tcp",
              port: 8081,
              protocol: "http2",
              facts: {
                "http.host": "server.lab.example:8081",
                "http.method": "GET",
                "http.target": "/",
                "http.status": 200,
              },
            },
          ],
        },
        () => net.client.run("curl -4sS --http2-prior-knowledge http://server.lab.example:8081/"),
      );
    });

    await lab.part("upgrade", async () => {
      const net = await start();
      net.server.start("nginx -e stderr -p . -c nginx.conf");
      await net.server.listening("tcp", 80);
      net.server.start("nghttpx --frontend='*,8083;no-tls' --backend=127.0.0.1,80 --workers=1");
      await net.server.listening("tcp", 8083);
      await lab.record(
        net,
        {
          file: "http/nghttp2-upgrade.pcap",
          what: "HTTP/1.1 that changes to HTTP/2, and two requests with priorities of a connection that begins with it.",
          software: ["nghttp2-proxy", "nghttp2-client"],
          flows: [
            {
              transport: "tcp",
              port: 8083,
              protocol: "http2",
              facts: { "http.host": "server.lab.example:8083", "http.status": 200 },
            },
          ],
        },
        async () => {
          await net.client.run("nghttp -u http://server.lab.example:8083/index.html");
          const urls = ["index.html", "long.txt"].map(
            (file) => `http://server.lab.example:8083/${file}`,
          );
          await net.client.run(`nghttp --padding=32 ${urls.join(" ")}`);
        },
      );
    });

    await lab.part("node-http2", async () => {
      const net = await lab.network();
      net.server.write(
        "server.js",
        `require("node:http2").createServer((request, response) => {
          response.setHeader("content-type", "application/json");
          response.end(JSON.stringify({ path: request.url }));
        }).listen(8082);`,
      );
      net.client.write(
        "client.js",
        `const session = require("node:http2").connect("http://server.lab.example:8082", { family: 4 });
        const ask = (fields, body) =>
          new Promise((done) => {
            const stream = session.request({ "user-agent": "lab/1", ...fields });
            stream.on("close", done).resume();
            stream.end(body);
          });
        (async () => {
          await ask({ ":path": "/first" });
          await Promise.all([
            ask({ ":path": "/second" }),
            ask({ ":path": "/third", ":method": "POST" }, "body".repeat(2000)),
          ]);
          await ask({ ":path": "/fourth", "x-long": "long ".repeat(1000) });
          session.close();
        })();`,
      );
      net.server.start("node server.js");
      await net.server.listening("tcp", 8082);
      await lab.record(
        net,
        {
          file: "http/node-http2.pcap",
          what: "HTTP/2 without TLS: four requests of one connection, two at the same time, one with a long field.",
          software: [`node ${process.versions.node}`],
          flows: [
            {
              transport: "tcp",
              port: 8082,
              protocol: "http2",
              facts: {
                "http.host": "server.lab.example:8082",
                "http.method": "GET",
                "http.target": "/first",
                "http.user-agent": "lab/1",
                "http.status": 200,
              },
            },
          ],
        },
        () => net.client.run("node client.js"),
      );
    });

    await lab.part("grpc", async () => {
      npm.install();
      const net = await lab.network();
      const service = `const grpc = require("@grpc/grpc-js");
        const text = { requestSerialize: Buffer.from, requestDeserialize: String, responseSerialize: Buffer.from, responseDeserialize: String };
        const greeter = { SayHello: { path: "/helloworld.Greeter/SayHello", requestStream: false, responseStream: false, ...text } };`;
      net.server.write(
        "server.js",
        `${service}
        const server = new grpc.Server();
        server.addService(greeter, { SayHello: (call, done) => done(null, "Hello " + call.request) });
        server.bindAsync("0.0.0.0:50051", grpc.ServerCredentials.createInsecure(), () => {});`,
      );
      net.client.write(
        "client.js",
        `${service}
        const Client = grpc.makeGenericClientConstructor(greeter, "Greeter");
        const client = new Client("server.lab.example:50051", grpc.credentials.createInsecure());
        client.SayHello("world", (error, answer) => {
          if (error) throw error;
          client.SayHello(answer, () => client.close());
        });`,
      );
      net.server.start(npm.node("server.js"));
      await net.server.listening("tcp", 50051);
      await lab.record(
        net,
        {
          file: "grpc/grpc-js.pcap",
          what: "Two gRPC calls of one connection.",
          software: npm.versions("@grpc/grpc-js"),
          flows: [
            {
              transport: "tcp",
              port: 50051,
              protocol: "grpc",
              facts: {
                "http.host": "server.lab.example:50051",
                "http.method": "POST",
                "http.target": "/helloworld.Greeter/SayHello",
                "http.status": 200,
              },
            },
          ],
        },
        () => net.client.run(npm.node("client.js")),
      );
    });

    await lab.part("python", async () => {
      const net = await start();
      net.server.start("python3 -m http.server --directory www 40022");
      await net.server.listening("tcp", 40022);
      await lab.record(
        net,
        {
          file: "http/python-offport.pcap",
          what: "HTTP on port 40022: python's http.server asked by curl and by python's own client.",
          software: ["python3", "curl"],
          flows: [
            {
              transport: "tcp",
              port: 40022,
              protocol: "http",
              facts: {
                "http.method": "GET",
                "http.host": "server.lab.example:40022",
                "http.target": "/",
              },
            },
          ],
        },
        async () => {
          await net.client.run("curl -4sS http://server.lab.example:40022/");
          await net.client.run(
            `python3 -c 'import urllib.request as r; r.urlopen("http://server.lab.example:40022/").read()'`,
          );
        },
      );
    });
  },
});
