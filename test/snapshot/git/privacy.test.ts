import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ExcerptWords, excerpt, maxExcerpt } from '../../../generators/snapshot/git/excerpt.ts';
import { historyOf, packages, repository, tool } from './repositories.ts';
import { secrets } from './secrets.ts';

const words: ExcerptWords = {
  authors: { complete: new Set(['will support']), parts: new Set(['will', 'guyfawkes', 'mark']) },
  toolWords: new Set(['rclone', 'restic', 'fd', 'nodejs_22']),
};

describe('a text leaves whole', () => {
  test.each([
    'add rclone for backup',
    'KeePassXC is a password manager',
    'stores passwords and syncs them with restic',
    'Secrets management with sops',
    'SSH key agent for the desktop',
    'needed for .pre-commit-config.yaml',
    'bump nodejs_20 -> nodejs_22 (Node 20 EOL/insecure)',
    'kernel 6.12.54, NixOS 25.11, since 2024-05-01',
    'reads JSON, YAML & TOML; 16GB of RAM, 60Hz, 100%',
    'TEMP: Disabled - requires source compilation',
    "it doesn't build, so don't use it…",
    'Firmware support for laptops',
    'support will come, others mark it',
    'fd: a faster find',
    'set services.printing.enable to print',
  ])('%s', (text) => {
    expect(excerpt(text, words)).toBe(text.replace(/…$/, '…'));
  });
});

describe('a text that names an author is left out', () => {
  test.each(['thanks to Will Support', 'for guyfawkes', "Guyfawkes' choice", 'ask Mark about it'])('%s', (text) => {
    expect(excerpt(text, words)).toBeNull();
  });
});

test('on one line, at most 160 characters, cut between words', () => {
  expect(excerpt('a tool \u202e for\n\t searching', words)).toBe('a tool for searching');
  expect(excerpt('find files by name (#123)', words)).toBe('find files by name');
  const long = excerpt('searches text '.repeat(30), words);
  expect(long).toHaveLength(154);
  expect(long).toMatch(/searches text…$|text searches…$/);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
      const shown = excerpt(text, words);
      expect(shown === null || (shown.length <= maxExcerpt && /^[\x20-\x7e’…]*$/.test(shown))).toBe(true);
    }),
  );
});

test('no private text of a comment or message is in a snapshot', async () => {
  const entries: string[] = [];
  const steps = secrets.map(([text], index) => {
    entries.push(`tool-${index} # ${text}`);
    return {
      message: `add tool-${index}: ${text}\n\ntool-${index} is needed because ${text}.`,
      files: { 'p.nix': packages(...entries) },
    };
  });
  const history = await historyOf(repository(steps));
  expect(history.tools).toHaveLength(secrets.length);
  const leaked = secrets.filter(([, secret], index) => JSON.stringify(tool(history, `tool-${index}`)).includes(secret));
  expect(leaked.map(([text]) => text)).toEqual([]);
}, 120_000);

test('a bot is nobody: its words stay', async () => {
  const history = await historyOf(
    repository([
      {
        message: 'add fwupd\n\nSigned-off-by: dependabot[bot] <support@github.com>',
        files: { 'p.nix': packages('fwupd # Firmware support for laptops') },
      },
    ]),
  );
  expect(tool(history, 'fwupd')?.purpose?.text).toBe('Firmware support for laptops');
});

const credited = [
  {
    message:
      'add fd for Guyfawkes\n\nfd finds files.\n\nReported-by: Ann Onymous <ann@onymous.org>\nCo-authored-by: Bob Builder <bob@builder.org>',
    files: { 'p.nix': packages('fd # for Onymous', 'bat # Bob likes it', 'eza # lists files') },
  },
];

test('nobody is named: authors, committers, and whom a message credits', async () => {
  const history = await historyOf(repository(credited));
  expect(JSON.stringify(history)).not.toMatch(/guyfawkes|surname|onymous|bob|builder/i);
  expect(tool(history, 'eza')?.purpose?.text).toBe('lists files');
});

test('--no-reasons: no word of a message or comment is written', async () => {
  const history = await historyOf(repository(credited), { reasons: false });
  expect(history.reasons).toBe('left out');
  expect(JSON.stringify(history)).not.toMatch(/lists|finds|add fd|for /);
  expect(history.tools.map(({ name }) => name)).toEqual(['bat', 'eza', 'fd']);
});
