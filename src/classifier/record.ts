import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";
import { readHistory } from "../flows/history.js";
import { readKey, readTunnels, readVlans, type FlowKey } from "../flows/key.js";
import { formatTime } from "../flows/time.js";
import { inspectedTransport, type InspectedTransport, transportName } from "../flows/transports.js";
import type { Catalog } from "../language/catalog.js";
import {
  SCHEMA,
  type EndReason,
  type Evidence,
  type Flag,
  type FlowRecord,
  type Looks,
} from "../record/record.js";
import type { Applications } from "./applications.js";
import { communityId } from "./community-id.js";
import type { Facts } from "./facts.js";
import type { FlowExtras } from "./flow.js";
import type { Refined, Refinements } from "./refinements.js";
import {
  NOTE_CLIENT_IS_B,
  NOTE_CLIENT_JUDGED,
  NOTE_GAP,
  NOTE_UNINSPECTED,
  outranks,
  type Rows,
} from "./rows.js";

/** Looks up the service name registered for a port. */
export type ServiceNames = (transport: InspectedTransport, port: number) => string | null;

/** Makes records of rows. */
export class Records {
  readonly #memory: EngineMemory;
  readonly #rows: Rows;
  readonly #facts: Facts;
  readonly #catalog: Catalog;
  readonly #services: ServiceNames;
  readonly #applications: Applications;
  readonly #refinements: Refinements;
  readonly #communityIdSeed: number;

  constructor(
    memory: EngineMemory,
    rows: Rows,
    facts: Facts,
    catalog: Catalog,
    services: ServiceNames,
    applications: Applications,
    refinements: Refinements,
    communityIdSeed: number,
  ) {
    this.#memory = memory;
    this.#rows = rows;
    this.#facts = facts;
    this.#catalog = catalog;
    this.#services = services;
    this.#applications = applications;
    this.#refinements = refinements;
    this.#communityIdSeed = communityIdSeed;
  }

  /** The record of a row whose key stands at `keyAt`. */
  make(row: number, keyAt: number, reason: EndReason, extras: FlowExtras | undefined): FlowRecord {
    const rows = this.#rows;
    const key = readKey(this.#memory, keyAt);
    const clientIsB = this.clientIsB(row, key);
    const endpointA = { address: key.addressA, port: key.portA };
    const endpointB = { address: key.addressB, port: key.portB };
    const transport = key.network === "arp" ? "arp" : transportName(key.protocol);
    const packetsA = rows.f64(row, abi.R_PACKETS_A);
    const packetsB = rows.f64(row, abi.R_PACKETS_B);
    const bytesA = rows.f64(row, abi.R_BYTES_A);
    const bytesB = rows.f64(row, abi.R_BYTES_B);
    const server = clientIsB ? endpointA : endpointB;
    const { own, named, refined, signature, evidence } = this.#name(row, key, extras);
    const protocol = refined && this.#catalog.protocols[refined.protocol]!;
    const application = this.#applications.find(extras, keyAt, key.network, clientIsB);
    return {
      schema: SCHEMA,
      id: rows.f64(row, abi.R_ID),
      network: key.network,
      transport,
      client: clientIsB ? endpointB : endpointA,
      server,
      start: formatTime(rows.u32(row, abi.R_FIRST_SEC), rows.u32(row, abi.R_FIRST_NS)),
      end: formatTime(rows.u32(row, abi.R_LAST_SEC), rows.u32(row, abi.R_LAST_NS)),
      ended: { reason, part: rows.u32(row, abi.R_PART) },
      packets: clientIsB
        ? { toServer: packetsB, toClient: packetsA }
        : { toServer: packetsA, toClient: packetsB },
      bytes: clientIsB
        ? { toServer: bytesB, toClient: bytesA }
        : { toServer: bytesA, toClient: bytesB },
      protocol: protocol?.name ?? null,
      stack: refined === undefined ? [] : this.#stack(refined, named, signature, transport, extras),
      category: (application?.shared === false ? application : protocol)?.category ?? null,
      evidence,
      application: application?.name ?? null,
      applicationEvidence: application?.evidence ?? null,
      facts:
        extras === undefined || named < 0 || own !== named
          ? {}
          : this.#facts.report(extras.facts, named),
      notices: [],
      candidates: evidence.grade === "session" ? [] : (extras?.candidates ?? []),
      portGuess: this.#portGuess(key, server.port),
      looks: named < 0 ? looksOf(extras, clientIsB) : null,
      flags: [
        ...this.#flags(row, key, reason, packetsA === 0 || packetsB === 0),
        ...(extras?.share.isCut ? (["facts-cut"] as const) : []),
        ...(application?.evidence.grade === "dns" && extras?.learnt?.isShared
          ? (["shared-address"] as const)
          : []),
      ],
      vlan: readVlans(this.#memory, key.context),
      tunnels: readTunnels(this.#memory, key.context),
      history: transport === "tcp" ? readHistory(this.#memory, row, clientIsB) : null,
      communityId: communityId(
        this.#memory,
        keyAt,
        this.#communityIdSeed,
        rows.u32(row, abi.R_SEQUENCE_A),
        (rows.u8(row, abi.R_FLAGS) & abi.ROW_CLIENT_B) !== 0,
      ),
    };
  }

  /** The name by the flow's own payload or header; by its announcement, where that is stronger. */
  #name(row: number, key: FlowKey, extras: FlowExtras | undefined) {
    const session = extras?.session;
    const rows = this.#rows;
    const own = rows.protocol(row);
    const grade = rows.grade(row);
    const isAnnounced = session !== undefined && outranks("session", grade);
    const named = isAnnounced ? session.protocol : own;
    const signature = isAnnounced ? -1 : rows.signature(row);
    const refined = named < 0 ? undefined : this.#refinements.find(named, key, extras);
    const evidence: Evidence = isAnnounced
      ? { grade: "session", bits: 0, signature: null, packet: 1, flow: session.flow }
      : {
          grade: refined?.isGuess ? "corroborated" : grade,
          bits: rows.bits(row),
          signature: signature < 0 ? null : this.#catalog.signatures[signature]!.name,
          packet: rows.u32(row, abi.R_VERDICT_PACKET),
          flow: session?.protocol === own ? session.flow : null,
        };
    return { own, named, refined, signature, evidence };
  }

  #portGuess({ network, protocol }: FlowKey, port: number): string | null {
    const transport = network === "arp" ? undefined : inspectedTransport(protocol);
    return transport === undefined ? null : this.#services(transport, port);
  }

  /**
   * What a protocol stands on, outermost first: SCTP, then the protocols of signatures that its own implies, then
   * the one that it refines where that carries it; then itself, and what it carries (TLS behind STARTTLS).
   */
  #stack(
    { protocol, isCarried }: Refined,
    named: number,
    signature: number,
    transport: string,
    extras: FlowExtras | undefined,
  ): string[] {
    const { signatures, protocols } = this.#catalog;
    const implied = signature < 0 ? [] : signatures[signature]!.implies;
    const below = implied.map((index) => protocols[signatures[index]!.protocol]!.name);
    const own = (isCarried ? [named, protocol] : [protocol]).map((index) => protocols[index]!.name);
    const carried = extras === undefined ? [] : this.#facts.carried(extras.facts, named);
    return [...new Set([...(transport === "sctp" ? ["sctp"] : []), ...below, ...own, ...carried])];
  }

  /**
   * Who is client: the side that opened the connection; else as the payload says; else the side
   * that does not use a registered service's port; else the side that was heard first.
   */
  clientIsB(row: number, key: FlowKey): boolean {
    const rows = this.#rows;
    const flags = rows.u8(row, abi.R_FLAGS);
    const firstIsB = (flags & abi.ROW_CLIENT_B) !== 0;
    if (flags & abi.ROW_OPENED) return firstIsB;
    if (rows.hasNote(row, NOTE_CLIENT_JUDGED)) return rows.hasNote(row, NOTE_CLIENT_IS_B);
    const transport = inspectedTransport(key.protocol);
    if (transport === undefined) return firstIsB;
    const serviceA = this.#services(transport, key.portA) !== null;
    const serviceB = this.#services(transport, key.portB) !== null;
    return serviceA === serviceB ? firstIsB : serviceA;
  }

  #flags(row: number, key: FlowKey, reason: EndReason, oneSided: boolean): Flag[] {
    const rows = this.#rows;
    const marks = rows.u8(row, abi.R_MARKS);
    const flags: Flag[] = [];
    if (key.protocol === abi.IP_TCP && !(rows.u8(row, abi.R_FLAGS) & abi.ROW_OPENED))
      flags.push("midstream");
    if (oneSided) flags.push("one-sided");
    if (marks & abi.D_FLAG_SNAPPED) flags.push("snapped");
    if (marks & abi.D_FLAG_TWICE) flags.push("duplicated");
    if (marks & abi.D_FLAG_CLEARTEXT) flags.push("cleartext");
    if (marks & abi.D_FLAG_MALFORMED) flags.push("malformed");
    if (marks & abi.D_FLAG_FRAGMENT) flags.push("fragments");
    if (rows.hasNote(row, NOTE_GAP)) flags.push("gap");
    if (reason === "evicted") flags.push("evicted");
    if (rows.hasNote(row, NOTE_UNINSPECTED)) flags.push("uninspected");
    if (reason === "engine-lost") flags.push("engine-lost");
    return flags;
  }
}

function looksOf(extras: FlowExtras | undefined, clientIsB: boolean): Looks | null {
  if (extras?.looks === undefined) return null;
  const [fromA = null, fromB = null] = extras.looks;
  return clientIsB ? { toServer: fromB, toClient: fromA } : { toServer: fromA, toClient: fromB };
}
