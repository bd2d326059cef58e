/** The compiled engine, fetched from beside this file. The addresses are written out so that bundlers find them. */

export async function loadModule(kind: "wasm" | "wasm-scalar"): Promise<WebAssembly.Module> {
  const url =
    kind === "wasm"
      ? new URL("./engine-simd.wasm", import.meta.url)
      : new URL("./engine-scalar.wasm", import.meta.url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: HTTP status ${response.status}`);
  // Compiling as it streams needs the right media type, which not every server sends.
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
