import { type EntrySource, entrySource } from '../evidence/entry-source.ts';
import { childOf, valueAt } from '../json-pointer.ts';
import type { Pointer } from './block.ts';

/** Files of the output, and `evaluated.json`, as data. */
export type Documents = ReadonlyMap<string, unknown>;

/**
 * Adds to a pointer the line of the configuration and the commit that its entry rests on: those that the entry records,
 * else those of the package or the option that it is about.
 */
export function withSource({ file, pointer }: Pointer, documents: Documents): Pointer & EntrySource {
  const entry = valueAt(documents.get(file), pointer);
  const [id, option] = [childOf(entry, 'package') ?? childOf(entry, 'id'), childOf(entry, 'option')];
  return {
    file,
    pointer,
    ...about(documents.get('package_evolution.json'), 'options', 'option', option),
    ...about(documents.get('package_evolution.json'), 'packages', 'id', id),
    ...about(documents.get('tool_profiles.json'), 'profiles', 'id', id),
    ...entrySource(entry),
  };
}

/** The source of the entry of a list whose key has a value. */
function about(document: unknown, list: string, key: string, value: unknown): EntrySource {
  const entries = childOf(document, list);
  if (typeof value !== 'string' || !Array.isArray(entries)) return {};
  return entrySource(entries.find((entry) => childOf(entry, key) === value));
}
