import * as abi from "../engine/abi.js";
import type { Engine, EngineKind } from "../engine/engine.js";
import { Trap } from "../engine/guard.js";
import { ClairvoieError } from "../record/errors.js";
import type { TrapEvent, VerdictEvent } from "../record/events.js";
import type { Summary } from "../record/summary.js";
import { Framer } from "../sources/framer.js";
import { PushWindow } from "../sources/native.js";
import type { ByteSource } from "../sources/source.js";
import { Generation, type Setting } from "./generation.js";
import type { ClassifierOptions } from "./options.js";
import { Outlet } from "./outlet.js";
import { checkPacket, type PushOptions, type Timestamp } from "./packet.js";
import { Tally } from "./tally.js";

export interface ReadOptions {
  /** Stops reading; what was found stays, call `finish()`. */
  signal?: AbortSignal;
  /** Called after each window with the number of stored bytes read so far. */
  onProgress?: (bytes: number) => void;
}

/** After this many milliseconds of work a read lets the host's event loop run. */
const BREATH = 40;

/**
 * Packets in, records out: drives an engine over windows of packets and turns what it finds into
 * verdicts, transactions and records.
 *
 * A window goes through four passes: *decode* and *track* (the engine: collect), *rounds* (the
 * engine recognises payloads, each undecided flow at most its next one a round, and the host decides
 * on that flow alone) and *replay* (what is visible from outside or from another flow takes effect in
 * packet order). So records do not depend on how packets are divided into windows.
 *
 * An engine that traps is dropped with its memory. Its flows are told of as far as they had come, and a new one
 * goes on with what had not taken effect, but for the packet that was at work.
 */
export class Classifier {
  /** Which engine it runs on. */
  readonly engine: EngineKind;
  readonly #makeEngine: (nextId: number) => Engine;
  readonly #setting: Setting;
  readonly #outlet: Outlet;
  readonly #tally: Tally;
  #generation: Generation;
  #pushWindow: PushWindow | undefined;
  /** Packets pushed so far. */
  #pushed = 0;
  #reading = false;
  /** In the middle of a window: callbacks may run. */
  #busy = false;
  #closed = false;

  /**
   * Use `createClassifier`.
   * @param makeEngine makes one whose first flow has this id
   */
  constructor(
    makeEngine: (nextId: number) => Engine,
    setting: Setting,
    options: ClassifierOptions,
  ) {
    const engine = makeEngine(1);
    this.engine = engine.kind;
    this.#makeEngine = makeEngine;
    this.#setting = setting;
    this.#outlet = new Outlet(options);
    this.#tally = new Tally(engine.memory);
    this.#generation = new Generation(engine, setting, this.#outlet, this.#tally);
  }

  /**
   * Classifies one packet.
   * @returns the verdict, if this packet decided its flow; the innermost, where a tunnel carries another
   */
  push(packet: Uint8Array, time: Timestamp, options: PushOptions = {}): VerdictEvent | undefined {
    this.#assertIdle();
    checkPacket(packet, time, options);
    this.#outlet.pushed = undefined;
    this.#pushed++;
    this.#busily(() => {
      if (this.#takePushed(packet, time, options)) this.#takePushed(packet, time, options);
    });
    return this.#outlet.pushed;
  }

  /**
   * Classifies a whole capture. Flows that are still open stay open: another capture may go on with
   * them, `finish()` ends them.
   * @throws CaptureError after everything in front of the fault was classified
   */
  async read(source: ByteSource, options: ReadOptions = {}): Promise<void> {
    for await (const bytes of this.steps(source)) {
      options.onProgress?.(bytes);
      if (options.signal?.aborted) return;
    }
  }

  /** As `read`, a window a step; yields the number of stored bytes read so far. */
  async *steps(source: ByteSource): AsyncGenerator<number, void, void> {
    this.#assertIdle();
    this.#reading = true;
    this.#pushWindow = undefined;
    const framer = new Framer(this.#generation.engine, source.name);
    let read = 0;
    let breath = Date.now();
    try {
      for (;;) {
        const filled = framer.fill(source);
        const bytes = typeof filled === "number" ? filled : await filled;
        this.#assertOpen();
        while (this.#takeBatch(framer)) this.#assertOpen();
        if (bytes === 0) break;
        read += bytes;
        yield source.position ?? read;
        if (typeof filled === "number" && Date.now() - breath > BREATH) {
          await new Promise((resolve) => setTimeout(resolve, 0));
          breath = Date.now();
        }
      }
      framer.end();
    } finally {
      this.#reading = false;
      await source.close();
    }
  }

  /** Ends all flows, in the order in which they began. */
  finish(): void {
    this.#assertIdle();
    this.#busily(() => this.#contained(() => this.#generation.giveUpFragments()));
    if (this.#closed) return;
    this.#busily(() => this.#contained(() => this.#generation.endAll()));
  }

  /** What was seen so far, flows that have ended and packets that made none. */
  summary(): Summary {
    return this.#tally.summary(this.#generation.counts);
  }

  /** Zeroes all memory. Flows that are still open are dropped without a record; call `finish()` first. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (!this.#busy) this.#generation.wipe();
  }

  /** Work during which a callback may call `close`: memory is then zeroed when the work is done. */
  #busily<T>(work: () => T): T {
    this.#busy = true;
    try {
      return work();
    } finally {
      this.#busy = false;
      if (this.#closed) this.#generation.wipe();
    }
  }

  /** Runs the next packets of a capture through everything; false: there are none in the window. */
  #takeBatch(framer: Framer): boolean {
    this.#tally.mark();
    return this.#busily(() => {
      try {
        if (!framer.next()) return false;
        this.#generation.process(framer.settled);
      } catch (error) {
        if (!(error instanceof Trap)) throw error;
        this.#containInCapture(error, framer);
      }
      return true;
    });
  }

  /** Runs a pushed packet through everything; true: it has not taken effect, and another engine can. */
  #takePushed(packet: Uint8Array, time: Timestamp, options: PushOptions): boolean {
    const generation = this.#generation;
    const { memory } = generation.engine;
    this.#pushWindow ??= new PushWindow(memory);
    const { begin, end } = this.#pushWindow.write(
      packet,
      time.seconds,
      time.nanoseconds,
      options.linkType ?? 1,
      options.wireLength ?? packet.length,
    );
    try {
      let at = begin;
      let stop: number;
      do {
        stop = generation.engine.decode(at, end);
        at = memory.control(abi.C_CONSUMED);
        generation.process();
      } while (stop === abi.STOP_FULL);
      return false;
    } catch (error) {
      if (!(error instanceof Trap)) throw error;
      const isCulprit = generation.culprit(error) !== undefined;
      const isSettled = generation.settle(error) !== 0;
      const place = { file: null, packet: isCulprit ? this.#pushed : null, offset: null };
      this.#replace(error, place);
      return !isCulprit && !isSettled;
    }
  }

  /** Work at no packet: what a trap leaves is no more to be done. */
  #contained(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Trap)) throw error;
      this.#generation.settle(error);
      this.#replace(error, { file: null, packet: null, offset: null });
    }
  }

  /**
   * After a trap within a capture: the batch is read again by another engine, without the packet that was at work and
   * without what had taken effect. Each time there is a record less to read, or a flow less to end, so it comes to an end.
   */
  #containInCapture(trap: Trap, framer: Framer): void {
    const generation = this.#generation;
    let culprit = generation.culprit(trap);
    let settled = Math.max(generation.settle(trap), framer.settled);
    // What contradicts the capture is not believed. What may have been told is not told again.
    if (settled > framer.settled && framer.locate(settled) === undefined) settled = Infinity;
    if (culprit !== undefined && framer.locate(culprit) === undefined) {
      culprit = framer.recordBehind(settled);
    }
    const place = culprit === undefined ? undefined : framer.locate(culprit);
    const { packet = null, offset = null } = place ?? {};
    const isLeftOut = place !== undefined && (trap.call === "decode" || culprit! > settled);
    this.#tally.rewind();
    this.#replace(trap, { file: framer.name, packet, offset }, (engine) =>
      framer.resume(engine, settled, isLeftOut ? culprit : undefined),
    );
  }

  /** Drops the engine that trapped, and all that stood on it; ends its flows. */
  #replace(
    trap: Trap,
    place: Pick<TrapEvent, "file" | "packet" | "offset">,
    /** Takes what another engine needs out of the old one's memory. */
    hand?: (engine: Engine) => void,
  ): void {
    const old = this.#generation;
    this.#pushWindow = undefined;
    try {
      const engine = this.#makeEngine(old.nextId);
      this.#tally.turnTo(engine.memory, old.counts);
      this.#generation = new Generation(engine, this.#setting, this.#outlet, this.#tally);
      hand?.(engine);
    } finally {
      this.#outlet.trap({ type: "trap", call: trap.call, ...place, cause: trap.reason });
      this.#tally.flowsLost += old.endLost(trap);
      old.wipe();
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new ClairvoieError("CLOSED", "the classifier is closed");
  }

  /** One capture or packet at a time: the window is that one's. */
  #assertIdle(): void {
    this.#assertOpen();
    if (this.#reading || this.#busy) {
      throw new ClairvoieError("BUSY", "the classifier is at work on a capture or a packet");
    }
  }
}
