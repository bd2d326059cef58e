/** Hosts as application files write them. */

export interface Host {
  /** The name, or the suffix. */
  readonly name: string;
  readonly exact: boolean;
  /** The first label that a name must have. */
  readonly first: string | undefined;
}

/** `netflix.com`, `=netflix.com`, `instagram.*.fbcdn.net`. */
export function parseHost(text: string): Host {
  const exact = text.startsWith("=");
  const [, first, name] = /^([^.*]+)\.\*\.(.+)$/.exec(text) ?? [];
  return { name: name ?? (exact ? text.slice(1) : text), exact, first };
}

/** `a.b.c` → `b.c`, `c`. */
export function parentsOf(name: string): string[] {
  const labels = name.split(".");
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join("."));
}
