import {
  accept,
  capped,
  skip,
  step,
  u32,
  type Signature,
  type Word,
} from "../../language/vocabulary.js";

/** RFC 5531 §8.2: flavour and at most 400 bytes. */
const authenticator = [
  u32({ in: [0, 1, 2, 3, 4, 6, 7] }),
  u32("length", { max: 400, mask: 3, bits: 0 }),
  skip("length"),
];

/** RFC 5531 §11: over TCP the last fragment's length stands in front, its highest bit set. */
const record = u32({ min: 0x80000028, max: 0x80ffffff });

/**
 * Signatures of one program's calls (RFC 5531 §9): `program` matches its number, version and procedure;
 * `facts` report of their fields.
 */
export function callsOf(program: Word, ...facts: Word[]): Record<"call" | "tcp-call", Signature> {
  const call = [skip(4), u32(0), u32(2), program, authenticator, authenticator, accept, ...facts];
  return {
    call: { over: "udp", client: [step(...call)], implies: ["onc-rpc/call"] },
    "tcp-call": {
      over: "tcp",
      client: [step(record, ...call)],
      implies: ["onc-rpc/tcp-call"],
    },
  };
}

/**
 * RFC 5531 §9: a reply, accepted, no verifier, success. It does not say which program answers, so it is never a name: the
 * port must say so too.
 */
const answer = capped(25, skip(4), u32(1), u32(0), u32(0), u32(0), u32(0));
const answerRecord = u32({ min: 0x80000018, max: 0x80ffffff });

/** Signatures of the replies on a program's own port. */
export const replies: Record<"reply" | "tcp-reply", Signature> = {
  reply: { over: "udp", server: [step(answer)] },
  "tcp-reply": { over: "tcp", server: [step(answerRecord, answer)] },
};
