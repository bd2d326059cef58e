/** clairvoie/explain for browsers. Nothing that is read leaves the page. */
import type { Captures } from "./classifier/classify.js";
import { loadModule } from "./engine/wasm/load-browser.js";
import { type ExplainOptions, explainWith } from "./explain/explain.js";
import type { Story } from "./explain/story.js";
import { applicationCatalog } from "./generated/applications.js";
import { catalog } from "./generated/catalog.js";
import { protocols } from "./generated/protocols.js";

export * from "./explain/index.js";

/**
 * The story of one flow of a capture, or of several captures that are one timeline: its packets, the
 * bytes that decided, what they are worth, and what else it could have been. It reads no further
 * than the flow's end. It shows payload, so it is for captures of one's own; nothing is kept.
 * @param flow the record's `id`
 * @throws OptionError where there is no such flow
 * @throws CaptureError where the capture cannot be read, and the flow was not found before that
 * @example
 * ```ts
 * const story = await explain(openBlob(input.files[0]), 3);
 * console.log(formatStory(story)); // flow 3  tcp … ssh  payload  40 bits …
 * ```
 */
export function explain(
  captures: Captures,
  flow: number,
  options: ExplainOptions = {},
): Promise<Story> {
  return explainWith(
    { catalog, applications: applicationCatalog, loadModule },
    protocols,
    captures,
    flow,
    options,
  );
}
