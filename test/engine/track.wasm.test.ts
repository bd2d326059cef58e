import { testEngine } from "../support/engines.js";
import { runTrackTests } from "./track.case.js";

runTrackTests((map) => testEngine("wasm", map));
