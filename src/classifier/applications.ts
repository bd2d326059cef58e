/** Which application a flow belongs to: by the name of the host that the client asked for, by a name that DNS answered with its address, or by a range of addresses. */
import * as abi from "../engine/abi.js";
import {
  applicationOf,
  applicationOfAddress,
  HostTable,
} from "../engine/typescript/hosts/lookup.js";
import type { EngineMemory } from "../engine/memory.js";
import type { ApplicationCatalog, ApplicationInfo } from "../language/applications/catalog.js";
import type { Catalog } from "../language/catalog.js";
import type { ApplicationEvidence } from "../record/record.js";
import type { FlowExtras } from "./flow.js";

export interface FoundApplication extends Pick<ApplicationInfo, "name" | "category" | "shared"> {
  readonly evidence: ApplicationEvidence;
}

const ADDRESS_SIZE = { ipv4: 4, ipv6: 16 };

export class Applications {
  readonly #memory: EngineMemory;
  readonly #catalog: Catalog;
  readonly #applications: ApplicationCatalog | undefined;
  readonly #table: HostTable | undefined;
  /** Made when the first one is found: unpacking them takes longer than a small capture. */
  #ids: Map<number, ApplicationInfo> | undefined;

  constructor(memory: EngineMemory, catalog: Catalog, applications?: ApplicationCatalog) {
    this.#memory = memory;
    this.#catalog = catalog;
    this.#applications = applications;
    if (applications) this.#table = new HostTable(memory.u8.buffer, memory.address("hosts"));
  }

  /**
   * A name that the client says itself is better than one that it asked for before. Any name says more than an
   * address: those are of whole operators, and what many share is not told by them. `keyAt` and `serverIsA` say where the server's address stands.
   */
  find(
    extras: FlowExtras | undefined,
    keyAt: number,
    network: "ipv4" | "ipv6" | "arp",
    serverIsA: boolean,
  ): FoundApplication | undefined {
    if (!this.#table || network === "arp") return undefined;
    if (extras !== undefined && extras.application !== 0) {
      const from = this.#catalog.facts[extras.applicationFact]!.name;
      return this.#describe(extras.application, { grade: "host", from, flow: null });
    }
    const learnt = extras?.learnt;
    if (learnt !== undefined && learnt.serverIsA === serverIsA) {
      const { application, flow } = learnt;
      return this.#describe(application, { grade: "dns", from: "dns.name", flow });
    }
    const at = keyAt + (serverIsA ? abi.D_ADDRESS_A : abi.D_ADDRESS_B);
    const id = applicationOfAddress(this.#table, this.#memory.u8, at, ADDRESS_SIZE[network]);
    if (id === 0) return undefined;
    const found = this.#describe(id, { grade: "address", from: "server.address", flow: null });
    return found?.shared ? undefined : found;
  }

  /** Id of the application of a host's name in ASCII, or 0. */
  ofHost(name: string): number {
    if (!this.#table) return 0;
    const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
    return applicationOf(this.#table, bytes, 0, bytes.length);
  }

  #describe(id: number, evidence: ApplicationEvidence): FoundApplication | undefined {
    const info = this.#byId(id);
    return info && { name: info.name, category: info.category, shared: info.shared, evidence };
  }

  #byId(id: number): ApplicationInfo | undefined {
    this.#ids ??= new Map(this.#applications!.applications.map((each) => [each.id, each]));
    return this.#ids.get(id);
  }
}
