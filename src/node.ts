/** clairvoie for Node: everything portable, files, and standard input. */
import { classifyWith, type Captures } from "./classifier/classify.js";
import type { Classifier } from "./classifier/classifier.js";
import { assemble } from "./classifier/create.js";
import type { ClassifierOptions } from "./classifier/options.js";
import { loadModule } from "./engine/wasm/load-node.js";
import { applicationCatalog } from "./generated/applications.js";
import { catalog } from "./generated/catalog.js";
import type { FlowRecord } from "./record/record.js";

export * from "./portable.js";
export { openCapture } from "./sources/file.js";
export { openStdin } from "./sources/stdin.js";

/**
 * Makes a classifier with an engine and a flow table of its own.
 * @throws OptionError on an option that cannot work
 * @example
 * ```ts
 * const classifier = await createClassifier({
 *   onRecord: (flow) => console.log(flow.protocol, flow.facts["http.host"]),
 * });
 * await classifier.read(openCapture("fixtures/http/nginx-curl.pcap"));
 * classifier.finish(); // "http" "www.lab.example" …
 * classifier.close();
 * ```
 */
export function createClassifier(options: ClassifierOptions = {}): Promise<Classifier> {
  return assemble({ catalog, applications: applicationCatalog, loadModule }, options);
}

/**
 * Records of one capture, or of several that are one timeline in the order given, as their flows end.
 * @throws CaptureError where a capture cannot be read on, after the flows found so far were given
 * @example
 * ```ts
 * for await (const flow of classify(openCapture("fixtures/http/nginx-curl.pcap"))) {
 *   console.log(flow.id, flow.protocol, flow.evidence.bits); // 1 "http" …
 * }
 * ```
 */
export function classify(
  captures: Captures,
  options: ClassifierOptions = {},
): AsyncGenerator<FlowRecord, void, void> {
  return classifyWith(createClassifier, captures, options);
}
