import type { GitHistory } from '../../evidence/git-history.ts';
import { byText } from '../../order.ts';
import { git } from './git.ts';
import type { LogEntry } from './read-log.ts';
import { shortHash } from './short-hash.ts';

/** The tags of commits in the history, oldest first. */
export async function milestones(
  folder: string,
  byHash: ReadonlyMap<string, LogEntry>,
): Promise<GitHistory['milestones']> {
  const format = '--format=%(refname:short)%00%(objectname)%00%(*objectname)';
  const lines = await git(folder, ['for-each-ref', 'refs/tags', format]);
  return lines
    .split('\n')
    .flatMap((line) => {
      const [name = '', object = '', peeled = ''] = line.split('\0');
      const commit = byHash.get(peeled || object);
      return commit === undefined ? [] : { name: name.slice(0, 100), commit: shortHash(commit.hash), date: commit.day };
    })
    .sort((a, b) => byText(a.date, b.date) || byText(a.name, b.name));
}
