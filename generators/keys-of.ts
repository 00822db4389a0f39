/** The keys of a table in their order, with the type that `Object.keys` loses. */
export function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  // biome-ignore lint/plugin: a table may have more keys than its type, so TypeScript calls them all `string`.
  return Object.keys(table) as Key[];
}
