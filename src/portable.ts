/** What Node and browsers have in common. */
export type { Captures } from "./classifier/classify.js";
export type { Classifier, ReadOptions } from "./classifier/classifier.js";
export type { PushOptions, Timestamp } from "./classifier/packet.js";
export type { ClassifierOptions } from "./classifier/options.js";
export type { EngineKind } from "./engine/engine.js";
export type { FactSelection } from "./policy/mask.js";
export * from "./record/index.js";
export { formatJsonl } from "./sinks/jsonl.js";
export { openBlob } from "./sources/blob.js";
export { openBytes } from "./sources/bytes.js";
export type { ByteSource } from "./sources/source.js";
export { openStream } from "./sources/stream.js";
