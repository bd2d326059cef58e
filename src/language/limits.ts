/** Numbers that definitions and the classifier both go by. */

/** Bytes that are kept of one side of a connection by default: `prefixLimit` of the classifier's options. */
export const PREFIX_LIMIT = 4096;

/** Payload evidence, in bits, from which on the registered port may corroborate. */
export const CORROBORATED_FROM = 10;
