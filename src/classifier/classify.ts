import { OptionError } from "../record/errors.js";
import type { FlowRecord } from "../record/record.js";
import type { ByteSource } from "../sources/source.js";
import type { Classifier } from "./classifier.js";
import type { ClassifierOptions } from "./options.js";

/** One capture or several, which are one timeline in the order given. */
export type Captures = ByteSource | Iterable<ByteSource>;

/** Records of whole captures, as flows end; see `classify` of the package's entry. */
export async function* classifyWith(
  create: (options: ClassifierOptions) => Promise<Classifier>,
  captures: Captures,
  options: ClassifierOptions,
): AsyncGenerator<FlowRecord, void, void> {
  if (typeof captures !== "object" || captures === null) {
    throw new OptionError("captures", "captures: not a source of bytes; see openCapture(path)");
  }
  const ready: FlowRecord[] = [];
  const classifier = await create({
    ...options,
    onRecord(record) {
      options.onRecord?.(record);
      ready.push(record);
    },
  });
  try {
    let failure: { error: unknown } | undefined;
    for (const capture of Symbol.iterator in captures ? captures : [captures]) {
      try {
        for await (const _ of classifier.steps(capture)) yield* ready.splice(0);
      } catch (error) {
        failure = { error };
        break;
      }
    }
    classifier.finish();
    yield* ready.splice(0);
    if (failure !== undefined) throw failure.error;
  } finally {
    classifier.close();
  }
}
