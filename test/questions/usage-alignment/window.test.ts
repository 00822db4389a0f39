import { expect, test } from 'vitest';
import type { HistorySource, ShellHistory } from '../../../generators/evidence/shell-history.ts';
import { historyWindow } from '../../../generators/questions/usage-alignment/window.ts';
import { evidenceOfCase, takenOn } from '../shell-world.ts';

const { shellHistory } = await evidenceOfCase({});

function source(other: Partial<HistorySource> = {}): HistorySource {
  return {
    kind: 'fish',
    counts: 'distinct lines',
    times: 'every entry',
    entries: 500,
    undated: 0,
    notUnderstood: 0,
    byAgents: 0,
    from: '2026-01-01',
    to: takenOn,
    skipped: {},
    ...other,
  };
}

function windowOf(sources: HistorySource[], loginShell: string | null = 'fish', other: Partial<ShellHistory> = {}) {
  return historyWindow({ ...shellHistory, sources, ...other }, loginShell);
}

test.each<[why: string | null, HistorySource[], (string | null)?, Partial<ShellHistory>?]>([
  [null, [source()]],
  ['a history could not be read', [source()], 'fish', { unread: [{ kind: 'atuin', why: 'no sqlite3' }] }],
  ['no history of the login shell', [source()], 'zsh'],
  ['no history of the login shell', [source({ entries: 0 })]],
  [null, [source({ kind: 'atuin' })], 'zsh'],
  [null, [source({ kind: 'nushell' })], 'nu'],
  [null, [source({ kind: 'zsh' })], null],
  ['no times', [source({ from: null, to: null })]],
  ['too few days', [source({ from: '2026-06-01' })]],
  [null, [source({ from: '2026-05-31' })]],
  ['too few lines', [source({ entries: 199 })]],
  [null, [source({ entries: 120 }), source({ kind: 'atuin', entries: 80 })]],
  ['ends too early', [source({ to: '2026-05-30' })]],
  [null, [source({ to: '2026-05-31' })]],
  ['not understood', [source({ notUnderstood: 51 })]],
  [null, [source({ notUnderstood: 50 })]],
])('whether a history shows what is not used: %s', (why, sources, loginShell, other) => {
  const window = windowOf(sources, loginShell, other);
  expect([window.why, window.enough]).toEqual([why, why === null]);
});

test('the window is that of the login shell and atuin, the earliest day first', () => {
  const sources = [
    source({ from: '2026-02-01' }),
    source({ kind: 'atuin', from: '2026-01-15', entries: 30, counts: 'every use' }),
    source({ kind: 'bash', from: '2020-01-01', entries: 9000 }),
  ];
  expect(windowOf(sources)).toEqual({
    from: '2026-01-15',
    to: takenOn,
    days: 166,
    lines: 530,
    sources: ['atuin', 'bash', 'fish'],
    enough: true,
    why: null,
    counts: 'at least',
  });
  expect(windowOf([source({ counts: 'every use' })]).counts).toBe('every use');
});
