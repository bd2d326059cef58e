import { testEngine } from "../support/engines.js";
import { runQuicTests } from "./quic.case.js";

runQuicTests((map) => testEngine("wasm-scalar", map));
