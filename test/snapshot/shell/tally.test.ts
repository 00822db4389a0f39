import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicTools } from '../../../generators/data/public-tools.ts';
import type { Shell } from '../../../generators/lang/shell/shells.ts';
import type { Entry } from '../../../generators/snapshot/shell/entry.ts';
import { shellHistoryOf } from '../../../generators/snapshot/shell/shell-history-of.ts';
import { createTally, type Origin } from '../../../generators/snapshot/shell/tally.ts';

const aliases = new Map([
  ['ll', 'eza -l'],
  ['run9', 'bash -c'],
]);
const today = 20_000;

function snapshotOf(entries: readonly Partial<Entry>[], origin: Partial<Origin>) {
  const { tally, add } = createTally({
    known: { has: (name) => publicTools.has(name), foundIn: () => null },
    aliases: { textOf: (_, name) => aliases.get(name) },
    today,
  });
  for (const entry of entries) {
    const whole = { text: '', time: null, exit: null, duration: null, session: null, byAgent: false, ...entry };
    const day = whole.time === null ? null : Math.floor(whole.time / 86_400);
    add(whole, day, { shell: 'bash', statusSource: null, distinctLines: false, ...origin });
  }
  return shellHistoryOf({
    tally,
    takenOn: '2024-10-04',
    since: null,
    sources: [],
    unread: [],
    captured: null,
    foundIn: () => null,
  });
}

const word = fc.constantFrom(
  ...`ls git status commit -m "a" 'x|y' rg sudo xargs docker compose up -C ll make /bin/ls ./ls unknown echo cat f.txt`.split(
    ' ',
  ),
  ...'grep A=1 if and cd %1 2 wc -l $(ls) `git for end ; | 2>&1 nixpkgs#rg run9 "sudo bash -c { }'.split(' '),
);
const joint = fc.constantFrom(' ', ' ', ' ', ' ', ' | ', ' && ', '; ', ' > ', ' & ');
const line = fc
  .tuple(word, fc.array(fc.tuple(joint, word), { maxLength: 7 }))
  .map(([first, rest]) => first + rest.map((pair) => pair.join('')).join(''));

test('a cached line has the same counts as a parsed line', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 4 }),
      fc.array(fc.nat({ max: 3 }), { maxLength: 8 }),
      fc.constantFrom<Shell>('fish', 'bash', 'zsh', 'nushell'),
      (lines, order, shell) => {
        const entries = [...lines, ...order.flatMap((index) => lines[index] ?? [])].map((text, index) => ({
          text,
          time: 1_700_000_000 + index * 50,
          exit: index % 2,
        }));
        const origin = { shell, statusSource: 'atuin' } as const;
        expect(snapshotOf(entries, { ...origin, distinctLines: false })).toEqual(
          snapshotOf(entries, { ...origin, distinctLines: true }),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('the same line counts by the shell that each entry names', () => {
  const text = 'if test -f x; ls; end';
  const { commands, builtins } = snapshotOf([{ text, shell: 'fish' }, { text, shell: 'bash' }, { text }], {
    shell: 'fish',
  });
  expect(commands).toMatchObject([{ name: 'ls', uses: 3 }]);
  expect(builtins).toEqual([{ name: 'test', uses: 3 }]);
});

/** Every command of one day, ten seconds apart. */
const typed = (...lines: string[]) => lines.map((text, index) => ({ text, time: 1_700_000_000 + 10 * index }));

test('commands that follow each other within a minute are a sequence', () => {
  const round = ['git add .', 'git commit -m x', 'git push'];
  const { sequences } = snapshotOf(typed(...round, ...round, ...round), {});
  expect(sequences.filter(({ uses }) => uses === 3).map(({ steps }) => steps.join(' > '))).toEqual([
    'git add > git commit',
    'git add > git commit > git push',
    'git commit > git push',
  ]);
  const apart = [...round, ...round, ...round].map((text, index) => ({ text, time: 1_700_000_000 + 61 * index }));
  expect(snapshotOf(apart, {}).sequences).toEqual([]);
});

test('neither a name that is not known nor a repetition is part of a sequence', () => {
  const lines = Array.from({ length: 4 }, () => ['git status', 'git status', 'acme-deploy', 'make']).flat();
  expect(snapshotOf(typed(...lines), {}).sequences.map(({ steps }) => steps.join(' > '))).toEqual([
    'make > git status',
  ]);
});
