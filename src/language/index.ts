/** The language of protocol definitions: vocabulary, checker, compiler, oracle. */
export * from "./vocabulary.js";
export * from "./catalog.js";
export { compile, link, THRESHOLD } from "./compile.js";
export { DefinitionError } from "./check.js";
export { converse, type Naming } from "./conversation.js";
export { match, type Match } from "./oracle.js";
