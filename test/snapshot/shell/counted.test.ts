import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { noAliases } from '../../../generators/snapshot/shell/aliases.ts';
import { knownNames } from '../../../generators/snapshot/shell/known-names.ts';
import { takeShellHistory } from '../../../generators/snapshot/shell/take-shell-history.ts';

const folder = mkdtempSync(join(tmpdir(), 'counted-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function snapshotOf(kind: 'zsh' | 'bash' | 'fish', text: string) {
  const file = join(folder, `${kind}_history`);
  writeFileSync(file, text);
  const { sources, commands } = await takeShellHistory({
    histories: [{ kind, file }],
    known: knownNames({ home: folder, user: 'ann', path: '', profiles: [] }, [], []),
    aliases: noAliases,
    host: null,
    loginShell: kind,
    takenOn: '2026-06-30',
    since: null,
    captureLog: null,
  });
  return { counts: sources[0]?.counts, rg: commands.find(({ name }) => name === 'rg')?.counted?.all.alone };
}

const start = Date.parse('2026-06-01T12:00:00Z') / 1000;
const zsh = (lines: readonly string[]) => lines.map((line, index) => `: ${start + index * 600}:0;${line}\n`).join('');
const different = Array.from({ length: 60 }, (_, index) => `rg word${index}`);

test.each<[name: string, kind: 'zsh' | 'bash' | 'fish', text: string, expected: object]>([
  ['zsh with a repeated line', 'zsh', zsh([...different, 'rg word0']), { counts: 'every use', rg: 61 }],
  ['zsh that removes duplicates', 'zsh', zsh(different), { counts: 'distinct lines', rg: undefined }],
  ['a short history', 'zsh', zsh(different.slice(0, 20)), { counts: 'every use', rg: 20 }],
  ['zsh without times', 'zsh', [...different, 'rg word0'].join('\n'), { counts: 'every use', rg: undefined }],
  ['fish', 'fish', `- cmd: rg a\n  when: ${start}\n`, { counts: 'distinct lines', rg: undefined }],
])('which uses can be compared: %s', async (_, kind, text, expected) => {
  expect(await snapshotOf(kind, text)).toEqual(expected);
});
