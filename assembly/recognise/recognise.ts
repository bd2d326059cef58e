/**
 * Recognise: runs payloads of undecided flows through the matchers, and says what came of it.
 *
 * A datagram is matched where it lies. The first segment of a stream is too, and its bytes are
 * copied only if something still waits for them afterwards: most flows are decided, or given up by
 * every opener, within their first segment.
 */
import * as abi from "../abi";
import { opensWithSyn } from "../flows/history";
import { configureHosts } from "../hosts/lookup";
import {
  count as tally,
  descriptors,
  due,
  hosts,
  messageLimit,
  prefixLimit,
  rows,
  setControl,
} from "../memory";
import {
  concernsCandidates,
  followDatagram,
  followStream,
  openDatagram,
  openStream,
} from "./candidates";
import { hasOpeners } from "./dispatch";
import {
  Flow,
  flagsOf,
  isFinished,
  NONE,
  openersWait,
  roleOf,
  ROLE_UNKNOWN,
  setFlags,
  streamBytes,
} from "./flow";
import { configureDissectors } from "./dissect";
import { freeInspection, inspectionAt, takeInspection, wayAt } from "./inspections";
import { clearSaved, run, RUN_DONE } from "./machine";
import { configurePrefixes, takePrefix } from "./prefixes";
import { addSegment, beginAnew } from "./reassembly";
import { giveSpans, resetSpans } from "./spans";
import { configureTables, signatureAt, Tables } from "./tables";

export function configureRecognition(): void {
  configureTables();
  configurePrefixes();
  configureDissectors();
  configureHosts(hosts);
}

function rowAt(row: u32): usize {
  return rows + <usize>row * abi.ROW_SIZE;
}

export function recognise(count: u32): void {
  resetSpans();
  for (let index: u32 = 0; index < count; index++) {
    setControl(abi.C_AT, index);
    const entry = due + <usize>index * abi.DUE_SIZE;
    const descriptor =
      descriptors + <usize>load<u32>(entry, abi.Q_DESCRIPTOR) * abi.DESCRIPTOR_SIZE;
    Flow.row = load<u32>(entry, abi.Q_ROW);
    Flow.packet = load<u32>(entry, abi.Q_PACKET);
    Flow.due = index;
    const state = load<u8>(rowAt(Flow.row), abi.R_STATE);
    let result: u32 = 0;
    if (state == abi.STATE_INSPECT) result = inspect(descriptor);
    else if (state == abi.STATE_WATCH) watch(descriptor);
    store<u32>(entry, result, abi.Q_OUTCOME);
  }
}

/** Runs the watch program of the flow's signature: no candidates, spans only. */
function watch(descriptor: usize): void {
  if (load<u8>(descriptor, abi.D_FLAGS) & abi.D_FLAG_TWICE) return;
  const signature = load<u32>(rowAt(Flow.row), abi.R_SIGNATURE);
  if (signature >= Tables.signaturesCount) return;
  const step: u32 = load<u16>(signatureAt(signature), abi.G_WATCH);
  if (step == abi.NO_STEP) return;
  const payload = load<u32>(descriptor, abi.D_PAYLOAD);
  const captured = load<u32>(descriptor, abi.D_CAPTURED);
  tally(abi.C_PAYLOADS);
  clearSaved();
  if (run(step, payload, captured, load<u32>(descriptor, abi.D_LENGTH), false) == RUN_DONE) {
    giveSpans(Flow.row, signature, Flow.due);
  }
}

function inspect(descriptor: usize): u32 {
  const row = rowAt(Flow.row);
  let number = load<u32>(row, abi.R_INSPECTION);
  if (number == 0) {
    number = takeInspection(Flow.row);
    if (number == 0) {
      tally(abi.C_INSPECTION_DENIED);
      return abi.OUTCOME_DENIED;
    }
    store<u32>(row, number, abi.R_INSPECTION);
    store<u8>(
      inspectionAt(number),
      <u8>transportOf(load<u8>(descriptor, abi.D_PROTOCOL)),
      abi.K_TRANSPORT,
    );
  }
  enterFlow(number);
  const flags = load<u8>(descriptor, abi.D_FLAGS);
  const direction: u32 = (flags & abi.D_FLAG_REVERSED) != 0 ? 1 : 0;
  const captured = load<u32>(descriptor, abi.D_CAPTURED);
  if (captured == 0 || isFinished(direction)) return outcome();

  const way = wayAt(Flow.inspection, direction);
  const isNew = (flagsOf(direction) & abi.WAY_STARTED) == 0;
  if (isNew) hear(direction);
  const isStream = Flow.transport == abi.TRANSPORT_TCP;
  // A copy of a datagram is no other datagram; of a segment, reassembly has it already.
  if (!isStream && !isNew && (flags & abi.D_FLAG_TWICE) != 0) return outcome();
  const messages = load<u32>(way, abi.W_MESSAGES) + 1;
  store<u32>(way, messages, abi.W_MESSAGES);
  // A byte a segment is the most that a stream's prefix can need.
  const isLast = messages >= (isStream ? prefixLimit : messageLimit);
  const payload: usize = load<u32>(descriptor, abi.D_PAYLOAD);
  const length = load<u32>(descriptor, abi.D_LENGTH);

  if (Flow.transport != abi.TRANSPORT_TCP) {
    tally(abi.C_PAYLOADS);
    followDatagram(direction, payload, captured, length);
    if (isNew) openDatagram(direction, payload, captured, length);
    if (isLast) setFlags(direction, abi.WAY_FINISHED);
    return outcome();
  }

  const sequence = load<u32>(descriptor, abi.D_SEQ);
  const isNews =
    isNew && !waitForBeginning(direction, sequence)
      ? startStream(direction, sequence, payload, captured, length)
      : addSegment(way, sequence, payload, captured, length);
  if (isLast) setFlags(direction, abi.WAY_FINISHED);
  if (isNews || isLast) {
    tally(abi.C_PAYLOADS);
    matchStream(direction);
  }
  const denied = keepBytes(direction) ? 0 : abi.OUTCOME_DENIED;
  return outcome() | denied;
}

function transportOf(protocol: u32): u32 {
  if (protocol == abi.IP_TCP) return abi.TRANSPORT_TCP;
  return protocol == abi.IP_UDP ? abi.TRANSPORT_UDP : abi.TRANSPORT_SCTP;
}

function enterFlow(number: u32): void {
  const flags: u32 = load<u8>(rowAt(Flow.row), abi.R_FLAGS);
  const isOpened = (flags & abi.ROW_OPENED) != 0;
  const clientIsB = (flags & abi.ROW_CLIENT_B) != 0;
  Flow.inspection = inspectionAt(number);
  Flow.transport = load<u8>(Flow.inspection, abi.K_TRANSPORT);
  Flow.midstream = Flow.transport == abi.TRANSPORT_TCP && !isOpened;
  Flow.roleA = !isOpened ? ROLE_UNKNOWN : clientIsB ? abi.ROLE_SERVER : abi.ROLE_CLIENT;
  Flow.roleB = !isOpened ? ROLE_UNKNOWN : clientIsB ? abi.ROLE_CLIENT : abi.ROLE_SERVER;
  Flow.changed = false;
  Flow.direct = NONE;
}

function hear(direction: u32): void {
  const heard: u32 = load<u8>(Flow.inspection, abi.K_HEARD);
  setFlags(direction, abi.WAY_STARTED | (heard == 0 ? abi.WAY_FIRST : 0));
  store<u8>(Flow.inspection, <u8>(heard | (1 << direction)), abi.K_HEARD);
}

/** Is this segment not the first one, by what the SYN said? Then the stream is kept for that. */
function waitForBeginning(direction: u32, sequence: u32): bool {
  const row = rowAt(Flow.row);
  if (!opensWithSyn(row, direction)) return false;
  const first = load<u32>(row + <usize>(direction == 0 ? abi.R_SEQUENCE_A : abi.R_SEQUENCE_B));
  if (sequence - first - 1 >= prefixLimit - 1) return false;
  const block = takePrefix();
  if (block == 0) return false;
  const way = wayAt(Flow.inspection, direction);
  store<u32>(way, <u32>block, abi.W_PREFIX);
  store<u32>(way, first, abi.W_BASE);
  store<u32>(way, prefixLimit, abi.W_STOP);
  return true;
}

/** The stream begins with this segment, which is matched where it lies. */
function startStream(
  direction: u32,
  sequence: u32,
  payload: usize,
  captured: u32,
  length: u32,
): bool {
  const way = wayAt(Flow.inspection, direction);
  store<u32>(way, sequence, abi.W_BASE);
  const stop = captured < length ? min(captured, prefixLimit) : prefixLimit;
  store<u32>(way, stop, abi.W_STOP);
  store<u32>(way, min(captured, stop), abi.W_LENGTH);
  if (captured >= stop) setFlags(direction, abi.WAY_FINISHED);
  Flow.direct = direction;
  Flow.directBytes = payload;
  return true;
}

function matchStream(direction: u32): void {
  followStream(direction);
  if ((flagsOf(direction) & abi.WAY_DISPATCHED) != 0 || !openStream(direction)) return;
  // The new candidates go on with what both sides have said already.
  followStream(direction);
  followStream(1 - direction);
}

/**
 * Copies what was matched in the window into a block, if anything still waits for it. A direction
 * that nothing waits for is finished. False if no block was left: then what waits gets no more.
 */
function keepBytes(direction: u32): bool {
  if (isFinished(direction)) return true;
  const isWanted =
    openersWait(direction) ||
    concernsCandidates(direction) ||
    // Openers of the side heard first may yet make candidates that look at what this one said.
    openersWait(1 - direction);
  if (!isWanted) {
    setFlags(direction, abi.WAY_FINISHED);
    return true;
  }
  if (direction != Flow.direct) return true;
  const way = wayAt(Flow.inspection, direction);
  const block = takePrefix();
  if (block == 0) {
    tally(abi.C_PREFIX_DENIED);
    setFlags(direction, abi.WAY_FINISHED);
    matchStream(direction);
    return false;
  }
  memory.copy(block, streamBytes(direction), load<u32>(way, abi.W_LENGTH));
  store<u32>(way, <u32>block, abi.W_PREFIX);
  return true;
}

function outcome(): u32 {
  return (Flow.changed ? abi.OUTCOME_CHANGED : 0) | (isActive() ? abi.OUTCOME_ACTIVE : 0);
}

/** Can anything that is still to come change the picture? */
function isActive(): bool {
  for (let direction: u32 = 0; direction < 2; direction++) {
    if (isFinished(direction)) continue;
    if (openersWait(direction) || concernsCandidates(direction)) return true;
    const isHeard = (flagsOf(direction) & abi.WAY_STARTED) != 0;
    if (!isHeard && hasOpeners(Flow.transport, roleOf(direction))) return true;
  }
  return false;
}

export function finish(row: u32): u32 {
  resetSpans();
  const number = load<u32>(rowAt(row), abi.R_INSPECTION);
  if (number == 0 || load<u8>(rowAt(row), abi.R_STATE) != abi.STATE_INSPECT) return 0;
  Flow.row = row;
  Flow.due = NONE;
  const packets = load<f64>(rowAt(row), abi.R_PACKETS_A) + load<f64>(rowAt(row), abi.R_PACKETS_B);
  Flow.packet = <u32>min<f64>(packets, 4294967295);
  enterFlow(number);
  for (let direction: u32 = 0; direction < 2; direction++) {
    if (isFinished(direction)) continue;
    setFlags(direction, abi.WAY_FINISHED);
    if (Flow.transport != abi.TRANSPORT_TCP || (flagsOf(direction) & abi.WAY_STARTED) == 0)
      continue;
    beginAnew(wayAt(Flow.inspection, direction));
    matchStream(direction);
  }
  return Flow.changed ? abi.OUTCOME_CHANGED : 0;
}

export function read(signature: u32, role: u32, at: u32, length: u32): void {
  resetSpans();
  if (signature >= Tables.signaturesCount) return;
  const entry = signatureAt(signature);
  const count = role != 0 ? abi.G_SERVER_COUNT : abi.G_CLIENT_COUNT;
  if (load<u8>(entry + count) == 0) return;
  const first = role != 0 ? abi.G_SERVER_FIRST : abi.G_CLIENT_FIRST;
  clearSaved();
  if (run(load<u16>(entry + first), at, length, length, false) == RUN_DONE) {
    giveSpans(0, signature, NONE);
  }
}

export function settle(row: u32, state: u32, signature: u32): void {
  const at = rowAt(row);
  const number = load<u32>(at, abi.R_INSPECTION);
  if (number != 0) freeInspection(number);
  store<u32>(at, 0, abi.R_INSPECTION);
  store<u8>(at, <u8>state, abi.R_STATE);
  if (state == abi.STATE_FOLLOW) return;
  store<u32>(at, state == abi.STATE_WATCH ? signature : 0, abi.R_SIGNATURE);
}
