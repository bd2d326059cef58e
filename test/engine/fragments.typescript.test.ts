import { testEngine } from "../support/engines.js";
import { runFragmentTests } from "./fragments.case.js";

runFragmentTests((map) => testEngine("typescript", map));
