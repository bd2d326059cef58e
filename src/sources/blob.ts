/** A capture that a person chose in a browser, or any other `Blob`. Read slice by slice. */
import { CaptureError } from "../record/errors.js";
import type { ByteSource } from "./source.js";
import { unpacked } from "./unpack.js";

class BlobSource implements ByteSource {
  readonly size: number;
  position = 0;

  constructor(
    readonly name: string,
    readonly blob: Blob,
  ) {
    this.size = blob.size;
  }

  async read(into: Uint8Array): Promise<number> {
    const slice = this.blob.slice(this.position, this.position + into.length);
    try {
      const bytes = new Uint8Array(await slice.arrayBuffer());
      into.set(bytes);
      this.position += bytes.length;
      return bytes.length;
    } catch (cause) {
      const reason = `cannot be read; it may have changed or gone (${String(cause)})`;
      throw new CaptureError("CANNOT_READ", this.name, this.position, reason, { cause });
    }
  }

  close(): void {
    this.position = this.size;
  }
}

/**
 * A capture in a `Blob`, or in the `File` that a person chose or dropped; gzip is unpacked.
 * @example
 * ```ts
 * const source = openBlob(input.files[0]);
 * source.name; // "holiday.pcapng"
 * ```
 */
export function openBlob(blob: Blob, name?: string): ByteSource {
  const own = "name" in blob && typeof blob.name === "string" ? blob.name : "blob";
  return unpacked(new BlobSource(name ?? own, blob));
}
