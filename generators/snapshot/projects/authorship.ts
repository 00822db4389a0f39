import { askGit } from './list-files.ts';

/** The newest commits that are looked at. */
const maxCommits = 20_000;

export interface Authorship {
  commits: number;
  /** null: git knows no address of the user, so nobody's commits can be told apart. */
  own: number | null;
  /** Months of the first and the last commit of the user (without an address: of anybody); null: no commit. */
  firstMonth: string | null;
  lastMonth: string | null;
}

/** Whose commits a repository has, by the address that git would write for this user there. */
export async function authorshipOf(folder: string): Promise<Authorship> {
  const email = (await askGit(folder, ['config', 'user.email']))?.trim().toLowerCase();
  const log = await askGit(folder, [
    'log',
    `--max-count=${maxCommits}`,
    '--date=format:%Y-%m',
    '--format=%ad %ae',
    'HEAD',
  ]);
  const lines = (log ?? '').split('\n').filter((line) => line !== '');
  const own = email ? lines.filter((line) => line.slice(line.indexOf(' ') + 1).toLowerCase() === email) : lines;
  const months = own.map((line) => line.slice(0, line.indexOf(' '))).filter((text) => /^(19|20)\d\d-\d\d$/.test(text));
  months.sort();
  return {
    commits: lines.length,
    own: email ? own.length : null,
    firstMonth: months[0] ?? null,
    lastMonth: months.at(-1) ?? null,
  };
}
