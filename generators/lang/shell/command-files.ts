import { part, sortArguments, subcommandAt } from './arguments.ts';
import type { CommandFacts } from './command-table.ts';
import type { Word } from './line.ts';

/** The words of a command that are files. */
export interface CommandFiles {
  /** Their content is printed or sent. */
  read: Word[];
  written: Word[];
  removed: Word[];
  /** Passed to a program that may print the content. */
  mentioned: Word[];
}

/** The files among the arguments of a command. Redirections are not included. */
export function commandFiles(facts: CommandFacts, args: readonly Word[]): CommandFiles {
  const files: CommandFiles = { read: [], written: [], removed: [], mentioned: [] };
  if (facts.subcommands !== undefined) {
    const at = subcommandAt(args, options(facts.valued));
    const name = args[at]?.text ?? '';
    const sub = Object.hasOwn(facts.subcommands, name) ? facts.subcommands[name] : undefined;
    return sub === undefined ? files : commandFiles(sub, args.slice(at + 1));
  }
  const { expression, expressionFiles, reads, writes, sends } = facts;
  const sorted = sortArguments(
    args,
    [expression, expressionFiles, facts.valued, reads, writes, sends].flatMap(options),
  );
  const values = (names: string | undefined): Word[] => options(names).flatMap((name) => sorted.values.get(name) ?? []);
  const has = (names: string | undefined): boolean => options(names).some((name) => sorted.options.has(name));

  files.read.push(...values(expressionFiles), ...values(reads), ...values(sends).flatMap(sentFile));
  files.written.push(...values(writes));
  const expressionFirst = expression !== undefined && !has(expression) && !has(expressionFiles);
  const operands = sorted.operands.slice((facts.skip ?? 0) + (expressionFirst ? 1 : 0));
  switch (facts.operands) {
    case 'read':
      (has(facts.inPlace) ? files.written : files.read).push(...operands);
      break;
    case 'write':
      files.written.push(...operands);
      break;
    case 'removed':
      files.removed.push(...operands);
      break;
    case 'copied': {
      const last = files.written.length > 0 ? operands.length : -1;
      files.read.push(...operands.slice(0, last));
      if (last < 0) files.written.push(...operands.slice(-1));
      break;
    }
    case 'linked':
      files.mentioned.push(...(operands.length === 1 ? operands : operands.slice(0, -1)));
      if (operands.length > 1) files.written.push(...operands.slice(-1));
      break;
    case 'revisions':
      files.read.push(...operands.map(fileOfRevision));
      break;
    case 'urls':
      files.read.push(...operands.flatMap((word) => (word.text?.startsWith('file://') ? [part(word, 7)] : [])));
      break;
    case 'mention':
      files.mentioned.push(...operands);
      break;
    default:
      break;
  }
  if (facts.assigned !== undefined) {
    files.read.push(...assignedTo(facts.assigned.read, args));
    files.written.push(...assignedTo(facts.assigned.write, args));
  }
  return files;
}

const options = (names: string | undefined): string[] => (names ? names.split(' ') : []);

/** The file of `@file` and `name=@file`. */
function sentFile(word: Word): Word[] {
  const text = word.text ?? word.shape ?? '';
  const at = text.indexOf('@');
  return at >= 0 && /^$|[=<]$/.test(text.slice(0, at)) ? [part(word, at + 1)] : [];
}

/** `.env` for `HEAD:.env`. */
const fileOfRevision = (word: Word): Word => (word.text?.includes(':') ? part(word, word.text.indexOf(':') + 1) : word);

const assignedTo = (name: string, args: readonly Word[]): Word[] =>
  args.flatMap((word) => (word.text?.startsWith(name) ? [part(word, name.length)] : []));
