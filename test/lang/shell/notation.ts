import type { ShellLine } from '../../../generators/lang/shell/line.ts';

/**
 * A line's invocations as one short text, for tables of expectations: `sudo, sudo>ls, grep<pipe`.
 * `>` wraps, `$` stands for a name that is an expansion, `(…)` for what is in a substitution,
 * `f:` for what a function would run, `@` for what runs elsewhere.
 */
export function notation(line: ShellLine): string {
  const text = line.invocations
    .map(({ name, wrappers, stdin, place, remote, opaque }) => {
      const chain = [...wrappers, name ?? '$'].join('>');
      const placed = place === 'substitution' ? `(${chain})` : place === 'function' ? `f:${chain}` : chain;
      const why = opaque !== null && name !== null ? '?' : '';
      return `${remote ? '@' : ''}${placed}${why}${stdin === 'pipe' ? '<' : ''}`;
    })
    .join(' ');
  return line.understood ? text : `${text} !`;
}
