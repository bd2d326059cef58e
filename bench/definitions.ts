/** What is measured, as data: inputs, and for each measurement its engines and the answers that are right. */
import type { Recipe } from "./generate.js";

export const INPUTS = {
  /** Pages and media over TLS and HTTP: mostly full segments. */
  web: {
    packets: 150_000,
    mix: { tls: 45, http: 20, quic: 15, dns: 20 },
    mean: 700,
    bulk: [66, 1466, 1466, 1466],
    concurrent: 2000,
    step: 100,
  },
  /** Internet mix: 341 bytes in the mean, as 7 × 40, 4 × 576, 1 × 1500 bytes of IP give. */
  imix: {
    packets: 200_000,
    mix: {
      tls: 30,
      http: 15,
      dns: 25,
      quic: 8,
      ssh: 4,
      smtp: 5,
      ftp: 4,
      ntp: 4,
      rtp: 1,
      syslog: 2,
    },
    mean: 341,
    bulk: [594, 594, 594, 594, 1518],
    concurrent: 4000,
    step: 100,
  },
  /** Flows of two small packets: questions and answers, and a scan. The worst case for flows and recognition. */
  tiny: {
    packets: 100_000,
    mix: { dns: 60, ntp: 20, scan: 20 },
    concurrent: 2000,
    step: 1000,
  },
  /** Whole connections of one protocol, each with fresh addresses, without bulk data: what a flow costs (`bench/flows.ts`). */
  tls: { packets: 60_000, mix: { tls: 100 }, concurrent: 500, step: 100 },
  quic: { packets: 60_000, mix: { quic: 100 }, concurrent: 500, step: 100 },
} as const satisfies Record<string, Recipe>;

export type InputName = keyof typeof INPUTS;

export const ENGINES = ["wasm", "wasm-scalar", "typescript", "naive"] as const;
export type EngineName = (typeof ENGINES)[number];

export type Stage = "decode" | "flows" | "recognise" | "whole" | "facts" | "jsonl" | "push";

export interface Definition {
  input: InputName;
  stage: Stage;
  engines: readonly EngineName[];
}

const ours = ["wasm", "wasm-scalar", "typescript"] as const;

/** In words, for the report. */
export const STAGES: Readonly<Record<Stage, string>> = {
  decode: "decode alone (the engine's call)",
  flows: "flows alone: look-up, counters, events",
  recognise: "recognise alone: dispatch, reassembly, programs",
  whole: "whole pipeline, names only",
  facts: "whole pipeline with facts",
  jsonl: "whole pipeline with facts, as JSON lines",
  push: "whole pipeline, one push() a packet",
};

export const DEFINITIONS: readonly Definition[] = (["web", "imix", "tiny"] as const).flatMap(
  (input) =>
    [
      { input, stage: "decode", engines: ours },
      { input, stage: "flows", engines: ours },
      { input, stage: "recognise", engines: ours },
      { input, stage: "whole", engines: ours },
      { input, stage: "facts", engines: ours },
      { input, stage: "jsonl", engines: ENGINES },
      ...(input === "imix" ? [{ input, stage: "push", engines: ours } as const] : []),
    ] satisfies Definition[],
);

/** Whole processes on one small capture, and how many flows of it are HTTP. */
export const START_UP = { capture: "fixtures/http/nginx-curl.pcap", http: 4 } as const;
