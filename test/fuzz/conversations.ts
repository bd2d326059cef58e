/** Conversations for the oracle: samples with something changed, and payload that is nobody's. */
import { probabilities } from "../../src/language/backgrounds.js";
import { BACKGROUNDS } from "../../src/language/catalog.js";
import type { Sample } from "../../src/language/collisions.js";
import type { Conversation, Message, Transport } from "../../src/language/definition.js";
import { Random } from "./random.js";

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** Tables to draw bytes from: of each background and, where it knows them, each of its first places. */
const PLACES = 16;
const draws = BACKGROUNDS.map((_, background) =>
  Array.from({ length: PLACES }, (_place, at) => {
    const table = new Uint8Array(1 << 12);
    let sum = 0;
    let from = 0;
    for (const [value, odds] of probabilities(background, { at, isExact: true }).entries()) {
      sum += odds;
      const to = value === 255 ? table.length : Math.round(sum * table.length);
      table.fill(value, from, to);
      from = to;
    }
    return table;
  }),
);

function noise(random: Random, length: number): string {
  const tables = random.pick(draws);
  return latin1(
    Uint8Array.from({ length }, (_, at) => random.pick(tables[Math.min(at, PLACES - 1)]!)),
  );
}

type Change = (random: Random, text: string) => string;

/** A place in a text; the first bytes are those that matter most. */
const place = (random: Random, text: string): number =>
  random.below(Math.min(text.length, random.pick([4, 16, 64, 4096])) + 1);
const put = (text: string, at: number, part: string, removed: number): string =>
  text.slice(0, at) + part + text.slice(at + removed);

const edges = [0, 1, 2, 3, 4, 7, 8, 15, 16, 0x7f, 0x80, 0xfe, 0xff];

const changes: readonly Change[] = [
  function flipBit(random, text) {
    const at = place(random, text);
    const code = text.charCodeAt(at) ^ (1 << random.below(8));
    return at < text.length ? put(text, at, String.fromCharCode(code), 1) : text;
  },
  function near(random, text) {
    const at = place(random, text);
    const code = (text.charCodeAt(at) + random.pick([1, 255])) & 255;
    return at < text.length ? put(text, at, String.fromCharCode(code), 1) : text;
  },
  function edge(random, text) {
    return put(text, place(random, text), String.fromCharCode(random.pick(edges)), 1);
  },
  function wide(random, text) {
    const bytes = random.pick([
      [0, 0],
      [0xff, 0xff],
      [0, 0, 0, 0],
      [0xff, 0xff, 0xff, 0xff],
    ]);
    return put(text, place(random, text), String.fromCharCode(...bytes), bytes.length);
  },
  function insert(random, text) {
    return put(text, place(random, text), latin1(random.bytes(random.between(1, 8))), 0);
  },
  function remove(random, text) {
    return put(text, place(random, text), "", random.between(1, 8));
  },
  function cut(random, text) {
    return text.slice(0, place(random, text));
  },
  function grow(random, text) {
    return text + noise(random, random.pick([1, 4, 40, 400]));
  },
  function twice(random, text) {
    const at = place(random, text);
    return put(text, at, text.slice(at, at + random.between(1, 32)), 0);
  },
];

function changeMessages(random: Random, messages: Message[], other: readonly Message[]): void {
  for (let count = random.between(1, 4); count > 0 && messages.length > 0; count--) {
    const at = random.below(messages.length);
    const message = messages[at]!;
    switch (random.below(12)) {
      case 0:
        messages.splice(at, 1);
        break;
      case 1:
        messages.splice(at, 0, message);
        break;
      case 2:
        messages[at] = { ...message, from: message.from === "client" ? "server" : "client" };
        break;
      case 3:
        if (other.length > 0) messages[at] = { ...message, bytes: random.pick(other).bytes };
        break;
      default: {
        const bytes = random.pick(changes)(random, message.bytes);
        messages[at] = { ...message, bytes };
      }
    }
  }
}

/** Case `number` of a seed: the same for ever with the same samples. */
export function conversationCase(
  samples: readonly Sample[],
  seed: number,
  number: number,
): Conversation {
  const random = new Random(seed, number);
  if (random.once(4)) {
    const transport: Transport = random.pick(["tcp", "udp", "udp", "sctp"]);
    const lengths = [5, 12, 20, 48, 100, 300, 1200];
    const messages = Array.from({ length: random.between(1, 3) }, (): Message => ({
      from: random.pick(["client", "server"]),
      bytes: noise(random, random.pick(lengths) + random.below(8)),
    }));
    return { transport, messages };
  }
  const { conversation } = random.pick(samples);
  const messages = [...conversation.messages];
  changeMessages(random, messages, random.pick(samples).conversation.messages);
  // An SCTP message has its payload protocol identifier and at least a byte (RFC 9260 §3.3.1).
  const least = conversation.transport === "sctp" ? 5 : 1;
  return {
    transport: conversation.transport,
    messages: messages.filter(({ bytes }) => bytes.length >= least),
  };
}
