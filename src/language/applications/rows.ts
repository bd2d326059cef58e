/** Applications as the package carries them: rows of JSON. */
import type { ApplicationInfo } from "./catalog.js";
import type { Category } from "./vocabulary.js";

type Row = readonly [
  id: number,
  name: string,
  title: string,
  category: Category,
  operator: string,
  source: string,
  shared: 0 | 1,
  within: string | null,
];

export const packApplications = (applications: readonly ApplicationInfo[]): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify(
      applications.map(({ id, name, title, category, operator, source, shared, within }): Row => [
        id,
        name,
        title,
        category,
        operator,
        source,
        shared ? 1 : 0,
        within,
      ]),
    ),
  );

export const unpackApplications = (bytes: Uint8Array): ApplicationInfo[] =>
  (JSON.parse(new TextDecoder().decode(bytes)) as Row[]).map(
    ([id, name, title, category, operator, source, shared, within]) => ({
      id,
      name,
      title,
      category,
      operator,
      source,
      shared: shared === 1,
      within,
    }),
  );
