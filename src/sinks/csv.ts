/**
 * CSV after RFC 4180: a header row, CR LF, quotes where needed. Columns are named by their path in
 * the record. Lists of plain words (`stack`, `flags`, `vlan`) are separated by spaces; what has more
 * structure (`facts`, `notices`, `candidates`, `looks`, `tunnels`) is JSON; null is an empty cell.
 *
 * Every cell is escaped as text of JSON lines is, for CSV is shown on terminals too: control characters,
 * what is invisible or changes the order of text, and halves of surrogate pairs are written \u001b.
 *
 * A spreadsheet takes a cell that starts with = + - @ (or their full-width forms) for a formula, and
 * traffic decides what is in a cell: those get a single quote in front. Whoever reads the file by
 * program finds that quote only in front of one of these characters. Tab, CR and LF, which begin formulas
 * too, are escaped.
 */
import type { FlowRecord } from "../record/index.js";
import { escapeControls, json } from "./jsonl.js";

type Cell = string | number | null | undefined;

const columns: readonly (readonly [name: string, cell: (record: FlowRecord) => Cell])[] = [
  ["schema", (record) => record.schema],
  ["id", (record) => record.id],
  ["network", (record) => record.network],
  ["transport", (record) => record.transport],
  ["client.address", (record) => record.client.address],
  ["client.port", (record) => record.client.port],
  ["server.address", (record) => record.server.address],
  ["server.port", (record) => record.server.port],
  ["start", (record) => record.start],
  ["end", (record) => record.end],
  ["ended.reason", (record) => record.ended.reason],
  ["ended.part", (record) => record.ended.part],
  ["packets.toServer", (record) => record.packets.toServer],
  ["packets.toClient", (record) => record.packets.toClient],
  ["bytes.toServer", (record) => record.bytes.toServer],
  ["bytes.toClient", (record) => record.bytes.toClient],
  ["protocol", (record) => record.protocol],
  ["stack", (record) => record.stack.join(" ")],
  ["category", (record) => record.category],
  ["evidence.grade", (record) => record.evidence.grade],
  ["evidence.bits", (record) => record.evidence.bits],
  ["evidence.signature", (record) => record.evidence.signature],
  ["evidence.packet", (record) => record.evidence.packet],
  ["evidence.flow", (record) => record.evidence.flow],
  ["application", (record) => record.application],
  ["applicationEvidence.grade", (record) => record.applicationEvidence?.grade],
  ["applicationEvidence.from", (record) => record.applicationEvidence?.from],
  ["applicationEvidence.flow", (record) => record.applicationEvidence?.flow],
  ["facts", (record) => json(record.facts)],
  ["notices", (record) => json(record.notices)],
  ["candidates", (record) => json(record.candidates)],
  ["portGuess", (record) => record.portGuess],
  ["looks", (record) => record.looks && json(record.looks)],
  ["flags", (record) => record.flags.join(" ")],
  ["vlan", (record) => record.vlan.join(" ")],
  ["tunnels", (record) => json(record.tunnels)],
  ["history", (record) => record.history],
  ["communityId", (record) => record.communityId],
];

/** The header row, without its line end. */
export const csvHeader = (): string => columns.map(([name]) => name).join(",");

/** One row, without its line end. */
export const formatCsv = (record: FlowRecord): string =>
  columns.map(([, cell]) => formatCell(cell(record))).join(",");

const formulaStart = /^[=+\-@＝＋－＠]/;
const needsQuotes = /[",]/;

function formatCell(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return `${cell}`;
  const safe = escapeControls(cell);
  const text = formulaStart.test(safe) ? `'${safe}` : safe;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
