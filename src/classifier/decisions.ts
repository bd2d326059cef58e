import * as abi from "../engine/abi.js";
import type { Engine } from "../engine/engine.js";
import { inspectedTransport } from "../flows/transports.js";
import type { Candidate } from "../record/record.js";
import type { Effects } from "./effects.js";
import type { Evidence } from "./evidence.js";
import type { Facts } from "./facts.js";
import type { Followers } from "./followers.js";
import type { Knowledge } from "./knowledge.js";
import type { LiveFlows } from "./live.js";
import { look, LOOKED_ENOUGH } from "./looks.js";
import type { Timestamp } from "./packet.js";
import { NOTE_CLIENT_IS_B, NOTE_CLIENT_JUDGED, NOTE_FINAL, NOTE_GAP } from "./rows.js";
import type { Verdicts } from "./verdicts.js";

/** Names flows under inspection, and ends their inspection. */
export class Decisions {
  readonly #engine: Engine;
  readonly #live: LiveFlows;
  readonly #evidence: Evidence;
  readonly #facts: Facts;
  readonly #knowledge: Knowledge;
  readonly #verdicts: Verdicts;
  readonly #effects: Effects;
  readonly #followers: Followers;
  readonly #wantsFacts: boolean;

  constructor(
    engine: Engine,
    live: LiveFlows,
    evidence: Evidence,
    facts: Facts,
    knowledge: Knowledge,
    verdicts: Verdicts,
    effects: Effects,
    followers: Followers,
    wantsFacts: boolean,
  ) {
    this.#engine = engine;
    this.#live = live;
    this.#evidence = evidence;
    this.#facts = facts;
    this.#knowledge = knowledge;
    this.#verdicts = verdicts;
    this.#effects = effects;
    this.#followers = followers;
    this.#wantsFacts = wantsFacts;
  }

  /** Reads the candidates of a flow under inspection, names it if they suffice, ends the inspection if nothing more can come. */
  decide(row: number, keyAt: number, active: boolean, event: number, time: Timestamp): void {
    const { rows, memory, catalog } = this.#live;
    const inspection = rows.u32(row, abi.R_INSPECTION);
    const decision =
      inspection === 0
        ? undefined
        : this.#evidence.decide(
            inspection,
            inspectedTransport(memory.u8[keyAt + abi.D_PROTOCOL]!)!,
            memory.u16[(keyAt + abi.D_PORT_A) >>> 1]!,
            memory.u16[(keyAt + abi.D_PORT_B) >>> 1]!,
            !active,
          );
    const named = decision !== undefined && decision.signature >= 0;
    const held = rows.signature(row);
    const protocol = named ? catalog.signatures[decision.signature]!.protocol : -1;
    // The stack does not depend on the mask, so what may carry another protocol is read to its end.
    const isRead = this.#readsOn(protocol) || this.#facts.canCarry(protocol);
    const isSettled = named && !decision.contested && (!isRead || decision.complete);
    const over = !active || isSettled;
    if (named && rows.protocol(row) !== protocol) {
      rows.setVerdict(
        row,
        protocol,
        decision.signature,
        decision.grade,
        decision.bits,
        decision.packet,
      );
      if (decision.clientIsB !== undefined) {
        rows.note(row, NOTE_CLIENT_JUDGED | (decision.clientIsB ? NOTE_CLIENT_IS_B : 0));
      }
      this.#verdict(row, keyAt, event, time, over, []);
    } else if (decision !== undefined && decision.candidates.length > 0 && held < 0) {
      this.#live.extrasOf(row).candidates = decision.candidates;
      this.#verdict(row, keyAt, event, time, true, decision.candidates);
    }
    if (over) this.#endInspection(row);
  }

  /**
   * Describes a payload that nothing names yet: of each side the first one, or a longer one while
   * that is short. Only the description is kept.
   */
  look(row: number, descriptor: number): void {
    const { u8, u32 } = this.#live.memory;
    const length = u32[(descriptor + abi.D_CAPTURED) >>> 2]!;
    const direction = (u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_REVERSED) === 0 ? 0 : 1;
    const looks = (this.#live.extrasOf(row).looks ??= [undefined, undefined]);
    const held = looks[direction];
    if (held !== undefined && (held.bytes >= Math.min(length, LOOKED_ENOUGH) || held.format))
      return;
    const from = u32[(descriptor + abi.D_PAYLOAD) >>> 2]!;
    looks[direction] = look(u8, from, length);
  }

  /** Is a flow of this protocol read after it is named? */
  #readsOn(protocol: number): boolean {
    return this.#wantsFacts || this.#knowledge.teaches(protocol);
  }

  #endInspection(row: number): void {
    const { rows, memory, catalog } = this.#live;
    const inspection = rows.u32(row, abi.R_INSPECTION);
    if (inspection !== 0) {
      const at = memory.address("inspections") + inspection * abi.INSPECTION_SIZE + abi.K_DIRECTION;
      for (let direction = 0; direction < 2; direction++) {
        const flags = memory.u32[(at + direction * abi.DIRECTION_SIZE + abi.W_FLAGS) >>> 2]!;
        if (flags & abi.WAY_GAP) rows.note(row, NOTE_GAP);
      }
    }
    const signature = rows.signature(row);
    const watched =
      signature >= 0 &&
      catalog.signatures[signature]!.watch &&
      this.#readsOn(catalog.signatures[signature]!.protocol);
    const followed = this.#followers.follows(row, signature);
    const then = watched ? abi.STATE_WATCH : followed ? abi.STATE_FOLLOW : abi.STATE_DONE;
    rows.note(row, NOTE_FINAL);
    this.#engine.settle(row, then, Math.max(signature, 0));
  }

  #verdict(
    row: number,
    keyAt: number,
    event: number,
    time: Timestamp,
    final: boolean,
    candidates: Candidate[],
  ): void {
    this.#effects.add({
      event,
      row,
      keyAt,
      kind: "verdict",
      verdict: this.#verdicts.make(row, keyAt, time, final, candidates),
      protocol: this.#live.rows.protocol(row),
    });
  }
}
