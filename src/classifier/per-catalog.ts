import type { Catalog } from "../language/catalog.js";

/** What is derived of a catalog alone, made once for all classifiers: it took most of the time that one more of them took. */
export function perCatalog<T>(derive: (catalog: Catalog) => T): (catalog: Catalog) => T {
  const known = new WeakMap<Catalog, T>();
  return (catalog) => {
    let derived = known.get(catalog);
    if (derived === undefined) known.set(catalog, (derived = derive(catalog)));
    return derived;
  };
}
