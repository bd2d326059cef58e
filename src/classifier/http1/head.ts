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

const REQUEST_END = /^ HTTP\/1\.[01]$/;
const REQUEST_END_LENGTH = 9;
const STATUS_LINE = /^HTTP\/1\.[01] [1-5][0-9]{2}(?: |$)/;
/** RFC 9110 §5.6.2: what a field's name is made of. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const CODING = /^[A-Za-z0-9-]+$/;
const LENGTH = /^[0-9]+$/;

/** Is this line, without its end, one that a message begins with? */
export const isStartLine = (line: string, isRequest: boolean): boolean =>
  isRequest ? methodOf(line) !== undefined : STATUS_LINE.test(line);

/** The method of a request line: in front of the first blank, with a target before the version. */
function methodOf(line: string): string | undefined {
  const blank = line.indexOf(" ");
  const end = line.length - REQUEST_END_LENGTH;
  return blank > 0 && blank < end && REQUEST_END.test(line.slice(end))
    ? line.slice(0, blank)
    : undefined;
}

/**
 * Reads a whole head. Undefined where it is none, and where two readers may disagree about its end (§6.1, §6.3, §11.2):
 * lengths that differ, a length beside chunks, a coding in HTTP/1.0, a CR without LF, a field without a colon or whose name
 * is no token, with a blank in front of the colon too (§5.1).
 */
export function readHead(text: string, isRequest: boolean): Head | undefined {
  if (/\r(?!\n)/.test(text)) return undefined;
  const [start = "", ...lines] = text.split(/\r?\n/);
  if (!isStartLine(start, isRequest)) return undefined;
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
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0));
    if (!TOKEN.test(name)) return undefined;
    const field = name.toLowerCase();
    isFraming = field === "content-length" || field === "transfer-encoding";
    if (!isFraming) continue;
    const values = line.slice(colon + 1).split(",");
    const into = field === "content-length" ? lengths : codings;
    into.push(...values.map(withoutBlanks));
  }
  const isOld = isRequest ? start.endsWith("0") : start.startsWith("HTTP/1.0");
  if (codings.length > 0 && (lengths.length > 0 || isOld)) return undefined;
  let body: number | undefined = isRequest ? 0 : UNTIL_CLOSE;
  if (codings.length > 0) body = bodyOfCodings(codings, isRequest);
  else if (lengths.length > 0) body = bodyOfLengths(lengths);
  if (body === undefined) return undefined;
  return isRequest
    ? { method: methodOf(start)!, status: 0, body }
    : { method: "", status: Number(start.slice(9, 12)), body };
}

/** §6.3: chunks come last and once; without them a response goes on until the end, and a request must not be. */
function bodyOfCodings(codings: readonly string[], isRequest: boolean): number | undefined {
  if (!codings.every((coding) => CODING.test(coding))) return undefined;
  const chunked = codings.findIndex((coding) => coding.toLowerCase() === "chunked");
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
