import { type SyntaxNode, type SyntaxTree, tokenStart, tokenText } from '../syntax.ts';
import { TokenKind } from '../token-kind.ts';

/** Comments around one entry of a list or one binding. */
export interface EntryComments {
  /** On the line where the entry ends. */
  trailing: string | null;
  /** The lines directly above. */
  above: readonly CommentLine[];
  /** A comment further up, before a blank line; or directly above several entries. */
  blankBefore: boolean;
}

export interface CommentLine {
  text: string;
  token: number;
  /** The comment is one line. */
  isWhole: boolean;
}

/** The comments of each child of a node, from the tokens between the children. */
export function entryComments(
  tree: SyntaxTree,
  entries: readonly SyntaxNode[],
  from: number,
  to: number,
): EntryComments[] {
  const result: EntryComments[] = entries.map(() => ({ trailing: null, above: [], blankBefore: false }));
  let token = from;
  for (let index = 0; index <= entries.length; index += 1) {
    const entry = entries[index];
    const until = entry?.first ?? to;
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
        else for (const text of lines) above.push({ text, token, isWhole: lines.length === 1 });
      } else if (kind !== TokenKind.Semicolon) {
        // Comments before another token belong to that token.
        above = [];
      }
    }
    const own = result[index];
    if (own !== undefined && entry !== undefined) {
      own.above = above;
      own.blankBefore = blank;
      token = entry.last;
    }
  }
  return result;
}

/** A line of a comment between entries. */
interface GapLine {
  text: string;
  token: number;
  /** Directly below the comment line before it. */
  isNext: boolean;
}

/** The lines of the comments between entries, without the comments on the line of an entry. */
function gapLines(tree: SyntaxTree, children: readonly SyntaxNode[], node: SyntaxNode): GapLine[] {
  const lines: GapLine[] = [];
  let token = node.first + 1;
  for (const child of [...children, { first: node.last, last: node.last }]) {
    let breaks = token === node.first + 1 ? 2 : 0;
    let isFirst = true;
    for (; token < child.first; token += 1) {
      const kind = tree.tokens.kinds[token];
      if (kind === TokenKind.Whitespace) breaks += countBreaks(tree, token);
      else if ((kind === TokenKind.LineComment || kind === TokenKind.BlockComment) && breaks > 0) {
        for (const text of commentLines(tokenText(tree, token))) {
          lines.push({ text, token, isNext: !isFirst && breaks < 2 });
          isFirst = false;
          breaks = 1;
        }
        breaks = 0;
      }
    }
    token = child.last;
  }
  return lines;
}

/** Commented-out entries between entries, each with its comment: on its line, else in the lines above it. */
export function commentedEntries(
  tree: SyntaxTree,
  children: readonly SyntaxNode[],
  node: SyntaxNode,
): { reference: string[]; comment: string | null; token: number }[] {
  let above: string[] = [];
  return gapLines(tree, children, node).flatMap(({ text, token, isNext }) => {
    if (!isNext) above = [];
    const out = commentedEntry(text);
    if (out === undefined) {
      above.push(text);
      return [];
    }
    const comment = out.comment ?? (above.length > 0 ? above.join(' ') : null);
    // `Editors` looks like an entry, and is also the line above the next one.
    above = /^\p{Lu}/u.test(text) ? [...above, text] : [];
    return [{ ...out, comment, token }];
  });
}

function countBreaks(tree: SyntaxTree, token: number): number {
  const end = tokenStart(tree, token + 1);
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

/** The lines of a comment without comment signs and decoration. */
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

const entryForm =
  /^\(?((?:[A-Za-z_][\w'-]*)(?:\.(?:[A-Za-z_][\w'-]*|\$\{[^}]*\}))*)\)?(?:\s*(?:#|--?\s|—|:\s|\()\s*(.*))?$/u;

/** A line of a comment that may be a commented-out entry: its reference and its comment. */
export function commentedEntry(line: string): { reference: string[]; comment: string | null } | undefined {
  const found = entryForm.exec(line);
  if (found?.[1] === undefined) return undefined;
  const reference = [...found[1].matchAll(/\$\{[^}]*\}|[\w'-]+/g)].map(([name]) => name);
  return { reference, comment: found[2]?.replace(/^#+\s*/, '').trim() || null };
}

/** Whether a line of a comment is commented-out code or a reminder, and so states no purpose. */
export function isNoPurpose(line: string): boolean {
  return (
    /[;{}[\]]$|^\S+\s*=\s|^\$ |^[\])}]/.test(line) ||
    /^(todo|fixme|xxx|review|disabled|temp|temporar\w+|hack|nixfmt|statix|deadnix|shellcheck|noqa|vim:)\b/i.test(
      line,
    ) ||
    /^(https?:\/\/\S+\s*)+$/.test(line)
  );
}
