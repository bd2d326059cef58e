/** Where records go: one interface, one implementation a format. */
import type { FlowRecord, Summary } from "../record/index.js";
import { csvHeader, formatCsv } from "./csv.js";
import { formatEvent, formatJsonl, type ShownEvent } from "./jsonl.js";
import { formatSummary } from "./summary.js";
import { tableSink, type TableOptions } from "./table.js";

export interface Sink {
  /** Called once a record, in the order flows end. */
  write(record: FlowRecord): void;
  /** Formats without events ignore them. */
  event?(event: ShownEvent): void;
  /** Writes what is held back, because nobody knows when the next record comes. */
  flush(): void;
  /** Called once, last; without totals where nothing could be read, and they would only hide the error above them. */
  end(summary: Summary | undefined): void;
}

export const SINK_FORMATS = ["table", "jsonl", "csv", "none"] as const;
export type SinkFormat = (typeof SINK_FORMATS)[number];

export interface SinkOptions extends TableOptions {
  /** `jsonl`: events as lines of their own, among the records. */
  events?: boolean | undefined;
}

/** A sink that gives its text to `options.write`. */
export function createSink(format: SinkFormat, options: SinkOptions): Sink {
  switch (format) {
    case "table":
      return tableSink(options);
    case "jsonl":
      return jsonlSink(options);
    case "csv":
      return csvSink(options);
    case "none":
      return totalsSink(options);
  }
}

/** No records; totals only, if they are wanted. */
function totalsSink({ write, width, style, summary = true }: SinkOptions): Sink {
  return {
    write() {},
    flush() {},
    end(totals) {
      if (summary && totals !== undefined) write(formatSummary(totals, { style, width }));
    },
  };
}

function jsonlSink({ write, events = false }: SinkOptions): Sink {
  return {
    write: (record) => write(`${formatJsonl(record)}\n`),
    ...(events && { event: (event) => write(`${formatEvent(event)}\n`) }),
    flush() {},
    end() {},
  };
}

/** The header row is there even where no flow is: an empty file is not CSV. */
function csvSink({ write }: SinkOptions): Sink {
  let hasHeader = false;
  const begin = () => {
    if (!hasHeader) write(`${csvHeader()}\r\n`);
    hasHeader = true;
  };
  return {
    write(record) {
      begin();
      write(`${formatCsv(record)}\r\n`);
    },
    flush: begin,
    end: begin,
  };
}
