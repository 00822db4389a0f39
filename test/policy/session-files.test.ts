import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { isOwnFile } from '../../generators/policy/session-files.ts';
import { worldOf } from '../../generators/policy/world.ts';

const start = Date.parse('2026-11-28T10:00:00Z');
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'session-files-'));
  file = join(folder, 'notes.md');
  writeFileSync(file, 'new\n');
  changedAfter(1);
  return () => rmSync(folder, { recursive: true });
});

/** Sets the time of the file's last change, in seconds after the start of the session. */
const changedAfter = (seconds: number): void => {
  const at = new Date(start + seconds * 1000);
  utimesSync(file, at, at);
};

const at = (seconds: number) => ({ timestamp: new Date(start + seconds * 1000).toISOString(), cwd: folder });

/** The lines of a call of a tool that writes a file, as client 2.1.332 records them. */
const write = (seconds: number, path = file) => [
  {
    ...at(seconds),
    type: 'assistant',
    message: { content: [{ type: 'tool_use', id: 'toolu_1', name: 'Write', input: { file_path: path } }] },
  },
  {
    ...at(seconds),
    type: 'user',
    message: { content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'File created' }] },
    toolUseResult: { type: 'create', filePath: path, content: 'new\n' },
  },
];
const edit = (seconds: number) => ({
  ...at(seconds),
  toolUseResult: { filePath: file, oldString: 'a', newString: 'b' },
});
const bash = (seconds: number, command: string, failed = false) => [
  {
    ...at(seconds),
    type: 'assistant',
    message: { content: [{ type: 'tool_use', id: 'toolu_2', name: 'Bash', input: { command } }] },
  },
  {
    ...at(seconds),
    type: 'user',
    message: { content: [{ type: 'tool_result', tool_use_id: 'toolu_2', is_error: failed, content: '' }] },
  },
];

function isOwn(...lines: unknown[]): boolean {
  const transcript = join(folder, 'session.jsonl');
  writeFileSync(
    transcript,
    lines
      .flat()
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  return isOwnFile(file, { ...worldOf(folder, { HOME: folder }), transcript });
}

describe('a file is the session’s own', () => {
  test('after Write', () => expect(isOwn(write(1))).toBe(true));
  test('after Write and Edit', () => {
    changedAfter(60);
    expect(isOwn(write(1), edit(60))).toBe(true);
  });
  test.each(['cat > notes.md <<EOF\nx\nEOF', 'cd . && printf x > ./notes.md', 'mkdir -p a; echo x >| notes.md'])(
    'after %s',
    (command) => expect(isOwn(bash(1, command))).toBe(true),
  );
});

describe('a file is not', () => {
  test('without a transcript', () => expect(isOwnFile(file, worldOf(folder, { HOME: folder }))).toBe(false));
  test('after Edit alone', () => expect(isOwn(edit(1))).toBe(false));
  test('after a read', () => expect(isOwn(bash(1, 'cat notes.md'))).toBe(false));
  test('after something is added', () => expect(isOwn(bash(1, 'echo x >> notes.md'))).toBe(false));
  test('after a command that failed', () => expect(isOwn(bash(1, 'echo x > notes.md', true))).toBe(false));
  test('if another file of that name was written', () => {
    expect(isOwn(write(1, join(folder, 'docs/notes.md')))).toBe(false);
  });
  test('if it has changed since', () => {
    changedAfter(30);
    expect(isOwn(write(1))).toBe(false);
  });
  test('in a transcript of another form', () => expect(isOwn('x', 1, null, { message: 'x' })).toBe(false));
});
