/** A capture that is in memory already. */
import type { ByteSource } from "./source.js";
import { unpacked } from "./unpack.js";

class BytesSource implements ByteSource {
  readonly size: number;
  position = 0;

  constructor(
    readonly name: string,
    readonly bytes: Uint8Array,
  ) {
    this.size = bytes.length;
  }

  read(into: Uint8Array): number {
    const count = Math.min(into.length, this.size - this.position);
    into.set(this.bytes.subarray(this.position, this.position + count));
    this.position += count;
    return count;
  }

  close(): void {
    this.position = this.size;
  }
}

/**
 * A capture in memory: pcap or pcapng, or gzip of either. The bytes are not copied until they are
 * read, so leave them as they are.
 * @example
 * ```ts
 * const source = openBytes(new Uint8Array([0xd4, 0xc3, 0xb2, 0xa1]), "upload.pcap");
 * source.size; // 4
 * ```
 */
export function openBytes(bytes: Uint8Array, name = "bytes"): ByteSource {
  return unpacked(new BytesSource(name, bytes));
}
