import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { requirement, requires } from '../requires.ts';

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const bundled = requirement(existsSync(cli) ? null : 'nothing is bundled: npm run build');
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'rebuild-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A home with a history, a configuration in git, a folder that is neither. */
function world(name: string) {
  const root = join(scratch, name);
  const [home, config, elsewhere] = ['home', 'config', 'elsewhere'].map((folder) => join(root, folder)) as [
    string,
    string,
    string,
  ];
  for (const folder of [home, config, elsewhere]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(home, '.bash_history'), 'git status\nls\n');
  writeFileSync(join(config, 'flake.nix'), '{ outputs = _: { }; }\n');
  const git = (...args: string[]) =>
    spawnSync('git', ['-C', config, '-c', 'user.name=t', '-c', 'user.email=t@t.test', ...args], { encoding: 'utf8' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'start');
  return { root, home, config, elsewhere, git, mine: join(config, 'intelligence', userInfo().username) };
}

function environment(home: string): Record<string, string> {
  return { PATH: process.env.PATH as string, HOME: home, LANG: 'C.UTF-8' };
}

function rebuild(at: { home: string }, cwd: string, args: readonly string[], more: Record<string, string> = {}) {
  return spawnSync(process.execPath, [cli, 'rebuild', ...args], {
    cwd,
    env: { ...environment(at.home), ...more },
    encoding: 'utf8',
  });
}

describe.skipIf(bundled.missing)(`rebuild${bundled.why}`, () => {
  test('the command finds the snapshots there, new ones', () => {
    const at = world('first');
    const { status, stdout, stderr } = rebuild(at, at.config, ['--', 'sh', '-c', 'cat intelligence/*/*.json | wc -l']);
    expect(stderr).toBe(
      `wrote ${join(at.mine, 'git-history.json')}\nwrote ${join(at.mine, 'shell-history.json')}\nwrote ${join(at.mine, 'machine.json')}\n`,
    );
    expect(status).toBe(0);
    expect(Number(stdout)).toBeGreaterThan(50);
    // So that a flake sees them.
    expect(at.git('ls-files').stdout).toContain(`intelligence/${userInfo().username}/shell-history.json`);
  });

  test('projects too, where a module names their folders', () => {
    const at = world('projects');
    mkdirSync(join(at.home, '.config/nixos-intelligence'), { recursive: true });
    mkdirSync(join(at.home, 'src/tool'), { recursive: true });
    writeFileSync(join(at.home, 'src/tool/go.mod'), 'module tool\n');
    const options = { projects: { folders: ['~/src'], names: 'none' } };
    writeFileSync(join(at.home, '.config/nixos-intelligence/snapshots.json'), JSON.stringify(options));
    expect(rebuild(at, at.config, ['--', 'true']).status).toBe(0);
    const { projects } = JSON.parse(readFileSync(join(at.mine, 'projects.json'), 'utf8'));
    expect(projects).toMatchObject([{ types: ['go'] }]);
  });

  test('they are those of the flake that the command names, wherever it is started', () => {
    const at = world('elsewhere');
    spawnSync('git', ['init', '-q', at.elsewhere]);
    writeFileSync(join(at.elsewhere, 'flake.nix'), '{ }\n');
    const { status } = rebuild(at, at.elsewhere, ['--', 'true', '--flake', `${at.config}#box`]);
    expect(status).toBe(0);
    expect(readdirSync(at.mine).sort()).toEqual(['git-history.json', 'machine.json', 'shell-history.json']);
    expect(readdirSync(at.elsewhere).sort()).toEqual(['.git', 'flake.nix']);
  });

  test('a flake that is not on this machine: a message, no snapshot, and the command runs', () => {
    const at = world('remote');
    const { status, stderr } = rebuild(at, at.config, ['--', 'sh', '-c', 'exit 3', '--flake', 'github:me/config#box']);
    expect(stderr).toBe(
      'nixos-intelligence: no snapshot taken, because the flake is not a folder on this machine; pass --out DIR\n',
    );
    expect(status).toBe(3);
    expect(existsSync(at.mine)).toBe(false);
  });

  test('--only takes that kind, --out goes there, relative to where we are', () => {
    const at = world('only');
    const args = ['--only', 'shell', '--out', 'state', '--', 'true', '--flake', at.config];
    expect(rebuild(at, at.elsewhere, args).status).toBe(0);
    expect(readdirSync(join(at.elsewhere, 'state'))).toEqual(['shell-history.json']);
    expect(existsSync(at.mine)).toBe(false);
  });

  test('if a snapshot fails, a warning is printed, the previous one remains, and the command runs', () => {
    const at = world('failing');
    rebuild(at, at.config, ['--', 'true']);
    const before = readFileSync(join(at.mine, 'shell-history.json'), 'utf8');
    rmSync(join(at.home, '.bash_history'));
    rmSync(join(at.config, '.git'), { recursive: true });
    const { status, stdout, stderr } = rebuild(at, at.config, ['--', 'echo', 'rebuilt']);
    expect(stdout).toBe('rebuilt\n');
    expect(status).toBe(0);
    expect(stderr).toContain('no shell history to read');
    expect(stderr).toContain('snapshot git: failed, the earlier snapshot is kept\n');
    expect(stderr).toContain('snapshot shell: failed, the earlier snapshot is kept\n');
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(readFileSync(join(at.mine, 'shell-history.json'), 'utf8')).toBe(before);
  });

  // Below a file no folder can be made, whoever runs the test.
  test('a folder that cannot be written is reported without a stack', () => {
    const at = world('locked');
    const file = join(at.config, 'file');
    writeFileSync(file, '');
    const out = join(file, 'x');
    const { status, stdout, stderr } = rebuild(at, at.config, [
      '--only',
      'shell',
      '--out',
      out,
      '--',
      'echo',
      'rebuilt',
    ]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'rebuilt\n' });
    expect(stderr).toContain(`\`${join(out, 'shell-history.json')}\` cannot be written`);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test.for([
    ['exit 0', 0],
    ['exit 1', 1],
    ['exit 100', 100],
    ['kill -KILL $$', 137],
    ['kill -TERM $$', 143],
  ] as const)('the status of `%s` comes through', ([script, expected]) => {
    const at = world(`status-${expected}`);
    expect(rebuild(at, at.config, ['--only', 'shell', '--', 'sh', '-c', script]).status).toBe(expected);
  });

  test.for([
    {
      args: [],
      says: 'expected a command to run after `--`, got nothing\n  nixos-intelligence rebuild -- sudo nixos-rebuild switch --flake .',
    },
    {
      args: ['--'],
      says: 'expected a command to run after `--`, got nothing\n  nixos-intelligence rebuild -- sudo nixos-rebuild switch --flake .',
    },
    { args: ['nixos-rebuild', 'switch', '--upgrade'], says: 'nixos-intelligence rebuild --help' },
    {
      args: ['--input', 'mine', '--', 'nh', 'os', 'switch'],
      says: '--input requires --out, the folder of the snapshots\n  nixos-intelligence rebuild --input mine --out ~/.local/state/nixos-intelligence/snapshots -- nh os switch',
    },
    {
      args: ['--only', 'fish', '--', 'true'],
      says: '--only: expected one of git, shell, projects, sessions, machine, got `fish`',
    },
    {
      args: ['--only', 'shell', '--', 'nixos-rebuidl', 'switch'],
      // EACCES where PATH has a folder that this user cannot enter.
      says: /`nixos-rebuidl` cannot be run: spawn nixos-rebuidl E(NOENT|ACCES)\n {2}name a program on PATH: nixos-rebuild, home-manager, nh$/m,
    },
  ])('$args is refused, with the next step', ({ args, says }) => {
    const at = world('refused');
    const { status, stderr } = rebuild(at, at.config, args);
    expect(stderr).toEqual(says instanceof RegExp ? expect.stringMatching(says) : expect.stringContaining(says));
    expect(status).toBe(2);
  });

  test('--help says how it is typed', () => {
    const { status, stdout } = rebuild({ home: scratch }, scratch, ['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('usage: nixos-intelligence rebuild [--out DIR] [--input NAME] [--only KIND] -- COMMAND …');
    expect(stdout).toContain('nixos-intelligence rebuild -- sudo nixos-rebuild switch --flake .');
  });

  const trapping = "trap 'echo cleaned up; exit 9' TERM INT HUP; echo started; while :; do sleep 0.1; done";
  test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s reaches the command, whose end is waited for',
    async (signal) => {
      const at = world(signal);
      const child = spawn(process.execPath, [cli, 'rebuild', '--only', 'shell', '--', 'sh', '-c', trapping], {
        cwd: at.config,
        env: environment(at.home),
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const said = await until(child, 'started', () => child.kill(signal));
      expect(said).toEqual({ output: 'started\ncleaned up\n', status: 9 });
    },
  );

  test.for(['SIGTERM', 'SIGINT'] as const)('%s while a snapshot is taken is the end of it all', async (signal) => {
    const at = world(`early-${signal}`);
    const begun = join(at.root, 'begun');
    writeFileSync(join(at.elsewhere, 'git'), `#!/bin/sh\ntouch '${begun}'\nsleep 5\n`, { mode: 0o755 });
    const child = spawn(process.execPath, [cli, 'rebuild', '--', 'echo', 'rebuilt'], {
      cwd: at.config,
      env: { ...environment(at.home), PATH: `${at.elsewhere}:${process.env.PATH}` },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const waiting = setInterval(() => existsSync(begun) && child.kill(signal), 50);
    const { output, status } = await until(child, 'rebuilt', () => {});
    clearInterval(waiting);
    expect({ output, status, ended: child.signalCode }).toEqual({ output: '', status: null, ended: signal });
  });

  const terminal = requires('script');
  test.skipIf(terminal.missing)(`Ctrl-C reaches the command once, whose end is waited for${terminal.why}`, async () => {
    const at = world('terminal');
    const once = `let n = 0;
process.on('SIGINT', () => { if (n++ === 0) setTimeout(() => { console.log('interrupted', n); process.exit(7); }, 500); });
setInterval(() => {}, 1000);
console.log('started');`;
    writeFileSync(join(at.root, 'once.js'), once);
    const node = `'${process.execPath}'`;
    const typed = `exec ${node} '${cli}' rebuild --only shell -- ${node} '${join(at.root, 'once.js')}'`;
    const child = spawn('script', ['-qec', typed, '/dev/null'], {
      cwd: at.config,
      env: { ...environment(at.home), TERM: 'dumb', SHELL: '/bin/sh' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const said = await until(child, 'started', () => child.stdin?.write('\x03'));
    expect(said.output).toContain('interrupted 1');
    expect(said.status).toBe(7);
  });

  const sudo = process.getuid?.() === 0 ? requires('sudo') : requirement('only root can be below sudo without asking');
  test.skipIf(sudo.missing)(`below sudo the snapshot is the caller’s, not root’s${sudo.why}`, () => {
    const at = world('below-sudo');
    writeFileSync(join(at.home, '.bash_history'), 'rg root\n');
    const out = join(at.root, 'out');
    mkdirSync(out);
    spawnSync('chmod', ['777', out, scratch, at.root]);
    const args = ['--only', 'shell', '--out', out, '--', 'id', '-u'];
    const { stdout, stderr } = rebuild(at, at.elsewhere, args, { SUDO_USER: 'nobody' });
    // The command itself stays root's; nobody has no home, and so no history.
    expect(stdout).toBe('0\n');
    expect(stderr).toContain('no shell history to read');
    expect(readdirSync(out)).toEqual([]);
  });
});

/** What a child says until it ends; `then` is called when it has said this. */
async function until(child: ChildProcess, said: string, then: () => void) {
  let output = '';
  let done = false;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (!done && output.includes(said)) {
      done = true;
      then();
    }
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  return { output, status };
}
