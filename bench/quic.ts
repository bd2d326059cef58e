/**
 * `npm run bench:quic`: what opening a QUIC Initial packet of 1,200 bytes costs, in nanoseconds, for the
 * three engines and for `node:crypto`. Every round runs each once, and a wrong answer fails it.
 */
import { createDecipheriv } from "node:crypto";
import { engineKinds } from "../src/engine/index.js";
import { FREE, createCrypto } from "../test/engine/crypto.harness.js";
import { VERSION_1, initialHeader, initialKeys, sealInitial } from "../test/support/quic.js";
import { quartiles } from "./measure.js";
import { machine } from "./report.js";

const ROUNDS = 501;
const WARM_UP = 50;
/** Packets a sample: few, so that most samples end before the machine turns to something else. */
const PACKETS = 40;

const NUMBER_SIZE = 2;
const SIZE = 1200;
const id = Buffer.from("8394c8f03e515708", "hex");
const fields = { version: VERSION_1, destination: id, source: id, token: Buffer.alloc(0) };
const numbers = { number: 1, numberSize: NUMBER_SIZE };
const headerSize = initialHeader({ ...fields, ...numbers, plain: SIZE }).length;
const plain = Buffer.from(Array.from({ length: SIZE - headerSize - 16 }, (_, i) => i * 151));
const header = initialHeader({ ...fields, ...numbers, plain: plain.length });
const packet = sealInitial(initialKeys(VERSION_1, id, false), header, plain);

interface Contender {
  name: string;
  /** Derives the keys, opens the packet; gives the plaintext. */
  whole(): Uint8Array;
  derive(): void;
  /** Opens the packet with the keys that `derive` has left. */
  open(): void;
}

const ID = FREE;
const KEYS = FREE + 64;
const PACKET = FREE + 128;
const OUT = FREE + 4096;

async function contend(kind: (typeof engineKinds)[number]): Promise<Contender> {
  const crypto = await createCrypto(kind);
  crypto.u8.set(id, ID);
  crypto.u8.set(packet, PACKET);
  return {
    name: kind,
    whole() {
      const length = crypto.openInitial(PACKET, SIZE, ID, id.length, false, VERSION_1, OUT);
      return crypto.u8.subarray(OUT, OUT + length);
    },
    derive: () => crypto.deriveInitial(VERSION_1, ID, id.length, false, KEYS),
    open: () => crypto.openWith(KEYS, PACKET, SIZE, VERSION_1, OUT),
  };
}

/** The packet's header is known to it: only its cryptography is measured. */
function nodeCrypto(): Contender {
  let keys = initialKeys(VERSION_1, id, false);
  const numberAt = headerSize - NUMBER_SIZE;
  const open = (): Uint8Array => {
    const sample = packet.subarray(numberAt + 4, numberAt + 20);
    const protection = createDecipheriv("aes-128-ecb", keys.hp, null).setAutoPadding(false);
    // Decryption costs what encryption costs; the mask itself is not needed here.
    protection.update(sample);
    const nonce = Buffer.from(keys.iv);
    nonce[11]! ^= numbers.number;
    const cipher = createDecipheriv("aes-128-gcm", keys.key, nonce);
    cipher.setAAD(header);
    cipher.setAuthTag(packet.subarray(-16));
    const opened = cipher.update(packet.subarray(headerSize, -16));
    cipher.final();
    return opened;
  };
  const derive = (): void => {
    keys = initialKeys(VERSION_1, id, false);
  };
  return {
    name: "node:crypto",
    whole() {
      derive();
      return open();
    },
    derive,
    open,
  };
}

const contenders = [...(await Promise.all(engineKinds.map(contend))), nodeCrypto()];
const parts = ["whole", "derive", "open"] as const;
const samples = contenders.map(() => parts.map((): number[] => []));
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  for (const [index, contender] of contenders.entries()) {
    if (!plain.equals(contender.whole())) throw new Error(`${contender.name}: wrong plaintext`);
    for (const [which, part] of parts.entries()) {
      const begin = process.hrtime.bigint();
      for (let i = 0; i < PACKETS; i++) contender[part]();
      const time = Number(process.hrtime.bigint() - begin) / PACKETS;
      if (round >= WARM_UP) samples[index]![which]!.push(time);
    }
  }
}

console.log(
  `${machine.cpu}, Node ${machine.node}; an Initial packet of ${SIZE} bytes, nanoseconds`,
);
console.log("median [quartiles]; whole = keys derived and packet opened\n");
for (const [index, { name }] of contenders.entries()) {
  const columns = parts.map((part, which) => {
    const { median, low, high } = quartiles(samples[index]![which]!);
    const [m, l, h] = [median, low, high].map((time) => Math.round(time).toLocaleString("en"));
    return `${part} ${m} [${l} … ${h}]`;
  });
  console.log(name.padEnd(12), columns.map((column) => column.padEnd(32)).join(""));
}
