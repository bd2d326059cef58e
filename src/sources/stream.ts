/** A capture that arrives piece by piece: a download, a pipe, a generator. */
import { CaptureError } from "../record/errors.js";
import type { ByteSource } from "./source.js";
import { unpacked } from "./unpack.js";

/** What both kinds of stream come down to. */
interface Pieces {
  next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  cancel(): unknown;
}

class StreamSource implements ByteSource {
  position = 0;
  readonly #pieces: Pieces;
  /** What of the latest piece did not fit. */
  #rest: Uint8Array = new Uint8Array(0);
  #isDone = false;

  constructor(
    readonly name: string,
    pieces: Pieces,
    private readonly describe: (cause: unknown) => string,
  ) {
    this.#pieces = pieces;
  }

  read(into: Uint8Array): number | Promise<number> {
    if (this.#rest.length > 0) return this.#take(into);
    return this.#isDone ? 0 : this.#pull(into);
  }

  async #pull(into: Uint8Array): Promise<number> {
    while (this.#rest.length === 0) {
      const piece = await this.#next();
      if (piece === undefined || this.#isDone) {
        this.#isDone = true;
        return 0;
      }
      this.#rest = piece;
    }
    return this.#take(into);
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await this.#pieces.next();
      if (done) return undefined;
      if (value instanceof Uint8Array) return value;
      throw new TypeError(`the stream gives ${typeof value} values, not Uint8Array`);
    } catch (cause) {
      if (this.#isDone) return undefined;
      const reason = this.describe(cause);
      throw new CaptureError("CANNOT_READ", this.name, this.position, reason, { cause });
    }
  }

  #take(into: Uint8Array): number {
    const count = Math.min(into.length, this.#rest.length);
    into.set(this.#rest.subarray(0, count));
    this.#rest = this.#rest.subarray(count);
    this.position += count;
    return count;
  }

  /** Does not wait: a generator is given back only when the piece it is working on has come. */
  close(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#rest = new Uint8Array(0);
    // A stream that has failed already has nothing left to give back.
    Promise.resolve(this.#pieces.cancel()).catch(() => {});
  }
}

function piecesOf(stream: ByteStream): Pieces {
  // Not every browser can iterate a ReadableStream.
  if ("getReader" in stream) {
    const reader = stream.getReader();
    return { next: () => reader.read(), cancel: () => reader.cancel() };
  }
  let iterator: AsyncIterator<Uint8Array> | undefined;
  const started = () => (iterator ??= stream[Symbol.asyncIterator]());
  const cancel = () => {
    // Node's streams; their iterators would wait for the next piece.
    if ("destroy" in stream && typeof stream.destroy === "function") stream.destroy();
    return started().return?.();
  };
  return { next: () => started().next(), cancel };
}

type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

function describeFailure(cause: unknown): string {
  return `the stream failed: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** The stream's bytes as they are, gzip or not. */
export function streamSource(
  stream: ByteStream,
  name: string,
  describe: (cause: unknown) => string = describeFailure,
): ByteSource {
  return new StreamSource(name, piecesOf(stream), describe);
}

/**
 * A capture that arrives as a stream of bytes; gzip is unpacked. Each piece is handed on as it
 * comes, so flows show while the stream is still running.
 * @example
 * ```ts
 * const response = await fetch("https://example.org/http.pcap");
 * const source = openStream(response.body, "http.pcap");
 * ```
 */
export function openStream(
  stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  name = "stream",
): ByteSource {
  return unpacked(streamSource(stream, name));
}
