import type { Word } from '../../lang/shell/line.ts';
import type { Exec } from '../call.ts';
import { shellWord } from '../regex.ts';
import type { Rewrite } from './rewrite.ts';

/** A search by name, type and depth, for fd; null for sizes, times, actions and alternatives. */
export function findFiles({ args }: Exec): Rewrite | null {
  const start = args.findIndex(({ raw }) => /^[-(!,\\]/.test(raw));
  const folders = start < 0 ? args : args.slice(0, start);
  const options: string[] = [];
  let named: { option: string; pattern: string } | null = null;
  for (let index = folders.length; index < args.length; index++) {
    const test = args[index]?.text;
    if (test === '-print') continue;
    if (test === '-print0') {
      options.push('-0');
      continue;
    }
    const value = args[++index];
    if (value === undefined) return null;
    if (test === '-name' || test === '-iname') {
      if (named !== null) return null;
      named = {
        option: test === '-name' ? '-g' : '-i -g',
        pattern: value.text === null ? value.raw : shellWord(value.text),
      };
    } else if (test === '-type' && /^[fdlxsp]$/.test(value.text ?? '')) options.push(`-t ${value.text}`);
    else if (test === '-maxdepth' && /^\d+$/.test(value.text ?? '')) options.push(`-d ${value.text}`);
    else if (test === '-mindepth' && /^\d+$/.test(value.text ?? '')) options.push(`--min-depth ${value.text}`);
    else return null;
  }
  if (named !== null) options.push(named.option);
  const where = folders.filter(({ text }: Word) => text !== '.').map(({ raw }) => raw);
  const what = named?.pattern ?? (where.length > 0 ? '.' : null);
  return {
    line: ['fd', ...options, ...(what === null ? [] : [what]), ...where].join(' '),
    note: '(it skips hidden and ignored files; `-u` finds those too)',
  };
}
