/** Protocols that are another one under a name of their own: told by an address, a port, or what a client offers (ALPN). */
import type { FlowKey } from "../flows/key.js";
import { inspectedTransport } from "../flows/transports.js";
import { type Catalog, ownerOf, type ProtocolEntry } from "../language/catalog.js";
import type { FlowExtras } from "./flow.js";
import { perCatalog } from "./per-catalog.js";

/** What a protocol is called on one flow. */
export interface Refined {
  /** Index of the protocol. */
  readonly protocol: number;
  /** It stands on the one that was proved. */
  readonly isCarried: boolean;
  /** Only its port says so. */
  readonly isGuess: boolean;
}

interface Known {
  /** Protocol → those that refine it. */
  readonly of: ReadonlyMap<number, readonly number[]>;
  /** Facts that name what a channel carries → names that matter. */
  readonly offers: ReadonlyMap<number, ReadonlySet<string>>;
}

const knownOf = perCatalog(({ protocols, facts }): Known => {
  const of = new Map<number, number[]>();
  const offers = new Map<number, Set<string>>();
  protocols.forEach(({ refines }, index) => {
    if (refines === undefined) return;
    const base = protocols.findIndex(({ name }) => name === refines.protocol);
    of.set(base, [...(of.get(base) ?? []), index]);
    facts.forEach((fact, id) => {
      if (ownerOf(fact) !== refines.protocol || !fact.name.endsWith(".alpn")) return;
      const names = [...(offers.get(id) ?? []), ...(refines.alpn ?? [])];
      if (names.length > 0) offers.set(id, new Set(names));
    });
  });
  return { of, offers };
});

export class Refinements {
  readonly #protocols: readonly ProtocolEntry[];
  readonly #known: Known;

  constructor(catalog: Catalog) {
    this.#protocols = catalog.protocols;
    this.#known = knownOf(catalog);
  }

  /** Facts that are read for what flows are called, whether they may be told or not. */
  get facts(): readonly number[] {
    return [...this.#known.offers.keys()];
  }

  /** Keeps the name if a refinement knows it. */
  hear(extras: FlowExtras, fact: number, values: readonly (string | number)[]): void {
    const known = this.#known.offers.get(fact);
    if (known === undefined || extras.offered !== undefined) return;
    extras.offered = values.map(String).find((value) => known.has(value));
  }

  find(protocol: number, key: FlowKey, extras: FlowExtras | undefined): Refined {
    for (const index of this.#known.of.get(protocol) ?? []) {
      const { refines, ports } = this.#protocols[index]!;
      const { addresses, alpn } = refines!;
      const isCarried = alpn !== undefined;
      if (
        (extras?.offered !== undefined && alpn?.includes(extras.offered)) ||
        addresses.includes(key.addressA) ||
        addresses.includes(key.addressB)
      ) {
        return { protocol: index, isCarried, isGuess: false };
      }
      const transport = inspectedTransport(key.protocol);
      const own = transport === undefined ? [] : ports[transport];
      if (own.includes(key.portA) || own.includes(key.portB)) {
        return { protocol: index, isCarried, isGuess: isCarried };
      }
    }
    return { protocol, isCarried: false, isGuess: false };
  }
}
