/** `clairvoie explain`: the story of one flow. */
import type { ExplainOptions } from "../explain-node.js";
import { json } from "../sinks/jsonl.js";
import { makeVisible } from "../sinks/terminal.js";
import { EXIT_OK, EXIT_UNREADABLE, UsageError } from "./exit.js";
import { checkInputs, openInput, toInput } from "./inputs.js";
import { withOutput } from "./output.js";
import { say, STDOUT, styleFor, widthOf } from "./terminal.js";

export interface ExplainCommandOptions extends ExplainOptions {
  flow?: number;
  format: "text" | "json";
  json?: boolean;
}

/** @returns the exit code */
export async function explainFlow(
  files: readonly string[],
  { flow, format, json: isJson = format === "json", ...options }: ExplainCommandOptions,
): Promise<number> {
  if (flow === undefined) {
    throw new UsageError(
      `which flow? Add --flow and its number: the column # of "clairvoie classify ${files.join(" ")}", or "id" in its records`,
    );
  }
  checkInputs(files);
  const captures = files.map((file) => openInput(toInput(file)));
  return withOutput(undefined, async (output) => {
    const { explain, formatStory } = await import("../explain-node.js");
    const story = await explain(captures, flow, options);
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
