import type { Habit } from '../../data/habits.ts';
import type { Invocation, ShellLine, Word } from '../../lang/shell/line.ts';

/**
 * The habits that a line shows, each as often as it occurs. A pipeline is a habit only if a single command would do
 * the same: one file, no option that changes the output of the first command, no `sudo` on one side.
 */
export function habitsOf(line: ShellLine): Habit[] {
  const found: Habit[] = [];
  if (!line.invocations.some(({ name }) => name !== null && starters.has(name))) return found;
  for (const { stages } of line.pipelines) {
    const commands = stages.map((index) => (index === null ? null : (line.invocations[index] ?? null)));
    for (const [at, command] of commands.entries()) {
      if (command === null) continue;
      found.push(...alone(command, stages.length === 1));
      const next = commands[at + 1];
      const index = stages[at + 1];
      if (next && typeof index === 'number') found.push(...pair(command, next, at === 0, line, index));
    }
  }
  return found;
}

/** Every habit begins with one of these. */
const starters = new Set(['cat', 'find', 'grep', 'ps', 'sort']);

function pair(first: Invocation, second: Invocation, begins: boolean, line: ShellLine, index: number): Habit[] {
  if (first.stdout !== 'pipe') return []; // its output does not go to the second
  const arguments_ = plainArguments(second);
  if (first.name === 'cat' && begins && first.stdin === 'inherited' && isOneFile(first)) {
    switch (second.name) {
      case 'grep':
        return isFilterGrep(second) ? ['cat FILE | grep PATTERN'] : [];
      case 'tail':
        // `tail -f` behaves differently on a pipe and on a file.
        return arguments_.length === 0 &&
          !second.args.some(({ text }) => text === null || /^-(\w*[fF]|-(f|r))/.test(text))
          ? ['cat FILE | tail']
          : [];
      case 'less':
      case 'head':
      case 'wc':
        return arguments_.length === 0 ? [`cat FILE | ${second.name}`] : [];
      case 'jq':
        return arguments_.length === 1 && hasOnly(second, 'rcSsCMae') ? ['cat FILE | jq FILTER'] : [];
    }
    return [];
  }
  if (first.name === 'find' && begins && isPlainFind(first)) {
    if (second.name === 'grep' && isFilterGrep(second) && hasOnly(second, 'iEF')) return ['find | grep PATTERN'];
    const run = line.invocations.find(({ parent }) => parent === index);
    if (
      second.name === 'xargs' &&
      run?.name === 'grep' &&
      plainArguments(run).length === 1 &&
      hasOnly(run, 'ilnHwEF')
    ) {
      return ['find | xargs grep PATTERN'];
    }
    return [];
  }
  // With several files `grep -c` counts each file separately.
  const [, file, ...files] = plainArguments(first);
  if (
    first.name === 'grep' &&
    second.name === 'wc' &&
    hasOnly(first, 'iEFwvx') &&
    isFlags(second, ['-l']) &&
    files.length === 0 &&
    (file === undefined || isOneWord(file))
  ) {
    return ['grep PATTERN | wc -l'];
  }
  if (
    first.name === 'sort' &&
    second.name === 'uniq' &&
    second.args.length === 0 &&
    first.args.length <= 1 &&
    isOneFile(first, true)
  ) {
    return ['sort | uniq'];
  }
  if (
    first.name === 'ps' &&
    second.name === 'grep' &&
    isFlags(first, ['aux', '-ef', '-e', 'ax', '-A', '-aux']) &&
    isFilterGrep(second) &&
    hasOnly(second, 'iE')
  ) {
    return ['ps | grep PATTERN'];
  }
  return [];
}

function alone(command: Invocation, single: boolean): Habit[] {
  if (command.name === 'grep' && command.stdin === 'inherited' && command.args.some(isRecursive)) {
    return hasOnly(command, 'rRinlHwEFI') ? ['grep -r PATTERN'] : [];
  }
  if (
    command.name === 'find' &&
    single &&
    isPlainFind(command) &&
    command.args.some(({ text }) => /^-i?name$/.test(text ?? ''))
  ) {
    return ['find -name PATTERN'];
  }
  return [];
}

const isRecursive = ({ text }: Word): boolean =>
  text !== null && (/^-[A-Za-z]*[rR]/.test(text) || text === '--recursive');

const plainArguments = ({ args }: Invocation): Word[] => args.filter(({ text }) => text === null || !/^-./.test(text));

/** All its options are short and among these. */
function hasOnly({ args }: Invocation, letters: string): boolean {
  return args.every(
    ({ text }) =>
      text === null ||
      !/^-./.test(text) ||
      (!text.startsWith('--') && [...text.slice(1)].every((letter) => letters.includes(letter))),
  );
}

function isFlags({ args }: Invocation, allowed: readonly string[]): boolean {
  return args.length === 1 && allowed.includes(args[0]?.text ?? '');
}

/** Has one argument, a file that stays one word after expansion. */
function isOneFile({ args, redirections }: Invocation, optional = false): boolean {
  if (redirections.some(({ operator }) => operator.startsWith('<'))) return false;
  if (optional && args.length === 0) return true;
  const [file, ...more] = args;
  return more.length === 0 && file !== undefined && isOneWord(file) && !file.text?.startsWith('-');
}

/** Stays one word after expansion. */
function isOneWord({ text, pattern, quoted }: Word): boolean {
  return !pattern && (text !== null || quoted);
}

/** grep with a pattern and no file, not recursive. */
function isFilterGrep(command: Invocation): boolean {
  return plainArguments(command).length === 1 && hasOnly(command, 'ivwxcnoEFqA');
}

/** Uses only tests that fd has too. */
function isPlainFind({ args }: Invocation): boolean {
  let index = 0;
  while (index < args.length && !(args[index]?.text ?? 'x').startsWith('-')) index += 1;
  if (index > 1) return false; // several folders
  for (; index < args.length; index += 2) {
    const test = args[index]?.text;
    if (test === '-print') {
      index -= 1;
      continue;
    }
    if (test !== '-name' && test !== '-iname' && test !== '-type' && test !== '-maxdepth') return false;
    if (test === '-type' && !/^[fdl]$/.test(args[index + 1]?.text ?? '')) return false;
  }
  return true;
}
