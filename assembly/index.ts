/** The engine's exports: one call per batch, everything else lies in memory as `abi.ts` says. */
import { configureFlows } from "./flows/track";
import { configureMemory } from "./memory";
import { configureRecognition } from "./recognise/recognise";
import { configureDecode } from "./wire/decode";

export { decode } from "./wire/decode";
export { release, track } from "./flows/track";
export { finish, read, recognise, settle } from "./recognise/recognise";

export function configure(): void {
  configureMemory();
  configureDecode();
  configureFlows();
  configureRecognition();
}
