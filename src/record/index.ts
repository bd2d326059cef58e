/** The record, the summary, the events and the errors: what every part of the package, and its users, share. */
export * from "./record.js";
export * from "./summary.js";
export * from "./events.js";
export * from "./errors.js";
