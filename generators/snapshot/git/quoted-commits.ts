import { git } from './git.ts';
import { type LogEntry, readLog } from './read-log.ts';
import { quotedCommit } from './sentences.ts';

/**
 * Returns the commits that messages quote (`8f5b5da feat: …` in the body of a squash commit), by hash of the quoting
 * commit. Commits that this clone lacks are skipped.
 */
export async function quotedCommits(folder: string, log: readonly LogEntry[]): Promise<Map<string, LogEntry[]>> {
  const quotedBy = new Map<string, string[]>();
  for (const { hash, message } of log) {
    const [, ...body] = message.split('\n');
    const quoted = body.flatMap((line) => quotedCommit.exec(line)?.[1] ?? []);
    if (quoted.length > 0) quotedBy.set(hash, quoted);
  }
  const fullHashes = await resolveCommits(folder, [...new Set([...quotedBy.values()].flat())]);
  if (fullHashes.size === 0) return new Map();
  const entries = new Map<string, LogEntry>();
  for await (const entry of readLog(folder, [...new Set(fullHashes.values())])) entries.set(entry.hash, entry);
  const found = new Map<string, LogEntry[]>();
  for (const [hash, quoted] of quotedBy) {
    const here = quoted.flatMap((short) => entries.get(fullHashes.get(short) ?? '') ?? []);
    if (here.length > 0) found.set(hash, here);
  }
  return found;
}

/** Abbreviated hash -> full hash, for those that are commits of this clone. */
async function resolveCommits(folder: string, abbreviated: readonly string[]): Promise<Map<string, string>> {
  const full = new Map<string, string>();
  if (abbreviated.length === 0) return full;
  const answers = await git(
    folder,
    ['cat-file', '--batch-check=%(objecttype) %(objectname)'],
    `${abbreviated.map((hash) => `${hash}^{commit}`).join('\n')}\n`,
  );
  const lines = answers.split('\n');
  for (const [index, hash] of abbreviated.entries()) {
    const [type, name] = lines[index]?.split(' ') ?? [];
    if (type === 'commit' && name !== undefined) full.set(hash, name);
  }
  return full;
}
