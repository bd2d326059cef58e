import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";
import { GRADES, type FlowRecord, type Looks, type LooksKind } from "../record/record.js";
import {
  nameUnhandled,
  UNHANDLED_KINDS,
  type ProtocolTotal,
  type Summary,
  type Unhandled,
} from "../record/summary.js";

/** Adds up records and the engine's counters into a summary. */
export class Tally {
  readonly #memory: EngineMemory;
  readonly #protocols = new Map<string | null, ProtocolTotal>();
  readonly #looks = new Map<LooksKind, number>();
  #flows = 0;
  #first = "";
  #last = "";
  evicted = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
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

  summary(expectationsEvicted: number, namesEvicted: number, factsDenied: number): Summary {
    const counter = (field: number): number => this.#memory.counter(field);
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
      },
    };
  }

  #unhandled(): Unhandled[] {
    const memory = this.#memory;
    const count = memory.control(abi.C_UNHANDLED_COUNT);
    const rows: Unhandled[] = [];
    for (let i = 0; i < count; i++) {
      const at = memory.address("unhandled") + i * abi.UNHANDLED_SIZE;
      const kind = UNHANDLED_KINDS[memory.u32[(at + abi.N_KIND) >>> 2]! - 1]!;
      const value = memory.u32[(at + abi.N_VALUE) >>> 2]!;
      rows.push({
        kind,
        value,
        name: nameUnhandled(kind, value),
        packets: memory.f64[(at + abi.N_PACKETS) >>> 3]!,
        bytes: memory.f64[(at + abi.N_BYTES) >>> 3]!,
      });
    }
    return rows.sort((a, b) => b.packets - a.packets || (a.name < b.name ? -1 : 1));
  }
}

/** To microseconds, which is what Date can hold at most. */
const cut = (time: string): string => time.slice(0, 26) + (time === "" ? "" : "Z");
