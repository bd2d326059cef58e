/**
 * Where capture bytes come from. A source knows nothing of packets: it fills the view it is given,
 * which is the engine's own window, so that a file's bytes are never copied.
 * @example
 * ```ts
 * const zeros: ByteSource = { name: "zeros", read: (into) => into.fill(0).length, close() {} };
 * ```
 */
export interface ByteSource {
  /** A path, `-`, or the caller's name; error messages begin with it. */
  readonly name: string;
  /** Total bytes as stored, where that is known before they are read. */
  readonly size?: number | undefined;
  /** Bytes read so far of what is stored: compressed ones where the capture is compressed. */
  readonly position?: number | undefined;
  /**
   * Fills at most `into.length` bytes and returns how many; 0 only at the end. It returns what is
   * there rather than waiting for more, and synchronously where it can.
   */
  read(into: Uint8Array): number | Promise<number>;
  /** Gives back what the source holds. It may be called at any time, and more than once. */
  close(): void | Promise<void>;
}

/** Goes on with a result that may have to be waited for; at once when it is there already. */
export function proceed<T>(
  result: T | Promise<T>,
  next: (value: T) => T | Promise<T>,
): T | Promise<T> {
  return result instanceof Promise ? result.then(next) : next(result);
}
