/** The totals of a run, for people: what was read, what it was, what was not understood and why. */
import type {
  Counters,
  FlowRecord,
  Grade,
  ProtocolTotal,
  Summary,
  Unhandled,
} from "../record/index.js";
import { type Style, type Tone, plain } from "./style.js";
import {
  cutEnd,
  formatAmount,
  formatBytes,
  formatCount,
  makeVisible,
  measure,
  padEnd,
  padStart,
} from "./terminal.js";

export interface SummaryOptions {
  style?: Style | undefined;
  /** Cells of a line; without it nothing is cut. */
  width?: number | undefined;
}

/** Protocols, and reasons, that are listed one by one. */
const LISTED = 12;

/** Lines, each with its line end. */
export function formatSummary(
  summary: Summary,
  { style = plain, width = Infinity }: SummaryOptions = {},
): string {
  const blocks = [
    [style("strong", cutEnd(totalsLine(summary), width))],
    protocolLines(summary.protocols, width, style),
    looksLines(summary, width),
    unhandledLines(summary, width),
    remarkLines(summary.counters, width),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(""))
    .join("\n");
}

function totalsLine({ flows, packets, bytes, seconds }: Summary): string {
  const span = packets === 0 ? "" : ` in ${formatDuration(seconds)}`;
  return `${formatAmount(flows, "flow")}, ${formatAmount(packets, "packet")}, ${formatBytes(bytes)}${span}`;
}

/** Payload spoke for it ●, it spoke and the port agrees ◐, a header or a guess says it ○. */
const marks: Record<Grade, string> = {
  payload: "●",
  session: "◎",
  corroborated: "◐",
  header: "○",
  host: "○",
  dns: "○",
  address: "○",
  none: " ",
};
const legend: readonly (readonly [mark: string, meaning: string])[] = [
  ["●", "proved by payload"],
  ["◎", "announced by flow #"],
  ["◐", "payload and port agree"],
  ["○", "header, or a guess (?)"],
];

/** The mark of a record's protocol. */
export function markOf(record: FlowRecord): string {
  if (record.protocol !== null) return marks[record.evidence.grade];
  if (record.candidates.length > 0) return "◐";
  return record.portGuess === null ? " " : "○";
}

const tones: Partial<Record<string, Tone>> = { "●": "proved", "◎": "proved", "◐": "likely" };

function protocolLines(protocols: readonly ProtocolTotal[], width: number, style: Style): string[] {
  if (protocols.length === 0) return [];
  const listed = protocols.slice(0, LISTED).map(({ name, grade = "none", ...totals }) => {
    const mark = name === null ? " " : marks[grade];
    return { mark, name: name === null ? "unknown" : makeVisible(name), ...totals };
  });
  const others = protocols.slice(LISTED);
  if (others.length > 0) {
    const sum = (key: "flows" | "packets" | "bytes") =>
      others.reduce((total, other) => total + other[key], 0);
    listed.push({
      mark: " ",
      name: `${formatCount(others.length)} others`,
      flows: sum("flows"),
      packets: sum("packets"),
      bytes: sum("bytes"),
    });
  }
  const rows = [
    ["protocol", "flows", "packets", "bytes"],
    ...listed.map(({ name, flows, packets, bytes }) => [
      name,
      formatCount(flows),
      formatCount(packets),
      formatBytes(bytes),
    ]),
  ];
  const cells = [0, 1, 2, 3].map((index) => Math.max(...rows.map((row) => measure(row[index]!))));
  const numbers = 2 + cells[1]! + 2 + cells[2]! + 2 + cells[3]! + 2;
  const nameCells = Math.max(4, Math.min(cells[0]!, width - numbers));
  const lines = rows.map(([name, ...counts], index) => {
    const mark = listed[index - 1]?.mark ?? " ";
    const text = padEnd(cutEnd(name!, nameCells), nameCells);
    const numbersText = counts.map((count, column) => `  ${padStart(count, cells[column + 1]!)}`);
    const start = `${mark} ${text}`;
    const line = cutEnd(start + numbersText.join(""), width);
    if (index === 0) return style("faint", line);
    const tone = tones[mark];
    if (tone === undefined) return line;
    return style(tone, line.slice(0, start.length)) + line.slice(start.length);
  });
  // What is unknown may be a guess, and then has its mark in the table.
  const used = new Set(listed.map(({ mark, name }) => (name === "unknown" ? "○" : mark)));
  const shown = legend.filter(([mark]) => used.has(mark));
  const legendText = shown.map(([mark, meaning]) => `${mark} ${meaning}`).join("  ");
  return legendText === "" ? lines : [...lines, style("faint", cutEnd(legendText, width))];
}

function looksLines({ looks }: Summary, width: number): string[] {
  if (looks.length === 0) return [];
  const told = looks.map(({ kind, flows }) => `${formatCount(flows)} ${kind}`).join(", ");
  return [cutEnd(`What unknown flows look like: ${told}`, width)];
}

function unhandledLines({ unhandled, counters }: Summary, width: number): string[] {
  if (unhandled.length === 0) return [];
  const sum = (rows: readonly Unhandled[], key: "packets" | "bytes") =>
    rows.reduce((total, row) => total + row[key], 0);
  const packets = Math.max(counters.noFlow, sum(unhandled, "packets"));
  const listed = unhandled
    .slice(0, LISTED)
    .map((row) => [formatCount(row.packets), formatBytes(row.bytes), makeVisible(row.name)]);
  const others = unhandled.slice(LISTED);
  if (others.length > 0) {
    listed.push([
      formatCount(sum(others, "packets")),
      formatBytes(sum(others, "bytes")),
      `${formatAmount(others.length, "other reason")}`,
    ]);
  }
  const cells = [0, 1].map((index) => Math.max(...listed.map((row) => row[index]!.length)));
  return [
    cutEnd(`Not understood, so in no flow: ${formatAmount(packets, "packet")}`, width),
    ...listed.map(([count, bytes, name]) =>
      cutEnd(`  ${padStart(count!, cells[0]!)}  ${padStart(bytes!, cells[1]!)}  ${name}`, width),
    ),
  ];
}

/** What each counter means for the reader of the records; `noFlow` is told above. */
const remarks: readonly (readonly [keyof Counters, noun: string, text: string])[] = [
  ["malformed", "packet", "with a malformed header"],
  ["fragments", "IP fragment", "of datagrams that were not put together"],
  ["datagramsIncomplete", "datagram", "of which fragments are missing"],
  ["datagramsEvicted", "datagram", "given up early: no memory left for fragments"],
  ["fragmentsOverlapping", "IP fragment", "that contradicts another"],
  ["duplicates", "packet", "seen twice, as a mirror port gives them; each is counted"],
  ["timeBackwards", "packet", "earlier than one before"],
  ["evicted", "flow", "ended early: the flow table was full (--max-flows)"],
  ["expectationsEvicted", "announcement", "of flows forgotten early: there were too many"],
  ["namesEvicted", "name", "of an address forgotten early: there were too many"],
  ["inspectionDenied", "flow", "not inspected: no memory left for it"],
  ["prefixDenied", "direction", "inspected in part: no memory left for it"],
  ["factsDenied", "fact", "or waiting message not kept: no memory left for it"],
  ["gaps", "TCP gap", "given up while a flow was inspected"],
  ["segmentsDropped", "TCP segment", "too far out of order to be kept"],
  ["contextOverflow", "packet", "of VLANs or tunnels that could not be told apart any more"],
  ["unhandledOverflow", "packet", "not understood for reasons not listed"],
  ["budget", "match", "ended by its step budget"],
  ["candidatesDropped", "candidate", "dropped: a flow had too many"],
  ["traps", "failure", "of the engine, each a bug: flows were cut (engine-lost)"],
  ["flowsLost", "flow", "without a record, because the engine failed"],
];

function remarkLines(counters: Counters, width: number): string[] {
  const lines = remarks.flatMap(([key, noun, text]) => {
    const count = counters[key];
    return count > 0 ? [cutEnd(`  ${formatAmount(count, noun)} ${text}`, width)] : [];
  });
  return lines.length === 0 ? [] : ["Remarks", ...lines];
}

/**
 * A time span with two digits or so.
 * @example
 * formatDuration(0.0042) // "4.2 ms"
 * formatDuration(90) // "90 s"
 */
export function formatDuration(seconds: number): string {
  const scales: [from: number, unit: string, seconds: number][] = [
    [86_400 * 2, "days", 86_400],
    [3600 * 2, "h", 3600],
    [60 * 2, "min", 60],
    [1, "s", 1],
    [0, "ms", 0.001],
  ];
  const [, unit, scale] = scales.find(([from]) => seconds >= from) ?? scales.at(-1)!;
  const value = seconds / scale;
  return `${value > 0 && value < 9.95 ? value.toFixed(1) : formatCount(Math.round(value))} ${unit}`;
}
