import { sortArguments } from '../lang/shell/arguments.ts';
import type { Invocation } from '../lang/shell/line.ts';
import { baseName } from './names.ts';

const filters = /^(sort|uniq|head|tail|tac|nl|tr|column|grep|egrep|rg|sed|cat|paste|xargs)$/;

/** Whether a command, or a later stage of its pipeline, prints of a file of settings only the names or a count. */
export function printsOnlyNames(
  exec: Invocation & {
    line: { pipelines: readonly { stages: (number | null)[] }[]; invocations: readonly Invocation[] };
  },
): boolean {
  if (namesOnly(exec)) return true;
  for (const later of laterStages(exec)) {
    if (namesOnly(later)) return true;
    if (!filters.test(baseName(later.name ?? ''))) return false;
  }
  return false;
}

/** The commands that the output of a command is piped to, in their order. */
export function laterStages(exec: Parameters<typeof printsOnlyNames>[0]): Invocation[] {
  const { pipelines, invocations } = exec.line;
  if (exec.stdout !== 'pipe') return [];
  const stages = pipelines[exec.pipeline]?.stages.slice(exec.stage + 1) ?? [];
  return stages.flatMap((index) => (index === null ? [] : (invocations[index] ?? [])));
}

function namesOnly({ name, args }: Invocation): boolean {
  switch (baseName(name ?? '')) {
    case 'grep':
    case 'egrep':
    case 'fgrep':
    case 'rg': {
      const { options, operands, values, dynamic } = sortArguments(args, [
        '-e',
        '--regexp',
        '-A',
        '-B',
        '-C',
        '-m',
        '-f',
      ]);
      if (dynamic) return false;
      if (quiet.some((option) => options.has(option))) return true;
      const pattern = (values.get('-e') ?? values.get('--regexp') ?? operands)[0]?.text;
      return (options.has('-o') || options.has('--only-matching')) && pattern != null && namePattern.test(pattern);
    }
    case 'cut': {
      const { values } = sortArguments(args, ['-d', '-f', '-c', '-b', '--delimiter', '--fields']);
      const value = (short: string, long: string) => (values.get(short) ?? values.get(long))?.[0]?.text;
      return value('-d', '--delimiter') === '=' && value('-f', '--fields') === '1';
    }
    case 'awk':
    case 'gawk':
    case 'mawk': {
      const { values, operands } = sortArguments(args, ['-F', '-v', '-f']);
      const program = operands[0]?.text ?? '';
      return /^"?=/.test(values.get('-F')?.[0]?.text ?? '') && /^[^{}$]*\{\s*print \$1;?\s*\}\s*$/.test(program);
    }
    case 'sed': {
      const { options, operands } = sortArguments(args, ['-e']);
      return !options.has('-n') && /^s([/|,#])=\.\*\$?\1[^&\\]*\1g?$/.test(operands[0]?.text ?? '');
    }
    case 'wc':
      return true;
    default:
      return false;
  }
}

const quiet = [
  ...['-q', '-c', '-l', '-L', '--quiet', '--silent', '--count', '--files-with-matches', '--files-without-match'],
  '--files',
];

/** A pattern that matches names of variables and no more: `^[A-Z_]+`, `^[^=]*`. */
const namePattern = /^\^?(?:\(?(?:\[[A-Za-z0-9_-]+\]|\[\^=\]|\\w)[*+]?\)?)+=?$/;
