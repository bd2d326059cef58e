/** What may be emitted, for the purpose an instance is created for. */
export * from "./mask.js";
