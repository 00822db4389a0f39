import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings } from '../../../generators/evidence/settings.ts';
import { buildOutput } from '../../../generators/output/build-output.ts';
import { noAliases } from '../../../generators/snapshot/shell/aliases.ts';
import type { HistoryKind } from '../../../generators/snapshot/shell/histories.ts';
import { takeShellHistory } from '../../../generators/snapshot/shell/take-shell-history.ts';
import { requires } from '../../requires.ts';
import { sampleEvaluated } from '../../sample-evidence.ts';
import { writeHistory } from './write-history.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'without-lines-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const take = (kind: HistoryKind, file: string, host: string | null = null) =>
  takeShellHistory({
    histories: [{ kind, file }],
    known: { has: () => true, foundIn: () => null },
    aliases: noAliases,
    ...{ host, loginShell: 'bash', takenOn: '2026-11-21', since: null, captureLog: null },
  });

test.each([
  ['blank', 'bash', '\n \n\n', 'it has no command'],
  ['blank', 'zsh', '\n\n', 'it has no command'],
  ['binary', 'bash', 'a\0b\nc\0d\n', 'none of its 2 lines has the form of this history'],
  ['binary', 'fish', '\u0001\0\n\0\n', 'none of its 2 lines has the form of this history'],
  ['of fish before 2.0', 'fish', '# 1234567890\nls\n', 'none of its 2 lines has the form of this history'],
] as const)('a history that is %s (%s) is reported', async (_, kind, text, why) => {
  const file = path.join(folder, 'history');
  writeFileSync(file, text);
  expect((await take(kind, file)).unread).toEqual([{ kind, why }]);
});

const sqlite = requires('sqlite3');
test.skipIf(sqlite.missing !== null)(`atuin's lines of another host name are reported${sqlite.why}`, async () => {
  const { file } = writeHistory(folder, 'atuin', [
    { text: 'ls', time: 1_770_000_000 },
    { text: 'git status', time: 1_770_000_001 },
  ]);
  expect((await take('atuin', file, 'renamed')).unread).toEqual([
    { kind: 'atuin', why: 'all 2 lines are of another host name; --all-hosts counts them' },
  ]);
  expect((await take('atuin', file)).unread).toEqual([]);
});

test('the manifest and CLAUDE.md name a history that has no line', async () => {
  const file = path.join(folder, 'history');
  writeFileSync(file, '\n \n');
  const { files, manifest } = buildOutput({
    evidence: { evaluated: sampleEvaluated(), shellHistory: await take('bash', file) },
    settings: { ...defaultSettings, folder: '.claude' },
    ...{ inputs: [], missing: [], rejected: [] },
  });
  expect(manifest.skipped).toContainEqual({ what: 'the bash history', why: 'it has no command' });
  expect(files.get('CLAUDE.md')).toContain('the bash history was not counted (it has no command)');
});
