/** `clairvoie classify`: reads captures, writes one record a flow. */
import { fstatSync } from "node:fs";
import type { ClassifierEvent, ClassifierOptions, FlowRecord, TrapEvent } from "../node.js";
import { CaptureError } from "../record/errors.js";
import type { Rules } from "../rules/index.js";
import { createSink, type SinkFormat } from "../sinks/sink.js";
import { formatSummary } from "../sinks/summary.js";
import {
  EXIT_ENGINE,
  EXIT_OK,
  EXIT_SIGNAL,
  EXIT_UNREADABLE,
  EXIT_USAGE,
  UsageError,
} from "./exit.js";
import {
  checkInputs,
  type Input,
  loadOwn,
  openInput,
  report,
  statusOf,
  toInput,
} from "./inputs.js";
import { type Output, withOutput } from "./output.js";
import { makeVisible } from "../sinks/terminal.js";
import { Progress } from "./progress.js";
import { isTerminal, say, signalNumber, STDOUT, styleFor, widthOf } from "./terminal.js";

export interface ClassifyOptions {
  format: SinkFormat;
  output?: string;
  engine?: NonNullable<ClassifierOptions["engine"]>;
  /** Names from `--facts`; false with `--no-facts`. */
  facts?: string[] | false;
  /** Files of the user's own protocols. */
  rules?: string[];
  idleTimeout?: number;
  activeTimeout?: number;
  maxFlows?: number;
  events?: boolean;
  summary?: boolean;
  seed?: number;
  communityIdSeed?: number;
  quiet?: boolean;
}

/** @returns the exit code */
export async function classify(
  files: readonly string[],
  options: ClassifyOptions,
): Promise<number> {
  check(files, options);
  const rules = options.rules && (await loadOwn(options.rules, options));
  if (rules === null) return EXIT_USAGE;
  // Opening a named pipe waits for its writer. Signals still end the process then: nothing is found yet.
  const inputs = files.map(toInput);
  return withOutput(options.output, (output) => run(inputs, options, output, rules));
}

function check(files: readonly string[], { format, events, output }: ClassifyOptions): void {
  if (events && format !== "jsonl") throw new UsageError("--events needs --format jsonl");
  checkInputs(files);
  if (output === undefined) return;
  const written = statusOf(output);
  const isInput = (file: string) => {
    const read = statusOf(file);
    return read?.isFile() && read.ino === written?.ino && read.dev === written.dev;
  };
  const overwritten = files.find(isInput);
  if (overwritten !== undefined) {
    throw new UsageError(`--output ${output} would replace the capture ${overwritten}`);
  }
}

async function run(
  inputs: readonly Input[],
  options: ClassifyOptions,
  output: Output,
  rules: Rules | undefined,
): Promise<number> {
  // First of all: the file beside the output is there already.
  const { signal } = onInterrupt(inputs, output);
  // V8's --no-liftoff was tried: 0.1 s slower on 1 MB, and no faster at 256 MB.
  const { createClassifier } = await import("../node.js");

  const isOnStdout = options.output === undefined;
  const hasSummary = options.summary ?? (options.format === "table" || options.format === "none");
  const sink = createSink(options.format, {
    write: output.write,
    style: isOnStdout ? styleFor(STDOUT) : undefined,
    width: isOnStdout ? widthOf(process.stdout) : undefined,
    events: options.events,
    summary: hasSummary,
  });

  let flows = 0;
  let exitCode = EXIT_OK;
  const { facts, idleTimeout, activeTimeout, maxFlows, engine, seed, communityIdSeed } = options;
  const classifier = await createClassifier({
    ...(rules !== undefined && { rules }),
    ...(facts !== undefined && { facts }),
    ...(idleTimeout !== undefined && { idleTimeout }),
    ...(activeTimeout !== undefined && { activeTimeout }),
    ...(maxFlows !== undefined && { maxFlows }),
    ...(engine !== undefined && { engine }),
    ...(seed !== undefined && { seed }),
    ...(communityIdSeed !== undefined && { communityIdSeed }),
    onRecord(record: FlowRecord) {
      flows++;
      sink.write(record);
    },
    onTrap(trap: TrapEvent) {
      progress?.clear();
      say(`clairvoie: ${makeVisible(describeTrap(trap))}\n`);
      exitCode = EXIT_ENGINE;
    },
    // Events cost; the classifier makes none where nobody listens.
    ...(sink.event && {
      onEvent(event: ClassifierEvent) {
        if (event.type !== "end") sink.event!(event);
      },
    }),
  });

  const progress = isTerminal(2) && !options.quiet ? new Progress(totalSize(inputs)) : undefined;
  if (progress && isOnStdout && isTerminal(STDOUT)) output.onWrite = progress.clear;
  let before = 0;
  for (const input of inputs) {
    const { file, stream } = input;
    let read = 0;
    const onProgress = (bytes: number) => {
      read = bytes;
      progress?.update(file, before + bytes, flows);
      if (stream === undefined) return;
      sink.flush();
      output.flush();
    };
    try {
      await classifier.read(openInput(input), { signal, onProgress });
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      if (!signal.aborted) {
        progress?.clear();
        report(error);
        exitCode ||= EXIT_UNREADABLE;
      }
    }
    if (signal.aborted) break;
    before += read;
  }
  classifier.finish();
  const summary = classifier.summary();
  classifier.close();
  progress?.clear();
  const hasRead = summary.packets > 0 || exitCode === EXIT_OK;
  sink.end(hasRead ? summary : undefined);
  output.finish();
  if (hasRead && hasSummary && (options.format === "jsonl" || options.format === "csv")) {
    say(formatSummary(summary, { style: styleFor(2), width: widthOf(process.stderr) }));
  }
  if (!signal.aborted) return exitCode;
  if (!options.quiet) say("clairvoie: interrupted; the flows found so far were written\n");
  return EXIT_SIGNAL + signalNumber(signal.reason as NodeJS.Signals);
}

/**
 * The first SIGINT or SIGTERM ends the reading, and what was found is written whole; the second one
 * ends the process.
 */
function onInterrupt(inputs: readonly Input[], output: Output): AbortController {
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (interruption.signal.aborted) {
        output.discard();
        process.exit(EXIT_SIGNAL + signalNumber(signal));
      }
      interruption.abort(signal);
      for (const { stream } of inputs) stream?.destroy(); // whoever waits for one waits no longer
    });
  }
  return interruption;
}

function describeTrap({ call, file, packet, offset, cause }: TrapEvent): string {
  const place = packet === null ? "" : `byte ${offset}: packet ${packet}: `;
  return `${file === null ? "" : `${file}: `}${place}the engine failed in ${call} (${cause}), which is a bug; its flows were cut, and another one went on. Please report it with the packet (SECURITY.md)`;
}

/** Bytes of all captures, or undefined where one is not a file. */
function totalSize(inputs: readonly Input[]): number | undefined {
  if (inputs.some(({ stream }) => stream !== undefined)) return undefined;
  const sizes = inputs.map(({ file }) => (file === "-" ? fstatSync(0) : statusOf(file))?.size ?? 0);
  return sizes.reduce((total, size) => total + size, 0);
}
