/** Dissectors for the oracle: the slow and obvious way. */
import { PIECES_HEADER } from "../engine/abi.js";
import { PREFIX_LIMIT } from "./limits.js";
import type { Dissector } from "./pattern.js";

/** What a dissector made: bytes, and whether more of them may come. */
interface Made {
  readonly bytes: Uint8Array;
  readonly more: boolean;
}

const HANDSHAKE = 22;
const RECORD_MOST = 16384;
const PARTS_MOST = 64;

/** What dissectors keep of one side of a flow. */
export class Dissection {
  run(dissector: Dissector, bytes: Uint8Array, more: boolean): Made | undefined {
    return dissector === "tls-handshake" ? joinRecords(bytes, more) : undefined;
  }
}

/** RFC 8446 §5.1. */
function joinRecords(bytes: Uint8Array, more: boolean): Made {
  const joined: number[] = [];
  let at = 0;
  let records = 0;
  let isOpen = true;
  while (records < PARTS_MOST && at < bytes.length) {
    isOpen = bytes[at] === HANDSHAKE;
    if (!isOpen || at + 5 > bytes.length) break;
    const size = bytes[at + 3]! * 256 + bytes[at + 4]!;
    isOpen = size > 0 && size <= RECORD_MOST;
    if (!isOpen) break;
    joined.push(...bytes.subarray(at + 5, at + 5 + size));
    at += 5 + size;
    records++;
  }
  // Of several records the engine makes a copy, which is as long as a block.
  const most = records > 1 ? PREFIX_LIMIT : Infinity;
  const isMore = more && isOpen && joined.length < most;
  return { bytes: Uint8Array.from(joined.slice(0, most)), more: isMore };
}
void PIECES_HEADER;
