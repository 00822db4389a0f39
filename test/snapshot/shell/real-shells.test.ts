import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isBuiltin, type Shell } from '../../../generators/lang/shell/shells.ts';
import { noAliases } from '../../../generators/snapshot/shell/aliases.ts';
import type { HistoryKind } from '../../../generators/snapshot/shell/histories.ts';
import { takeShellHistory } from '../../../generators/snapshot/shell/take-shell-history.ts';
import { bashRows } from '../../lang/shell/bash-rows.ts';
import { bashRowPipelines, bashSession } from '../../lang/shell/bash-session.ts';
import { fishRows } from '../../lang/shell/fish-rows.ts';
import { fishRowPipelines, fishSession } from '../../lang/shell/fish-session.ts';
import { zshSession } from '../../lang/shell/zsh-session.ts';
import { requires } from '../../requires.ts';
import { fishAccepts, typeIntoFish } from './type-into-fish.ts';
import { shellAccepts, typeIntoShell } from './type-into-shell.ts';
import { writeHistory } from './write-history.ts';

const known = (name: string): boolean => /^[a-z][\w-]*$/.test(name);

/** Line, what it runs, its pipelines. */
type Row = readonly [string, string, ...string[]];

/** Counts by command from the hand-made notation of each line: `sudo sudo>ls (date) @ssh>x`. */
function truth(rows: readonly Row[], shell: Shell): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, text] of rows) {
    for (const token of text.split(' ').filter((one) => one !== '' && one !== '!')) {
      if (token.startsWith('@')) continue; // runs elsewhere
      const chain = token
        .replace(/^f:/, '')
        .replace(/[()<?]/g, '')
        .split('>');
      const typed = chain.at(-1) as string;
      const name = /^~?(\/.*)?\/s?bin\//.test(typed) ? path.basename(typed) : typed;
      const own = readBy(chain.slice(0, -1), shell);
      if (!known(name) || (own !== null && isBuiltin(own, typed))) continue;
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

const passes = /^(time|builtin|noglob|nocorrect)$/;
const starts = /^(bash|sh|dash|zsh|watch|su|nix-shell|script|hyperfine|parallel|tmux|entr|flock|sops)$/;

/** The shell that looks the name up, with these in front of it; null where something else does. */
function readBy(wrappers: readonly string[], shell: Shell): Shell | null {
  let own: Shell = shell;
  let direct = true;
  for (const wrapper of wrappers) {
    if (starts.test(wrapper) || wrapper === 'fish') {
      own = wrapper === 'fish' ? 'fish' : 'bash';
      direct = true;
    } else if (['eval', 'trap', 'source', '.'].includes(wrapper)) direct = true;
    else if (!passes.test(wrapper) && (wrapper !== 'command' || own !== 'bash')) direct = false;
  }
  return direct ? own : null;
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function counted(kind: HistoryKind, file: string, shell: Shell) {
  const { commands, pipelines, sources } = await takeShellHistory({
    histories: [{ kind, file }],
    known: { has: known, foundIn: () => null },
    aliases: noAliases,
    host: null,
    loginShell: shell,
    takenOn: '2026-11-21',
    since: null,
    captureLog: null,
  });
  return {
    counts: Object.fromEntries(commands.map(({ name, uses }) => [name, uses])),
    pipelines: Object.fromEntries(
      pipelines.map(({ stages, uses }) => [stages.map((one) => one ?? '?').join(' | '), uses]),
    ),
    entries: sources[0]?.entries,
  };
}

/** At a prompt these would take the next line for their input, or be several lines. */
const notTyped = new Set(['select x in a b; do c; done', 'a\n\nb']);

/** Of bash-rows.ts what is typed, with its pipelines. */
const shared = bashRows
  .filter(([line, runs]) => line !== '' && !runs.endsWith('!') && !notTyped.has(line))
  .map(([line, runs]): Row => [line, runs, ...(bashRowPipelines[line] ?? [])]);
const sessions: Record<'bash' | 'zsh', readonly Row[]> = {
  bash: [...shared, ...bashSession],
  zsh: [...shared, ...zshSession],
};

for (const [shell, keeping] of [
  ['bash', 'plain'],
  ['bash', 'stamped'],
  ['zsh', 'plain'],
  ['zsh', 'stamped'],
] as const) {
  const needed = requires(shell, 'script');
  test.skipIf(needed.missing !== null)(
    `every command and pipeline of 150 lines typed into the real ${shell} on a terminal is counted, its history ${keeping}${needed.why}`,
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'real-'));
      try {
        const rows = sessions[shell];
        // An older or newer shell has no words for all of it; it is asked, and what it refuses is not typed.
        const typed = rows.filter(([line]) => shellAccepts(shell, line));
        const refused = rows.filter((row) => !typed.includes(row)).map(([line]) => line);
        expect(refused.length, refused.join('\n')).toBeLessThan(8);
        expect(new Set(typed.map(([line]) => line)).size).toBe(typed.length);
        expect(typed.length).toBeGreaterThanOrEqual(150);
        const file = await typeIntoShell(
          shell,
          keeping,
          folder,
          typed.map(([line]) => line),
        );
        const { counts, pipelines, entries } = await counted(shell, file, shell);
        expect(entries).toBe(typed.length);
        expect(counts).toEqual(truth(typed, shell));
        expect(pipelines).toEqual(tally(typed.flatMap(([, , ...own]) => own)));
      } finally {
        rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
      }
    },
  );
}

test('every command of a history in the format of fish is counted', async () => {
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

const fish = requires('fish', 'script');
test.skipIf(fish.missing !== null)(
  `every command and pipeline of 150 lines typed into the real fish on a terminal is counted${fish.why}`,
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'real-'));
    try {
      const rows = [
        ...fishRows.map(([line, runs]): Row => [line, runs, ...(fishRowPipelines[line] ?? [])]),
        ...fishSession,
      ].filter(([line, runs]) => line !== '' && !runs.endsWith('!'));
      // An older or newer fish has no words for all of it; it is asked, and what it refuses is not typed.
      const typed = rows.filter(([line]) => fishAccepts(line));
      const refused = rows.filter((row) => !typed.includes(row)).map(([line]) => line);
      expect(refused.length, refused.join('\n')).toBeLessThan(8);
      expect(typed.length).toBeGreaterThanOrEqual(150);
      const file = await typeIntoFish(
        folder,
        typed.map(([line]) => line),
      );
      const { counts, pipelines, entries } = await counted('fish', file, 'fish');
      expect(entries).toBe(typed.length);
      expect(counts).toEqual(truth(typed, 'fish'));
      expect(pipelines).toEqual(tally(typed.flatMap(([, , ...own]) => own)));
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  },
);
