/** Captures to read where there is Node: all of `index.ts`, files, and standard input. */
export * from "./index.js";
export { openCapture } from "./file.js";
export { openStdin } from "./stdin.js";
