/**
 * Candidates: the signatures that a flow may still turn out to be, how far each has come in its two
 * scripts, and what speaks for it. They stand in ascending order of signature, so that their order
 * does not tell in which segment one of them was found.
 */
import * as abi from "../abi";
import { count, scratch } from "../memory";
import { dispatch, NO_OPENER, nextOpener } from "./dispatch";
import { Flow, flagsOf, isFinished, roleOf, setFlags, streamBytes, streamLength } from "./flow";
import { wayAt } from "./inspections";
import { clearSaved, NOWHERE, Run, run, RUN_DONE, RUN_FAIL, RUN_MORE, UNLIMITED } from "./machine";
import { giveSpans } from "./spans";
import { signatureAt, Tables } from "./tables";

const NO_SIGNATURE: u32 = 0xffffffff;
const NEED_MAX: u32 = 0xffff;

function candidateAt(index: u32): usize {
  return Flow.inspection + abi.K_CANDIDATE + <usize>index * abi.CANDIDATE_SIZE;
}

export function candidateCount(): u32 {
  return load<u8>(Flow.inspection, abi.K_CANDIDATES);
}

function cursorAt(candidate: usize, direction: u32): usize {
  return candidate + abi.Y_CURSOR + <usize>(direction << 2);
}

function factsBit(direction: u32): u32 {
  return abi.CANDIDATE_FACTS_A << direction;
}

/** Does the client speak in this direction, for this candidate? */
function isClient(candidate: usize, direction: u32): bool {
  const client: u32 = load<u16>(candidate, abi.Y_FLAGS) & abi.CANDIDATE_CLIENT_B;
  return client == direction;
}

function hasStepsLeft(candidate: usize, direction: u32): bool {
  const signature = signatureAt(load<u16>(candidate, abi.Y_SIGNATURE));
  return isClient(candidate, direction)
    ? load<u8>(candidate, abi.Y_STEPS_CLIENT) < load<u8>(signature, abi.G_CLIENT_COUNT)
    : load<u8>(candidate, abi.Y_STEPS_SERVER) < load<u8>(signature, abi.G_SERVER_COUNT);
}

/** Can bytes of this direction still change a candidate, or tell its facts? */
export function concernsCandidates(direction: u32): bool {
  for (let index: u32 = 0; index < candidateCount(); index++) {
    const candidate = candidateAt(index);
    if ((load<u16>(candidate, abi.Y_FLAGS) & factsBit(direction)) != 0) return true;
    if (load<u32>(cursorAt(candidate, direction)) == NOWHERE) continue;
    if (hasStepsLeft(candidate, direction)) return true;
  }
  return false;
}

/** Runs every candidate's next steps over the stream of a direction, as far as its bytes go. */
export function followStream(direction: u32): void {
  let index: u32 = 0;
  while (index < candidateCount()) {
    if (followCandidate(candidateAt(index), direction)) index++;
    else removeCandidate(index);
  }
}

/** Runs every candidate's next step over a datagram. */
export function followDatagram(direction: u32, bytes: usize, available: u32, length: u32): void {
  Flow.direction = direction;
  let index: u32 = 0;
  while (index < candidateCount()) {
    const candidate = candidateAt(index);
    const factsWait = (load<u16>(candidate, abi.Y_FLAGS) & factsBit(direction)) != 0;
    let lives = true;
    if (factsWait || hasStepsLeft(candidate, direction)) {
      loadSaved(candidate);
      const step = nextStep(candidate, direction) - (factsWait ? 1 : 0);
      const result = run(step, bytes, available, length, false);
      if (result != RUN_FAIL && Run.accepted) {
        if (!factsWait) accept(candidate, direction);
        heardDatagram(candidate, direction, result);
      } else if (!factsWait) {
        lives =
          (available < length && Run.starved) ||
          isSaidAgain(candidate, direction, bytes, available, length);
      }
    }
    if (lives) index++;
    else removeCandidate(index);
  }
}

/** May the first step be said again between the others (SIGNATURE_AGAIN), and is this it? It is worth nothing more. */
function isSaidAgain(
  candidate: usize,
  direction: u32,
  bytes: usize,
  available: u32,
  length: u32,
): bool {
  const at = signatureAt(load<u16>(candidate, abi.Y_SIGNATURE));
  if ((load<u16>(at, abi.G_FLAGS) & abi.SIGNATURE_AGAIN) == 0) return false;
  const done: u32 = isClient(candidate, direction)
    ? load<u8>(candidate, abi.Y_STEPS_CLIENT)
    : load<u8>(candidate, abi.Y_STEPS_SERVER);
  if (done == 0) return false;
  loadSaved(candidate);
  const first = nextStep(candidate, direction) - done;
  return run(first, bytes, available, length, false) == RUN_DONE;
}

/** What a dissector made of a datagram may go on in the next ones; facts wait for them then. */
function heardDatagram(candidate: usize, direction: u32, result: u32): void {
  if (result == RUN_MORE) {
    addFlags(candidate, factsBit(direction));
    return;
  }
  removeFlags(candidate, factsBit(direction));
  give(candidate);
}

/** False if the candidate dies. */
function followCandidate(candidate: usize, direction: u32): bool {
  const cursor = cursorAt(candidate, direction);
  const need = candidate + abi.Y_NEED + <usize>(direction << 1);
  const length = streamLength(direction);
  const more = !isFinished(direction);
  Flow.direction = direction;
  while (true) {
    const begin = load<u32>(cursor);
    const factsWait = (load<u16>(candidate, abi.Y_FLAGS) & factsBit(direction)) != 0;
    if (begin >= length || (!factsWait && !hasStepsLeft(candidate, direction))) return true;
    if (more && length < <u32>load<u16>(need)) return true;

    const step = nextStep(candidate, direction) - (factsWait ? 1 : 0);
    const bytes = streamBytes(direction) + begin;
    const available = length - begin;
    loadSaved(candidate);
    const result = run(step, bytes, available, UNLIMITED, more);
    if (result == RUN_FAIL && !factsWait && !Run.starved) return false;
    if (result != RUN_FAIL && Run.accepted && !factsWait) accept(candidate, direction);
    if (result == RUN_MORE) {
      store<u16>(need, needBehind(begin));
      if (Run.accepted) addFlags(candidate, factsBit(direction));
      return true;
    }
    removeFlags(candidate, factsBit(direction));
    store<u16>(need, 0);
    if (result == RUN_DONE) give(candidate);
    store<u32>(cursor, result == RUN_DONE ? cursorBehind(begin) : NOWHERE);
  }
}

function needBehind(begin: u32): u16 {
  return <u16>min<u32>(begin + min(Run.need, NEED_MAX), NEED_MAX);
}

function cursorBehind(begin: u32): u32 {
  return Run.end < UNLIMITED ? begin + Run.end : NOWHERE;
}

function nextStep(candidate: usize, direction: u32): u32 {
  const signature = signatureAt(load<u16>(candidate, abi.Y_SIGNATURE));
  return isClient(candidate, direction)
    ? <u32>load<u16>(signature, abi.G_CLIENT_FIRST) + load<u8>(candidate, abi.Y_STEPS_CLIENT)
    : <u32>load<u16>(signature, abi.G_SERVER_FIRST) + load<u8>(candidate, abi.Y_STEPS_SERVER);
}

function loadSaved(candidate: usize): void {
  memory.copy(scratch + abi.SCRATCH_SAVED, candidate + abi.Y_SAVED, abi.SAVED_REGISTERS * 4);
  Run.savedSet = load<u8>(candidate, abi.Y_SAVED_SET);
}

/** The run matched the next step of a direction: what it found is the candidate's. */
function accept(candidate: usize, direction: u32): void {
  const steps =
    candidate + (isClient(candidate, direction) ? abi.Y_STEPS_CLIENT : abi.Y_STEPS_SERVER);
  store<u8>(steps, load<u8>(steps) + 1);
  memory.copy(candidate + abi.Y_SAVED, scratch + abi.SCRATCH_SAVED, abi.SAVED_REGISTERS * 4);
  store<u8>(candidate, <u8>Run.savedSet, abi.Y_SAVED_SET);
  const evidence = candidate + abi.Y_EVIDENCE;
  addEvidence(evidence, Run.evidence0);
  addEvidence(evidence + 2, Run.evidence1);
  addEvidence(evidence + 4, Run.evidence2);
  addEvidence(evidence + 6, Run.evidence3);
  store<u32>(candidate, Flow.packet, abi.Y_PACKET);
  if (!hasStepsLeft(candidate, 0) && !hasStepsLeft(candidate, 1)) {
    addFlags(candidate, abi.CANDIDATE_COMPLETE);
  }
  Flow.changed = true;
}

function addEvidence(sum: usize, amount: u32): void {
  store<u16>(sum, <u16>min<u32>(<u32>load<u16>(sum) + amount, 0xffff));
}

function addFlags(candidate: usize, flags: u32): void {
  store<u16>(candidate, <u16>(<u32>load<u16>(candidate, abi.Y_FLAGS) | flags), abi.Y_FLAGS);
}

function removeFlags(candidate: usize, flags: u32): void {
  store<u16>(candidate, <u16>(<u32>load<u16>(candidate, abi.Y_FLAGS) & ~flags), abi.Y_FLAGS);
}

function give(candidate: usize): void {
  giveSpans(Flow.row, load<u16>(candidate, abi.Y_SIGNATURE), Flow.due);
}

/** Tries the openers on the first bytes of a direction. True if a candidate came of it. */
export function openStream(direction: u32): bool {
  const bytes = streamBytes(direction);
  const length = streamLength(direction);
  const way = wayAt(Flow.inspection, direction);
  const more = !isFinished(direction);
  if (more && length < load<u32>(way, abi.W_NEED)) return false;
  const before = candidateCount();
  const need = open(direction, bytes, length, UNLIMITED, more);
  if (need == 0 || !more) setFlags(direction, abi.WAY_DISPATCHED);
  // While dispatch has not seen all its positions, each further byte may rule openers out.
  else store<u32>(way, length < <u32>abi.POSITIONS ? 0 : need, abi.W_NEED);
  return candidateCount() > before;
}

export function openDatagram(direction: u32, bytes: usize, available: u32, length: u32): void {
  open(direction, bytes, available, length, false);
  setFlags(direction, abi.WAY_DISPATCHED);
}

/** Runs the openers that dispatch leaves. Returns the length that those which wait need, or 0. */
function open(direction: u32, bytes: usize, available: u32, length: u32, more: bool): u32 {
  Flow.direction = direction;
  if (!dispatch(Flow.transport, roleOf(direction), bytes, available, length)) return 0;
  const heard: u32 = load<u8>(Flow.inspection, abi.K_HEARD);
  const otherIsHeard = (heard & (2 >> direction)) != 0;
  const isFirst = (flagsOf(direction) & abi.WAY_FIRST) != 0;
  let need: u32 = 0;
  let waiting = NO_SIGNATURE;
  for (let number = nextOpener(0); number != NO_OPENER; number = nextOpener(number + 1)) {
    const opener = Tables.openers + <usize>number * abi.OPENER_SIZE;
    const signature: u32 = load<u16>(opener, abi.O_SIGNATURE);
    const role: u32 = load<u8>(opener, abi.O_ROLE);
    if (signature >= Tables.signaturesCount || signature == waiting) continue;
    if (!isFirst && !Flow.midstream && belongsToFirst(signature, role)) continue;
    if (isKnown(signature)) continue;

    clearSaved();
    const result = run(load<u32>(opener, abi.O_STEP), bytes, available, length, more);
    if (result == RUN_FAIL) continue;
    if (result == RUN_MORE && !Run.accepted) {
      // An opener behind it for the same signature must not win because it needs fewer bytes.
      waiting = signature;
      need = need == 0 ? Run.need : min(need, Run.need);
      continue;
    }
    const clientSpeaks = role != abi.ROLE_SERVER;
    const candidate = insertCandidate(signature, clientSpeaks ? direction : 1 - direction);
    if (candidate == 0) continue;
    accept(candidate, direction);
    const isStream = Flow.transport == abi.TRANSPORT_TCP;
    if (isStream && otherIsHeard && !isFirst)
      store<u32>(cursorAt(candidate, 1 - direction), NOWHERE);
    if (result == RUN_DONE) {
      give(candidate);
      if (isStream) store<u32>(cursorAt(candidate, direction), cursorBehind(0));
    } else if (!isStream) addFlags(candidate, factsBit(direction));
    else {
      addFlags(candidate, factsBit(direction));
      store<u16>(candidate + <usize>(direction << 1), needBehind(0), abi.Y_NEED);
    }
  }
  return need;
}

/** A signature with steps for the other side too had its chance when that side was heard first. */
function belongsToFirst(signature: u32, role: u32): bool {
  const at = signatureAt(signature);
  if ((load<u16>(at, abi.G_FLAGS) & abi.SIGNATURE_TOLD) != 0) return false;
  if (role == abi.ROLE_CLIENT) return load<u8>(at, abi.G_SERVER_COUNT) != 0;
  return role == abi.ROLE_SERVER && load<u8>(at, abi.G_CLIENT_COUNT) != 0;
}

/** Is, or was, this signature a candidate? */
function isKnown(signature: u32): bool {
  for (let index: u32 = 0; index < candidateCount(); index++) {
    if (load<u16>(candidateAt(index), abi.Y_SIGNATURE) == signature) return true;
  }
  for (let index: usize = 0; index < <usize>abi.DEAD_MAX; index++) {
    const dead: u32 = load<u16>(Flow.inspection + (index << 1), abi.K_DEAD);
    if (dead == signature + 1) return true;
    if (dead == 0) return false;
  }
  return false;
}

/** A new candidate in its place, or 0 when there are too many. */
function insertCandidate(signature: u32, client: u32): usize {
  const candidates = candidateCount();
  if (candidates == abi.CANDIDATES_MAX) {
    count(abi.C_CANDIDATES_DROPPED);
    return 0;
  }
  let index: u32 = 0;
  while (index < candidates && load<u16>(candidateAt(index), abi.Y_SIGNATURE) < signature) index++;
  const candidate = candidateAt(index);
  memory.copy(
    candidate + abi.CANDIDATE_SIZE,
    candidate,
    <usize>(candidates - index) * abi.CANDIDATE_SIZE,
  );
  memory.fill(candidate, 0, abi.CANDIDATE_SIZE);
  store<u16>(candidate, <u16>signature, abi.Y_SIGNATURE);
  store<u16>(candidate, <u16>(client * abi.CANDIDATE_CLIENT_B), abi.Y_FLAGS);
  store<u8>(Flow.inspection, <u8>(candidates + 1), abi.K_CANDIDATES);
  return candidate;
}

/** The candidate dies; the order of the others stays. */
function removeCandidate(index: u32): void {
  const candidate = candidateAt(index);
  const signature: u32 = load<u16>(candidate, abi.Y_SIGNATURE);
  for (let dead: usize = 0; dead < <usize>abi.DEAD_MAX; dead++) {
    const place = Flow.inspection + (dead << 1);
    if (load<u16>(place, abi.K_DEAD) != 0) continue;
    store<u16>(place, <u16>(signature + 1), abi.K_DEAD);
    break;
  }
  const last = candidateCount() - 1;
  memory.copy(
    candidate,
    candidate + abi.CANDIDATE_SIZE,
    <usize>(last - index) * abi.CANDIDATE_SIZE,
  );
  memory.fill(candidateAt(last), 0, abi.CANDIDATE_SIZE);
  store<u8>(Flow.inspection, <u8>last, abi.K_CANDIDATES);
  Flow.changed = true;
}
