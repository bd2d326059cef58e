import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";
import { EngineCounts } from "./engine-counts.js";
import { GRADES, type FlowRecord, type Looks, type LooksKind } from "../record/record.js";
import {
  nameUnhandled,
  UNHANDLED_KINDS,
  type ProtocolTotal,
  type Summary,
  type Unhandled,
} from "../record/summary.js";

/** What the host of an engine could not keep, counted as in {@link Summary}. */
export type Unkept = Pick<
  Summary["counters"],
  "expectationsEvicted" | "namesEvicted" | "factsDenied"
>;

const NOTHING: Unkept = { expectationsEvicted: 0, namesEvicted: 0, factsDenied: 0 };

const added = (a: Unkept, b: Unkept): Unkept => ({
  expectationsEvicted: a.expectationsEvicted + b.expectationsEvicted,
  namesEvicted: a.namesEvicted + b.namesEvicted,
  factsDenied: a.factsDenied + b.factsDenied,
});

/** Adds up records and the engine's counters into a summary. */
export class Tally {
  #memory: EngineMemory;
  /** The engine's counters at the mark, and those of engines before it. */
  readonly #marked = new EngineCounts();
  readonly #past = new EngineCounts();
  #isMarked = false;
  /** What hosts of engines before this one could not keep. */
  #unkept: Unkept = NOTHING;
  readonly #protocols = new Map<string | null, ProtocolTotal>();
  readonly #looks = new Map<LooksKind, number>();
  #flows = 0;
  #first = "";
  #last = "";
  evicted = 0;
  /** Engines that trapped, and flows of theirs that there is no record of. */
  traps = 0;
  flowsLost = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  /** Remembers the engine's counters, for {@link rewind}. */
  mark(): void {
    this.#marked.take(this.#memory);
  }

  /** The engine has trapped, and what it read since the mark is read again by another. */
  rewind(): void {
    this.#isMarked = true;
  }

  /** Another engine's counters are added from here on. */
  turnTo(memory: EngineMemory, unkept: Unkept): void {
    if (!this.#isMarked) this.#marked.take(this.#memory);
    this.#past.add(this.#marked);
    this.#isMarked = false;
    this.#unkept = added(this.#unkept, unkept);
    this.#memory = memory;
    this.traps++;
  }

  add(record: FlowRecord): void {
    if (record.ended.part === 1) this.#flows++;
    if (this.#first === "" || record.start < this.#first) this.#first = record.start;
    if (record.end > this.#last) this.#last = record.end;
    let total = this.#protocols.get(record.protocol);
    if (total === undefined) {
      total = { name: record.protocol, flows: 0, packets: 0, bytes: 0 };
      this.#protocols.set(record.protocol, total);
    }
    if (record.ended.part === 1) total.flows++;
    total.packets += record.packets.toServer + record.packets.toClient;
    total.bytes += record.bytes.toServer + record.bytes.toClient;
    if (record.looks !== null && record.ended.part === 1) this.#addLooks(record.looks);
    const { grade } = record.evidence;
    if (
      record.protocol !== null &&
      (total.grade === undefined || GRADES.indexOf(grade) < GRADES.indexOf(total.grade))
    ) {
      total.grade = grade;
    }
  }

  #addLooks({ toServer, toClient }: Looks): void {
    for (const side of toServer?.kind === toClient?.kind ? [toServer] : [toServer, toClient]) {
      if (side !== null) this.#looks.set(side.kind, (this.#looks.get(side.kind) ?? 0) + 1);
    }
  }

  summary(unkept: Unkept): Summary {
    const { expectationsEvicted, namesEvicted, factsDenied } = added(this.#unkept, unkept);
    const counter = (field: number): number =>
      this.#memory.counter(field) + this.#past.counter(field);
    const seconds = (Date.parse(cut(this.#last)) - Date.parse(cut(this.#first))) / 1000;
    return {
      flows: this.#flows,
      packets: counter(abi.C_TOTAL_PACKETS),
      bytes: counter(abi.C_TOTAL_BYTES),
      seconds: Number.isNaN(seconds) ? 0 : seconds,
      protocols: [...this.#protocols.values()].sort(
        (a, b) => b.bytes - a.bytes || ((a.name ?? "") < (b.name ?? "") ? -1 : 1),
      ),
      looks: Array.from(this.#looks, ([kind, flows]) => ({ kind, flows })).sort(
        (a, b) => b.flows - a.flows || (a.kind < b.kind ? -1 : 1),
      ),
      unhandled: this.#unhandled(),
      counters: {
        noFlow: counter(abi.C_NO_FLOW),
        malformed: counter(abi.C_MALFORMED),
        fragments: counter(abi.C_FRAGMENTS) - counter(abi.C_REASSEMBLED_FRAGMENTS),
        datagramsIncomplete: counter(abi.C_FRAGMENTS_INCOMPLETE),
        datagramsEvicted: counter(abi.C_FRAGMENTS_EVICTED),
        fragmentsOverlapping: counter(abi.C_FRAGMENTS_OVERLAP),
        duplicates: counter(abi.C_TWICE_PACKETS),
        timeBackwards: counter(abi.C_TIME_BACKWARDS),
        evicted: this.evicted,
        expectationsEvicted,
        namesEvicted,
        inspectionDenied: counter(abi.C_INSPECTION_DENIED),
        prefixDenied: counter(abi.C_PREFIX_DENIED),
        factsDenied,
        contextOverflow: counter(abi.C_CONTEXT_OVERFLOW),
        unhandledOverflow: counter(abi.C_UNHANDLED_OVERFLOW),
        gaps: counter(abi.C_GAPS),
        segmentsDropped: counter(abi.C_SEGMENTS_DROPPED),
        budget: counter(abi.C_BUDGET),
        candidatesDropped: counter(abi.C_CANDIDATES_DROPPED),
        traps: this.traps,
        flowsLost: this.flowsLost,
      },
    };
  }

  #unhandled(): Unhandled[] {
    const now = new EngineCounts();
    now.take(this.#memory);
    now.add(this.#past);
    const rows = now.unhandled.map(({ code, value, packets, bytes }) => {
      const kind = UNHANDLED_KINDS[code - 1]!;
      return { kind, value, name: nameUnhandled(kind, value), packets, bytes };
    });
    return rows.sort((a, b) => b.packets - a.packets || (a.name < b.name ? -1 : 1));
  }
}

/** To microseconds, which is what Date can hold at most. */
const cut = (time: string): string => time.slice(0, 26) + (time === "" ? "" : "Z");
