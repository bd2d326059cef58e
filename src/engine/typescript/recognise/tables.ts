/** Tables: where the sections of the recognition tables lie, read once. See `abi.ts` T_*. */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";

const OPERANDS_MAX = 3;

export class Tables {
  /** Nothing of the tables is read from here on. */
  end = 0;
  vectors = 0;
  openersCount = 0;
  signaturesCount = 0;
  dispatch = 0;
  roles = 0;
  lengths = 0;
  openers = 0;
  signatures = 0;
  steps = 0;
  code = 0;
  sets = 0;
  literals = 0;
  evidence = 0;
  /** Words of the code that an instruction may begin at: three operand words may follow. */
  words = 0;

  /** Without tables there are no openers, and no signature has a step. */
  configure(memory: EngineMemory): void {
    const tables = memory.control(abi.C_TABLES);
    const header = (field: number) => memory.u32[(tables + field) >>> 2]!;
    const valid = header(abi.T_MAGIC) === abi.TABLES_MAGIC;
    this.end = tables + (valid ? header(abi.T_SIZE) : abi.TABLES_HEADER);
    this.vectors = valid ? Math.min(header(abi.T_VECTORS), abi.VECTORS_MAX) : 0;
    this.openersCount = valid ? Math.min(header(abi.T_OPENERS_COUNT), this.vectors * 128) : 0;
    this.signaturesCount = valid ? header(abi.T_SIGNATURES_COUNT) : 0;
    this.dispatch = tables + header(abi.T_DISPATCH);
    this.roles = tables + header(abi.T_ROLES);
    this.lengths = tables + header(abi.T_LENGTHS);
    this.openers = tables + header(abi.T_OPENERS);
    this.signatures = tables + header(abi.T_SIGNATURES);
    this.steps = tables + header(abi.T_STEPS);
    this.code = tables + header(abi.T_CODE);
    this.sets = tables + header(abi.T_SETS);
    this.literals = tables + header(abi.T_LITERALS);
    this.evidence = tables + header(abi.T_EVIDENCE);
    const words = Math.max(this.end - this.code, 0) >>> 2;
    this.words = Math.max(words - OPERANDS_MAX, 0);
  }

  /** Address of a signature. */
  signature(number: number): number {
    return this.signatures + number * abi.SIGNATURE_SIZE;
  }
}
