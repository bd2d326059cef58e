/** The story as text, for a terminal or a file. Nothing of the traffic reaches a terminal unseen. */
import { BACKGROUNDS } from "../language/catalog.js";
import { sayFall } from "../language/falls.js";
import { isInParts } from "./why.js";
import type { Endpoint } from "../record/record.js";
import { plain, type Style, type Tone } from "../sinks/style.js";
import {
  cutEnd,
  formatAmount,
  formatCount,
  formatTable,
  makeVisible,
  measure,
  padStart,
} from "../sinks/terminal.js";
import type {
  BackgroundBits,
  Said,
  Story,
  StoryEvidence,
  StoryMark,
  StoryStep,
  Way,
} from "./story.js";

export interface TextOptions {
  style?: Style | undefined;
  /** Cells of a line; without it nothing is cut. */
  width?: number | undefined;
}

/** Cells of a pattern in words. */
const PATTERN_MOST = 120;

const arrows: Record<Way, string> = { toServer: "→", toClient: "←" };
const speakers: Record<Way, string> = { toServer: "client", toClient: "server" };

/** Lines, each with its line end. */
export function formatStory(story: Story, { style = plain, width = Infinity }: TextOptions = {}) {
  const blocks = [
    titleLines(story, style, width),
    story.differences.length > 0 ? differenceLines(story) : [],
    packetLines(story, style),
    ...story.said.map((said) => saidLines(said, style, width)),
    story.evidence ? evidenceLines(story.evidence, style, width) : [],
    factLines(story, style),
    otherLines(story, style),
    fallenLines(story, style, width),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(""))
    .join("\n");
}

// ── Head ─────────────────────────────────────────────────────────────────────────────────────────

function titleLines({ record, why }: Story, style: Style, width: number): string[] {
  const { id, transport, client, server, evidence, candidates, ended } = record;
  const part = isInParts(record) ? ` part ${ended.part}` : "";
  const name = record.protocol ?? (candidates.length > 0 ? "several candidates" : "unknown");
  const grade = record.protocol === null ? "" : `  ${evidence.grade}`;
  const bits = evidence.bits > 0 ? `  ${evidence.bits} bits` : "";
  const ends = `${formatEndpoint(client)} → ${formatEndpoint(server)}`;
  const head = `flow ${id}${part}  ${transport}  ${ends}  ${name}${grade}${bits}`;
  return [
    style("strong", makeVisible(head)),
    ...why.flatMap((each) => wrap(makeVisible(each), width)),
  ];
}

function differenceLines({ differences }: Story): string[] {
  return [
    "The retelling below differs from what the engine found; please report it:",
    ...differences.map((each) => `  ${makeVisible(each)}`),
  ];
}

function packetLines({ packets, packetCount }: Story, style: Style): string[] {
  if (packets.length === 0) return [];
  const hasFlags = packets.some(({ flags }) => flags !== null);
  const rows = packets.map(({ number, time, direction, length, payload, flags }) => [
    `${number}`,
    time.toFixed(6),
    arrows[direction],
    formatCount(length),
    formatCount(payload),
    flags ?? "",
  ]);
  const heading = ["#", "time (s)", "", "length", "payload", hasFlags ? "flags" : ""];
  const left = packetCount - packets.length;
  const title =
    left > 0
      ? `Packets: the first ${formatCount(packets.length)} of ${formatCount(packetCount)} (→ to the server)`
      : "Packets (→ to the server)";
  return [
    title,
    ...table([heading, ...rows], ["end", "end", "start", "end", "end", "start"], style),
  ];
}

// ── Bytes ────────────────────────────────────────────────────────────────────────────────────────

const ROW = 16;

/** What a mark's bytes look like on a terminal. */
const toneOf = ({ fact, isEvidence }: StoryMark): Tone =>
  fact !== null && !isEvidence ? "strong" : fact !== null ? "likely" : "proved";

function saidLines(said: Said, style: Style, width: number): string[] {
  const bytes = said.bytes.split(" ").map((pair) => Number.parseInt(pair, 16));
  const marks = said.marks
    .filter(({ start }) => start < bytes.length)
    .map((mark, index) => ({ ...mark, number: index + 1 }));
  const what = said.isStream
    ? `the first ${formatAmount(said.length, "byte")}`
    : formatAmount(said.length, "byte");
  const cut = bytes.length < said.length ? `, ${formatAmount(bytes.length, "byte")} shown` : "";
  const title = `The ${speakers[said.direction]} says, ${said.isStream ? "from" : "in"} packet ${said.packet}: ${what}${cut}`;
  const lines = [title];
  for (let at = 0; at < bytes.length; at += ROW) {
    lines.push(...rowLines(bytes.slice(at, at + ROW), at, marks, style));
  }
  const cells = `${marks.length}`.length;
  return [
    ...lines,
    ...marks.map((mark) =>
      cutEnd(`  ${padStart(`${mark.number}`, cells)}  ${placeOf(mark)}  ${describe(mark)}`, width),
    ),
  ];
}

interface Numbered extends StoryMark {
  readonly number: number;
}

/** A row of the dump, and below it which bytes are marked: `└3──┘` under bytes of mark 3. */
function rowLines(row: readonly number[], at: number, marks: readonly Numbered[], style: Style) {
  const markAt = (offset: number) =>
    marks.find(({ start, end }) => start <= offset && offset < end);
  let digits = "";
  let text = "";
  let under = "";
  for (const [index, byte] of row.entries()) {
    const offset = at + index;
    const mark = markAt(offset);
    const tone = (content: string) => (mark ? style(toneOf(mark), content) : content);
    const gap = index === ROW / 2 ? "  " : index === 0 ? "" : " ";
    digits += gap + tone(byte.toString(16).padStart(2, "0"));
    text += tone(byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".");
    const isJoined = mark !== undefined && index > 0 && markAt(offset - 1) === mark;
    under += isJoined ? gap.replaceAll(" ", "─") : gap;
    under += mark ? underOf(mark, offset, at) : "  ";
  }
  const width = ROW * 3;
  const digitCells = row.length * 3 - 1 + (row.length > ROW / 2 ? 1 : 0);
  const offset = style("faint", at.toString(16).padStart(4, "0"));
  const line = `  ${offset}  ${digits}${" ".repeat(width - digitCells)}  ${text}`;
  return under.trim() === "" ? [line] : [line, style("faint", `        ${under}`.trimEnd())];
}

/** The two cells below a byte: a mark's first byte in a row has its number. */
function underOf({ start, end, number }: Numbered, offset: number, rowStart: number): string {
  const isFirst = offset === Math.max(start, rowStart);
  if (!isFirst) return offset === end - 1 ? "─┘" : "──";
  return `${number}`.padEnd(2, "─").slice(-2);
}

const placeOf = ({ start, end }: { start: number; end: number }) =>
  end - start > 1 ? `bytes ${start}…${end - 1}` : `byte ${start}`;

function describe({ pattern, value, fact, isEvidence }: StoryMark): string {
  const number =
    value === null ? "" : `; it is ${value > 0xffff ? `0x${value.toString(16)}` : value}`;
  const isFact = fact === null ? "" : `  [${fact}]`;
  return makeVisible(
    `${cutEnd(pattern, PATTERN_MOST)}${number}${isFact}${isEvidence ? "" : "  (for facts only)"}`,
  );
}

// ── Evidence ─────────────────────────────────────────────────────────────────────────────────────

function evidenceLines(evidence: StoryEvidence, style: Style, width: number): string[] {
  const rows: string[][] = [["part", "bytes", ...BACKGROUNDS]];
  const notes: string[] = [];
  for (const step of evidence.steps) {
    const number = step.steps > 1 ? `, step ${step.step} of ${step.steps}` : "";
    const later = step.isLater ? ", after the name was given" : "";
    rows.push([
      `${speakers[step.direction]}${isReversed(step) ? ` (as ${step.side})` : ""}, packet ${step.packet}${number}${later}`,
      range(step),
      ...bitCells(step.bits),
    ]);
    for (const part of step.parts)
      rows.push([`  ${part.pattern}`, range(part), ...bitCells(part.bits)]);
    notes.push(...step.relations.map((relation) => `  ${makeVisible(relation)}`));
  }
  rows.push(["together", "", ...bitCells(evidence.bits)]);
  const decided = BACKGROUNDS.map((name) => (name === evidence.decidedBy ? "decides" : ""));
  rows.push(["", "", ...decided]);
  const cells = 16 + BACKGROUNDS.length * 10;
  const most = Math.max(20, Math.min(72, width - cells));
  const fitted = rows.map(([part, ...others]) => [cutEnd(makeVisible(part!), most), ...others]);
  return [
    `Evidence for ${makeVisible(evidence.signature)}, in bits against each background (${evidence.threshold} name a flow)`,
    ...table(fitted, ["start", "start", ...BACKGROUNDS.map(() => "end" as const)], style),
    ...(notes.length > 0 ? ["Relations that held", ...notes] : []),
  ];
}

/** The client's words came from the server, or the other way round. */
const isReversed = ({ side, direction }: StoryStep): boolean =>
  (side === "client" || side === "server") && side !== speakers[direction];

const range = ({ start, end }: { start: number; end: number }) =>
  end > start + 1 ? `${start}…${end - 1}` : end > start ? `${start}` : "";

const bitCells = (bits: BackgroundBits) =>
  BACKGROUNDS.map((name) => {
    const value = bits[name];
    if (value === null) return "is it";
    return Math.abs(value) < 0.05 ? "0" : value.toFixed(1);
  });

function factLines({ facts }: Story, style: Style): string[] {
  if (facts.length === 0) return [];
  const rows = facts.map(({ name, value, level, direction, packet, start, end, dissector }) => [
    name,
    `${value}`,
    level,
    `${speakers[direction]}, packet ${packet}, ${placeOf({ start, end })}${dissector ? ` of ${dissector}` : ""}`,
  ]);
  return ["Facts", ...table(rows, ["start", "start", "start", "start"], style, false)];
}

function otherLines({ others }: Story, style: Style): string[] {
  if (others.length === 0) return [];
  const rows = others.map(({ signature, bits }) => [signature, formatAmount(bits, "bit")]);
  return ["Also still possible", ...table(rows, ["start", "end"], style, false)];
}

function fallenLines({ fallen, fallenCount }: Story, style: Style, width: number): string[] {
  if (fallen.length === 0) return [];
  const rows = fallen.map((fall) => [
    fall.signature,
    `${speakers[fall.direction]}, packet ${fall.packet}, byte ${fall.offset}`,
    makeVisible(
      `${sayFall({ ...fall, wanted: cutEnd(fall.wanted, PATTERN_MOST) })}${fall.bits > 0 ? `, after ${formatAmount(fall.bits, "bit")}` : ""}`,
    ),
  ]);
  const left = fallenCount - fallen.length;
  return [
    "Candidates that fell, those that came farthest first",
    ...table(rows, ["start", "start", "start"], style, false).map((line) => cutEnd(line, width)),
    ...(left > 0 ? [`  and ${formatCount(left)} more`] : []),
  ];
}

// ── Layout ───────────────────────────────────────────────────────────────────────────────────────

/** Rows of cells, whatever is in them, as indented lines; the first row may be the heading. */
function table(
  rows: readonly (readonly string[])[],
  align: readonly ("start" | "end")[],
  style: Style,
  hasHeading = true,
): string[] {
  return formatTable(
    rows.map((row) => row.map(makeVisible)),
    align,
  ).map((line, index) => `  ${hasHeading && index === 0 ? style("faint", line) : line}`);
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && measure(line) + 1 + measure(word) > Math.min(width, 100)) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function formatEndpoint({ address, port }: Endpoint): string {
  if (port === 0) return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
