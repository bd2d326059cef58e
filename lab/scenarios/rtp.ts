import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../netns.js";
import { scenario } from "../scenario.js";

const ffmpeg = "ffmpeg -nostdin -loglevel error";

const sdp = (media: string, address: string) =>
  `v=0\no=- 0 0 IN ${address.includes(":") ? "IP6" : "IP4"} ${address}\ns=lab\nc=IN ${address.includes(":") ? "IP6" : "IP4"} ${address}\nt=0 0\n${media}\n`;

/** The receiver of an SDP file; -t ends it when the sender is done. */
export function receive(host: Host, media: string, address: string): void {
  host.write("session.sdp", sdp(media, address));
  host.start(`${ffmpeg} -protocol_whitelist file,udp,rtp -i session.sdp -f null -`);
}

export const sendAudio = (seconds: number, url: string) =>
  `${ffmpeg} -re -f lavfi -i sine=frequency=440:sample_rate=8000 -t ${seconds} -ac 1 -c:a pcm_mulaw -f rtp '${url}?pkt_size=172'`;

export default scenario({
  name: "rtp",
  packages: ["ffmpeg"],
  async run(lab) {
    const software = ["ffmpeg"];
    const flows = (port: number, facts: Record<string, string | number>) => [
      { transport: "udp" as const, port, protocol: "rtp", facts },
      { transport: "udp" as const, port: port + 1, protocol: "rtcp" },
    ];

    await lab.part("pcmu", async () => {
      const net = await lab.network();
      receive(net.server, "m=audio 5004 RTP/AVP 0", net.server.ip4);
      await net.server.listening("udp", 5004);
      await lab.record(
        net,
        {
          file: "rtp/ffmpeg-pcmu.pcap",
          what: "Three seconds of audio (PCMU) with RTCP sender reports.",
          software,
          flows: flows(5004, { "rtp.payload-type": 0 }),
        },
        () => net.client.run(sendAudio(3, "rtp://198.51.100.2:5004")),
      );
    });

    await lab.part("video", async () => {
      const net = await lab.network();
      receive(
        net.server,
        "m=video 6970 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=1",
        net.server.ip6,
      );
      await net.server.listening("udp", 6970);
      await lab.record(
        net,
        {
          file: "rtp/ffmpeg-h264-ipv6.pcap",
          what: "Three seconds of video (H.264, payload type 96) over IPv6 with RTCP.",
          software,
          flows: flows(6970, { "rtp.payload-type": 96 }),
        },
        () =>
          net.client.run(
            `${ffmpeg} -re -f lavfi -i testsrc=size=128x96:rate=10 -t 3 -c:v libx264 -preset ultrafast -tune zerolatency -b:v 60k -g 10 -pix_fmt yuv420p -f rtp 'rtp://[2001:db8::2]:6970?pkt_size=1200'`,
          ),
      );
    });

    await lab.part("opus", async () => {
      const net = await lab.network();
      receive(net.server, "m=audio 40404 RTP/AVP 97\na=rtpmap:97 opus/48000/2", net.server.ip4);
      await net.server.listening("udp", 40404);
      await lab.record(
        net,
        {
          file: "rtp/ffmpeg-opus.pcap",
          what: "Four seconds of audio (Opus, payload type 97) to port 40404 with RTCP.",
          software,
          flows: flows(40404, { "rtp.payload-type": 97 }),
        },
        () =>
          net.client.run(
            `${ffmpeg} -re -f lavfi -i sine=frequency=300:sample_rate=48000 -t 4 -ac 2 -c:a libopus -b:a 32k -f rtp rtp://198.51.100.2:40404`,
          ),
      );
    });

    await lab.part("mpegts", async () => {
      const net = await lab.network();
      net.server.start("nc -u -l -k 198.51.100.2 5004", { log: false });
      await net.server.listening("udp", 5004);
      await lab.record(
        net,
        {
          file: "rtp/ffmpeg-mpegts.pcap",
          what: "MPEG-TS inside RTP (payload type 33), nothing comes back.",
          software,
          filter: "not icmp",
          flows: flows(5004, { "rtp.payload-type": 33 }),
        },
        async () => {
          await net.client.run(
            `${ffmpeg} -re -f lavfi -i testsrc=size=64x48:rate=5 -t 2 -c:v mpeg2video -b:v 40k -f rtp_mpegts 'rtp://198.51.100.2:5004?pkt_size=1328'`,
          );
          await sleep(200);
        },
      );
    });
  },
});
