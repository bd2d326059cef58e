import { scenario } from "../scenario.js";
import { tcp, udp } from "./infrastructure.js";

/** Small old services. */
export default scenario({
  name: "services",
  packages: ["fingerd", "finger", "openbsd-inetd", "netcat-openbsd", "xdm", "xvfb", "python3-zmq"],
  async run(lab) {
    await lab.part("inetd", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.write(
        "inetd.conf",
        "daytime stream tcp nowait root internal\ndaytime dgram udp wait root internal\nfinger stream tcp nowait root /usr/sbin/in.fingerd in.fingerd\n",
      );
      server.start("inetd -i inetd.conf");
      await server.listening("tcp", 13);
      await lab.record(
        net,
        {
          file: "daytime/inetd.pcap",
          what: "The time, over TCP and over UDP.",
          software: ["openbsd-inetd", "netcat-openbsd"],
          flows: [tcp(13, "daytime"), udp(13, "daytime")],
        },
        async () => {
          await client.run("nc -w 2 198.51.100.2 13");
          await client.run("nc -u -w 1 198.51.100.2 13", { input: "\n" });
        },
      );
      await lab.record(
        net,
        {
          file: "finger/fingerd.pcap",
          what: "Who is logged in (nobody), a user, and one that does not exist.",
          software: ["fingerd", "finger"],
          flows: [tcp(79, "finger")],
        },
        async () => {
          for (const who of ["", "lab", "nobody-12", "-l root"])
            await client.run(`finger ${who}@198.51.100.2`, { ok: [0, 1] });
        },
      );
    });

    await lab.part("xdmcp", async () => {
      const net = await lab.network();
      const { client, server } = net;
      const { dir } = server;
      server.write(
        "xdm.conf",
        `DisplayManager.requestPort: 177\nDisplayManager.servers: ${dir}/servers\nDisplayManager.accessFile: ${dir}/access\nDisplayManager.authDir: ${dir}\nDisplayManager.pidFile: ${dir}/xdm.pid\nDisplayManager.errorLogFile: ${dir}/xdm.log\nDisplayManager*authorize: false\n`,
      );
      server.write("servers", "");
      server.write("access", "*\n* CHOOSER BROADCAST\n");
      server.start("xdm -nodaemon -config $PWD/xdm.conf");
      await server.listening("udp", 177);
      await lab.record(
        net,
        {
          file: "xdmcp/xdm.pcap",
          what: "An X server asks for a session, and looks for hosts that would give one.",
          software: ["xdm", "xvfb"],
          filter: "udp port 177",
          flows: [udp(177, "xdmcp")],
        },
        async () => {
          for (const how of ["-query 198.51.100.2", "-broadcast", "-indirect 198.51.100.2"])
            await client.run(`Xvfb :5 -listen tcp -ac -once ${how}`, {
              ok: [0, 1, 124, 137],
              seconds: 5,
            });
        },
      );
    });

    await lab.part("pgm", async () => {
      const net = await lab.network();
      const address = (ip: string) => `pgm://${ip};239.192.1.1:5555`;
      net.server.write(
        "publish.py",
        `import zmq, time
s = zmq.Context().socket(zmq.PUB); s.bind("${address(net.server.ip4)}")
for i in range(20):
    s.send_string("room %d" % i); time.sleep(0.2)
`,
      );
      net.client.write(
        "subscribe.py",
        `import zmq
s = zmq.Context().socket(zmq.SUB); s.setsockopt_string(zmq.SUBSCRIBE, ""); s.connect("${address(net.client.ip4)}")
for i in range(5):
    print(s.recv_string())
`,
      );
      await lab.record(
        net,
        {
          file: "pgm/zeromq.pcap",
          what: "Messages to all who listen.",
          software: ["python3-zmq"],
          filter: "ip proto 113 or igmp",
          flows: [],
        },
        async () => {
          net.server.start("python3 publish.py");
          await net.client.run("python3 subscribe.py", { ok: [0, 1, 124], seconds: 8 });
        },
      );
    });
  },
});
