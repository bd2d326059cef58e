/** Which signatures name which samples, for many definitions at once. */
import { toBytes } from "./bytes.js";
import { openersOf, transportsOf } from "./compile.js";
import type { Conversation, Definition, Signature, Transport } from "./definition.js";
import { canBegin, firstBytes } from "./dispatch.js";
import { converse, type Naming } from "./conversation.js";

type FirstBytes = ReturnType<typeof firstBytes>;

interface Prepared {
  readonly definition: Definition;
  readonly key: string;
  readonly signature: Signature;
  readonly over: readonly Transport[];
  readonly openers: readonly FirstBytes[];
}

export interface Sample {
  readonly protocol: string;
  readonly kind: "yes" | "weak" | "no";
  /** From 1 on, within its kind. */
  readonly number: number;
  readonly conversation: Conversation;
}

export const samplesOf = (definitions: readonly Definition[]): Sample[] =>
  definitions.flatMap(({ name, samples = {} }) =>
    (["yes", "weak", "no"] as const).flatMap((kind) =>
      (samples[kind] ?? []).map((conversation, index) => ({
        protocol: name,
        kind,
        number: index + 1,
        conversation,
      })),
    ),
  );

/**
 * The oracle over many definitions: it is asked only for signatures that can begin as the conversation
 * does, because it tries every one, and there are hundreds.
 */
export class Namer {
  readonly #all: readonly Prepared[];

  constructor(definitions: readonly Definition[]) {
    this.#all = definitions.flatMap((definition) =>
      Object.entries(definition.signatures ?? {}).map(([key, signature]): Prepared => ({
        definition,
        key,
        signature,
        over: transportsOf(signature),
        openers: openersOf(signature).map(({ sequence }) => firstBytes(sequence)),
      })),
    );
  }

  /** What the oracle makes of a conversation; options as `converse` takes them. */
  name(conversation: Conversation, options: Parameters<typeof converse>[2] = {}): Naming[] {
    const begins = (["client", "server"] as const).flatMap((side) => {
      const own = conversation.messages.filter(({ from }) => from === side);
      if (own.length === 0) return [];
      return [
        toBytes(
          conversation.transport !== "tcp" ? own[0]!.bytes : own.map(({ bytes }) => bytes).join(""),
        ),
      ];
    });
    const likely = new Map<string, Definition>();
    for (const { definition, key, signature, over, openers } of this.#all) {
      if (!over.includes(conversation.transport)) continue;
      if (!openers.some((sets) => begins.some((text) => canBegin(sets, text)))) continue;
      const before = likely.get(definition.name)?.signatures;
      likely.set(definition.name, {
        ...definition,
        signatures: { ...before, [key]: signature },
      });
    }
    return converse([...likely.values()], conversation, options);
  }
}

/** Why a sample is not named as it should be, or undefined. */
export function verdictOf(
  { protocol, kind }: Sample,
  namings: readonly Naming[],
  all: readonly Definition[],
): string | undefined {
  const named = namings.filter((each) => each.named);
  const own = named.filter((each) => each.protocol === protocol);
  const matched = namings.filter((each) => each.protocol === protocol);
  if (kind === "no") {
    return own.length > 0 ? `it is named by ${list(own)}, and must not be` : undefined;
  }
  if (kind === "weak") {
    if (own.length > 0) return `it is named by ${list(own)}; then it belongs to \`yes\``;
    return matched.length > 0 ? undefined : "no signature matches it";
  }
  if (own.length === 0) {
    return matched.length > 0
      ? `it is not named: ${list(matched)}, and a name needs more`
      : "no signature matches it";
  }
  const implied = new Set(own.flatMap(({ signature }) => impliesOf(signature, all)));
  const others = named.filter((each) => each.protocol !== protocol && !implied.has(each.signature));
  return others.length > 0
    ? `${list(others)} ${others.length === 1 ? "names" : "name"} it too, and neither implies the other`
    : undefined;
}

const impliesOf = (name: string, all: readonly Definition[]): readonly string[] => {
  const [protocol, key] = name.split("/") as [string, string];
  return all.find((each) => each.name === protocol)?.signatures?.[key]?.implies ?? [];
};

const list = (namings: readonly Naming[]): string =>
  namings.map(({ signature, bits }) => `${signature} (${Math.floor(bits)} bits)`).join(", ");
