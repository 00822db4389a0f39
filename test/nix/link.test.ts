import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { requires } from '../requires.ts';
import { plant, readOnly, survey, type Tree } from '../tree.ts';
import { type Finished, handOver, requiresUnprivileged, unprivileged, withoutPrivileges } from '../unprivileged.ts';

const script = fileURLToPath(new URL('../../nix/link/link.sh', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'link-'));
afterAll(() => {
  spawnSync('chmod', ['-R', 'u+w', scratch]);
  rmSync(scratch, { recursive: true, force: true });
});

const store = join(scratch, 'store');
const [old, now, generation] = [
  '1111111111111111111111111111111a-nixos-intelligence-ann',
  '2222222222222222222222222222222a-nixos-intelligence-ann',
  '3333333333333333333333333333333a-home-manager-files',
];
for (const output of [old, now]) {
  plant(join(store, output), { 'CLAUDE.md': 'facts\n', 'AGENTS.md': 'facts\n', 'intelligence/manifest.json': '{}\n' });
}
plant(join(store, generation), {
  [`.claude/CLAUDE.md -> ${store}/${old}/CLAUDE.md`]: '',
  '.codex/AGENTS.md': 'declared\n',
});
const planned = (output: string) =>
  [
    `beside\t${store}/${output}/CLAUDE.md\t.claude/CLAUDE.md\t.claude/rules/nixos-intelligence.md`,
    `aside\t${store}/${output}/intelligence\t.claude/intelligence`,
    `leave\t${store}/${output}/AGENTS.md\t.codex/AGENTS.md`,
    'drop\t-\t.config/opencode/AGENTS.md',
    '',
  ].join('\n');
writeFileSync(join(scratch, 'old.plan'), planned(old));
writeFileSync(join(scratch, 'now.plan'), planned(now));
cpSync(script, join(scratch, 'link.sh'));
chmodSync(scratch, 0o755);

const ours = {
  '.claude/CLAUDE.md -> NOW/CLAUDE.md': '',
  '.claude/intelligence -> NOW/intelligence': '',
  '.codex/AGENTS.md -> NOW/AGENTS.md': '',
};
const beside = {
  '.claude/intelligence -> NOW/intelligence': '',
  '.claude/rules/nixos-intelligence.md -> NOW/CLAUDE.md': '',
  '.codex/AGENTS.md -> NOW/AGENTS.md': '',
};

interface Case {
  name: string;
  before: Tree;
  /** After `start`, and again after a second and a third. */
  linked: Tree;
  /** After `stop`. */
  stopped: Tree;
  /** What the first `start` says, a line each. */
  says?: string[];
  /** What the second says; as the first where it is absent. */
  saysAgain?: string[];
  /** Folders, or the home itself (empty text), that cannot be written. */
  locked?: string[];
  home?: string;
}

const cases: Case[] = [
  { name: 'nothing there', before: {}, linked: ours, stopped: {} },
  {
    name: 'folders of the user, empty: they stay',
    before: { '.claude/rules/': '', '.codex/': '' },
    linked: { ...ours, '.claude/rules/': '' },
    stopped: { '.claude/rules/': '', '.codex/': '' },
  },
  {
    name: 'a hand-written CLAUDE.md and settings',
    before: { '.claude/CLAUDE.md': 'mine\n', '.claude/settings.json': '{}' },
    linked: { ...beside, '.claude/CLAUDE.md': 'mine\n', '.claude/settings.json': '{}' },
    stopped: { '.claude/CLAUDE.md': 'mine\n', '.claude/settings.json': '{}' },
    says: [
      '~/.claude/CLAUDE.md is yours and is left alone; ours is ~/.claude/rules/nixos-intelligence.md, which is loaded as well',
    ],
  },
  {
    name: 'a link to somewhere else',
    before: { '.claude/CLAUDE.md -> ../dotfiles/claude.md': '', 'dotfiles/claude.md': 'mine\n' },
    linked: { ...beside, '.claude/CLAUDE.md -> ../dotfiles/claude.md': '', 'dotfiles/claude.md': 'mine\n' },
    stopped: { '.claude/CLAUDE.md -> ../dotfiles/claude.md': '', 'dotfiles/claude.md': 'mine\n' },
    says: [
      '~/.claude/CLAUDE.md is yours and is left alone; ours is ~/.claude/rules/nixos-intelligence.md, which is loaded as well',
    ],
  },
  {
    name: 'a link to somewhere that is not there (now)',
    before: { '.claude/CLAUDE.md -> /mnt/stick/claude.md': '' },
    linked: { ...beside, '.claude/CLAUDE.md -> /mnt/stick/claude.md': '' },
    stopped: { '.claude/CLAUDE.md -> /mnt/stick/claude.md': '' },
    says: [
      '~/.claude/CLAUDE.md is yours and is left alone; ours is ~/.claude/rules/nixos-intelligence.md, which is loaded as well',
    ],
  },
  {
    name: 'both places for the text taken',
    before: { '.claude/CLAUDE.md/notes': 'mine\n', '.claude/rules/nixos-intelligence.md': 'mine too\n' },
    linked: {
      '.claude/CLAUDE.md/notes': 'mine\n',
      '.claude/intelligence -> NOW/intelligence': '',
      '.claude/rules/nixos-intelligence.md': 'mine too\n',
      '.codex/AGENTS.md -> NOW/AGENTS.md': '',
    },
    stopped: { '.claude/CLAUDE.md/notes': 'mine\n', '.claude/rules/nixos-intelligence.md': 'mine too\n' },
    says: [
      '~/.claude/CLAUDE.md and ~/.claude/rules/nixos-intelligence.md are yours and are left alone; ours is not linked',
    ],
  },
  {
    name: 'a folder at intelligence, and one moved aside before',
    before: { '.claude/intelligence/thoughts.md': 'mine\n', '.claude/intelligence.1': 'older\n' },
    linked: { ...ours, '.claude/intelligence.1': 'older\n', '.claude/intelligence.2/thoughts.md': 'mine\n' },
    stopped: { '.claude/intelligence.1': 'older\n', '.claude/intelligence.2/thoughts.md': 'mine\n' },
    says: ['~/.claude/intelligence was not ours: moved to ~/.claude/intelligence.2'],
    saysAgain: [],
  },
  {
    name: "another agent's own text",
    before: { '.codex/AGENTS.md': 'mine\n' },
    linked: {
      '.claude/CLAUDE.md -> NOW/CLAUDE.md': '',
      '.claude/intelligence -> NOW/intelligence': '',
      '.codex/AGENTS.md': 'mine\n',
    },
    stopped: { '.codex/AGENTS.md': 'mine\n' },
    says: ['~/.codex/AGENTS.md is yours and is left alone; ours is not linked there'],
  },
  {
    name: 'links of an earlier output, also where none belongs now',
    before: {
      '.claude/CLAUDE.md -> OLD/CLAUDE.md': '',
      '.claude/rules/nixos-intelligence.md -> OLD/CLAUDE.md': '',
      '.config/opencode/AGENTS.md -> OLD/AGENTS.md': '',
      '.claude/intelligence -> STORE/0000000000000000000000000000000a-nixos-intelligence-ann/intelligence': '',
    },
    linked: { ...ours, '.claude/rules/': '', '.config/opencode/': '' },
    stopped: { '.claude/rules/': '', '.config/opencode/': '' },
  },
  {
    name: 'text that only looks like ours',
    before: {
      '.claude/CLAUDE.md -> /home/ann/2222222222222222222222222222222a-nixos-intelligence-ann/CLAUDE.md': '',
      '.config/opencode/AGENTS.md -> STORE/1111111111111111111111111111111a-my-nixos-intelligence-notes': '',
    },
    linked: {
      ...beside,
      '.claude/CLAUDE.md -> /home/ann/2222222222222222222222222222222a-nixos-intelligence-ann/CLAUDE.md': '',
      '.config/opencode/AGENTS.md -> STORE/1111111111111111111111111111111a-my-nixos-intelligence-notes': '',
    },
    stopped: {
      '.claude/CLAUDE.md -> /home/ann/2222222222222222222222222222222a-nixos-intelligence-ann/CLAUDE.md': '',
      '.config/opencode/AGENTS.md -> STORE/1111111111111111111111111111111a-my-nixos-intelligence-notes': '',
    },
    says: [
      '~/.claude/CLAUDE.md is yours and is left alone; ours is ~/.claude/rules/nixos-intelligence.md, which is loaded as well',
    ],
  },
  {
    name: "home-manager's links: ours of a living generation, the user's own, and one of a generation that is gone",
    before: {
      '.claude/CLAUDE.md -> STORE/3333333333333333333333333333333a-home-manager-files/.claude/CLAUDE.md': '',
      '.codex/AGENTS.md -> STORE/3333333333333333333333333333333a-home-manager-files/.codex/AGENTS.md': '',
      '.claude/intelligence -> STORE/4444444444444444444444444444444a-home-manager-files/.claude/intelligence': '',
    },
    linked: {
      '.claude/CLAUDE.md -> STORE/3333333333333333333333333333333a-home-manager-files/.claude/CLAUDE.md': '',
      '.codex/AGENTS.md -> STORE/3333333333333333333333333333333a-home-manager-files/.codex/AGENTS.md': '',
      '.claude/intelligence -> NOW/intelligence': '',
    },
    stopped: {
      '.claude/CLAUDE.md -> STORE/3333333333333333333333333333333a-home-manager-files/.claude/CLAUDE.md': '',
      '.codex/AGENTS.md -> STORE/3333333333333333333333333333333a-home-manager-files/.codex/AGENTS.md': '',
    },
    says: [
      '~/.claude/CLAUDE.md is already linked by home-manager',
      '~/.codex/AGENTS.md is yours and is left alone; ours is not linked there',
    ],
  },
  {
    name: '~/.claude is a link',
    before: { '.claude -> dotfiles/claude': '', 'dotfiles/claude/CLAUDE.md': 'mine\n' },
    linked: {
      '.claude -> dotfiles/claude': '',
      '.codex/AGENTS.md -> NOW/AGENTS.md': '',
      'dotfiles/claude/CLAUDE.md': 'mine\n',
      'dotfiles/claude/intelligence -> NOW/intelligence': '',
      'dotfiles/claude/rules/nixos-intelligence.md -> NOW/CLAUDE.md': '',
    },
    stopped: { '.claude -> dotfiles/claude': '', 'dotfiles/claude/CLAUDE.md': 'mine\n' },
    says: [
      '~/.claude/CLAUDE.md is yours and is left alone; ours is ~/.claude/rules/nixos-intelligence.md, which is loaded as well',
    ],
  },
  {
    name: '~/.claude is a link to nowhere',
    before: { '.claude -> /mnt/stick/claude': '' },
    linked: { '.claude -> /mnt/stick/claude': '', '.codex/AGENTS.md -> NOW/AGENTS.md': '' },
    stopped: { '.claude -> /mnt/stick/claude': '' },
    says: [
      '~/.claude/CLAUDE.md cannot be written and is not linked; everything else continues',
      '~/.claude/intelligence cannot be written and is not linked; everything else continues',
    ],
  },
  {
    name: '~/.claude is a file',
    before: { '.claude': 'mine\n' },
    linked: { '.claude': 'mine\n', '.codex/AGENTS.md -> NOW/AGENTS.md': '' },
    stopped: { '.claude': 'mine\n' },
    says: [
      '~/.claude/CLAUDE.md cannot be written and is not linked; everything else continues',
      '~/.claude/intelligence cannot be written and is not linked; everything else continues',
    ],
  },
  {
    name: 'a read-only ~/.claude',
    before: { '.claude/CLAUDE.md': 'mine\n', '.claude/intelligence/thoughts.md': 'mine\n' },
    locked: ['.claude'],
    linked: {
      '.claude/CLAUDE.md': 'mine\n',
      '.claude/intelligence/thoughts.md': 'mine\n',
      '.codex/AGENTS.md -> NOW/AGENTS.md': '',
    },
    stopped: { '.claude/CLAUDE.md': 'mine\n', '.claude/intelligence/thoughts.md': 'mine\n' },
    says: [
      '~/.claude/rules/nixos-intelligence.md cannot be written and is not linked; everything else continues',
      '~/.claude/intelligence is not ours and cannot be moved: ours is not linked',
    ],
  },
  {
    name: 'a read-only home without anything',
    before: {},
    locked: [''],
    linked: {},
    stopped: {},
    says: [
      '~/.claude/CLAUDE.md cannot be written and is not linked; everything else continues',
      '~/.claude/intelligence cannot be written and is not linked; everything else continues',
      '~/.codex/AGENTS.md cannot be written and is not linked; everything else continues',
    ],
  },
  {
    name: 'a home with a space, a quote and a line break in its name',
    home: "the home of\n'ann'",
    before: { '.claude/intelligence/thoughts.md': 'mine\n' },
    linked: { ...ours, '.claude/intelligence.1/thoughts.md': 'mine\n' },
    stopped: { '.claude/intelligence.1/thoughts.md': 'mine\n' },
    says: ['~/.claude/intelligence was not ours: moved to ~/.claude/intelligence.1'],
    saysAgain: [],
  },
];

const shorten = (target: string) =>
  target.replace(join(store, now), 'NOW').replace(join(store, old), 'OLD').replace(store, 'STORE');
const lengthen = (tree: Tree): Tree =>
  Object.fromEntries(
    Object.entries(tree).map(([entry, text]) => [
      entry
        .replace('-> NOW', `-> ${join(store, now)}`)
        .replace('-> OLD', `-> ${join(store, old)}`)
        .replace('-> STORE', `-> ${store}`),
      text,
    ]),
  );

function home(row: Case): string {
  const path = join(mkdtempSync(join(scratch, 'home-')), row.home ?? 'ann');
  plant(path, { './': '', ...lengthen(row.before) });
  handOver(join(path, '..'));
  for (const folder of row.locked ?? []) readOnly(join(path, folder));
  return path;
}

function link(mode: string, path: string, plan = 'now', env = {}, ...more: string[]): Finished {
  const args = [mode, '--plan', join(scratch, `${plan}.plan`), '--home', path, '--store', store, ...more];
  return unprivileged(['bash', join(scratch, 'link.sh'), ...args], env);
}

const lines = (...said: string[]) => said.map((line) => `nixos-intelligence: ${line}\n`).join('');

test.skipIf(requiresUnprivileged.missing).for(cases)(
  `start three times, stop twice: $name${requiresUnprivileged.why}`,
  (row) => {
    const path = home(row);
    const before = survey(path, shorten);
    const record = ['--record', join(path, '..', 'record')];

    const rehearsal = link('start', path, 'now', {}, ...record, '--dry-run');
    expect(rehearsal).toMatchObject({ status: 0, stderr: '' });
    expect(survey(path, shorten)).toEqual(before);

    for (const says of [row.says, row.saysAgain ?? row.says, row.saysAgain ?? row.says]) {
      expect(link('start', path, 'now', {}, ...record)).toEqual({
        status: 0,
        stdout: lines(...(says ?? [])),
        stderr: '',
      });
      expect(survey(path, shorten)).toEqual(row.linked);
    }

    expect(link('stop', path, 'now', {}, ...record, '--dry-run')).toMatchObject({ status: 0, stderr: '' });
    expect(survey(path, shorten)).toEqual(row.linked);
    for (const _ of [1, 2]) {
      expect(link('stop', path, 'now', {}, ...record)).toEqual({ status: 0, stdout: '', stderr: '' });
      expect(survey(path, shorten)).toEqual(row.stopped);
    }
  },
);

test('a CLAUDE.md that the user writes, changes and removes between rebuilds', () => {
  const path = home({ name: '', before: {}, linked: {}, stopped: {} });
  link('start', path, 'old');
  rmSync(join(path, '.claude/CLAUDE.md'));
  for (const text of ['mine\n', 'mine, changed\n']) {
    plant(path, { '.claude/CLAUDE.md': text });
    link('start', path);
    expect(survey(path, shorten)).toEqual({ ...beside, '.claude/CLAUDE.md': text });
  }
  rmSync(join(path, '.claude/CLAUDE.md'));
  link('start', path);
  expect(survey(path, shorten)).toEqual({ ...ours, '.claude/rules/': '' });
});

test('a link that a later plan does not name any more goes when the unit is restarted', () => {
  const path = home({ name: '', before: { '.claude/skills/': '' }, linked: {}, stopped: {} });
  const record = ['--record', join(path, '..', 'record')];
  const more = `leave\t${store}/${old}\t.claude/skills/nixos-intelligence\nleave\t${store}/${old}\t.claude/rules/more\n`;
  writeFileSync(join(scratch, 'more.plan'), planned(old) + more);
  link('start', path, 'more', {}, ...record);
  link('stop', path, 'now', {}, ...record);
  expect(survey(path)).toEqual({ '.claude/skills/': '' });
});

test('nothing is lost or left when a run is killed at any point, and the next one completes it', async () => {
  const before = { '.claude/notes': 'mine\n', '.codex/AGENTS.md': 'mine too\n' };
  const path = home({ name: '', before, linked: {}, stopped: {} });
  const record = ['--record', join(path, '..', 'record')];
  for (const [plan, output] of [
    ['old-skill', old],
    ['now-skill', now],
  ] as const) {
    const skill = `leave\t${store}/${output}\t.claude/skills/nixos-intelligence\n`;
    writeFileSync(join(scratch, `${plan}.plan`), planned(output) + skill);
  }
  const linked = { ...ours, ...before, '.claude/skills/nixos-intelligence -> NOW': '' };
  const complete = Object.fromEntries(
    Object.entries(linked).filter(([name]) => !name.startsWith('.codex/AGENTS.md ->')),
  );

  const begin = performance.now();
  link('start', path, 'old-skill', {}, ...record);
  const duration = performance.now() - begin;
  let interrupted = 0;
  for (let kill = 0; kill < 100; kill++) {
    const [mode, plan] = [
      ['start', 'old-skill'],
      ['stop', 'now-skill'],
      ['start', 'now-skill'],
    ][kill % 3] as [string, string];
    const after = (duration * ((kill * 37) % 100)) / 100;
    if (await killed(after, [mode, '--plan', join(scratch, `${plan}.plan`), '--home', path, ...record])) interrupted++;
    link('start', path, 'now-skill', {}, ...record);
    expect(survey(path, shorten), `${mode} ${plan}, killed after ${after} ms`).toEqual(complete);
  }
  expect(interrupted).toBeGreaterThan(50);
  link('stop', path, 'now-skill', {}, ...record);
  expect(survey(path, shorten)).toEqual(before);
});

/** Runs the script, kills it and its children after that time in ms; whether it was still running. */
function killed(after: number, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const script = join(scratch, 'link.sh');
    const [program, ...rest] = withoutPrivileges(['bash', script, ...args, '--store', store]);
    const child = spawn(program, rest, { cwd: '/', detached: true, stdio: 'ignore' });
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), after);
    child.on('exit', (_status, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

test.skipIf(requiresUnprivileged.missing)(
  `home-manager passes over what is the user's or cannot be written${requiresUnprivileged.why}`,
  () => {
    const before = { '.claude/CLAUDE.md': 'mine\n' };
    const path = home({ name: '', before, linked: {}, stopped: {}, locked: ['.claude'] });
    const files = {
      [`.claude/CLAUDE.md -> ${store}/${now}/CLAUDE.md`]: '',
      [`.claude/intelligence -> ${store}/${now}/intelligence`]: '',
      [`.claude/rules/nixos-intelligence.md -> ${store}/${now}/CLAUDE.md`]: '',
      '.codex/AGENTS.md': "of the user's configuration\n",
    };
    plant(join(path, '../files'), files);
    const prepare = (plan: string): Finished => {
      const more = ['prepare', '--plan', join(scratch, `${plan}.plan`), '--home', path, '--store', store];
      const command = ['bash', '-c', 'bash "$@" 3>&1 >/dev/null', 'bash', join(scratch, 'link.sh'), ...more];
      return unprivileged([...command, '--new', join(path, '../files')], {});
    };
    expect(prepare('now')).toMatchObject({
      status: 0,
      stdout: '.claude/CLAUDE.md\n.claude/rules/nixos-intelligence.md\n.claude/intelligence\n',
    });
    expect(prepare('missing').status).toBe(1);
    expect(survey(path)).toEqual(before);
  },
);

// What an editor does in the very moment: the first `mv` finds the world changed under its hands.
test.for([
  {
    name: 'the free name is taken',
    meddle: 'echo theirs >"$4"',
    before: { '.claude/intelligence': 'mine\n' },
    after: { '.claude/intelligence.1': 'theirs\n', '.claude/intelligence.2': 'mine\n', ...ours },
  },
  {
    name: 'our link is replaced by a file',
    meddle: 'rm "$3"; echo theirs >"$3"',
    before: { '.claude/CLAUDE.md -> OLD/CLAUDE.md': '' },
    after: { ...ours, '.claude/CLAUDE.md -> NOW/CLAUDE.md': undefined, '.claude/CLAUDE.md': 'theirs\n' },
  },
])('nothing is lost when $name in between', ({ meddle, before, after }) => {
  const path = home({ name: '', before: before as Tree, linked: {}, stopped: {} });
  const tools = join(path, '..', 'tools');
  const once = `if [ ! -e '${tools}/done' ]; then touch '${tools}/done'; ${meddle}; fi`;
  plant(tools, { mv: `#!/bin/sh\n${once}\nPATH=\${PATH#*:} exec mv "$@"\n` });
  handOver(tools);
  chmodSync(join(tools, 'mv'), 0o755);
  link('start', path, 'now', { PATH: `${tools}:${process.env.PATH}` });
  expect(survey(path, shorten)).toEqual(JSON.parse(JSON.stringify(after)));
});

test('a home that does not exist is not made', () => {
  const path = join(scratch, 'nobody');
  expect(link('start', path)).toEqual({
    status: 0,
    stdout: lines(`the home directory ${path} does not exist: nothing is linked`),
    stderr: '',
  });
  expect(existsSync(path)).toBe(false);
});

test('an output without one of the files', () => {
  const path = home({ name: '', before: {}, linked: {}, stopped: {} });
  writeFileSync(join(scratch, 'short.plan'), `leave\t${store}/${now}/GEMINI.md\t.gemini/GEMINI.md\n`);
  expect(link('start', path, 'short').stdout).toBe(
    lines(`${store}/${now}/GEMINI.md does not exist, so ~/.gemini/GEMINI.md is not linked`),
  );
  expect(survey(path)).toEqual({});
});

const shellcheck = requires('shellcheck');
test.skipIf(shellcheck.missing)(`shellcheck finds nothing${shellcheck.why}`, () => {
  const { status, stdout } = spawnSync('shellcheck', [script], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
