/**
 * How far a batch has come, kept up as it goes on: so that, if the engine traps, nothing is told twice and
 * nothing is left out. All are indices of descriptors, in the order of packets.
 */
export class Progress {
  /** Those in front of this one have taken effect: their packets' events were told. */
  settled = 0;
  /** Those in front of this one are counted in rows. */
  tracked = 0;
  /** The one whose payload is being decided on, or whose event is being told; -1: none. */
  at = -1;
  /** Nobody was told of flows from this id on. */
  nextId = 1;
}
