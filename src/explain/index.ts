/** Why a flow has its name: what `clairvoie/explain` has in common on all hosts. */
export type { Captures } from "../classifier/classify.js";
export type { ExplainOptions, OwnRules } from "./explain.js";
export * from "./story.js";
export { formatStory, type TextOptions } from "./text.js";
