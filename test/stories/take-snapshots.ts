import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeHome, type Session } from './home.ts';
import { makeRepository, type RepositoryStory } from './repository.ts';

/** A made-up past of one configuration and one user, from which the real commands take snapshots. */
export interface Story {
  takenOn: string;
  repository: RepositoryStory;
  /** Executables in folders of the home that are on PATH: `.cargo/bin/tokei`. */
  programs: readonly string[];
  sessions: readonly Session[];
}

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

/** Makes the story's repository and home, and writes `git-history.json` and `shell-history.json` into `out`. */
export async function takeSnapshots({ takenOn, repository, programs, sessions }: Story, out: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'story-'));
  const home = join(scratch, 'home');
  const checkout = join(scratch, 'config');
  try {
    makeRepository(checkout, repository);
    await makeHome(home, sessions);
    const folders = programs.map((program) => join(home, program, '..'));
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    for (const program of programs) execFileSync('install', ['-m', '755', '/dev/null', join(home, program)]);
    const snapshot = (kind: string, path: string, ...args: string[]): void => {
      execFileSync(process.execPath, [cli, 'snapshot', kind, '--out', out, '--taken-on', takenOn, ...args], {
        cwd: scratch,
        env: { HOME: home, PATH: path, LANG: 'C.UTF-8' },
        stdio: 'inherit',
      });
    };
    snapshot('git', process.env.PATH as string, '--repo', checkout);
    // Programs of this machine are none of the story's user.
    snapshot('shell', [...new Set(folders), ...sqlite(scratch, sessions)].join(':'), '--all-hosts');
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** atuin's history is read with `sqlite3`, in a folder of its own. */
function sqlite(scratch: string, sessions: readonly Session[]): string[] {
  if (!sessions.some(({ shell }) => shell === 'atuin')) return [];
  const folder = join(scratch, 'sqlite');
  mkdirSync(folder);
  const program = execFileSync('sh', ['-c', 'command -v sqlite3'], { encoding: 'utf8' }).trim();
  execFileSync('ln', ['-s', program, folder]);
  return [folder];
}
