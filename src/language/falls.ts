/** Where signatures fell: what was wanted there, and what stood there. For samples, and for `explain`. */
import { hexOf, toBytes } from "./bytes.js";
import {
  type Candidate,
  CLIENT,
  type Fall,
  listen,
  type Listener,
  type Step,
} from "./conversation.js";
import type { Conversation, Definition } from "./definition.js";
import type { Pattern } from "./pattern.js";
import { sayBeginning } from "./words.js";

const FOUND_MOST = 8;

/** One fall a signature, those that came farthest first; none of those that matched after all. */
export function farthestFalls({ candidates, fallen }: Listener): Fall[] {
  const standing = new Set(candidates.map(({ name }) => name));
  const falls = new Map<string, Fall>();
  for (const fall of fallen) {
    const { name } = fall.candidate;
    const known = falls.get(name);
    if (!standing.has(name) && (!known || isFarther(fall, known))) falls.set(name, fall);
  }
  return [...falls.values()].sort((a, b) => (isFarther(a, b) ? -1 : isFarther(b, a) ? 1 : 0));
}

const depthOf = ({ candidate, step }: Fall): [steps: number, reached: number] => [
  candidate.matched.length,
  step.start + (step.match.failure?.reached ?? 0),
];

function isFarther(a: Fall, b: Fall): boolean {
  const [stepsA, reachedA] = depthOf(a);
  const [stepsB, reachedB] = depthOf(b);
  return stepsA > stepsB || (stepsA === stepsB && reachedA > reachedB);
}

/** Whose words a step is, as the signature calls it. */
export const sideOf = ({ signature }: Candidate, { role }: Step) =>
  signature.first ? (role === CLIENT ? "first" : "reply") : role === CLIENT ? "client" : "server";

export interface ToldFall {
  /** Where in what was said, what was wanted there, and the bytes that stand there, in hexadecimal. */
  readonly offset: number;
  readonly wanted: string;
  readonly found: string;
  /** The number that was found, where one was wanted. */
  readonly value: number | null;
}

/** @param bytes what was said: the stream, or the datagram */
export function tellFall({ step }: Fall, bytes: Uint8Array): ToldFall {
  const { failure } = step.match;
  const offset = step.start + (failure?.start ?? 0);
  return {
    offset,
    wanted: failure ? sayBeginning(failure.pattern) : "more",
    found: hexOf(bytes.subarray(offset, offset + Math.min(FOUND_MOST, widthOf(failure?.pattern)))),
    value: failure?.value ?? null,
  };
}

/** `found 00 09, wanted length (16 bits): 8` */
export const sayFall = ({ found, value, wanted }: ToldFall): string =>
  `found ${found !== "" ? found : value === null ? "nothing more" : value}, wanted ${wanted}`;

/**
 * Where the signatures of a protocol fell that a conversation does not match, the farthest first.
 * @example
 * `fastcgi/exchange, client 1: fell at byte 4: found 00 09, wanted length (16 bits): 8`
 */
export function sayFalls(definition: Definition, conversation: Conversation): string[] {
  const { transport, messages } = conversation;
  return farthestFalls(listen([definition], conversation, { trace: true })).map((fall) => {
    const { candidate, step } = fall;
    const own = messages.filter(({ from }) => from === (step.way === 0 ? "client" : "server"));
    const said =
      transport === "tcp" ? own.map(({ bytes }) => bytes).join("") : messages[step.packet]!.bytes;
    const told = tellFall(fall, toBytes(said));
    const what = sayFall({ ...told, wanted: shortened(told.wanted) });
    return `${candidate.name}, ${sideOf(candidate, step)} ${step.index + 1}: fell at byte ${told.offset}: ${what}`;
  });
}

/** Bytes to show of those that a pattern did not match. */
function widthOf(pattern: Pattern | undefined): number {
  switch (pattern?.kind) {
    case "literal":
      return Math.min(FOUND_MOST, pattern.text.length);
    case "number":
      return pattern.width;
    case "byte":
      return 1;
    case "room":
    case "remains":
    case "check":
    case "equal":
    case "repeats":
    case "advances":
      return 0;
    case "either":
      return Math.max(...pattern.alternatives.map(([first]) => widthOf(first)));
    case "after-lines":
    case "within":
    case "repeat":
    case "times":
    case "capture":
    case "capped":
      return widthOf(pattern.body[0]);
    default:
      return FOUND_MOST;
  }
}

const PATTERN_MOST = 120;
const shortened = (text: string) =>
  text.length > PATTERN_MOST ? `${text.slice(0, PATTERN_MOST - 1)}…` : text;
