import { type ExecFileException, execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driveClient, requiresClient } from '../claude-client/client.ts';
import { type Requirement, requirement } from '../requires.ts';
import { plant, survey, type Tree } from '../tree.ts';
import { handOver, requiresUnprivileged, unprivileged } from '../unprivileged.ts';
import { type Input, nix, repositoryUrl, requiresNix } from './world.ts';

const inputs: Input[] = ['nixpkgs', 'home-manager'];
const world = requiresNix(...inputs);
const flake = `${repositoryUrl}?dir=test/nix`;
const scratch = mkdtempSync(join(tmpdir(), 'linking-'));
chmodSync(scratch, 0o755); // for the user without privileges
const farm = join(scratch, 'farm');
const root = process.getuid?.() === 0;
const readOnly: Requirement = requirement(canLock());

beforeAll(async () => {
  if (!world.missing) await nix(['build', '--out-link', farm, `${flake}#linking`], inputs);
});
afterAll(() => {
  spawnSync('chmod', ['-R', 'u+w', scratch]);
  rmSync(scratch, { recursive: true, force: true });
});

/** Activates `generation` in `home`, as home-manager does it; what it says of ours, without the prefix. */
function activate(generation: string, home: string, env: Record<string, string> = {}, wrap: readonly string[] = []) {
  const [program, ...args] = [...wrap, resolve(farm, generation, 'activate')] as unknown as [string, ...string[]];
  return new Promise<{ status: number; says: string[]; output: string }>((resolve) => {
    const environment = { PATH: process.env.PATH, HOME: home, USER: 'ann', SKIP_SANITY_CHECKS: '1', ...env };
    execFile(program, args, { encoding: 'utf8', env: environment }, (error, stdout, stderr) => {
      const says = stdout.match(/^nixos-intelligence: .*$/gm) ?? [];
      resolve({
        status: error ? Number((error as ExecFileException).code ?? 137) : 0,
        says: says.map((line) => line.replace('nixos-intelligence: ', '')),
        output: stdout + stderr,
      });
    });
  });
}

/** What concerns us in `home`; links into the files of `generation` begin with HM. */
function look(home: string, generation = 'off'): Tree {
  const files = realpathSync(join(farm, generation, 'home-files'));
  const seen = survey(home, (target) => target.replace(files, 'HM').replace(/^\/nix\/store\/[0-9a-z]{32}-/, 'STORE '));
  return Object.fromEntries(
    Object.entries(seen).filter(([path]) => !/^\.(local|cache|nix-|config\/systemd)/.test(path)),
  );
}

function newHome(before: Tree): string {
  const home = mkdtempSync(join(scratch, 'home-'));
  mkdirSync(join(home, '.local/state/nix/profiles'), { recursive: true });
  // OUTPUT: what the service of a NixOS host has linked, in the store.
  const output = dirname(realpathSync(join(farm, 'changed/home-files/.claude/CLAUDE.md')));
  plant(home, Object.fromEntries(Object.entries(before).map(([path, text]) => [path.replace('OUTPUT', output), text])));
  return home;
}

/** A command in front of which nothing in `home/.claude` can be written: to root only a read-only mount is. */
function locked(home: string): readonly string[] {
  if (!root) {
    chmodSync(join(home, '.claude'), 0o555);
    return [];
  }
  const mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"';
  return ['unshare', '--mount', 'sh', '-c', mount, 'sh', join(home, '.claude')];
}

function canLock(): string | null {
  if (!root) return null;
  const { error, status } = spawnSync('unshare', ['--mount', 'mount', '--bind', '/tmp', '/tmp'], { stdio: 'ignore' });
  return error || status !== 0 ? 'root may not mount here' : null;
}

const units = () => JSON.parse(readFileSync(join(farm, 'units'), 'utf8'));

/** Runs the unit's own command line, with `home` in place of the home, as a user without privileges. */
function runUnit(key: 'ExecStart' | 'ExecStop', home: string) {
  const line: string = units().alone['nixos-intelligence-ann'].serviceConfig[key];
  const words: string[] = JSON.parse(`[${line.replace(/^-/, '').replaceAll('" "', '", "')}]`);
  const run = join(home, '../run');
  return unprivileged(words.map((word) => word.replace('/home/ann', home).replace('/run/nixos-intelligence-ann', run)));
}

function newUnitHome(before: Tree): string {
  const top = mkdtempSync(join(scratch, 'unit-'));
  plant(top, { 'ann/': '', 'run/': '' });
  plant(join(top, 'ann'), before);
  handOver(top);
  return join(top, 'ann');
}

/** The files of the agents that the stand-in of the generators calls installed, and where the service links them to. */
const [output, plugin] = ['nixos-intelligence-ann', 'nixos-intelligence-plugin-ann'];
const places: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    readdirSync(new URL('../../generators/skills', import.meta.url)).map((name) => [
      `.agents/skills/${name}`,
      `${plugin}/skills/${name}`,
    ]),
  ),
  '.agents/AGENTS.md': `${output}/AGENTS.md`,
  '.codex/AGENTS.md': `${output}/AGENTS.md`,
  '.codex/hooks.json': `${plugin}/clients/codex/hooks.json`,
  '.config/crush/AGENTS.md': `${output}/AGENTS.md`,
  '.factory/hooks.json': `${plugin}/clients/droid/hooks.json`,
  ...Object.fromEntries(
    ['gemini-extension.json', 'hooks/hooks.json']
      .map((file) => `extensions/nixos-intelligence/${file}`)
      .map((file) => [`.gemini/${file}`, `${plugin}/clients/gemini-cli/${file}`]),
  ),
  ...Object.fromEntries(
    ['hooks/nixos-intelligence.json', 'instructions/nixos-intelligence.instructions.md'].map((file) => [
      `.copilot/${file}`,
      `${plugin}/clients/github-copilot-cli/${file}`,
    ]),
  ),
  '.config/goose/.goosehints': `${output}/AGENTS.md`,
  '.config/kilo/plugins/nixos-intelligence.js': `${plugin}/clients/kilocode-cli/plugins/nixos-intelligence.js`,
  '.config/opencode/plugins/nixos-intelligence.js': `${plugin}/clients/opencode/plugins/nixos-intelligence.js`,
  '.pi/agent/extensions/nixos-intelligence.ts': `${plugin}/clients/pi-coding-agent/extensions/nixos-intelligence.ts`,
  '.qwen/extensions/nixos-intelligence/qwen-extension.json': `${plugin}/clients/qwen-code/extensions/nixos-intelligence/qwen-extension.json`,
};
const agents: Tree = Object.fromEntries(Object.keys(places).map((path) => [`${path} -> HM/${path}`, '']));
/** The system has the hooks of Codex. */
const withoutCodexHooks = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([path]) => !path.startsWith('.codex/hooks.json')));
const agentsOfUnit = withoutCodexHooks(
  Object.fromEntries(Object.entries(places).map(([path, source]) => [`${path} -> STORE ${source}`, ''])),
);
/** A file of the user's at every place. */
const mineEverywhere: Tree = Object.fromEntries(
  Object.keys(places).map((path) => [path.replace(/skills\/[a-z-]+$/, '$&/SKILL.md'), 'mine\n']),
);
const always: Tree = {
  ...agents,
  '.claude/CLAUDE-USER-POLICIES.md -> HM/.claude/CLAUDE-USER-POLICIES.md': '',
  '.claude/intelligence -> HM/.claude/intelligence': '',
  '.claude/skills/nixos-intelligence -> HM/.claude/skills/nixos-intelligence': '',
};
const ours: Tree = {
  ...always,
  '.claude/CLAUDE.md -> HM/.claude/CLAUDE.md': '',
};
const beside: Tree = {
  ...always,
  '.claude/rules/nixos-intelligence.md -> HM/.claude/rules/nixos-intelligence.md': '',
};
const staysBeside =
  '~/.claude/CLAUDE.md is yours and is left alone; ours is ~/.claude/rules/nixos-intelligence.md, which is loaded as well';

const staysUnlinked = '~/.claude/CLAUDE.md is yours and is left alone; ours is not linked';

interface Case {
  name: string;
  /** Activated twice, the second time after `edit`; then `then`. */
  generation?: string;
  then?: string;
  before: Tree;
  edit?: Tree;
  linked: Tree;
  off: Tree;
  says?: string[];
  saysAgain?: string[];
}

const cases: Case[] = [
  { name: 'nothing there', before: {}, linked: ours, off: {} },
  {
    name: 'a hand-written CLAUDE.md, changed in between, and settings',
    before: { '.claude/CLAUDE.md': 'mine\n', '.claude/settings.json': '{}', '.codex/AGENTS.md': 'mine\n' },
    edit: { '.claude/CLAUDE.md': 'mine, changed\n', '.claude/settings.json': '{}', '.codex/AGENTS.md': 'mine\n' },
    linked: Object.fromEntries(Object.entries(beside).filter(([path]) => !path.startsWith('.codex/AGENTS.md'))),
    off: {},
    says: [staysBeside, '~/.codex/AGENTS.md is yours and is left alone; ours is not linked there'],
  },
  {
    name: 'a link to somewhere else, and one to nowhere',
    before: {
      '.claude/CLAUDE.md -> ../dotfiles/claude.md': '',
      '.codex/AGENTS.md -> /mnt/stick': '',
      'dotfiles/claude.md': 'mine\n',
    },
    linked: Object.fromEntries(Object.entries(beside).filter(([path]) => !path.startsWith('.codex/AGENTS.md'))),
    off: {},
    says: [staysBeside, '~/.codex/AGENTS.md is yours and is left alone; ours is not linked there'],
  },
  {
    name: 'a folder at intelligence, and one at CLAUDE.md',
    before: { '.claude/intelligence/thoughts.md': 'mine\n', '.claude/CLAUDE.md/x': 'mine\n' },
    linked: { ...beside, '.claude/intelligence.1/thoughts.md': 'mine\n' },
    off: { '.claude/intelligence.1/thoughts.md': 'mine\n' },
    says: [staysBeside, '~/.claude/intelligence was not ours: moved to ~/.claude/intelligence.1'],
    saysAgain: [staysBeside],
  },
  {
    name: '~/.claude is a link',
    before: { '.claude -> dotfiles/claude': '', 'dotfiles/claude/CLAUDE.md': 'mine\n' },
    linked: {
      ...agents,
      'dotfiles/claude/CLAUDE-USER-POLICIES.md -> HM/.claude/CLAUDE-USER-POLICIES.md': '',
      'dotfiles/claude/intelligence -> HM/.claude/intelligence': '',
      'dotfiles/claude/rules/nixos-intelligence.md -> HM/.claude/rules/nixos-intelligence.md': '',
      'dotfiles/claude/skills/nixos-intelligence -> HM/.claude/skills/nixos-intelligence': '',
    },
    off: {},
    says: [staysBeside],
  },
  {
    name: 'links of the service of a NixOS without home-manager',
    before: {
      '.claude/CLAUDE.md -> OUTPUT/CLAUDE.md': '',
      '.claude/intelligence -> OUTPUT/intelligence': '',
      '.config/amp/AGENTS.md -> OUTPUT/AGENTS.md': '',
    },
    edit: {},
    linked: { ...ours, '.config/amp/': '' },
    off: { '.config/amp/': '' },
  },
  {
    name: 'hand-written files at every place of other agents',
    before: mineEverywhere,
    linked: Object.fromEntries(Object.entries(ours).filter(([path]) => !(path in agents))),
    off: {},
    says: Object.keys(places).map((path) => `~/${path} is yours and is left alone; ours is not linked there`),
  },
  {
    name: "files that the user's own configuration declares at every place of other agents",
    generation: 'own-everywhere',
    before: {},
    // A folder that has a file of the user's gets none of ours.
    linked: Object.fromEntries(
      Object.keys(ours)
        .filter((path) => !path.includes('hooks/hooks.json'))
        .map((path) => [path.replaceAll(/agents\/skills\/[a-z-]+(?= |$)/g, '$&/SKILL.md'), '']),
    ),
    off: {},
  },
  ...(['modules', 'modules-path'] as const).map((generation) => ({
    name: `home-manager's modules for the agents, each with a context: ${generation}`,
    generation,
    before: {},
    linked: {
      ...ours,
      ...Object.fromEntries(
        [
          ...['.codex/AGENTS.override.md', '.config/opencode/AGENTS.md', '.copilot/copilot-instructions.md'],
          ...['.gemini/GEMINI.md', '.pi/agent/AGENTS.md'],
        ].map((path) => [`${path} -> HM/${path}`, '']),
      ),
    },
    off: {},
  })),
  {
    name: "text that the user's own configuration declares",
    generation: 'own-text',
    before: {},
    linked: { ...ours, ...beside },
    off: {},
  },
  {
    name: "text and a whole folder that the user's own configuration declares, with targets spelled another way",
    generation: 'other-spelling',
    before: {},
    linked: {
      ...Object.fromEntries(
        Object.entries({ ...ours, ...beside }).filter(([path]) => !path.startsWith('.claude/skills')),
      ),
      '.claude/skills -> HM/.claude/skills': '',
    },
    off: {},
  },
  {
    name: "a folder of the user's own configuration, linked file by file",
    generation: 'file-by-file',
    before: {},
    linked: { ...ours, ...beside },
    off: {},
    says: [staysBeside],
  },
  {
    name: "home-manager's module for the client, beside a hand-written CLAUDE.md",
    generation: 'client',
    before: { '.claude/CLAUDE.md': 'mine\n' },
    linked: beside,
    off: {},
  },
  {
    name: "home-manager's module for the client, with a context as text, and a link of the service",
    generation: 'client-text',
    before: {
      '.claude/rules/nixos-intelligence.md -> OUTPUT/CLAUDE.md': '',
    },
    edit: {},
    linked: { ...ours, ...beside },
    off: {},
  },
  {
    name: "home-manager's module for the client, with a context as a path and a folder of its own",
    generation: 'client-path',
    before: { '.claude/CLAUDE.md': 'mine\n' },
    linked: {
      '.config/claude/CLAUDE.md -> HM/.config/claude/CLAUDE.md': '',
      '.config/claude/CLAUDE-USER-POLICIES.md -> HM/.config/claude/CLAUDE-USER-POLICIES.md': '',
      '.config/claude/intelligence -> HM/.config/claude/intelligence': '',
      '.config/claude/skills/nixos-intelligence -> HM/.config/claude/skills/nixos-intelligence': '',
      '.config/claude/rules/nixos-intelligence.md -> HM/.config/claude/rules/nixos-intelligence.md': '',
      ...agents,
    },
    off: {},
  },
  {
    name: 'home-manager as a module of NixOS',
    generation: 'in-nixos',
    before: {},
    linked: withoutCodexHooks(ours),
    off: {},
  },
];

describe.skipIf(world.missing)(`home-manager${world.why}`, () => {
  test.for(cases)('three activations, then disabled: $name', async (row) => {
    const { before, edit = before, linked, off, generation = 'plain', says = [], saysAgain = says } = row;
    const home = newHome(before);
    const seen = look(home);
    // What was there stays, save what `intelligence` was moved aside from, and links of ours.
    const kept = (tree: Tree): Tree =>
      Object.fromEntries(
        Object.entries(tree).filter(
          ([path]) => !(/^\.claude\/intelligence\/| -> OUTPUT/.test(path) || `${path}.1` in linked),
        ),
      );

    const dry = await activate(generation, home, { DRY_RUN: '1' });
    expect(dry, dry.output).toMatchObject({ status: 0 });
    expect(look(home)).toEqual(seen);

    const first = await activate(generation, home);
    expect(first, first.output).toMatchObject({ status: 0, says });
    expect(look(home, generation)).toEqual({ ...kept(before), ...linked });

    for (const path of Object.keys(edit)) if (!path.includes(' -> ')) rmSync(join(home, path), { force: true });
    plant(home, Object.fromEntries(Object.entries(kept(edit)).filter(([path]) => !path.includes(' -> '))));
    const second = await activate(generation, home);
    expect(second, second.output).toMatchObject({ status: 0, says: saysAgain });
    expect(look(home, generation)).toEqual({ ...kept(edit), ...linked });

    const third = generation === 'plain' ? 'changed' : generation;
    const again = await activate(third, home);
    expect(again, again.output).toMatchObject({ status: 0, says: saysAgain });
    expect(look(home, third)).toEqual({ ...kept(edit), ...linked });

    const last = await activate('off', home);
    expect(last, last.output).toMatchObject({ status: 0, says: [] });
    expect(look(home)).toEqual({ ...kept(edit), ...off });
  });

  test('files that the configuration itself declares are left alone, with a warning', async () => {
    const found = await nix(['eval', '--json', `${flake}#declared`], inputs);
    const golden = readFileSync(new URL('golden/declared.json', import.meta.url), 'utf8');
    expect(JSON.parse(found), 'to renew it: nix eval --json …#declared | jq . >test/nix/golden/declared.json').toEqual(
      JSON.parse(golden),
    );
  });

  test("the user's file is the same one afterwards, not a copy, also where home-manager makes backups", async () => {
    const home = newHome({ '.claude/CLAUDE.md': 'mine\n' });
    const { ino, mtimeMs } = statSync(join(home, '.claude/CLAUDE.md'));
    for (const _ of [1, 2]) {
      expect(await activate('plain', home, { HOME_MANAGER_BACKUP_EXT: 'backup' })).toMatchObject({ status: 0 });
      expect(statSync(join(home, '.claude/CLAUDE.md'))).toMatchObject({ ino, mtimeMs });
      expect(look(home, 'plain')).toEqual({ ...beside, '.claude/CLAUDE.md': 'mine\n' });
    }
  });

  test("a file that the user's own configuration would replace stops home-manager, as without the module", async () => {
    const before = { '.claude/CLAUDE.md': 'mine\n' };
    const home = newHome(before);
    const { status, output } = await activate('file-by-file', home);
    expect(output).toContain("/.claude/CLAUDE.md' would be clobbered");
    expect(status).toBe(1);
    expect(look(home)).toEqual(before);
  });

  test('home-manager uninstalls the links, too', async () => {
    const before = { '.claude/CLAUDE.md': 'mine\n' };
    const home = newHome(before);
    await activate('plain', home);
    const last = await activate('uninstall', home);
    expect(last, last.output).toMatchObject({ status: 0, says: [] });
    expect(look(home)).toEqual(before);
  });

  test('an activation that fails right after the linking leaves the files alone', async () => {
    const home = newHome({ '.claude/CLAUDE.md': 'mine\n' });
    expect(await activate('failing', home)).toMatchObject({ status: 7, says: [staysBeside] });
    expect(look(home, 'failing')).toEqual({ ...beside, '.claude/CLAUDE.md': 'mine\n' });
  });

  test('an activation that is killed at any point leaves the files alone, and the next one completes it', async () => {
    const before = {
      '.claude/CLAUDE.md': 'mine\n',
      '.claude/skills/nixos-intelligence/x': 'mine\n',
      '.codex/AGENTS.md': 'mine\n',
    };
    const home = newHome(before);
    const complete = Object.fromEntries(
      Object.entries({ ...beside, ...before }).filter(
        ([path]) => !/(codex\/AGENTS\.md|skills\/nixos-intelligence) ->/.test(path),
      ),
    );
    const mine = (): Tree => Object.fromEntries(Object.entries(look(home)).filter(([path]) => path in before));

    const begin = performance.now();
    await activate('plain', newHome(before));
    const duration = performance.now() - begin;
    let interrupted = 0;
    for (let kill = 0; kill < 20; kill++) {
      const after = Math.round((duration * ((kill * 37) % 100)) / 100);
      const generation = kill % 2 === 0 ? 'plain' : 'changed';
      const { status } = await activate(generation, home, {}, ['timeout', '--signal=KILL', `${after / 1000}`]);
      if (status !== 0) interrupted++;
      expect(mine(), `${generation}, killed after ${after} ms`).toEqual(before);
      if (kill % 4 !== 3) continue;
      expect(await activate('plain', home)).toMatchObject({ status: 0 });
      expect(look(home, 'plain'), `${generation}, killed after ${after} ms`).toEqual(complete);
    }
    expect(interrupted).toBeGreaterThan(5);
    expect(await activate('off', home)).toMatchObject({ status: 0 });
    expect(look(home)).toEqual(before);
  });

  const passedOver = ['CLAUDE.md', 'intelligence', 'CLAUDE-USER-POLICIES.md', 'skills/nixos-intelligence'].map(
    (path) => `~/.claude/${path} cannot be written; everything else continues without it`,
  );
  test.for([
    { name: 'a link to nowhere', before: { '.claude -> /mnt/stick/claude': '' }, says: passedOver },
    { name: 'a file', before: { '.claude': 'mine\n' }, says: passedOver },
  ])('the activation continues if ~/.claude is $name', async ({ before, says }) => {
    const home = newHome(before);
    expect(await activate('plain', home, { DRY_RUN: '1' })).toMatchObject({ status: 0 });
    expect(await activate('plain', home)).toMatchObject({ status: 0, says });
    expect(look(home, 'plain')).toEqual({ ...before, ...agents });
  });

  test.skipIf(readOnly.missing).for([
    { name: 'with files of the user', before: { '.claude/CLAUDE.md': 'mine\n', '.claude/intelligence/x': 'mine\n' } },
    { name: 'without any', before: { '.claude/settings.json': '{}' } },
  ])(`the activation continues if ~/.claude is read-only, $name${readOnly.why}`, async ({ before }) => {
    const home = newHome(before);
    const says =
      '.claude/CLAUDE.md' in before
        ? [
            '~/.claude/rules/nixos-intelligence.md cannot be written; everything else continues without it',
            staysUnlinked,
            '~/.claude/intelligence is not ours and cannot be moved; everything else continues without it',
            ...passedOver.slice(2),
          ]
        : passedOver;
    expect(await activate('plain', home, { DRY_RUN: '1' }, locked(home))).toMatchObject({ status: 0 });
    for (const _ of [1, 2, 3]) {
      const done = await activate('plain', home, {}, locked(home));
      expect(done, done.output).toMatchObject({ status: 0, says });
      expect(look(home, 'plain')).toEqual({ ...before, ...agents });
    }
    spawnSync('chmod', ['u+w', join(home, '.claude')]);
    expect(await activate('plain', home)).toMatchObject({ status: 0 });
    expect(look(home, 'plain')).toMatchObject(
      '.claude/CLAUDE.md' in before ? { ...beside, '.claude/CLAUDE.md': 'mine\n' } : ours,
    );
  });
});

describe.skipIf(world.missing ?? requiresUnprivileged.missing)(
  `the service of a NixOS host${world.why}${requiresUnprivileged.why}`,
  () => {
    test('a user without home-manager has a unit, any other has none', () => {
      expect(units()).toEqual({
        alone: {
          'nixos-intelligence-ann': {
            serviceConfig: expect.objectContaining({ User: 'ann', RemainAfterExit: true, Type: 'oneshot' }),
            unitConfig: expect.objectContaining({ RequiresMountsFor: '"/home/ann"' }),
          },
        },
        both: {},
      });
    });

    test.for([
      {
        name: 'nothing there',
        before: {},
        linked: {
          '.claude/CLAUDE.md -> STORE nixos-intelligence-ann/CLAUDE.md': '',
          '.claude/CLAUDE-USER-POLICIES.md -> STORE nixos-intelligence-ann/CLAUDE-USER-POLICIES.md': '',
          '.claude/intelligence -> STORE nixos-intelligence-ann/intelligence': '',
          '.claude/skills/nixos-intelligence -> STORE nixos-intelligence-plugin-ann': '',
          ...agentsOfUnit,
        },
        stopped: {},
      },
      {
        name: 'files of the user, ~/.claude a link',
        before: {
          '.claude -> dotfiles/claude': '',
          'dotfiles/claude/CLAUDE.md': 'mine\n',
          '.codex/AGENTS.md': 'mine\n',
        },
        linked: {
          'dotfiles/claude/rules/nixos-intelligence.md -> STORE nixos-intelligence-ann/CLAUDE.md': '',
          'dotfiles/claude/CLAUDE-USER-POLICIES.md -> STORE nixos-intelligence-ann/CLAUDE-USER-POLICIES.md': '',
          'dotfiles/claude/intelligence -> STORE nixos-intelligence-ann/intelligence': '',
          'dotfiles/claude/skills/nixos-intelligence -> STORE nixos-intelligence-plugin-ann': '',
          ...Object.fromEntries(Object.entries(agentsOfUnit).filter(([path]) => !path.startsWith('.codex'))),
        },
        stopped: {},
      },
    ])('started three times and stopped, as an unprivileged user: $name', ({ before, linked, stopped }) => {
      const home = newUnitHome(before as Tree);
      for (const _ of [1, 2, 3]) {
        expect(runUnit('ExecStart', home)).toMatchObject({ status: 0, stderr: '' });
        expect(look(home)).toEqual({ ...before, ...linked });
      }
      expect(runUnit('ExecStop', home)).toMatchObject({ status: 0, stdout: '', stderr: '' });
      expect(look(home)).toEqual({ ...before, ...stopped });
    });
  },
);

const mine = 'Never use tabs.';
const facts = 'Facts about this machine.';
describe.skipIf(world.missing ?? requiresClient.missing)(
  `the first request of the real client${world.why}${requiresClient.why}`,
  () => {
    const count = (text: string, part: string) => text.split(part).length - 1;

    test.for([
      { name: 'linked by home-manager', generation: 'plain', before: {}, own: '' },
      {
        name: "linked by home-manager, beside the user's own file",
        generation: 'plain',
        before: { '.claude/CLAUDE.md': mine },
        own: mine,
      },
      { name: 'beside text of the configuration', generation: 'own-text', before: {}, own: 'declared' },
      { name: "beside home-manager's module", generation: 'client', before: { '.claude/CLAUDE.md': mine }, own: mine },
      {
        name: "beside home-manager's module with a context as text",
        generation: 'client-text',
        before: {},
        own: 'declared',
      },
      {
        name: "beside home-manager's module with a context as a path and another folder",
        generation: 'client-path',
        folder: '.config/claude',
        before: {},
        own: 'declared in a file',
      },
    ])('has our text once: $name', async ({ generation, folder = '.claude', before, own }) => {
      const home = newHome(before as Tree);
      await activate(generation, home);
      const { contextText, stderr } = await driveClient(join(home, folder), '--home', home);
      expect(count(contextText, facts), stderr).toBe(1);
      if (own !== '') expect(count(contextText, own)).toBe(1);
    });

    test('has the whole of the real text', async () => {
      const generation = join(scratch, 'real');
      await nix(['build', '--out-link', generation, `${flake}#real.activationPackage`], inputs);
      const home = newHome({ '.claude/CLAUDE.md': mine });
      await activate(generation, home);
      const text = readFileSync(join(home, '.claude/rules/nixos-intelligence.md'), 'utf8');
      expect(text).toContain('`rg`');
      const { contextText } = await driveClient(join(home, '.claude'));
      expect(count(contextText, text.trim())).toBe(1);
      expect(count(contextText, mine)).toBe(1);
    });

    test.skipIf(requiresUnprivileged.missing).for([
      { name: 'linked by the service', before: {}, own: '' },
      { name: "linked by the service, beside the user's own file", before: { '.claude/CLAUDE.md': mine }, own: mine },
    ])(`has our text once: $name${requiresUnprivileged.why}`, async ({ before, own }) => {
      const home = newUnitHome(before as Tree);
      runUnit('ExecStart', home);
      const { contextText, stderr } = await driveClient(join(home, '.claude'));
      expect(count(contextText, facts), stderr).toBe(1);
      if (own !== '') expect(count(contextText, own)).toBe(1);
    });
  },
);
