import { visible } from '../text.ts';
import type { Explanation } from './explain.ts';

/** An explanation for a reader. */
export function explainText({ decision, rule, reason, others, understood, commands, files }: Explanation): string {
  const list = (label: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : [`    ${label.padEnd(8)} ${items.map(visible).join(', ')}`];
  return [
    ...(understood ? [] : ['The command could not be understood completely.', '']),
    ...commands.flatMap((one, index) => [
      `${index + 1}. ${visible(one.words.join(' '))}${one.remote ? '  (on another machine or in a container)' : ''}`,
      ...list('in', [one.folder ?? 'a folder that is not known']),
      ...list('reads', one.reads),
      ...list('writes', one.writes),
      ...list('removes', one.removes),
      ...list('runs', one.runs),
    ]),
    ...files.map(({ file, how }) => `${how}: ${visible(file)}`),
    '',
    decision === 'none'
      ? 'No rule matches: the client decides as without the hook.'
      : `${decision}, by the rule \`${rule}\``,
    ...(reason === null ? [] : [`    ${visible(reason)}`]),
    ...others.flatMap((other) => [`also ${other.decision}, by \`${other.rule}\``, `    ${visible(other.reason)}`]),
    '',
  ].join('\n');
}
