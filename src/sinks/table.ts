/**
 * The table: one row a flow, for people. It fits the terminal: columns that matter less give way
 * first. The first {@link HELD} records are held back, so that columns can be as wide as their
 * content and a small capture is shown in order of first packets; later rows follow as flows end, in
 * the widths that were chosen. Nothing from the traffic reaches a terminal unseen or unmeasured.
 */
import type { Endpoint, FlowRecord, Looks } from "../record/index.js";
import type { Sink } from "./sink.js";
import { type Style, plain } from "./style.js";
import { formatSummary, markOf } from "./summary.js";
import {
  cutEnd,
  cutMiddle,
  formatBytes,
  formatCount,
  makeVisible,
  measure,
  padEnd,
  padStart,
} from "./terminal.js";

export interface TableOptions {
  write(text: string): void;
  /** Cells of a line. Without it nothing is cut: rows are as long as they need to be. */
  width?: number | undefined;
  style?: Style | undefined;
  /** Totals below the table. */
  summary?: boolean | undefined;
}

/** Records held back before the first row is written: about a screen's worth of scrolling back. */
const HELD = 1000;

/** Cells below which no table makes sense; a narrower terminal wraps its lines. */
const NARROWEST = 20;

interface Column {
  readonly heading: string;
  readonly align: "start" | "end";
  /** What a wide terminal shows. */
  text(record: FlowRecord, origin: number): string;
  /** A shorter form for fewer cells; without it, the text is cut at its end. */
  fit?(record: FlowRecord, cells: number): string;
  style?(record: FlowRecord): Parameters<Style>[0] | undefined;
  /** Cells that it is still good to read with. Columns without it never shrink. */
  readonly good?: number;
  /** Most cells it asks for where nothing is cut; longer texts stick out. */
  readonly most?: number;
  /** Cells it asks for while more rows, unknown yet, will follow. */
  readonly usual: number;
  /** The lower, the sooner it is left out. Those of {@link KEPT} stay. */
  readonly worth: number;
  /** Cells between it and the column before it. */
  readonly gap: number;
}

/** Worth from which on a column is never left out: the number to explain it by, server, protocol, name. */
const KEPT = 8;

const columns: readonly Column[] = [
  {
    heading: "#",
    align: "end",
    text: ({ id }) => `${id}`,
    style: () => "faint",
    usual: 5,
    worth: 8,
    gap: 0,
  },
  {
    heading: "time (s)",
    align: "end",
    text: ({ start }, origin) => (toSeconds(start) - origin).toFixed(3),
    style: () => "faint",
    usual: 9,
    worth: 4,
    gap: 2,
  },
  {
    heading: "client",
    align: "start",
    text: ({ client }) => formatEndpoint(client),
    fit: ({ client }, cells) =>
      // A client's port is chosen at random and says least.
      client.address.length <= cells ? client.address : cutMiddle(client.address, cells),
    good: 15,
    usual: 21,
    worth: 6,
    gap: 2,
  },
  {
    heading: "→ server",
    align: "start",
    text: ({ server }) => `→ ${formatEndpoint(server)}`,
    fit: ({ server }, cells) => `→ ${shortenEndpoint(server, cells - 2)}`,
    good: 20,
    usual: 23,
    worth: 9,
    gap: 1,
  },
  {
    heading: "transport",
    align: "start",
    text: ({ transport }) => transport,
    usual: 9,
    worth: 1,
    gap: 2,
  },
  {
    heading: "  protocol",
    align: "start",
    text: (record) => `${markOf(record)} ${protocolText(record, record.stack.join("/"))}`,
    fit: (record, cells) => cutEnd(`${markOf(record)} ${protocolText(record, null)}`, cells),
    style: (record) =>
      record.protocol === null
        ? "faint"
        : record.evidence.grade === "payload" || record.evidence.grade === "session"
          ? "proved"
          : record.evidence.grade === "corroborated"
            ? "likely"
            : undefined,
    good: 10,
    usual: 14,
    worth: 10,
    gap: 2,
  },
  {
    heading: "name",
    align: "start",
    text: nameText,
    fit: (record, cells) => cutMiddle(makeVisible(nameText(record)), cells),
    style: ({ application }) => (application === null ? undefined : "strong"),
    good: 16,
    most: 60,
    usual: 28,
    worth: 8,
    gap: 2,
  },
  {
    heading: "packets",
    align: "end",
    text: ({ packets }) => formatCount(packets.toServer + packets.toClient),
    usual: 7,
    worth: 3,
    gap: 2,
  },
  {
    heading: "bytes",
    align: "end",
    text: ({ bytes }) => formatBytes(bytes.toServer + bytes.toClient),
    usual: 7,
    worth: 7,
    gap: 2,
  },
  {
    heading: "flags",
    align: "start",
    text: flagsText,
    style: () => "faint",
    good: 9,
    usual: 9,
    worth: 5,
    gap: 2,
  },
];

interface Placed {
  readonly column: Column;
  cells: number;
}

/** Writes a table; see the top of this file. */
export function tableSink(options: TableOptions): Sink {
  const { write, style = plain, summary = true } = options;
  const width = options.width === undefined ? undefined : Math.max(options.width, NARROWEST);
  let held: FlowRecord[] = [];
  let placed: Placed[] | undefined;
  let origin = 0;

  /** Chooses the columns, and writes the heading and the rows held back. */
  const begin = (isAll: boolean) => {
    if (isAll) held.sort((a, b) => a.id - b.id || a.ended.part - b.ended.part);
    origin = held.reduce((least, { start }) => Math.min(least, toSeconds(start)), Infinity);
    placed = place(held, origin, width, isAll);
    write(`${formatHeading(placed, style)}\n`);
    for (const record of held) writeRow(placed, record);
    held = [];
  };
  const writeRow = (row: readonly Placed[], record: FlowRecord) =>
    write(`${formatRow(row, record, origin, width !== undefined, style)}\n`);

  return {
    write(record) {
      if (placed !== undefined) return writeRow(placed, record);
      held.push(record);
      if (held.length === HELD) begin(false);
    },
    flush() {
      if (held.length > 0) begin(false);
    },
    end(totals) {
      if (held.length > 0) begin(true);
      if (!summary || totals === undefined) return;
      write(`${placed === undefined ? "" : "\n"}${formatSummary(totals, { style, width })}`);
    },
  };
}

/** Chooses columns and their widths for the records known so far. */
function place(
  records: readonly FlowRecord[],
  origin: number,
  width: number | undefined,
  isAll: boolean,
): Placed[] {
  const wanted = columns.map((column): Placed => {
    let cells = isAll ? 0 : column.usual;
    for (const record of records) cells = Math.max(cells, measure(textOf(column, record, origin)));
    if (width === undefined) cells = Math.min(cells, column.most ?? cells);
    return { column, cells: cells === 0 ? 0 : Math.max(cells, measure(column.heading)) };
  });
  const filled = wanted.filter(({ cells }) => cells > 0);
  if (width === undefined) return filled;
  const placed = choose(filled, width);
  narrow(placed, width, records);
  return placed;
}

/** Those columns that fit with good widths, the worthiest first; they stay in order. */
function choose(filled: readonly Placed[], width: number): Placed[] {
  let chosen: Placed[] = [];
  for (const each of filled.toSorted((a, b) => b.column.worth - a.column.worth)) {
    const tried = filled.filter((other) => other === each || chosen.includes(other));
    const isFitting = sum(tried, goodCells) <= width;
    if (isFitting || each.column.worth >= KEPT) chosen = tried;
  }
  return chosen;
}

/** Narrows columns until all fit: first clients' ports go, then the column with most room gives. */
function narrow(placed: readonly Placed[], width: number, records: readonly FlowRecord[]): void {
  const excess = () => sum(placed, ({ cells }) => cells) - width;
  for (const each of placed) {
    if (each.column.heading !== "client") continue;
    const address = records.reduce((most, { client }) => Math.max(most, client.address.length), 9);
    each.cells = Math.max(Math.min(each.cells, address), each.cells - Math.max(0, excess()));
  }
  const room = (each: Placed) => each.cells - goodCells(each);
  while (excess() > 0) {
    const widest = placed.reduce((best, each) =>
      room(each) > room(best) || (room(each) === room(best) && each.cells > best.cells)
        ? each
        : best,
    );
    widest.cells--; // below what is good only where even the columns that stay do not fit
  }
}

const goodCells = ({ column, cells }: Placed) => Math.min(cells, column.good ?? cells);

const sum = (placed: readonly Placed[], cells: (place: Placed) => number) =>
  placed.reduce(
    (total, each, index) => total + cells(each) + (index === 0 ? 0 : each.column.gap),
    0,
  );

function formatHeading(placed: readonly Placed[], style: Style): string {
  const line = placed.map(({ column, cells }, index) => {
    const text = cutEnd(column.heading, cells);
    return gapBefore(column, index) + pad(text, column.align, cells);
  });
  return style("faint", line.join("").trimEnd());
}

function formatRow(
  placed: readonly Placed[],
  record: FlowRecord,
  origin: number,
  isCut: boolean,
  style: Style,
): string {
  let line = "";
  for (const [index, { column, cells }] of placed.entries()) {
    let text = textOf(column, record, origin);
    if (isCut && measure(text) > cells) {
      const shorter = column.fit?.(record, cells);
      text = cutEnd(shorter === undefined ? text : makeVisible(shorter), cells);
    }
    const tone = column.style?.(record);
    const styled = tone === undefined || text === "" ? text : style(tone, text);
    const missing = " ".repeat(Math.max(0, cells - measure(text)));
    line += gapBefore(column, index);
    line += column.align === "end" ? missing + styled : styled + missing;
  }
  return line.trimEnd();
}

/** The one way from a record to the screen: nothing gets there that was not made visible. */
const textOf = (column: Column, record: FlowRecord, origin: number) =>
  makeVisible(column.text(record, origin));

const gapBefore = (column: Column, index: number) => " ".repeat(index === 0 ? 0 : column.gap);

const pad = (text: string, align: Column["align"], cells: number) =>
  align === "end" ? padStart(text, cells) : padEnd(text, cells);

/** RFC 3339 to seconds since 1970; good to a microsecond, which is more than the table shows. */
const toSeconds = (time: string) =>
  Date.parse(`${time.slice(0, 19)}Z`) / 1000 + Number(`0${time.slice(19, -1)}`);

function formatEndpoint({ address, port }: Endpoint): string {
  if (port === 0) return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Keeps the port, which says more than the middle of the address. */
function shortenEndpoint({ address, port }: Endpoint, cells: number): string {
  const whole = formatEndpoint({ address, port });
  const rest = measure(whole) - measure(address);
  return port === 0 || cells - rest < 4
    ? cutMiddle(whole, cells)
    : formatEndpoint({ address: cutMiddle(address, cells - rest), port });
}

/** The proved name; where there is none, what it could be, with a question mark. */
function protocolText(
  { protocol, evidence, candidates, portGuess }: FlowRecord,
  stack: string | null,
) {
  if (protocol !== null) {
    return evidence.grade === "session"
      ? `${stack || protocol} #${evidence.flow}`
      : stack || protocol;
  }
  const guesses = new Set(candidates.map((candidate) => candidate.protocol));
  const guess = guesses.size > 0 ? [...guesses].join("|") : portGuess;
  return guess === null ? "unknown" : `${guess}?`;
}

/** Facts that name whom a flow speaks to, or what answers, the most telling first. */
const NAMING_FACTS = [
  "tls.sni",
  "quic.sni",
  "http.host",
  "dns.name",
  "smtp.server",
  "syslog.host",
  "ssh.software",
  "ftp.banner",
];

/** What the sides of a flow without a name look like, once where they look alike. */
function looksText({ toServer, toClient }: Looks): string {
  const sides = [toServer, toClient].flatMap((side) =>
    side === null ? [] : [side.format ?? side.kind],
  );
  return `(${[...new Set(sides)].join(" / ")})`;
}

function nameText({ application, facts, looks }: FlowRecord): string {
  if (application === null && looks !== null) return looksText(looks);
  const fact = NAMING_FACTS.find((name) => Object.hasOwn(facts, name));
  const value = fact === undefined ? undefined : facts[fact];
  const name = Array.isArray(value) ? value[0] : value;
  return [application, name].filter((part) => part !== null && part !== undefined).join(" · ");
}

function flagsText({ flags, ended }: FlowRecord): string {
  const isPart = ended.part > 1 || ended.reason === "active";
  return [...flags, ...(isPart ? [`part ${ended.part}`] : [])].join(" ");
}
