import { testEngine } from "../support/engines.js";
import { runMachineTests } from "./machine.case.js";

runMachineTests((map) => testEngine("typescript", map));
