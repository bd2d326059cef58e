/** Captures to read, wherever the code runs. `node.ts` adds files and standard input. */
export { openBlob } from "./blob.js";
export { openBytes } from "./bytes.js";
export type { ByteSource } from "./source.js";
export { openStream } from "./stream.js";
