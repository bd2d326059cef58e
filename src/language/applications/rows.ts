/** Applications as the package carries them: rows of JSON. What most of them have in common is not written. */
import { type ApplicationInfo, LISTED } from "./catalog.js";
import type { Category } from "./vocabulary.js";

type Row = readonly [
  id: number,
  name: string,
  title: string,
  category: Category,
  /** 0: the title. */
  operator: string | 0,
  /** 0: the second source. */
  source: string | 0,
  shared: 0 | 1,
  within: string | 0,
];

const rowOf = (application: ApplicationInfo): Row => {
  const { id, name, title, category, operator, source, shared, within } = application;
  return [
    id,
    name,
    title,
    category,
    operator === title ? 0 : operator,
    source === LISTED ? 0 : source,
    shared ? 1 : 0,
    within ?? 0,
  ];
};

export const packApplications = (applications: readonly ApplicationInfo[]): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(applications.map(rowOf)));

export const unpackApplications = (bytes: Uint8Array): ApplicationInfo[] =>
  (JSON.parse(new TextDecoder().decode(bytes)) as Row[]).map(
    ([id, name, title, category, operator, source, shared, within]) => ({
      id,
      name,
      title,
      category,
      operator: operator === 0 ? title : operator,
      source: source === 0 ? LISTED : source,
      shared: shared === 1,
      within: within === 0 ? null : within,
    }),
  );
