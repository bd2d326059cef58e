/** STUN in front of what it made way for, on the same addresses and ports (RFC 7983, RFC 8445 §12). */
import { capped, hex, remains, skip, step, u16 } from "../../language/vocabulary.js";

/** RFC 8489 §5; worth little here, lest a flow be named by what has not come yet. */
export const stunMessage = step(
  capped(6, u16({ max: 0x3fff }), u16("length", { max: 2048 }), hex("2112a442"), skip(12)),
  remains("length"),
);

/** Of a signature whose first step is that: checks go on as long as the session does (RFC 7675). */
export const behindStun = {
  again: true,
  implies: ["stun/message", "stun/retried", "stun/classic"],
} as const;
