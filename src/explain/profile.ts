/** What a protocol is known by, from its definition: for `clairvoie protocols` and the documentation. */
import { BACKGROUNDS, type Refinement } from "../language/catalog.js";
import { THRESHOLD } from "../language/compile.js";
import {
  type Definition,
  factName,
  type Message,
  type Signature,
  type Transport,
} from "../language/definition.js";
import { fromBytes, hexOf, toBytes } from "../language/bytes.js";
import { falseNames, type SignatureWorth, worths } from "../language/report.js";
import { outline } from "../language/words.js";

export interface Profile {
  name: string;
  title: string;
  category: string;
  /** Documents that say what is matched. */
  specification: string;
  /** What its name rests on: payload, the header alone, another protocol's format at an address of its own, or what the client of another one offers. */
  toldBy: "payload" | "header" | "address" | "offer";
  ports: Record<Transport, readonly number[]>;
  /** IP protocol numbers and Ethertypes that are its header. */
  header: { ip: readonly number[]; ethertype: readonly number[] };
  /** The protocol whose format it has, and the addresses that tell it apart. */
  refines: Refinement | null;
  /** The least and the most evidence of its signatures, against the background that explains them best. */
  bits: Bits | null;
  signatures: SignatureProfile[];
  facts: FactProfile[];
  samples: SampleProfile[];
}

export interface Bits {
  /** When all steps matched; more comes from what is there a variable number of times. */
  least: number;
  most: number;
}

export interface SignatureProfile {
  /** `ssh/identification` */
  name: string;
  over: readonly Transport[];
  /** Both sides must match. */
  both: boolean;
  /** Null: the protocol is that background. */
  bits: Record<(typeof BACKGROUNDS)[number], Bits | null>;
  /** Enough for a name, without the port. */
  names: boolean;
  /** Per background: of so many of its flows one gets this name by chance, at most; null where none does. */
  falseNames: Record<(typeof BACKGROUNDS)[number], number | null>;
  scripts: { side: "client" | "server" | "first" | "reply"; steps: string[][] }[];
}

export interface FactProfile {
  name: string;
  level: string;
  type: string;
  /** Values that are kept. */
  most: number;
}

export interface SampleProfile {
  /** It is named; it matches with too little evidence; it is a near miss. */
  kind: "yes" | "weak" | "no";
  transport: Transport;
  messages: { from: "client" | "server"; length: number; bytes: string }[];
}

export function profileOf(definition: Definition): Profile {
  const {
    name,
    title,
    category,
    source,
    ports = {},
    header = {},
    refines,
    samples = {},
  } = definition;
  const all = worths([definition]);
  const signatures = Object.entries(definition.signatures ?? {});
  return {
    name,
    title,
    category,
    specification: source,
    toldBy: definition.header
      ? "header"
      : refines
        ? refines.alpn
          ? "offer"
          : "address"
        : "payload",
    ports: { tcp: ports.tcp ?? [], udp: ports.udp ?? [], sctp: ports.sctp ?? [] },
    header: { ip: header.ip ?? [], ethertype: header.ethertype ?? [] },
    refines: refines ?? null,
    bits: all.length === 0 ? null : rangeOf(all),
    signatures: signatures.map(([, signature], index) => signatureOf(signature, all[index]!)),
    facts: Object.entries(definition.facts ?? {}).flatMap(([key, fact]) => {
      const { level, type, most, carries } = fact;
      return carries === undefined ? { name: factName(name, key), level, type, most } : [];
    }),
    samples: (["yes", "weak", "no"] as const).flatMap((kind) =>
      (samples[kind] ?? []).map(({ transport, messages }) => ({
        kind,
        transport,
        messages: messages.map(messageOf),
      })),
    ),
  };
}

const finite = (values: readonly number[]) => values.filter(Number.isFinite);

function rangeOf(all: readonly SignatureWorth[]): Bits {
  const least = Math.min(...all.map((each) => Math.min(...finite(each.least))));
  const most = Math.max(...all.map((each) => Math.min(...finite(each.most))));
  return { least: round(least), most: round(most) };
}

const round = (bits: number) => Math.round(bits * 10) / 10;

function signatureOf(signature: Signature, worth: SignatureWorth): SignatureProfile {
  const { over, both = false } = signature;
  const odds = falseNames([worth]);
  return {
    name: worth.name,
    over: typeof over === "string" ? [over] : over,
    both,
    bits: laned((lane) => {
      const [least, most] = [worth.least[lane]!, worth.most[lane]!];
      return Number.isFinite(least) ? { least: round(least), most: round(most) } : null;
    }),
    names: Math.min(...worth.most) >= THRESHOLD,
    falseNames: laned((lane) => (odds[lane] ? Number((1 / odds[lane]).toPrecision(2)) : null)),
    scripts: (["client", "server", "first", "reply"] as const).flatMap((side) => {
      const script = signature[side];
      return script ? [{ side, steps: script.map((step) => outline(step)) }] : [];
    }),
  };
}

const laned = <T>(value: (lane: number) => T) =>
  Object.fromEntries(BACKGROUNDS.map((name, lane) => [name, value(lane)])) as Record<
    (typeof BACKGROUNDS)[number],
    T
  >;

const messageOf = ({ from, bytes }: Message) => ({
  from,
  length: bytes.length,
  bytes: hexOf(toBytes(bytes)),
});

/** `tcp 25 587, udp 53`, or "". */
export const sayPorts = (ports: Profile["ports"]): string =>
  Object.entries(ports)
    .filter(([, numbers]) => numbers.length > 0)
    .map(([transport, numbers]) => `${transport} ${numbers.join(" ")}`)
    .join(", ");

/** A message on one line: its text where it is text, else its first bytes in hexadecimal. */
export function sayMessage(bytes: string, cells: number): string {
  const text = fromBytes(
    Uint8Array.from(bytes === "" ? [] : bytes.split(" "), (pair) => Number.parseInt(pair, 16)),
  );
  const isText = /^[\t\r\n\x20-\x7e]*$/.test(text);
  const whole = isText ? JSON.stringify(text) : bytes;
  return whole.length > cells ? `${whole.slice(0, cells - 1).trimEnd()}…` : whole;
}
