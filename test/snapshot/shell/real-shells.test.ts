import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isBuiltin, type Shell } from '../../../generators/shell-lang/builtins.ts';
import type { HistoryKind } from '../../../generators/snapshot/shell/find-histories.ts';
import { takeShellHistory } from '../../../generators/snapshot/shell/take-shell-history.ts';
import { requires } from '../../requires.ts';
import { bashRows } from '../../shell-lang/bash-rows.ts';
import { fishRows } from '../../shell-lang/fish-rows.ts';
import { writeHistory } from './write-history.ts';

const known = (name: string): boolean => /^[a-z][\w-]*$/.test(name);

/** Counts by command from the hand-made notation of each line: `sudo sudo>ls (date) @ssh>x`. */
function truth(rows: readonly (readonly [string, string])[], shell: Shell): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, text] of rows) {
    for (const token of text.split(' ').filter((one) => one !== '' && one !== '!')) {
      if (token.startsWith('@')) continue; // runs elsewhere
      const chain = token
        .replace(/^f:/, '')
        .replace(/[()<?]/g, '')
        .split('>');
      const typed = chain.at(-1) as string;
      const name = /^\/.*\/s?bin\//.test(typed) ? path.basename(typed) : typed;
      const by = chain.slice(0, -1).filter((wrapper) => wrapper !== 'time' && wrapper !== 'builtin');
      if (!known(name) || (by.length === 0 && isBuiltin(shell, typed))) continue;
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

async function counted(kind: HistoryKind, file: string, shell: Shell) {
  const { commands, sources } = await takeShellHistory({
    histories: [{ kind, file }],
    known: { has: known, foundIn: () => null },
    aliases: () => undefined,
    host: null,
    loginShell: shell,
    takenOn: '2026-11-21',
    since: null,
    captureLog: null,
  });
  return { counts: Object.fromEntries(commands.map(({ name, uses }) => [name, uses])), entries: sources[0]?.entries };
}

const twice = [...bashRows, ...bashRows].filter(([line]) => line !== '');

for (const [shell, script] of [
  [
    'bash',
    `HISTTIMEFORMAT='%F '; set -o history; HISTSIZE=9999; HISTCONTROL=; while IFS= read -r -d '' l; do history -s -- "$l"; done; history -w "$F"`,
  ],
  ['zsh', `HISTSIZE=9999; SAVEHIST=9999; while IFS= read -r -d $'\\0' l; do print -rs -- "$l"; done; fc -W "$F"`],
] as const) {
  const needed = requires(shell);
  test.skipIf(needed.missing !== null)(
    `every command of a history of 150 lines that the real ${shell} wrote is counted${needed.why}`,
    async () => {
      expect(twice.length).toBeGreaterThanOrEqual(150);
      const folder = mkdtempSync(path.join(tmpdir(), 'real-'));
      try {
        const file = path.join(folder, 'history');
        execFileSync(shell, [...(shell === 'bash' ? ['--norc'] : ['-f', '-i']), '-c', script], {
          input: twice.map(([line]) => `${line}\0`).join(''),
          env: { ...process.env, F: file, LANG: 'C.UTF-8' },
        });
        const { counts, entries } = await counted(shell, file, shell);
        expect(counts).toEqual(truth(twice, shell));
        expect(entries).toBe(twice.length);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
}

test('and of a history in the form that fish writes', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'real-'));
  try {
    const rows = fishRows.filter(([line]) => line !== '');
    const typed = rows.map(([text], index) => ({ text, time: 1_770_000_000 + index }));
    const { counts } = await counted('fish', writeHistory(folder, 'fish', typed).file, 'fish');
    expect(counts).toEqual(truth(rows, 'fish'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
