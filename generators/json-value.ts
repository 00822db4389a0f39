/** Values of parsed JSON, TOML and YAML, which other people wrote: anything may be missing or of another type. */

export type Table = Record<string, unknown>;

/** Whether a value is an object and no list. */
export function isTable(value: unknown): value is Table {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The value below a key of a table; undefined: there is none. */
export function valueAt(value: unknown, key: string): unknown {
  return isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The table below a key; undefined: there is none. */
export function objectAt(value: unknown, key: string): Table | undefined {
  const inner = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isTable(inner) ? inner : undefined;
}

export function textAt(value: unknown, key: string): string | undefined {
  const inner = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}

/** The texts of the list below a key. */
export function textsAt(value: unknown, key: string): string[] {
  return itemsAt(value, key).filter((item) => typeof item === 'string');
}

/** The list below a key, empty without one. */
export function itemsAt(value: unknown, key: string): unknown[] {
  return isTable(value) && Array.isArray(value[key]) ? value[key] : [];
}

/** A list as it is, another value as a list of one. */
export function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

export function keysOf(value: unknown): string[] {
  return isTable(value) ? Object.keys(value) : [];
}
