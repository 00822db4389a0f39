import { type CommandFiles, commandFiles } from '../lang/shell/command-files.ts';
import { commandFacts, isInterpreter } from '../lang/shell/command-table.ts';
import type { Redirection, Word } from '../lang/shell/line.ts';
import type { Access, Exec } from './call.ts';

/** The files that a command reads and writes according to its arguments; redirections are not included. */
export function accesses(exec: Exec): Access[] {
  const { base, cwd, args } = exec;
  if (base === null) return [];
  const facts = commandFacts(base);
  // What a wrapper runs is a command of its own.
  if (facts?.operands === undefined && (exec.line.functions.includes(base) || exec.runs)) return [];
  const files = facts?.operands === undefined ? unknownFiles(base, args) : commandFiles(facts, args);
  const as = (how: Access['how'], words: readonly Word[]): Access[] =>
    words.map((word) => ({ word, how, cwd, by: base, exec }));
  return [
    ...as('read', files.read),
    ...as('edit', files.written),
    ...as('remove', files.removed),
    ...as('mention', files.mentioned),
  ];
}

/**
 * The file that a redirection reads or writes.
 *
 * @param exec the command that it belongs to; undefined for a loop or a group
 * @param cwd the last folder of the line
 */
export function redirected(redirection: Redirection, exec: Exec | undefined, cwd: string | null): Access | null {
  const { operator, target } = redirection;
  if (target === null || operator.startsWith('<<')) return null;
  if (operator === '<&' || (operator === '>&' && /^(\d+-?|-)$/.test(target.text ?? ''))) return null;
  if (operator !== '<') return { word: target, how: 'edit', cwd, by: operator };
  if (exec === undefined) return { word: target, how: 'read', cwd, by: operator };
  // `wc -l < file` prints nothing of it.
  const names = exec.base !== null && commandFacts(exec.base)?.operands === 'names';
  return names ? null : { word: target, how: 'read', cwd: exec.cwd ?? cwd, by: operator, exec };
}

/** Options whose value is a file that the program uses and does not print. */
const usesFile =
  /^--?(env|env-file|e|i|identity|identity-file|key|keyfile|key-file|private-key|cert|tls-key|ssl-key|f|file|config|kubeconfig|passfile|passphrase-file|ssh-key|secrets?|dotenv|o|output|out)$/;

/** A program about which nothing is known may print every file that it is given. */
function unknownFiles(name: string, args: readonly Word[]): CommandFiles {
  const takesCode = isInterpreter(name);
  const mentioned = args.filter((word, index) => {
    const text = word.text ?? '';
    if (text === '' || text.startsWith('-') || usesFile.test(args[index - 1]?.text ?? '')) return false;
    // `inline-code.ts` looks into code.
    return !(takesCode && /\s|[()'"]/.test(text));
  });
  return { read: [], written: [], removed: [], mentioned };
}
