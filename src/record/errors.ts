/** Every error this package throws on purpose has a code; messages are for people, codes for programs. */
export type ErrorCode =
  /** An option or argument has a value that cannot work. */
  | "INVALID_OPTION"
  /** A rule file says something that cannot be matched; see `clairvoie/rules`. */
  | "INVALID_RULE"
  /** The file does not exist, or may not be read. */
  | "CANNOT_READ"
  /** Neither pcap nor pcapng (nor a supported compression of them). */
  | "NOT_A_CAPTURE"
  /** The capture ends inside a record. */
  | "TRUNCATED"
  /** A record contradicts itself; nothing behind it is trusted. */
  | "CORRUPT"
  /** A format or feature that is recognised, but not supported. */
  | "UNSUPPORTED"
  /** The output cannot be written. */
  | "CANNOT_WRITE"
  /** The classifier was closed. */
  | "CLOSED"
  /** The classifier is at work on a capture or a packet; one at a time. */
  | "BUSY"
  /** The engine could not be made, or trapped. */
  | "ENGINE";

/** Base of all errors thrown on purpose. */
export class ClairvoieError extends Error {
  override readonly name: string = "ClairvoieError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/**
 * A capture cannot be read (further). Flows found before it are reported first.
 * @example
 * `fixtures/http.pcap: byte 4096: record claims 3405691582 bytes, more than 262144`
 */
export class CaptureError extends ClairvoieError {
  override readonly name = "CaptureError";
  constructor(
    code: "CANNOT_READ" | "NOT_A_CAPTURE" | "TRUNCATED" | "CORRUPT" | "UNSUPPORTED",
    /** The capture's name: a path, `-`, or what the caller named it. */
    readonly file: string,
    /** Offset in the (uncompressed) capture, in bytes, of the record that is wrong. */
    readonly offset: number,
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(code, `${file}: byte ${offset}: ${reason}`, options);
  }
}

/** An option is wrong; the message says which values work. */
export class OptionError extends ClairvoieError {
  override readonly name = "OptionError";
  constructor(
    readonly option: string,
    message: string,
  ) {
    super("INVALID_OPTION", message);
  }
}
