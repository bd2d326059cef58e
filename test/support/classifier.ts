/** Classifiers on the engines as built, and captures to run through them. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type Fixture, readManifest } from "../../lab/fixtures.js";
import { classifyWith } from "../../src/classifier/classify.js";
import type { Classifier } from "../../src/classifier/classifier.js";
import { assemble } from "../../src/classifier/create.js";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import { engineKinds } from "../../src/engine/index.js";
import { catalog } from "../../src/generated/catalog.js";
import type { ClassifierEvent } from "../../src/record/events.js";
import { formatJsonl } from "../../src/sinks/jsonl.js";
import { openBytes } from "../../src/sources/bytes.js";
import type { ByteSource } from "../../src/sources/source.js";

export { engineKinds, type Fixture };

const folder = new URL("../../fixtures/", import.meta.url);

export const fixtures: readonly Fixture[] = readManifest();

/** A fixture's capture, unzipped. */
export function fixtureBytes(file: string): Uint8Array {
  const bytes = readFileSync(new URL(file, folder));
  return new Uint8Array(file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

export async function loadModule(kind: "wasm" | "wasm-scalar"): Promise<WebAssembly.Module> {
  const name = kind === "wasm" ? "engine-simd" : "engine-scalar";
  return WebAssembly.compile(readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url)));
}

/** As the package's `createClassifier`; the seed is fixed and the tables small unless options say otherwise. */
export function createClassifier(options: ClassifierOptions = {}): Promise<Classifier> {
  return assemble({ catalog, loadModule }, { seed: 1, maxFlows: 4096, ...options });
}

export function classify(
  captures: ByteSource | Iterable<ByteSource>,
  options: ClassifierOptions = {},
) {
  return classifyWith(createClassifier, captures, options);
}

/** A source that gives at most as many bytes a read as `sizes` says. */
export function inPieces(bytes: Uint8Array, sizes: () => number, name = "test"): ByteSource {
  let at = 0;
  return {
    name,
    read(into) {
      const count = Math.min(into.length, sizes(), bytes.length - at);
      into.set(bytes.subarray(at, at + count));
      at += count;
      return count;
    },
    close() {},
  };
}

/** Everything that can be seen from outside of one run, as lines: events and records in order. */
export async function observe(
  source: ByteSource,
  options: ClassifierOptions = {},
): Promise<string[]> {
  const lines: string[] = [];
  const classifier = await createClassifier({
    ...options,
    onEvent: (event) => lines.push(formatEvent(event)),
  });
  try {
    await classifier.read(source);
  } catch (error) {
    lines.push(String(error));
  }
  classifier.finish();
  lines.push(JSON.stringify(classifier.summary()));
  classifier.close();
  return lines;
}

export function formatEvent(event: ClassifierEvent): string {
  return event.type === "end" ? formatJsonl(event.record) : JSON.stringify(event);
}

export { openBytes };
