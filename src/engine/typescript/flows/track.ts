/** Flows: finds each descriptor's row, counts the packet, tells the host what it must decide. */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import { hashKey } from "./hash.js";
import { hasSpoken, lettersOf, writeHistory } from "./history.js";
import { RowSlab } from "./rows.js";
import { NO_SLOT, SlotTable } from "./slots.js";

/** Descriptors whose slots and rows are touched before the first of them is processed. */
const GROUP = 16;
/** Most events of one descriptor: superseded, new, close, payload. */
const EVENTS_PER_DESCRIPTOR = 4;
const NEVER = 0xffffffff;

const DESCRIPTOR_WORDS = abi.DESCRIPTOR_SIZE >>> 2;
const PACKET_WORDS = abi.PACKET_SIZE >>> 2;
const EVENT_WORDS = abi.EVENT_SIZE >>> 2;
/** Word of a descriptor that holds protocol, network, flags and TCP flags, lowest byte first. */
const TRAITS = abi.D_PROTOCOL >>> 2;
/** Word of a row that holds state, flags, marks and TCP flags, lowest byte first. */
const STATUS = abi.R_STATE >>> 2;
const CLOSED = abi.ROW_CLOSED << 8;
const AT = (abi.CONTROL + abi.C_AT) >>> 2;
const BOTH_FINS = abi.ROW_FIN_A | abi.ROW_FIN_B;

const word = (offset: number) => offset >>> 2;

export class Flows {
  readonly #memory: EngineMemory;
  readonly #settle: (row: number, state: number, signature: number) => void;
  readonly #slots: SlotTable;
  readonly #rows: RowSlab;
  #seed0 = 0;
  #seed1 = 0;
  /** Word index of the next event. */
  #event = 0;

  constructor(
    memory: EngineMemory,
    settle: (row: number, state: number, signature: number) => void,
  ) {
    this.#memory = memory;
    this.#settle = settle;
    this.#slots = new SlotTable(memory);
    this.#rows = new RowSlab(memory);
  }

  configure(): void {
    const memory = this.#memory;
    this.#seed0 = memory.control(abi.C_SEED0);
    this.#seed1 = memory.control(abi.C_SEED1);
    this.#slots.configure();
    this.#rows.configure();
    const nextId = (abi.CONTROL + abi.C_NEXT_ID) >>> 3;
    if (memory.f64[nextId] === 0) memory.f64[nextId] = 1;
  }

  track(first: number): number {
    const memory = this.#memory;
    const { u32, f64 } = memory;
    const slots = this.#slots;
    const rows = this.#rows;
    const hashes = memory.control(abi.C_SCRATCH) >>> 2;
    const end = memory.control(abi.C_DESCRIPTOR_COUNT);
    const deadline = memory.control(abi.C_DEADLINE);
    const descriptors = memory.control(abi.C_DESCRIPTORS) >>> 2;
    const packets = memory.control(abi.C_PACKETS) >>> 2;
    const events = memory.control(abi.C_EVENTS) >>> 2;
    const lastEvent =
      events + (memory.control(abi.C_EVENTS_MAX) - EVENTS_PER_DESCRIPTOR) * EVENT_WORDS;
    let clockSec = memory.control(abi.C_CLOCK_SEC);
    let clockNs = memory.control(abi.C_CLOCK_NS);
    let stop = abi.TRACK_DONE;
    let group = first;
    let touched = first;
    let index = first;
    this.#event = events;

    for (; index < end; index++) {
      u32[AT] = index;
      if (index === touched) {
        group = index;
        touched = Math.min(index + GROUP, end);
        this.#touchAhead(descriptors + index * DESCRIPTOR_WORDS, touched - index, hashes);
      }
      const descriptor = descriptors + index * DESCRIPTOR_WORDS;
      const packet = packets + u32[descriptor + word(abi.D_PACKET)]! * PACKET_WORDS;
      const sec = u32[packet + word(abi.P_SEC)]!;
      const ns = u32[packet + word(abi.P_NS)]!;
      if ((sec >= deadline || clockSec >= deadline) && deadline !== NEVER) {
        stop = abi.TRACK_DEADLINE;
        break;
      }
      if (this.#event > lastEvent) {
        stop = abi.TRACK_EVENTS;
        break;
      }

      const traits = u32[descriptor + TRAITS]!;
      const protocol = traits & 0xff;
      const tcpFlags = traits >>> 24;
      const hash = u32[hashes + index - group]!;
      let number = slots.find(descriptor, hash);
      if (
        number === 0 ||
        (beginsFlow(protocol, tcpFlags) && (u32[rows.at(number) + STATUS]! & CLOSED) !== 0)
      ) {
        const fresh = rows.take();
        if (fresh === 0) {
          stop = abi.TRACK_ROWS;
          break;
        }
        if (number === 0) {
          slots.insert(descriptor, hash, fresh, memory.control(abi.C_ROWS_LIVE));
        } else {
          slots.handOver(u32[rows.at(number) + word(abi.R_SLOT)]!, fresh);
          slots.setSlotOf(number, NO_SLOT);
          this.#put(abi.EVENT_SUPERSEDED, number, index, fresh);
        }
        this.#open(rows.at(fresh), traits, sec, ns);
        this.#put(abi.EVENT_NEW, fresh, index, Math.max(sec, clockSec));
        number = fresh;
      }

      if (sec > clockSec || (sec === clockSec && ns >= clockNs)) {
        clockSec = sec;
        clockNs = ns;
      } else if (
        // Fragments that were held came in time.
        ((traits >>> 16) & abi.D_FLAG_HELD) === 0 &&
        // Two descriptors of one packet stand together.
        (index === 0 ||
          u32[descriptor + word(abi.D_PACKET)] !==
            u32[descriptor - DESCRIPTOR_WORDS + word(abi.D_PACKET)])
      ) {
        f64[(abi.CONTROL + abi.C_TIME_BACKWARDS) >>> 3]! += 1;
      }

      const row = rows.at(number);
      const counters = row >>> 1;
      const flags = (traits >>> 16) & 0xff;
      const direction = (flags & abi.D_FLAG_REVERSED) === 0 ? 0 : 1;
      f64[counters + (abi.R_PACKETS_A >>> 3) + direction]! += 1;
      f64[counters + (abi.R_BYTES_A >>> 3) + direction]! += u32[packet + word(abi.P_WIRE)]!;
      const lastSec = u32[row + word(abi.R_LAST_SEC)]!;
      if (sec > lastSec || (sec === lastSec && ns > u32[row + word(abi.R_LAST_NS)]!)) {
        u32[row + word(abi.R_LAST_SEC)] = sec;
        u32[row + word(abi.R_LAST_NS)] = ns;
      }
      if ((u32[row + STATUS]! & (abi.ROW_NEW_PART << 8)) !== 0) {
        u32[row + STATUS]! &= ~(abi.ROW_NEW_PART << 8);
        u32[row + word(abi.R_FIRST_SEC)] = sec;
        u32[row + word(abi.R_FIRST_NS)] = ns;
      }
      u32[row + word(abi.R_SEEN_SEC)] = clockSec;
      u32[row + STATUS]! |= flags << 16;

      if (protocol === abi.IP_TCP) {
        u32[row + STATUS]! |= tcpFlags << 24;
        const letters = lettersOf(tcpFlags, u32[descriptor + word(abi.D_LENGTH)]!);
        const begins = (tcpFlags & abi.TCP_SYN) !== 0 && !hasSpoken(u32, row, direction);
        if (writeHistory(u32, row, letters, direction)) {
          if (begins) {
            const at = direction === 0 ? abi.R_SEQUENCE_A : abi.R_SEQUENCE_B;
            u32[row + word(at)] = u32[descriptor + word(abi.D_SEQ)]!;
          }
          if (closes(u32, row, tcpFlags, direction)) {
            this.#put(abi.EVENT_CLOSE, number, index, clockSec);
          }
        }
      }

      if (
        u32[descriptor + word(abi.D_CAPTURED)] !== 0 &&
        isInspected(protocol) &&
        (u32[row + STATUS]! & 0xff) !== abi.STATE_DONE
      ) {
        const soFar =
          f64[counters + (abi.R_PACKETS_A >>> 3)]! + f64[counters + (abi.R_PACKETS_B >>> 3)]!;
        this.#put(abi.EVENT_PAYLOAD, number, index, Math.min(soFar, 0xffffffff));
      }
    }

    memory.setControl(abi.C_CLOCK_SEC, clockSec);
    memory.setControl(abi.C_CLOCK_NS, clockNs);
    memory.setControl(abi.C_EVENT_COUNT, (this.#event - events) / EVENT_WORDS);
    memory.setControl(abi.C_STOP_DETAIL, stop);
    return index;
  }

  release(row: number): void {
    if (!this.#rows.isLive(row)) return;
    const { u32 } = this.#memory;
    const at = this.#rows.at(row);
    if (u32[at + word(abi.R_INSPECTION)] !== 0) this.#settle(row, abi.STATE_DONE, 0);
    const slot = u32[at + word(abi.R_SLOT)]!;
    if (slot !== NO_SLOT) this.#slots.remove(slot);
    this.#rows.free(row);
  }

  /**
   * Hashes a group of keys into the scratch, then loads a word of their slots, then of their rows:
   * in loops as tight as these the cache misses of the group overlap. The sum keeps them alive.
   */
  #touchAhead(descriptor: number, count: number, hashes: number): void {
    const { u32 } = this.#memory;
    const hashesEnd = hashes + count;
    for (let at = hashes, key = descriptor; at < hashesEnd; at++, key += DESCRIPTOR_WORDS) {
      u32[at] = hashKey(u32, key, this.#seed0, this.#seed1);
    }
    let sum = 0;
    for (let at = hashes; at < hashesEnd; at++) {
      sum = (sum + this.#slots.homeRow(u32[at]!)) | 0;
    }
    for (let at = hashes; at < hashesEnd; at++) {
      const row = this.#rows.at(this.#slots.homeRow(u32[at]!));
      sum = (sum + u32[row + word(abi.R_LAST_SEC)]!) | 0;
    }
    u32[hashes + GROUP] = sum;
  }

  /** Fills a zeroed row with what the first packet says of the flow. */
  #open(row: number, traits: number, sec: number, ns: number): void {
    const { u32, f64 } = this.#memory;
    const protocol = traits & 0xff;
    const isTcp = protocol === abi.IP_TCP;
    const fromB = ((traits >>> 16) & abi.D_FLAG_REVERSED) !== 0;
    const tcpFlags = isTcp ? traits >>> 24 : 0;
    const isOpened = (tcpFlags & abi.TCP_SYN) !== 0;
    const isFromServer = isOpened && (tcpFlags & abi.TCP_ACK) !== 0;
    const state = isInspected(protocol) ? abi.STATE_INSPECT : abi.STATE_DONE;
    const flags = (isOpened ? abi.ROW_OPENED : 0) | (fromB === isFromServer ? 0 : abi.ROW_CLIENT_B);
    u32[row + STATUS] = state | (flags << 8);
    u32[row + word(abi.R_FIRST_SEC)] = sec;
    u32[row + word(abi.R_FIRST_NS)] = ns;
    u32[row + word(abi.R_PART)] = 1;
    f64[(row >>> 1) + (abi.R_ID >>> 3)] = f64[(abi.CONTROL + abi.C_NEXT_ID) >>> 3]!++;
  }

  #put(kind: number, row: number, descriptor: number, aux: number): void {
    const { u32 } = this.#memory;
    const event = this.#event;
    u32[event + word(abi.E_KIND)] = kind;
    u32[event + word(abi.E_ROW)] = row;
    u32[event + word(abi.E_DESCRIPTOR)] = descriptor;
    u32[event + word(abi.E_AUX)] = aux;
    this.#event = event + EVENT_WORDS;
  }
}

function beginsFlow(protocol: number, tcpFlags: number): boolean {
  return protocol === abi.IP_TCP && (tcpFlags & (abi.TCP_SYN | abi.TCP_ACK)) === abi.TCP_SYN;
}

/** Notes FIN and RST; true when that closes the flow: a RST, or FINs from both sides. */
function closes(u32: Uint32Array, row: number, tcpFlags: number, direction: number): boolean {
  const status = u32[row + STATUS]!;
  let flags = (status >>> 8) & 0xff;
  if ((tcpFlags & abi.TCP_FIN) !== 0) flags |= direction === 0 ? abi.ROW_FIN_A : abi.ROW_FIN_B;
  if ((tcpFlags & abi.TCP_RST) !== 0) flags |= abi.ROW_RST;
  const isClosed = (flags & abi.ROW_RST) !== 0 || (flags & BOTH_FINS) === BOTH_FINS;
  const isNews = isClosed && (flags & abi.ROW_CLOSED) === 0;
  if (isClosed) flags |= abi.ROW_CLOSED;
  u32[row + STATUS] = (status & 0xffff00ff) | (flags << 8);
  return isNews;
}

/** Transports whose payload is looked at. */
const isInspected = (protocol: number): boolean =>
  protocol === abi.IP_TCP || protocol === abi.IP_UDP || protocol === abi.IP_SCTP;
