import { describe, expect, test } from 'vitest';
import { happened, historyOf, packages, repository, run, type Step, scratch, tool } from './repositories.ts';

const file = 'p.nix';

async function migrationsOf(steps: Step[]): Promise<string[]> {
  const { migrations } = await historyOf(repository(steps));
  return migrations.map(({ from, to }) => `${from.join(' ')} -> ${to.join(' ')}`);
}

describe('what replaced what: only what the sentence says', () => {
  const gone = ['autojump', 'exa'];
  const came = ['zoxide', 'eza'];
  test.each([
    ['Remove autojump, replace exa with eza', ['exa -> eza']],
    ['Remove autojump and replace exa with eza', ['exa -> eza']],
    ['Replace exa with eza, remove autojump', ['exa -> eza']],
    ['replace exa with eza and autojump with zoxide', ['autojump -> zoxide', 'exa -> eza']],
    ['drop autojump, exa -> eza', ['exa -> eza']],
    ['use eza instead of exa', ['exa -> eza']],
    ['exa is replaced by eza', ['exa -> eza']],
    ['eza replaces exa', ['exa -> eza']],
    ['switch from exa to eza', ['exa -> eza']],
    ['eza: successor of exa', ['exa -> eza']],
    ['remove exa in favour of eza', ['exa -> eza']],
    ['remove exa and use eza instead', ['exa -> eza']],
    ['replace eza with exa', []],
    ['remove exa, add eza and zoxide', []],
    ['remove exa for now, add eza', []],
  ])('%s', async (message, expected) => {
    expect(
      await migrationsOf([
        { message: 'one', files: { [file]: packages(...gone) } },
        { message, files: { [file]: packages(...came) } },
      ]),
    ).toEqual(expected);
  });
});

/** A commit that adds khard and osu to git. */
async function reasonsOf(message: string, added = ['khard', 'osu']): Promise<(string | null)[]> {
  const history = await historyOf(
    repository([
      { message: 'one', files: { [file]: packages('git') } },
      { message, files: { [file]: packages('git', ...added) } },
    ]),
  );
  return added.map((name) => tool(history, name)?.reason?.text ?? null);
}

describe('one sentence per reason', () => {
  test.each([
    [
      'lines of a body',
      'two tools\n\nosu: to play rhythm games\nkhard: to read contacts',
      ['khard: to read contacts', 'osu: to play rhythm games'],
    ],
    [
      'lines without a colon',
      'two tools\n\nadd osu for games\nadd khard for contacts',
      ['add khard for contacts', 'add osu for games'],
    ],
    [
      'a wrapped sentence',
      'two tools\n\nAdd khard so that contacts can be read by the mail client in\nthe terminal.\n',
      ['Add khard so that contacts can be read by the mail client in the terminal.', null],
    ],
    [
      'a subject that is wrapped',
      'add khard so that contacts can be read by the mail client in\nthe terminal',
      ['add khard so that contacts can be read by the mail client in the terminal', null],
    ],
    [
      'a reason in a line of its own',
      'add khard\n\nReason: the mail client needs contacts',
      ['the mail client needs contacts', null],
    ],
    [
      'a reason for one of two',
      'add khard\n\nosu too.\nwhy: contacts are read from it',
      ['contacts are read from it', null],
    ],
    ['a reverted revert', 'Revert "Revert "fixup! add khard for contacts""', [null, null]],
    ['names alone', 'khard & osu', [null, null]],
    ['a name in the place of a type', 'khard: use it for contacts', ['khard: use it for contacts', null]],
    ['a change of the source', 'Move khard module to dedicated directory', [null, null]],
    ['a move to the tool', 'move contacts to khard', ['move contacts to khard', null]],
    ['a fixup', 'fixup! add khard for contacts', [null, null]],
  ])('%s', async (_, message, expected) => {
    expect(await reasonsOf(message)).toEqual(expected);
  });

  test.each([
    ['container', 'run the mail server in a container for isolation'],
    ['screen', 'turn the screen off to save power'],
    ['task', 'add a task that is needed for backup'],
    ['hello', 'say hello to the new shell, which is faster'],
    ['cheese', 'use a wallpaper with cheese because it is yellow'],
  ])('%s is a common word', async (name, message) => {
    expect(await reasonsOf(message, [name])).toEqual([null]);
    expect(await reasonsOf(`add ${name}`, [name])).toEqual([`add ${name}`]);
  });

  test('a name with a leading `_`', async () => {
    expect(await reasonsOf('add 1password-gui for passwords at work', ['_1password-gui'])).toEqual([
      'add 1password-gui for passwords at work',
    ]);
    expect(await reasonsOf('add 7zz to unpack archives', ['_7zz'])).toEqual(['add 7zz to unpack archives']);
  });
});

describe('why something was commented out', () => {
  const before = packages('git', '# Editors', 'helix', 'zed-editor');
  test.each([
    [
      'the comment above it',
      packages('git', '# Editors', 'helix', '# TEMP: broken upstream', '# zed-editor'),
      'TEMP: broken upstream',
    ],
    [
      'the comment beside it',
      packages('git', '# Editors', 'helix', '# zed-editor # broken upstream'),
      'broken upstream',
    ],
    ['an older heading is no reason', packages('git', '# Editors', '# zed-editor', 'helix'), null],
    [
      'a comment of the entry before is no reason',
      packages('git # the best', '# zed-editor', '# Editors', 'helix'),
      null,
    ],
  ])('%s', async (_, after, expected) => {
    const history = await historyOf(
      repository([
        { message: 'one', files: { [file]: before } },
        { message: 'two', files: { [file]: after } },
      ]),
    );
    expect(happened(history, 'zed-editor')).toBe('added commented-out');
    expect(tool(history, 'zed-editor')?.goneReason?.text ?? null).toBe(expected);
  });
});

test('events are oldest first, also when an old name comes back', async () => {
  const history = await historyOf(
    repository([
      { message: 'one', files: { [file]: packages('nodejs_20') } },
      { message: 'two', files: { [file]: packages('git') } },
      { message: 'three', files: { [file]: packages('nodejs_22') } },
      { message: 'four', files: { [file]: packages('nodejs_20') } },
      { message: 'five', files: { [file]: packages('nodejs_22') } },
    ]),
  );
  for (const { events } of history.tools) {
    const dates = events.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort());
  }
  expect(happened(history, 'nodejs_22')).toBe('added removed added renamed renamed');
});

test('events are oldest first by the day of the author', async () => {
  const history = await historyOf(
    repository([
      { message: 'one', files: { [file]: packages('fd') }, day: 5 },
      { message: 'two', files: { [file]: null, 'q.nix': packages('fd') }, day: 3 },
    ]),
  );
  expect(tool(history, 'fd')?.events.map(({ date }) => date)).toEqual(['2026-01-04', '2026-01-06']);
});

test('a partial clone does not claim a first day, nor a reason for it', async () => {
  const origin = repository([
    { message: 'one', files: { [file]: packages('fd') } },
    { message: 'add bat, keep fd for searching', files: { [file]: packages('fd', 'bat') } },
  ]);
  run(origin, ['config', 'uploadpack.allowFilter', 'true']);
  const folder = scratch();
  run(folder, ['clone', '--quiet', '--filter=blob:none', `file://${origin}`, 'clone']);
  const history = await historyOf(`${folder}/clone`);
  expect(history.coverage.missingBlobs).toBe(1);
  expect(tool(history, 'fd')?.since).toMatchObject({ date: '2026-01-02', atLeast: true });
  expect(tool(history, 'fd')?.reason).toBeNull();
});

describe('a heading is no purpose', () => {
  const purposeOf = async (text: string, name: string) => {
    const found = tool(await historyOf(repository([{ message: 'one', files: { [file]: text } }])), name);
    return { purpose: found?.purpose?.text ?? null, section: found?.places[0]?.section ?? null };
  };
  test.each([
    [
      'over several options',
      '{ \n# Virtualization with machines\nvirtualisation.docker.enable = true;\nvirtualisation.libvirtd.enable = true;\n}',
      'virtualisation.docker',
      null,
      'Virtualization with machines',
    ],
    [
      'over one option',
      '{\n# Virtualization settings\nvirtualisation.docker.enable = true;\n}',
      'virtualisation.docker',
      null,
      'Virtualization settings',
    ],
    ['over one package', packages('# Terminal tools', 'fd'), 'fd', null, 'Terminal tools'],
    [
      'over a set that is one option',
      '{\n# Shell at work\nprograms.fish = { enable = true; };\n}',
      'programs.fish',
      'Shell at work',
      null,
    ],
    [
      'beside an inherit of several',
      '{ pkgs, ... }: { home.packages = builtins.attrValues {\n inherit (pkgs) fd bat; # the desktop\n}; }',
      'fd',
      null,
      'the desktop',
    ],
    [
      'beside an inherit of one',
      '{ pkgs, ... }: { home.packages = builtins.attrValues {\n inherit (pkgs) fd; # finds files\n}; }',
      'fd',
      'finds files',
      null,
    ],
    [
      'of an entry that was taken out',
      packages('git', '# browser for work', '# chromium', 'fd', 'bat'),
      'fd',
      null,
      null,
    ],
    ['after an entry that was taken out', packages('git', '# chromium', '# finds files', 'fd'), 'fd', null, null],
  ])('%s', async (_, text, name, purpose, section) => {
    expect(await purposeOf(text, name)).toEqual({ purpose, section });
  });
});

describe('what is declared', () => {
  test.each([
    [
      'perSystem of a flake',
      '{ perSystem = { pkgs, ... }: { packages = { inherit (pkgs) hello; a = pkgs.fd; }; }; }',
      [],
    ],
    [
      'outputs of a flake',
      '{ outputs = { self }: { packages.x86_64-linux = [ self.hello ]; flake.packages = [ self.fd ]; }; }',
      [],
    ],
    [
      'another output of a package',
      '{ pkgs, ... }: { home.packages = [ pkgs.kitty.terminfo pkgs.openssl.dev pkgs.fd.out ]; }',
      ['fd', 'kitty.terminfo', 'openssl.dev'],
    ],
    [
      'enabled under a condition',
      '{ lib, ... }: { services.foo = lib.mkIf c enabled; services.bar = mkForce enabled; }',
      ['services.bar', 'services.foo'],
    ],
  ])('%s', async (_, text, expected) => {
    const history = await historyOf(repository([{ message: 'one', files: { 'flake.nix': text } }]));
    expect(history.tools.map(({ name }) => name)).toEqual(expected);
  });
});
