/** The head of an HTTP/1 message, as far as it tells where the message ends: RFC 9112 §2 … §6. */

/** Instead of a body's length: it is in chunks (§7.1), or goes on until the connection ends (§6.3). */
export const CHUNKED = -1;
export const UNTIL_CLOSE = -2;

export interface Head {
  /** Of a request. */
  readonly method: string;
  /** Of a response; 0 of a request. */
  readonly status: number;
  /** Bytes of the body as the fields tell, CHUNKED or UNTIL_CLOSE. */
  readonly body: number;
}

const REQUEST_LINE = /^(?<method>[^ ]+) .* HTTP\/1\.(?<version>[01])$/;
const STATUS_LINE = /^HTTP\/1\.(?<version>[01]) (?<status>[1-5][0-9]{2})(?: |$)/;
/** Some take blanks in front of the colon, and some do not (§5.1). */
const FRAMING_FIELD = /^(content-length|transfer-encoding)(\s*):/i;
const CODING = /^[a-z0-9-]+$/;
const LENGTH = /^[0-9]+$/;

/** Is this line, without its end, one that a message begins with? */
export const isStartLine = (line: string, isRequest: boolean): boolean =>
  (isRequest ? REQUEST_LINE : STATUS_LINE).test(line);

/**
 * Reads a whole head. Undefined where it is none, and where two readers may disagree about its end (§6.1, §6.3, §11.2):
 * lengths that differ, a length beside chunks, a coding in HTTP/1.0, a CR without LF, a field without a colon.
 */
export function readHead(text: string, isRequest: boolean): Head | undefined {
  if (/\r(?!\n)/.test(text)) return undefined;
  const [start = "", ...lines] = text.split(/\r?\n/);
  const parts = (isRequest ? REQUEST_LINE : STATUS_LINE).exec(start)?.groups;
  if (parts === undefined) return undefined;
  const lengths: string[] = [];
  const codings: string[] = [];
  let isFraming = false;
  for (const line of lines) {
    if (line === "") continue;
    // A line that goes on with the one before it (§5.2) is no matter, unless that one tells the end.
    if (line.startsWith(" ") || line.startsWith("\t")) {
      if (isFraming) return undefined;
      continue;
    }
    if (line.indexOf(":") <= 0) return undefined;
    const field = FRAMING_FIELD.exec(line);
    isFraming = field !== null;
    if (field === null) continue;
    if (field[2] !== "") return undefined;
    const values = line.slice(field[0].length).toLowerCase().split(",");
    const into = field[1]!.toLowerCase() === "content-length" ? lengths : codings;
    into.push(...values.map(withoutBlanks));
  }
  if (codings.length > 0 && (lengths.length > 0 || parts["version"] === "0")) return undefined;
  let body: number | undefined = isRequest ? 0 : UNTIL_CLOSE;
  if (codings.length > 0) body = bodyOfCodings(codings, isRequest);
  else if (lengths.length > 0) body = bodyOfLengths(lengths);
  if (body === undefined) return undefined;
  return { method: parts["method"] ?? "", status: Number(parts["status"] ?? 0), body };
}

/** §6.3: chunks come last and once; without them a response goes on until the end, and a request must not be. */
function bodyOfCodings(codings: readonly string[], isRequest: boolean): number | undefined {
  if (!codings.every((coding) => CODING.test(coding))) return undefined;
  const chunked = codings.indexOf("chunked");
  if (chunked < 0) return isRequest ? undefined : UNTIL_CLOSE;
  return chunked === codings.length - 1 ? CHUNKED : undefined;
}

/** §6.3: a list of the same number is that number. */
function bodyOfLengths(lengths: readonly string[]): number | undefined {
  const numbers = new Set(
    lengths.map((length) => (LENGTH.test(length) ? Number(length) : undefined)),
  );
  const [number] = numbers;
  return numbers.size === 1 && Number.isSafeInteger(number) ? number : undefined;
}

/** Without blanks around it, and in linear time, which a pattern would not take. */
function withoutBlanks(value: string): string {
  const isBlank = (at: number) => value[at] === " " || value[at] === "\t";
  let begin = 0;
  let end = value.length;
  while (begin < end && isBlank(begin)) begin++;
  while (end > begin && isBlank(end - 1)) end--;
  return value.slice(begin, end);
}
