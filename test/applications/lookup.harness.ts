/** Both look-ups behind one face. The compiled one is built here, from the engine's own file. */
import asc from "assemblyscript/asc";
import {
  applicationOf,
  applicationOfAddress,
  applicationOfName,
  HostTable,
} from "../../src/engine/typescript/hosts/lookup.js";

export interface Lookup {
  readonly engine: string;
  host(name: Uint8Array): number;
  /** As DNS writes it. */
  name(name: Uint8Array): number;
  address(bytes: Uint8Array): number;
}

const PAGE = 65536;
/** The table does not begin at 0, as it will not in the engine. */
const BASE = 4096;

/** A memory with the table in it, and names at its very end: whoever reads beyond them is found out. */
function memoryWith(table: Uint8Array): WebAssembly.Memory {
  const pages = Math.ceil((BASE + table.length) / PAGE) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  new Uint8Array(memory.buffer).set(table, BASE);
  return memory;
}

function put(memory: WebAssembly.Memory, bytes: Uint8Array): number {
  const address = memory.buffer.byteLength - bytes.length;
  new Uint8Array(memory.buffer).set(bytes, address);
  return address;
}

export function typescriptLookup(bytes: Uint8Array): Lookup {
  const memory = memoryWith(bytes);
  const table = new HostTable(memory.buffer, BASE);
  return {
    engine: "typescript",
    host: (name) => applicationOf(table, table.u8, put(memory, name), name.length),
    name: (name) => applicationOfName(table, table.u8, put(memory, name), name.length),
    address: (value) => applicationOfAddress(table, table.u8, put(memory, value), value.length),
  };
}

interface Exports extends WebAssembly.Exports {
  configureHosts(base: number): void;
  lookupHost(address: number, length: number): number;
  lookupName(address: number, length: number): number;
  lookupAddress(address: number, size: number): number;
}

export async function wasmLookup(bytes: Uint8Array): Promise<Lookup> {
  const memory = memoryWith(bytes);
  const { instance } = await WebAssembly.instantiate(await compiled(), { env: { memory } });
  const { configureHosts, lookupHost, lookupName, lookupAddress } = instance.exports as Exports;
  configureHosts(BASE);
  return {
    engine: "wasm",
    host: (name) => lookupHost(put(memory, name), name.length),
    name: (name) => lookupName(put(memory, name), name.length),
    address: (value) => lookupAddress(put(memory, value), value.length),
  };
}

let module: Promise<Uint8Array<ArrayBuffer>> | undefined;
const compiled = () => (module ??= compile());

/** With the options of asconfig.json that matter here. */
async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      "assembly/hosts/alone.ts --outFile alone.wasm --config none",
      "--optimizeLevel 3 --noAssert --runtime stub --importMemory --initialMemory 1 --use abort=",
    ].flatMap((options) => options.split(" ")),
    { writeFile: (_, contents) => void (binary = contents as Uint8Array) },
  );
  if (error || !binary) throw new Error(stderr.toString(), { cause: error });
  return Uint8Array.from(binary);
}
