/**
 * Properties draw the same values in every run, so that a build fails for what changed and not by luck.
 * `FUZZ_SEED=random` draws others each time; fast-check prints the seed of what failed.
 */
import fc from "fast-check";

const asked = process.env["FUZZ_SEED"] ?? "1";
if (asked !== "random") fc.configureGlobal({ seed: Number(asked) });
