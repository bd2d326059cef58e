/** The sources, each through the same cases, and what only one of them does. */
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, describe, expect, test, vi } from "vitest";
import { CaptureError } from "../../src/record/errors.js";
import { openBlob, openBytes, openCapture, openStream } from "../../src/sources/node.js";
import { packets, pcap } from "./captures.js";
import { readCapture } from "./read.js";
import { testSource } from "./source.case.js";

const folder = mkdtempSync(join(tmpdir(), "clairvoie-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function writeFile(bytes: Uint8Array): string {
  const path = join(folder, `${files++}.pcap`);
  writeFileSync(path, bytes);
  return path;
}

/** Pieces of 1, 2, 3 … bytes, with empty ones between. */
async function* pieces(bytes: Uint8Array) {
  for (let at = 0, size = 1; at < bytes.length; at += size++) {
    yield bytes.subarray(at, at + size);
    yield new Uint8Array(0);
  }
}

testSource({ name: "bytes", open: (bytes) => openBytes(bytes), knowsSize: true });
testSource({
  name: "blob",
  open: (bytes) => openBlob(new Blob([bytes as BlobPart])),
  knowsSize: true,
});
testSource({ name: "file", open: (bytes) => openCapture(writeFile(bytes)), knowsSize: true });
testSource({
  name: "async iterable",
  open: (bytes) => openStream(pieces(bytes)),
  knowsSize: false,
});
testSource({
  name: "readable stream",
  open: (bytes) => openStream(new Blob([bytes as BlobPart]).stream()),
  knowsSize: false,
});

describe("file", () => {
  async function reasonFor(path: string): Promise<CaptureError> {
    const { error } = await readCapture(openCapture(path));
    expect(error).toMatchObject({ code: "CANNOT_READ", file: path, offset: 0 });
    return error!;
  }

  test("is opened when it is first read", async () => {
    const path = join(folder, "later.pcap");
    const source = openCapture(path);
    writeFileSync(path, pcap(packets(2)));
    expect((await readCapture(source)).packets).toHaveLength(2);
  });

  test("is read synchronously, packed or not", () => {
    const source = openCapture(writeFile(pcap(packets(2))));
    expect(source.read(new Uint8Array(8))).toBeTypeOf("number");
    expect(source.read(new Uint8Array(8))).toBeTypeOf("number");
    source.close();
  });

  test("that grows is read on", () => {
    const path = writeFile(Uint8Array.of(1, 2));
    const source = openCapture(path);
    const into = new Uint8Array(8);
    expect([source.read(into), source.read(into)]).toEqual([2, 0]);
    writeFileSync(path, Uint8Array.of(1, 2, 3));
    expect(source.read(into)).toBe(1);
    source.close();
  });

  test("says that it is missing", async () => {
    expect((await reasonFor(join(folder, "none.pcap"))).reason).toBe("no such file");
  });

  test("says that it is a folder", async () => {
    expect((await reasonFor(folder)).reason).toBe("this is a folder, not a file");
  });

  test.skipIf(process.getuid?.() === 0)("says that it may not be read", async () => {
    const path = writeFile(pcap([]));
    chmodSync(path, 0);
    expect((await reasonFor(path)).reason).toBe("no permission to read it");
  });

  test("keeps the cause", async () => {
    const { cause } = await reasonFor(join(folder, "none.pcap"));
    expect(cause).toMatchObject({ code: "ENOENT" });
  });
});

describe("blob", () => {
  test("is named after its file", () => {
    expect(openBlob(new File([], "holiday.pcap")).name).toBe("holiday.pcap");
    expect(openBlob(new File([], "holiday.pcap"), "upload 7").name).toBe("upload 7");
    expect(openBlob(new Blob([])).name).toBe("blob");
  });

  test("that has gone says so", async () => {
    const gone = new Blob([new Uint8Array(64)]);
    gone.slice = () => {
      const slice = new Blob([]);
      slice.arrayBuffer = () => Promise.reject(new Error("NotReadableError"));
      return slice;
    };
    const { error } = await readCapture(openBlob(gone));
    expect(error).toMatchObject({ code: "CANNOT_READ", offset: 0 });
  });
});

describe("stream", () => {
  test("that fails gives what came before", async () => {
    const list = packets(3);
    async function* failing() {
      yield pcap(list);
      throw new Error("connection reset");
    }
    const { packets: found, error } = await readCapture(openStream(failing(), "download"));
    expect(found).toEqual(list);
    expect(error).toMatchObject({
      code: "CANNOT_READ",
      file: "download",
      offset: pcap(list).length,
      reason: "the stream failed: connection reset",
    });
  });

  test("of text is refused", async () => {
    async function* text() {
      yield "text" as unknown as Uint8Array;
    }
    const { error } = await readCapture(openStream(text()));
    expect(error?.reason).toContain("the stream gives string values, not Uint8Array");
  });

  test("hands a piece on before the next one has come", async () => {
    const bytes = pcap(packets(1));
    let goOn = () => {};
    async function* live() {
      yield bytes;
      await new Promise<void>((resolve) => (goOn = resolve));
    }
    const source = openStream(live());
    const into = new Uint8Array(4096);
    let count = 0;
    while (count < bytes.length) count += await source.read(into.subarray(count));
    expect(into.subarray(0, count)).toEqual(bytes);
    const last = source.read(into);
    goOn();
    expect(await last).toBe(0);
  });

  test("may be closed while a piece is waited for", async () => {
    const waiting = [
      openStream(new PassThrough()),
      openStream(new ReadableStream<Uint8Array>({ start() {} })),
    ];
    for (const source of waiting) {
      const read = source.read(new Uint8Array(8));
      await source.close();
      expect(await read).toBe(0);
    }
  });

  test("is given back when it is closed", async () => {
    let isGivenBack = false;
    async function* held() {
      try {
        yield pcap(packets(1));
        yield new Uint8Array(1);
      } finally {
        isGivenBack = true;
      }
    }
    const source = openStream(held());
    await source.read(new Uint8Array(8));
    await source.close();
    await vi.waitFor(() => expect(isGivenBack).toBe(true));
  });
});

describe("standard input", () => {
  const list = packets(40);
  const bytes = pcap(list);
  const script = `
    import { openStdin } from "./src/sources/node.ts";
    import { readCapture } from "./test/sources/read.ts";
    const { packets, error } = await readCapture(openStdin());
    console.log(packets.length, error?.message ?? "");`;
  const tsx = ["--import", "tsx", "--input-type=module", "--eval"];

  function run(input: (stdin: NodeJS.WritableStream) => void, code = script): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...tsx, code], { stdio: ["pipe", "pipe", "inherit"] });
      let output = "";
      child.stdout.on("data", (data) => (output += data));
      child.on("error", reject).on("close", () => resolve(output.trim()));
      child.stdin.on("error", () => {});
      input(child.stdin);
    });
  }

  test("is read from a pipe", async () => {
    expect(await run((stdin) => stdin.end(bytes))).toBe("40");
  });

  test("names itself in errors", async () => {
    const output = await run((stdin) => stdin.end(bytes.subarray(0, 30)));
    expect(output).toBe("0 -: byte 24: record ends after 6 bytes, inside its header");
  });

  test("shows a packet while the pipe is still open", async () => {
    const output = await run(
      (stdin) => stdin.write(bytes.subarray(0, 24 + 16 + 14)),
      `import { openStdin } from "./src/sources/node.ts";
       const source = openStdin();
       let count = 0;
       while (count < 54) count += await source.read(new Uint8Array(65536));
       console.log(count);
       process.exit();`,
    );
    expect(output).toBe("54");
  });

  test("may be a file", async () => {
    const path = writeFile(bytes);
    const output = await new Promise((resolve) => {
      const command = `"$0" --import tsx --input-type=module --eval "$1" < "$2"`;
      const child = spawn("sh", ["-c", command, process.execPath, script, path]);
      child.stdout.on("data", (data) => resolve(String(data).trim()));
    });
    expect(output).toBe("40");
  });
});
