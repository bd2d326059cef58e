/** A packet as `push` takes it. */
import * as abi from "../engine/abi.js";
import { OptionError } from "../record/errors.js";

/** Packet time: whole seconds since 1970 and nanoseconds. */
export interface Timestamp {
  seconds: number;
  nanoseconds: number;
}

export interface PushOptions {
  /** LINKTYPE_ number of the packet's first header. Default 1, Ethernet. */
  linkType?: number;
  /** Frame length on the wire, where the packet was cut. Default: the packet's length. */
  wireLength?: number;
}

/** Whole numbers within 32 bits; the engine's fields are no wider. */
const isU32 = (value: unknown): boolean => Number.isInteger(value) && Number(value) >>> 0 === value;

/** @throws OptionError on what cannot be a packet, a time or a link type */
export function checkPacket(packet: Uint8Array, time: Timestamp, options: PushOptions): void {
  const refuse = (option: string, text: string): never => {
    throw new OptionError(option, `${option}: ${text}`);
  };
  if (!(packet instanceof Uint8Array)) refuse("packet", "not a Uint8Array");
  if (packet.length > abi.MAX_PACKET) {
    refuse("packet", `${packet.length} bytes are more than ${abi.MAX_PACKET}`);
  }
  if (!isU32(time?.seconds) || !isU32(time.nanoseconds) || time.nanoseconds >= 1e9) {
    refuse("time", "not whole seconds since 1970 and nanoseconds below 10^9");
  }
  const { linkType = 1, wireLength = packet.length } = options;
  if (!isU32(linkType) || linkType > 65535) refuse("linkType", `${linkType} is no link type`);
  if (!isU32(wireLength) || wireLength < packet.length) {
    refuse("wireLength", `${wireLength} is no length of a frame that held this packet`);
  }
}
