import { texts } from './arguments.ts';
import type { Exec } from './call.ts';
import { interpreter } from './names.ts';

/** The commands that `inlineCode` looks into; interpreters with a version in their name are not listed. */
export const inlineCommands: readonly string[] = (
  'python python3 pypy pypy3 perl ruby node nodejs deno bun php lua awk gawk mawk tclsh guile osascript vim nvim vi ex ' +
  'tar bsdtar ssh scp sftp tmux screen zellij expect gdb psql sqlite3 at batch crontab make just'
).split(' ');

/**
 * Code of other languages and commands that are hidden in arguments: `python -c`, `perl -e`,
 * `awk 'BEGIN{system(…)}'`, `git -c alias.x='!…'`, `vim -c '!…'`, `tar --checkpoint-action=exec=…`.
 *
 * @returns texts in which a shell command or a file may stand; nobody parses these languages here,
 * so what is found in them is likely, not certain
 */
export function inlineCode(exec: Exec): string[] {
  const { base } = exec;
  if (base === null) return [];
  const words = texts(exec.args);
  if (interpreter.test(base)) {
    const code = /awk$/.test(base)
      ? words
      : words.filter((_, index) => /^(-[a-zA-Z]*[ceErp]|--eval|--print|-[a-zA-Z]*e)$/.test(words[index - 1] ?? ''));
    const fed = exec.redirections.flatMap(({ operator, target }) =>
      operator.startsWith('<<') && target !== null ? [target.text ?? target.raw] : [],
    );
    return [...code, ...fed].flatMap(literals);
  }
  switch (base) {
    case 'git':
      return words.flatMap(
        (word) =>
          /^(?:alias\.[^=]+=!|core\.(?:pager|editor|sshCommand)=|[\w.]+\.(?:helper|cmd|textconv)=!?)(.+)/.exec(
            word,
          )?.[1] ?? [],
      );
    case 'vim':
    case 'nvim':
    case 'vi':
    case 'ex':
      return words.flatMap(
        (word) =>
          /^(?:\+|:)?(?:silent )?:?(?:r )?!(.+)/.exec(word)?.[1] ??
          literals(word.startsWith('+') || words.includes('-c') ? word : ''),
      );
    case 'tar':
    case 'bsdtar':
      return words.flatMap((word) => /exec=(.+)/.exec(word)?.[1] ?? []);
    case 'ssh':
    case 'scp':
    case 'sftp':
      return words.flatMap((word) => /(?:ProxyCommand|LocalCommand)[= ](.+)/i.exec(word)?.[1] ?? []);
    case 'tmux':
    case 'screen':
    case 'zellij':
    case 'expect':
    case 'gdb':
    case 'psql':
    case 'sqlite3':
    case 'at':
    case 'batch':
    case 'crontab':
    case 'make':
    case 'just':
      return [
        ...words.map((word) => word.replace(/^(\\!|\.shell|\.system|shell|!)\s*/, '')),
        ...exec.redirections.flatMap(({ operator, target }) =>
          operator.startsWith('<<') && target?.text ? [target.text] : [],
        ),
      ].filter((word) => /\s/.test(word));
    default:
      return [];
  }
}

/** String literals of a piece of code, and the lists of words that `subprocess` and its like take. */
function literals(code: string): string[] {
  const found: string[] = [];
  for (const one of code.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`/g))
    found.push(one[1] ?? one[2] ?? one[3] ?? '');
  for (const list of code.matchAll(/\[((?:\s*(?:"[^"]*"|'[^']*')\s*,?)+)\]/g)) {
    found.push([...(list[1] as string).matchAll(/"([^"]*)"|'([^']*)'/g)].map((one) => one[1] ?? one[2]).join(' '));
  }
  const removed =
    /(?:rmtree|rmSync|rm_rf|rm_r|remove_tree|rimraf|unlink|rmdir)\s*\(?\s*(?:[\w.]+\(\s*)?["']([^"']+)["']/.exec(
      code,
    )?.[1];
  if (removed !== undefined) found.push(`rm -rf ${removed}`);
  return found.filter((text) => text !== '');
}
