import { placeComments } from '../lang/nix/declarations/comment-owners.ts';
import { entryComments } from '../lang/nix/declarations/comments.ts';
import { roughName } from '../lang/nix/declarations/given-name.ts';
import {
  childAt,
  nodeEnd,
  nodeStart,
  nodeText,
  type SyntaxNode,
  type SyntaxTree,
  tokenStart,
} from '../lang/nix/syntax.ts';
import { TokenKind } from '../lang/nix/token-kind.ts';
import { isBlank, lineAt } from './line-parts.ts';
import type { TextEdit } from './text-edit.ts';

/**
 * Removes an element of a list, a name of an `inherit` or a binding of a set. Its own comments go with it: the one at
 * the end of its line, and the lines above that are about it alone. The heading of a group stays.
 */
export function removeChild(tree: SyntaxTree, container: SyntaxNode, child: SyntaxNode): TextEdit {
  const { text } = tree;
  const start = nodeStart(tree, child);
  const end = nodeEnd(tree, child);
  const first = lineAt(text, start);
  const last = lineAt(text, end);
  const isAlone = isBlank(text.slice(first.start, start));
  const comment = trailingComment(tree, child);
  const lineIsDone = isBlank(text.slice(comment?.end ?? end, last.end));
  // Whole lines.
  if (isAlone && lineIsDone) {
    return { start: ownLinesAbove(tree, container, child) ?? first.start, end: last.next, text: '' };
  }
  const previous = { end: tokenEndBefore(tree, child), isComment: false };
  const between = text.slice(previous.end, start);
  // `[ a # comment`: the comment is the element's where no other element is on the line.
  const isFirstOnLine = !container.children.some(
    (other) => other !== child && nodeEnd(tree, other) > first.start && nodeStart(tree, other) < last.end,
  );
  const isOwn = comment !== undefined && (!lineIsDone || isFirstOnLine);
  const to = isOwn ? comment.end : end;
  if (isAlone) {
    // `  a b` -> `  b`; `  a ];` -> ` ];` on the line before, unless a comment ends that line.
    const rest = text.slice(to, last.end);
    const blanks = /^[ \t]*/.exec(rest)?.[0].length ?? 0;
    const isClosing = to + blanks === tokenStart(tree, container.last - 1) && container.kind !== 'let';
    if (!isClosing || /[#*]/.test(between)) return { start, end: to + blanks, text: '' };
    return { start: previous.end, end: to, text: '' };
  }
  const blanks = /[ \t]*$/.exec(between)?.[0].length ?? 0;
  if (blanks > 0) return { start: start - blanks, end: to, text: '' };
  const after = /^[ \t]*/.exec(text.slice(to, last.end))?.[0].length ?? 0;
  return { start, end: to + after, text: '' };
}

/** The end of the last token before a node that is neither a blank nor a comment. */
function tokenEndBefore(tree: SyntaxTree, node: SyntaxNode): number {
  let token = node.first;
  while (token > 0 && isTrivia(tree, token - 1)) token -= 1;
  return tokenStart(tree, token);
}

function isTrivia(tree: SyntaxTree, token: number): boolean {
  const kind = tree.tokens.kinds[token];
  return kind === TokenKind.Whitespace || kind === TokenKind.LineComment || kind === TokenKind.BlockComment;
}

/** The comment behind a node on its line. */
function trailingComment(tree: SyntaxTree, node: SyntaxNode): { start: number; end: number } | undefined {
  const { kinds } = tree.tokens;
  let token = node.last;
  if (kinds[token] === TokenKind.Whitespace) {
    if (tree.text.slice(tokenStart(tree, token), tokenStart(tree, token + 1)).includes('\n')) return undefined;
    token += 1;
  }
  const kind = kinds[token];
  if (kind !== TokenKind.LineComment && kind !== TokenKind.BlockComment) return undefined;
  const start = tokenStart(tree, token);
  const end = tokenStart(tree, token + 1);
  const line = lineAt(tree.text, start);
  // The token of a line comment may include `\r`; a comment of several lines is the heading of what follows.
  return end > line.next ? undefined : { start, end: Math.min(end, line.end) };
}

/** Where the comment lines above that belong to a child alone begin, or undefined. */
function ownLinesAbove(tree: SyntaxTree, container: SyntaxNode, child: SyntaxNode): number | undefined {
  const entries = container.kind === 'inherit' ? inheritedNames(container) : container.children;
  const comments = entryComments(tree, entries, container.first + 1, container.last);
  const index = entries.indexOf(child);
  const own = comments[index];
  if (own === undefined || own.above.length === 0) return undefined;
  const names = entries.map((entry) =>
    entry.kind === 'binding' ? nodeText(tree, childAt(entry, 0)) : roughName(tree, entry),
  );
  const above = comments.map((one, at) => (at === index ? { ...one, trailing: null } : one));
  const comment = placeComments(names, above)[index]?.comment;
  if (comment === null || comment === undefined) return undefined;
  for (const [at, line] of own.above.entries()) {
    const isStart = at === 0 || own.above[at - 1]?.token !== line.token;
    const text = own.above.slice(at).map((one) => one.text);
    if (isStart && text.join(' ') === comment) return lineAt(tree.text, tokenStart(tree, line.token)).start;
  }
  return undefined;
}

function inheritedNames({ children }: SyntaxNode): readonly SyntaxNode[] {
  return children[0]?.kind === 'inherit-from' ? children.slice(1) : children;
}
