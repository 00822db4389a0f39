import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeProject, me } from '../snapshot/projects/make-project.ts';
import { plant, type Tree } from '../tree.ts';
import { type AgentStory, transcriptsOf } from './agent-story.ts';
import { makeHome, type Session } from './home.ts';
import { makeRepository, type RepositoryStory } from './repository.ts';

/** A made-up past of one configuration and one user, from which the real commands take snapshots. */
export interface Story {
  takenOn: string;
  repository: RepositoryStory;
  /** Executables in folders of the home that are on PATH: `.cargo/bin/tokei`. */
  programs: readonly string[];
  sessions: readonly Session[];
  /** What the snapshots of machine, projects and agents' sessions are taken from; absent: they are not taken. */
  more?: {
    /** Further files of the home, such as what installers leave there. */
    files: Tree;
    /** Projects in `src`, each with the months of the user's first and last commit. */
    projects: readonly { files: Tree; months: readonly [string, string] }[];
    agent: AgentStory;
    /** The evidence of the configuration, which declares MCP servers. */
    evaluated: string;
  };
}

/** Runs a command with a PATH and without the Nix profiles of this machine. */
const alone = `
path=$1
shift
for folder in /nix/var/nix/profiles /etc/profiles /run; do
  [ ! -d "$folder" ] || mount -t tmpfs none "$folder" || exit
done
exec env PATH="$path" "$@"`;

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

/** Makes the story's repository and home, and writes the snapshots of them into `out`. */
export async function takeSnapshots(story: Story, out: string): Promise<void> {
  const { takenOn, repository, programs, sessions, more } = story;
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
      const command = [process.execPath, cli, 'snapshot', kind, '--out', out, '--taken-on', takenOn, ...args];
      execFileSync('unshare', ['--map-root-user', '--mount', 'sh', '-c', alone, 'sh', path, ...command], {
        cwd: scratch,
        env: { HOME: home, PATH: process.env.PATH, LANG: 'C.UTF-8' },
        stdio: 'inherit',
      });
    };
    snapshot('git', process.env.PATH as string, '--repo', checkout);
    // Programs of this machine are none of the story's user.
    const path = [...new Set(folders), ...sqlite(scratch, sessions)].join(':');
    snapshot('shell', path, '--all-hosts');
    if (more === undefined) return;
    plant(home, { ...more.files, ...transcriptsOf(more.agent) });
    for (const [index, { files, months }] of more.projects.entries()) {
      makeProject(
        join(home, 'src', String(index)),
        files,
        months.map((month) => [me, month] as const),
      );
    }
    snapshot('machine', path);
    snapshot('projects', process.env.PATH as string, '--dir', join(home, 'src'));
    snapshot('sessions', path, '--evaluated', more.evaluated);
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
