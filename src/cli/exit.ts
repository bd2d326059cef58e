/** Exit codes; `clairvoie classify --help` explains them. */
export const EXIT_OK = 0;
/** A capture could not be read to its end; the flows found before that were written. */
export const EXIT_UNREADABLE = 1;
export const EXIT_USAGE = 2;
export const EXIT_UNWRITABLE = 3;
/** The engine failed at a packet, which is a bug; all else was read. Or worse: it could not be made again. */
export const EXIT_ENGINE = 4;
/** Plus the signal's number: 130 for SIGINT, 143 for SIGTERM. */
export const EXIT_SIGNAL = 128;

/** The command line asks for something that cannot be done. The message says what can. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
