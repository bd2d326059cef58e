/**
 * JSON lines: one record, or one event, a line.
 *
 * A line is what `JSON.stringify` makes of the record with its keys in the order of
 * {@link FlowRecord}, except that a few characters that JSON lets pass are escaped too: U+2028 and
 * U+2029, at which some readers end a line, and what a terminal may obey or nobody sees: U+007F … U+009F, and the
 * characters of format (Cf), which change the order of text or have no width.
 * A template instead of `JSON.stringify`: 0.9 µs a record, where that takes 2.1.
 */
import type {
  Candidate,
  Endpoint,
  FactValue,
  FlowRecord,
  PerDirection,
  SideLooks,
  TransactionEvent,
  TransactionsEndEvent,
  TrapEvent,
  VerdictEvent,
} from "../record/index.js";

/** One line, without its line end. */
export function formatJsonl(record: FlowRecord): string {
  const { ended, evidence, applicationEvidence: application } = record;
  return `{"schema":${record.schema},"id":${record.id},"network":"${record.network}","transport":${quote(
    record.transport,
  )},"client":${endpoint(record.client)},"server":${endpoint(record.server)},"start":${quote(
    record.start,
  )},"end":${quote(record.end)},"ended":{"reason":"${ended.reason}","part":${ended.part}},"packets":${perDirection(
    record.packets,
  )},"bytes":${perDirection(record.bytes)},"protocol":${orNull(record.protocol)},"stack":${list(
    record.stack,
    quote,
  )},"category":${orNull(record.category)},"evidence":{"grade":"${evidence.grade}","bits":${number(
    evidence.bits,
  )},"signature":${orNull(evidence.signature)},"packet":${evidence.packet},"flow":${evidence.flow}},"application":${orNull(
    record.application,
  )},"applicationEvidence":${
    application === null
      ? "null"
      : `{"grade":"${application.grade}","from":${quote(application.from)},"flow":${application.flow}}`
  },"facts":${facts(record.facts)},"notices":${list(record.notices, quote)},"candidates":${list(
    record.candidates,
    candidate,
  )},"portGuess":${orNull(record.portGuess)},"looks":${looks(
    record.looks,
  )},"flags":${list(record.flags, quote)},"vlan":${list(
    record.vlan,
    number,
  )},"tunnels":${list(record.tunnels, tunnel)},"history":${orNull(record.history)},"communityId":${orNull(
    record.communityId,
  )}}`;
}

/** All but the end of a flow, whose line is its record. */
export type ShownEvent = VerdictEvent | TransactionEvent | TransactionsEndEvent | TrapEvent;

/**
 * An event's line. It opens with `{"type":`, a record's with `{"schema":`, so that one file can hold
 * both and a reader tells them apart.
 */
export function formatEvent(event: ShownEvent): string {
  if (event.type === "trap") {
    const { type, call, file, packet, offset, cause } = event;
    return json({ type, call, file, packet, offset, cause });
  }
  const { type, flow, protocol } = event;
  if (event.type === "transactions-end") {
    const { reason, seconds, nanoseconds } = event;
    return json({ type, flow, protocol, reason, seconds, nanoseconds });
  }
  if (event.type === "verdict") {
    const { state, evidence, candidates, seconds, nanoseconds } = event;
    return json({ type, flow, state, protocol, evidence, candidates, seconds, nanoseconds });
  }
  return json({
    type,
    flow,
    protocol,
    request: event.request,
    response: event.response,
    facts: event.facts,
  });
}

/** As `JSON.stringify`, with the further escapes of this file. */
export function json(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(escapedFurther, escape);
}

/** Text with what JSON escapes as `\u…`, and what this file does, written that way; quotes stay. */
export const escapeControls = (text: string): string =>
  printable.test(text) ? text : text.replace(controls, escape);

const printable = /^[\x20-\x7e]*$/;
/** Control characters, what is invisible or changes the order of text, and surrogates that have lost their other half. */
const controls = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const escapedFurther = /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu;
/** A character of two code units is two escapes, as JSON wants it. */
const escape = (character: string) =>
  Array.from({ length: character.length }, (_, unit) =>
    escapeUnit(character.charCodeAt(unit)),
  ).join("");
const escapeUnit = (unit: number) => `\\u${unit.toString(16).padStart(4, "0")}`;

/** Anything but printable ASCII without `"` and `\`. */
const unsafe = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;

const quote = (text: string) => (unsafe.test(text) ? json(text) : `"${text}"`);

const orNull = (text: string | null) => (text === null ? "null" : quote(text));

/** JSON has no NaN and no infinity. */
const number = (value: number) => (Number.isFinite(value) ? `${value}` : "null");

const endpoint = ({ address, port }: Endpoint) => `{"address":${quote(address)},"port":${port}}`;

const perDirection = ({ toServer, toClient }: PerDirection) =>
  `{"toServer":${toServer},"toClient":${toClient}}`;

const candidate = ({ protocol, signature, bits }: Candidate) =>
  `{"protocol":${quote(protocol)},"signature":${quote(signature)},"bits":${number(bits)}}`;

const tunnel = ({ type, vni }: FlowRecord["tunnels"][number]) =>
  `{"type":${quote(type)},"vni":${vni}}`;

const looks = (value: FlowRecord["looks"]) =>
  value === null
    ? "null"
    : `{"toServer":${sideLooks(value.toServer)},"toClient":${sideLooks(value.toClient)}}`;

const sideLooks = (value: SideLooks | null) =>
  value === null
    ? "null"
    : `{"kind":"${value.kind}","format":${orNull(value.format)},"entropy":${number(
        value.entropy,
      )},"bytes":${value.bytes}}`;

function list<T>(values: readonly T[], format: (value: T) => string): string {
  if (values.length === 0) return "[]";
  let text = `[${format(values[0]!)}`;
  for (let index = 1; index < values.length; index++) text += `,${format(values[index]!)}`;
  return `${text}]`;
}

/** Own keys only, `__proto__` among them: a fact's name is not trusted to be harmless. */
function facts(values: Record<string, FactValue>): string {
  let text = "{";
  for (const name of Object.keys(values)) {
    text += `${text.length > 1 ? "," : ""}${quote(name)}:${fact(values[name]!)}`;
  }
  return `${text}}`;
}

const fact = (value: FactValue) => (Array.isArray(value) ? list(value, scalar) : scalar(value));

const scalar = (value: string | number) =>
  typeof value === "string" ? quote(value) : number(value);
