/** The compiled engine, from the file beside this one. */
import { readFile } from "node:fs/promises";

export async function loadModule(kind: "wasm" | "wasm-scalar"): Promise<WebAssembly.Module> {
  const url =
    kind === "wasm"
      ? new URL("./engine-simd.wasm", import.meta.url)
      : new URL("./engine-scalar.wasm", import.meta.url);
  return WebAssembly.compile(await readFile(url));
}
