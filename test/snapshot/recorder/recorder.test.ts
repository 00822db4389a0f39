import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type RecorderShell, recorderShells } from '../../../generators/snapshot/recorder/tables.ts';
import { requires } from '../../requires.ts';

const recorder = (shell: RecorderShell): string =>
  fileURLToPath(new URL(`../../../dist/recorder.${shell}`, import.meta.url));
const hostile = readFileSync(new URL('./hostile.txt', import.meta.url), 'utf8');

/** Types lines into the real shell on a terminal, and returns what the recorder wrote and what lies in the folder. */
async function type(
  shell: RecorderShell,
  lines: string,
  env: Record<string, string> = {},
): Promise<{ log: string; files: string[]; mode: number }> {
  const home = mkdtempSync(path.join(tmpdir(), 'capture-'));
  try {
    const start: Record<RecorderShell, [string, string]> = {
      bash: ['.bashrc', 'bash -i'],
      zsh: ['.zshrc', 'zsh -i'],
      fish: ['.config/fish/config.fish', 'fish -i'],
    };
    const [file, command] = start[shell];
    mkdirSync(path.join(home, path.dirname(file)), { recursive: true });
    // Else fish generates completions in the background.
    mkdirSync(path.join(home, '.local/share/fish/generated_completions'), { recursive: true });
    copyFileSync(recorder(shell), path.join(home, file));
    const { PATH = '' } = process.env;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: home,
      env: { PATH, HOME: home, TERM: 'dumb', LANG: 'C.UTF-8', ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    // A line is typed when the shell has been silent for a moment after the one before.
    const rest = [...lines.trimEnd().split('\n'), 'exit'];
    let timer: NodeJS.Timeout | undefined;
    const next = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const line = rest.shift();
        if (line === undefined) return;
        child.stdin.write(`${line}\n`);
        next();
      }, 150);
    };
    child.stdout.on('data', next);
    child.stdin.on('error', () => {});
    next();
    await new Promise((resolve) => child.on('close', resolve));
    clearTimeout(timer);
    const log = path.join(home, '.local/state/nixos-intelligence/commands.log');
    const written = existsSync(log);
    return {
      log: written ? readFileSync(log, 'utf8') : '',
      files: readdirSync(home).filter((name) => name.includes('PWNED')),
      mode: written ? statSync(log).mode & 0o777 : 0,
    };
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

describe.each(recorderShells)('the recorder in the real %s', (shell) => {
  const needed = requires(shell, 'script', 'git');

  test.skipIf(needed.missing !== null)(
    `writes names and statuses of hostile lines, and nothing else${needed.why}`,
    async () => {
      const { log, files, mode } = await type(shell, hostile);
      expect(files).toEqual([]);
      expect(mode).toBe(0o600);
      expect(log).not.toMatch(/swordfish|ghp_|bcdf|mississippi|PWNED|touch|nosuch|x git/i);
      const rows = log
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'));
      for (const row of rows) expect(row).toHaveLength(6);
      const of = (name: string, sub: string, status: string): number =>
        rows.filter(([, command, subcommand, code]) => command === name && subcommand === sub && code === status)
          .length;
      expect(of('git', 'status', '128'), 'git status outside a repository').toBe(1);
      expect(of('git', 'commit', '128')).toBe(1);
      expect(of('git', 'log', '128')).toBe(1);
      expect(of('git', '', '1'), 'an unknown subcommand').toBe(1);
      expect(of('grep', '', '1')).toBe(1);
      expect(rows.filter(([, name, , , , stages]) => name === 'wc' && stages === '2').length, 'ls | wc').toBe(1);
      expect(rows.filter(([, name]) => name === 'ls').length).toBeGreaterThanOrEqual(4);
    },
  );

  test.skipIf(needed.missing !== null)(
    `writes names of programs alone, in folders named from the root${needed.why}`,
    async () => {
      const begin: Record<RecorderShell, string> = {
        bash: 'PATH=$PATH:$HOME/notes:.:\nhash -p /bin/ls mississippi',
        zsh: 'PATH=$PATH:$HOME/notes:.:\nhash mississippi=/bin/ls',
        fish: 'set PATH $PATH $HOME/notes .\nfunction mississippi; ls; end',
      };
      const { log } = await type(
        shell,
        `mkdir -p notes/hunter2
touch notes/swordfish tangerine notes/mytool
chmod 755 tangerine notes/mytool
${begin[shell]}
swordfish
tangerine
hunter2
mississippi
mytool
git swordfish`,
      );
      expect(log).not.toMatch(/swordfish|tangerine|hunter2|mississippi/);
      const names = log.split('\n').map((line) => line.split('\t')[1]);
      expect(names).toEqual(expect.arrayContaining(['mkdir', 'touch', 'chmod', 'mytool', 'git']));
    },
  );

  test.skipIf(needed.missing !== null)(`writes nothing where it is switched off${needed.why}`, async () => {
    expect((await type(shell, 'git status\nls', { NIXOS_INTELLIGENCE_CAPTURE: '0' })).log).toBe('');
  });
});
