import { childOf } from '../json-pointer.ts';

/** What in the user's repository an entry of the evidence or of the output rests on. */
export interface EntrySource {
  source?: { file: string; line?: number };
  commit?: string;
}

/** The first place in a `.nix` file and the commit that an entry records itself, under any of the names in use. */
export function entrySource(entry: unknown): EntrySource {
  const lists = ['declarations', 'places', 'files'].map((key) => childOf(entry, key));
  const [first] = [...lists, entry].filter(Array.isArray).flat();
  const place = [first, childOf(entry, 'purpose'), entry].map(placeOf).find((found) => found !== undefined);
  const commit = childOf(entry, 'commit') ?? childOf(childOf(entry, 'since'), 'commit');
  return {
    ...(place === undefined ? {} : { source: place }),
    ...(typeof commit === 'string' ? { commit } : {}),
  };
}

function placeOf(value: unknown): EntrySource['source'] {
  const file = typeof value === 'string' ? value : childOf(value, 'file');
  const line = childOf(value, 'line');
  if (typeof file !== 'string' || !file.endsWith('.nix')) return undefined;
  return { file, ...(typeof line === 'number' ? { line } : {}) };
}
