/** The ABI, shared with the host: one file, read by both compilers. */
export * from "../src/engine/abi";
