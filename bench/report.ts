/** Measurements as a table for people, and as a file that is kept. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { STAGES, type Definition } from "./definitions.js";
import type { Generated } from "./generate.js";
import type { Measurement, Quartiles } from "./measure.js";

/** What the numbers depend on. Nothing that says whose machine it is. */
export const machine = {
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: cpus().length,
  arch: process.arch,
  node: process.versions.node,
};

export interface Result extends Definition {
  packets: number;
  /** Mean frame length. */
  meanLength: number;
  measurements: Measurement[];
}

/** Whole processes: milliseconds by engine. */
export type StartUp = Record<string, Quartiles>;

/** Digits that mean something. */
const round = (value: number): number => Number(value.toPrecision(4));

export function describeInput(name: string, input: Generated): string {
  const share = Object.entries(input.protocols)
    .sort(([, a], [, b]) => b - a)
    .map(([protocol, flows]) => `${protocol} ${Math.round((flows / input.flows) * 100)} %`);
  return [
    `\n${name}: ${input.packets.toLocaleString("en")} packets`,
    `${(input.wireBytes / input.packets).toFixed(0)} bytes in the mean`,
    `${input.flows.toLocaleString("en")} flows (${share.join(", ")})`,
  ].join(", ");
}

export function describeResult(result: Result): string {
  const lines = [`  ${STAGES[result.stage]}`];
  for (const { engine, time, ratio, named } of result.measurements) {
    const spread = `${time.low.toFixed(0)}–${time.high.toFixed(0)}`;
    lines.push(
      [
        `    ${engine.padEnd(12)}`,
        `${time.median.toFixed(1).padStart(9)} ns/packet`,
        `(${spread})`.padStart(15),
        `${(1000 / time.median).toFixed(2).padStart(8)} Mpackets/s`,
        `${((result.meanLength * 8) / time.median).toFixed(2).padStart(8)} Gbit/s`,
        `${ratio.median.toFixed(2).padStart(7)} × (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`,
        named === null ? "" : `  ${(named * 100).toFixed(1)} % named`,
      ].join(""),
    );
  }
  return lines.join("\n");
}

export function describeStartUp(startUp: StartUp): string {
  const lines = ["\na whole process on one small capture"];
  for (const [engine, { median, low, high }] of Object.entries(startUp)) {
    const spread = `(${low.toFixed(0)}–${high.toFixed(0)})`;
    lines.push(
      `    ${engine.padEnd(12)}${median.toFixed(1).padStart(9)} ms ${spread.padStart(11)}`,
    );
  }
  return lines.join("\n");
}

/** Writes `bench/record/<date>-<cpu>.json` and returns its path. */
export function writeRecord(results: readonly Result[], startUp: StartUp, full: boolean): string {
  const date = new Date().toISOString().slice(0, 10);
  const cpu = machine.cpu
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const path = `bench/record/${date}-${cpu}.json`;
  const record = {
    date,
    machine,
    full,
    unit: "ns a packet: [lower quartile, median, upper quartile]; ratio: to the first engine, in the same round",
    results: results.map(({ input, stage, packets, meanLength, measurements }) => ({
      input,
      stage,
      packets,
      meanLength: round(meanLength),
      engines: Object.fromEntries(
        measurements.map(({ engine, time, ratio, named }) => [
          engine,
          {
            time: triple(time),
            ratio: triple(ratio),
            gigabits: round((meanLength * 8) / time.median),
            ...(named !== null && { named: round(named) }),
          },
        ]),
      ),
    })),
    startUpMilliseconds: Object.fromEntries(
      Object.entries(startUp).map(([engine, time]) => [engine, triple(time)]),
    ),
  };
  mkdirSync("bench/record", { recursive: true });
  const text = JSON.stringify(record, null, 2);
  // Triples on one line.
  const compact = text.replace(/\[\s+([\d.]+),\s+([\d.]+),\s+([\d.]+)\s+\]/g, "[$1, $2, $3]");
  writeFileSync(path, `${compact}\n`);
  return path;
}

const triple = ({ low, median, high }: Quartiles) => [round(low), round(median), round(high)];
