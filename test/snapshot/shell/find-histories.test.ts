import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isBuiltin } from '../../../generators/lang/shell/shells.ts';
import { findHistories } from '../../../generators/snapshot/shell/find-histories.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'histories-'));
});
afterEach(() => rmSync(home, { recursive: true }));

function write(name: string, text: string): string {
  const file = path.join(home, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

test.each([
  ['hist', ': 1700000000:0;ls\n', 'zsh'],
  ['hist', 'ls\n: 1700000000:0;ls\n', 'zsh'],
  ['hist', 'ls\n', 'bash'],
  ['hist', '#1700000000\nls\n', 'bash'],
  ['zsh-and-bash', '#1700000000\nls\n', 'bash'],
  ['zsh-hist', 'ls\n', 'zsh'],
])('HISTFILE %s with %j is read as the history of %s', (name, text, kind) => {
  const file = write(name, text);
  expect(findHistories(home, { HISTFILE: file })).toEqual([{ kind, file }]);
});

test.each([
  '.zsh_history',
  '.zhistory',
  '.histfile',
  '.config/zsh/.zsh_history',
  '.config/zsh/.zhistory',
  '.config/zsh/.histfile',
  '.config/zsh/history',
  '.zsh/.zsh_history',
  '.local/share/zsh/history',
  '.local/state/zsh/history',
  '.local/state/zsh/.zsh_history',
  '.local/share/zsh_history',
  '.cache/zsh/history',
])('the history of zsh in %s is found', (name) => {
  const file = write(name, 'ls\n');
  expect(findHistories(home, {})).toEqual([{ kind: 'zsh', file }]);
});

test('stat is a builtin of zsh only after `zmodload zsh/stat`', () => {
  expect(isBuiltin('zsh', 'stat')).toBe(false);
});
