/** What `npm run generate` makes of the application files: names by id, and the table that finds ids. */
import type { Category } from "./vocabulary.js";

/** Where an application of the second source comes from. */
export const LISTED = "third-party-web";

export interface ApplicationInfo {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly category: Category;
  /** The operator's title. */
  readonly operator: string;
  /** Where its hosts can be looked up; `LISTED` for the second source. */
  readonly source: string;
  readonly shared: boolean;
  /** The name of the application that it is a part of, or null. */
  readonly within: string | null;
}

export interface ApplicationCatalog {
  /** One region, laid out as `src/engine/hosts-table.ts` says, that may stand anywhere at a multiple of four. */
  readonly table: Uint8Array;
  /** By id. */
  readonly applications: readonly ApplicationInfo[];
}
