/** The value to which a JSON pointer (RFC 6901) leads; undefined: there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((value: unknown, part) => childOf(value, part.replaceAll('~1', '/').replaceAll('~0', '~')), document);
}

/** The value of a key of an object, or at an index of a list; undefined: it has none. */
export function childOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
