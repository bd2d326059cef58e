import {
  client,
  oneOf,
  protocol,
  server,
  sized,
  step,
  tcp,
  u32,
  udp,
  accept,
} from "../../language/vocabulary.js";

/** Every byte is XORed with the one sent before, the first with 171. */
function sealed(text: string): string {
  let key = 171;
  let out = "";
  for (const character of text) {
    key ^= character.charCodeAt(0);
    out += String.fromCharCode(key);
  }
  return out;
}

/** JSON objects, by the module that is spoken to. */
const modules = oneOf(
  ...[
    '{"system":',
    '{"emeter":',
    '{"context":',
    '{"schedule":',
    '{"netif":',
    '{"cnCloud":',
    '{"time":',
    '{"smartlife.iot.',
  ].map(sealed),
);
const datagram = step(modules, accept);
/** Over TCP a length of four bytes stands in front. */
const inStream = step(u32({ min: 12, max: 0xffff }), modules, accept);

const ask = sealed('{"system":{"get_sysinfo":{}}}');
const tell = sealed(
  '{"system":{"get_sysinfo":{"sw_ver":"1.0.8","model":"HS110(EU)","err_code":0}}}',
);

/** TP-Link's smart plugs and bulbs (Kasa). */
export default protocol({
  name: "tplink-smarthome",
  title: "TP-Link Smart Home Protocol",
  category: "iot",
  source: "softScheck, Reverse Engineering the TP-Link HS110 (2016)",
  ports: { tcp: [9999], udp: [9999] },
  signatures: {
    datagram: { over: "udp", client: [datagram], server: [datagram] },
    stream: { over: "tcp", client: [inStream], server: [inStream] },
  },
  samples: {
    yes: [
      udp(client(ask), server(tell)),
      tcp(client("\0\0", sized(2, ask)), server("\0\0", sized(2, tell))),
    ],
    no: [
      udp(client('{"system":{"get_sysinfo":{}}}')),
      udp(client(sealed('{"users":{}}'))),
      tcp(client("\0\x01", sized(2, ask))),
    ],
  },
});
