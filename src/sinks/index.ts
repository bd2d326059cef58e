/** What records are written as. Works wherever JavaScript does: nothing here is of Node. */
export { csvHeader, formatCsv } from "./csv.js";
export { formatEvent, formatJsonl } from "./jsonl.js";
export { createSink, SINK_FORMATS, type Sink, type SinkFormat, type SinkOptions } from "./sink.js";
export type { Style, Tone } from "./style.js";
export { formatSummary, type SummaryOptions } from "./summary.js";
export type { TableOptions } from "./table.js";
