import { git, gitStream } from './git.ts';

/** A blob's bytes; null: the clone lacks the object. */
export interface Blob {
  hash: string;
  bytes: Buffer | null;
}

/**
 * Blobs in the order of the hashes, one at a time. In a partial clone only existing objects are read, so that git does
 * not fetch the others.
 */
export async function* readBlobs(
  repository: string,
  hashes: readonly string[],
  options: { isPartial: boolean },
): AsyncGenerator<Blob> {
  const here = options.isPartial ? await localObjects(repository) : undefined;
  const asked = here === undefined ? hashes : hashes.filter((hash) => here.has(hash));
  for (const hash of hashes) if (here !== undefined && !here.has(hash)) yield { hash, bytes: null };
  if (asked.length === 0) return;
  let pending: Buffer = Buffer.alloc(0);
  let wanted = -1;
  let hash = '';
  for await (const piece of gitStream(repository, ['cat-file', '--batch', '--buffer'], `${asked.join('\n')}\n`)) {
    let data = pending.length === 0 ? piece : Buffer.concat([pending, piece]);
    for (;;) {
      if (wanted === -1) {
        const end = data.indexOf(10);
        if (end === -1) break;
        const [name = '', type, size] = data.subarray(0, end).toString().split(' ');
        data = data.subarray(end + 1);
        if (type === 'missing' || size === undefined) {
          yield { hash: name, bytes: null };
          continue;
        }
        hash = name;
        wanted = Number(size);
      }
      if (data.length < wanted + 1) break;
      yield { hash, bytes: data.subarray(0, wanted) };
      data = data.subarray(wanted + 1);
      wanted = -1;
    }
    pending = data;
  }
}

async function localObjects(repository: string): Promise<ReadonlySet<string>> {
  const names = await git(repository, [
    'cat-file',
    '--batch-all-objects',
    '--batch-check=%(objectname)',
    '--unordered',
  ]);
  return new Set(names.split('\n'));
}
