/** Steps for each byte of a capture, from its first byte to its records. */
import { takeSteps } from "./steps.js";

const { assemble } = await import("../src/classifier/create.js");
const { applicationCatalog } = await import("../src/generated/applications.js");
const { catalog } = await import("../src/generated/catalog.js");
const { CaptureError } = await import("../src/record/errors.js");
const { formatJsonl } = await import("../src/sinks/jsonl.js");
const { openBytes } = await import("../src/sources/bytes.js");

export interface Cost {
  perByte: number;
  perPacket: number;
  /** Shares of the files in which steps were made. */
  files: Map<string, number>;
}

export async function stepsOf(capture: Uint8Array): Promise<Cost> {
  const classifier = await assemble(
    {
      catalog,
      applications: applicationCatalog,
      loadModule: () => Promise.reject(new Error("only the TypeScript engine is counted")),
    },
    { engine: "typescript", seed: 1, maxFlows: 8192, onRecord: (record) => formatJsonl(record) },
  );
  await takeSteps();
  try {
    await classifier.read(openBytes(capture, "worst"));
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  }
  classifier.finish();
  const { steps, files } = await takeSteps();
  const { packets } = classifier.summary();
  classifier.close();
  return {
    perByte: steps / capture.length,
    perPacket: steps / Math.max(1, packets),
    files: new Map(Array.from(files, ([file, own]) => [file, own / steps])),
  };
}
