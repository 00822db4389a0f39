import { sortArguments } from '../../lang/shell/arguments.ts';
import type { Exec } from '../call.ts';
import type { Rewrite } from './rewrite.ts';

/** `ls` for a reader, for eza; null where a program reads the output. */
export function list(exec: Exec): Rewrite | null {
  if (exec.stdout !== 'inherited') return null;
  const { options, values, operands, dynamic } = sortArguments(exec.args);
  if (dynamic || values.size > 0) return null;
  const flags = new Set<string>();
  let sort: string | null = null;
  for (const option of options) {
    if (/^-[laA1RdFi]$/.test(option)) flags.add(option === '-A' ? 'a' : option.slice(1));
    else if (option === '--all' || option === '--almost-all') flags.add('a');
    else if (option === '-t') sort = 'modified';
    else if (option === '-S') sort = 'size';
    else if (!/^(-h|-r|--human-readable|--color)$/.test(option)) return null;
  }
  // ls has the newest and the largest first, eza last.
  const reverse = (sort !== null) !== options.has('-r');
  return {
    line: [
      'eza',
      ...(flags.size === 0 ? [] : [`-${[...flags].join('')}`]),
      ...(sort === null ? [] : [`--sort=${sort}`]),
      ...(reverse ? ['--reverse'] : []),
      ...operands.map(({ raw }) => raw),
    ].join(' '),
  };
}

/** `tree` with a depth, folders only, hidden files or a pattern to ignore. */
export function tree(exec: Exec): Rewrite | null {
  if (exec.stdout !== 'inherited') return null;
  const { options, values, operands, dynamic } = sortArguments(exec.args, ['-L', '-I']);
  if (dynamic) return null;
  const flags: string[] = [];
  for (const option of options) {
    if (option === '-a') flags.push('-a');
    else if (option === '-d') flags.push('-D');
    else if (option !== '-L' && option !== '-I') return null;
  }
  for (const option of ['-L', '-I']) for (const { raw } of values.get(option) ?? []) flags.push(`${option} ${raw}`);
  return { line: ['eza --tree', ...flags, ...operands.map(({ raw }) => raw)].join(' ') };
}
