import { Network, type NetworkOptions } from "./netns.js";
import { finish, scratch, startCapture, type CaptureOptions } from "./capture.js";
import { fixtures } from "./fixtures.js";
import { describe, enter, type Truth } from "./manifest.js";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Recording extends CaptureOptions {
  file: string;
  what: string;
  software: string[];
  flows: Truth[];
}

export interface Lab {
  network(options?: NetworkOptions): Promise<Network>;
  /** Record what happens while `body` runs, then put the file and its truth into fixtures/. */
  record(net: Network, recording: Recording, body: () => Promise<unknown>): Promise<void>;
  /** One part of a scenario: its failure is told in one line and does not stop the others. */
  part(name: string, body: () => Promise<unknown>): Promise<void>;
}

export interface Scenario {
  name: string;
  /** Debian packages that are installed when they are missing. */
  packages: string[];
  run(lab: Lab): Promise<void>;
}

export const scenario = (s: Scenario): Scenario => s;

export class Bench implements Lab {
  readonly failures: string[] = [];
  readonly #scenario: Scenario;
  #networks: Network[] = [];

  readonly #only: string[];

  /** `only` names the parts to record; all of them when it is empty. */
  constructor(s: Scenario, only: string[]) {
    this.#scenario = s;
    this.#only = only;
  }

  async network(options?: NetworkOptions): Promise<Network> {
    const net = await Network.create(options);
    this.#networks.push(net);
    return net;
  }

  async record(net: Network, recording: Recording, body: () => Promise<unknown>): Promise<void> {
    const host = recording.on ?? net.client;
    const file = scratch(host, recording.file);
    // Servers of the same network that were started for an earlier recording belong to this one as well.
    const servers = net.journal.filter((line) => line.endsWith("&"));
    const mark = net.journal.length;
    const stop = await startCapture(host, file, recording);
    try {
      await body();
    } finally {
      await stop();
    }
    const command = [...servers, ...net.journal.slice(mark)].map((line) =>
      line.replaceAll(net.root + "/", ""),
    );
    // The fixture and its truth change together: nothing is copied before the description is complete.
    const finished = finish(file);
    const fixture = describe({ ...recording, command }, finished);
    const to = join(fixtures, recording.file);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(finished, to);
    enter(fixture);
    console.log(`  ${recording.file}  ${fixture.bytes} bytes`);
  }

  async part(name: string, body: () => Promise<unknown>): Promise<void> {
    if (this.#only.length > 0 && !this.#only.includes(name)) return;
    await this.attempt(name, body);
  }

  async attempt(name: string, body: () => Promise<unknown>): Promise<void> {
    try {
      await body();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.failures.push(
        `${this.#scenario.name}/${name}: ${text.split("\n").filter(Boolean).slice(0, 2).join(" | ")}`,
      );
      if (process.env["LAB_DEBUG"]) console.error(error);
    } finally {
      this.#networks.forEach((net) => net.destroy());
      this.#networks = [];
    }
  }
}
