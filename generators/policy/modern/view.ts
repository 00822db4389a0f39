import { sortArguments } from '../../lang/shell/arguments.ts';
import type { Exec } from '../call.ts';
import type { Rewrite } from './rewrite.ts';

/** `cat` as a viewer, for bat. As the source of a pipeline or with a here-document it is left alone. */
export function view(exec: Exec): Rewrite | null {
  if (exec.stdout !== 'inherited' || exec.stdin !== 'inherited') return null;
  const { options, values, operands, dynamic } = sortArguments(exec.args);
  if (dynamic || values.size > 0 || operands.length === 0 || operands.some(({ text }) => text === '-')) return null;
  let style = '-pp';
  for (const option of options) {
    if (option === '-n' || option === '--number')
      style = '--style=numbers --decorations=always --color=never --paging=never';
    else if (option === '-A' || option === '--show-all') style = '-pp -A';
    else return null;
  }
  return { line: ['bat', style, ...operands.map(({ raw }) => raw)].join(' ') };
}

/**
 * Replaces complete forms of a command whose output a person or an agent reads.
 *
 * @param forms the options as typed, with their replacement; '' is none
 * @param takesFiles whether operands may follow
 */
export function wholeForm(
  exec: Exec,
  by: string,
  forms: Readonly<Record<string, string>>,
  takesFiles: boolean,
): Rewrite | null {
  if (exec.stdout !== 'inherited') return null;
  const options = exec.args.filter(({ raw }) => raw.startsWith('-') || Object.hasOwn(forms, raw));
  const files = exec.args.filter((word) => !options.includes(word));
  const form = options.map(({ raw }) => raw).join(' ');
  if (!Object.hasOwn(forms, form) || (files.length > 0 && !takesFiles)) return null;
  return { line: [by, forms[form] ?? '', ...files.map(({ raw }) => raw)].filter((part) => part !== '').join(' ') };
}
