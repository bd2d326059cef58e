/**
 * Flows: finds each descriptor's row, counts the packet, tells the host what it must decide.
 *
 * What ends a flow and when is the host's business; only a SYN on a closed flow begins a new one
 * here, because the packets behind it must be counted in the new row. RFC 9293 §3.6.
 */
import * as abi from "../abi";
import {
  control,
  count,
  descriptors,
  events,
  eventsMax,
  packets,
  scratch,
  setControl,
} from "../memory";
import { settle } from "../recognise/recognise";
import { hashKeys } from "./hash";
import { lettersOf, writeHistory } from "./history";
import { freeRow, isLive, rowAt, takeRow } from "./rows";
import {
  configureSlots,
  findRow,
  homeSlot,
  insertSlot,
  NO_SLOT,
  removeSlot,
  setSlotOf,
  slotAt,
} from "./slots";

/** Descriptors whose slots and rows are touched before the first of them is processed. */
const GROUP: u32 = 16;
/** Most events of one descriptor: superseded, new, close, payload. */
const EVENTS_PER_DESCRIPTOR: u32 = 4;
const NEVER: u32 = 0xffffffff;

export function configureFlows(): void {
  configureSlots();
  if (load<f64>(abi.CONTROL + abi.C_NEXT_ID) == 0) store<f64>(abi.CONTROL + abi.C_NEXT_ID, 1);
}

export function track(first: u32): u32 {
  const end = control(abi.C_DESCRIPTOR_COUNT);
  const deadline = control(abi.C_DEADLINE);
  const lastEvent = events + <usize>(eventsMax - EVENTS_PER_DESCRIPTOR) * abi.EVENT_SIZE;
  let event = events;
  let clockSec = control(abi.C_CLOCK_SEC);
  let clockNs = control(abi.C_CLOCK_NS);
  let stop: u32 = abi.TRACK_DONE;
  let index = first;
  let touched = first;
  let hash: usize = 0;

  for (; index < end; index++) {
    setControl(abi.C_AT, index);
    if (index == touched) {
      touched = min(index + GROUP, end);
      touchAhead(index, touched);
      hash = scratch;
    } else hash += 4;
    const descriptor = descriptors + <usize>index * abi.DESCRIPTOR_SIZE;
    const packet = packets + <usize>load<u32>(descriptor, abi.D_PACKET) * abi.PACKET_SIZE;
    const sec = load<u32>(packet, abi.P_SEC);
    const ns = load<u32>(packet, abi.P_NS);
    if (max(sec, clockSec) >= deadline && deadline != NEVER) {
      stop = abi.TRACK_DEADLINE;
      break;
    }
    if (event > lastEvent) {
      stop = abi.TRACK_EVENTS;
      break;
    }

    const tcpFlags: u32 = load<u8>(descriptor, abi.D_TCP_FLAGS);
    const protocol = load<u8>(descriptor, abi.D_PROTOCOL);
    let number = findRow(descriptor, load<u32>(hash));
    if (number == 0 || (beginsFlow(protocol, tcpFlags) && isClosed(number))) {
      const fresh = takeRow();
      if (fresh == 0) {
        stop = abi.TRACK_ROWS;
        break;
      }
      if (number == 0) insertSlot(descriptor, load<u32>(hash), fresh, control(abi.C_ROWS_LIVE));
      else {
        supersede(number, fresh);
        event = putEvent(event, abi.EVENT_SUPERSEDED, number, index, fresh);
      }
      openRow(rowAt(fresh), descriptor, sec, ns);
      event = putEvent(event, abi.EVENT_NEW, fresh, index, max(sec, clockSec));
      number = fresh;
    }

    if (sec > clockSec || (sec == clockSec && ns >= clockNs)) {
      clockSec = sec;
      clockNs = ns;
    } else if (!isHeld(descriptor) && isFirstOfPacket(index, descriptor)) {
      count(abi.C_TIME_BACKWARDS);
    }

    const row = rowAt(number);
    const flags: u32 = load<u8>(descriptor, abi.D_FLAGS);
    const direction: u32 = (flags & abi.D_FLAG_REVERSED) != 0 ? 1 : 0;
    const counters = row + <usize>direction * 8;
    store<f64>(counters, load<f64>(counters, abi.R_PACKETS_A) + 1, abi.R_PACKETS_A);
    const wire = <f64>load<u32>(packet, abi.P_WIRE);
    store<f64>(counters, load<f64>(counters, abi.R_BYTES_A) + wire, abi.R_BYTES_A);
    const lastSec = load<u32>(row, abi.R_LAST_SEC);
    if (sec > lastSec || (sec == lastSec && ns > load<u32>(row, abi.R_LAST_NS))) {
      store<u32>(row, sec, abi.R_LAST_SEC);
      store<u32>(row, ns, abi.R_LAST_NS);
    }
    const rowFlags = load<u8>(row, abi.R_FLAGS);
    if ((rowFlags & abi.ROW_NEW_PART) != 0) {
      store<u8>(row, rowFlags & ~abi.ROW_NEW_PART, abi.R_FLAGS);
      store<u32>(row, sec, abi.R_FIRST_SEC);
      store<u32>(row, ns, abi.R_FIRST_NS);
    }
    store<u32>(row, clockSec, abi.R_SEEN_SEC);
    store<u8>(row, load<u8>(row, abi.R_MARKS) | <u8>flags, abi.R_MARKS);

    if (protocol == abi.IP_TCP) {
      store<u8>(row, load<u8>(row, abi.R_TCP_FLAGS) | <u8>tcpFlags, abi.R_TCP_FLAGS);
      const letters = lettersOf(tcpFlags, load<u32>(descriptor, abi.D_LENGTH));
      const known = <u32>load<u16>(row, abi.R_HISTORY_SEEN) >> (6 * direction);
      if ((letters & ~known) != 0) {
        writeHistory(row, letters, direction);
        const hasSpoken = (known & (1 << abi.HISTORY_DATA)) != 0;
        if ((tcpFlags & abi.TCP_SYN) != 0 && !hasSpoken) noteSequence(row, descriptor, direction);
        if (closes(row, tcpFlags, direction)) {
          event = putEvent(event, abi.EVENT_CLOSE, number, index, clockSec);
        }
      }
    }

    if (
      load<u32>(descriptor, abi.D_CAPTURED) != 0 &&
      isInspected(protocol) &&
      load<u8>(row, abi.R_STATE) != abi.STATE_DONE
    ) {
      event = putEvent(event, abi.EVENT_PAYLOAD, number, index, packetsSoFar(row));
    }
  }

  setControl(abi.C_CLOCK_SEC, clockSec);
  setControl(abi.C_CLOCK_NS, clockNs);
  setControl(abi.C_EVENT_COUNT, <u32>((event - events) / abi.EVENT_SIZE));
  setControl(abi.C_STOP_DETAIL, stop);
  return index;
}

export function release(row: u32): void {
  if (!isLive(row)) return;
  const slot = load<u32>(rowAt(row), abi.R_SLOT);
  if (load<u32>(rowAt(row), abi.R_INSPECTION) != 0) settle(row, abi.STATE_DONE, 0);
  if (slot != NO_SLOT) removeSlot(slot);
  freeRow(row);
}

/**
 * Hashes a group of keys into the scratch, then loads a word of their slots, then of their rows.
 * In loops as tight as these all cache misses of the group are under way at once: 116 ns a packet
 * instead of 168 at a million flows. With the hashing between the loads only two or three are, and
 * nothing is gained. The sum is stored lest the loads be optimised away.
 */
function touchAhead(from: u32, to: u32): void {
  const hashes = scratch;
  const hashesEnd = hashes + <usize>(to - from) * 4;
  hashKeys(descriptors + <usize>from * abi.DESCRIPTOR_SIZE, to - from, hashes);
  let sum: u32 = 0;
  for (let at = hashes; at < hashesEnd; at += 4) {
    sum += load<u32>(homeSlot(load<u32>(at)), abi.S_ROW);
  }
  for (let at = hashes; at < hashesEnd; at += 4) {
    sum += load<u32>(rowAt(load<u32>(homeSlot(load<u32>(at)), abi.S_ROW)), abi.R_LAST_SEC);
  }
  store<u32>(scratch + GROUP * 4, sum);
}

function beginsFlow(protocol: u32, tcpFlags: u32): bool {
  return protocol == abi.IP_TCP && (tcpFlags & (abi.TCP_SYN | abi.TCP_ACK)) == abi.TCP_SYN;
}

function isClosed(row: u32): bool {
  return (load<u8>(rowAt(row), abi.R_FLAGS) & abi.ROW_CLOSED) != 0;
}

/** Hands the slot of a closed flow to the one that begins with the same key. */
function supersede(old: u32, fresh: u32): void {
  const slot = load<u32>(rowAt(old), abi.R_SLOT);
  store<u32>(slotAt(slot), fresh, abi.S_ROW);
  setSlotOf(fresh, slot);
  setSlotOf(old, NO_SLOT);
}

/** Transports whose payload is looked at. */
function isInspected(protocol: u32): bool {
  return protocol == abi.IP_TCP || protocol == abi.IP_UDP || protocol == abi.IP_SCTP;
}

/** Fills a zeroed row with what the first packet says of the flow. */
function openRow(row: usize, descriptor: usize, sec: u32, ns: u32): void {
  const protocol = load<u8>(descriptor, abi.D_PROTOCOL);
  const fromB = (load<u8>(descriptor, abi.D_FLAGS) & abi.D_FLAG_REVERSED) != 0;
  const tcpFlags: u32 = protocol == abi.IP_TCP ? load<u8>(descriptor, abi.D_TCP_FLAGS) : 0;
  const opened = (tcpFlags & abi.TCP_SYN) != 0;
  const byServer = opened && (tcpFlags & abi.TCP_ACK) != 0;
  store<u8>(row, isInspected(protocol) ? abi.STATE_INSPECT : abi.STATE_DONE, abi.R_STATE);
  store<u8>(
    row,
    (opened ? abi.ROW_OPENED : 0) | (fromB != byServer ? abi.ROW_CLIENT_B : 0),
    abi.R_FLAGS,
  );
  store<u32>(row, sec, abi.R_FIRST_SEC);
  store<u32>(row, ns, abi.R_FIRST_NS);
  store<u32>(row, 1, abi.R_PART);
  const id = load<f64>(abi.CONTROL + abi.C_NEXT_ID);
  store<f64>(row, id, abi.R_ID);
  store<f64>(abi.CONTROL + abi.C_NEXT_ID, id + 1);
}

/** Where the bytes of this side begin. */
function noteSequence(row: usize, descriptor: usize, direction: u32): void {
  const at = direction == 0 ? abi.R_SEQUENCE_A : abi.R_SEQUENCE_B;
  store<u32>(row + <usize>at, load<u32>(descriptor, abi.D_SEQ));
}

/** Notes FIN and RST; true when that closes the flow: a RST, or FINs from both sides. */
function closes(row: usize, tcpFlags: u32, direction: u32): bool {
  let flags: u32 = load<u8>(row, abi.R_FLAGS);
  if ((tcpFlags & abi.TCP_FIN) != 0) flags |= direction != 0 ? abi.ROW_FIN_B : abi.ROW_FIN_A;
  if ((tcpFlags & abi.TCP_RST) != 0) flags |= abi.ROW_RST;
  const bothFins = (flags & (abi.ROW_FIN_A | abi.ROW_FIN_B)) == (abi.ROW_FIN_A | abi.ROW_FIN_B);
  const closed = (flags & abi.ROW_CLOSED) == 0 && (bothFins || (flags & abi.ROW_RST) != 0);
  if (closed) flags |= abi.ROW_CLOSED;
  store<u8>(row, <u8>flags, abi.R_FLAGS);
  return closed;
}

/** A fragment that was held came in time. */
function isHeld(descriptor: usize): bool {
  return (load<u8>(descriptor, abi.D_FLAGS) & abi.D_FLAG_HELD) != 0;
}

/** A packet's descriptors stand together: the one before belongs to another packet. */
function isFirstOfPacket(index: u32, descriptor: usize): bool {
  return (
    index == 0 ||
    load<u32>(descriptor, abi.D_PACKET) != load<u32>(descriptor - abi.DESCRIPTOR_SIZE, abi.D_PACKET)
  );
}

/** Packets of both directions, held at the largest u32: the conversion would trap. */
function packetsSoFar(row: usize): u32 {
  const soFar = load<f64>(row, abi.R_PACKETS_A) + load<f64>(row, abi.R_PACKETS_B);
  return <u32>min<f64>(soFar, 4294967295);
}

function putEvent(event: usize, kind: u32, row: u32, descriptor: u32, aux: u32): usize {
  store<u32>(event, kind, abi.E_KIND);
  store<u32>(event, row, abi.E_ROW);
  store<u32>(event, descriptor, abi.E_DESCRIPTOR);
  store<u32>(event, aux, abi.E_AUX);
  return event + abi.EVENT_SIZE;
}
