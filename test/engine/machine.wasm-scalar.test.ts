import { testEngine } from "../support/engines.js";
import { runMachineTests } from "./machine.case.js";

runMachineTests((map) => testEngine("wasm-scalar", map));
