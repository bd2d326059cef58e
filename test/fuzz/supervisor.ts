/** Threads that run cases, and who watches them: a case that hangs ends its thread, not the fuzzing. */
import { Worker } from "node:worker_threads";
import { makeCase } from "./cases.js";
import { noWork, type Work } from "./differ.js";
import { writeCase } from "./replay.js";
import { type Message, Progress, type Share } from "./worker.js";

export interface Plan {
  seed: number;
  from: number;
  /** The first number that is not to be run. */
  end: number;
  seconds: number;
  jobs: number;
  /** Stops when so many cases differ. */
  most: number;
}

export interface Found {
  cases: number;
  /** Of the oracle. */
  conversations: number;
  seconds: number;
  differing: number;
  work: Work;
}

/** A case that takes longer hangs: the slowest takes a second or two. */
const HANG = 60_000;
/** From each line about how far it has come to the next. */
const LINE = 20_000;

/** A thread does not inherit the loader of TypeScript from the one that starts it. */
const ENTRY = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { register } from ${JSON.stringify(import.meta.resolve("tsx/esm/api"))};
    register();
    await import(${JSON.stringify(new URL("./worker.ts", import.meta.url).href)});
  `)}`,
);

interface Job {
  readonly worker: Worker;
  readonly words: Int32Array;
  isDone: boolean;
  beat: number;
  since: number;
}

export class Supervisor {
  readonly #plan: Plan;
  readonly #start = Date.now();
  readonly #work = noWork();
  readonly #differing = new Set<number>();
  readonly #jobs: Job[] = [];
  #conversations = 0;
  /** Cases of threads that were ended. */
  #doneBefore = 0;
  #line = this.#start;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  async run(): Promise<Found> {
    const { from, jobs } = this.#plan;
    for (let job = 0; job < jobs; job++) this.#begin(job, from + job);
    while (this.#jobs.some(({ isDone }) => !isDone)) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      this.#watch();
    }
    return {
      cases: this.#done,
      conversations: this.#conversations,
      seconds: (Date.now() - this.#start) / 1000,
      differing: this.#differing.size,
      work: this.#work,
    };
  }

  get #done(): number {
    const done = this.#jobs.map(({ words }) => Atomics.load(words, Progress.Done));
    return done.reduce((sum, more) => sum + more, this.#doneBefore);
  }

  #begin(index: number, from: number): void {
    const { seed, end, jobs } = this.#plan;
    const progress = new SharedArrayBuffer(4 * Object.keys(Progress).length);
    const words = new Int32Array(progress);
    const share: Share = { seed, from, step: jobs, end, progress };
    const worker = new Worker(ENTRY, { workerData: share });
    const job: Job = { worker, words, isDone: false, beat: -1, since: Date.now() };
    this.#jobs[index] = job;
    worker.on("message", (message: Message) => this.#hear(message));
    worker.on("error", (error) => {
      const number = Atomics.load(words, Progress.Number);
      this.#report(number, error.stack ?? String(error));
    });
    worker.on("exit", () => {
      job.isDone = true;
    });
  }

  #hear(message: Message): void {
    if (message.type === "done") {
      for (const field of Object.keys(this.#work) as (keyof Work)[]) {
        this.#work[field] += message.work[field];
      }
      this.#conversations += message.conversations;
    } else this.#report(message.number, message.what);
  }

  #report(number: number, what: string): void {
    this.#differing.add(number);
    console.log(`case ${number}: ${what}`);
  }

  #watch(): void {
    const now = Date.now();
    const { seconds, most } = this.#plan;
    const isOver = now - this.#start > seconds * 1000 || this.#differing.size >= most;
    for (const [index, job] of this.#jobs.entries()) {
      if (job.isDone) continue;
      if (isOver) Atomics.store(job.words, Progress.Stop, 1);
      const beat = Atomics.load(job.words, Progress.Beat);
      if (beat !== job.beat) Object.assign(job, { beat, since: now });
      else if (now - job.since > HANG) this.#end(index, job, isOver);
    }
    if (now - this.#line > LINE) this.#tell(now);
  }

  /** The next thread goes on behind the case that hangs. */
  #end(index: number, job: Job, isOver: boolean): void {
    const { seed, jobs, most } = this.#plan;
    const number = Atomics.load(job.words, Progress.Number);
    const path = writeCase(makeCase(seed, number), `fuzz-${seed}-${number}`);
    this.#report(number, `hangs\nnpm run fuzz -- --replay ${path}`);
    job.isDone = true;
    void job.worker.terminate();
    this.#doneBefore += Atomics.load(job.words, Progress.Done);
    job.words.fill(0);
    if (!isOver && this.#differing.size < most) this.#begin(index, number + jobs);
  }

  #tell(now: number): void {
    this.#line = now;
    const { from, end, seconds } = this.#plan;
    const done = this.#done;
    const passed = (now - this.#start) / 1000;
    const left = Math.min(((end - from - done) * passed) / Math.max(1, done), seconds - passed);
    const rate = (done / passed).toFixed(0);
    const differing = this.#differing.size === 0 ? "" : `, ${this.#differing.size} differ`;
    console.log(`${done} cases, ${rate} a second, ${(left / 60).toFixed(0)} min left${differing}`);
  }
}
