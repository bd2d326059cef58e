import { testEngine } from "../support/engines.js";
import { runDecodeTests } from "./decode.case.js";

runDecodeTests((map) => testEngine("wasm-scalar", map));
