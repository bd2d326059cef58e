import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Implementations from npm, in a folder of their own for each scenario. */
export class Npm {
  readonly #folder: string;
  readonly #packages: string[];

  constructor(name: string, packages: string[]) {
    this.#folder = `/var/tmp/clairvoie-lab-${name}`;
    this.#packages = packages;
  }

  install(): void {
    const done = `${this.#folder}/installed`;
    const wanted = this.#packages.join("\n");
    if (existsSync(done) && readFileSync(done, "utf8") === wanted) return;
    const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
    execFileSync("npm", ["--prefix", this.#folder, ...quiet, "install", ...this.#packages], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    writeFileSync(done, wanted);
  }

  /** How a script that uses them is run. */
  node(script: string): string {
    return `env NODE_PATH=${this.#folder}/node_modules node ${script}`;
  }

  /** As the manifest names them. */
  versions(...names: string[]): string[] {
    return names.map((name) =>
      this.#packages
        .find((each) => each.startsWith(`${name}@`))!
        .replace(/@([\d.]+)$/, " $1")
        .replace(/^@.*\//, ""),
    );
  }
}
