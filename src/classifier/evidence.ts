import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";
import type { Catalog, ProtocolEntry, SignatureEntry, Transport } from "../language/catalog.js";
import { CORROBORATED_FROM } from "../language/limits.js";
import type { Candidate, Grade } from "../record/record.js";
import { perCatalog } from "./per-catalog.js";

/** Bits that the best candidate must be ahead of the next by, where neither implies the other. */
export const MARGIN = 10;

/** What the candidates of a flow amount to. */
export interface Decision {
  /** Index of the signature that names the flow, or -1. */
  signature: number;
  grade: Grade;
  /** Whole bits, rounded down. */
  bits: number;
  packet: number;
  /** Which endpoint plays the client by this evidence; undefined where either may say it. */
  clientIsB: boolean | undefined;
  /** Nothing that is still to come could make this decision a better one. */
  complete: boolean;
  /** What implies this one, and would stand before it, may still come: it waits for bytes. */
  contested: boolean;
  /** Those above the threshold that could not be told apart. */
  candidates: Candidate[];
}

interface Standing {
  signature: number;
  bits: number;
  packet: number;
  flags: number;
  oneSided: boolean;
}

const SEEN = abi.WAY_STARTED | abi.WAY_DISPATCHED | abi.WAY_FINISHED;

/** Where the WAY_* flags of an inspection's direction stand. */
const flagsOf = (inspection: number, direction: number) =>
  inspection + abi.K_DIRECTION + direction * abi.DIRECTION_SIZE + abi.W_FLAGS;

/** Signatures that others imply. */
const impliedOf = perCatalog(
  ({ signatures }): ReadonlySet<number> => new Set(signatures.flatMap(({ implies }) => implies)),
);

/** Per protocol: its ports. What is it under another name (LLMNR is DNS) has the evidence of it, and ports of its own. */
const portsOf = perCatalog(({ protocols }): readonly Record<Transport, ReadonlySet<number>>[] =>
  protocols.map(({ name, ports }) => {
    const others = protocols.filter(({ refines }) => refines?.protocol === name);
    const on = (transport: Transport) =>
      new Set([ports, ...others.map((other) => other.ports)].flatMap((each) => each[transport]));
    return { tcp: on("tcp"), udp: on("udp"), sctp: on("sctp") };
  }),
);

/** Turns candidates, as the engine left them in an inspection, into a decision. */
export class Evidence {
  readonly #implied: ReadonlySet<number>;
  readonly #ports: readonly Record<Transport, ReadonlySet<number>>[];

  constructor(
    readonly memory: EngineMemory,
    readonly catalog: Catalog,
  ) {
    this.#implied = impliedOf(catalog);
    this.#ports = portsOf(catalog);
  }

  /**
   * The decision for an inspection.
   * @param final nothing more will come: weaker grades are given now
   * @param port tells whether a protocol's registered port is in use on this flow
   */
  decide(
    inspection: number,
    transport: Transport,
    portA: number,
    portB: number,
    final: boolean,
  ): Decision | undefined {
    const { memory, catalog } = this;
    const at = memory.address("inspections") + inspection * abi.INSPECTION_SIZE;
    const count = memory.u8[at + abi.K_CANDIDATES]!;
    const heard = memory.u8[at + abi.K_HEARD]!;
    const proved: Standing[] = [];
    const weak: Standing[] = [];
    const unfinished: number[] = [];
    for (let i = 0; i < count; i++) {
      const standing = this.#read(at + abi.K_CANDIDATE + i * abi.CANDIDATE_SIZE);
      const signature = catalog.signatures[standing.signature]!;
      if ((standing.flags & abi.CANDIDATE_COMPLETE) === 0) unfinished.push(standing.signature);
      standing.oneSided = signature.both && heard !== 3;
      const bothMatched =
        !signature.both ||
        this.#bothMatched(at + abi.K_CANDIDATE + i * abi.CANDIDATE_SIZE, signature);
      const isProof = standing.bits >= catalog.threshold && signature.weak !== true;
      if (isProof && bothMatched) proved.push(standing);
      else if (standing.bits >= CORROBORATED_FROM) weak.push(standing);
    }
    if (proved.length > 0) {
      const best = this.#best(proved);
      if (best !== undefined) {
        const decision = this.#decision(best, "payload", []);
        decision.complete &&= transport !== "tcp" || this.#bothTold(at, best.signature);
        decision.contested =
          unfinished.some((each) => catalog.signatures[each]!.implies.includes(best.signature)) ||
          (this.#implied.has(best.signature) && this.#openersWait(at));
        return decision;
      }
      if (!final) return undefined;
      const candidates = proved.map(({ signature, bits }) => ({
        protocol: this.#protocol(signature).name,
        signature: catalog.signatures[signature]!.name,
        bits: Math.floor(bits),
      }));
      candidates.sort((a, b) => b.bits - a.bits || (a.signature < b.signature ? -1 : 1));
      return {
        signature: -1,
        grade: "none",
        bits: 0,
        packet: 0,
        clientIsB: undefined,
        complete: true,
        contested: false,
        candidates,
      };
    }
    if (!final) return undefined;
    const corroborated = weak.filter((standing) => {
      // Enough evidence, but only one of the two sides it asks for was ever heard.
      const { weak: isWeak, protocol } = catalog.signatures[standing.signature]!;
      if (standing.bits >= catalog.threshold && standing.oneSided && isWeak !== true) return true;
      const ports = this.#ports[protocol]![transport];
      return ports.has(portA) || ports.has(portB);
    });
    if (corroborated.length === 0) return undefined;
    const best = corroborated.reduce((most, each) => (each.bits > most.bits ? each : most));
    const isTied = corroborated.some(
      ({ bits, signature }) =>
        bits === best.bits && this.#protocol(signature) !== this.#protocol(best.signature),
    );
    return isTied ? undefined : this.#decision(best, "corroborated", []);
  }

  #read(at: number): Standing {
    const { u8, u16, u32 } = this.memory;
    const lane = (at + abi.Y_EVIDENCE) >>> 1;
    const eighths = Math.min(u16[lane]!, u16[lane + 1]!, u16[lane + 2]!, u16[lane + 3]!);
    return {
      signature: u16[(at + abi.Y_SIGNATURE) >>> 1]!,
      bits: eighths / 8,
      packet: u32[(at + abi.Y_PACKET) >>> 2]!,
      flags: u8[at + abi.Y_FLAGS]!,
      oneSided: false,
    };
  }

  /**
   * Has each side of a connection said its first words, and are their facts read? What a server says
   * is worth waiting for (datagrams that carry facts are watched instead), but a side that has
   * matched this protocol is not kept for signatures that still wait for more of it.
   */
  #bothTold(at: number, signature: number): boolean {
    const { u8, u16, u32 } = this.memory;
    const { signatures, threshold } = this.catalog;
    if (u8[at + abi.K_HEARD] !== 3) return false;
    let told = 0;
    for (let i = 0; i < u8[at + abi.K_CANDIDATES]!; i++) {
      const candidate = at + abi.K_CANDIDATE + i * abi.CANDIDATE_SIZE;
      const other = u16[(candidate + abi.Y_SIGNATURE) >>> 1]!;
      if (signatures[other]!.protocol !== signatures[signature]!.protocol) continue;
      const flags = u8[candidate + abi.Y_FLAGS]!;
      // What is whole and too little for a name is the beginning of more.
      const isBeginning =
        (flags & abi.CANDIDATE_COMPLETE) !== 0 && this.#read(candidate).bits < threshold;
      if (isBeginning) continue;
      if (flags & (abi.CANDIDATE_FACTS_A | abi.CANDIDATE_FACTS_B)) return false;
      const client = flags & abi.CANDIDATE_CLIENT_B ? 2 : 1;
      if (u8[candidate + abi.Y_STEPS_CLIENT]! > 0) told |= client;
      if (u8[candidate + abi.Y_STEPS_SERVER]! > 0) told |= 3 - client;
    }
    for (let direction = 0; direction < 2; direction++) {
      const waits = (u32[flagsOf(at, direction) >>> 2]! & SEEN) === abi.WAY_STARTED;
      if (waits && !(told & (1 << direction))) return false;
    }
    return true;
  }

  /** Is there a direction whose first bytes some signature waits for more of? */
  #openersWait(at: number): boolean {
    return [0, 1].some((direction) => {
      const flags = this.memory.u32[flagsOf(at, direction) >>> 2]!;
      return (flags & SEEN) === abi.WAY_STARTED;
    });
  }

  #bothMatched(at: number, signature: SignatureEntry): boolean {
    const { u8 } = this.memory;
    return (
      u8[at + abi.Y_STEPS_CLIENT]! >= Math.min(1, signature.steps.client) &&
      u8[at + abi.Y_STEPS_SERVER]! >= Math.min(1, signature.steps.server)
    );
  }

  /** The one that names the flow: what others imply falls first, then the margin decides. */
  #best(proved: Standing[]): Standing | undefined {
    const { signatures } = this.catalog;
    const left = proved.filter(
      (one) =>
        !proved.some(
          (other) => other !== one && signatures[other.signature]!.implies.includes(one.signature),
        ),
    );
    left.sort((a, b) => b.bits - a.bits);
    const [first, second] = left;
    if (first === undefined || second === undefined) return first;
    const same = left.every(
      ({ signature }) => signatures[signature]!.protocol === signatures[first.signature]!.protocol,
    );
    return same || first.bits - second.bits >= MARGIN ? first : undefined;
  }

  #decision(standing: Standing, grade: Grade, candidates: Candidate[]): Decision {
    const facts = abi.CANDIDATE_FACTS_A | abi.CANDIDATE_FACTS_B;
    return {
      signature: standing.signature,
      grade,
      bits: Math.floor(standing.bits),
      packet: standing.packet,
      clientIsB: this.catalog.signatures[standing.signature]!.either
        ? undefined
        : (standing.flags & abi.CANDIDATE_CLIENT_B) !== 0,
      complete: (standing.flags & abi.CANDIDATE_COMPLETE) !== 0 && (standing.flags & facts) === 0,
      contested: false,
      candidates,
    };
  }

  #protocol(signature: number): ProtocolEntry {
    return this.catalog.protocols[this.catalog.signatures[signature]!.protocol]!;
  }
}
