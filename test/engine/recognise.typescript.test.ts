import { testEngine } from "../support/engines.js";
import { runRecogniseTests } from "./recognise.case.js";

runRecogniseTests((map) => testEngine("typescript", map));
