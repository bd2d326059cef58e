/**
 * Spans: the facts that programs find. A run collects them behind those given out already, in the
 * place where they will stand; only a run that is done gives them out.
 */
import * as abi from "../abi";
import { lookupHost } from "../hosts/lookup";
import { mask, scratch, setControl, spans, spansMax } from "../memory";

const FACTS_MAX: u32 = 4096;
const NAME_MAX: u32 = 255;
const LABEL_MAX: u32 = 63;
const POINTER: u32 = 0xc0;
const JUMPS_MAX: u32 = 16;

export class Spans {
  /** Number given out, and number that the present run has collected. */
  static given: u32 = 0;
  static collected: u32 = 0;
  /** Bytes of the scratch taken by names whose pointers were followed. */
  static names: u32 = 0;
}

/** Forgets the spans of the call before, and the names they pointed to. */
export function resetSpans(): void {
  memory.fill(scratch + abi.SCRATCH_NAMES, 0, Spans.names);
  Spans.names = 0;
  Spans.given = 0;
  Spans.collected = 0;
  setControl(abi.C_SPAN_COUNT, 0);
}

function spanAt(index: u32): usize {
  return spans + <usize>index * abi.SPAN_SIZE;
}

function isIn(facts: usize, fact: u32): bool {
  return ((<u32>load<u8>(facts + (fact >> 3)) >> (fact & 7)) & 1) != 0;
}

/**
 * Collects a span: `at` is an offset from `base`, or the number. Until the run is done Z_DUE keeps the
 * base, and Z_ROW the origin of name pointers.
 */
export function collectSpan(
  fact: u32,
  kind: u32,
  base: usize,
  at: u32,
  length: u32,
  origin: u32,
): void {
  if (fact >= FACTS_MAX) return;
  if (kind == abi.SPAN_BYTES && isIn(mask + abi.HOST_FACTS, fact)) {
    const application = lookupHost(base + at, length);
    if (application != 0) put(fact, abi.SPAN_APPLICATION, 0, application, 0, 0);
  }
  if (isIn(mask, fact)) put(fact, kind, base, at, length, origin);
}

function put(fact: u32, kind: u32, base: usize, at: u32, length: u32, origin: u32): void {
  const collected = Spans.collected;
  if (collected >= <u32>abi.SPANS_PER_PROGRAM) return;
  if (Spans.given + collected >= spansMax) return;
  const span = spanAt(Spans.given + collected);
  store<u32>(span, origin, abi.Z_ROW);
  store<u16>(span, <u16>fact, abi.Z_FACT);
  store<u32>(span, kind, abi.Z_KIND);
  store<u32>(span, at, abi.Z_ADDRESS);
  store<u32>(span, length, abi.Z_LENGTH);
  store<u32>(span, <u32>base, abi.Z_DUE);
  Spans.collected = collected + 1;
}

/** Gives out what the run collected. */
export function giveSpans(row: u32, signature: u32, due: u32): void {
  let given = Spans.given;
  const end = given + Spans.collected;
  for (let index = given; index < end; index++) {
    const from = spanAt(index);
    const kind = load<u32>(from, abi.Z_KIND);
    const base: usize = load<u32>(from, abi.Z_DUE);
    let address = load<u32>(from, abi.Z_ADDRESS);
    let length = load<u32>(from, abi.Z_LENGTH);
    if (kind == abi.SPAN_NAME) {
      const origin = load<u32>(from, abi.Z_ROW);
      const name = resolveName(base, address, address + length, origin);
      if (name == 0) continue;
      address = <u32>name;
      length = Name.length;
    } else if (kind == abi.SPAN_BYTES) address += <u32>base;
    const span = spanAt(given++);
    store<u32>(span, row, abi.Z_ROW);
    store<u16>(span, <u16>signature, abi.Z_SIGNATURE);
    store<u16>(span, load<u16>(from, abi.Z_FACT), abi.Z_FACT);
    store<u32>(span, kind, abi.Z_KIND);
    store<u32>(span, address, abi.Z_ADDRESS);
    store<u32>(span, length, abi.Z_LENGTH);
    store<u32>(span, due, abi.Z_DUE);
  }
  Spans.given = given;
  Spans.collected = 0;
  setControl(abi.C_SPAN_COUNT, given);
}

class Name {
  static length: u32 = 0;
}

/**
 * The address of the name that begins at offset `begin` and lies before `end`: where it stands,
 * or with its pointers followed in the scratch. 0 for a broken one, or where there is no room.
 */
function resolveName(base: usize, begin: u32, end: u32, origin: u32): usize {
  const into = scratch + abi.SCRATCH_NAMES + Spans.names;
  const room = min<u32>(abi.SCRATCH_NAMES_SIZE - Spans.names, NAME_MAX);
  let at = begin;
  let length: u32 = 0;
  let jumps: u32 = 0;
  // First the way through, so that nothing is copied of a name that is broken or whole already.
  while (true) {
    if (at >= end) return 0;
    const label: u32 = load<u8>(base + at);
    if (label >= POINTER) {
      if (at + 2 > end || jumps == JUMPS_MAX) return 0;
      const target = pointerTarget(base + at, origin);
      if (target >= at) return 0;
      jumps++;
      at = target;
      continue;
    }
    length += 1 + label;
    if (label > LABEL_MAX || at + 1 + label > end || length > room) return 0;
    if (label == 0) break;
    at += 1 + label;
  }
  Name.length = length;
  if (jumps == 0) return base + begin;

  at = begin;
  for (let copied: u32 = 0; copied < length;) {
    const label: u32 = load<u8>(base + at);
    if (label >= POINTER) {
      at = pointerTarget(base + at, origin);
      continue;
    }
    memory.copy(into + copied, base + at, 1 + label);
    copied += 1 + label;
    at += 1 + label;
  }
  Spans.names += length;
  return into;
}

function pointerTarget(pointer: usize, origin: u32): u32 {
  return origin + (((<u32>load<u8>(pointer) & LABEL_MAX) << 8) | <u32>load<u8>(pointer, 1));
}
