import { scenario } from "../scenario.js";

/** fcgiwrap, asked by cgi-fcgi. */
export default scenario({
  name: "fastcgi",
  packages: ["fcgiwrap", "libfcgi-bin"],
  async run(lab) {
    await lab.part("fcgiwrap", async () => {
      const net = await lab.network();
      net.server.write(
        "hello.sh",
        "#!/bin/sh\necho 'Content-Type: text/plain'\necho\necho hello\n",
        0o755,
      );
      net.server.start("fcgiwrap -s tcp:198.51.100.2:9000");
      await net.server.listening("tcp", 9000);
      await lab.record(
        net,
        {
          file: "fastcgi/fcgiwrap.pcap",
          what: "cgi-fcgi asks fcgiwrap for a page, three times.",
          software: ["fcgiwrap", "libfcgi-bin"],
          flows: [{ transport: "tcp", port: 9000, protocol: "fastcgi" }],
        },
        async () => {
          for (let time = 0; time < 3; time++)
            await net.client.run(
              "SCRIPT_FILENAME=$PWD/hello.sh REQUEST_METHOD=GET cgi-fcgi -bind -connect 198.51.100.2:9000",
            );
        },
      );
    });
  },
});
