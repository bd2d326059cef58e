/** Reads a capture to its end, or to its error. */
import * as abi from "../../src/engine/abi.js";
import { CaptureError } from "../../src/record/errors.js";
import { Framer, type Decoder } from "../../src/sources/framer.js";
import type { ByteSource } from "../../src/sources/source.js";
import type { Packet } from "./captures.js";
import { PlainDecoder } from "./plain-decoder.js";

export interface Reading {
  packets: Packet[];
  error: CaptureError | undefined;
}

/** One for all readings: nothing of a capture may show in the next one. */
const plainDecoder = new PlainDecoder();

export async function readCapture(
  source: ByteSource,
  decoder: Decoder = plainDecoder,
): Promise<Reading> {
  const framer = new Framer(decoder, source.name);
  const packets: Packet[] = [];
  try {
    do {
      while (framer.next()) packets.push(...packetsIn(decoder));
    } while ((await framer.fill(source)) > 0);
    framer.end();
    return { packets, error: undefined };
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { packets, error };
  } finally {
    await source.close();
  }
}

/** The packets of the rows that the decoder has just written, with their bytes. */
function packetsIn({ memory }: Decoder): Packet[] {
  const view = new DataView(memory.u8.buffer);
  const format = memory.control(abi.C_FORMAT);
  const isPcapng = format >= abi.FORMAT_PCAPNG_LE;
  const little = [1, 2, 5].includes(format);
  return Array.from({ length: memory.control(abi.C_PACKET_COUNT) }, (_, n) => {
    const row = (memory.control(abi.C_PACKETS) + n * abi.PACKET_SIZE) >>> 2;
    const at = memory.u32[row + 3]!;
    const wire = memory.u32[row + 2]!;
    const isSimple = isPcapng && view.getUint32(at, little) === 3;
    const header = isSimple ? 12 : isPcapng ? 28 : 16;
    const captured = isSimple ? wire : view.getUint32(at + (isPcapng ? 20 : 8), little);
    const bytes = Buffer.from(memory.u8.buffer, at + header, captured);
    return {
      seconds: memory.u32[row]!,
      nanoseconds: memory.u32[row + 1]!,
      wire,
      data: bytes.toString("latin1"),
    };
  });
}

/** A source that gives at most `step` bytes at a time, some of them later. */
export function throttled(source: ByteSource, step: number, isLate = false): ByteSource {
  return {
    name: source.name,
    read(into) {
      const count = source.read(into.subarray(0, step));
      return isLate ? Promise.resolve(count) : count;
    },
    close: () => source.close(),
  };
}
