import { texts } from '../lang/shell/arguments.ts';
import { commandFacts } from '../lang/shell/command-table.ts';
import type { Exec } from './call.ts';

/**
 * Code of other languages and commands that are hidden in arguments: `python -c`, `perl -e`,
 * `awk 'BEGIN{system(…)}'`, `git -c alias.x='!…'`, `vim -c '!…'`, `tar --checkpoint-action=exec=…`.
 *
 * @returns texts that may contain a shell command or the name of a file. These languages are not parsed,
 * so what is found is likely and not certain.
 */
export function inlineCode(exec: Exec): string[] {
  const code = exec.base === null ? undefined : commandFacts(exec.base)?.code;
  if (code === undefined) return [];
  const words = texts(exec.args);
  switch (code) {
    case 'words':
      return [...words, ...fedCode(exec)].flatMap(literals);
    case 'options':
      return [...words.filter((_, index) => codeOption.test(words[index - 1] ?? '')), ...fedCode(exec)].flatMap(
        literals,
      );
    case 'editor':
      return words.flatMap(
        (word) =>
          /^(?:\+|:)?(?:silent )?:?(?:r )?!(.+)/.exec(word)?.[1] ??
          literals(word.startsWith('+') || words.includes('-c') ? word : ''),
      );
    case 'commands':
      return [...words.map((word) => word.replace(/^(\\!|\.shell|\.system|shell|!)\s*/, '')), ...fedCode(exec)].filter(
        (word) => /\s/.test(word),
      );
    default:
      return words.flatMap((word) => code.exec(word)?.[1] ?? []);
  }
}

/** Options whose value is code: `-c`, `-e`, `-pe`, `--eval`. */
const codeOption = /^(-[a-zA-Z]*[ceErp]|--eval|--print)$/;

/** The text of here-documents and here-strings. */
function fedCode({ redirections }: Exec): string[] {
  return redirections.flatMap(({ operator, target }) =>
    operator.startsWith('<<') && target !== null ? [target.text ?? target.raw] : [],
  );
}

/** The string literals of code, the lists of words that functions such as `subprocess.run` take, and removed paths. */
function literals(code: string): string[] {
  const found: string[] = [];
  for (const match of code.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`/g))
    found.push(match[1] ?? match[2] ?? match[3] ?? '');
  for (const list of code.matchAll(/\[((?:\s*(?:"[^"]*"|'[^']*')\s*,?)+)\]/g)) {
    found.push([...(list[1] ?? '').matchAll(/"([^"]*)"|'([^']*)'/g)].map((word) => word[1] ?? word[2]).join(' '));
  }
  const removed =
    /(?:rmtree|rmSync|rm_rf|rm_r|remove_tree|rimraf|unlink|rmdir)\s*\(?\s*(?:[\w.]+\(\s*)?["']([^"']+)["']/.exec(
      code,
    )?.[1];
  if (removed !== undefined) found.push(`rm -rf ${removed}`);
  return found.filter((text) => text !== '');
}
