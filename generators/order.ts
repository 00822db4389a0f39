/** JSON data: what `JSON.parse` gives. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The same data with the keys of every object in code-point order, so that nothing later can depend on their order. */
export function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const sorted: { [key: string]: Json } = {};
  for (const [key, inner] of Object.entries(value).sort(([a], [b]) => byText(a, b))) {
    // A plain assignment to `__proto__` would set the prototype and lose the key.
    if (key === '__proto__') Object.defineProperty(sorted, key, { value: canonical(inner), enumerable: true });
    else sorted[key] = canonical(inner);
  }
  return sorted;
}

/** The item of a list that has exactly one. */
export function onlyItem<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** Orders by code units, which no locale changes. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
