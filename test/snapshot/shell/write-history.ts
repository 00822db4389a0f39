import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HistoryFile } from '../../../generators/snapshot/shell/find-histories.ts';

/** Lines with the second they were typed in, in the order of typing. */
export type Typed = readonly { text: string; time: number; exit?: number }[];

/** Every format in which a history can be stored, written as the shells write it. */
export const formats = [
  'fish',
  'bash stamped',
  'bash plain',
  'zsh extended',
  'zsh plain',
  'nushell text',
  'nushell sqlite',
  'atuin',
] as const;
export type Format = (typeof formats)[number];

export const needsSqlite = (format: Format): boolean => format === 'atuin' || format === 'nushell sqlite';

/** Writes a history file into the folder. */
export function writeHistory(folder: string, format: Format, lines: Typed): HistoryFile {
  const file = path.join(folder, `${format.replace(' ', '-')}${format === 'nushell text' ? '.txt' : ''}`);
  const write = (text: string | Buffer): void => writeFileSync(file, text);
  const text = (render: (line: Typed[number]) => string): string => lines.map(render).join('');
  switch (format) {
    case 'fish':
      write(
        text(({ text: line, time }) => {
          const escaped = line.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
          return `- cmd: ${escaped}\n  when: ${time}\n  paths:\n    - some/${escaped}\n`;
        }),
      );
      return { kind: 'fish', file };
    case 'bash stamped':
      write(text(({ text: line, time }) => `#${time}\n${line}\n`));
      return { kind: 'bash', file };
    case 'bash plain':
      write(text(({ text: line }) => `${line}\n`));
      return { kind: 'bash', file };
    case 'zsh extended':
      write(metafy(text(({ text: line, time }) => `: ${time}:0;${continued(line)}\n`)));
      return { kind: 'zsh', file };
    case 'zsh plain':
      write(metafy(text(({ text: line }) => `${continued(line)}\n`)));
      return { kind: 'zsh', file };
    case 'nushell text':
      write(text(({ text: line }) => `${line.replaceAll('\n', '<\\n>')}\n`));
      return { kind: 'nushell', file };
    case 'nushell sqlite':
      sqlite(file, [
        `create table history (id integer primary key autoincrement, command_line text not null, start_timestamp integer,
         session_id integer, hostname text, cwd text, duration_ms integer, exit_status integer, more_info text) strict;`,
        ...lines.map(
          ({ text: line, time, exit }) =>
            `insert into history values (null, ${blob(line)}, ${time}000, 1, ${blob(line)}, ${blob(line)}, 5, ${exit ?? 0}, ${blob(line)});`,
        ),
      ]);
      return { kind: 'nushell', file };
    case 'atuin':
      sqlite(file, [
        `create table history (id text primary key, timestamp integer not null, duration integer not null,
         exit integer not null, command text not null, cwd text not null, session text not null, hostname text not null,
         deleted_at integer, author text, intent text, shell text, author_kind integer);`,
        ...lines.map(
          ({ text: line, time, exit }, index) =>
            `insert into history values ('${index}', ${time}000000000, 5000000, ${exit ?? 0}, ${blob(line)}, ${blob(line)}, 's', 'box:ann', null, ${blob(line)}, ${blob(line)}, 'fish', 1);`,
        ),
      ]);
      return { kind: 'atuin', file };
  }
}

export function sqlite(file: string, statements: readonly string[]): void {
  execFileSync('sqlite3', ['-batch', file], { input: `begin;\n${statements.join('\n')}\ncommit;\n` });
}

export function blob(text: string): string {
  return `cast(x'${Buffer.from(text).toString('hex')}' as text)`;
}

function continued(line: string): string {
  return line.replaceAll('\n', '\\\n').replace(/(\\+)$/, '$1 ');
}

/** As zsh stores bytes of its own: 0, 0x83 to 0xa2. */
function metafy(text: string): Buffer {
  const bytes: number[] = [];
  for (const byte of Buffer.from(text)) {
    if (byte === 0 || (byte >= 0x83 && byte <= 0xa2)) bytes.push(0x83, byte ^ 32);
    else bytes.push(byte);
  }
  return Buffer.from(bytes);
}
