#!/usr/bin/env node
/** The command `clairvoie`: reads its arguments, explains mistakes in them, and sets the exit code. */
import { existsSync, readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { suggestion } from "../policy/suggest.js";
import { ClairvoieError, OptionError } from "../record/errors.js";
import { SINK_FORMATS } from "../sinks/sink.js";
import { makeVisible } from "../sinks/terminal.js";
import type { ClassifyOptions } from "./classify.js";
import type { ExplainCommandOptions } from "./explain.js";
import type { ProtocolsOptions } from "./protocols.js";
import type { RulesOptions } from "./rules.js";
import { EXIT_OK, EXIT_UNREADABLE, EXIT_UNWRITABLE, EXIT_USAGE, UsageError } from "./exit.js";
import { reasonOf } from "./output.js";
import { say, STDOUT, writeWhole } from "./terminal.js";

const PROTOCOL_FORMATS = ["table", "json"] as const;
const TEXT_FORMATS = ["text", "json"] as const;
const ENGINES = ["wasm", "wasm-scalar", "typescript"] as const;

const EXAMPLES = `
Examples:
  clairvoie classify capture.pcapng                     a table of all flows
  clairvoie explain capture.pcapng --flow 3             why its flow 3 has its name
  clairvoie protocols                                   what can be named
`;

const CLASSIFY_EXAMPLES = `
Examples:
  clairvoie classify capture.pcapng                     a table of all flows
  clairvoie classify day1.pcap day2.pcap.gz -f jsonl    one JSON record a line
  clairvoie classify capture.pcap -f csv -o flows.csv   for a spreadsheet
  clairvoie classify capture.pcap --facts 'tls.*,D4'    only some of the facts
  clairvoie classify capture.pcap --rules own.yaml      with protocols of your own
  tcpdump -U -w - | clairvoie classify -                while it is captured
`;

const EXPLAIN_EXAMPLES = `
Examples:
  clairvoie explain capture.pcap --flow 3               its packets, its bytes, what they are worth
  clairvoie explain capture.pcap --flow 3 --bytes 1024  more of what was said
  clairvoie explain capture.pcap --flow 3 --json        the same for programs
  clairvoie explain capture.pcap -n 3 --rules own.yaml  with protocols of your own
  clairvoie explain day1.pcap day2.pcap --flow 12       the captures that were classified together

A flow's number is the column # of "clairvoie classify", and "id" in its records. Numbers hold for
the same captures in the same order with the same time-outs.

Bytes of the payload are shown. This is for captures of your own; nothing is kept of it.
`;

const EXPLAIN_EXIT_CODES = `
Exit codes:
  0    the flow was found and told
  1    a capture could not be read to its end; what was found of the flow before was told
  2    the command line is wrong, or there is no such flow
  3    the output could not be written
`;

const PROTOCOLS_EXAMPLES = `
Examples:
  clairvoie protocols                                   all that can be named
  clairvoie protocols ssh                               how SSH is told, and by which evidence
  clairvoie protocols own --rules own.yaml              one of your own
  clairvoie protocols --format json                     the same for programs

Exit codes:
  0    done
  2    the command line is wrong, or there is no such protocol
  3    the output could not be written
`;

const EXIT_CODES = `
Exit codes:
  0    all captures were read to their ends, or the reader of the output left early
       (as head does)
  1    a capture could not be read to its end: the message names file, byte and cause;
       the flows found before that were written, and so were those of the other captures
  2    the command line is wrong
  3    the output could not be written; a file that existed before is unchanged
  4    the engine failed at a packet, which is a bug: the message names file, packet, byte and
       cause. Its flows were cut (flag engine-lost); all else was read and written, as far as
       captures could be read
  130  interrupted (Ctrl-C): the flows found so far were written; 143: terminated
`;

const RULES_HELP = `
Examples:
  clairvoie rules check own.yaml                        before you use it
  clairvoie classify capture.pcap --rules own.yaml      then
  clairvoie explain capture.pcap -n 3 --rules own.yaml  where it fell in a flow that has another name

Exit codes:
  0    the rules can be used; there may be warnings
  1    a sample is not named as its rule says
  2    a rule is wrong: each message names file, line and column, and what to write
`;

function makeProgram(): Command {
  const program = new Command("clairvoie")
    .description("Names the protocols and applications in network captures, with evidence.")
    .version(readVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print help for a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => writeWhole(STDOUT, Buffer.from(text)),
      writeErr: say,
      outputError: (text, write) =>
        write(makeVisibleLines(text.replace(/^error: /, "clairvoie: "))),
    })
    .addHelpText("after", EXAMPLES);

  program
    .command("classify")
    .summary("name the protocol and application of each flow in captures")
    .description(
      "Reads captures (pcap, pcapng, gzip of either), one timeline in the order given, and writes " +
        "one record a flow. FILE may be - for standard input.",
    )
    .argument("<FILE...>", "captures, or - for standard input")
    .addOption(
      new Option("-f, --format <format>", `what to write: ${SINK_FORMATS.join(", ")}`)
        .default("table")
        .argParser(oneOf("format", SINK_FORMATS)),
    )
    .option(
      "-o, --output <file>",
      "write to a file (- for standard output); it gets its name at the end, also of a run that was interrupted",
    )
    .option(
      "--facts <list>",
      "facts to report: names, patterns (tls.*) and levels (D4), separated by commas; all of them by default",
      (list) => list.split(","),
    )
    .option("--no-facts", "report no facts")
    .option("--events", "with jsonl: verdicts and transactions as lines of their own")
    .option(
      "--summary",
      "print totals at the end (table and none do); beside data, on standard error",
    )
    .option("--no-summary", "print no totals")
    .addOption(rules())
    .addOption(idleTimeout())
    .addOption(activeTimeout())
    .addOption(maxFlows())
    .addOption(engine())
    .option(
      "--seed <number>",
      "seed of the hash tables, for repeatable runs; random by default",
      wholeNumber,
    )
    .option(
      "--community-id-seed <number>",
      "seed of communityId, that of the monitors to compare with; 0 by default",
      wholeNumber,
    )
    .option("-q, --quiet", "no progress line, no remarks")
    .addHelpText("after", CLASSIFY_EXAMPLES + EXIT_CODES)
    .action(async (files: string[], options: ClassifyOptions) => {
      const { classify } = await import("./classify.js");
      process.exit(await classify(files, options));
    });

  program
    .command("explain")
    .summary("tell why one flow has its name")
    .description(
      "Tells the story of one flow: its packets, the bytes that decided and what they are worth, " +
        "facts with their places, and which candidates fell where. FILE may be - for standard input.",
    )
    .argument("<FILE...>", "captures, or - for standard input")
    .option("-n, --flow <number>", "which flow, by the number that classify shows", wholeNumber)
    .option(
      "--part <number>",
      "of a flow that was reported in parts, tell it to the end of this one",
      wholeNumber,
    )
    .option("--packets <number>", "packets that are listed (12)", wholeNumber)
    .option("--bytes <number>", "bytes of each side that are shown (256)", wholeNumber)
    .addOption(
      new Option("-f, --format <format>", `what to write: ${TEXT_FORMATS.join(", ")}`)
        .default("text")
        .argParser(oneOf("format", TEXT_FORMATS)),
    )
    .option("--json", "the same as --format json")
    .option(
      "--candidates <number>",
      "candidates that fell, as many as are told of (8)",
      wholeNumber,
    )
    .addOption(rules())
    .addOption(idleTimeout())
    .addOption(activeTimeout())
    .addOption(maxFlows())
    .addOption(engine())
    .addHelpText("after", EXPLAIN_EXAMPLES + EXPLAIN_EXIT_CODES)
    .action(async (files: string[], options: ExplainCommandOptions) => {
      const { explainFlow } = await import("./explain.js");
      process.exit(await explainFlow(files, options));
    });

  program
    .command("protocols")
    .summary("list the protocols that can be named, or describe some")
    .description(
      "Lists the protocols that can be named and what they are told by; with names, describes those: " +
        "specification, signatures and what they are worth, facts, samples.",
    )
    .argument("[NAME...]", "protocols to describe")
    .addOption(
      new Option("-f, --format <format>", `what to write: ${PROTOCOL_FORMATS.join(", ")}`)
        .default("table")
        .argParser(oneOf("format", PROTOCOL_FORMATS)),
    )
    .addOption(rules())
    .addHelpText("after", PROTOCOLS_EXAMPLES)
    .action(async (names: string[], options: ProtocolsOptions) => {
      const { listProtocols } = await import("./protocols.js");
      process.exit(await listProtocols(names, options));
    });
  addRulesCommand(program);
  return program;
}

// Options that several commands have.

const rules = () =>
  new Option(
    "--rules <file>",
    "protocols of your own, in YAML (docs/rules.md); may be given several times",
  ).argParser((file: string, before: string[] = []) => [...before, file]);

const idleTimeout = () =>
  new Option(
    "--idle-timeout <seconds>",
    "end a flow after this long without a packet (120)",
  ).argParser(wholeNumber);

const activeTimeout = () =>
  new Option(
    "--active-timeout <seconds>",
    "report a flow that goes on as parts this long (1800)",
  ).argParser(wholeNumber);

const maxFlows = () =>
  new Option("--max-flows <number>", "flows followed at one time (262144)").argParser(wholeNumber);

const engine = () =>
  new Option(
    "--engine <engine>",
    `${ENGINES.join(", ")}; the fastest that works here by default`,
  ).argParser(oneOf("engine", ENGINES));

function addRulesCommand(program: Command): void {
  program
    .command("rules")
    .summary("check protocols of your own, written in YAML")
    .description("Works with rule files: protocols of your own for --rules.")
    .command("check")
    .summary("say what rules match, what they are worth, and how their samples fare")
    .description(
      "Reads rule files together, as classify --rules does, and says of each protocol what it " +
        "matches, in words, its bits of evidence against each background, whether it can name flows " +
        "alone, what is doubtful, and whether its samples are named as it says.",
    )
    .argument("<FILE...>", "rule files; docs/rules.md tells how to write them")
    .addOption(
      new Option("-f, --format <format>", `what to write: ${TEXT_FORMATS.join(", ")}`)
        .default("text")
        .argParser(oneOf("format", TEXT_FORMATS)),
    )
    .addHelpText("after", RULES_HELP)
    .action(async (files: string[], options: RulesOptions) => {
      const { checkRules } = await import("./rules.js");
      process.exit(await checkRules(files, options));
    });
}

function readVersion(): string {
  const path = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}

/** Parses a value that must be one of a few. */
function oneOf<T extends string>(what: string, values: readonly T[]) {
  return (value: string): T => {
    const known = values.find((candidate) => candidate === value);
    if (known !== undefined) return known;
    const hint = suggestion(value, values) || `; there are ${values.join(", ")}`;
    throw new InvalidArgumentError(`There is no ${what} "${value}"${hint}`);
  };
}

function wholeNumber(value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new InvalidArgumentError(`"${value}" is not a whole number from 0 up.`);
}

/** Arguments can come from file names that somebody else chose. */
const makeVisibleLines = (text: string) => text.split("\n").map(makeVisible).join("\n");

function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT_OK;
    const [first] = process.argv.slice(2);
    if (error.code === "commander.unknownCommand" && first !== undefined && existsSync(first)) {
      say(`To read it: clairvoie classify ${makeVisible(first)}\n`);
    }
    return EXIT_USAGE;
  }
  if (error instanceof UsageError) return complain(error.message, EXIT_USAGE);
  if (error instanceof OptionError) {
    const flag = `--${error.option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const message = error.message.replace(`${error.option}: `, "");
    return complain(`${flag}: ${message}`, EXIT_USAGE);
  }
  if (error instanceof ClairvoieError) return complain(error.message, EXIT_UNREADABLE);
  // The help goes to standard output too.
  if ((error as NodeJS.ErrnoException | undefined)?.syscall === "write") {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPIPE") return EXIT_OK;
    return complain(`standard output: ${reasonOf(error)}`, EXIT_UNWRITABLE);
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(`clairvoie: this is a bug in clairvoie, please report it.\n${makeVisibleLines(details)}\n`);
  return EXIT_UNREADABLE;
}

/** Of a command that there is none of, commander would print the general help. */
function refuseUnknownHelp({ commands }: Command, [first, name]: readonly string[]): void {
  const names = commands.map((command) => command.name());
  if (first !== "help" || name === undefined || name.startsWith("-")) return;
  if (name === "help" || names.includes(name)) return;
  const hint = suggestion(name, names) || `; there are ${names.join(", ")}`;
  throw new UsageError(`there is no command "${name}"${hint}`);
}

function complain(message: string, exitCode: number): number {
  say(`clairvoie: ${makeVisible(message)}\n`);
  return exitCode;
}

try {
  const program = makeProgram();
  refuseUnknownHelp(program, process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
