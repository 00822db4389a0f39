import { texts } from '../lang/shell/arguments.ts';
import { commandFacts } from '../lang/shell/command-table.ts';
import type { Exec } from './call.ts';

/** What the arguments of a command contain besides names and options. */
interface InlineCode {
  /** Code of other languages. They are not parsed, so what is found in it is likely and not certain. */
  code: string[];
  /** Texts that are shell commands, or may be. */
  commands: string[];
}

/**
 * Code of other languages and commands that are hidden in arguments: `python -c`, `perl -e`,
 * `awk 'BEGIN{system(…)}'`, `git -c alias.x='!…'`, `vim -c '!…'`, `tar --checkpoint-action=exec=…`.
 */
export function inlineCode(exec: Exec): InlineCode {
  const kind = exec.base === null ? undefined : commandFacts(exec.base)?.code;
  if (kind === undefined) return { code: [], commands: [] };
  const words = texts(exec.args);
  switch (kind) {
    case 'words':
      return { code: [...words, ...fedCode(exec)], commands: [] };
    case 'options':
      return {
        code: [...words.filter((_, index) => codeOption.test(words[index - 1] ?? '')), ...fedCode(exec)],
        commands: [],
      };
    case 'editor':
      return {
        code: [],
        commands: words.flatMap(
          (word) =>
            /^(?:\+|:)?(?:silent )?:?(?:r )?!(.+)/.exec(word)?.[1] ??
            literals(word.startsWith('+') || words.includes('-c') ? word : ''),
        ),
      };
    case 'commands':
      return {
        code: [],
        commands: [
          ...words.map((word) => word.replace(/^(\\!|\.shell|\.system|shell|!)\s*/, '')),
          ...fedCode(exec),
        ].filter((word) => /\s/.test(word)),
      };
    default:
      return { code: [], commands: words.flatMap((word) => kind.exec(word)?.[1] ?? []) };
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

/** Functions that start a program, and syntax that does. */
const startsPrograms =
  /\b(system|popen\w*|Popen|subprocess|exec\w*|spawn\w*|shell_exec|passthru|check_output|check_call|getoutput|getstatusoutput|Command|Run|sh|bash|qx|pty|run|call)\b|`|%x|\|/i;

/** The shell commands that code may run: its strings, if it starts programs at all, and the paths that it removes. */
export function commandsOfCode(code: string): string[] {
  const found = startsPrograms.test(code) ? literals(code) : [];
  const removed =
    /(?:rmtree|rmSync|rm_rf|rm_r|remove_tree|rimraf|unlink|rmdir)\s*\(?\s*(?:[\w.]+\(\s*)?["']([^"']+)["']/.exec(
      code,
    )?.[1];
  if (removed !== undefined) found.push(`rm -rf ${removed}`);
  if (removesHome.test(code)) found.push('rm -rf ~');
  return found;
}

const removesHome =
  /(?:rmtree|rmSync|rm_rf|rm_r|remove_tree|rimraf)\s*\(?\s*(?:Dir\.home|(?:\w+\.)*Path\.home\(\)|(?:os\.)?homedir\(\)|process\.env\.HOME|ENV\[["']HOME["']\]|os\.environ\[["']HOME["']\])\s*[,);\n]|(?:rm_rf|rm_r)\s+Dir\.home\s*$/;

/** The string literals of code, and the lists of words that functions such as `subprocess.run` take. */
function literals(code: string): string[] {
  const found = [...code.matchAll(stringLiteral)].map(literalText);
  for (const list of code.matchAll(/\[((?:\s*(?:"[^"]*"|'[^']*')\s*,?)+)\]/g)) {
    found.push([...(list[1] ?? '').matchAll(/"([^"]*)"|'([^']*)'/g)].map((word) => word[1] ?? word[2]).join(' '));
  }
  return found.filter((text) => text !== '');
}

const stringLiteral = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`/g;

const literalText = (match: RegExpMatchArray): string => match[1] ?? match[2] ?? match[3] ?? '';

const reader =
  '\\b(?:open|Path|PurePath|read\\w*|File|slurp|createReadStream|file_get_contents|join|expanduser|resolve|fopen|dotenv_values|file)';

/** Whether the text before a literal calls a function that reads a file: `open(`, `Path.home() / `, `getline < `. */
function opensNext(before: string): boolean {
  if (/(?:<|\)\s*\/)\s*[rbf]?$/.test(before)) return true;
  const call = new RegExp(`${reader}\\b([^;\\n]*)$`).exec(before)?.[1];
  return call !== undefined && count(call, '(') >= count(call, ')') && !/[=:]\s*[rbf]?$/.test(call);
}

const count = (text: string, char: string): number => text.split(char).length - 1;

/**
 * The string literals of code that name a file which the code reads, in one statement or by a variable. A literal that
 * is only compared, listed or printed does not count, nor does a file that is opened for writing.
 *
 * @param wanted the literals to look at
 */
export function filesReadByCode(code: string, wanted: (text: string) => boolean): string[] {
  return [...code.matchAll(stringLiteral)].flatMap((match) => {
    const text = literalText(match);
    if (!wanted(text)) return [];
    const before = code.slice(Math.max(0, match.index - 160), match.index);
    const after = code.slice(match.index + match[0].length, match.index + match[0].length + 40);
    if (/^\s*,\s*(?:mode\s*=\s*)?["'][wax]/.test(after)) return [];
    if (opensNext(before)) return [text];
    const variable =
      /([A-Za-z_$][\w$]*)\s*:?=\s*[rbf]?$/.exec(before)?.[1] ??
      /\bfor\s+\(?(?:const |let |my )?([A-Za-z_$][\w$]*)\s+(?:in|of)\s*[[(][^\])]*$/.exec(before)?.[1];
    if (variable === undefined) return [];
    const name = variable.replaceAll('$', '\\$');
    return new RegExp(`${reader}\\s*\\([^)\\n]*\\b${name}\\b|\\b${name}\\.read`).test(code) ? [text] : [];
  });
}
