/** `clairvoie explain`: the story of one flow. */
import type { ExplainOptions } from "../explain-node.js";
import { json } from "../sinks/jsonl.js";
import { makeVisible } from "../sinks/terminal.js";
import { EXIT_OK, EXIT_UNREADABLE, EXIT_USAGE, UsageError } from "./exit.js";
import { checkInputs, loadOwn, openInput, toInput } from "./inputs.js";
import { withOutput } from "./output.js";
import { say, STDOUT, styleFor, widthOf } from "./terminal.js";

export interface ExplainCommandOptions extends Omit<ExplainOptions, "rules"> {
  /** Files of the user's own protocols. */
  rules?: string[];
  flow?: number;
  format: "text" | "json";
  json?: boolean;
}

/** @returns the exit code */
export async function explainFlow(
  files: readonly string[],
  {
    flow,
    format,
    json: isJson = format === "json",
    rules: ruleFiles,
    ...options
  }: ExplainCommandOptions,
): Promise<number> {
  if (flow === undefined) {
    throw new UsageError(
      `which flow? Add --flow and its number: the column # of "clairvoie classify ${files.join(" ")}", or "id" in its records`,
    );
  }
  checkInputs(files);
  const rules = ruleFiles && (await loadOwn(ruleFiles, { quiet: true }));
  if (rules === null) return EXIT_USAGE;
  const captures = files.map((file) => openInput(toInput(file)));
  return withOutput(undefined, async (output) => {
    const { explain, formatStory } = await import("../explain-node.js");
    const story = await explain(captures, flow, { ...options, ...(rules && { rules }) });
    output.write(
      isJson
        ? `${json(story, 2)}\n`
        : formatStory(story, { style: styleFor(STDOUT), width: widthOf(process.stdout) }),
    );
    output.finish();
    if (story.problem === null) return EXIT_OK;
    say(`clairvoie: ${makeVisible(story.problem)}\n`);
    return EXIT_UNREADABLE;
  });
}
