import { testEngine } from "../support/engines.js";
import { runReassemblyTests } from "./reassembly.case.js";

runReassemblyTests((map) => testEngine("wasm-scalar", map));
