import { readFileSync } from 'node:fs';

export interface Row {
  expected: string;
  rule: string;
  command: string;
}

/** The rows of a table: `expected | rule | command`, where `⏎` is a line break. */
export function readTable(name: string): Row[] {
  const text = readFileSync(new URL(`tables/${name}.txt`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, expected, rule, command] = /^(\w+) \| ?([\w-]*) ?\| (.*)$/.exec(line) as unknown as [
        string,
        string,
        string,
        string,
      ];
      return { expected, rule, command: command.replaceAll('⏎', '\n') };
    });
}
