import { type SyntaxNode, type SyntaxTree, tokenStart, tokenText } from '../syntax.ts';
import { firstSignificant, TokenKind } from '../token-kind.ts';

/** Comments around one entry of a list or one binding. */
export interface EntryComments {
  /** On the line where the entry ends. */
  trailing: string | null;
  /** The lines directly above. */
  above: readonly CommentLine[];
  /** A comment further up, with a blank line between; or above, but over more than one entry. */
  blankBefore: boolean;
}

export interface CommentLine {
  text: string;
  token: number;
}

/** The comments of each of a node's children, read off the tokens between them. */
export function entryComments(
  tree: SyntaxTree,
  entries: readonly SyntaxNode[],
  from: number,
  to: number,
): EntryComments[] {
  const result: EntryComments[] = entries.map(() => ({ trailing: null, above: [], blankBefore: false }));
  let token = from;
  for (let index = 0; index <= entries.length; index += 1) {
    const until = entries[index]?.first ?? to;
    const previous = result[index - 1];
    let lineBreaks = 0;
    let blank = index === 0;
    let above: CommentLine[] = [];
    for (; token < until; token += 1) {
      const kind = tree.tokens.kinds[token];
      if (kind === TokenKind.Whitespace) {
        const breaks = countBreaks(tree, token);
        lineBreaks += breaks;
        if (breaks > 1) {
          blank = true;
          above = [];
        }
      } else if (kind === TokenKind.LineComment || kind === TokenKind.BlockComment) {
        const lines = commentLines(tokenText(tree, token));
        if (lineBreaks === 0 && previous !== undefined) previous.trailing = lines.join(' ') || null;
        else for (const text of lines) above.push({ text, token });
      } else if (kind !== TokenKind.Semicolon) {
        // Something else stands between: what was said before it belongs to that.
        above = [];
      }
    }
    const own = result[index];
    if (own !== undefined) {
      own.above = above;
      own.blankBefore = blank;
      token = (entries[index] as SyntaxNode).last;
    }
  }
  return result;
}

/** The comments between entries, line by line; those on an entry's own line are not among them. */
export function gapLines(
  tree: SyntaxTree,
  children: readonly SyntaxNode[],
  node: SyntaxNode,
): { text: string; token: number }[] {
  const lines: { text: string; token: number }[] = [];
  let token = node.first + 1;
  for (const child of [...children, { first: node.last, last: node.last }]) {
    let broke = token === node.first + 1;
    for (; token < child.first; token += 1) {
      const kind = tree.tokens.kinds[token] as number;
      const text = tree.text.slice(tokenStart(tree, token), tree.tokens.ends[token]);
      if (kind === 0) broke ||= text.includes('\n');
      else if (kind < firstSignificant && broke) {
        for (const line of text.split('\n')) {
          const bare = line
            .replace(/^\s*(?:\/\*+|#+|\*+\/?)?\s*/, '')
            .replace(/\s*\*+\/\s*$/, '')
            .trim();
          if (bare !== '') lines.push({ text: bare, token });
        }
      }
    }
    token = child.last;
  }
  return lines;
}

function countBreaks(tree: SyntaxTree, token: number): number {
  const end = tree.tokens.ends[token] as number;
  let breaks = 0;
  for (
    let at = tree.text.indexOf('\n', tokenStart(tree, token));
    at !== -1 && at < end;
    at = tree.text.indexOf('\n', at + 1)
  ) {
    breaks += 1;
  }
  return breaks;
}

/** A comment's lines without its marks and decoration. */
function commentLines(comment: string): string[] {
  const inner = comment.startsWith('#')
    ? comment.replace(/^#+!?/, '')
    : comment.replace(/^\/\*+/, '').replace(/\*+\/$/, '');
  return inner
    .split('\n')
    .map((line) =>
      line
        .replace(/^[\s*#]*(?:[-=~_*#─━═—]{3,}\s*)?/u, '')
        .replace(/\s*[-=~_*#─━═—]{3,}\s*$/u, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
}

const entry =
  /^\(?((?:[A-Za-z_][\w'-]*)(?:\.(?:[A-Za-z_][\w'-]*|\$\{[^}]*\}))*)\)?(?:\s*(?:#|--?\s|—|:\s|\()\s*(.*))?$/u;

/** A comment's line that may be an entry taken out: its reference, and what is said of it. */
export function commentedEntry(line: string): { reference: string[]; comment: string | null } | undefined {
  const found = entry.exec(line);
  if (found === null) return undefined;
  const reference = [...(found[1] as string).matchAll(/\$\{[^}]*\}|[\w'-]+/g)].map(([name]) => name);
  return { reference, comment: found[2]?.replace(/^#+\s*/, '').trim() || null };
}

/** Whether a comment's line is code that was taken out, or a note to oneself, and so says no purpose. */
export function isNoPurpose(line: string): boolean {
  return (
    /[;{}[\]]$|^\S+\s*=\s|^\$ |^[\])}]/.test(line) ||
    /^(todo|fixme|xxx|review|disabled|temp|temporar\w+|hack|nixfmt|statix|deadnix|shellcheck|noqa|vim:)\b/i.test(
      line,
    ) ||
    /^(https?:\/\/\S+\s*)+$/.test(line)
  );
}
