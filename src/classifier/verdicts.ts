import * as abi from "../engine/abi.js";
import { readKey } from "../flows/key.js";
import type { VerdictEvent } from "../record/events.js";
import type { Candidate } from "../record/record.js";
import type { LiveFlows } from "./live.js";
import type { Timestamp } from "./packet.js";
import type { Refinements } from "./refinements.js";

/** Makes verdicts of rows. */
export class Verdicts {
  readonly #live: LiveFlows;
  readonly #refinements: Refinements;

  constructor(live: LiveFlows, refinements: Refinements) {
    this.#live = live;
    this.#refinements = refinements;
  }

  /** The verdict of a row whose key stands at `keyAt`. */
  make(
    row: number,
    keyAt: number,
    time: Timestamp,
    final: boolean,
    candidates: Candidate[],
  ): VerdictEvent {
    const { rows, memory, catalog } = this.#live;
    const signature = rows.signature(row);
    const protocol = rows.protocol(row);
    const refined =
      protocol < 0
        ? undefined
        : this.#refinements.find(protocol, readKey(memory, keyAt), this.#live.extras(row));
    return {
      type: "verdict",
      flow: rows.f64(row, abi.R_ID),
      state: final ? "final" : "provisional",
      protocol: refined ? catalog.protocols[refined.protocol]!.name : null,
      evidence: {
        grade: refined?.isGuess ? "corroborated" : rows.grade(row),
        bits: rows.bits(row),
        signature: signature < 0 ? null : catalog.signatures[signature]!.name,
        packet: rows.u32(row, abi.R_VERDICT_PACKET),
        flow: null,
      },
      candidates,
      seconds: time.seconds,
      nanoseconds: time.nanoseconds,
    };
  }
}
