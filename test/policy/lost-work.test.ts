import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { decide } from '../../generators/policy/decide.ts';
import { worldOf } from '../../generators/policy/world.ts';
import { requires } from '../requires.ts';
import { allDefaults } from './policies.ts';

const git = requires('git');

/** A home with a project `app` that has one commit, pushed to a remote, and a shell in its folder. */
class Home {
  path = mkdtempSync(join(tmpdir(), 'lost-work-'));
  app = join(this.path, 'app');
  constructor() {
    mkdirSync(this.app);
    this.sh('git init -q -b main && git config user.email a@b.c && git config user.name Ann');
    this.write('a.txt', 'one\n').write('src/b.ts', 'two\n').write('.gitignore', 'node_modules\nignored\n');
    this.sh('git add -A && git commit -qm first && git init -q --bare ../remote.git');
    this.sh('git remote add origin ../remote.git && git push -qu origin main 2>/dev/null');
  }
  write(path: string, text = 'new\n'): this {
    mkdirSync(dirname(join(this.app, path)), { recursive: true });
    writeFileSync(join(this.app, path), text);
    return this;
  }
  sh(line: string): this {
    execFileSync('bash', ['-ec', line], { cwd: this.app, stdio: 'pipe' });
    return this;
  }
  commit(path: string): this {
    return this.write(path).sh(`git add -A && git commit -qm '${path}'`);
  }
  decision(command: string) {
    // The machine of a test may be busy; the limit has a test of its own.
    const world = { ...worldOf(this.app, { HOME: this.path, USER: 'ann' }), gitPatience: 60_000 };
    const { decision, findings } = decide({ tool: 'Bash', input: { command } }, allDefaults, world);
    return findings.find(({ rule }) => rule === 'lostWork')?.reason ?? (decision === 'advise' ? null : decision);
  }
}

const lost: [situation: string, prepare: (home: Home) => unknown, command: string, names: string][] = [
  ['a changed file', (home) => home.write('a.txt'), 'git reset --hard', 'a.txt'],
  ['a staged file', (home) => home.write('n.txt').sh('git add n.txt'), 'git reset --hard HEAD', 'n.txt'],
  ['a commit on no other branch', (home) => home.commit('c.txt'), 'git reset --hard origin/main', 'commits of `main`'],
  ['a changed file', (home) => home.write('a.txt'), 'git checkout -- .', 'a.txt'],
  ['a changed file', (home) => home.write('a.txt'), 'git checkout a.txt', 'a.txt'],
  ['a changed file', (home) => home.write('a.txt'), 'git checkout -f main', 'a.txt'],
  ['a changed file', (home) => home.write('src/b.ts'), 'git restore .', 'src/b.ts'],
  ['a changed file', (home) => home.write('src/b.ts'), 'cd src && git restore b.ts', 'src/b.ts'],
  ['a changed file', (home) => home.write('a.txt'), 'git switch --discard-changes main', 'a.txt'],
  ['a new file', (home) => home.write('notes.md'), 'git clean -fd', 'notes.md'],
  ['an ignored file', (home) => home.write('ignored'), 'git clean -fdx', 'ignored'],
  ['a stash', (home) => home.write('a.txt').sh('git stash -q'), 'git stash drop', 'stashed'],
  ['a stash', (home) => home.write('a.txt').sh('git stash -q'), 'git stash clear', 'stashed'],
  [
    'an unmerged branch',
    (home) => home.sh('git switch -qc feature').commit('f.txt').sh('git switch -q main'),
    'git branch -D feature',
    'commits of `feature`',
  ],
  ['a changed file in the work tree', (home) => home.write('a.txt'), 'cd .. && rm -rf app', 'a.txt'],
  ['commits that are not pushed', (home) => home.commit('c.txt'), 'rm -rf .git', 'no remote'],
  ['a repository below a folder', (home) => home.commit('c.txt'), 'rm -rf ~/app/', 'no remote'],
  ['new sources', (home) => home.write('src/new.ts'), 'rm -rf src', 'src/new.ts'],
  ['new sources', (home) => home.write('src/new.ts'), "find . -name '*.ts' -delete", 'src/new.ts'],
  ['a changed file', (home) => home.write('a.txt'), 'echo x > a.txt', 'a.txt'],
  ['a folder of the home', (home) => home.write('../Pictures/a.jpg'), 'rm -rf ~/Pictures', 'Pictures'],
  ['in another folder', (home) => home.write('a.txt'), 'cd / && git -C ~/app reset --hard', 'a.txt'],
];

test.skipIf(git.missing).each(lost)(`asks: %s: %#${git.why}`, (_, prepare, command, names) => {
  const home = new Home();
  prepare(home);
  expect(home.decision(command)).toContain(names);
});

const kept: [situation: string, prepare: (home: Home) => unknown, command: string][] = [
  ['a clean tree', () => {}, 'git reset --hard'],
  ['a clean tree', () => {}, 'git reset --hard origin/main'],
  ['only a new file', (home) => home.write('n.txt'), 'git reset --hard'],
  ['without --hard', (home) => home.write('a.txt'), 'git reset HEAD a.txt'],
  ['a clean tree', () => {}, 'git checkout -- .'],
  ['another file changed', (home) => home.write('a.txt'), 'git checkout -- src'],
  ['a branch', (home) => home.sh('git branch feature').write('a.txt'), 'git checkout feature'],
  ['a new branch', (home) => home.write('a.txt'), 'git checkout -b feature'],
  ['a clean tree', () => {}, 'git restore .'],
  ['only the index', (home) => home.write('a.txt').sh('git add a.txt'), 'git restore --staged .'],
  ['nothing to clean', () => {}, 'git clean -fd'],
  ['only what is installed', (home) => home.write('node_modules/x/a.js'), 'git clean -fdx'],
  ['a dry run', (home) => home.write('n.txt'), 'git clean -nd'],
  ['no stash', () => {}, 'git stash drop'],
  ['a merged branch', (home) => home.sh('git branch done'), 'git branch -D done'],
  [
    'a pushed branch',
    (home) => home.sh('git switch -qc up').commit('f.txt').sh('git push -qu origin up 2>/dev/null; git switch -q main'),
    'git branch -D up',
  ],
  ['a clone without changes', () => {}, 'cd .. && rm -rf app'],
  [
    'build output',
    (home) => home.write('package.json').write('dist/a.js').write('node_modules/x.js'),
    'rm -rf dist node_modules',
  ],
  ['output that git ignores', (home) => home.write('.gitignore', 'out\n').write('out/a.o.d'), 'rm -rf out'],
  ['unchanged sources', () => {}, 'rm -rf src'],
  ['no such new file', (home) => home.write('src/new.ts'), "find . -name '*.pyc' -delete"],
  ['an unchanged file', () => {}, 'echo x > a.txt'],
  ['a file that does not exist', () => {}, 'echo x > new.txt'],
  ['outside a repository', () => {}, 'cd /tmp && git reset --hard'],
];

test.skipIf(git.missing).each(kept)(`is silent: %s: %#${git.why}`, (_, prepare, command) => {
  const home = new Home();
  prepare(home);
  expect(home.decision(command)).toBeNull();
});

test.skipIf(git.missing)(`asks when git needs too long${git.why}`, () => {
  const home = new Home();
  const world = { ...worldOf(home.app, { HOME: home.path }), gitPatience: 1 };
  const { decision, findings } = decide({ tool: 'Bash', input: { command: 'git reset --hard' } }, allDefaults, world);
  expect({ decision, reason: findings[0]?.reason }).toEqual({
    decision: 'ask',
    reason: expect.stringContaining('did not answer in time'),
  });
});

test.skipIf(git.missing)(`starts no program that the repository names${git.why}`, () => {
  const home = new Home().write('a.txt').sh('git config core.fsmonitor "touch ran; false"');
  home.decision('git reset --hard');
  expect(home.sh('test ! -e ran')).toBe(home);
});
