import { testEngine } from "../support/engines.js";
import { runDecodeTests } from "./decode.case.js";

runDecodeTests((map) => testEngine("typescript", map));
