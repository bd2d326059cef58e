/** Tables: where the sections of the recognition tables lie, read once. See `abi.ts` T_*. */
import * as abi from "../abi";
import { tables } from "../memory";

export class Tables {
  /** Nothing of the tables is read from here on. */
  static end: usize = 0;
  static vectors: u32 = 0;
  static openersCount: u32 = 0;
  static signaturesCount: u32 = 0;
  static dispatch: usize = 0;
  static roles: usize = 0;
  static lengths: usize = 0;
  static openers: usize = 0;
  static signatures: usize = 0;
  static steps: usize = 0;
  static code: usize = 0;
  static sets: usize = 0;
  static literals: usize = 0;
  static evidence: usize = 0;
  /** Words of the code that an instruction may begin at: three operand words may follow. */
  static words: u32 = 0;
}

const OPERANDS_MAX: u32 = 3;

/** Without tables there are no openers, and no signature has a step. */
export function configureTables(): void {
  const valid = load<u32>(tables, abi.T_MAGIC) == abi.TABLES_MAGIC;
  Tables.end = tables + (valid ? load<u32>(tables, abi.T_SIZE) : abi.TABLES_HEADER);
  Tables.vectors = valid ? min<u32>(load<u32>(tables, abi.T_VECTORS), abi.VECTORS_MAX) : 0;
  Tables.openersCount = valid
    ? min(load<u32>(tables, abi.T_OPENERS_COUNT), Tables.vectors << 7)
    : 0;
  Tables.signaturesCount = valid ? load<u32>(tables, abi.T_SIGNATURES_COUNT) : 0;
  Tables.dispatch = tables + load<u32>(tables, abi.T_DISPATCH);
  Tables.roles = tables + load<u32>(tables, abi.T_ROLES);
  Tables.lengths = tables + load<u32>(tables, abi.T_LENGTHS);
  Tables.openers = tables + load<u32>(tables, abi.T_OPENERS);
  Tables.signatures = tables + load<u32>(tables, abi.T_SIGNATURES);
  Tables.steps = tables + load<u32>(tables, abi.T_STEPS);
  Tables.code = tables + load<u32>(tables, abi.T_CODE);
  Tables.sets = tables + load<u32>(tables, abi.T_SETS);
  Tables.literals = tables + load<u32>(tables, abi.T_LITERALS);
  Tables.evidence = tables + load<u32>(tables, abi.T_EVIDENCE);
  const words = Tables.end > Tables.code ? <u32>(Tables.end - Tables.code) >> 2 : 0;
  Tables.words = words > OPERANDS_MAX ? words - OPERANDS_MAX : 0;
}

export function signatureAt(signature: u32): usize {
  return Tables.signatures + <usize>signature * abi.SIGNATURE_SIZE;
}
