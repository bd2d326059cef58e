/** Says a sample conversation to an engine, packet by packet, and reads what it makes of it. */
import * as abi from "../../src/engine/abi.js";
import { type Engine, MemoryMap } from "../../src/engine/index.js";
import type { Catalog } from "../../src/language/catalog.js";
import type { Conversation, Message } from "../../src/language/definition.js";
import {
  type Bytes,
  bytes,
  ethernet,
  ipv4,
  nativeRecord,
  sctp,
  sctpData,
  tcp,
  TYPE_IPV4,
  udp,
} from "../support/packets.js";

/** A signature that is a candidate at the end, and the facts its programs gave. */
export interface EngineCandidate {
  readonly signature: string;
  /** Bits per background. */
  readonly evidence: readonly number[];
  readonly steps: readonly [client: number, server: number];
  readonly facts: readonly string[];
}

export const mapFor = (catalog: Catalog): MemoryMap =>
  new MemoryMap({
    windowSize: 1 << 18,
    maxFlows: 1024,
    maxInspections: 16,
    prefixMemory: 1 << 20,
    prefixLimit: 16384,
    tableSize: catalog.tables.length,
  });

const SEGMENT = 1400;
const CLIENT = { from: "192.0.2.1", to: "198.51.100.2" };
const SERVER = { from: CLIENT.to, to: CLIENT.from };

export class Speaker {
  #port = 20000;
  #found: string[][] = [];
  /** Rows of what tunnels carried. */
  readonly #carried = new Set<number>();

  constructor(
    readonly engine: Engine,
    readonly catalog: Catalog,
  ) {
    const { memory } = engine;
    memory.u8.set(catalog.tables, memory.address("tables"));
    memory.u8.fill(0xff, memory.address("mask"), memory.address("mask") + 512);
    memory.setControl(abi.C_GAP_PACKETS, 8);
    memory.setControl(abi.C_MESSAGE_LIMIT, 65535);
    memory.setControl(abi.C_INTERFACE_COUNT, 1);
    memory.u32[memory.address("interfaces") >>> 2] = 1;
    engine.configure();
  }

  /** `opened`: a TCP connection begins with its SYN. `segment`: bytes of a TCP segment at most. */
  say(
    { transport, messages }: Conversation,
    { opened = true, segment = SEGMENT } = {},
  ): EngineCandidate[] {
    this.#port++;
    this.#found = this.catalog.signatures.map(() => []);
    let row = 0;
    if (transport !== "tcp") {
      for (const message of messages) {
        row = this.#packet(
          transport === "udp" ? this.#datagram(message) : this.#association(message),
        );
      }
    } else {
      const sequence = { client: 1000, server: 5000 };
      if (opened) {
        row = this.#packet(this.#segment("client", sequence.client++, "S"));
        this.#packet(this.#segment("server", sequence.server++, "SA"));
      }
      for (const { from, bytes: text } of messages) {
        for (let at = 0; at < text.length; at += segment) {
          const part = text.slice(at, at + segment);
          row = this.#packet(this.#segment(from, sequence[from], "A", part));
          sequence[from] += part.length;
        }
      }
    }
    if (row === 0) return []; // a conversation without a word
    this.engine.finish(row);
    this.#readSpans();
    const candidates = this.#candidates(row);
    this.engine.settle(row, abi.STATE_DONE, 0);
    this.engine.release(row);
    for (const carried of this.#carried) this.engine.release(carried);
    this.#carried.clear();
    return candidates;
  }

  #datagram({ from, bytes: text }: Message): Bytes {
    const ports = from === "client" ? { from: this.#port, to: 9 } : { from: 9, to: this.#port };
    return ipv4(
      { protocol: abi.IP_UDP, ...(from === "client" ? CLIENT : SERVER) },
      udp(ports, text),
    );
  }

  #association({ from, bytes: text }: Message): Bytes {
    const ports = from === "client" ? { from: this.#port, to: 9 } : { from: 9, to: this.#port };
    const ends = from === "client" ? CLIENT : SERVER;
    return ipv4({ protocol: abi.IP_SCTP, ...ends }, sctp(ports, sctpData(text)));
  }

  #segment(from: Message["from"], sequence: number, flags: string, text = ""): Bytes {
    const ports = from === "client" ? { from: this.#port, to: 9 } : { from: 9, to: this.#port };
    const ends = from === "client" ? CLIENT : SERVER;
    return ipv4({ protocol: abi.IP_TCP, ...ends }, tcp({ ...ports, sequence, flags }, text));
  }

  /** Takes one packet through the engine; returns its flow's row. */
  #packet(packet: Bytes): number {
    const { engine } = this;
    const { memory } = engine;
    const window = memory.address("window");
    const record = nativeRecord({ data: bytes(ethernet(TYPE_IPV4, packet)) });
    memory.u8.set(record, window);
    memory.setControl(abi.C_FORMAT, abi.FORMAT_NATIVE);
    engine.decode(window, window + record.length);
    engine.track(0);
    let row = 0; // of the outermost flow; what a tunnel carries comes behind it
    for (let index = 0; index < memory.control(abi.C_EVENT_COUNT); index++) {
      const event = (memory.address("events") + index * abi.EVENT_SIZE) >>> 2;
      const own = memory.u32[event + 1]!;
      if (row === 0) row = own;
      if (own !== row) this.#carried.add(own);
      if (own !== row || memory.u32[event] !== abi.EVENT_PAYLOAD) continue;
      const due = memory.address("due") >>> 2;
      memory.u32[due] = row;
      memory.u32[due + 1] = memory.u32[event + 2]!;
      memory.u32[due + 2] = memory.u32[event + 3]!;
      engine.recognise(1);
      this.#readSpans();
    }
    return row;
  }

  #readSpans(): void {
    const { memory } = this.engine;
    const count = memory.control(abi.C_SPAN_COUNT);
    for (let index = 0; index < count; index++) {
      const span = memory.address("spans") + index * abi.SPAN_SIZE;
      const signature = memory.u16[(span + abi.Z_SIGNATURE) >>> 1]!;
      const fact = this.catalog.facts[memory.u16[(span + abi.Z_FACT) >>> 1]!]!.name;
      const address = memory.u32[(span + abi.Z_ADDRESS) >>> 2]!;
      const length = memory.u32[(span + abi.Z_LENGTH) >>> 2]!;
      const value =
        memory.u32[(span + abi.Z_KIND) >>> 2] === abi.SPAN_NUMBER
          ? address
          : Buffer.from(memory.u8.slice(address, address + length)).toString("latin1");
      this.#found[signature]!.push(`${fact}=${value}`);
    }
  }

  #candidates(row: number): EngineCandidate[] {
    const { memory } = this.engine;
    const number =
      memory.u32[(memory.address("rows") + row * abi.ROW_SIZE + abi.R_INSPECTION) >>> 2]!;
    if (number === 0) return [];
    const inspection = memory.address("inspections") + number * abi.INSPECTION_SIZE;
    const count = memory.u8[inspection + abi.K_CANDIDATES]!;
    return Array.from({ length: count }, (_, index) => {
      const at = inspection + abi.K_CANDIDATE + index * abi.CANDIDATE_SIZE;
      const signature = memory.u16[(at + abi.Y_SIGNATURE) >>> 1]!;
      return {
        signature: this.catalog.signatures[signature]!.name,
        evidence: [0, 1, 2, 3].map((lane) => memory.u16[(at + abi.Y_EVIDENCE) / 2 + lane]! / 8),
        steps: [memory.u8[at + abi.Y_STEPS_CLIENT]!, memory.u8[at + abi.Y_STEPS_SERVER]!] as const,
        facts: this.#found[signature]!.toSorted(),
      };
    }).sort((a, b) => (a.signature < b.signature ? -1 : 1));
  }
}
