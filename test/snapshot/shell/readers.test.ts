import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noAliases } from '../../../generators/snapshot/shell/aliases.ts';
import { readAtuinHistory } from '../../../generators/snapshot/shell/atuin-history.ts';
import { readBashHistory } from '../../../generators/snapshot/shell/bash-history.ts';
import type { Entry, Sink, SkipReason } from '../../../generators/snapshot/shell/entry.ts';
import { readFishHistory } from '../../../generators/snapshot/shell/fish-history.ts';
import { readNushellDatabase, readNushellText } from '../../../generators/snapshot/shell/nushell-history.ts';
import { takeShellHistory } from '../../../generators/snapshot/shell/take-shell-history.ts';
import { readZshHistory } from '../../../generators/snapshot/shell/zsh-history.ts';
import { requires } from '../../requires.ts';
import { typeIntoFish } from './type-into-fish.ts';
import { blob, type Format, formats, needsSqlite, sqlite, writeHistory } from './write-history.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'readers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Read {
  entries: Entry[];
  skipped: Partial<Record<SkipReason, number>>;
}

function collect(): Read & Sink {
  const read: Read = { entries: [], skipped: {} };
  return {
    ...read,
    entry: (entry) => read.entries.push({ ...entry, text: entry.text }),
    skip: (reason) => {
      read.skipped[reason] = (read.skipped[reason] ?? 0) + 1;
    },
  };
}

const readers: Record<Format, (file: string, sink: Sink) => void | Promise<void>> = {
  fish: readFishHistory,
  'bash stamped': readBashHistory,
  'bash plain': readBashHistory,
  'zsh extended': readZshHistory,
  'zsh plain': readZshHistory,
  'nushell text': readNushellText,
  'nushell sqlite': readNushellDatabase,
  atuin: (file, sink) => readAtuinHistory(file, sink, null),
};

const lines = [
  'ls -la',
  "echo 'a\\nb' \\\\",
  'git commit -m "äöü 日本 €"',
  'for i in 1 2\ndo echo $i\ndone',
  'cat <<E\nx\nE',
  'echo a \\\n b',
  'grep "- cmd: x" f',
  'a: b',
  '  two  blanks ',
  'x'.repeat(20_000),
  'printf "%s|%s" a b',
];
const withoutEndOfEntry = (format: Format): boolean => format === 'bash plain';

describe('readers give back what was typed', () => {
  for (const format of formats) {
    const needed = needsSqlite(format) ? requires('sqlite3') : { missing: null, why: '' };
    test.skipIf(needed.missing !== null)(`${format}${needed.why}`, async () => {
      const typed = lines.map((text, index) => ({ text, time: 1_770_000_000 + index, exit: index % 3 }));
      const sink = collect();
      await readers[format](writeHistory(folder, format, typed).file, sink);
      const trimmed = format === 'fish' || format === 'nushell text';
      expect(sink.entries.map(({ text }) => text)).toEqual(lines.map((text) => (trimmed ? text.trim() : text)));
      expect(sink.skipped).toEqual({});
      const timed = !/plain|text/.test(format);
      expect(sink.entries.map(({ time }) => time)).toEqual(typed.map(({ time }) => (timed ? time : null)));
      if (needsSqlite(format)) expect(sink.entries.map(({ exit }) => exit)).toEqual(typed.map(({ exit }) => exit));
      expect(withoutEndOfEntry(format) || sink.entries.length === lines.length).toBe(true);
    });
  }
});

describe('histories written by the real shells', () => {
  const bash = requires('bash');
  test.skipIf(bash.missing !== null)(`bash, with and without stamps${bash.why}`, () => {
    for (const stamped of [true, false]) {
      const file = path.join(folder, `bash-${stamped}`);
      const script = `${stamped ? "HISTTIMEFORMAT='%F '; " : ''}set -o history; HISTSIZE=1000; HISTCONTROL=; while IFS= read -r -d '' l; do history -s -- "$l"; done; history -w ${file}`;
      execFileSync('bash', ['--norc', '-c', script], { input: lines.map((line) => `${line}\0`).join('') });
      const sink = collect();
      readBashHistory(file, sink);
      const texts = sink.entries.map(({ text }) => text).filter((text) => !text.startsWith('while IFS'));
      expect(texts).toEqual(lines);
      expect(sink.entries.every(({ time }) => (time !== null) === stamped)).toBe(true);
    }
  });

  const zsh = requires('zsh');
  test.skipIf(zsh.missing !== null)(`zsh, plain and extended${zsh.why}`, () => {
    for (const option of ['extended_history', 'no_extended_history']) {
      const file = path.join(folder, option);
      const script = `setopt ${option}; HISTSIZE=1000; SAVEHIST=1000; while IFS= read -r -d $'\\0' l; do print -rs -- "$l"; done; fc -W ${file}`;
      execFileSync('zsh', ['-f', '-i', '-c', script], {
        input: lines.map((line) => `${line}\0`).join(''),
        env: { ...process.env, LANG: 'C.UTF-8' },
      });
      const sink = collect();
      readZshHistory(file, sink);
      expect(sink.entries.map(({ text }) => text)).toEqual(lines);
    }
  });

  const fish = requires('fish', 'script');
  test.skipIf(fish.missing !== null)(`fish${fish.why}`, async () => {
    const typed = ['ls -la', "echo 'a\\nb' | wc", 'echo ä', 'begin; true; end; and ls', 'ls -la'];
    const sink = collect();
    readFishHistory(await typeIntoFish(folder, typed), sink);
    expect(sink.entries.map(({ text }) => text).sort()).toEqual([...new Set(typed)].sort());
    expect(sink.entries.every(({ time }) => time !== null)).toBe(true);
  });
});

describe('damaged entries are counted and the rest is read', () => {
  test('fish: a last entry cut off, markers of a merge, other bytes, CR, a line of a megabyte, a clock that jumps', () => {
    const file = path.join(folder, 'fish_history');
    writeFileSync(
      file,
      Buffer.concat([
        Buffer.from('- cmd: ls\n  when: 1770000000\n<<<<<<< HEAD\n- cmd: git status\n  when: 99999999999\n=======\n'),
        Buffer.from('>>>>>>> other\n- cmd: make \xff\xfe x\n  when: -5\n', 'latin1'),
        Buffer.from(
          `- cmd: ${'y'.repeat(1 << 20)}\n  when: 1770000001\n- cmd: rg a\r\n  when: x\n- cmd: ls\n  when: 1770000009\n- cmd: cut o`,
        ),
      ]),
    );
    const sink = collect();
    readFishHistory(file, sink);
    expect(sink.entries.map(({ text, time }) => [text.split(' ')[0], time])).toEqual([
      ['ls', 1_770_000_000],
      ['git', 99_999_999_999],
      ['make', null],
      ['rg', null],
    ]);
    expect(sink.skipped).toEqual({ malformed: 3, tooLong: 1, duplicate: 1, truncated: 1 });
  });

  test('the format of fish before 2.0 is not read: every line counts as malformed', () => {
    const file = path.join(folder, 'history');
    writeFileSync(file, '# 1234567890\nls -la\n# 1234567899\ngit status\n');
    const sink = collect();
    readFishHistory(file, sink);
    expect(sink.entries).toEqual([]);
    expect(sink.skipped).toEqual({ malformed: 4 });
  });

  // Files are read a megabyte at a time; in a line of 61 bytes every place comes to stand at such an end.
  test.each(['fish', 'bash stamped', 'zsh extended', 'nushell text'] as const)(
    '%s: a line across two reads',
    async (format) => {
      const typed = Array.from({ length: 100_000 }, (_, index) => ({
        text: `git commit -m "ä${'x'.repeat(index % 61)}${index % 2 === 0 ? '\\n' : ''}${index}"`,
        time: 1_770_000_000 + index,
      }));
      const { file } = writeHistory(folder, format, typed);
      expect(statSync(file).size).toBeGreaterThan(4 << 20);
      const sink = collect();
      await readers[format](file, sink);
      expect(sink.skipped).toEqual({});
      expect(sink.entries.length).toBe(typed.length);
      const differing = typed.findIndex(
        ({ text, time }, index) =>
          sink.entries[index]?.text !== text || (format !== 'nushell text' && sink.entries[index]?.time !== time),
      );
      expect(differing).toBe(-1);
    },
  );

  test('text histories may contain any bytes', () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919 + (index >> 3)) % 256));
    const file = path.join(folder, 'noise');
    writeFileSync(file, bytes);
    for (const read of [readFishHistory, readBashHistory, readZshHistory, readNushellText]) read(file, collect());
    expect(readFileSync(file)).toEqual(bytes);
  });

  test('text appended to a file while it is read is not read', () => {
    const file = path.join(folder, 'grows.txt');
    writeFileSync(file, 'git status\n');
    const sink = collect();
    readNushellText(file, {
      ...sink,
      entry: (entry) => {
        sink.entry(entry);
        if (sink.entries.length < 10) appendFileSync(file, 'ls\n');
      },
    });
    expect(sink.entries.map(({ text }) => text)).toEqual(['git status']);
  });

  test.each(['f() {\n', 'ls |\n', 'echo `a\'"(\n', "echo 'it\n", 'cat <<E\n', 'case x in (\n'])(
    'bash without stamps: a hundred thousand times %j is read without quadratic time',
    (line) => {
      const file = path.join(folder, 'open');
      writeFileSync(file, `git status\n${line.repeat(100_000)}`);
      const sink = collect();
      readBashHistory(file, sink);
      expect(sink.entries[0]?.text).toBe('git status');
    },
  );

  test('an entry without end is skipped as too long', () => {
    const endless = { bash: '#1700000000\nls\n', zsh: ': 1700000000:0;ls\\\n' };
    for (const [shell, read] of [['bash', readBashHistory] as const, ['zsh', readZshHistory] as const]) {
      const file = path.join(folder, shell);
      const [first, ...rest] = endless[shell].split(/(?<=;|\d\n)/) as [string, ...string[]];
      writeFileSync(file, `${first}${rest.join('').repeat(200_000)}`);
      const sink = collect();
      read(file, sink);
      expect(sink.entries, shell).toEqual([]);
      expect(sink.skipped, shell).toEqual({ tooLong: 1 });
    }
  });

  const needed = requires('sqlite3');
  test.skipIf(needed.missing !== null)(
    `atuin: deleted rows, agents, other hosts, what runs still, the write-ahead log${needed.why}`,
    async () => {
      const { file } = writeHistory(folder, 'atuin', [{ text: 'ls', time: 1_770_000_000 }]);
      const row = (id: string, text: string, more: string): string =>
        `insert into history (id, timestamp, duration, exit, command, cwd, session, hostname, deleted_at, author, author_kind) values ('${id}', 1770000001000000000, ${more.includes('running') ? '-1, -1' : '5, 1'}, ${blob(text)}, '/x', 's', ${more.includes('other') ? "'far:ann'" : "'BOX:ann'"}, ${more.includes('deleted') ? '5' : 'null'}, ${more.includes('named') ? "'codex'" : 'null'}, ${more.includes('agent') ? '2' : 'null'});`;
      // A writer that stays open keeps its rows in the log.
      const writer = spawn('sqlite3', ['-batch', file], { stdio: ['pipe', 'pipe', 'ignore'] });
      writer.stdin.write(
        `pragma journal_mode=wal;\npragma wal_autocheckpoint=0;\n${[
          row('a', 'fresh', ''),
          row('b', 'deleted', 'deleted'),
          row('c', 'byagent', 'agent'),
          row('d', 'bycodex', 'named'),
          row('e', 'elsewhere', 'other'),
          row('f', 'running', 'running'),
        ].join('\n')}\nselect 'written';\n`,
      );
      await new Promise<void>((resolve) => {
        let output = '';
        writer.stdout.on('data', (data) => {
          output += data;
          if (output.includes('written')) resolve();
        });
      });
      const sink = collect();
      await readAtuinHistory(file, sink, 'box');
      writer.stdin.end();
      await new Promise((resolve) => writer.on('close', resolve));
      expect(sink.entries.map(({ text, exit, byAgent }) => [text, exit, byAgent])).toEqual([
        ['ls', 0, false],
        ['fresh', 1, false],
        ['byagent', 1, true],
        ['bycodex', 1, true],
        ['running', null, false],
      ]);
      expect(sink.skipped).toEqual({ otherHost: 1 });
    },
  );

  test.skipIf(needed.missing !== null)(
    `atuin: each row in the language of its shell, where that is known${needed.why}`,
    async () => {
      const texts = ['fish', 'bash', 'zsh', 'nu', 'xonsh', "'; secret"].map((text) => ({ text, time: 1_770_000_000 }));
      const { file } = writeHistory(folder, 'atuin', texts);
      sqlite(file, ["update history set shell = command, id = id || 'x';"]);
      const sink = collect();
      await readAtuinHistory(file, sink, null);
      expect(sink.entries.map(({ text, shell }) => [text, shell])).toEqual([
        ['fish', 'fish'],
        ['bash', 'bash'],
        ['zsh', 'zsh'],
        ['nu', 'nushell'],
        ['xonsh', undefined],
        ["'; secret", undefined],
      ]);
      // `end` closes what fish opens; bash has no such word.
      sqlite(file, ["update history set shell = 'fish', command = 'for x in a; git log; end' where command = 'fish';"]);
      sqlite(file, [
        "update history set shell = 'bash', command = 'for x in a; do rg log; done' where command = 'bash';",
      ]);
      const { commands, sources } = await takeShellHistory({
        histories: [{ kind: 'atuin', file }],
        known: { has: (name) => /^(git|rg)$/.test(name), foundIn: () => null },
        aliases: noAliases,
        ...{ host: null, loginShell: 'zsh', takenOn: '2026-11-21', since: null, captureLog: null },
      });
      expect(commands.map(({ name, uses }) => [name, uses])).toEqual([
        ['git', 1],
        ['rg', 1],
      ]);
      expect(sources[0]?.notUnderstood).toBe(1); // the open quote
    },
  );
});
