import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { requirement, requires } from '../../requires.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.mjs', import.meta.url));
const bundled = requirement(existsSync(cli) ? requires('git').missing : 'nothing is bundled: npm run build');
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'surroundings-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const home = join(scratch, 'home');
mkdirSync(home);
const plain = { PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', USER: 'ann' };

function git(folder: string, ...args: string[]) {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@t.test', '-c', 'protocol.file.allow=always'];
  const { status, stdout, stderr } = spawnSync('git', ['-C', folder, ...identity, ...args], {
    env: plain,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** A repository with one commit. */
function repository(name: string, files: Record<string, string>): string {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '-q');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'start');
  return folder;
}

const flake = '{ outputs = _: { }; }\n';
const list = (name: string) => `{ pkgs, ... }: { environment.systemPackages = [ pkgs.${name} ]; }\n`;
const configuration = (name: string, tool = 'ripgrep') =>
  repository(name, { 'flake.nix': flake, 'p.nix': list(tool), 'modules/q.nix': list('fd') });

function run(cwd: string, args: readonly string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    env: { ...plain, ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(stderr).not.toMatch(/^ {4}at /m);
  return { status, stdout, stderr };
}

const tools = (stdout: string): string[] =>
  JSON.parse(stdout)
    .tools.map(({ attribute, name }: { attribute?: string; name?: string }) => attribute ?? name)
    .sort();

describe.skipIf(bundled.missing)(`git in other surroundings${bundled.why}`, () => {
  test('GIT_DIR and GIT_INDEX_FILE of a hook name another repository', () => {
    const [asked, other] = [configuration('asked'), configuration('other', 'jq')];
    const hook = {
      GIT_DIR: join(other, '.git'),
      GIT_INDEX_FILE: join(other, '.git/index'),
      GIT_WORK_TREE: other,
      GIT_PREFIX: '',
    };
    const before = readFileSync(join(other, '.git/index'));
    const { status, stdout } = run(asked, ['snapshot', 'git', '--repo', asked, '--dry-run'], hook);
    expect(status).toBe(0);
    expect(tools(stdout)).toEqual(['fd', 'ripgrep']);
    expect(run(asked, ['snapshot', 'git', '--out', join(asked, 'mine')], hook).status).toBe(0);
    expect(git(asked, 'ls-files')).toContain('mine/git-history.json');
    expect(readFileSync(join(other, '.git/index')).equals(before)).toBe(true);
  });

  test.each(['diff.relative true', 'diff.orderFile /nonexistent/order', 'diff.noprefix true', 'log.follow true'])(
    'git config %s changes nothing',
    (setting) => {
      const name = setting.replaceAll(/\W/g, '-');
      const asked = configuration(name);
      const args = ['snapshot', 'git', '--repo', join(asked, 'modules'), '--dry-run', '--taken-on', '2026-11-21'];
      const before = run(asked, args).stdout;
      git(asked, 'config', ...setting.split(' '));
      expect(run(asked, args)).toMatchObject({ status: 0, stdout: before });
    },
  );

  test('a file that git refuses is reported', () => {
    const asked = configuration('locked');
    writeFileSync(join(asked, '.git/index.lock'), '');
    const { status, stderr } = run(asked, ['snapshot', 'git', '--out', join(asked, 'mine')]);
    expect(stderr).toContain('git-history.json`, because git does not have it: Unable to create');
    expect(stderr).toContain('remove the lock file');
    expect(status).toBe(1);
    expect(existsSync(join(asked, 'mine/git-history.json'))).toBe(true);
    // Git has the file already: nothing is to be added.
    rmSync(join(asked, '.git/index.lock'));
    expect(run(asked, ['snapshot', 'git', '--out', join(asked, 'mine')]).status).toBe(0);
    writeFileSync(join(asked, '.git/index.lock'), '');
    expect(run(asked, ['snapshot', 'git', '--out', join(asked, 'mine')]).status).toBe(0);
  });

  test('a sparse checkout has the file, and a file that git ignores stays ignored', () => {
    const asked = configuration('sparse');
    git(asked, 'sparse-checkout', 'set', 'modules');
    expect(run(asked, ['snapshot', 'git', '--out', join(asked, 'mine')]).status).toBe(0);
    expect(git(asked, 'ls-files')).toContain('mine/git-history.json');
    writeFileSync(join(asked, '.gitignore'), 'ignored\n');
    expect(run(asked, ['snapshot', 'git', '--out', join(asked, 'ignored')]).status).toBe(0);
  });

  test('a rebuild goes on', () => {
    const asked = configuration('rebuild');
    writeFileSync(join(asked, '.git/index.lock'), '');
    const { status, stdout, stderr } = run(asked, [
      'rebuild',
      '--only',
      'git',
      '--',
      'echo',
      'rebuilt',
      '--flake',
      '.',
    ]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'rebuilt --flake .\n' });
    expect(stderr).not.toContain('the earlier snapshot is kept');
  });

  test("git's own words about a configuration that it cannot read", () => {
    const asked = configuration('unreadable');
    const repo = ['snapshot', 'git', '--repo', asked, '--dry-run'];
    writeFileSync(join(home, '.gitconfig'), '[core\n');
    const broken = run(asked, repo);
    rmSync(join(home, '.gitconfig'));
    expect(broken.status).toBe(2);
    expect(broken.stderr).toContain(`bad config line 1 in file ${join(home, '.gitconfig')}`);
    expect(broken.stderr).toContain("correct git's configuration");
  });

  test.skipIf(process.getuid?.() !== 0)('a repository of another user (skipped unless run by root)', () => {
    const asked = configuration('of-nobody');
    spawnSync('chown', ['-R', 'nobody', asked]);
    const { status, stderr } = run(scratch, ['snapshot', 'git', '--repo', asked, '--dry-run']);
    expect(status).toBe(2);
    expect(stderr).toContain(`detected dubious ownership in repository at '${asked}'`);
    expect(stderr).toContain(`git config --global --add safe.directory ${asked}`);
  });

  test('a configuration in a submodule', () => {
    const inner = configuration('inner');
    const outer = repository('outer', { README: '' });
    git(outer, 'submodule', '--quiet', 'add', inner, 'nix');
    git(outer, 'commit', '-qm', 'submodule');
    const { status, stderr } = run(outer, ['snapshot', 'git', '--dry-run']);
    expect(stderr).toContain('is in the submodule `nix`');
    expect(stderr).toContain(`--repo ${join(outer, 'nix')}`);
    expect(status).toBe(2);
    expect(tools(run(outer, ['snapshot', 'git', '--repo', join(outer, 'nix'), '--dry-run']).stdout)).toEqual([
      'fd',
      'ripgrep',
    ]);
  });

  test('rebuild --flake with ?dir=', () => {
    const asked = repository('subfolder', { 'nix/flake.nix': flake, 'nix/p.nix': list('jq') });
    expect(run(scratch, ['rebuild', '--only', 'git', '--', 'true', '--flake', `${asked}?dir=nix#box`]).status).toBe(0);
    expect(git(asked, 'ls-files')).toMatch(/^nix\/intelligence\/[^/]+\/git-history\.json$/m);
  });
});
