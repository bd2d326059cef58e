/**
 * Candidates: the signatures that a flow may still turn out to be, how far each has come in its two
 * scripts, and what speaks for it. They stand in ascending order of signature, so that their order
 * does not tell in which segment one of them was found.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import { type Dispatch, NO_OPENER } from "./dispatch.js";
import type { Flow } from "./flow.js";
import { wayAt } from "./inspections.js";
import { type Machine, NOWHERE, RUN_DONE, RUN_FAIL, RUN_MORE } from "./machine.js";
import type { Spans } from "./spans.js";
import type { Tables } from "./tables.js";

const NO_SIGNATURE = -1;
const NEED_MAX = 0xffff;
const EVIDENCE_MAX = 0xffff;

const factsBit = (direction: number) => abi.CANDIDATE_FACTS_A << direction;

/** A candidate is given by its address; so are its fields to the views of their width. */
export class Candidates {
  readonly #memory: EngineMemory;
  readonly #u8: Uint8Array;
  readonly #u16: Uint16Array;
  readonly #u32: Uint32Array;
  readonly #flow: Flow;
  readonly #tables: Tables;
  readonly #dispatch: Dispatch;
  readonly #machine: Machine;
  readonly #spans: Spans;

  constructor(
    memory: EngineMemory,
    flow: Flow,
    tables: Tables,
    dispatch: Dispatch,
    machine: Machine,
    spans: Spans,
  ) {
    this.#memory = memory;
    this.#u8 = memory.u8;
    this.#u16 = memory.u16;
    this.#u32 = memory.u32;
    this.#flow = flow;
    this.#tables = tables;
    this.#dispatch = dispatch;
    this.#machine = machine;
    this.#spans = spans;
  }

  get #count(): number {
    return this.#u8[this.#flow.inspection + abi.K_CANDIDATES]!;
  }

  #at(index: number): number {
    return this.#flow.inspection + abi.K_CANDIDATE + index * abi.CANDIDATE_SIZE;
  }

  #signatureOf(candidate: number): number {
    return this.#u16[(candidate + abi.Y_SIGNATURE) >>> 1]!;
  }

  #flagsOf(candidate: number): number {
    return this.#u16[(candidate + abi.Y_FLAGS) >>> 1]!;
  }

  #addFlags(candidate: number, flags: number): void {
    this.#u16[(candidate + abi.Y_FLAGS) >>> 1]! |= flags;
  }

  /** Does the client speak in this direction, for this candidate? */
  #isClient(candidate: number, direction: number): boolean {
    return (this.#flagsOf(candidate) & abi.CANDIDATE_CLIENT_B) === direction;
  }

  /** Steps matched in this direction. */
  #stepsDone(candidate: number, direction: number): number {
    const isClient = this.#isClient(candidate, direction);
    return this.#u8[candidate + (isClient ? abi.Y_STEPS_CLIENT : abi.Y_STEPS_SERVER)]!;
  }

  #hasStepsLeft(candidate: number, direction: number): boolean {
    const signature = this.#tables.signature(this.#signatureOf(candidate));
    const isClient = this.#isClient(candidate, direction);
    const count = this.#u8[signature + (isClient ? abi.G_CLIENT_COUNT : abi.G_SERVER_COUNT)]!;
    return this.#stepsDone(candidate, direction) < count;
  }

  #nextStep(candidate: number, direction: number): number {
    const signature = this.#tables.signature(this.#signatureOf(candidate));
    const isClient = this.#isClient(candidate, direction);
    const first =
      this.#u16[(signature + (isClient ? abi.G_CLIENT_FIRST : abi.G_SERVER_FIRST)) >>> 1]!;
    return first + this.#stepsDone(candidate, direction);
  }

  /** Can bytes of this direction still change a candidate, or tell its facts? */
  concernedBy(direction: number): boolean {
    const count = this.#count;
    for (let index = 0; index < count; index++) {
      const candidate = this.#at(index);
      if ((this.#flagsOf(candidate) & factsBit(direction)) !== 0) return true;
      if (this.#u32[((candidate + abi.Y_CURSOR) >>> 2) + direction] === NOWHERE) continue;
      if (this.#hasStepsLeft(candidate, direction)) return true;
    }
    return false;
  }

  /** Runs every candidate's next steps over the stream of a direction, as far as its bytes go. */
  followStream(direction: number): void {
    for (let index = 0; index < this.#count;) {
      if (this.#follow(this.#at(index), direction)) index++;
      else this.#remove(index);
    }
  }

  /** Runs every candidate's next step over a datagram. */
  followDatagram(direction: number, bytes: number, available: number, length: number): void {
    const machine = this.#machine;
    this.#flow.direction = direction;
    for (let index = 0; index < this.#count;) {
      const candidate = this.#at(index);
      const factsWait = (this.#flagsOf(candidate) & factsBit(direction)) !== 0;
      let lives = true;
      if (factsWait || this.#hasStepsLeft(candidate, direction)) {
        this.#loadSaved(candidate);
        const step = this.#nextStep(candidate, direction) - (factsWait ? 1 : 0);
        const result = machine.run(step, bytes, available, length, false);
        if (result !== RUN_FAIL && machine.accepted) {
          if (!factsWait) this.#accept(candidate, direction);
          this.#heardDatagram(candidate, direction, result);
        } else if (!factsWait) {
          lives =
            (available < length && machine.starved) ||
            this.#isSaidAgain(candidate, direction, bytes, available, length);
        }
      }
      if (lives) index++;
      else this.#remove(index);
    }
  }

  /** May the first step be said again between the others (SIGNATURE_AGAIN), and is this it? It is worth nothing more. */
  #isSaidAgain(
    candidate: number,
    direction: number,
    bytes: number,
    available: number,
    length: number,
  ): boolean {
    const signature = this.#tables.signature(this.#signatureOf(candidate));
    if ((this.#u16[(signature + abi.G_FLAGS) >>> 1]! & abi.SIGNATURE_AGAIN) === 0) return false;
    const done = this.#stepsDone(candidate, direction);
    if (done === 0) return false;
    this.#loadSaved(candidate);
    const first = this.#nextStep(candidate, direction) - done;
    return this.#machine.run(first, bytes, available, length, false) === RUN_DONE;
  }

  /** What a dissector made of a datagram may go on in the next ones; facts wait for them then. */
  #heardDatagram(candidate: number, direction: number, result: number): void {
    const facts = factsBit(direction);
    if (result === RUN_MORE) this.#addFlags(candidate, facts);
    else {
      this.#u16[(candidate + abi.Y_FLAGS) >>> 1]! &= ~facts;
      this.#give(candidate);
    }
  }

  /** False if the candidate dies. */
  #follow(candidate: number, direction: number): boolean {
    const flow = this.#flow;
    const machine = this.#machine;
    const cursor = ((candidate + abi.Y_CURSOR) >>> 2) + direction;
    const need = ((candidate + abi.Y_NEED) >>> 1) + direction;
    const facts = factsBit(direction);
    const length = flow.streamLength(direction);
    const more = !flow.isFinished(direction);
    flow.direction = direction;
    for (;;) {
      const begin = this.#u32[cursor]!;
      const factsWait = (this.#flagsOf(candidate) & facts) !== 0;
      if (begin >= length || (!factsWait && !this.#hasStepsLeft(candidate, direction))) return true;
      if (more && length < this.#u16[need]!) return true;

      const step = this.#nextStep(candidate, direction) - (factsWait ? 1 : 0);
      const bytes = flow.streamBytes(direction) + begin;
      const available = length - begin;
      this.#loadSaved(candidate);
      const result = machine.run(step, bytes, available, abi.UNLIMITED, more);
      if (result === RUN_FAIL && !factsWait && !machine.starved) return false;
      if (result !== RUN_FAIL && machine.accepted && !factsWait) this.#accept(candidate, direction);
      if (result === RUN_MORE) {
        this.#u16[need] = this.#needBehind(begin);
        if (machine.accepted) this.#addFlags(candidate, facts);
        return true;
      }
      this.#u16[(candidate + abi.Y_FLAGS) >>> 1]! &= ~facts;
      this.#u16[need] = 0;
      if (result === RUN_DONE) this.#give(candidate);
      this.#u32[cursor] = result === RUN_DONE ? this.#cursorBehind(begin) : NOWHERE;
    }
  }

  #needBehind(begin: number): number {
    return Math.min(begin + this.#machine.need, NEED_MAX);
  }

  #cursorBehind(begin: number): number {
    return this.#machine.end < abi.UNLIMITED ? begin + this.#machine.end : NOWHERE;
  }

  #loadSaved(candidate: number): void {
    const savedSet = this.#u8[candidate + abi.Y_SAVED_SET]!;
    this.#machine.loadSaved((candidate + abi.Y_SAVED) >>> 2, savedSet);
  }

  /** The run matched the next step of a direction: what it found is the candidate's. */
  #accept(candidate: number, direction: number): void {
    const u16 = this.#u16;
    const machine = this.#machine;
    const isClient = this.#isClient(candidate, direction);
    this.#u8[candidate + (isClient ? abi.Y_STEPS_CLIENT : abi.Y_STEPS_SERVER)]!++;
    machine.storeSaved((candidate + abi.Y_SAVED) >>> 2);
    this.#u8[candidate + abi.Y_SAVED_SET] = machine.savedSet;
    const evidence = (candidate + abi.Y_EVIDENCE) >>> 1;
    for (let background = 0; background < 4; background++) {
      const sum = u16[evidence + background]! + machine.evidence[background]!;
      u16[evidence + background] = Math.min(sum, EVIDENCE_MAX);
    }
    this.#u32[(candidate + abi.Y_PACKET) >>> 2] = this.#flow.packet;
    if (!this.#hasStepsLeft(candidate, 0) && !this.#hasStepsLeft(candidate, 1)) {
      this.#addFlags(candidate, abi.CANDIDATE_COMPLETE);
    }
    this.#flow.changed = true;
  }

  #give(candidate: number): void {
    const flow = this.#flow;
    this.#spans.give(flow.row, this.#signatureOf(candidate), flow.due);
  }

  /** Tries the openers on the first bytes of a direction. True if a candidate came of it. */
  openStream(direction: number): boolean {
    const flow = this.#flow;
    const bytes = flow.streamBytes(direction);
    const length = flow.streamLength(direction);
    const wayNeed = (wayAt(flow.inspection, direction) + abi.W_NEED) >>> 2;
    const more = !flow.isFinished(direction);
    if (more && length < this.#u32[wayNeed]!) return false;
    const before = this.#count;
    const need = this.#open(direction, bytes, length, abi.UNLIMITED, more);
    if (need === 0 || !more) flow.setFlags(direction, abi.WAY_DISPATCHED);
    // While dispatch has not seen all its positions, each further byte may rule openers out.
    else this.#u32[wayNeed] = length < abi.POSITIONS ? 0 : need;
    return this.#count > before;
  }

  openDatagram(direction: number, bytes: number, available: number, length: number): void {
    this.#open(direction, bytes, available, length, false);
    this.#flow.setFlags(direction, abi.WAY_DISPATCHED);
  }

  /** Runs the openers that dispatch leaves. Returns the length that those which wait need, or 0. */
  #open(
    direction: number,
    bytes: number,
    available: number,
    length: number,
    more: boolean,
  ): number {
    const flow = this.#flow;
    const machine = this.#machine;
    const { openers, signaturesCount } = this.#tables;
    const role = flow.roleOf(direction);
    flow.direction = direction;
    if (!this.#dispatch.dispatch(flow.transport, role, bytes, available, length)) return 0;
    const heard = this.#u8[flow.inspection + abi.K_HEARD]!;
    const otherIsHeard = (heard & (2 >>> direction)) !== 0;
    const isFirst = (flow.flagsOf(direction) & abi.WAY_FIRST) !== 0;
    let need = 0;
    let waiting = NO_SIGNATURE;
    for (
      let number = this.#dispatch.nextOpener(0);
      number !== NO_OPENER;
      number = this.#dispatch.nextOpener(number + 1)
    ) {
      const opener = openers + number * abi.OPENER_SIZE;
      const signature = this.#u16[(opener + abi.O_SIGNATURE) >>> 1]!;
      const speaker = this.#u8[opener + abi.O_ROLE]!;
      if (signature >= signaturesCount || signature === waiting) continue;
      if (!isFirst && !flow.midstream && this.#belongsToFirst(signature, speaker)) continue;
      if (this.#isKnown(signature)) continue;

      machine.clearSaved();
      const step = this.#u32[(opener + abi.O_STEP) >>> 2]!;
      const result = machine.run(step, bytes, available, length, more);
      if (result === RUN_FAIL) continue;
      if (result === RUN_MORE && !machine.accepted) {
        // An opener behind it for the same signature must not win because it needs fewer bytes.
        waiting = signature;
        need = need === 0 ? machine.need : Math.min(need, machine.need);
        continue;
      }
      const client = speaker === abi.ROLE_SERVER ? 1 - direction : direction;
      const candidate = this.#insert(signature, client);
      if (candidate === 0) continue;
      this.#accept(candidate, direction);
      const cursors = (candidate + abi.Y_CURSOR) >>> 2;
      const isStream = flow.transport === abi.TRANSPORT_TCP;
      if (isStream && otherIsHeard && !isFirst) this.#u32[cursors + 1 - direction] = NOWHERE;
      if (result === RUN_DONE) {
        this.#give(candidate);
        if (isStream) this.#u32[cursors + direction] = this.#cursorBehind(0);
      } else if (!isStream) this.#addFlags(candidate, factsBit(direction));
      else {
        this.#addFlags(candidate, factsBit(direction));
        this.#u16[((candidate + abi.Y_NEED) >>> 1) + direction] = this.#needBehind(0);
      }
    }
    return need;
  }

  /** A signature with steps for the other side had its chance when that side was heard first. */
  #belongsToFirst(signature: number, speaker: number): boolean {
    const at = this.#tables.signature(signature);
    if (this.#u8[at + abi.G_FLAGS]! & abi.SIGNATURE_TOLD) return false;
    if (speaker === abi.ROLE_CLIENT) return this.#u8[at + abi.G_SERVER_COUNT] !== 0;
    return speaker === abi.ROLE_SERVER && this.#u8[at + abi.G_CLIENT_COUNT] !== 0;
  }

  /** Is, or was, this signature a candidate? */
  #isKnown(signature: number): boolean {
    const count = this.#count;
    for (let index = 0; index < count; index++) {
      if (this.#signatureOf(this.#at(index)) === signature) return true;
    }
    const dead = (this.#flow.inspection + abi.K_DEAD) >>> 1;
    for (let index = 0; index < abi.DEAD_MAX; index++) {
      if (this.#u16[dead + index] === signature + 1) return true;
    }
    return false;
  }

  /** A new candidate in its place, or 0 when there are too many. */
  #insert(signature: number, client: number): number {
    const count = this.#count;
    if (count === abi.CANDIDATES_MAX) {
      this.#memory.f64[(abi.CONTROL + abi.C_CANDIDATES_DROPPED) >>> 3]!++;
      return 0;
    }
    let index = 0;
    while (index < count && this.#signatureOf(this.#at(index)) < signature) index++;
    const candidate = this.#at(index);
    this.#u8.copyWithin(candidate + abi.CANDIDATE_SIZE, candidate, this.#at(count));
    this.#u8.fill(0, candidate, candidate + abi.CANDIDATE_SIZE);
    this.#u16[(candidate + abi.Y_SIGNATURE) >>> 1] = signature;
    this.#addFlags(candidate, client * abi.CANDIDATE_CLIENT_B);
    this.#u8[this.#flow.inspection + abi.K_CANDIDATES] = count + 1;
    return candidate;
  }

  /** The candidate dies; the order of the others stays. */
  #remove(index: number): void {
    const candidate = this.#at(index);
    const dead = (this.#flow.inspection + abi.K_DEAD) >>> 1;
    let place = 0;
    while (place < abi.DEAD_MAX && this.#u16[dead + place] !== 0) place++;
    if (place < abi.DEAD_MAX) this.#u16[dead + place] = this.#signatureOf(candidate) + 1;
    const last = this.#count - 1;
    this.#u8.copyWithin(candidate, candidate + abi.CANDIDATE_SIZE, this.#at(last + 1));
    this.#u8.fill(0, this.#at(last), this.#at(last + 1));
    this.#u8[this.#flow.inspection + abi.K_CANDIDATES] = last;
    this.#flow.changed = true;
  }
}
