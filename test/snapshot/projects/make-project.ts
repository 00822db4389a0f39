import { execFileSync } from 'node:child_process';
import { plant, type Tree } from '../../tree.ts';

/** The address by which git knows the user. */
export const me = 'me@example.org';

/** Makes a repository of `tree` with commits, each by somebody in some month (`2026-03`). */
export function makeProject(
  folder: string,
  tree: Tree,
  commits: readonly (readonly [email: string, month: string])[],
): void {
  plant(folder, tree);
  const git = (args: readonly string[], env: Record<string, string> = {}) =>
    execFileSync('git', ['-C', folder, ...args], { env: { ...process.env, ...env }, stdio: 'ignore' });
  git(['init', '-q']);
  git(['config', 'user.email', me]);
  git(['config', 'user.name', 'Me']);
  git(['add', '.']);
  for (const [email, month] of commits) {
    const date = `${month}-15T12:00:00Z`;
    git(['commit', '-qm', 'work', '--allow-empty', `--author=Somebody <${email}>`, `--date=${date}`], {
      GIT_COMMITTER_DATE: date,
    });
  }
}
